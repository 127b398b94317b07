/** What the page of the format says of ridge elimination, in the algebra of the checker, for all W, A and G. */
import { expect, it } from 'vitest';
import { scale, sum } from '../../../src/exact/proof/chain/lemmas.js';
import { difference } from '../../../src/exact/proof/chain/scalar.js';
import { ONE_QUOTIENT, fromPolynomial, reciprocal, variable } from '../../../src/exact/proof/polynomial.js';
import {
  type Matrix,
  type Shape,
  addTraces,
  alphabetOf,
  multiplyMatrices,
  normSquared,
  remainderOf,
  scaleTraces,
  subtract,
  survivors,
  traceOf,
  transpose,
} from '../../../src/exact/proof/words.js';

it('the difference of its sides is ‖DA‖² + α‖D‖², and D(AAᵀ + αI) is what equality makes zero', () => {
  const shapes = new Map<string, Shape>([
    ['W', { rows: 'K', cols: 'd' }],
    ['A', { rows: 'd', cols: 'N' }],
    ['G', { rows: 'K', cols: 'N' }],
  ]);
  const alphabet = alphabetOf(shapes);
  const letter = (name: string): Matrix => ({
    ...shapes.get(name)!,
    terms: [{ coefficient: ONE_QUOTIENT, word: [name] }],
  });
  const [W, A, G] = ['W', 'A', 'G'].map(letter) as [Matrix, Matrix, Matrix];
  const alpha = fromPolynomial(variable('alpha'));
  const product = (...factors: [Matrix, ...Matrix[]]): Matrix => factors.reduce(multiplyMatrices);
  const B = sum(G, scale(reciprocal(alpha), product(G, transpose(A), A)));
  const D = subtract(W, scale(reciprocal(alpha), product(G, transpose(A))));
  const norm = (X: Matrix) => normSquared(alphabet, X);

  // tr(B(I + AᵀA/α)⁻¹Bᵀ) = tr(GBᵀ)
  const sides = difference(
    addTraces(norm(subtract(product(W, A), B)), scaleTraces(alpha, norm(W))),
    traceOf(alphabet, product(G, transpose(B))),
  );
  const squares = addTraces(norm(product(D, A)), scaleTraces(alpha, norm(D)));
  expect(survivors(difference(sides, squares), (x) => x)).toEqual([]);

  const through = (X: Matrix): Matrix => sum(product(X, A, transpose(A)), scale(alpha, X));
  const equality = subtract(through(D), subtract(through(W), product(B, transpose(A))));
  expect(survivors(remainderOf(alphabet, equality), (x) => x)).toEqual([]);
  // Not of any D: with W in its place something is left.
  expect(survivors(remainderOf(alphabet, subtract(through(W), equality)), (x) => x).length).toBeGreaterThan(0);
});
