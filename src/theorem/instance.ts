/**
 * Instances: numbers for the sizes and parameters of a problem.
 *
 * Every λ is kept as an exact rational in text, so that an instance can be printed, pasted into a command and
 * certified.
 */
import * as Q from '../exact/rational.js';
import { type Rational, parseRational, toNumber } from '../exact/rational.js';
import { UsageError } from '../errors.js';
import { type Algebra, type Interpreter, interpreter } from '../symbolic/interpret.js';
import type { Comparison, Proposition, Scalar } from '../symbolic/expression.js';
import * as I from '../exact/interval.js';
import type { Interval } from '../exact/interval.js';
import { encloseRoot } from '../symbolic/root.js';

export interface Instance {
  readonly K: number;
  readonly n: number;
  readonly d: number;
  /** λ of each penalised block, by block name: `"p/q"`. */
  readonly lambda: Readonly<Record<string, string>>;
  /** Other free numbers, by symbol name: those of a lemma. */
  readonly scalars?: Readonly<Record<string, string>>;
  /** How many equal ones were drawn before it, if any: at each of them a lemma is tried at other matrices. */
  readonly repeat?: number;
}

/** λ's as doubles, correctly rounded. */
export const lambdaNumbers = (instance: Instance): Record<string, number> =>
  Object.fromEntries(Object.entries(instance.lambda).map(([name, value]) => [name, toNumber(parseRational(value))]));

/** `= p/q`, to be read; a fraction that is too long for that, rounded: `≈ 1.2345e-6`. */
export const readable = (value: string): string => {
  if (value.length <= 40) return `= ${value}`;
  const { numerator, denominator } = parseRational(value);
  // In whole numbers: it may be beyond the range of doubles.
  const shift = String(denominator).length - String(numerator).length + 5;
  const digits = String(
    shift < 0 ? numerator / (denominator * 10n ** BigInt(-shift)) : (numerator * 10n ** BigInt(shift)) / denominator,
  );
  return `≈ ${digits[0] ?? ''}.${digits.slice(1, 5)}e${digits.length - 1 - shift}`;
};

/** Names of numbers that are letters of the Greek alphabet, as statements print them. */
const GREEK: ReadonlyMap<string, string> = new Map([
  ['alpha', 'α'],
  ['beta', 'β'],
  ['gamma', 'γ'],
  ['delta', 'δ'],
  ['kappa', 'κ'],
  ['mu', 'μ'],
  ['rho', 'ρ'],
  ['tau', 'τ'],
]);

/** `K = 3, n = 2, d = 4, λ_W = 1/12, λ_H = 1/6`. */
export const describeInstance = ({ K, n, d, lambda, scalars = {} }: Instance): string =>
  [
    `K = ${K}`,
    `n = ${n}`,
    `d = ${d}`,
    ...Object.entries(lambda).map(([name, value]) => `λ_${name} ${readable(value)}`),
    ...Object.entries(scalars).map(([name, value]) => `${GREEK.get(name) ?? name} ${readable(value)}`),
  ].join(', ');

/** What was found of the instance that was asked about last: points come by the thousand at one instance. */
const ofLast = <Value>(): ((instance: Instance, key: number | undefined, make: () => Value) => Value) => {
  let last: Instance | undefined;
  let known = new Map<number | undefined, Value>();
  return (instance, key, make) => {
    if (instance !== last) [last, known] = [instance, new Map<number | undefined, Value>()];
    const value = known.get(key) ?? make();
    known.set(key, value);
    return value;
  };
};

const symbolsOfLast = ofLast<ReadonlyMap<string, Rational>>();

/** Rational values of the symbols of an instance (K, n, d and every lambda_…), and of the rank r where one is given. */
export const symbolValues = (instance: Instance, rank?: number): ReadonlyMap<string, Rational> =>
  symbolsOfLast(instance, rank, () => readSymbols(instance, rank));

const readSymbols = (instance: Instance, rank?: number): ReadonlyMap<string, Rational> => {
  const { K, n, d, lambda, scalars = {} } = instance;
  const sizes = Object.entries({ K, n, d, ...(rank === undefined ? {} : { r: rank }) });
  return new Map([
    ...sizes.map(([name, value]): [string, Rational] => [name, parseRational(String(value))]),
    ...Object.entries(lambda).map(([name, value]): [string, Rational] => [`lambda_${name}`, parseRational(value)]),
    ...Object.entries(scalars).map(([name, value]): [string, Rational] => [name, parseRational(value)]),
  ]);
};

/** The same as intervals that hold one number each. */
export const pointValues = (instance: Instance, rank?: number): ReadonlyMap<string, Interval> =>
  new Map([...symbolValues(instance, rank)].map(([name, value]) => [name, I.point(value)]));

const noMatrix = (): never => {
  throw new UsageError('a condition on the instance mentions a matrix', 'Conditions may use sizes and λ only.');
};

type ScalarOperation =
  | 'number' | 'symbol' | 'root' | 'sum' | 'product' | 'quotient' | 'power' | 'squareRoot' | 'minimum' | 'positivePart';

