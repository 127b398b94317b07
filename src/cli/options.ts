/** Options that several commands have, and what was typed after one. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { quoteWord } from '../check/command.js';
import { DEFAULT_SEED } from './defaults.js';
import { LAMBDA_OPTIONS } from './instance-options.js';

export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (!(value >= least && value <= most)) {
      throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}`);
    }
    return value;
  };

export const positiveNumber = (text: string): number => {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (!(value > 0)) throw new InvalidArgumentError('expected a number of seconds above 0');
  return value;
};

export const collect = (value: string, previous: readonly string[]): string[] => [...previous, value];

export const modulesOption = (): Option =>
  new Option('--theorems <path>', 'your own theorem module, .ts or .js (repeatable)')
    .argParser(collect)
    .default([], 'none');

export const seedOption = (): Option =>
  new Option('--seed <S>', 'seed of everything random').argParser(wholeNumber(0, 2 ** 31 - 1)).default(DEFAULT_SEED);

export const workersOption = (): Option =>
  new Option('--workers <N>', 'threads, or 0; results do not depend on it (default: one per core)').argParser(
    wholeNumber(0, 64),
  );

/** The ranges that instances are drawn from. */
export const addRanges = (command: Command): Command =>
  command
    .option('--K <range>', 'classes, for example 4 or 3..6')
    .option('--d <range>', 'feature dimension, for example 8, K..2K or K+3')
    .option('--n <range>', 'samples per class, for example 1..4')
    .option('--lambda <range>', 'every λ not set otherwise, for example 1e-4..1e-1 or 3/8')
    .option('--mu <range>', 'μ = 2K^{3/2}√(nλ_{W2}λ_{W1}λ_{H1}) of two layers, for example 0.36 or 0.1..0.5');

/** The block whose λ an option sets: W2 of `lambda-w2`, b of `lambda-b`. */
const blockOf = (option: string): string => {
  const name = option.slice('lambda-'.length);
  return name === 'b' ? name : name.toUpperCase();
};

const camel = (option: string): string => option.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** What does not change the result: the number of workers, and the form of the output. */
const WITHOUT_EFFECT = ['--workers', '--reporter', '--baseline'];
const FLAGS = ['--json', '--update-baseline'];

/** What was typed, less what does not change the result. */
const replayable = (words: readonly string[]): string[] =>
  words.filter(
    (x, k) =>
      !FLAGS.includes(x) &&
      !WITHOUT_EFFECT.some((option) => x === option || words[k - 1] === option || x.startsWith(`${option}=`)),
  );

/** What was typed after a command, to be pasted again, with the seed where it was not given. */
export const typedAfter = (argv: readonly string[], command: string, seed: number): string[] => {
  const typed = replayable(argv.slice(argv.indexOf(command) + 1));
  return [...typed.map(quoteWord), ...(typed.some((x) => x.startsWith('--seed')) ? [] : [`--seed ${seed}`])];
};

const CHOOSES_INSTANCES = /^--(?:K|d|n|mu|lambda[a-z0-9-]*|trials)(?:=|$)/;

/** Of what was typed, the options that chose the instances, with their values. */
export const instanceWords = (typed: readonly string[]): string[] =>
  typed.filter((word, k) => {
    const before = typed[k - 1] ?? '';
    return CHOOSES_INSTANCES.test(word) || (CHOOSES_INSTANCES.test(before) && !before.includes('='));
  });

/** One option for the λ of each block. */
export const addLambdas = (command: Command, what: 'range' | 'number'): void => {
  for (const name of LAMBDA_OPTIONS) {
    command.addOption(new Option(`--${name} <${what}>`, `λ of the block ${blockOf(name)}`));
  }
};

export const lambdaOptions = (options: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    LAMBDA_OPTIONS.flatMap((name): [string, string][] => {
      const value = options[camel(name)];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );

/** Those of the options that were given: an argument that may be left out is left out, and not undefined. */
export const given = <T extends object, K extends keyof T>(
  options: T,
  ...names: readonly K[]
): { readonly [P in K]?: Exclude<T[P], undefined> } =>
  Object.fromEntries(names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]]))) as {
    readonly [P in K]?: Exclude<T[P], undefined>;
  };
