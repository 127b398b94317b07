/**
 * Among the factors W, H of one X = WH with the same norms there are rotations W → WQ, H → QᵀH. Here is the rotation
 * that makes H upper triangular: its zeros stay zeros when the rest is rounded.
 */
import { orthogonalTriangular } from '../../numeric/dense.js';
import { freeBlock, type TiedPoint } from '../tied.js';

/** Entries below this share of the largest are zeros of a converged point. */
const ZERO = 1e-7;

/** The point (W: d × r, H: r × K) in triangular gauge, its vanishing rows of H left out. Needs r ≤ K. */
export function triangularPoint(K: number, d: number, r: number, point: Float64Array): TiedPoint {
  const w = point.subarray(0, d * r);
  const h = point.subarray(d * r);
  // The first r columns of H are QR with R upper triangular; Qᵀ turns all of H.
  const square = new Float64Array(r * r);
  for (let i = 0; i < r; i++) for (let j = 0; j < r; j++) square[i * r + j] = h[i * K + j];
  const { orthogonal } = orthogonalTriangular(r, r, square);
  const turnedW = new Float64Array(d * r);
  const turnedH = new Float64Array(r * K);
  for (let i = 0; i < r; i++) {
    for (let j = 0; j < r; j++) {
      const q = orthogonal[i * r + j];
      for (let u = 0; u < d; u++) turnedW[u * r + j] += w[u * r + i] * q;
      for (let k = 0; k < K; k++) turnedH[j * K + k] += q * h[i * K + k];
    }
  }
  const size = point.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  const kept = Array.from({ length: r }, (_, i) => i).filter((i) => {
    const row = turnedH.subarray(i * K, (i + 1) * K);
    return row.some((x) => Math.abs(x) > ZERO * size);
  });
  const W1 = new Float64Array(d * kept.length);
  const H1 = new Float64Array(kept.length * K);
  kept.forEach((i, at) => {
    for (let u = 0; u < d; u++) W1[u * kept.length + at] = turnedW[u * r + i];
    for (let k = 0; k < K; k++) H1[at * K + k] = turnedH[i * K + k];
  });
  const zero = ZERO * size;
  return { K, d, W1: freeBlock(d, kept.length, W1, zero), H1: freeBlock(kept.length, K, H1, zero) };
}
