/**
 * Genomes: the small integers behind an instance, which fast-check draws and shrinks.
 *
 * Sizes stand for themselves, each parameter is a denominator and a position in its range. Generators are drawn in the
 * wanted regime and the λ's derived from them, so that thresholds are hit exactly and c stays rational.
 */
import fc from 'fast-check';
import { UsageError } from '../errors.js';
import * as I from '../exact/interval.js';
import type { Interval } from '../exact/interval.js';
import * as Q from '../exact/rational.js';
import type { Rational } from '../exact/rational.js';
import type { Draw, Revision, Stratum } from './contract.js';
import { type Instance, intervalInterpreter } from './instance.js';
import { type LambdaRange, type SizeRange, sizesAt } from './ranges.js';

/** Where instances may be drawn from. λ's are keyed by block name; a λ without a range is free. */
export interface InstanceRanges {
  readonly K: SizeRange;
  readonly n: SizeRange;
  readonly d: SizeRange;
  readonly lambda: Readonly<Record<string, LambdaRange>>;
}

export interface Genome {
  readonly K: number;
  readonly n: number;
  readonly d: number;
  /** One pair per parameter to draw: denominator 1…20 and position 0…1000 in its range. */
  readonly genes: readonly (readonly [denominator: number, position: number])[];
}

const POSITIONS = 1000;
const DENOMINATORS = 20;
/** λ's that the user leaves free while fixing others. */
const FREE_LAMBDA: LambdaRange = { lower: Q.rational(1, 10_000), upper: Q.ONE, text: '1e-4..1' };

/** The sizes over all K of a range. */
export const sizeBounds = (
  range: SizeRange,
  classes: SizeRange,
): { readonly lower: number; readonly upper: number } => {
  const bounds = [];
  for (let K = classes.lower.offset; K <= classes.upper.offset; K++) {
    const at = sizesAt(range, K);
    if (at !== undefined) bounds.push(at);
  }
  if (bounds.length === 0) throw new UsageError(`the range ${range.text} is empty for every K`, 'Change it, or --K.');
  return { lower: Math.min(...bounds.map((x) => x.lower)), upper: Math.max(...bounds.map((x) => x.upper)) };
};

export const genomes = (ranges: InstanceRanges, genes: number): fc.Arbitrary<Genome> => {
  const K = sizeBounds(ranges.K, ranges.K);
  const n = sizeBounds(ranges.n, ranges.K);
  const d = sizeBounds(ranges.d, ranges.K);
  return fc.record({
    K: fc.integer({ min: K.lower, max: K.upper }),
    n: fc.integer({ min: n.lower, max: n.upper }),
    d: fc.integer({ min: d.lower, max: d.upper }),
    genes: fc.array(fc.tuple(fc.integer({ min: 1, max: DENOMINATORS }), fc.integer({ min: 0, max: POSITIONS })), {
      minLength: genes,
      maxLength: genes,
    }),
  });
};

export const sizesFit = ({ K, n, d }: Genome, ranges: InstanceRanges): boolean => {
  const within = (range: SizeRange, value: number): boolean => {
    const at = sizesAt(range, K);
    return at !== undefined && at.lower <= value && value <= at.upper;
  };
  return within(ranges.n, n) && within(ranges.d, d);
};

/**
 * A rational in [from, to] near from·(to/from)^position. It has the given denominator where such a fraction fits;
 * narrow or tiny ranges get three significant digits more than their width instead.
 */
const rationalIn = (from: Rational, to: Rational, [denominator, position]: readonly [number, number]): Rational => {
  if (Q.equals(from, to)) return from;
  const [low, high] = [Q.toNumber(from), Q.toNumber(to)];
  const target = low * (high / low) ** (position / POSITIONS);
  const within = (x: Rational): Rational => (Q.compare(x, from) < 0 ? from : Q.compare(x, to) > 0 ? to : x);
  const simple = Q.rational(Math.round(target * denominator), denominator);
  const fits = Q.compare(simple, from) >= 0 && Q.compare(simple, to) <= 0;
  if (fits && Math.abs(Q.toNumber(simple) - target) <= 0.1 * (high - low)) return simple;
  const digits = Math.ceil(-Math.log10(Math.min(high - low, target))) + 2;
  const scale = 10 ** Math.max(0, Math.min(digits, 15));
  return within(Q.rational(Math.round(target * scale), scale));
};

