/**
 * The two-layer ReLU model without bias, reduced: at collapsed points, with the λ's scaled away and the last layer
 * eliminated,
 *
 *   2K f = tr (I_K + AᵀA)⁻¹ + (μ/2)(‖W‖² + ‖H‖²),   A = max(0, WH),   W: d × r,  H: r × K,
 *
 * whose minimum over the factors of one product X = WH is tr (I + σ(X)ᵀσ(X))⁻¹ + μ‖X‖_*. Smooth apart from the kinks of
 * the ReLU.
 */
import { choleskyInPlace } from '../cholesky.js';
import type { Objective } from '../minimize.js';

/** The objective at points (W, H), row-major and in this order. Not re-entrant: it owns its workspaces. */
export function collapsedObjective(K: number, d: number, r: number, mu: number): Objective {
  const split = d * r;
  const x = new Float64Array(d * K);
  const byX = new Float64Array(d * K);
  const c = new Float64Array(K * K);
  const inverse = new Float64Array(K * K);
  const squared = new Float64Array(K * K);
  return {
    size: split + r * K,
    valueAndGradient(point, gradient) {
      multiplyInto(x, d, r, K, point, 0, point, split);
      gramOfPositive(c, d, K, x);
      for (let k = 0; k < K; k++) c[k * K + k] += 1;
      choleskyInPlace(K, c);
      invertCholesky(K, c, inverse);
      multiplyInto(squared, K, K, K, inverse, 0, inverse, 0);
      let value = 0;
      for (let k = 0; k < K; k++) value += inverse[k * K + k];
      for (let k = 0; k < gradient.length; k++) {
        gradient[k] = mu * point[k];
        value += 0.5 * gradient[k] * point[k];
      }
      // d tr (I + AᵀA)⁻¹ = −2⟨A (I + AᵀA)⁻², dA⟩
      for (let u = 0; u < d; u++) {
        for (let k = 0; k < K; k++) {
          let sum = 0;
          if (x[u * K + k] > 0) {
            for (let j = 0; j < K; j++) sum -= 2 * Math.max(0, x[u * K + j]) * squared[j * K + k];
          }
          byX[u * K + k] = sum;
        }
      }
      for (let u = 0; u < d; u++) {
        for (let i = 0; i < r; i++) {
          let sum = 0;
          for (let k = 0; k < K; k++) sum += byX[u * K + k] * point[split + i * K + k];
          gradient[u * r + i] += sum;
          const weight = point[u * r + i];
          for (let k = 0; k < K; k++) gradient[split + i * K + k] += weight * byX[u * K + k];
        }
      }
      return value;
    },
  };
}

/** The best last layer for activations A = max(0, X) (d × K): W₂ = (cI + AᵀA)⁻¹Aᵀ, K × d. */
export function bestLastLayer(K: number, d: number, x: Float64Array, ridge: number): Float64Array {
  const c = new Float64Array(K * K);
  const inverse = new Float64Array(K * K);
  gramOfPositive(c, d, K, x);
  for (let k = 0; k < K; k++) c[k * K + k] += ridge;
  choleskyInPlace(K, c);
  invertCholesky(K, c, inverse);
  const result = new Float64Array(K * d);
  for (let k = 0; k < K; k++) {
    for (let u = 0; u < d; u++) {
      let sum = 0;
      for (let j = 0; j < K; j++) sum += inverse[k * K + j] * Math.max(0, x[u * K + j]);
      result[k * d + u] = sum;
    }
  }
  return result;
}

/** c · tr (cI + AᵀA)⁻¹ for A = max(0, X), d × K: the loss with the best last layer. Overwrites `work`, K × K. */
export function lossOfBestLastLayer(
  K: number,
  d: number,
  x: Float64Array,
  ridge: number,
  work: Float64Array,
): number {
  gramOfPositive(work, d, K, x);
  for (let k = 0; k < K; k++) work[k * K + k] += ridge;
  choleskyInPlace(K, work);
  // tr (CCᵀ)⁻¹ = ‖C⁻¹‖², column by column.
  const column = new Float64Array(K);
  let sum = 0;
  for (let j = 0; j < K; j++) {
    for (let i = j; i < K; i++) {
      let entry = i === j ? 1 : 0;
      for (let k = j; k < i; k++) entry -= work[i * K + k] * column[k];
      column[i] = entry / work[i * K + i];
      sum += column[i] * column[i];
    }
  }
  return ridge * sum;
}

/** out = left · right, of shapes rows × inner and inner × cols at the given offsets. */
export function multiplyInto(
  out: Float64Array,
  rows: number,
  inner: number,
  cols: number,
  left: Float64Array,
  leftOffset: number,
  right: Float64Array,
  rightOffset: number,
): void {
  out.fill(0);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const weight = left[leftOffset + i * inner + k];
      if (weight === 0) continue;
      for (let j = 0; j < cols; j++) out[i * cols + j] += weight * right[rightOffset + k * cols + j];
    }
  }
}

/** out = AᵀA for A = max(0, X), X of shape rows × cols. */
function gramOfPositive(out: Float64Array, rows: number, cols: number, x: Float64Array): void {
  out.fill(0);
  for (let u = 0; u < rows; u++) {
    for (let i = 0; i < cols; i++) {
      const weight = x[u * cols + i];
      if (weight <= 0) continue;
      for (let j = 0; j < cols; j++) {
        const other = x[u * cols + j];
        if (other > 0) out[i * cols + j] += weight * other;
      }
    }
  }
}

/** (CCᵀ)⁻¹ for a lower triangular C. */
function invertCholesky(size: number, c: Float64Array, out: Float64Array): void {
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      let sum = i === j ? 1 : 0;
      for (let k = 0; k < i; k++) sum -= c[i * size + k] * out[k * size + j];
      out[i * size + j] = sum / c[i * size + i];
    }
    for (let i = size - 1; i >= 0; i--) {
      let sum = out[i * size + j];
      for (let k = i + 1; k < size; k++) sum -= c[k * size + i] * out[k * size + j];
      out[i * size + j] = sum / c[i * size + i];
    }
  }
}
