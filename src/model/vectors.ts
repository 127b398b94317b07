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

/** y += alpha · x. Four at a time, which saves a third of the time. */
export function axpy(
  length: number, alpha: number, x: Float64Array, xAt: number, y: Float64Array, yAt: number,
): void {
  const quads = length & ~3;
  for (let k = 0; k < quads; k += 4) {
    const p = xAt + k;
    const q = yAt + k;
    y[q]! += alpha * x[p]!;
    y[q + 1]! += alpha * x[p + 1]!;
    y[q + 2]! += alpha * x[p + 2]!;
    y[q + 3]! += alpha * x[p + 3]!;
  }
  for (let k = quads; k < length; k++) y[yAt + k]! += alpha * x[xAt + k]!;
}

/** y += alpha · x, then Σ_k z_k y_k: the bits of `axpy` and `dot`, in one pass over y. No overlap of x or z with y. */
export function axpyDot(
  length: number, alpha: number, x: Float64Array, xAt: number, y: Float64Array, yAt: number,
  z: Float64Array, zAt: number,
): number {
  if (length > CHUNK) {
    const half = halfOf(length);
    return axpyDot(half, alpha, x, xAt, y, yAt, z, zAt)
      + axpyDot(length - half, alpha, x, xAt + half, y, yAt + half, z, zAt + half);
  }
  const quads = length & ~3;
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0, tail = 0;
  for (let k = 0; k < quads; k += 4) {
    const p = xAt + k;
    const q = yAt + k;
    const r = zAt + k;
    const y0 = y[q]! + alpha * x[p]!, y1 = y[q + 1]! + alpha * x[p + 1]!;
    const y2 = y[q + 2]! + alpha * x[p + 2]!, y3 = y[q + 3]! + alpha * x[p + 3]!;
    y[q] = y0; y[q + 1] = y1; y[q + 2] = y2; y[q + 3] = y3;
    s0 += z[r]! * y0;
    s1 += z[r + 1]! * y1;
    s2 += z[r + 2]! * y2;
    s3 += z[r + 3]! * y3;
  }
  for (let k = quads; k < length; k++) {
    const sum = y[yAt + k]! + alpha * x[xAt + k]!;
    y[yAt + k] = sum;
    tail += z[zAt + k]! * sum;
  }
  return s0 + s2 + (s1 + s3) + tail;
}

/** out = alpha · x; `out` may be `x` itself. */
export function scale(
  length: number, alpha: number, x: Float64Array, xAt: number, out: Float64Array, outAt: number,
): void {
  for (let k = 0; k < length; k++) out[outAt + k] = alpha * x[xAt + k]!;
}

/** out = x + alpha · y. */
export function addScaled(
  length: number, x: Float64Array, alpha: number, y: Float64Array, out: Float64Array,
): void {
  for (let k = 0; k < length; k++) out[k] = x[k]! + alpha * y[k]!;
}

/** difference = next − x, and then x = next. */
export function moveTo(length: number, x: Float64Array, next: Float64Array, difference: Float64Array): void {
  for (let k = 0; k < length; k++) {
    const value = next[k]!;
    difference[k] = value - x[k]!;
    x[k] = value;
  }
}

/** max(z, 0) in place, letting NaN through so that a broken point cannot look healthy. */
export function rectify(z: Float64Array): void {
  for (let k = 0; k < z.length; k++) if (z[k]! < 0) z[k] = 0;
}

/** Zeroes the entries of `values` where `activation` is not above zero. */
export function mask(activation: Float64Array, values: Float64Array): void {
  for (let k = 0; k < values.length; k++) if (!(activation[k]! > 0)) values[k] = 0;
}
