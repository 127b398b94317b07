/**
 * Positive semidefiniteness of symmetric rational matrices, decided exactly.
 */
import { ExactError } from './error.js';
import { leastCommonMultiple } from './integer.js';
import { equals, transpose } from './matrix.js';
import type { ExactMatrix } from './matrix.js';

/**
 * Whether xᵀMx ≥ 0 for every x, by symmetric elimination. A negative pivot, or a zero pivot with a non-zero entry
 * beside it, gives an x with xᵀMx < 0; otherwise the Schur complement decides. A positive multiple of M with whole
 * entries is eliminated without fractions (Bareiss), so that all entries are minors, and no longer.
 *
 * @throws {ExactError} unless the matrix is symmetric
 */
export function isPositiveSemidefinite(matrix: ExactMatrix): boolean {
  if (!equals(matrix, transpose(matrix))) throw new ExactError('only a symmetric matrix can be semidefinite');
  const size = matrix.rows;
  const common = matrix.entries.reduce((all, { denominator }) => leastCommonMultiple(all, denominator), 1n);
  const whole = matrix.entries.map(({ numerator, denominator }) => numerator * (common / denominator));
  const rest = Array.from({ length: size }, (_, row) => whole.slice(row * size, (row + 1) * size));
  // The pivot before; zero pivots are left out with their rows and columns, which are zero.
  let previous = 1n;
  for (let index = 0; index < size; index += 1) {
    const pivot = rest[index][index];
    if (pivot < 0n) return false;
    if (pivot === 0n) {
      if (rest[index].some((x, col) => col > index && x !== 0n)) return false;
      continue;
    }
    for (let row = index + 1; row < size; row += 1) {
      const factor = rest[row][index];
      for (let col = index + 1; col < size; col += 1) {
        rest[row][col] = (pivot * rest[row][col] - factor * rest[index][col]) / previous;
      }
    }
    previous = pivot;
  }
  return true;
}
