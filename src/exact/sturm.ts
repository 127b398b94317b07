/**
 * Signs of polynomials on half-lines, decided exactly by Sturm's theorem.
 */
import { ExactError } from './error.js';
import * as polynomials from './polynomial.js';
import type { Polynomial } from './polynomial.js';
import * as scalar from './rational.js';
import type { Rational } from './rational.js';
import { signedRemainders } from './remainders.js';

/**
 * The number of distinct real roots of p above a. For p without multiple roots, Sturm's chain p, p', −(p mod p'), …
 * has V(a) − V(∞) roots in (a, ∞), V being the changes of sign along the chain, zeros left out; this holds also where
 * p(a) = 0.
 *
 * @throws {ExactError} if p = 0
 */
export function countRootsAbove(p: Polynomial, a: Rational): number {
  if (p.length === 0) throw new ExactError('every number is a root of the zero polynomial');
  const chain = sturmChain(withoutMultipleRoots(p));
  const atA = chain.map((each) => scalar.sign(polynomials.evaluate(each, a)));
  const atInfinity = chain.map(signAtInfinity);
  return changesOfSign(atA) - changesOfSign(atInfinity);
}

/**
 * Whether p(x) ≥ 0 for every x ≥ a. Above its last root p has the sign of its leading coefficient, and going down it
 * changes sign at the roots of odd multiplicity and nowhere else; so p ≥ 0 on [a, ∞) exactly if the leading
 * coefficient is positive and no root of odd multiplicity lies above a. The zero polynomial is non-negative.
 */
export function isNonNegativeFrom(p: Polynomial, a: Rational): boolean {
  if (p.length === 0) return true;
  if (signAtInfinity(p) < 0) return false;
  return squareFreeFactors(p).every((factor, index) => index % 2 === 1 || countRootsAbove(factor, a) === 0);
}

/** Factors f_1, f_2, … without multiple roots, no two with a common root, with p = constant · f_1 f_2² f_3³ … */
function squareFreeFactors(p: Polynomial): Polynomial[] {
  const factors: Polynomial[] = [];
  let repeated = polynomials.greatestCommonDivisor(p, polynomials.derivative(p));
  // The roots of p of multiplicity > factors.length, each once.
  let remaining = polynomials.divide(p, repeated).quotient;
  while (polynomials.degree(remaining) > 0) {
    const next = polynomials.greatestCommonDivisor(remaining, repeated);
    factors.push(polynomials.divide(remaining, next).quotient);
    remaining = next;
    repeated = polynomials.divide(repeated, next).quotient;
  }
  return factors;
}

function withoutMultipleRoots(p: Polynomial): Polynomial {
  return polynomials.divide(p, polynomials.greatestCommonDivisor(p, polynomials.derivative(p))).quotient;
}

/** p, p', −(p mod p'), … up to positive factors. */
function sturmChain(p: Polynomial): Polynomial[] {
  return p.length === 1 ? [p] : signedRemainders(p, polynomials.derivative(p));
}

function signAtInfinity(p: Polynomial): -1 | 0 | 1 {
  return scalar.sign(p[p.length - 1]);
}

function changesOfSign(signs: readonly (-1 | 0 | 1)[]): number {
  const nonZero = signs.filter((each) => each !== 0);
  return nonZero.filter((each, index) => index > 0 && each !== nonZero[index - 1]).length;
}
