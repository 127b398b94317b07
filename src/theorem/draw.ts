/**
 * Drawing instances: pinned ones first, then random ones by stratum, all rational.
 *
 * An instance is decoded from a genome of small integers that fast-check draws and shrinks: sizes as they are, each
 * parameter as a denominator and a position in its range. Generators are drawn in the wanted regime and the λ's derived from
 * them, so that thresholds are hit exactly and c stays rational.
 */
import fc from 'fast-check';
import { UsageError } from '../errors.js';
import * as I from '../exact/interval.js';
import type { Interval } from '../exact/interval.js';
import * as Q from '../exact/rational.js';
import type { Rational } from '../exact/rational.js';
import type { Proposition } from '../symbolic/expression.js';
import type { Case, Draw, Revision, Stratum } from './contract.js';
import { type Instance, describeInstance, holdsAt, holdsOnBox, intervalInterpreter } from './instance.js';
import { type LambdaRange, type SizeRange, sizesAt } from './ranges.js';

/** Where instances may be drawn from. λ's are keyed by block name; a λ without a range is free. */
export interface InstanceRanges {
  readonly K: SizeRange;
  readonly n: SizeRange;
  readonly d: SizeRange;
  readonly lambda: Readonly<Record<string, LambdaRange>>;
}

/** An instance and why it is there. */
export interface DrawnInstance {
  readonly instance: Instance;
  readonly caseId: string;
  /** The stratum it was drawn for, `pinned`, `rational` or `direct` (λ's drawn as they are). */
  readonly origin: string;
  /** The construction is rational here, so the exact checks apply. */
  readonly rational: boolean;
}

export interface Coverage {
  readonly stratum: string;
  readonly caseId: string;
  readonly instances: number;
  /** Whether the given ranges can reach the stratum at all. */
  readonly reachable: boolean;
}

export interface Sample {
  readonly instances: readonly DrawnInstance[];
  readonly coverage: readonly Coverage[];
}

interface Genome {
  readonly K: number;
  readonly n: number;
  readonly d: number;
  /** One pair per parameter to draw: denominator 1…20 and position 0…1000 in its range. */
  readonly genes: readonly (readonly [denominator: number, position: number])[];
}

const POSITIONS = 1000;
const DENOMINATORS = 20;
/** Genomes tried for one wanted instance before the stratum counts as not reached. */
const ATTEMPTS = 400;
/** λ's that the user leaves free while fixing others. */
const FREE_LAMBDA: LambdaRange = { lower: Q.rational(1, 10_000), upper: Q.ONE, text: '1e-4..1' };

/** The sizes over all K of a range. */
const sizeBounds = (range: SizeRange, classes: SizeRange): { readonly lower: number; readonly upper: number } => {
  const bounds = [];
  for (let K = classes.lower.offset; K <= classes.upper.offset; K++) {
    const at = sizesAt(range, K);
    if (at !== undefined) bounds.push(at);
  }
  if (bounds.length === 0) throw new UsageError(`the range ${range.text} is empty for every K`, 'Change it, or --K.');
  return { lower: Math.min(...bounds.map((x) => x.lower)), upper: Math.max(...bounds.map((x) => x.upper)) };
};

const genomes = (ranges: InstanceRanges, genes: number): fc.Arbitrary<Genome> => {
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

const sizesFit = ({ K, n, d }: Genome, ranges: InstanceRanges): boolean => {
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

const lambdaBox = (revision: Revision, ranges: InstanceRanges): [string, Interval][] =>
  Object.keys(revision.problem.lambda).map((block) => {
    const { lower, upper } = lambdaRange(ranges, block);
    return [`lambda_${block}`, I.interval(lower, upper)];
  });

/** Whether the user narrowed the λ's: then they bound the generators, otherwise the generators bound themselves. */
const lambdasGiven = (ranges: InstanceRanges): boolean => Object.keys(ranges.lambda).length > 0;

/**
 * The range of each generator: what the stratum asks for, cut to what the λ ranges allow at these sizes; undefined where
 * nothing is left.
 */
const generatorRanges = (
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
  const entries = Object.entries(revision.parametrisation?.parameters ?? {}).map(([block, formula]) => [block, scalar(formula)] as const);
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

const decodeStratum =
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
      if (free.has(name)) values.set(name, I.point(rationalIn(range.lower, range.upper, genome.genes[index] ?? [1, 0])));
    });
    const lambda = lambdasOf(revision, new Map([...sizes, ...values]));
    return lambda === undefined || !lambdasFit(lambda, ranges) ? undefined : { K, n, d, lambda };
  };

