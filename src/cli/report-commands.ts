/** `diff` and `explain` on the command line. */
import type { Command } from 'commander';
import { DEFAULT_SEED, DEFAULT_TRIALS } from './defaults.js';
import type { Io } from './io.js';
import { addLambdas, collect, lambdaOptions, modulesOption, wholeNumber, workersOption } from './options.js';

interface RawDiff {
  readonly format: string;
  readonly verify?: boolean;
  readonly certificate: readonly string[];
  readonly workers?: number;
  readonly K?: string;
  readonly d?: string;
  readonly n?: string;
  readonly trials: number;
  readonly seed: number;
  readonly theorems: readonly string[];
}

export const addDiff = (program: Command, io: Io, finish: (code: number) => void): void => {
  program
    .command('diff')
    .description('two revisions side by side: what each assumes, claims and proves, and what separates them')
    .argument('<before>', 'one revision, such as 4.2@original')
    .argument('<after>', 'another, such as 4.2@relaxed')
    .option('--format <name>', 'text, markdown or latex', 'text')
    .option('--verify', 'run both, instead of naming the verdicts that are expected')
    .option('--certificate <file>', 'a certificate that may separate them; repeatable', collect, [])
    .option('--K <range>', 'classes, with --verify, for example 4 or 3..6')
    .option('--d <range>', 'feature dimension, with --verify')
    .option('--n <range>', 'samples per class, with --verify')
    .option('--workers <N>', 'threads, with --verify (default: one per core)', wholeNumber(0, 64))
    .option('--trials <N>', 'instances for each, with --verify', wholeNumber(1, 1_000_000), DEFAULT_TRIALS)
    .option('--seed <S>', 'seed of everything random', wholeNumber(0, 2 ** 31 - 1), DEFAULT_SEED)
    .addOption(modulesOption())
    .addHelpText(
      'after',
      `
Examples:
  $ ufm-check diff 4.2@original 4.2@relaxed
  $ ufm-check diff mine@first mine@second --theorems ./mine.ts --verify --format markdown
  $ ufm-check diff mine@first mine@second --theorems ./mine.ts --certificate found/certificate.json

What separates them is a certificate that the exact checker accepts, and that refutes what the one claims and
nothing that the other claims: from the gallery, from --certificate, or found by --verify.

Exit codes: 0, or with --verify 1 where a verdict is not as expected, 3 inconclusive; 2 usage; 130 interrupted`,
    )
    .action(async (before: string, after: string, { theorems, verify, certificate, ...options }: RawDiff) => {
      const which = { before, after, certificates: certificate, verify: verify === true, modules: theorems };
      const { diff } = await import('./commands/diff.js');
      finish(await diff({ ...which, ...options }, io));
    });
};

interface RawExplain {
  readonly trials: number;
  readonly seed: number;
  readonly workers?: number;
  readonly theorems: readonly string[];
  readonly K?: string;
  readonly d?: string;
  readonly n?: string;
  readonly lambda?: string;
  readonly mu?: string;
  readonly [option: string]: unknown;
}

export const addExplain = (program: Command, io: Io, finish: (code: number) => void): void => {
  const command = program
    .command('explain')
    .description('one line of a report run alone, with the numbers behind it')
    .argument('<check>', 'theorem or lemma, and check, such as 3.1/spectrum or lemma:class-averaging/lemma-exact')
    .option('--trials <N>', 'instances', wholeNumber(1, 1_000_000), DEFAULT_TRIALS)
    .option('--seed <S>', 'seed of everything random', wholeNumber(0, 2 ** 31 - 1), DEFAULT_SEED)
    .option('--K <range>', 'classes, for example 4 or 3..6')
    .option('--d <range>', 'feature dimension, for example 8, K..2K or K+3')
    .option('--n <range>', 'samples per class, for example 1..4')
    .option('--lambda <range>', 'every λ not set otherwise')
    .option('--mu <range>', 'μ = 2√κ of two layers')
    .addOption(workersOption())
    .addOption(modulesOption());
  addLambdas(command, 'range');
  command
    .addHelpText(
      'after',
      `
Examples:
  $ ufm-check explain 3.1/spectrum
  $ ufm-check explain 4.2@original/certificate
  $ ufm-check explain lemma:relu-nuclear-norm/lemma-numeric
  $ ufm-check explain 3.1/numeric-value --K 3 --d 4 --n 2 --lambda-w 1/12 --lambda-h 1/6 --trials 1

Exit codes: 0 all pass, 1 something fails, 2 usage, 3 something is left open, or there was nothing to measure`,
    )
    .action(async (check: string, options: RawExplain) => {
      const { trials, seed, workers, theorems, K, d, n, lambda, mu } = options;
      const given = Object.entries({ K, d, n, lambda, mu }).filter(([, value]) => value !== undefined);
      const common = { check, trials, seed, modules: theorems, lambdas: lambdaOptions(options) };
      const threads = workers === undefined ? {} : { workers };
      const { explain } = await import('./commands/explain.js');
      finish(await explain({ ...common, ...threads, ...(Object.fromEntries(given) as Record<string, string>) }, io));
    });
};
