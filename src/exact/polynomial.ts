/**
 * Polynomials in one variable with rational coefficients: the little algebra that Sturm's theorem needs.
 */
import { ExactError } from './error.js';
import * as scalar from './rational.js';
import type { Rational } from './rational.js';
import { signedRemainders } from './remainders.js';

/** c_0 + c_1 x + … + c_m xᵐ as [c_0, …, c_m] with c_m ≠ 0; the zero polynomial is the empty list. */
export type Polynomial = readonly Rational[];

/** The polynomial with these coefficients, the constant first; zeros at the end are dropped. */
export function polynomial(coefficients: readonly Rational[]): Polynomial {
  let length = coefficients.length;
  while (length > 0 && scalar.isZero(coefficients[length - 1])) length -= 1;
  return coefficients.slice(0, length);
}

/** The largest exponent; −1 for the zero polynomial. */
export function degree(p: Polynomial): number {
  return p.length - 1;
}

/** p(x), by Horner's rule. */
export function evaluate(p: Polynomial, x: Rational): Rational {
  return p.reduceRight((value, coefficient) => scalar.add(scalar.multiply(value, x), coefficient), scalar.ZERO);
}

/** p + q. */
export function add(p: Polynomial, q: Polynomial): Polynomial {
  const length = Math.max(p.length, q.length);
  return polynomial(
    Array.from({ length }, (_, index) => scalar.add(p[index] ?? scalar.ZERO, q[index] ?? scalar.ZERO)),
  );
}

/** factor · p. */
export function scale(factor: Rational, p: Polynomial): Polynomial {
  return polynomial(p.map((coefficient) => scalar.multiply(factor, coefficient)));
}

/** p − q. */
export function subtract(p: Polynomial, q: Polynomial): Polynomial {
  return add(p, scale(scalar.rational(-1), q));
}

/** p · q. */
export function multiply(p: Polynomial, q: Polynomial): Polynomial {
  if (p.length === 0 || q.length === 0) return [];
  const product = Array.from({ length: p.length + q.length - 1 }, () => scalar.ZERO);
  p.forEach((left, i) => {
    q.forEach((right, j) => (product[i + j] = scalar.add(product[i + j], scalar.multiply(left, right))));
  });
  return product;
}

/** The derivative of p. */
export function derivative(p: Polynomial): Polynomial {
  return p.slice(1).map((coefficient, index) => scalar.multiply(scalar.rational(index + 1), coefficient));
}

/**
 * The quotient and the remainder of p by q: p = quotient·q + remainder, deg remainder < deg q.
 *
 * @throws {ExactError} if q = 0
 */
export function divide(
  p: Polynomial,
  q: Polynomial,
): { readonly quotient: Polynomial; readonly remainder: Polynomial } {
  if (q.length === 0) throw new ExactError('division by the zero polynomial');
  const remainder = [...p];
  const quotient: Rational[] = [];
  for (let shift = p.length - q.length; shift >= 0; shift -= 1) {
    const factor = scalar.divide(remainder[shift + q.length - 1], q[q.length - 1]);
    quotient.unshift(factor);
    q.forEach((coefficient, index) => {
      remainder[shift + index] = scalar.subtract(remainder[shift + index], scalar.multiply(factor, coefficient));
    });
  }
  return { quotient, remainder: polynomial(remainder) };
}

/** The greatest common divisor with leading coefficient 1; gcd(0, 0) = 0. */
export function greatestCommonDivisor(p: Polynomial, q: Polynomial): Polynomial {
  const chain = p.length === 0 || q.length === 0 ? [[...p, ...q]] : signedRemainders(p, q);
  const last = chain[chain.length - 1];
  return last.length === 0 ? last : scale(scalar.inverse(last[last.length - 1]), last);
}
