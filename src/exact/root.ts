/**
 * Square roots of rationals: exactly where they are rational, and otherwise between two rationals.
 */
import { ExactError } from './error.js';
import { bitLength, integerSquareRoot } from './integer.js';
import { dyadic, format, rational, sign, ZERO } from './rational.js';
import type { Rational } from './rational.js';

/**
 * The rational r ≥ 0 with r² = x, or undefined where there is none (so also for every negative x). A fraction in
 * lowest terms is a square exactly when numerator and denominator are.
 */
export function exactSquareRoot(x: Rational): Rational | undefined {
  if (sign(x) < 0) return undefined;
  const numerator = integerSquareRoot(x.numerator);
  const denominator = integerSquareRoot(x.denominator);
  const isSquare = numerator * numerator === x.numerator && denominator * denominator === x.denominator;
  return isSquare ? rational(numerator, denominator) : undefined;
}

/**
 * Two rationals around √x:
 *
 *   0 ≤ lower ≤ √x ≤ upper   and   upper − lower ≤ 2^(−bits) · min(1, √x).
 *
 * The width is thus small both absolutely and relative to √x; lower > 0 for x > 0. If √x is rational then
 * lower = upper = √x. The bounds of an irrational root are neighbouring multiples of a power of two.
 *
 * @throws {ExactError} if x < 0, or bits is not an integer ≥ 0
 */
export function squareRootEnclosure(
  x: Rational,
  bits: number,
): { readonly lower: Rational; readonly upper: Rational } {
  if (!Number.isSafeInteger(bits) || bits < 0) throw new ExactError(`bits must be an integer >= 0, not ${bits}`);
  if (sign(x) < 0) throw new ExactError(`the negative number ${format(x)} has no real square root`);
  if (sign(x) === 0) return { lower: ZERO, upper: ZERO };
  const exact = exactSquareRoot(x);
  if (exact) return { lower: exact, upper: exact };
  // x ≥ 2^(bitLength(numerator) − 1 − bitLength(denominator)), hence 2^(−leading) ≤ √x.
  const leading = Math.max(0, Math.ceil((bitLength(x.denominator) + 1 - bitLength(x.numerator)) / 2));
  const shift = bits + leading;
  const root = integerSquareRoot((x.numerator << BigInt(2 * shift)) / x.denominator);
  return { lower: dyadic(root, shift), upper: dyadic(root + 1n, shift) };
}
