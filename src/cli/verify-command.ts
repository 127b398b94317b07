/** `verify` on the command line. */
import { type Command, Option } from 'commander';
import { REPORTER_NAMES } from '../report/reporter-names.js';
import { DEFAULT_LOCK, DEFAULT_TRIALS } from './defaults.js';
import type { Io } from './io.js';
import {
  addLambdas,
  addRanges,
  collect,
  given,
  lambdaOptions,
  modulesOption,
  positiveNumber,
  seedOption,
  typedAfter,
  wholeNumber,
  workersOption,
} from './options.js';

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

export const addVerify = (program: Command, io: Io, finish: (code: number) => void, argv: readonly string[]): void => {
  const command = program
    .command('verify')
    .description('check theorems: symbolically for all parameters, exactly, and by descents from many starts')
    .argument('[theorem...]', 'ids such as 3.1 or 3.1@current; all current revisions by default')
    .option('--revision <id>', 'which revisions: current, all, or the id of one', 'current')
    .option('--trials <N>', 'instances for each theorem', wholeNumber(1, 1_000_000), DEFAULT_TRIALS)
    .addOption(seedOption())
    .addOption(workersOption())
    .option('--time-limit <seconds>', 'stop after this long, and report what is known', positiveNumber)
    .option('--checks <ids>', 'only these checks, separated by commas');
  addRanges(command)
    .addOption(modulesOption())
    .addOption(
      new Option('--reporter <list>', `${REPORTER_NAMES.join(', ')}; each as name or name=file`)
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
        await (await import('./commands/verify.js')).verify(
          {
            theorems,
            revision: options.revision,
            trials: options.trials,
            seed: options.seed,
            modules: options.theorems,
            json: options.json === true,
            reporters: options.reporter,
            updateBaseline: options.updateBaseline === true,
            lambdas: lambdaOptions(options),
            typed: typedAfter(argv, 'verify', options.seed),
            ...(options.checks === undefined ? {} : { checks: options.checks.split(',') }),
            ...given(options, 'baseline', 'workers', 'timeLimit', 'out', 'mu', 'K', 'd', 'n', 'lambda'),
          },
          io,
        ),
      );
    });
};
