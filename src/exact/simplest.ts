/** The simplest fractions: those with the smallest denominator in an interval. */
import * as Q from './rational.js';
import type { Rational } from './rational.js';

/**
 * The fraction with the smallest denominator in [lower, upper], and of those with the same one the smallest in size; by
 * continued fractions. Requires lower ≤ upper.
 */
export function simplestBetween(lower: Rational, upper: Rational): Rational {
  if (Q.sign(lower) <= 0 && Q.sign(upper) >= 0) return Q.ZERO;
  if (Q.sign(upper) < 0) return Q.negate(simplestBetween(Q.negate(upper), Q.negate(lower)));
  const whole = lower.numerator / lower.denominator;
  const floor = Q.rational(whole);
  if (Q.equals(floor, lower)) return lower;
  const next = Q.rational(whole + 1n);
  if (Q.compare(next, upper) <= 0) return next;
  // Both ends lie strictly between two whole numbers: their fractional parts are inverted and swapped.
  const rest = simplestBetween(Q.inverse(Q.subtract(upper, floor)), Q.inverse(Q.subtract(lower, floor)));
  return Q.add(floor, Q.inverse(rest));
}
