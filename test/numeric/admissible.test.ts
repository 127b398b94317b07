import { describe, expect, it } from 'vitest';
import { nonNegativeFrame, obtuseFactor } from '../../src/exact/admissible.js';
import { entry, equals, identity, multiply, transpose } from '../../src/exact/matrix.js';
import * as Q from '../../src/exact/rational.js';
import { OBTUSE_SHAPES, randomNonNegativeFrame, randomObtuseColumns } from '../../src/numeric/admissible.js';
import { createStream } from '../../src/numeric/random.js';

const gram = (rows: number, cols: number, x: Float64Array): number[][] =>
  Array.from({ length: cols }, (_, p) =>
    Array.from({ length: cols }, (__, q) => {
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += x[i * cols + p] * x[i * cols + q];
      return sum;
    }),
  );

describe('matrices with signs', () => {
  it.each([
    [1, 1],
    [5, 5],
    [9, 4],
  ])('a non-negative frame of %i × %i has orthonormal columns of disjoint supports', (rows, cols) => {
    for (const full of [true, false]) {
      const R = randomNonNegativeFrame(createStream('frame', rows), rows, cols, full);
      expect(Math.min(...R)).toBeGreaterThanOrEqual(0);
      gram(rows, cols, R).forEach((row, p) => {
        row.forEach((x, q) => {
          if (p === q) expect(x).toBeCloseTo(1, 14);
          else expect(x).toBe(0);
        });
      });
      const used = Array.from({ length: rows }, (_, i) => R.subarray(i * cols, (i + 1) * cols).some((x) => x > 0));
      if (full) expect(used).not.toContain(false);
    }
  });

  it.each(OBTUSE_SHAPES)('%s columns have one norm and no acute angle', (shape) => {
    for (const [rows, cols] of [
      [6, 4],
      [4, 4],
      [3, 1],
    ] as const) {
      const V = randomObtuseColumns(createStream(shape, rows), rows, cols, shape, 1.5);
      gram(rows, cols, V).forEach((row, p) => {
        row.forEach((x, q) => {
          if (p === q) expect(x).toBeCloseTo(2.25, 13);
          else expect(x).toBeLessThan(shape === 'strict' || shape === 'simplex' ? -0.01 : 1e-14);
        });
      });
    }
  });

  it('are exact in rationals', () => {
    const R = nonNegativeFrame(2, [1, 0, -1, 0, 0], [2, 3, 2, 4, 2]);
    expect(equals(multiply(transpose(R), R), identity(2))).toBe(true);
    expect(R.entries.every((x) => Q.sign(x) >= 0)).toBe(true);
    for (const shape of ['orthogonal', 'path', 'pairs', 'simplex'] as const) {
      for (const cols of [1, 2, 5]) {
        const { columns, normSquared } = obtuseFactor(shape, cols);
        const G = multiply(transpose(columns), columns);
        for (let p = 0; p < cols; p++) {
          expect(Q.equals(entry(G, p, p), normSquared)).toBe(true);
          for (let q = 0; q < p; q++) expect(Q.sign(entry(G, p, q))).toBeLessThanOrEqual(0);
        }
      }
    }
  });
});
