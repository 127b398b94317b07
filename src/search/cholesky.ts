/** Small positive definite systems, in place. */

/** A = CCᵀ, C in the lower half of `a`; the matrices here are I plus something positive semidefinite. */
export function choleskyInPlace(size: number, a: Float64Array): void {
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = a[i * size + j];
      for (let k = 0; k < j; k++) sum -= a[i * size + k] * a[j * size + k];
      a[i * size + j] = i === j ? Math.sqrt(sum) : sum / a[j * size + j];
    }
  }
}

/** Replaces b by A⁻¹b. */
export function solveCholesky(size: number, c: Float64Array, b: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let sum = b[i];
    for (let k = 0; k < i; k++) sum -= c[i * size + k] * b[k];
    b[i] = sum / c[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = b[i];
    for (let k = i + 1; k < size; k++) sum -= c[k * size + i] * b[k];
    b[i] = sum / c[i * size + i];
  }
}
