/** The reduced objective on the invariant points of a group, a function of a few numbers whatever K and d are. */
import { choleskyInPlace, solveCholesky } from '../cholesky.js';
import type { Objective } from '../minimize.js';
import type { OrbitAlgebra } from './algebra.js';

/**
 * 2K f = tr (I + AᵀA)⁻¹ + (μ/2)(‖W‖² + ‖H‖²), A = σ(WH), at invariant W (first the values on the orbits of `mixed`) and
 * H (then those on the orbits of `inner`). The minimum over factors of one product is tr (I + AᵀA)⁻¹ + μ‖X‖_*, reached
 * at the invariant H = (XᵀX)^¼, W = X(XᵀX)^(−¼).
 */
export function invariantObjective(algebra: OrbitAlgebra, mu: number): Objective {
  const { mixed, inner, preActivation, gram, multiplication, unit } = algebra;
  const p = mixed.sizes.length;
  const r = inner.sizes.length;
  const root = inner.sizes.map(Math.sqrt);
  const x = new Float64Array(p);
  const a = new Float64Array(p);
  const m = new Float64Array(r);
  const matrix = new Float64Array(r * r);
  const once = new Float64Array(r);
  const twice = new Float64Array(r);
  const byGram = new Float64Array(r);
  const byX = new Float64Array(p);
  return {
    size: p + r,
    valueAndGradient(point, gradient) {
      x.fill(0);
      m.fill(0);
      matrix.fill(0);
      for (let t = 0; t < preActivation.count.length; t++) {
        x[preActivation.result[t]] +=
          preActivation.count[t] * point[preActivation.left[t]] * point[p + preActivation.right[t]];
      }
      for (let i = 0; i < p; i++) a[i] = Math.max(0, x[i]);
      for (let t = 0; t < gram.count.length; t++) {
        m[gram.result[t]] += gram.count[t] * a[gram.left[t]] * a[gram.right[t]];
      }
      for (let k = 0; k < r; k++) matrix[k * r + k] = 1;
      for (let t = 0; t < multiplication.count.length; t++) {
        const k = multiplication.result[t];
        const l = multiplication.right[t];
        matrix[k * r + l] += (multiplication.count[t] * m[multiplication.left[t]] * root[k]) / root[l];
      }
      choleskyInPlace(r, matrix);
      once.set(unit);
      solveCholesky(r, matrix, once);
      twice.set(once);
      solveCholesky(r, matrix, twice);
      let value = 0;
      for (let k = 0; k < r; k++) {
        value += unit[k] * once[k];
        byGram[k] = -twice[k] * root[k];
      }
      byX.fill(0);
      for (let t = 0; t < gram.count.length; t++) {
        const weight = gram.count[t] * byGram[gram.result[t]];
        byX[gram.left[t]] += weight * a[gram.right[t]];
        byX[gram.right[t]] += weight * a[gram.left[t]];
      }
      for (let i = 0; i < p; i++) {
        if (x[i] <= 0) byX[i] = 0;
        gradient[i] = mu * mixed.sizes[i] * point[i];
        value += 0.5 * gradient[i] * point[i];
      }
      for (let k = 0; k < r; k++) {
        gradient[p + k] = mu * inner.sizes[k] * point[p + k];
        value += 0.5 * gradient[p + k] * point[p + k];
      }
      for (let t = 0; t < preActivation.count.length; t++) {
        const weight = preActivation.count[t] * byX[preActivation.result[t]];
        gradient[preActivation.left[t]] += weight * point[p + preActivation.right[t]];
        gradient[p + preActivation.right[t]] += weight * point[preActivation.left[t]];
      }
      return value;
    },
  };
}
