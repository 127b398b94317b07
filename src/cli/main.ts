#!/usr/bin/env node
/** The command line: wires the commands and owns the exit codes. */
import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError, Option } from 'commander';
import { UsageError } from '../errors.js';
import { REPORTERS } from '../report/reporters.js';
import { visible } from '../symbolic/one-line.js';
import { DEFAULT_LOCK } from './baseline.js';
import { certify } from './commands/certify.js';
import { searchCommand } from './commands/search.js';
import { vacuity } from './commands/vacuity.js';
import { EXIT, verify } from './commands/verify.js';
import { list } from './commands/list.js';
import { newModule } from './commands/new.js';
import { prove } from './commands/prove.js';
import { show } from './commands/show.js';
import { DEFAULT_BATCHES, DEFAULT_SEED, DEFAULT_TRIALS } from './defaults.js';
import { allowExit, exitProcess, tryModulesFirst } from './guard.js';
import { type Io, processIo } from './io.js';
import {
  addLambdas,
  collect,
  lambdaOptions,
  modulesOption,
  positiveNumber,
  typedAfter,
  wholeNumber,
} from './options.js';
import { addMap } from './map-command.js';
import { addExport, addInspect } from './point-commands.js';
import { addPaper } from './paper-command.js';
import { addDiff, addExplain } from './report-commands.js';
import { version } from './version.js';

interface RawVerify {
  readonly revision: string;
  readonly trials: number;
  readonly seed: number;
  readonly workers?: number;
  readonly timeLimit?: number;
  readonly checks?: string;
  readonly reporter: readonly string[];
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly out?: string;
  readonly theorems: readonly string[];
  readonly json?: boolean;
  readonly K?: string;
  readonly d?: string;
  readonly n?: string;
  readonly lambda?: string;
  readonly mu?: string;
  readonly [option: string]: unknown;
}

interface RawShow {
  readonly revision: string;
  readonly latex?: boolean;
  readonly json?: boolean;
  readonly theorems: readonly string[];
}

interface RawProve {
  readonly revision: string;
  readonly out?: string;
  readonly theorems: readonly string[];
  readonly json?: boolean;
}

const addVerify = (program: Command, io: Io, finish: (code: number) => void, argv: readonly string[]): void => {
  const command = program
    .command('verify')
    .description('check theorems: symbolically for all parameters, exactly, and by descents from many starts')
    .argument('[theorem...]', 'ids such as 3.1 or 3.1@current; all current revisions by default')
    .option('--revision <id>', 'which revisions: current, all, or the id of one', 'current')
    .option('--trials <N>', 'instances for each theorem', wholeNumber(1, 1_000_000), DEFAULT_TRIALS)
    .option('--seed <S>', 'seed of everything random', wholeNumber(0, 2 ** 31 - 1), DEFAULT_SEED)
    .option('--workers <N>', 'threads; results do not depend on it (default: one per core)', wholeNumber(1, 64))
    .option('--time-limit <seconds>', 'stop after this long, and report what is known', positiveNumber)
    .option('--checks <ids>', 'only these checks, separated by commas')
    .option('--K <range>', 'classes, for example 4 or 3..6')
    .option('--d <range>', 'feature dimension, for example 8, K..2K or K+3')
    .option('--n <range>', 'samples per class, for example 1..4')
    .option('--lambda <range>', 'every λ not set otherwise, for example 1e-4..1e-1 or 3/8')
    .option('--mu <range>', 'μ = 2K^{3/2}√(nλ_{W2}λ_{W1}λ_{H1}) of two layers, for example 0.36 or 0.1..0.5')
    .addOption(modulesOption())
    .addOption(
      new Option('--reporter <list>', `${REPORTERS.map((x) => x.name).join(', ')}; each as name or name=file`)
        .argParser(collect)
        .default([], 'terminal'),
    )
    .option('--baseline <file>', 'compare with what was recorded there; a difference is exit code 1')
    .option('--update-baseline', `record the results (default file: ${DEFAULT_LOCK})`)
    .option('--out <folder>', 'write certificates of what is refuted there, and pages about them')
    .option('--json', 'one JSON document on standard output');
  addLambdas(command, 'range');
  command
    .addHelpText(
      'after',
      `
Examples:
  $ ufm-check verify                                    every theorem, as CI would
  $ ufm-check verify 3.1 --K 3..6 --d K..2K --n 1..4    within these sizes
  $ ufm-check verify 3.1 --K 3 --d 4 --n 2 --lambda-w 1/12 --lambda-h 1/6 --trials 1
                                                        one instance, exactly these λ's
  $ ufm-check verify --theorems ./mine.ts               the theorems of your own module
  $ ufm-check verify 3.1 --json > report.json
  $ ufm-check verify --reporter terminal,html=report.html,json=report.json

Exit codes: 0 as expected, 1 a verdict differs, 2 usage, 3 inconclusive, 130 interrupted`,
    )
    .action(async (theorems: string[], options: RawVerify) => {
      finish(
        await verify(
          {
            theorems,
            revision: options.revision,
            trials: options.trials,
            seed: options.seed,
            modules: options.theorems,
            json: options.json === true,
            reporters: options.reporter,
            ...(options.baseline === undefined ? {} : { baseline: options.baseline }),
            updateBaseline: options.updateBaseline === true,
            lambdas: lambdaOptions(options),
            typed: typedAfter(argv, 'verify', options.seed),
            ...(options.workers === undefined ? {} : { workers: options.workers }),
            ...(options.timeLimit === undefined ? {} : { timeLimit: options.timeLimit }),
            ...(options.out === undefined ? {} : { out: options.out }),
            ...(options.checks === undefined ? {} : { checks: options.checks.split(',') }),
            ...(options.mu === undefined ? {} : { mu: options.mu }),
            ...(options.K === undefined ? {} : { K: options.K }),
            ...(options.d === undefined ? {} : { d: options.d }),
            ...(options.n === undefined ? {} : { n: options.n }),
            ...(options.lambda === undefined ? {} : { lambda: options.lambda }),
          },
          io,
        ),
      );
    });
};

