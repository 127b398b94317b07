/**
 * A point of low rank without its ties: W and H of a symmetric point are K columns and rows wide though their product
 * has a lower rank r. As d × r and r × K factors they keep that rank when they are rounded.
 */
import { singularDecomposition, singularValues } from '../../numeric/dense.js';
import { triangularPoint } from '../collapsed/gauge.js';
import { multiplyInto } from '../collapsed/objective.js';
import { type TiedPoint, expand } from '../tied.js';

/** Singular values below this share of the largest are zeros of a converged point. */
const ZERO = 1e-5;

/** The same product from factors of its rank; undefined where that is full, or the first r columns are dependent. */
export function thinPoint({ K, d, W1, H1 }: TiedPoint): TiedPoint | undefined {
  const inner = W1.cols;
  const w = expand(W1, new Float64Array(d * inner));
  const h = expand(H1, new Float64Array(inner * K));
  const { left, values, right } = singularDecomposition(inner, K, h);
  const size = values.length;
  const r = values.filter((x) => x > ZERO * values[0]).length;
  if (r === 0 || r >= Math.min(inner, K)) return undefined;
  // H = U S Vᵀ, and W = W U Uᵀ at a balanced point.
  const basis = new Float64Array(inner * r);
  for (let i = 0; i < inner; i++) for (let j = 0; j < r; j++) basis[i * r + j] = left[i * size + j];
  const point = new Float64Array(d * r + r * K);
  multiplyInto(point.subarray(0, d * r), d, inner, r, w, 0, basis, 0);
  for (let j = 0; j < r; j++) for (let k = 0; k < K; k++) point[d * r + j * K + k] = values[j] * right[k * size + j];
  const leading = new Float64Array(r * r);
  for (let i = 0; i < r; i++) for (let j = 0; j < r; j++) leading[i * r + j] = point[d * r + i * K + j];
  if (singularValues(r, r, leading)[r - 1] < ZERO * values[0]) return undefined;
  return triangularPoint(K, d, r, point);
}
