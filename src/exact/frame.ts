/**
 * Frames with rational entries: matrices R with RᵀR = I, without a single square root.
 */
import { ExactError } from './error.js';
import { exactMatrix, identity, multiply, scale, subtract, transpose } from './matrix.js';
import type { ExactMatrix } from './matrix.js';
import { rational } from './rational.js';

/**
 * A rational R of shape rows × cols with RᵀR = I: the first cols columns of the product, in the given order, of the
 * Householder reflections I − 2vvᵀ/vᵀv. Without vectors it is the first cols columns of the identity.
 *
 * @param vectors non-zero integer vectors of length rows
 * @throws {ExactError} unless 1 ≤ cols ≤ rows, and every vector has length rows, safe integer entries and is not zero
 */
export function householderFrame(
  rows: number,
  cols: number,
  vectors: readonly (readonly number[])[],
): ExactMatrix {
  if (!(cols <= rows)) throw new ExactError(`there is no frame of ${cols} columns in dimension ${rows}`);
  const unit = identity(rows);
  const start = exactMatrix(rows, cols, unit.entries.filter((_, index) => index % rows < cols));
  return vectors.reduceRight((frame, vector) => multiply(reflection(rows, vector), frame), start);
}

/** I − 2vvᵀ/vᵀv. */
function reflection(size: number, vector: readonly number[]): ExactMatrix {
  if (vector.length !== size) {
    throw new ExactError(`a reflection vector must have length ${size}, not ${vector.length}`);
  }
  if (!vector.every(Number.isSafeInteger)) throw new ExactError('a reflection vector must have integer entries');
  const lengthSquared = vector.reduce((sum, value) => sum + BigInt(value) ** 2n, 0n);
  if (lengthSquared === 0n) throw new ExactError('a reflection vector must not be zero');
  const column = exactMatrix(size, 1, vector.map((value) => rational(value)));
  const outer = multiply(column, transpose(column));
  return subtract(identity(size), scale(rational(2n, lengthSquared), outer));
}
