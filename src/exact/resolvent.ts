/**
 * The function tr (I + xG)⁻¹ of a symmetric positive semidefinite matrix G, as a quotient of two polynomials in x. No
 * eigenvalue is computed: traces of powers of G decide how many there are, and what polynomial has them as roots.
 */
import { ExactError } from './error.js';
import * as matrix from './matrix.js';
import type { ExactMatrix } from './matrix.js';
import * as polynomials from './polynomial.js';
import type { Polynomial } from './polynomial.js';
import * as scalar from './rational.js';
import type { Rational } from './rational.js';

/** tr (I + xG)⁻¹ = numerator(x)/denominator(x). */
export interface Resolvent {
  readonly numerator: Polynomial;
  /** Π (1 + xg) over the different eigenvalues g of G; 1 at x = 0. */
  readonly denominator: Polynomial;
}

/**
 * With m(t) = Σ c_i tⁱ the minimal polynomial of G, c_e = 1, the denominator is Σ (−1)ʲ c_{e−j} xʲ. The numerator has a
 * degree below e, and the quotient is Σ (−x)ʲ tr Gʲ near 0; so it is the beginning of their product.
 *
 * @param G K × K, symmetric
 * @param mostEigenvalues the largest e that is tried
 * @returns undefined if G has more different eigenvalues
 * @throws {ExactError} if G is not symmetric
 */
export function resolventOf(G: ExactMatrix, mostEigenvalues: number): Resolvent | undefined {
  if (!matrix.equals(G, matrix.transpose(G))) throw new ExactError('the matrix is not symmetric');
  const traces = [scalar.rational(G.rows), matrix.trace(G)];
  let power = G;
  for (let e = 1; e <= mostEigenvalues; e += 1) {
    // Now power = Gᵉ, and traces has tr Gʲ for j < 2e.
    traces.push(matrix.normSquared(power));
    const relation = relationOf(traces, e);
    if (relation !== undefined) return quotientOf(relation, traces.slice(0, e));
    const next = matrix.multiply(G, power);
    traces.push(matrix.innerProduct(power, next));
    power = next;
  }
  return undefined;
}

/**
 * The minimal polynomial of G if its degree is e, given that it is not below e. The matrix [tr Gⁱ⁺ʲ], 0 ≤ i, j < e, is
 * the Gram matrix of I, G, …, Gᵉ⁻¹, which are independent; so it has an inverse, Gᵉ is nearest to Σ a_i Gⁱ for a =
 * (the inverse)·(tr Gᵉ⁺ⁱ), and equal to it exactly if nothing remains of its norm.
 */
function relationOf(traces: readonly Rational[], e: number): Polynomial | undefined {
  const gram = matrix.map(matrix.zeros(e, e), (_, row, col) => traces[row + col]);
  const last = matrix.exactMatrix(e, 1, traces.slice(e, 2 * e));
  const inverse = matrix.inverse(gram);
  if (inverse === undefined) throw new ExactError('powers that are independent have a singular Gram matrix');
  const nearest = matrix.multiply(inverse, last);
  const distance = scalar.subtract(traces[2 * e], matrix.innerProduct(nearest, last));
  return scalar.isZero(distance) ? [...nearest.entries.map(scalar.negate), scalar.ONE] : undefined;
}

function quotientOf(relation: Polynomial, traces: readonly Rational[]): Resolvent {
  const alternating = (values: readonly Rational[]): Polynomial =>
    polynomials.polynomial(values.map((value, j) => (j % 2 === 0 ? value : scalar.negate(value))));
  const denominator = alternating([...relation].reverse());
  const product = polynomials.multiply(denominator, alternating(traces));
  return { numerator: polynomials.polynomial(product.slice(0, traces.length)), denominator };
}
