/**
 * Signs under a hypothesis, read off coefficients.
 *
 * A chart rewrites the generators of a case so that the case's inequalities become "slack ≥ 0": g ≤ a is g = a/(1 + t),
 * g ≥ a is g = a + t, and a ≤ g ≤ b takes two charts, g = (a + bt)/(1 + t) and its mirror image. A polynomial in
 * positive generators and non-negative slacks whose coefficients all have one sign has that sign; anything else is
 * `unknown`, which accuses nobody and proves nothing. What is known in a case is known on all charts that cover it.
 */
import * as Q from '../exact/rational.js';
import * as F from './fraction.js';
import type { Fraction } from './fraction.js';
import type { Polynomial } from './polynomial.js';

export type Sign = 'zero' | 'positive' | 'non-negative' | 'negative' | 'non-positive' | 'unknown';

export interface ChartCondition {
  readonly kind: 'eq' | 'leq' | 'lt' | 'geq' | 'gt';
  readonly left: Fraction;
  readonly right: Fraction;
}

export interface Chart {
  /** Generators in terms of the others and of slacks. */
  readonly substitution: ReadonlyMap<string, Fraction>;
  /** Slacks and roots: variables known only to be ≥ 0. Every other variable is positive. */
  readonly weak: ReadonlySet<string>;
}

/**
 * Where a case holds, covered in one or more ways: a point of the case lies on some chart of every cover. No cover is
 * empty, so two of them cannot contradict each other.
 */
export type Region = readonly (readonly Chart[])[];

/** The chart of no condition: generators are positive, and nothing else is known. */
export const EVERYWHERE: Chart = { substitution: new Map(), weak: new Set() };

const flip: Readonly<Record<Sign, Sign>> = {
  zero: 'zero',
  positive: 'negative',
  'non-negative': 'non-positive',
  negative: 'positive',
  'non-positive': 'non-negative',
  unknown: 'unknown',
};

// A sign as the set of the signs that a value may have: 1 below zero, 2 zero, 4 above.
const possible: Readonly<Record<Sign, number>> = {
  zero: 2,
  positive: 4,
  'non-negative': 6,
  negative: 1,
  'non-positive': 3,
  unknown: 7,
};
const signOfSet = new Map(Object.entries(possible).map(([sign, set]) => [set, sign as Sign]));

const signOfPolynomial = (p: Polynomial, weak: ReadonlySet<string>): Sign => {
  if (p.terms.size === 0) return 'zero';
  const terms = [...p.terms.values()];
  const signs = new Set(terms.map((term) => Q.sign(term.coefficient)));
  if (signs.size > 1) return 'unknown';
  const strict = terms.some((term) => term.monomial.every(([name]) => !weak.has(name)));
  const sign: Sign = strict ? 'positive' : 'non-negative';
  return signs.has(1) ? sign : flip[sign];
};

/** The sign of a quotient whose denominator has a strict sign; `unknown` where it has none. */
const quotient = (above: Sign, below: Sign): Sign =>
  below === 'positive' ? above : below === 'negative' ? flip[above] : 'unknown';

/** The rank r of a partial frame may be 0. */
const RANK = 'r';

/**
 * The sign of x everywhere on the chart; `weak` adds variables that are only known to be ≥ 0. Where the denominator of
 * x might vanish on the chart, x has no sign there, whatever cancels.
 */
export const signOn = (chart: Chart, x: Fraction, weak: Iterable<string> = []): Sign => {
  const loose = new Set([...chart.weak, ...weak, RANK]);
  const signOf = ({ numerator, denominator }: Fraction): Sign =>
    quotient(signOfPolynomial(numerator, loose), signOfPolynomial(denominator, loose));
  const above = F.substitute(F.fromPolynomial(x.numerator), chart.substitution);
  const below = F.substitute(F.fromPolynomial(x.denominator), chart.substitution);
  const divisor = signOf(below);
  if (divisor !== 'positive' && divisor !== 'negative') return 'unknown';
  const whole = signOf(F.divide(above, below));
  return whole === 'unknown' ? quotient(signOf(above), divisor) : whole;
};

/** The sign of x wherever the case holds. */
export const signIn = (region: Region, x: Fraction, weak: Iterable<string> = []): Sign => {
  const loose = [...weak];
  const known = region.map((charts) => charts.reduce((set, chart) => set | possible[signOn(chart, x, loose)], 0));
  return signOfSet.get(known.reduce((left, right) => left & right, possible.unknown)) ?? 'unknown';
};

/** One condition read as a bound on one variable. */
interface Bound {
  readonly name: string;
  readonly kind: ChartCondition['kind'];
  readonly limit: Fraction;
}

interface Limit {
  readonly at: Fraction;
  readonly closed: boolean;
}

/** All that a choice of bounds says about one variable. */
interface Span {
  readonly name: string;
  readonly exactly?: Fraction;
  readonly lower?: Limit;
  readonly upper?: Limit;
}

const mirrored = { eq: 'eq', leq: 'geq', lt: 'gt', geq: 'leq', gt: 'lt' } as const;

/** The ways to read a condition: a variable alone on one side, and not on the other. */
const readings = ({ kind, left, right }: ChartCondition): Bound[] => {
  const alone = (x: Fraction, limit: Fraction): string | undefined => {
    const [name, ...others] = F.variablesOf(x);
    if (name === undefined || others.length > 0 || F.variablesOf(limit).includes(name)) return undefined;
    return F.equals(x, F.variable(name)) ? name : undefined;
  };
  const [fromLeft, fromRight] = [alone(left, right), alone(right, left)];
  return [
    ...(fromLeft === undefined ? [] : [{ name: fromLeft, kind, limit: right }]),
    ...(fromRight === undefined ? [] : [{ name: fromRight, kind: mirrored[kind], limit: left }]),
  ];
};