/** What enclosures do with numbers when every symbol lies in an interval; `bits` is the precision of square roots. */
export const scalarEnclosures = (
  values: ReadonlyMap<string, Interval>,
  bits: number,
): Pick<Algebra<Interval, never>, ScalarOperation> => ({
  number: I.point,
  symbol: (node) => {
    const value = values.get(node.name);
    if (value === undefined) {
      throw new UsageError(`${node.text} has no value here`, 'Conditions may use sizes and λ only.');
    }
    return value;
  },
  root: (node, equals) => encloseRoot(node, equals, bits),
  sum: (terms) => terms.reduce(I.add),
  product: (factors) => factors.reduce(I.multiply),
  quotient: I.divide,
  power: I.power,
  squareRoot: (of) => I.squareRoot(of, bits),
  minimum: (x, y) => I.interval(Q.minimum(x.lower, y.lower), Q.minimum(x.upper, y.upper)),
  positivePart: (x) => I.interval(Q.maximum(x.lower, Q.ZERO), Q.maximum(x.upper, Q.ZERO)),
});

/** Enclosures of scalars. */
export const intervalInterpreter = (
  values: ReadonlyMap<string, Interval>,
  bits: number,
): Interpreter<Interval, never> => {
  const { number, symbol, root, sum, product, quotient, power, squareRoot, minimum, positivePart } =
    scalarEnclosures(values, bits);
  // Without a spread, which makes such objects slow: one is needed for every instance that is drawn.
  return interpreter<Interval, never>({
    number, symbol, root, sum, product, quotient, power, squareRoot, minimum, positivePart,
    normSquared: noMatrix,
    trace: noMatrix,
    nuclearNorm: noMatrix,
    letter: noMatrix,
    labels: noMatrix,
    identity: noMatrix,
    ones: noMatrix,
    zeros: noMatrix,
    matrixSum: noMatrix,
    matrixProduct: noMatrix,
    scaled: noMatrix,
    transpose: noMatrix,
    relu: noMatrix,
    inverse: noMatrix,
  });
};

/** Precisions at which an undecided comparison is tried again: irrational ties would need more than any. */
const PRECISIONS = [64, 256, 1024];

type Decider = (condition: Proposition) => boolean | undefined;

/** Decides conditions in a box, each formula evaluated once. */
const deciderOn = (values: ReadonlyMap<string, Interval>, bits: number): Decider => {
  const { scalar } = intervalInterpreter(values, bits);
  const decide: Decider = (condition) => {
    if (condition.kind === 'equal' || condition.kind === 'differs') return noMatrix();
    if (condition.kind === 'and') {
      const parts = condition.parts.map(decide);
      if (parts.includes(false)) return false;
      return parts.includes(undefined) ? undefined : true;
    }
    return compareIntervals(condition.kind, scalar(condition.left), scalar(condition.right));
  };
  return decide;
};

/** Whether a condition holds for all, none, or some (undefined) of the values in the box. */
export const holdsOnBox = (
  condition: Proposition,
  values: ReadonlyMap<string, Interval>,
  bits = 64,
): boolean | undefined => deciderOn(values, bits)(condition);

/** Whether all numbers of the left interval compare so with all of the right one, none do, or some (undefined). */
export const compareIntervals = (kind: Comparison, left: Interval, right: Interval): boolean | undefined => {
  const difference = I.subtract(left, right);
  const low = Math.sign(Number(difference.lower.numerator > 0n) - Number(difference.lower.numerator < 0n));
  const high = Math.sign(Number(difference.upper.numerator > 0n) - Number(difference.upper.numerator < 0n));
  switch (kind) {
    case 'eq':
      return low === 0 && high === 0 ? true : low > 0 || high < 0 ? false : undefined;
    case 'neq':
      return low === 0 && high === 0 ? false : low > 0 || high < 0 ? true : undefined;
    case 'leq':
      return high <= 0 ? true : low > 0 ? false : undefined;
    case 'lt':
      return high < 0 ? true : low >= 0 ? false : undefined;
    case 'geq':
      return low >= 0 ? true : high < 0 ? false : undefined;
    case 'gt':
      return low > 0 ? true : high <= 0 ? false : undefined;
  }
};

/** By precision: cases, hypotheses and strata at one instance share most of their formulas. */
const decidersOfLast = ofLast<Decider>();

const deciderAt = (instance: Instance, bits: number): Decider =>
  decidersOfLast(instance, bits, () => deciderOn(pointValues(instance), bits));

/** Whether a condition on the instance holds, decided exactly; UsageError where no precision decides it. */
export const holdsAt = (condition: Proposition, instance: Instance): boolean => {
  for (const bits of PRECISIONS) {
    const decided = deciderAt(instance, bits)(condition);
    if (decided !== undefined) return decided;
  }
  throw new UsageError(
    `a condition is too close to a tie to decide at ${describeInstance(instance)}`,
    'Choose λ for which the threshold is rational, or stay away from it.',
  );
};

/** A scalar of the instance as a double; exact until the last rounding where no root is irrational. */
export const scalarAt = (node: Scalar, instance: Instance, rank?: number): number => {
  const { lower, upper } = intervalInterpreter(pointValues(instance, rank), 128).scalar(node);
  return (toNumber(lower) + toNumber(upper)) / 2;
};