const drawBounds = (draw: Draw): Interval =>
  'exactly' in draw
    ? I.point(Q.parseRational(draw.exactly))
    : I.interval(Q.parseRational(draw.from), Q.parseRational(draw.to));

const intersect = (x: Interval, y: Interval): Interval | undefined => {
  const lower = Q.maximum(x.lower, y.lower);
  const upper = Q.minimum(x.upper, y.upper);
  return Q.compare(lower, upper) <= 0 ? I.interval(lower, upper) : undefined;
};

const whole = (value: number): Interval => I.point(Q.rational(value));

const sizeSymbols = ({ K, n, d }: Pick<Instance, 'K' | 'n' | 'd'>): [string, Interval][] => [
  ['K', whole(K)],
  ['n', whole(n)],
  ['d', whole(d)],
];

const lambdaRange = (ranges: InstanceRanges, block: string): LambdaRange => ranges.lambda[block] ?? FREE_LAMBDA;

export const lambdaBox = (revision: Revision, ranges: InstanceRanges): [string, Interval][] =>
  Object.keys(revision.problem.lambda).map((block) => {
    const { lower, upper } = lambdaRange(ranges, block);
    return [`lambda_${block}`, I.interval(lower, upper)];
  });

/** Whether the user narrowed the λ's: then they bound the generators, otherwise the generators bound themselves. */
export const lambdasGiven = (ranges: InstanceRanges): boolean => Object.keys(ranges.lambda).length > 0;

/**
 * The range of each generator: what the stratum asks for, cut to what the λ ranges allow at these sizes; undefined
 * where nothing is left.
 */
export const generatorRanges = (
  revision: Revision,
  stratum: Stratum,
  ranges: InstanceRanges,
  sizes: readonly [string, Interval][],
): ReadonlyMap<string, Interval> | undefined => {
  const result = new Map<string, Interval>();
  const box = new Map([...sizes, ...lambdaBox(revision, ranges)]);
  for (const { symbol, inverse, draw } of revision.parametrisation?.generators ?? []) {
    const special = stratum.draw[symbol.name];
    const wanted = special ?? draw;
    if (!lambdasGiven(ranges)) {
      result.set(symbol.name, drawBounds(wanted));
      continue;
    }
    const allowed = intervalInterpreter(box, 64).scalar(inverse);
    const range = special === undefined ? allowed : intersect(allowed, drawBounds(special));
    if (range === undefined) return undefined;
    result.set(symbol.name, range);
  }
  return result;
};

/** The λ's that the generators give, exactly. */
const lambdasOf = (revision: Revision, values: ReadonlyMap<string, Interval>): Record<string, string> | undefined => {
  const { scalar } = intervalInterpreter(values, 64);
  const entries = Object.entries(revision.parametrisation?.parameters ?? {}).map(
    ([block, formula]) => [block, scalar(formula)] as const,
  );
  if (entries.some(([, x]) => !Q.equals(x.lower, x.upper) || Q.sign(x.lower) <= 0)) return undefined;
  return Object.fromEntries(entries.map(([block, x]) => [block, Q.format(x.lower)]));
};

const lambdasFit = (lambda: Readonly<Record<string, string>>, ranges: InstanceRanges): boolean =>
  Object.entries(ranges.lambda).every(([block, { lower, upper }]) => {
    const value = lambda[block];
    if (value === undefined) return false;
    const x = Q.parseRational(value);
    return Q.compare(x, lower) >= 0 && Q.compare(x, upper) <= 0;
  });

/**
 * A generator that a fixed λ determines: λ(g) is monotone in most parametrisations, but only the monomial case
 * λ = q·g^{±1} is solved; anything else is left to the draws.
 */