interface RawSearch {
  readonly trials: number;
  readonly seed: number;
  readonly workers?: number;
  readonly timeLimit?: number;
  readonly theorems: readonly string[];
  readonly everyLambda?: boolean;
  readonly json?: boolean;
  readonly out?: string;
  readonly K?: string;
  readonly d?: string;
  readonly n?: string;
  readonly lambda?: string;
  readonly mu?: string;
  readonly [option: string]: unknown;
}

const addSearch = (program: Command, io: Io, finish: (code: number) => void, argv: readonly string[]): void => {
  const command = program
    .command('search')
    .description('hunt a counterexample, shrink it, and certify it exactly')
    .argument('<theorem>', 'one revision, such as 4.2@original')
    .option('--trials <N>', 'batches of starts', wholeNumber(1, 1_000_000), DEFAULT_BATCHES)
    .option('--seed <S>', 'seed of everything random', wholeNumber(0, 2 ** 31 - 1), DEFAULT_SEED)
    .option('--workers <N>', 'threads; results do not depend on it (default: one per core)', wholeNumber(1, 64))
    .option('--time-limit <seconds>', 'stop after this long, and report what is known', positiveNumber)
    .option('--K <range>', 'classes, for example 4 or 3..6')
    .option('--d <range>', 'feature dimension, for example 8, K..2K or K+3')
    .option('--n <range>', 'samples per class, for example 1..4')
    .option('--lambda <range>', 'every λ not set otherwise, for example 1e-4..1e-1 or 3/8')
    .option('--mu <range>', 'μ = 2K^{3/2}√(nλ_{W2}λ_{W1}λ_{H1}) of two layers, for example 0.36 or 0.1..0.5')
    .option('--every-lambda', 'a pattern that beats the frame for all n and λ; --K and --d are the largest sizes')
    .addOption(modulesOption())
    .option('--out <folder>', 'write the certificate and a page about it there')
    .option('--json', 'one JSON document on standard output');
  addLambdas(command, 'range');
  command
    .addHelpText(
      'after',
      `
Examples:
  $ ufm-check search 4.2@original                       anywhere in the default ranges
  $ ufm-check search 4.2@original --K 10 --d 10 --mu 0.36 --out found
  $ ufm-check search 4.2@original --every-lambda        one pattern that refutes it for all n and λ
  $ ufm-check search 3.1 --time-limit 30                a theorem that is true: nothing is found

Exit codes: 0 certified, 1 a violation that could not be certified, 2 usage, 3 none found, 130 interrupted`,
    )
    .action(async (theorem: string, options: RawSearch) => {
      finish(
        await searchCommand(
          {
            theorem,
            trials: options.trials,
            seed: options.seed,
            modules: options.theorems,
            everyLambda: options.everyLambda === true,
            json: options.json === true,
            lambdas: lambdaOptions(options),
            typed: typedAfter(argv, 'search', options.seed),
            ...(options.workers === undefined ? {} : { workers: options.workers }),
            ...(options.timeLimit === undefined ? {} : { timeLimit: options.timeLimit }),
            ...(options.out === undefined ? {} : { out: options.out }),
            ...(options.K === undefined ? {} : { K: options.K }),
            ...(options.d === undefined ? {} : { d: options.d }),
            ...(options.n === undefined ? {} : { n: options.n }),
            ...(options.lambda === undefined ? {} : { lambda: options.lambda }),
            ...(options.mu === undefined ? {} : { mu: options.mu }),
          },
          io,
        ),
      );
    });
};

