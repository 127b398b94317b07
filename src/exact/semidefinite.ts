/**
 * Positive semidefiniteness of symmetric rational matrices, decided exactly.
 */
import { ExactError } from './error.js';
import { entry, equals, transpose } from './matrix.js';
import type { ExactMatrix } from './matrix.js';
import * as scalar from './rational.js';

/**
 * Whether xᵀMx ≥ 0 for every x, by symmetric elimination, M = LDLᵀ. A negative pivot p at index i, or a zero pivot
 * with a non-zero entry beside it, gives an x with xᵀMx < 0; otherwise the Schur complement decides.
 *
 * @throws {ExactError} unless the matrix is symmetric
 */
export function isPositiveSemidefinite(matrix: ExactMatrix): boolean {
  if (!equals(matrix, transpose(matrix))) throw new ExactError('only a symmetric matrix can be semidefinite');
  const size = matrix.rows;
  const rest = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (__, col) => entry(matrix, row, col)),
  );
  for (let pivot = 0; pivot < size; pivot += 1) {
    const diagonal = rest[pivot][pivot];
    if (scalar.sign(diagonal) < 0) return false;
    for (let row = pivot + 1; row < size; row += 1) {
      if (scalar.isZero(rest[row][pivot])) continue;
      if (scalar.isZero(diagonal)) return false;
      const factor = scalar.divide(rest[row][pivot], diagonal);
      for (let col = pivot + 1; col < size; col += 1) {
        rest[row][col] = scalar.subtract(rest[row][col], scalar.multiply(factor, rest[pivot][col]));
      }
    }
  }
  return true;
}
