/**
 * An orthonormal basis of the orthogonal complement of a few columns, by Householder reflections.
 *
 * With A = Q (R; 0) for Q the product of p reflections of length m, the last m − p columns of Q are the basis. Each
 * column is off by at most p·γ of the order of m (Higham, Accuracy and Stability, lemma 19.3): see `complementError`.
 */
import { InternalError } from '../errors.js';

const UNIT_ROUNDOFF = 2 ** -53;

/** How far the basis may be from one that is exactly orthonormal and orthogonal, relative to its columns. */
export const complementError = (rows: number, cols: number): number => 16 * cols * (rows + 8) * UNIT_ROUNDOFF;

/**
 * The basis, rows × (rows − cols), row-major, for linearly independent columns A (rows × cols, row-major).
 *
 * @throws InternalError when A is wide, not finite, or its columns are not independent
 */
export const orthonormalComplement = (rows: number, cols: number, a: Float64Array): Float64Array => {
  if (cols > rows) throw new InternalError(`a ${rows}×${cols} matrix has no complement.`);
  const work = Float64Array.from(a);
  const reflections: Float64Array[] = [];
  for (let k = 0; k < cols; k++) {
    const v = new Float64Array(rows);
    let norm = 0;
    for (let i = k; i < rows; i++) {
      v[i] = work[i * cols + k]!;
      norm += v[i]! ** 2;
    }
    norm = Math.sqrt(norm);
    if (!(norm > 0) || !Number.isFinite(norm)) throw new InternalError('the columns are not independent.');
    v[k]! += v[k]! >= 0 ? norm : -norm;
    let length = 0;
    for (let i = k; i < rows; i++) length += v[i]! ** 2;
    length = Math.sqrt(length);
    for (let i = k; i < rows; i++) v[i]! /= length;
    reflect(v, k, work, cols);
    reflections.push(v);
  }
  const wide = rows - cols;
  const basis = new Float64Array(rows * wide);
  for (let j = 0; j < wide; j++) basis[(cols + j) * wide + j] = 1;
  for (let k = cols - 1; k >= 0; k--) reflect(reflections[k]!, k, basis, wide);
  return basis;
};

/** X ← (I − 2vvᵀ)X for X with `cols` columns; v vanishes before row `from`. */
const reflect = (v: Float64Array, from: number, x: Float64Array, cols: number): void => {
  const products = new Float64Array(cols);
  for (let i = from; i < v.length; i++) {
    const factor = v[i]!;
    if (factor === 0) continue;
    for (let j = 0; j < cols; j++) products[j]! += factor * x[i * cols + j]!;
  }
  for (let i = from; i < v.length; i++) {
    const factor = 2 * v[i]!;
    if (factor === 0) continue;
    for (let j = 0; j < cols; j++) x[i * cols + j]! -= factor * products[j]!;
  }
};
