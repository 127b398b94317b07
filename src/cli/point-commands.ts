/** The commands about single points on the command line: `inspect` reads them, `export` writes them. */
import type { Command } from 'commander';
import { DEFAULT_SEED } from './defaults.js';
import type { Io } from './io.js';
import { addLambdas, given, lambdaOptions, modulesOption, typedAfter, wholeNumber } from './options.js';
import { CONVENTIONS } from './points/conventions.js';

const LARGEST_SIZE = 1_000_000;

interface RawInspect {
  readonly theorem: string;
  readonly convention: string;
  readonly lambda?: string;
  readonly names?: string;
  readonly transpose?: string;
  readonly classMajor?: boolean;
  readonly K?: number;
  readonly n?: number;
  readonly d?: number;
  readonly seed: number;
  readonly theorems: readonly string[];
  readonly json?: boolean;
  readonly [option: string]: unknown;
}

export const addInspect = (program: Command, io: Io, finish: (code: number) => void, argv: readonly string[]): void => {
  const command = program
    .command('inspect')
    .description('what a theorem says about a point of yours, from NumPy or JSON files')
    .argument('<file...>', '.npz, .npy (one array, named after its file) or .json')
    .requiredOption('--theorem <id>', 'one revision, such as 4.2@relaxed')
    .option('--lambda <number>', 'every λ not set otherwise, for example 5e-4 or 3/8')
    .option('--convention <name>', `what the λ's multiply: ${CONVENTIONS.join(', ')}`, 'tirer-bruna')
    .option('--transpose <blocks>', 'blocks to transpose where shapes leave it open: W1,H1, or none')
    .option('--class-major', 'the first n samples are of the first class, and so on, where no y says so')
    .option('--names <list>', 'which array is which block, for example W2=fc2.weight,y=targets')
    .option('--K <size>', 'classes, if the shapes leave it open', wholeNumber(1, LARGEST_SIZE))
    .option('--d <size>', 'feature dimension', wholeNumber(1, LARGEST_SIZE))
    .option('--n <size>', 'samples per class', wholeNumber(1, LARGEST_SIZE))
    .option('--seed <S>', 'seed of what is random', wholeNumber(0, 2 ** 31 - 1), DEFAULT_SEED)
    .addOption(modulesOption())
    .option('--json', 'one JSON document on standard output');
  addLambdas(command, 'number');
  command
    .addHelpText(
      'after',
      `
Examples:
  $ ufm-check inspect point.npz --theorem 4.2 --lambda-w2 1/20 --lambda-w1 1/20 --lambda-h1 1/5 --transpose none
  $ ufm-check inspect W.npy H.npy y.npy --theorem 3.1 --lambda 5e-4 --convention pytorch

Exit codes: 0 nothing contradicts the theorem, 1 the point (or a descent from it) does, 2 usage or bad input`,
    )
    .action(async (files: string[], options: RawInspect) => {
      const { theorem, convention, seed } = options;
      finish(
        await (await import('./commands/inspect.js')).inspect(
          {
            files,
            theorem,
            convention,
            seed,
            lambdas: lambdaOptions(options),
            classMajor: options.classMajor === true,
            modules: options.theorems,
            json: options.json === true,
            typed: typedAfter(argv, 'inspect', seed),
            ...given(options, 'lambda', 'names', 'transpose', 'K', 'n', 'd'),
          },
          io,
        ),
      );
    });
};

interface RawExport {
  readonly to: string;
  readonly rank?: number;
  readonly seed: number;
  readonly theorems: readonly string[];
  readonly json?: boolean;
  readonly K?: string;
  readonly d?: string;
  readonly n?: string;
  readonly lambda?: string;
  readonly mu?: string;
  readonly [option: string]: unknown;
}

export const addExport = (program: Command, io: Io, finish: (code: number) => void): void => {
  const command = program
    .command('export')
    .description('write a claimed minimizer as a file that NumPy loads')
    .argument('<theorem>', 'one revision, such as 4.1')
    .requiredOption('--to <file>', 'a .npz or .json file')
    .option('--K <range>', 'classes')
    .option('--d <range>', 'feature dimension, for example 8 or K+2')
    .option('--n <range>', 'samples per class')
    .option('--lambda <range>', 'every λ not set otherwise')
    .option('--mu <range>', 'μ = 2K^{3/2}√(nλ_{W2}λ_{W1}λ_{H1}) of two layers')
    .option('--rank <r>', 'another critical point that the theory knows: of this rank', wholeNumber(0, LARGEST_SIZE))
    .option('--seed <S>', 'seed of the frames, and of what is left open', wholeNumber(0, 2 ** 31 - 1), DEFAULT_SEED)
    .addOption(modulesOption())
    .option('--json', 'one JSON document on standard output');
  addLambdas(command, 'number');
  command
    .addHelpText(
      'after',
      `
Examples:
  $ ufm-check export 4.1 --K 4 --d 6 --n 2 --lambda-w2 1/50 --lambda-w1 1/40 --lambda-h1 1/30 --to point.npz
  $ ufm-check export 3.1 --K 3 --rank 2 --to saddle.npz

What is left open is drawn by the seed. Exit codes: 0 written, 2 usage or a file that cannot be written`,
    )
    .action(async (theorem: string, options: RawExport) => {
      const { to, seed } = options;
      finish(
        await (await import('./commands/export.js')).exportPoint(
          {
            theorem,
            to,
            seed,
            lambdas: lambdaOptions(options),
            modules: options.theorems,
            json: options.json === true,
            ...given(options, 'rank', 'K', 'd', 'n', 'lambda', 'mu'),
          },
          io,
        ),
      );
    });
};