/** The span of each variable; undefined where one is bounded twice from the same side. */
const spansOf = (bounds: readonly Bound[]): readonly Span[] | undefined => {
  const spans = new Map<string, Span>();
  for (const { name, kind, limit } of bounds) {
    const known = spans.get(name) ?? { name };
    const side = kind === 'eq' ? 'exactly' : kind === 'leq' || kind === 'lt' ? 'upper' : 'lower';
    if (known.exactly !== undefined || known[side] !== undefined) return undefined;
    if (side === 'exactly' && (known.lower ?? known.upper) !== undefined) return undefined;
    const value = side === 'exactly' ? limit : { at: limit, closed: kind === 'leq' || kind === 'geq' };
    spans.set(name, { ...known, [side]: value });
  }
  return [...spans.values()];
};

const variablesOfSpan = ({ exactly, lower, upper }: Span): string[] =>
  [exactly, lower?.at, upper?.at].flatMap((x) => (x === undefined ? [] : F.variablesOf(x)));

/** The spans in an order in which each speaks of variables that come before it only; undefined for a circle. */
const inOrder = (spans: readonly Span[]): readonly Span[] | undefined => {
  const ordered: Span[] = [];
  let waiting = spans;
  while (waiting.length > 0) {
    const names = new Set(waiting.map((x) => x.name));
    const ready = waiting.filter((x) => !variablesOfSpan(x).some((name) => names.has(name)));
    if (ready.length === 0) return undefined;
    ordered.push(...ready);
    waiting = waiting.filter((x) => !ready.includes(x));
  }
  return ordered;
};

/** The chart with one more variable rewritten, as one chart or two; undefined where the span might be empty. */
const extend = (chart: Chart, span: Span, slackName: string): readonly Chart[] | undefined => {
  const { name, exactly, lower, upper } = span;
  const there = (x: Fraction): Fraction => F.substitute(x, chart.substitution);
  const positive = (x: Fraction): boolean => signOn(chart, x) === 'positive';
  const slack = F.variable(slackName);
  const onePlus = F.add(F.ONE, slack);
  const rewritten = (value: Fraction, closed?: boolean): Chart => ({
    substitution: new Map([...chart.substitution, [name, value]]),
    weak: closed === true ? new Set([...chart.weak, slackName]) : chart.weak,
  });
  if (exactly !== undefined) return positive(exactly) ? [rewritten(there(exactly))] : undefined;
  if (lower !== undefined && !positive(lower.at)) return undefined;
  if (upper !== undefined && !positive(upper.at)) return undefined;
  if (upper === undefined) {
    return lower === undefined ? [chart] : [rewritten(F.add(there(lower.at), slack), lower.closed)];
  }
  if (lower === undefined) return [rewritten(F.divide(there(upper.at), onePlus), upper.closed)];
  if (!positive(F.subtract(upper.at, lower.at))) return undefined;
  // From one end, which is reached exactly where t = 0 is allowed, towards the other, which is not reached.
  const between = (from: Limit, to: Limit): Chart =>
    rewritten(F.divide(F.add(there(from.at), F.multiply(there(to.at), slack)), onePlus), from.closed);
  const ends = [...(lower.closed ? [between(lower, upper)] : []), ...(upper.closed ? [between(upper, lower)] : [])];
  return ends.length > 0 ? ends : [between(lower, upper)];
};

const coverOf = (bounds: readonly Bound[]): readonly Chart[] | undefined => {
  const spans = spansOf(bounds);
  const ordered = spans === undefined ? undefined : inOrder(spans);
  let charts: readonly Chart[] | undefined = ordered === undefined ? undefined : [EVERYWHERE];
  for (const [index, span] of (ordered ?? []).entries()) {
    // No symbol can be called so.
    const pieces = charts?.map((chart) => extend(chart, span, `slack:${index + 1}`));
    charts = pieces?.every((x) => x !== undefined) === true ? pieces.flat() : undefined;
  }
  return charts;
};

/** Conditions can be read in two ways each; beyond this many combinations the rest adds nothing worth its time. */
const MOST_COVERS = 64;

/**
 * Where a conjunction of conditions holds; undefined where no reading of them as bounds on single variables is shown to
 * be possible: conditions of another form, that contradict each other, or whose order depends on more than is known.
 *
 * Every point of the case is reached, whatever the order of writing: for 0 < g ≤ a by t = (a − g)/g, for g ≥ a by t =
 * g − a, for a ≤ g < b by t = (g − a)/(b − g). `roots` are variables that depend on others in a way that charts do not
 * see: a condition that mentions one, or the rank, shows nothing.
 */
export const regionOf = (conditions: readonly ChartCondition[], roots: Iterable<string> = []): Region | undefined => {
  const opaque = new Set([...roots, RANK]);
  const mentioned = conditions.flatMap(({ left, right }) => [...F.variablesOf(left), ...F.variablesOf(right)]);
  if (mentioned.some((name) => opaque.has(name))) return undefined;
  const choices = conditions.reduce<readonly (readonly Bound[])[]>(
    (chosen, condition) =>
      readings(condition)
        .flatMap((bound) => chosen.map((bounds) => [...bounds, bound]))
        .slice(0, MOST_COVERS),
    [[]],
  );
  const covers = choices.map(coverOf).filter((x) => x !== undefined);
  return covers.length === 0 ? undefined : covers;
};
