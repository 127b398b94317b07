/**
 * The function tr (I + xG)⁻¹ of a symmetric positive semidefinite matrix G, as a quotient of two polynomials in x. No
 * eigenvalue is computed: traces of powers of G decide how many there are, and what polynomial has them as roots.
 */
import { ExactError } from './error.js';
import { leastCommonMultiple } from './integer.js';
import * as matrix from './matrix.js';
import type { ExactMatrix } from './matrix.js';
import * as polynomials from './polynomial.js';
import type { Polynomial } from './polynomial.js';
import * as scalar from './rational.js';

/** tr (I + xG)⁻¹ = numerator(x)/denominator(x). */
export interface Resolvent {
  readonly numerator: Polynomial;
  /** Π (1 + xg) over the different eigenvalues g of G; 1 at x = 0. */
  readonly denominator: Polynomial;
}

/**
 * With m(t) = Σ c_i tⁱ the minimal polynomial of G, c_e = 1, the denominator is Σ (−1)ʲ c_{e−j} xʲ. The numerator has a
 * degree below e, and the quotient is Σ (−x)ʲ tr Gʲ near 0; so it is the beginning of their product. All of this is
 * done for a multiple of G with whole entries.
 *
 * @param G K × K, symmetric
 * @param mostEigenvalues the largest e that is tried
 * @returns undefined if G has more different eigenvalues
 * @throws {ExactError} if G is not symmetric
 */
export function resolventOf(G: ExactMatrix, mostEigenvalues: number): Resolvent | undefined {
  if (!matrix.equals(G, matrix.transpose(G))) throw new ExactError('the matrix is not symmetric');
  const common = scalar.rational(G.entries.reduce((all, x) => leastCommonMultiple(all, x.denominator), 1n));
  const whole = matrix.scale(common, G);
  const traces = [BigInt(G.rows), matrix.trace(whole).numerator];
  let power = whole;
  for (let e = 1; e <= mostEigenvalues; e += 1) {
    // Now power is the e-th one, and traces has those of all powers below 2e.
    traces.push(matrix.normSquared(power).numerator);
    const relation = relationOf(traces, e);
    if (relation !== undefined) {
      const { numerator, denominator } = quotientOf(relation, traces.slice(0, e));
      const unscaled = (p: Polynomial): Polynomial => p.map((x, j) => scalar.divide(x, scalar.power(common, j)));
      return { numerator: unscaled(numerator), denominator: unscaled(denominator) };
    }
    const next = matrix.multiply(whole, power);
    traces.push(matrix.innerProduct(power, next).numerator);
    power = next;
  }
  return undefined;
}

/**
 * The minimal polynomial of a matrix G of whole numbers if its degree is e, given that it is not below e.
 * [tr Gⁱ⁺ʲ], 0 ≤ i, j ≤ e, is the Gram matrix of I, G, …, Gᵉ, of which the first e are independent; so it is singular
 * exactly if there is a relation. Elimination without fractions (Bareiss) keeps the entries minors; the minimal
 * polynomial is whole.
 */
function relationOf(traces: readonly bigint[], e: number): bigint[] | undefined {
  const rows = Array.from({ length: e + 1 }, (_, i) => traces.slice(i, i + e + 1));
  let previous = 1n;
  for (let k = 0; k < e; k += 1) {
    const pivot = rows[k][k];
    if (pivot === 0n) throw new ExactError('powers that are independent have a singular Gram matrix');
    for (let i = k + 1; i <= e; i += 1) {
      const factor = rows[i][k];
      for (let j = k; j <= e; j += 1) rows[i][j] = (pivot * rows[i][j] - factor * rows[k][j]) / previous;
    }
    previous = pivot;
  }
  if (rows[e][e] !== 0n) return undefined;
  const relation = rows.map((): bigint => 1n);
  for (let i = e - 1; i >= 0; i -= 1) {
    let sum = 0n;
    for (let j = i + 1; j <= e; j += 1) sum += rows[i][j] * relation[j];
    relation[i] = -sum / rows[i][i];
  }
  return relation;
}

function quotientOf(relation: readonly bigint[], traces: readonly bigint[]): Resolvent {
  const alternating = (values: readonly bigint[]): Polynomial =>
    polynomials.polynomial(values.map((value, j) => scalar.rational(j % 2 === 0 ? value : -value)));
  const denominator = alternating([...relation].reverse());
  const product = polynomials.multiply(denominator, alternating(traces));
  return { numerator: polynomials.polynomial(product.slice(0, traces.length)), denominator };
}