interface RawVacuity {
  readonly K: string;
  readonly d: string;
  readonly n: string;
  readonly mu: string;
  readonly starts: number;
  readonly seed: number;
  readonly workers?: number;
  readonly format: string;
  readonly theorems: readonly string[];
  readonly json?: boolean;
}

const addVacuity = (program: Command, io: Io, finish: (code: number) => void): void => {
  program
    .command('vacuity')
    .description('where no global minimizer meets the hypothesis of a theorem on the minimizer, as a table')
    .argument('<theorem>', 'one revision, such as 4.2@relaxed')
    .option('--K <range>', 'rows: classes', '3..8')
    .option('--mu <list>', 'columns: μ = 2√κ, separated by commas', '0.4,0.45,0.48,0.499,0.501,0.52')
    .option('--d <size>', 'feature dimension, for example K or K+2', 'K')
    .option('--n <size>', 'samples per class', '1')
    .option('--starts <N>', 'descents of each cell', wholeNumber(1, 100_000), 48)
    .option('--seed <S>', 'seed of everything random', wholeNumber(0, 2 ** 31 - 1), DEFAULT_SEED)
    .option('--workers <N>', 'threads; results do not depend on it (default: one per core)', wholeNumber(1, 64))
    .option('--format <name>', 'text, markdown or latex', 'text')
    .addOption(modulesOption())
    .option('--json', 'one JSON document on standard output')
    .addHelpText(
      'after',
      `
Examples:
  $ ufm-check vacuity 4.2@relaxed
  $ ufm-check vacuity 4.2@relaxed --K 4..10 --mu 0.45,0.49,0.51 --format latex`,
    )
    .action(async (theorem: string, options: RawVacuity) => {
      const { K, d, n, mu, starts, seed, format, workers } = options;
      const common = { theorem, K, d, n, mu, starts, seed, format, modules: options.theorems };
      const threads = workers === undefined ? {} : { workers };
      finish(await vacuity({ ...common, ...threads, json: options.json === true }, io));
    });
};

/** Of an option given twice the parser would keep the last value without a word. */
const refuseRepeated = (command: Command): void => {
  for (const option of command.options.filter((x) => !x.isBoolean() && x.parseArg !== collect)) {
    let given = false;
    command.on(`option:${option.name()}`, () => {
      if (given) throw new UsageError(`${option.long ?? option.name()} is given twice`, 'Give it one value.');
      given = true;
    });
  }
};

const buildProgram = (io: Io, finish: (code: number) => void, argv: readonly string[]): Command => {
  // Errors are told in one line by whoever catches them.
  const silent = (): void => undefined;
  const output = {
    writeOut: (text: string): void => {
      io.out(text.trimEnd());
    },
    writeErr: silent,
    outputError: silent,
  };
  const program = new Command('ufm-check')
    .description('A symbolic-numeric checker for theorems about the minimizers of unconstrained features models.')
    .version(version)
    .showHelpAfterError(false)
    .configureOutput(output)
    .exitOverride();
  addVerify(program, io, finish, argv);
  addSearch(program, io, finish, argv);
  addVacuity(program, io, finish);
  addDiff(program, io, finish);
  addExplain(program, io, finish);
  addInspect(program, io, finish, argv);
  addExport(program, io, finish);
  addMap(program, io, finish, argv);
  addPaper(program, io, finish, argv);
  program
    .command('list')
    .description('theorems, revisions, provenance, hypotheses, conclusions')
    .addOption(modulesOption())
    .option('--json', 'one JSON document on standard output')
    .action(async (options: { theorems: readonly string[]; json?: boolean }) => {
      finish(await list({ modules: options.theorems, json: options.json === true }, io));
    });
  program
    .command('show')
    .description('a statement with its construction and proof')
    .argument('<theorem...>', 'ids such as 3.1')
    .option('--revision <id>', 'which revisions: current, all, or the id of one', 'current')
    .option('--latex', 'as LaTeX')
    .option('--json', 'one JSON document on standard output: text, LaTeX and fingerprint')
    .addOption(modulesOption())
    .addHelpText('after', '\nExamples:\n  $ ufm-check show 3.1\n  $ ufm-check show 3.1 --latex')
    .action(async (theorems: string[], options: RawShow) => {
      const { revision, latex, json, theorems: modules } = options;
      finish(await show({ theorems, revision, latex: latex === true, json: json === true, modules }, io));
    });
  program
    .command('prove')
    .description('write a verified sum of squares as a certificate that a second checker can re-check')
    .argument('<theorem>', 'an id such as 3.1')
    .option('--revision <id>', 'current, or the id of one', 'current')
    .option('--out <file>', 'where the certificate goes (default: standard output)')
    .addOption(modulesOption())
    .option('--json', 'with --out: one JSON document on standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  $ ufm-check prove 3.1 --out proof.json && ufm-check certify proof.json' +
        '\n\nExit codes: 0 written, 1 no verified sum of squares, 2 usage or a file that cannot be written',
    )
    .action(async (theorem: string, options: RawProve) => {
      finish(
        await prove(
          {
            theorem,
            revision: options.revision,
            json: options.json === true,
            modules: options.theorems,
            ...(options.out === undefined ? {} : { out: options.out }),
          },
          io,
        ),
      );
    });
  program
    .command('certify')
    .description('re-check certificates of violations and of proofs exactly')
    .argument('<file...>', 'certificate files')
    .option('--json', 'one JSON document on standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  $ ufm-check certify counterexample.json\n  $ ufm-check certify --json certificates/*.json' +
        '\n\nExit codes: 0 all accepted, 1 one is rejected, 2 usage or a file that cannot be read',
    )
    .action((files: string[], options: { json?: boolean }) => {
      finish(certify({ files, json: options.json === true }, io));
    });
  program
    .command('new')
    .description('write a module to start from, which runs as it stands')
    .argument('<name>', 'paper and theorem, such as my-paper/theorem-1: the module is my-paper/theorem-1.ts')
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', '\nExamples:\n  $ ufm-check new my-paper/theorem-1\n\nNothing is overwritten.')
    .action(async (name: string, options: { json?: boolean }) => {
      finish(await newModule({ name, json: options.json === true }, io));
    });
  for (const command of program.commands) {
    command.exitOverride().configureOutput(output);
    refuseRepeated(command);
  }
  return program;
};

