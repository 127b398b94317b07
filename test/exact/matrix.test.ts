import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactError } from '../../src/exact/error.js';
import * as matrix from '../../src/exact/matrix.js';
import type { ExactMatrix } from '../../src/exact/matrix.js';
import * as scalar from '../../src/exact/rational.js';
import { anyRational, matrixOf, smallRational, sum } from './arbitrary.js';

const threeMatrices = fc
  .tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 1, max: 4 })))
  .chain(([a, b, c, d]) => fc.tuple(matrixOf(a, b), matrixOf(b, c), matrixOf(c, d), matrixOf(b, c), matrixOf(c, b)));

function expectEqual(left: ExactMatrix, right: ExactMatrix): void {
  expect(matrix.toStrings(left)).toEqual(matrix.toStrings(right));
  expect(matrix.equals(left, right)).toBe(true);
}

describe('matrix algebra', () => {
  it('products agree with the definition, entry by entry', () => {
    fc.assert(
      fc.property(threeMatrices, ([left, right]) => {
        const product = matrix.multiply(left, right);
        expect([product.rows, product.cols]).toEqual([left.rows, right.cols]);
        for (let row = 0; row < left.rows; row += 1) {
          for (let col = 0; col < right.cols; col += 1) {
            const terms = Array.from({ length: left.cols }, (_, index) =>
              scalar.multiply(matrix.entry(left, row, index), matrix.entry(right, index, col)),
            );
            expect(matrix.entry(product, row, col)).toEqual(sum(terms));
          }
        }
      }),
    );
  });

  it('is a ring with transposition', () => {
    fc.assert(
      fc.property(threeMatrices, smallRational, ([A, B, C, D, E], factor) => {
        expectEqual(matrix.multiply(matrix.multiply(A, B), C), matrix.multiply(A, matrix.multiply(B, C)));
        expectEqual(
          matrix.multiply(A, matrix.add(B, D)),
          matrix.add(matrix.multiply(A, B), matrix.multiply(A, D)),
        );
        expectEqual(matrix.transpose(matrix.multiply(A, B)), matrix.multiply(matrix.transpose(B), matrix.transpose(A)));
        expectEqual(matrix.transpose(matrix.transpose(A)), A);
        expectEqual(matrix.multiply(matrix.identity(A.rows), A), A);
        expectEqual(matrix.multiply(A, matrix.identity(A.cols)), A);
        expectEqual(matrix.add(B, D), matrix.add(D, B));
        expectEqual(matrix.subtract(B, D), matrix.add(B, matrix.scale(scalar.rational(-1), D)));
        expectEqual(matrix.multiply(matrix.scale(factor, A), B), matrix.scale(factor, matrix.multiply(A, B)));
        expect(matrix.isZero(matrix.subtract(B, B))).toBe(true);
        expect(matrix.trace(matrix.multiply(B, E))).toEqual(matrix.trace(matrix.multiply(E, B)));
        expect(matrix.innerProduct(B, D)).toEqual(matrix.trace(matrix.multiply(matrix.transpose(B), D)));
        expect(matrix.normSquared(A)).toEqual(sum(A.entries.map((value) => scalar.multiply(value, value))));
      }),
    );
  });

  it('hand-computed values', () => {
    const A = matrix.fromStrings([['1', '1/2'], ['0', '-3']]);
    const B = matrix.fromStrings([['2', '0.5', '0'], ['4', '1', '-1/3']]);
    expect(matrix.toStrings(matrix.multiply(A, B))).toEqual([['4', '1', '-1/6'], ['-12', '-3', '1']]);
    expect(matrix.toStrings(matrix.transpose(B))).toEqual([['2', '4'], ['1/2', '1'], ['0', '-1/3']]);
    expect(matrix.toStrings(matrix.relu(A))).toEqual([['1', '1/2'], ['0', '0']]);
    const shifted = matrix.map(A, (value, row, col) => scalar.add(value, scalar.rational(10 * row + col)));
    expect(matrix.toStrings(shifted)).toEqual([['1', '3/2'], ['10', '8']]);
    expect(scalar.format(matrix.trace(A))).toBe('-2');
    expect(scalar.format(matrix.normSquared(A))).toBe('41/4');
    expect(scalar.format(matrix.entry(B, 1, 2))).toBe('-1/3');
    expect(matrix.toStrings(matrix.ones(1, 3))).toEqual([['1', '1', '1']]);
    expect(matrix.toStrings(matrix.zeros(2, 1))).toEqual([['0'], ['0']]);
  });

  it('positive and negative parts of a matrix are orthogonal and sum to it', () => {
    fc.assert(
      fc.property(matrixOf(3, 2), (A) => {
        const positive = matrix.relu(A);
        const negative = matrix.relu(matrix.scale(scalar.rational(-1), A));
        expectEqual(matrix.subtract(positive, negative), A);
        expect(matrix.innerProduct(positive, negative)).toEqual(scalar.ZERO);
      }),
    );
  });

  it('equality sees a single changed entry and a changed shape', () => {
    fc.assert(
      fc.property(matrixOf(2, 3), fc.nat(5), (A, changed) => {
        const entries = A.entries.map((value, index) => (index === changed ? scalar.add(value, scalar.ONE) : value));
        expect(matrix.equals(A, matrix.exactMatrix(2, 3, entries))).toBe(false);
        expect(matrix.equals(A, matrix.exactMatrix(3, 2, A.entries))).toBe(false);
        const firstRow = matrix.exactMatrix(1, 3, A.entries.slice(0, 3));
        expect([matrix.equals(A, firstRow), matrix.equals(firstRow, A)]).toEqual([false, false]);
      }),
    );
  });

  it('text round trip, large numbers included', () => {
    fc.assert(
      fc.property(fc.array(anyRational, { minLength: 6, maxLength: 6 }), (entries) => {
        const A = matrix.exactMatrix(2, 3, entries);
        expectEqual(matrix.fromStrings(matrix.toStrings(A)), A);
      }),
    );
  });
});

describe('shape errors', () => {
  const wide = matrix.zeros(2, 3);
  const square = matrix.zeros(2, 2);

  it.each<[string, () => unknown]>([
    ['entries that do not fill the shape', () => matrix.exactMatrix(2, 2, [scalar.ONE])],
    ['an empty shape', () => matrix.exactMatrix(0, 2, [])],
    ['a fractional size', () => matrix.zeros(1.5, 2)],
    ['sum', () => matrix.add(wide, square)],
    ['difference', () => matrix.subtract(square, wide)],
    ['product', () => matrix.multiply(wide, square)],
    ['inner product of transposed shapes', () => matrix.innerProduct(wide, matrix.transpose(wide))],
    ['trace', () => matrix.trace(wide)],
    ['row out of range', () => matrix.entry(wide, 2, 0)],
    ['column out of range', () => matrix.entry(wide, 0, 3)],
    ['negative column', () => matrix.entry(wide, 1, -1)],
    ['ragged rows', () => matrix.fromStrings([['1', '2'], ['3']])],
    ['no rows', () => matrix.fromStrings([])],
    ['malformed number', () => matrix.fromStrings([['one']])],
  ])('%s', (_, action) => {
    expect(action).toThrow(ExactError);
  });
});
