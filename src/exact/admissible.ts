/**
 * Rational matrices with signs: non-negative frames, and columns of one norm with no acute angle between two of them.
 */
import { ExactError } from './error.js';
import { exactMatrix, identity, map, multiply, ones, scale, subtract, transpose } from './matrix.js';
import type { ExactMatrix } from './matrix.js';
import { ONE, ZERO, negate, rational } from './rational.js';
import type { Rational } from './rational.js';

/**
 * A rational R ≥ 0 with RᵀR = I: column k is spread over the rows that `owners` gives to it; −1 leaves a row unused.
 * On its support a column is e_1 − 2v_1 v/vᵀv for v = (−1, w_2, w_3, …) with the given whole numbers w ≥ 2.
 *
 * @throws {ExactError} unless every column has a row, and a weight ≥ 2 is given for every row
 */
export function nonNegativeFrame(cols: number, owners: readonly number[], weights: readonly number[]): ExactMatrix {
  if (!owners.every((_, row) => Number.isSafeInteger(weights[row]) && weights[row] >= 2)) {
    throw new ExactError('every row of a non-negative frame needs a whole weight of at least 2');
  }
  const entries = owners.flatMap(() => Array.from({ length: cols }, () => ZERO));
  for (let col = 0; col < cols; col += 1) {
    const support = owners.flatMap((owner, row) => (owner === col ? [row] : []));
    if (support.length === 0) throw new ExactError(`column ${col} of a non-negative frame has no row`);
    const v = support.map((row, index) => (index === 0 ? -1 : weights[row]));
    const length = v.reduce((sum, x) => sum + x * x, 0);
    support.forEach((row, index) => {
      const shifted = rational(2 * v[index], length);
      if (support.length === 1) entries[row * cols + col] = ONE;
      else entries[row * cols + col] = index === 0 ? rational(length - 2, length) : shifted;
    });
  }
  return exactMatrix(owners.length, cols, entries);
}

/** The shapes of {@link obtuseFactor}. */
export type ExactObtuseShape = 'orthogonal' | 'path' | 'pairs' | 'simplex';

/** Legs of right triangles with whole sides. */
const TRIANGLES = [
  [3, 4, 5],
  [5, 12, 13],
  [8, 15, 17],
  [20, 21, 29],
] as const;

/**
 * Rational columns of one norm with inner products ≤ 0:
 *
 * - `orthogonal`: I;
 * - `path`: v_k = −a e_{k−1} + b e_k with a² + b² = 1, so that neighbours form obtuse angles and others right ones;
 * - `pairs`: e_1, −e_1, e_2, −e_2, …;
 * - `simplex`: I − 11ᵀ/cols, a simplex ETF of squared norm (cols − 1)/cols; for one column I.
 *
 * @returns the columns, and their common squared norm
 */
export function obtuseFactor(
  shape: ExactObtuseShape,
  cols: number,
): { readonly columns: ExactMatrix; readonly normSquared: Rational } {
  switch (shape) {
    case 'orthogonal':
      return { columns: identity(cols), normSquared: ONE };
    case 'path':
      return {
        columns: map(identity(cols), (_, row, col) => {
          const [a, b, c] = TRIANGLES[col % TRIANGLES.length];
          if (col === 0) return row === 0 ? ONE : ZERO;
          return row === col ? rational(b, c) : row === col - 1 ? rational(-a, c) : ZERO;
        }),
        normSquared: ONE,
      };
    case 'pairs': {
      const rows = Math.ceil(cols / 2);
      const entries = Array.from({ length: rows * cols }, (_, index) => {
        const [row, col] = [Math.floor(index / cols), index % cols];
        if (Math.floor(col / 2) !== row) return ZERO;
        return col % 2 === 0 ? ONE : negate(ONE);
      });
      return { columns: exactMatrix(rows, cols, entries), normSquared: ONE };
    }
    case 'simplex': {
      if (cols === 1) return { columns: identity(1), normSquared: ONE };
      const mean = scale(rational(1, cols), multiply(ones(cols, 1), transpose(ones(cols, 1))));
      return { columns: subtract(identity(cols), mean), normSquared: rational(cols - 1, cols) };
    }
  }
}