/** One line for what a user can mend, a trace for a defect of ours; one document under --json. The exit code. */
const reportFailure = (error: unknown, json: boolean, io: Io): number => {
  const usage = (message: string, hint: string): number => {
    if (json) io.out(JSON.stringify({ format: 'ufm-check-error/1', code: EXIT.usage, message, hint }));
    else io.error(visible(`error: ${message}. ${hint}`));
    return EXIT.usage;
  };
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.asExpected;
    const message = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
    return usage(message.replace(/\.$/, ''), 'See: ufm-check --help');
  }
  // An error that crossed a thread, or a module's own copy of the class, has the name only.
  if (error instanceof Error && error.name === 'UsageError') {
    const hint = 'hint' in error && typeof error.hint === 'string' ? error.hint : 'See: ufm-check --help';
    return usage(error.message.replace(/\.$/, ''), hint);
  }
  if (error instanceof Error && error.name === 'ExactError') {
    return usage(`a formula cannot be evaluated: ${error.message}`, 'Check the formulas of the module.');
  }
  // A module of the user's is evaluated from a data: URL; what it throws later, in a timer say, is not ours.
  if (error instanceof Error && error.stack?.includes('data:text/javascript') === true) {
    return usage(`a module failed after it was loaded: ${error.message}`, 'A module only declares theorems.');
  }
  if (json) {
    const hint = 'This is a defect of ufm-check: please report it.';
    io.out(JSON.stringify({ format: 'ufm-check-error/1', code: EXIT.defect, message: String(error), hint }));
  } else {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.error(`ufm-check has failed, which is a defect of its own, not of the theorem:\n${trace}`);
  }
  return EXIT.defect;
};

/** Runs a command line and returns its exit code; never throws. A module may have been kept from ending the process. */
const execute = async (argv: readonly string[], io: Io): Promise<number> => {
  let code: number = EXIT.asExpected;
  const program = buildProgram(io, (result) => (code = result), argv);
  if (argv.length === 0) {
    io.out(program.helpInformation());
    return EXIT.usage;
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return reportFailure(error, argv.includes('--json'), io);
  }
};

/** The same for a caller who goes on afterwards. */
export const run = async (argv: readonly string[], io: Io): Promise<number> => {
  try {
    return await execute(argv, io);
  } finally {
    allowExit();
  }
};

/** Waits until what was written has left the process: ending it earlier would cut a long report short. */
const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    stream.write('', () => {
      resolve();
    });
  });

/** Whether this file is the program, perhaps by a link of the package manager's, and not imported by another. */
const isProgram = (): boolean => {
  const [, started] = process.argv;
  return started !== undefined && existsSync(started) && realpathSync(started) === fileURLToPath(import.meta.url);
};

if (isProgram()) {
  const argv = process.argv.slice(2);
  const io = processIo();
  const end = async (code: number): Promise<void> => {
    await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
    // Not left to the event loop: a timer that a module has set would keep the process alive.
    exitProcess(code);
  };
  // What a module throws outside of its loading (in a timer, say).
  process.on('uncaughtException', (error) => void end(reportFailure(error, argv.includes('--json'), io)));
  tryModulesFirst();
  await end(await execute(argv, io));
}