const solveFixed = (
  revision: Revision,
  ranges: InstanceRanges,
  sizes: readonly [string, Interval][],
  values: Map<string, Interval>,
  free: Set<string>,
): void => {
  for (const [block, formula] of Object.entries(revision.parametrisation?.parameters ?? {})) {
    const range = ranges.lambda[block];
    if (range === undefined || !Q.equals(range.lower, range.upper)) continue;
    for (const name of free) {
      const at = (x: number): Rational | undefined => {
        const trial = new Map([...sizes, ...values, [name, whole(x)] as const]);
        const value = intervalInterpreter(trial, 64).scalar(formula);
        return Q.equals(value.lower, value.upper) && Q.sign(value.lower) > 0 ? value.lower : undefined;
      };
      const [one, two, three] = [at(1), at(2), at(3)];
      if (one === undefined || two === undefined || three === undefined) continue;
      const ratio = Q.divide(two, one);
      const again = Q.divide(three, one);
      const direct = Q.equals(ratio, Q.rational(2)) && Q.equals(again, Q.rational(3));
      const inverse = Q.equals(ratio, Q.rational(1, 2)) && Q.equals(again, Q.rational(1, 3));
      if (!direct && !inverse) continue;
      const solution = direct ? Q.divide(range.lower, one) : Q.divide(one, range.lower);
      values.set(name, I.point(solution));
      free.delete(name);
      break;
    }
  }
};

export const decodeStratum =
  (revision: Revision, stratum: Stratum, ranges: InstanceRanges) =>
  (genome: Genome): Instance | undefined => {
    if (!sizesFit(genome, ranges)) return undefined;
    const { K, n, d } = genome;
    const sizes = sizeSymbols(genome);
    const bounds = generatorRanges(revision, stratum, ranges, sizes);
    if (bounds === undefined) return undefined;
    const values = new Map<string, Interval>();
    const free = new Set<string>();
    for (const [name, range] of bounds) {
      if (Q.equals(range.lower, range.upper)) values.set(name, range);
      else free.add(name);
    }
    solveFixed(revision, ranges, sizes, values, free);
    [...bounds].forEach(([name, range], index) => {
      if (free.has(name)) {
        values.set(name, I.point(rationalIn(range.lower, range.upper, genome.genes[index] ?? [1, 0])));
      }
    });
    const lambda = lambdasOf(revision, new Map([...sizes, ...values]));
    return lambda === undefined || !lambdasFit(lambda, ranges) ? undefined : { K, n, d, lambda };
  };

export const decodeDirect =
  (revision: Revision, ranges: InstanceRanges) =>
  (genome: Genome): Instance | undefined => {
    if (!sizesFit(genome, ranges)) return undefined;
    const { K, n, d } = genome;
    const lambda = Object.fromEntries(
      Object.keys(revision.problem.lambda).map((block, index) => {
        const { lower, upper } = lambdaRange(ranges, block);
        return [block, Q.format(rationalIn(lower, upper, genome.genes[index] ?? [1, 0]))];
      }),
    );
    return { K, n, d, lambda };
  };

/** Rational amplitudes → generators → λ's: instances at which the construction itself is rational. */
export const decodeRational =
  (revision: Revision, ranges: InstanceRanges) =>
  (genome: Genome): Instance | undefined => {
    const { amplitudes } = revision;
    if (amplitudes === undefined || !sizesFit(genome, ranges)) return undefined;
    const free = Object.fromEntries(
      amplitudes.free.map(({ symbol, draw }, index) => {
        const { lower, upper } = drawBounds(draw);
        return [symbol.name, Q.format(rationalIn(lower, upper, genome.genes[index] ?? [1, 0]))];
      }),
    );
    return atAmplitudes(revision, genome, free, ranges);
  };

export const atAmplitudes = (
  revision: Revision,
  { K, n, d }: Pick<Instance, 'K' | 'n' | 'd'>,
  amplitudes: Readonly<Record<string, string>>,
  ranges: InstanceRanges,
): Instance | undefined => {
  const sizes = sizeSymbols({ K, n, d });
  const free = Object.entries(amplitudes).map(([name, x]): [string, Interval] => [name, I.point(Q.parseRational(x))]);
  const { scalar } = intervalInterpreter(new Map([...sizes, ...free]), 64);
  const generators = Object.entries(revision.amplitudes?.generators ?? {}).map(
    ([name, formula]): [string, Interval] => [name, scalar(formula)],
  );
  if (generators.some(([, x]) => Q.sign(x.lower) <= 0)) return undefined;
  const lambda = lambdasOf(revision, new Map([...sizes, ...generators]));
  return lambda === undefined || !lambdasFit(lambda, ranges) ? undefined : { K, n, d, lambda };
};
