/**
 * The certificate for all λ at once: a pattern that beats the orthogonal frame at every amplitude. Proof and format are
 * in docs/certificates.md; what is decided here is the sign of one polynomial in one variable.
 */
import { ExactError } from '../error.js';
import * as matrix from '../matrix.js';
import type { ExactMatrix } from '../matrix.js';
import * as polynomials from '../polynomial.js';
import type { Polynomial } from '../polynomial.js';
import * as scalar from '../rational.js';
import type { Rational } from '../rational.js';
import { type Resolvent, resolventOf } from '../resolvent.js';
import { countRootsAbove } from '../sturm.js';
import type { FormClaim } from './schema.js';
import { decimalDigits, digitsOf, isBoundedWork, requireBoundedWork } from './values.js';

/** The most different singular values that the activations of a pattern may have. */
export const MOST_SINGULAR_VALUES = 16;

/** Pre-activations U V of K classes in dimension d, up to a factor. */
export interface ParametricPattern {
  /** d × r, r ≤ d. */
  readonly U: ExactMatrix;
  /** r × K. */
  readonly V: ExactMatrix;
}

/**
 * Two figures about κ → 0: the least f of the pattern over that of the frame tends to at most (value/bound)^(1/3).
 * They are given only if the pattern beats the frame at every amplitude.
 *
 * @throws {ExactError} if the claim is none that can be judged so, or the pattern does not beat the frame everywhere
 */
export function parametricFigures(
  claim: FormClaim,
  { U, V }: ParametricPattern,
): { readonly value: Rational; readonly bound: Rational } {
  requireJudged(claim);
  const { value, bound, comparison } = comparedWithFrame({ U, V });
  if (!isPositiveAboveZero(comparison)) throw new ExactError('the pattern does not beat the frame at every amplitude');
  return { value, bound };
}

/** The figures of a pattern, and the polynomial q of docs/certificates.md, positive where it beats the frame. */
export interface Compared {
  readonly value: Rational;
  readonly bound: Rational;
  readonly comparison: Polynomial;
}

/**
 * A pattern beside the frame, whatever comes of it.
 *
 * @throws {ExactError} if its activations have a rank below K, or too many different singular values
 */
export function comparedWithFrame({ U, V }: ParametricPattern): Compared {
  const K = scalar.rational(V.cols);
  const norms = scalar.multiply(matrix.normSquared(U), matrix.normSquared(V));
  if (scalar.isZero(norms)) throw new ExactError('the pattern is zero');
  const C = scalar.divide(scalar.multiply(K, K), norms);
  const resolvent = activationResolvent({ U, V }, C);
  const { numerator, denominator } = resolvent;
  if (numerator.length !== denominator.length - 1) throw new ExactError('the activations have a rank below K');
  const bound = scalar.power(K, 3);
  // numerator/denominator behaves as tr G⁻¹/x for large x.
  const traceOfInverse = scalar.divide(numerator[numerator.length - 1], denominator[denominator.length - 1]);
  const value = scalar.multiply(traceOfInverse, norms);
  return { value, bound, comparison: comparisonWithFrame(resolvent, K, C) };
}

function isPositiveAboveZero(p: Polynomial): boolean {
  return p.length > 0 && scalar.sign(p[p.length - 1]) > 0 && countRootsAbove(p, scalar.ZERO) === 0;
}

/** For ReLU a bound over frames is known for all n at once under these conditions only. */
function requireJudged(claim: FormClaim): void {
  const { layers, activation, bias } = claim.model;
  if (layers !== 2 || activation !== 'relu' || bias !== 'none' || claim.form !== 'orthogonal-frame') {
    throw new ExactError('a pattern is compared with orthogonal frames of two ReLU layers without bias only');
  }
  if (claim.of !== 'sigma(W1 H1)' && !claim.collapsed) {
    throw new ExactError(`for ${claim.of} a bound is known for collapsed frames only: "collapsed": true`);
  }
}

/** tr (I + xG)⁻¹ for G = AᵀA, A = σ(UV), where it can be found, and compared at Cu, in reasonable time. */
function activationResolvent({ U, V }: ParametricPattern, C: Rational): Resolvent {
  const A = matrix.relu(matrix.multiply(U, V));
  const G = matrix.multiply(matrix.transpose(A), A);
  const ofG = digitsOf(G);
  requireBoundedWork(BigInt(G.rows) ** 3n, MOST_SINGULAR_VALUES * ofG);
  const digits = Math.max(ofG, decimalDigits(C.numerator), decimalDigits(C.denominator));
  let most = MOST_SINGULAR_VALUES;
  while (most > 0 && !isBoundedWork(BigInt(most) ** 3n, most ** 2 * digits)) most -= 1;
  const resolvent = resolventOf(G, most);
  if (resolvent === undefined) {
    const why = most < MOST_SINGULAR_VALUES ? `, too many for numbers of ${digits} digits` : '';
    throw new ExactError(`the activations have more than ${most} different singular values${why}`);
  }
  return resolvent;
}

/** K·denominator(Cu) − (1 + u)·numerator(Cu): positive where tr (I + CuG)⁻¹ < K/(1 + u), for u > 0. */
function comparisonWithFrame({ numerator, denominator }: Resolvent, K: Rational, C: Rational): Polynomial {
  const inU = (p: Polynomial): Polynomial =>
    p.map((coefficient, j) => scalar.multiply(coefficient, scalar.power(C, j)));
  const onePlusU = polynomials.polynomial([scalar.ONE, scalar.ONE]);
  return polynomials.subtract(
    polynomials.scale(K, inU(denominator)),
    polynomials.multiply(onePlusU, inU(numerator)),
  );
}
