/**
 * Arithmetic with intervals whose ends are rationals. Every result contains each value that the operation can take
 * on the operands, and its ends are exact: only square roots widen, by as little as asked for.
 */
import { ExactError } from './error.js';
import * as scalar from './rational.js';
import type { Rational } from './rational.js';
import { squareRootEnclosure } from './root.js';

/** The numbers between lower and upper, both included; lower ≤ upper. */
export interface Interval {
  readonly lower: Rational;
  readonly upper: Rational;
}

/** The interval from lower to upper. Throws {@link ExactError} if lower > upper. */
export function interval(lower: Rational, upper: Rational): Interval {
  if (scalar.compare(lower, upper) > 0) throw new ExactError('the lower end of an interval is above its upper end');
  return { lower, upper };
}

/** The interval that holds x alone. */
export function point(x: Rational): Interval {
  return { lower: x, upper: x };
}

/** Whether x lies in the interval. */
export function contains(range: Interval, x: Rational): boolean {
  return scalar.compare(range.lower, x) <= 0 && scalar.compare(x, range.upper) <= 0;
}

/** The smallest interval around both. */
export function hull(left: Interval, right: Interval): Interval {
  return { lower: scalar.minimum(left.lower, right.lower), upper: scalar.maximum(left.upper, right.upper) };
}

/** Whether both ends are one number, as `point` makes them: what holds one number costs one operation, not four. */
const isPoint = (range: Interval): boolean => range.lower === range.upper;

/** { x + y }. */
export function add(left: Interval, right: Interval): Interval {
  if (isPoint(left) && isPoint(right)) return point(scalar.add(left.lower, right.lower));
  return { lower: scalar.add(left.lower, right.lower), upper: scalar.add(left.upper, right.upper) };
}

/** { −x }. */
export function negate(range: Interval): Interval {
  if (isPoint(range)) return point(scalar.negate(range.lower));
  return { lower: scalar.negate(range.upper), upper: scalar.negate(range.lower) };
}

/** { x − y }, with x and y independent: range − range is not 0 in general. */
export function subtract(left: Interval, right: Interval): Interval {
  return add(left, negate(right));
}

/** { x · y }: its ends are among the four products of ends. */
export function multiply(left: Interval, right: Interval): Interval {
  if (isPoint(left) && isPoint(right)) return point(scalar.multiply(left.lower, right.lower));
  if (scalar.sign(left.lower) >= 0 && scalar.sign(right.lower) >= 0) {
    return { lower: scalar.multiply(left.lower, right.lower), upper: scalar.multiply(left.upper, right.upper) };
  }
  const corners = [
    scalar.multiply(left.lower, right.lower),
    scalar.multiply(left.lower, right.upper),
    scalar.multiply(left.upper, right.lower),
    scalar.multiply(left.upper, right.upper),
  ];
  return { lower: corners.reduce(scalar.minimum), upper: corners.reduce(scalar.maximum) };
}

/** { x / y }. Throws {@link ExactError} if 0 lies in the divisor. */
export function divide(dividend: Interval, divisor: Interval): Interval {
  if (contains(divisor, scalar.ZERO)) throw new ExactError('division by an interval that contains zero');
  if (isPoint(divisor)) return multiply(dividend, point(scalar.inverse(divisor.lower)));
  return multiply(dividend, { lower: scalar.inverse(divisor.upper), upper: scalar.inverse(divisor.lower) });
}

/**
 * { x^exponent } for an integer exponent of either sign, tight also where an even power turns round at 0;
 * exponent 0 gives the point 1.
 *
 * @throws {ExactError} if the exponent is not a safe integer, or is negative and 0 lies in the interval
 */
export function power(range: Interval, exponent: number): Interval {
  if (exponent < 0) return divide(point(scalar.ONE), power(range, -exponent));
  if (isPoint(range)) return point(scalar.power(range.lower, exponent));
  const ends = { lower: scalar.power(range.lower, exponent), upper: scalar.power(range.upper, exponent) };
  if (exponent % 2 !== 0 || scalar.sign(range.lower) >= 0) return ends;
  if (scalar.sign(range.upper) <= 0) return { lower: ends.upper, upper: ends.lower };
  const largest = scalar.maximum(ends.lower, ends.upper);
  return { lower: exponent === 0 ? scalar.ONE : scalar.ZERO, upper: largest };
}

/**
 * An interval around { √x }: each end is off by at most 2^(−bits) · min(1, its root), outwards, and exact where its
 * root is rational.
 *
 * @throws {ExactError} if the interval reaches below 0, or bits is not an integer ≥ 0
 */
export function squareRoot(range: Interval, bits: number): Interval {
  if (isPoint(range)) return squareRootEnclosure(range.lower, bits);
  return { lower: squareRootEnclosure(range.lower, bits).lower, upper: squareRootEnclosure(range.upper, bits).upper };
}

/**
 * How every number of left lies to every number of right: −1 all below, 1 all above, 0 if both intervals are one
 * and the same point. Undefined means undecided: the intervals overlap or touch.
 */
export function compareIntervals(left: Interval, right: Interval): -1 | 0 | 1 | undefined {
  if (scalar.compare(left.upper, right.lower) < 0) return -1;
  if (scalar.compare(left.lower, right.upper) > 0) return 1;
  const samePoint = scalar.equals(left.lower, right.upper) && scalar.equals(left.upper, right.lower);
  return samePoint ? 0 : undefined;
}
