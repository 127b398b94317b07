/** `map` on the command line. */
import type { Command } from 'commander';
import type { Io } from './io.js';
import {
  given,
  modulesOption,
  positiveNumber,
  seedOption,
  typedAfter,
  wholeNumber,
  workersOption,
} from './options.js';

interface RawMap {
  readonly K: string;
  readonly d: string;
  readonly n: string;
  readonly mu: string;
  readonly step: string;
  readonly rounds: number;
  readonly seed: number;
  readonly workers?: number;
  readonly timeLimit?: number;
  readonly theorems: readonly string[];
  readonly out: string;
  readonly json?: boolean;
}

export const addMap = (program: Command, io: Io, finish: (code: number) => void, argv: readonly string[]): void => {
  program
    .command('map')
    .description('for which K and μ a claim is beaten: a diagram, with certificates, that goes on where it was stopped')
    .argument('<theorem>', 'one revision, such as 4.2@original')
    .option('--K <range>', 'rows: classes', '3..12')
    .option('--mu <range>', 'columns: μ = 2√κ, a range or values separated by commas', '0.05..0.55')
    .option('--step <number>', 'of μ in a range', '0.05')
    .option('--d <size>', 'feature dimension, for example K or K+2', 'K')
    .option('--n <size>', 'samples per class', '1')
    .option('--rounds <N>', 'rounds of random starts in each cell', wholeNumber(0, 100_000), 4)
    .addOption(seedOption())
    .addOption(workersOption())
    .option('--time-limit <seconds>', 'stop after this long; the same command goes on', positiveNumber)
    .addOption(modulesOption())
    .option('--out <folder>', 'for map.csv, map.svg, map.json and the certificates', 'map')
    .option('--json', 'one JSON document on standard output')
    .addHelpText(
      'after',
      `
Examples:
  $ ufm-check map 4.2@original --K 3..12 --mu 0.05..0.55 --out map
  $ ufm-check map 4.2@original --K 4 --mu 0.49..0.51 --step 0.002 --rounds 40 --out map-of-four

Exit codes: 0 all cells done, 2 usage or a damaged map.json, 3 time limit, 130 interrupted`,
    )
    .action(async (theorem: string, options: RawMap) => {
      const { theorems: modules, workers: _, timeLimit: __, ...common } = options;
      const chosen = given(options, 'workers', 'timeLimit');
      const typed = typedAfter(argv, 'map', options.seed);
      const { map } = await import('./commands/map.js');
      finish(await map({ ...common, ...chosen, theorem, modules, typed, json: options.json === true }, io));
    });
};
