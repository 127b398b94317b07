/** tr (I + xG)⁻¹ as a quotient of polynomials, against the inverse at a few x. */
import { describe, expect, it } from 'vitest';
import * as matrix from '../../src/exact/matrix.js';
import type { ExactMatrix } from '../../src/exact/matrix.js';
import { evaluate } from '../../src/exact/polynomial.js';
import * as scalar from '../../src/exact/rational.js';
import { resolventOf } from '../../src/exact/resolvent.js';
import { createStream } from '../../src/numeric/random.js';

const gramOf = (A: ExactMatrix): ExactMatrix => matrix.multiply(matrix.transpose(A), A);

const cases: readonly (readonly [name: string, G: ExactMatrix, eigenvalues: number])[] = [
  ['zero', matrix.zeros(3, 3), 1],
  ['a multiple of the identity', matrix.scale(scalar.rational(2, 3), matrix.identity(4)), 1],
  ['all ones', matrix.ones(5, 5), 2],
  ['a singular one', gramOf(matrix.fromStrings([['1', '2', '3'], ['0', '1/2', '1']])), 3],
  ...[1, 2, 3].map((seed): [string, ExactMatrix, number] => {
    const stream = createStream('resolvent', seed);
    const A = matrix.map(matrix.zeros(5, 5), () => scalar.rational(stream.integer(-3, 3), 2));
    return [`random ${seed}`, gramOf(A), 5];
  }),
];

describe('the trace of (I + xG)⁻¹', () => {
  it.each(cases)('%s', (_, G, eigenvalues) => {
    const found = resolventOf(G, eigenvalues);
    if (eigenvalues > 1) expect(resolventOf(G, eigenvalues - 1)).toBeUndefined();
    for (const x of ['0', '1/3', '2', '100'].map(scalar.parseRational)) {
      const inverse = matrix.inverse(matrix.add(matrix.identity(G.rows), matrix.scale(x, G)))!;
      const quotient = scalar.divide(evaluate(found!.numerator, x), evaluate(found!.denominator, x));
      expect(scalar.format(quotient)).toBe(scalar.format(matrix.trace(inverse)));
    }
  });

  it('is not taken of a matrix that is not symmetric', () => {
    expect(() => resolventOf(matrix.fromStrings([['1', '2'], ['0', '1']]), 2)).toThrow(/not symmetric/);
  });
});
