/**
 * The matrix product under everything: one register-blocked loop for A·B, A·Bᵀ and Aᵀ·B.
 *
 * The three products differ only in how far apart neighbours lie in memory, so the loop takes strides. Blocks of
 * 2×4 keep eight sums, four entries of B and two of A in the sixteen registers of the usual machine; 4×4 spills.
 *
 * Every entry of the result is the sum over ascending k of products, each rounded once and added once, starting
 * from zero. Blocking changes which entries are computed together, never the order within one entry, so any other
 * implementation that keeps this order (SIMD without fused multiply-add included) gives the same bits.
 */

/**
 * out (rows×columns, row-major from `outAt`) = or += A (rows×inner) · B (inner×columns).
 *
 * A[i, k] lies at `aAt + i * aRow + k * aInner` and B[k, j] at `bAt + k * bInner + j * bColumn`. With `accumulate`
 * the finished sum is added to `out` once, at the end. `out` must not overlap A or B.
 */
export function stridedProduct(
  rows: number,
  inner: number,
  columns: number,
  a: Float64Array,
  aAt: number,
  aRow: number,
  aInner: number,
  b: Float64Array,
  bAt: number,
  bInner: number,
  bColumn: number,
  out: Float64Array,
  outAt: number,
  accumulate: boolean,
): void {
  const pairedRows = rows & ~1;
  const quadColumns = columns & ~3;
  const twoColumns = 2 * bColumn;
  const threeColumns = 3 * bColumn;
  for (let j = 0; j < quadColumns; j += 4) {
    for (let i = 0; i < pairedRows; i += 2) {
      let s00 = 0, s01 = 0, s02 = 0, s03 = 0;
      let s10 = 0, s11 = 0, s12 = 0, s13 = 0;
      let p = aAt + i * aRow;
      let q = bAt + j * bColumn;
      for (let k = 0; k < inner; k++) {
        const a0 = a[p]!, a1 = a[p + aRow]!;
        const b0 = b[q]!, b1 = b[q + bColumn]!, b2 = b[q + twoColumns]!, b3 = b[q + threeColumns]!;
        s00 += a0 * b0; s01 += a0 * b1; s02 += a0 * b2; s03 += a0 * b3;
        s10 += a1 * b0; s11 += a1 * b1; s12 += a1 * b2; s13 += a1 * b3;
        p += aInner;
        q += bInner;
      }
      const top = outAt + i * columns + j;
      const bottom = top + columns;
      if (accumulate) {
        out[top]! += s00; out[top + 1]! += s01; out[top + 2]! += s02; out[top + 3]! += s03;
        out[bottom]! += s10; out[bottom + 1]! += s11; out[bottom + 2]! += s12; out[bottom + 3]! += s13;
      } else {
        out[top] = s00; out[top + 1] = s01; out[top + 2] = s02; out[top + 3] = s03;
        out[bottom] = s10; out[bottom + 1] = s11; out[bottom + 2] = s12; out[bottom + 3] = s13;
      }
    }
  }
  // What the blocks leave over: the last columns of every row, and the whole last row when their number is odd.
  for (let i = 0; i < rows; i++) {
    for (let j = i < pairedRows ? quadColumns : 0; j < columns; j++) {
      let sum = 0;
      let p = aAt + i * aRow;
      let q = bAt + j * bColumn;
      for (let k = 0; k < inner; k++) {
        sum += a[p]! * b[q]!;
        p += aInner;
        q += bInner;
      }
      const at = outAt + i * columns + j;
      out[at] = accumulate ? out[at]! + sum : sum;
    }
  }
}
