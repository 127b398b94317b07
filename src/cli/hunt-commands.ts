/** `search` and `vacuity` on the command line. */
import type { Command } from 'commander';
import { DEFAULT_BATCHES } from './defaults.js';
import type { Io } from './io.js';
import {
  addLambdas,
  addRanges,
  given,
  lambdaOptions,
  modulesOption,
  positiveNumber,
  seedOption,
  typedAfter,
  wholeNumber,
  workersOption,
} from './options.js';

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

export const addSearch = (program: Command, io: Io, finish: (code: number) => void, argv: readonly string[]): void => {
  const command = program
    .command('search')
    .description('hunt a counterexample, shrink it, and certify it exactly')
    .argument('<theorem>', 'one revision, such as 4.2@original')
    .option('--trials <N>', 'batches of starts', wholeNumber(1, 1_000_000), DEFAULT_BATCHES)
    .addOption(seedOption())
    .addOption(workersOption())
    .option('--time-limit <seconds>', 'stop after this long, and report what is known', positiveNumber);
  addRanges(command)
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
        await (await import('./commands/search.js')).searchCommand(
          {
            theorem,
            trials: options.trials,
            seed: options.seed,
            modules: options.theorems,
            everyLambda: options.everyLambda === true,
            json: options.json === true,
            lambdas: lambdaOptions(options),
            typed: typedAfter(argv, 'search', options.seed),
            ...given(options, 'workers', 'timeLimit', 'out', 'K', 'd', 'n', 'lambda', 'mu'),
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

const STARTS = 'descents of each cell, besides those from what lies below f* in other cells of its row';

export const addVacuity = (program: Command, io: Io, finish: (code: number) => void): void => {
  program
    .command('vacuity')
    .description('where no global minimizer meets the hypothesis of a theorem on the minimizer, as a table')
    .argument('<theorem>', 'one revision, such as 4.2@relaxed')
    .option('--K <range>', 'rows: classes', '3..8')
    .option('--mu <list>', 'columns: μ = 2√κ, separated by commas', '0.4,0.45,0.48,0.499,0.501,0.52')
    .option('--d <size>', 'feature dimension, for example K or K+2', 'K')
    .option('--n <size>', 'samples per class', '1')
    .option('--starts <N>', STARTS, wholeNumber(1, 100_000), 48)
    .addOption(seedOption())
    .addOption(workersOption())
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
      const { K, d, n, mu, starts, seed, format } = options;
      const common = { theorem, K, d, n, mu, starts, seed, format, modules: options.theorems };
      const { vacuity } = await import('./commands/vacuity.js');
      finish(await vacuity({ ...common, ...given(options, 'workers'), json: options.json === true }, io));
    });
};
