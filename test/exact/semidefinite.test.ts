/** Semidefiniteness, against matrices whose inertia is known. */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import * as matrix from '../../src/exact/matrix.js';
import * as scalar from '../../src/exact/rational.js';
import { isPositiveSemidefinite } from '../../src/exact/semidefinite.js';
import { matrixOf, smallRational } from './arbitrary.js';

describe('positive semidefinite', () => {
  it('are the matrices BᵀB, of any rank', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }).chain((rows) => matrixOf(rows, 4)), (B) => {
        expect(isPositiveSemidefinite(matrix.multiply(matrix.transpose(B), B))).toBe(true);
      }),
    );
  });

  it('is not BᵀDB with a negative entry in D that is seen', () => {
    fc.assert(
      fc.property(matrixOf(4, 4), fc.array(smallRational, { minLength: 4, maxLength: 4 }), (C, diagonal) => {
        // I + a strictly upper triangle is invertible, so by Sylvester's law the signs are those of D.
        const B = matrix.map(C, (value, row, col) => (row === col ? scalar.ONE : row < col ? value : scalar.ZERO));
        const D = matrix.map(C, (_, row, col) => (row === col ? diagonal[row]! : scalar.ZERO));
        const form = matrix.multiply(matrix.transpose(B), matrix.multiply(D, B));
        expect(isPositiveSemidefinite(form)).toBe(diagonal.every((value) => scalar.sign(value) >= 0));
      }),
    );
  });

  it('is not a matrix with a zero on the diagonal and something beside it', () => {
    expect(isPositiveSemidefinite(matrix.fromStrings([['0', '1'], ['1', '5']]))).toBe(false);
    expect(isPositiveSemidefinite(matrix.fromStrings([['5', '0', '0'], ['0', '0', '0'], ['0', '0', '1']]))).toBe(true);
  });

  it('is asked of symmetric matrices only', () => {
    expect(() => isPositiveSemidefinite(matrix.fromStrings([['1', '2'], ['0', '1']]))).toThrow(/symmetric/);
    expect(() => isPositiveSemidefinite(matrix.fromStrings([['1', '2']]))).toThrow(/symmetric/);
  });
});
