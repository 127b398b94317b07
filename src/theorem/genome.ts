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
import type { Proposition, Scalar } from '../symbolic/expression.js';
import { fingerprint } from '../symbolic/fingerprint.js';
import { rewrite, writtenOut } from '../symbolic/rewrite.js';
import type { Draw, Revision, Stratum } from './contract.js';
import { type Instance, holdsOnBox, intervalInterpreter, pointValues } from './instance.js';
import { type LambdaRange, type SizeRange, sizesAt } from './ranges.js';

/** Where instances may be drawn from. λ's are keyed by block name; a λ without a range is free. */
export interface InstanceRanges {
  readonly K: SizeRange;
  readonly n: SizeRange;
  readonly d: SizeRange;
  readonly lambda: Readonly<Record<string, LambdaRange>>;
  /** Bounds of generators of the parametrisation, by name: κ from --mu. */
  readonly generators?: Readonly<Record<string, LambdaRange>>;
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

/** Numbers in the largest matrices of an instance: beyond, memory would not suffice. */
export const LARGEST_INSTANCE = 2 ** 25;

/** The numbers in W or in each W_l, H and Y, whichever is most. */
export const numbersAt = ({ K, n, d }: Pick<Instance, 'K' | 'n' | 'd'>): number =>
  Math.max(d * K * n, K * K * n, d * d, d * K);

export const sizesFit = ({ K, n, d }: Genome, ranges: InstanceRanges): boolean => {
  if (numbersAt({ K, n, d }) > LARGEST_INSTANCE) return false;
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
  const simple = Q.rational(BigInt(Math.round(target * denominator)), BigInt(denominator));
  const fits = Q.compare(simple, from) >= 0 && Q.compare(simple, to) <= 0;
  if (fits && Math.abs(Q.toNumber(simple) - target) <= 0.1 * (high - low)) return simple;
  const digits = Math.max(0, Math.ceil(-Math.log10(Math.min(high - low, target))) + 2);
  // A width below the resolution of doubles leaves the target where it is; so few digits never overflow.
  const scale = Math.min(digits, Math.max(15, Math.ceil(-Math.log10(target)) + 15));
  return within(Q.rational(BigInt(Math.round(target * 10 ** scale)), 10n ** BigInt(scale)));
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

const generatorRange = ({ generators }: InstanceRanges, name: string): Interval | undefined => {
  const given = generators?.[name];
  return given === undefined ? undefined : I.interval(given.lower, given.upper);
};

/** Whether the generators of an instance lie in the ranges that the user gave for them. */
export const generatorsFit = (revision: Revision, instance: Instance, ranges: InstanceRanges): boolean => {
  if (ranges.generators === undefined) return true;
  const { scalar } = intervalInterpreter(pointValues(instance), 64);
  return (revision.parametrisation?.generators ?? []).every(({ symbol, inverse }) => {
    const given = generatorRange(ranges, symbol.name);
    if (given === undefined) return true;
    const value = scalar(inverse);
    return Q.compare(given.lower, value.lower) <= 0 && Q.compare(value.upper, given.upper) <= 0;
  });
};

/**
 * Whether no instance within the given ranges of generators meets a condition on the instance: decided where the
 * condition speaks of a generator as the module defines it (κ ≤ 1/16, for κ in a range).
 */
export const excludedByGenerators = (condition: Proposition, revision: Revision, ranges: InstanceRanges): boolean => {
  const given = (revision.parametrisation?.generators ?? []).flatMap(({ symbol, inverse }) => {
    const range = generatorRange(ranges, symbol.name);
    return range === undefined ? [] : [{ symbol, range, print: fingerprint(writtenOut(inverse)) }];
  });
  if (given.length === 0) return false;
  const inGenerators = rewrite(condition, (node) =>
    node.sort === 'scalar' ? given.find((x) => x.print === fingerprint(writtenOut(node)))?.symbol : undefined,
  );
  // Sizes and λ's that remain may be anything.
  const anything = I.interval(Q.rational(1, 10n ** 60n), Q.rational(10n ** 60n));
  const box = new Map<string, Interval>([
    ...['K', 'n', 'd', ...Object.values(revision.problem.lambda).map((x) => x.name)].map((x) => [x, anything] as const),
    ...given.map(({ symbol, range }) => [symbol.name, range] as const),
  ]);
  return holdsOnBox(inGenerators, box) === false;
};

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
    const given = generatorRange(ranges, symbol.name);
    if (!lambdasGiven(ranges)) {
      const wanted = drawBounds(special ?? draw);
      // Where the user bounds the generator, that replaces the usual range of the module, not what a stratum asks for.
      const range = given === undefined ? wanted : special === undefined ? given : intersect(wanted, given);
      if (range === undefined) return undefined;
      result.set(symbol.name, range);
      continue;
    }
    const reached = intervalInterpreter(box, 64).scalar(inverse);
    const allowed = given === undefined ? reached : intersect(reached, given);
    if (allowed === undefined) return undefined;
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

/** Whether every λ lies in the range that the user gave for it. */
export const lambdasFit = (lambda: Readonly<Record<string, string>>, ranges: InstanceRanges): boolean =>
  Object.entries(ranges.lambda).every(([block, { lower, upper }]) => {
    const value = lambda[block];
    if (value === undefined) return false;
    const x = Q.parseRational(value);
    return Q.compare(x, lower) >= 0 && Q.compare(x, upper) <= 0;
  });

/**
 * λ as a function of one generator, the others fixed, where it is q·g or q/g; undefined for any other shape. Three
 * points decide: in a quotient of polynomials of higher degree the values at 1, 2, 3 have other ratios, or the draw
 * that follows is rejected because its λ leaves the range.
 */
const monomialIn = (
  formula: Scalar,
  name: string,
  others: ReadonlyMap<string, Interval>,
): { readonly factor: Rational; readonly inverse: boolean } | undefined => {
  const [one, two, three] = [1, 2, 3].map((x) => {
    const value = intervalInterpreter(new Map([...others, [name, whole(x)] as const]), 64).scalar(formula);
    return Q.equals(value.lower, value.upper) && Q.sign(value.lower) > 0 ? value.lower : undefined;
  });
  if (one === undefined || two === undefined || three === undefined) return undefined;
  const has = (x: Rational, y: Rational): boolean =>
    Q.equals(Q.divide(two, one), x) && Q.equals(Q.divide(three, one), y);
  if (has(Q.rational(2), Q.rational(3))) return { factor: one, inverse: false };
  if (has(Q.rational(1, 2), Q.rational(1, 3))) return { factor: one, inverse: true };
  return undefined;
};

/** The range of the last free generator, cut to where every given λ stays in its range. */
const cutToLambdas = (
  revision: Revision,
  ranges: InstanceRanges,
  name: string,
  range: Interval,
  others: ReadonlyMap<string, Interval>,
): Interval | undefined => {
  let current: Interval | undefined = range;
  for (const [block, formula] of Object.entries(revision.parametrisation?.parameters ?? {})) {
    const given = ranges.lambda[block];
    const shape = given === undefined ? undefined : monomialIn(formula, name, others);
    if (given === undefined || shape === undefined) continue;
    const { factor, inverse } = shape;
    const allowed = inverse
      ? I.interval(Q.divide(factor, given.upper), Q.divide(factor, given.lower))
      : I.interval(Q.divide(given.lower, factor), Q.divide(given.upper, factor));
    current = intersect(current, allowed);
    if (current === undefined) return undefined;
  }
  return current;
};

export const decodeStratum =
  (revision: Revision, stratum: Stratum, ranges: InstanceRanges) =>
  (genome: Genome): Instance | undefined => {
    // Without generators a stratum is what its case says: λ's are drawn as they are.
    if (revision.parametrisation === undefined) return decodeDirect(revision, ranges)(genome);
    if (!sizesFit(genome, ranges)) return undefined;
    const { K, n, d } = genome;
    const sizes = sizeSymbols(genome);
    const bounds = generatorRanges(revision, stratum, ranges, sizes);
    if (bounds === undefined) return undefined;
    // What the stratum fixes comes first; the last generator then answers for the given λ's.
    const order = [...bounds].sort(([a], [b]) => Number(b in stratum.draw) - Number(a in stratum.draw));
    const values = new Map<string, Interval>(sizes);
    for (const [index, [name, range]] of order.entries()) {
      const last = index === order.length - 1;
      const within = last ? cutToLambdas(revision, ranges, name, range, values) : range;
      if (within === undefined) return undefined;
      values.set(name, I.point(rationalIn(within.lower, within.upper, genome.genes[index] ?? [1, 0])));
    }
    const lambda = lambdasOf(revision, values);
    return lambda === undefined || !lambdasFit(lambda, ranges) ? undefined : { K, n, d, lambda };
  };

/** Whether the generators of an instance lie where a stratum draws them. */
export const inStratum = (revision: Revision, stratum: Stratum, instance: Instance): boolean => {
  const { scalar } = intervalInterpreter(pointValues(instance), 64);
  return (revision.parametrisation?.generators ?? []).every(({ symbol, inverse }) => {
    const draw = stratum.draw[symbol.name];
    if (draw === undefined) return true;
    const [value, wanted] = [scalar(inverse), drawBounds(draw)];
    return Q.compare(wanted.lower, value.lower) <= 0 && Q.compare(value.upper, wanted.upper) <= 0;
  });
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
