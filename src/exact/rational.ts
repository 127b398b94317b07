/**
 * Exact rational numbers on BigInt: always in lowest terms, with a positive denominator, so that two numbers are
 * equal exactly when their parts are.
 *
 * Sums and products follow Knuth (The Art of Computer Programming 2, 4.5.1): common factors are removed from the
 * parts before they are multiplied, which keeps the integers small.
 */
import { ExactError } from './error.js';
import { absoluteInteger, bitLength, greatestCommonDivisor } from './integer.js';

/** numerator/denominator in lowest terms with denominator > 0. Made by the functions here, never by hand. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The number 0. */
export const ZERO: Rational = { numerator: 0n, denominator: 1n };

/** The number 1. */
export const ONE: Rational = { numerator: 1n, denominator: 1n };

/** `parseRational` reads at most this many digits in each integer, and exponents up to this size. */
export const MAXIMUM_DIGITS = 4000;

/**
 * The number p/q in lowest terms.
 *
 * @param p numerator; a number must be a safe integer
 * @param q denominator, 1 if left out; a number must be a safe integer
 * @throws {RangeError} if a number is not a safe integer
 * @throws {ExactError} if q = 0
 */
export function rational(p: bigint | number, q: bigint | number = 1n): Rational {
  return reduce(toInteger(p), toInteger(q));
}

/** The number numerator/2^exponent, exponent ≥ 0, in lowest terms; without the division that `rational` would need. */
export function dyadic(numerator: bigint, exponent: number): Rational {
  let odd = numerator;
  let halvings = exponent;
  while (halvings > 0 && (odd & 1n) === 0n) {
    odd >>= 1n;
    halvings--;
  }
  return { numerator: odd, denominator: 1n << BigInt(halvings) };
}

/** left + right. */
export function add(left: Rational, right: Rational): Rational {
  if (left.denominator === 1n && right.denominator === 1n) {
    return { numerator: left.numerator + right.numerator, denominator: 1n };
  }
  if (left.denominator === right.denominator) {
    return reduce(left.numerator + right.numerator, left.denominator);
  }
  const common = greatestCommonDivisor(left.denominator, right.denominator);
  const leftScale = right.denominator / common;
  const rightScale = left.denominator / common;
  const numerator = left.numerator * leftScale + right.numerator * rightScale;
  // Only factors of `common` can still cancel.
  const cancelled = common === 1n ? 1n : greatestCommonDivisor(numerator, common);
  return { numerator: numerator / cancelled, denominator: rightScale * (right.denominator / cancelled) };
}

/** left − right. */
export function subtract(left: Rational, right: Rational): Rational {
  return add(left, negate(right));
}

/** left · right. */
export function multiply(left: Rational, right: Rational): Rational {
  if (left.denominator === 1n && right.denominator === 1n) {
    return { numerator: left.numerator * right.numerator, denominator: 1n };
  }
  const first = greatestCommonDivisor(left.numerator, right.denominator);
  const second = greatestCommonDivisor(right.numerator, left.denominator);
  return {
    numerator: (left.numerator / first) * (right.numerator / second),
    denominator: (left.denominator / second) * (right.denominator / first),
  };
}

/**
 * left / right.
 *
 * @throws {ExactError} if right = 0
 */
export function divide(left: Rational, right: Rational): Rational {
  return multiply(left, inverse(right));
}

/** −value. */
export function negate(value: Rational): Rational {
  return { numerator: -value.numerator, denominator: value.denominator };
}

/**
 * 1/value.
 *
 * @throws {ExactError} if value = 0
 */
export function inverse(value: Rational): Rational {
  if (value.numerator === 0n) throw new ExactError('division by zero');
  return value.numerator > 0n
    ? { numerator: value.denominator, denominator: value.numerator }
    : { numerator: -value.denominator, denominator: -value.numerator };
}

/**
 * value^exponent for an integer exponent of either sign; value⁰ = 1, also for value = 0.
 *
 * @throws {ExactError} if the exponent is not a safe integer, or is negative at value = 0
 */
export function power(value: Rational, exponent: number): Rational {
  if (!Number.isSafeInteger(exponent)) throw new ExactError(`the exponent must be an integer, not ${exponent}`);
  if (exponent < 0) return power(inverse(value), -exponent);
  const times = BigInt(exponent);
  return { numerator: value.numerator ** times, denominator: value.denominator ** times };
}

/** |value|. */
export function absolute(value: Rational): Rational {
  return value.numerator < 0n ? negate(value) : value;
}