const decodeDirect =
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
const decodeRational =
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

const atAmplitudes = (
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

/** The one case whose condition holds; UsageError where the cases of a module overlap or leave a gap. */
export const caseAt = (revision: Revision, instance: Instance): Case => {
  const [first, second] = revision.cases.filter((c) => holdsAt(c.when, instance));
  if (first === undefined || second !== undefined) {
    throw new UsageError(
      `${first === undefined ? 'no case' : `two cases (${first.id}, ${second?.id ?? ''})`} of the theorem hold at ${describeInstance(instance)}`,
      'The cases of a theorem must partition its parameters.',
    );
  }
  return first;
};

export const meetsHypotheses = (revision: Revision, instance: Instance): boolean =>
  revision.hypotheses.every((hypothesis) => holdsAt(hypothesis, instance));

const keyOf = (instance: Instance): string => JSON.stringify([instance.K, instance.n, instance.d, instance.lambda]);

/** Whether some instance of the ranges could meet a condition: a sound "no", a cautious "yes". */
const possible = (condition: Proposition, revision: Revision, ranges: InstanceRanges): boolean => {
  const span = (range: SizeRange): Interval => {
    const { lower, upper } = sizeBounds(range, ranges.K);
    return I.interval(Q.rational(lower), Q.rational(upper));
  };
  const sizes: [string, Interval][] = [['K', span(ranges.K)], ['n', span(ranges.n)], ['d', span(ranges.d)]];
  return holdsOnBox(condition, new Map([...sizes, ...lambdaBox(revision, ranges)])) !== false;
};

const stratumPossible = (revision: Revision, c: Case, stratum: Stratum, ranges: InstanceRanges): boolean => {
  if (!lambdasGiven(ranges)) return true;
  if (!possible(c.when, revision, ranges)) return false;
  const span = (range: SizeRange): Interval => {
    const { lower, upper } = sizeBounds(range, ranges.K);
    return I.interval(Q.rational(lower), Q.rational(upper));
  };
  return (
    generatorRanges(revision, stratum, ranges, [['K', span(ranges.K)], ['n', span(ranges.n)], ['d', span(ranges.d)]]) !==
    undefined
  );
};

/** Up to `trials` distinct instances that meet the hypotheses, a function of (revision, ranges, trials, seed) alone. */
export const drawInstances = (revision: Revision, ranges: InstanceRanges, trials: number, seed: number): Sample => {
  const chosen = new Map<string, DrawnInstance>();
  const accept = (instance: Instance | undefined, origin: string, rational: boolean, within?: Case): boolean => {
    if (instance === undefined || chosen.size >= trials || !meetsHypotheses(revision, instance)) return false;
    const home = caseAt(revision, instance);
    if ((within !== undefined && home !== within) || chosen.has(keyOf(instance))) return false;
    chosen.set(keyOf(instance), { instance, caseId: home.id, origin, rational });
    return true;
  };
  const fill = (
    wanted: number,
    salt: number,
    genes: number,
    decode: (genome: Genome) => Instance | undefined,
    keep: (instance: Instance | undefined) => boolean,
  ): void => {
    if (wanted <= 0) return;
    let found = 0;
    // One attempt list per wanted instance; fast-check's own filter would not end where nothing fits.
    for (const genome of fc.sample(genomes(ranges, genes), { numRuns: ATTEMPTS * wanted, seed: (seed + salt) | 0 })) {
      if (found >= wanted || chosen.size >= trials) return;
      if (keep(decode(genome))) found += 1;
    }
  };

  for (const { K, n, d, amplitudes } of revision.pinned ?? []) {
    const genome: Genome = { K, n, d, genes: [] };
    const bounds = sizesAt(ranges.K, K);
    if (bounds === undefined || K < bounds.lower || K > bounds.upper || !sizesFit(genome, ranges)) continue;
    accept(atAmplitudes(revision, genome, amplitudes, ranges), 'pinned', true);
  }
  if (revision.amplitudes !== undefined) {
    const genes = revision.amplitudes.free.length;
    fill(Math.ceil((trials - chosen.size) / 6), 1, genes, decodeRational(revision, ranges), (x) => accept(x, 'rational', true));
  }
  const strata = revision.cases.flatMap((c) => c.strata.map((stratum) => ({ c, stratum })));
  const reachable = strata.filter(({ c, stratum }) => stratumPossible(revision, c, stratum, ranges));
  const direct = lambdasGiven(ranges) || revision.parametrisation === undefined;
  const shares = reachable.length + (direct ? reachable.length + 1 : 0);
  const generators = revision.parametrisation?.generators.length ?? 0;
  reachable.forEach(({ c, stratum }, index) => {
    const wanted = Math.max(1, Math.ceil((trials - chosen.size) / (shares - index)));
    fill(wanted, 2 + index, generators, decodeStratum(revision, stratum, ranges), (x) => accept(x, stratum.id, false, c));
  });
  if (direct) {
    const genes = Object.keys(revision.problem.lambda).length;
    fill(trials - chosen.size, 1000, genes, decodeDirect(revision, ranges), (x) => accept(x, 'direct', false));
  }

  const instances = [...chosen.values()];
  const coverage = strata.map(({ c, stratum }): Coverage => ({
    stratum: stratum.id,
    caseId: c.id,
    instances: instances.filter((x) => x.origin === stratum.id && x.caseId === c.id).length,
    reachable: reachable.some((x) => x.stratum === stratum && x.c === c),
  }));
  return { instances, coverage };
};

/**
 * The smallest instance, by fast-check's shrinking of its genome, at which `fails` still holds: sizes first, then simple
 * parameters. `budget` bounds the calls of `fails`.
 */
export const shrinkInstance = (
  revision: Revision,
  ranges: InstanceRanges,
  start: Instance,
  fails: (instance: Instance) => boolean,
  budget: number,
): Instance => {
  const home = caseAt(revision, start).id;
  const decode = decodeNear(revision, ranges, start);
  let calls = 0;
  let best = start;
  const K = sizeBounds(ranges.K, ranges.K);
  const n = sizeBounds(ranges.n, ranges.K);
  const d = sizeBounds(ranges.d, ranges.K);
  const property = fc.property(
    fc.tuple(
      fc.integer({ min: K.lower, max: K.upper }),
      fc.integer({ min: n.lower, max: n.upper }),
      fc.integer({ min: d.lower, max: d.upper }),
    ),
    ([k, m, w]) => {
      const instance = decode(k, m, w);
      if (instance === undefined || calls >= budget) return true;
      if (!meetsHypotheses(revision, instance) || caseAt(revision, instance).id !== home) return true;
      calls += 1;
      if (!fails(instance)) return true;
      best = instance;
      return false;
    },
  );
  fc.check(property, { examples: [[[start.K, start.n, start.d]]], numRuns: 1, seed: 1 });
  return best;
};

/** The instance with other sizes and the same generators, so that it stays in its regime while it shrinks. */
const decodeNear = (revision: Revision, ranges: InstanceRanges, start: Instance) => {
  const box = new Map([
    ...sizeSymbols(start),
    ...Object.entries(start.lambda).map(([block, x]): [string, Interval] => [`lambda_${block}`, I.point(Q.parseRational(x))]),
  ]);
  const generators = (revision.parametrisation?.generators ?? []).map(({ symbol, inverse }): [string, Interval] => [
    symbol.name,
    intervalInterpreter(box, 64).scalar(inverse),
  ]);
  const exact = generators.length > 0 && generators.every(([, x]) => Q.equals(x.lower, x.upper));
  return (K: number, n: number, d: number): Instance | undefined => {
    if (!sizesFit({ K, n, d, genes: [] }, ranges)) return undefined;
    if (!exact || lambdasGiven(ranges)) return { K, n, d, lambda: start.lambda };
    const lambda = lambdasOf(revision, new Map([...sizeSymbols({ K, n, d }), ...generators]));
    return lambda === undefined ? undefined : { K, n, d, lambda };
  };
};
