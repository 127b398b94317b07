/**
 * Vector loops on stretches of flat arrays: the level-one half of `Kernels`.
 *
 * The inner product runs in four lanes (k mod 4), joined as (0 + 2) + (1 + 3) and then the tail, which is what two
 * SIMD registers of two doubles do; above 128 entries it halves, so that its rounding error grows with the logarithm
 * of the length. `dotDepth` is the number of additions that any one product passes through: the m of γ_m.
 */

const CHUNK = 128;

/** Σ_k x_k y_k over `length` entries. Summation order: see the head of this file. */
export function dot(length: number, x: Float64Array, xAt: number, y: Float64Array, yAt: number): number {
  if (length > CHUNK) {
    const half = halfOf(length);
    return dot(half, x, xAt, y, yAt) + dot(length - half, x, xAt + half, y, yAt + half);
  }
  const quads = length & ~3;
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0, tail = 0;
  for (let k = 0; k < quads; k += 4) {
    const p = xAt + k;
    const q = yAt + k;
    s0 += x[p]! * y[q]!;
    s1 += x[p + 1]! * y[q + 1]!;
    s2 += x[p + 2]! * y[q + 2]!;
    s3 += x[p + 3]! * y[q + 3]!;
  }
  for (let k = quads; k < length; k++) tail += x[xAt + k]! * y[yAt + k]!;
  return s0 + s2 + (s1 + s3) + tail;
}

/** The most roundings that one term of `dot` passes through, its own multiplication included. */
export function dotDepth(length: number): number {
  if (length > CHUNK) return 1 + Math.max(dotDepth(halfOf(length)), dotDepth(length - halfOf(length)));
  return 1 + Math.max(length >> 2, 3) + 3;
}

/** A multiple of four near the middle, so that lanes stay aligned. */
function halfOf(length: number): number {
  return (length >> 1) & ~3;
}

/** y += alpha · x. */
export function axpy(
  length: number, alpha: number, x: Float64Array, xAt: number, y: Float64Array, yAt: number,
): void {
  for (let k = 0; k < length; k++) y[yAt + k]! += alpha * x[xAt + k]!;
}

/** out = alpha · x; `out` may be `x` itself. */
export function scale(
  length: number, alpha: number, x: Float64Array, xAt: number, out: Float64Array, outAt: number,
): void {
  for (let k = 0; k < length; k++) out[outAt + k] = alpha * x[xAt + k]!;
}