/** The sign of left − right. */
export function compare(left: Rational, right: Rational): -1 | 0 | 1 {
  const sameDenominator = left.denominator === right.denominator;
  const first = sameDenominator ? left.numerator : left.numerator * right.denominator;
  const second = sameDenominator ? right.numerator : right.numerator * left.denominator;
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Whether left = right. */
export function equals(left: Rational, right: Rational): boolean {
  return left.numerator === right.numerator && left.denominator === right.denominator;
}

/** The sign of value. */
export function sign(value: Rational): -1 | 0 | 1 {
  return value.numerator < 0n ? -1 : value.numerator > 0n ? 1 : 0;
}

/** Whether value = 0. */
export function isZero(value: Rational): boolean {
  return value.numerator === 0n;
}

/** Whether value is an integer. */
export function isInteger(value: Rational): boolean {
  return value.denominator === 1n;
}

/** The smaller of two numbers. */
export function minimum(left: Rational, right: Rational): Rational {
  return compare(left, right) <= 0 ? left : right;
}

/** The larger of two numbers. */
export function maximum(left: Rational, right: Rational): Rational {
  return compare(left, right) >= 0 ? left : right;
}

/**
 * The double nearest to value, ties to even, as IEEE 754 rounds: subnormal results are rounded once, magnitudes
 * of 2^1024 − 2^970 or more give ±Infinity, and 0 gives +0. Both parts may be of any size.
 *
 * With e = ⌊log₂|value|⌋ the double has spacing 2^u, u = max(e, −1022) − 52, and the nearest integer q to
 * |value|/2^u gives the bit pattern (u + 1074)·2⁵² + q; where q rounds up to 2⁵³ the carry reaches the exponent,
 * as it should.
 */
export function toNumber(value: Rational): number {
  if (value.numerator === 0n) return 0;
  const magnitude = absoluteInteger(value.numerator);
  const { denominator } = value;
  let exponent = bitLength(magnitude) - bitLength(denominator);
  const [scaledMagnitude, scaledDenominator] = shiftApart(magnitude, denominator, exponent);
  if (scaledMagnitude < scaledDenominator) exponent -= 1;
  const negative = value.numerator < 0n;
  if (exponent > 1023) return negative ? -Infinity : Infinity;

  const spacing = Math.max(exponent, -1022) - 52;
  const [dividend, divisor] = shiftApart(magnitude, denominator, spacing);
  let quotient = dividend / divisor;
  const twiceRemainder = 2n * (dividend % divisor);
  if (twiceRemainder > divisor || (twiceRemainder === divisor && (quotient & 1n) === 1n)) quotient += 1n;

  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, (BigInt(spacing + 1074) << 52n) + quotient);
  const rounded = view.getFloat64(0);
  return negative ? -rounded : rounded;
}

/**
 * The exact value of a double, a fraction whose denominator is a power of two.
 *
 * @throws {ExactError} if the double is not finite
 */
export function fromNumber(double: number): Rational {
  if (!Number.isFinite(double)) throw new ExactError(`${double} is not a finite number`);
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(double));
  const bits = view.getBigUint64(0);
  const biasedExponent = Number(bits >> 52n);
  const fraction = bits & ((1n << 52n) - 1n);
  const significand = biasedExponent === 0 ? fraction : fraction + (1n << 52n);
  const spacing = Math.max(biasedExponent, 1) - 1075;
  const signed = double < 0 ? -significand : significand;
  return spacing >= 0
    ? { numerator: signed << BigInt(spacing), denominator: 1n }
    : dyadic(signed, -spacing);
}

/** The number as text: "p" for an integer, "p/q" otherwise, in lowest terms. */
export function format(value: Rational): string {
  return value.denominator === 1n ? `${value.numerator}` : `${value.numerator}/${value.denominator}`;
}

/**
 * Reads an exact number: `p`, `p/q`, or a decimal such as `0.05`, `.05`, `1e-4`, which means exactly that decimal
 * fraction. A minus sign may come first; there are no spaces, no plus sign in front and no sign after the slash.
 *
 * @throws {ExactError} on any other text, a zero denominator, an integer or decimal of more than 4000 digits
 *   (leading zeros count) and an exponent beyond ±4000
 */
export function parseRational(text: string): Rational {
  if (text.length > 2 * MAXIMUM_DIGITS + 2) throw tooLong(text);
  const fraction = /^(-?\d+)\/(\d+)$/.exec(text);
  if (fraction) {
    const [, numerator = '', denominator = ''] = fraction;
    if (countDigits(numerator) > MAXIMUM_DIGITS || denominator.length > MAXIMUM_DIGITS) throw tooLong(text);
    if (/^0+$/.test(denominator)) throw new ExactError(`'${shorten(text)}' has a zero denominator`);
    return reduce(BigInt(numerator), BigInt(denominator));
  }
  const decimal = /^(-?)(\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  const [, minus = '', whole = '', decimals = '', exponentText = '0'] = decimal ?? [];
  if (!decimal || whole + decimals === '') {
    throw new ExactError(`'${shorten(text)}' is not p, p/q or a decimal such as 0.05 or 1e-4`);
  }
  if (whole.length + decimals.length > MAXIMUM_DIGITS) throw tooLong(text);
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > MAXIMUM_DIGITS) {
    throw new ExactError(`'${shorten(text)}' has an exponent beyond ±${MAXIMUM_DIGITS}`);
  }
  const digits = BigInt(minus + whole + decimals);
  const shift = exponent - decimals.length;
  return shift >= 0 ? reduce(digits * 10n ** BigInt(shift), 1n) : reduce(digits, 10n ** BigInt(-shift));
}

/** numerator/denominator with common factors removed and the sign in the numerator. */
function reduce(numerator: bigint, denominator: bigint): Rational {
  if (denominator === 1n) return { numerator, denominator };
  if (denominator === 0n) throw new ExactError('division by zero');
  const common = greatestCommonDivisor(numerator, denominator);
  const divisor = denominator < 0n ? -common : common;
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** The pair whose quotient is dividend/(divisor·2^shift), both integers. */
function shiftApart(dividend: bigint, divisor: bigint, shift: number): readonly [bigint, bigint] {
  return shift >= 0 ? [dividend, divisor << BigInt(shift)] : [dividend << BigInt(-shift), divisor];
}

function toInteger(value: bigint | number): bigint {
  if (typeof value === 'bigint') return value;
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a safe integer`);
  return BigInt(value);
}

function countDigits(signed: string): number {
  return signed.startsWith('-') ? signed.length - 1 : signed.length;
}

function tooLong(text: string): ExactError {
  return new ExactError(`'${shorten(text)}' has more than ${MAXIMUM_DIGITS} digits`);
}

/** Text from outside, made fit for a one-line message. */
function shorten(text: string): string {
  const line = text.replace(/\s/g, ' ');
  return line.length <= 40 ? line : `${line.slice(0, 40)}…`;
}
