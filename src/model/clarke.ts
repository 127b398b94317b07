/**
 * How far a point of a two-layer ReLU model is from being stationary in the sense of Clarke (THEORY.md 4.4).
 *
 * With M = W_2ᵀE/N, every element of the Clarke subdifferential has the form
 *
 *   ∇_{W_1} = (D∘M)Hᵀ + λ_1 W_1,  ∇_H = W_1ᵀ(D∘M) + λ_H H,  other blocks as usual,
 *
 * with D = 1[Z > 0] where Z ≠ 0 and D in [0, 1] where Z = 0. Over that box the squared norm is a convex quadratic in D,
 * minimised here one entry at a time (each has a closed form); the Frank–Wolfe gap bounds what is left to gain.
 */
import { UsageError } from '../errors.js';
import { allocateLayers, forward, preActivation } from './forward.js';
import type { Model } from './model.js';

/** What `clarkeStationarity` found. */
export interface ClarkeStationarity {
  /** ‖g(D)‖₂ at the best mask found: an upper bound on the distance of 0 from the set of gradients over masks. */
  readonly distance: number;
  /**
   * A lower bound on the same distance, by duality. The set contains the Clarke subdifferential when `tolerance` is
   * 0, so a positive bound then says: not Clarke stationary (up to the rounding of g itself).
   */
  readonly lowerBound: number;
  /** Number of entries with |Z| ≤ tolerance, whose mask was free. */
  readonly freeEntries: number;
  /** The best mask D, d_2×N row-major, entries in [0, 1]. */
  readonly mask: Float64Array;
  readonly sweeps: number;
}

const MAXIMUM_SWEEPS = 2_000;

/**
 * The distance of 0 from {g(D) : D_ij = 1[Z_ij > 0] where |Z_ij| > tolerance, D_ij ∈ [0, 1] elsewhere}, Euclidean over
 * all unknowns, between `lowerBound` and `distance`.
 *
 * @throws UsageError unless the model has two layers and ReLU.
 */
export function clarkeStationarity(model: Model, point: Float64Array, tolerance: number): ClarkeStationarity {
  const { layout, kernels, spec, size, sampleCount } = model;
  if (spec.layers !== 2 || spec.activation !== 'relu') {
    throw new UsageError('Clarke stationarity is defined here for two ReLU layers.', 'Use the gradient norm.');
  }
  const [inner, outer] = [layout.weights[0]!, layout.weights[1]!];
  const { features } = layout;
  const gradient = new Float64Array(size);
  model.valueAndGradient(point, gradient);
  const activations = allocateLayers(layout);
  forward(layout, kernels, point, activations);
  const residual = activations[1]!;
  kernels.scale(residual.length, 1 / sampleCount, residual, 0, residual, 0);
  const units = inner.rows;
  const adjoint = new Float64Array(units * sampleCount);
  kernels.transposeMultiply(
    units, outer.rows, sampleCount, point, outer.offset, residual, 0, adjoint, 0, false,
  );
  preActivation(layout, kernels, point, activations, 0);
  const signed = activations[0]!;
  const mask = Float64Array.from(signed, (z) => (z > 0 ? 1 : 0));
  const free: number[] = [];
  signed.forEach((z, index) => {
    if (Math.abs(z) <= tolerance) free.push(index);
  });

  // Entry (i, j) of D moves the gradient along M_ij·(e_i h_jᵀ in W_1, w_i e_jᵀ in H), w_i the i-th row of W_1.
  const slope = (i: number, j: number): number => {
    let sum = 0;
    for (let p = 0; p < inner.cols; p++) {
      const w = inner.offset + i * inner.cols + p;
      const h = features.offset + p * sampleCount + j;
      sum += gradient[w]! * point[h]! + gradient[h]! * point[w]!;
    }
    return adjoint[i * sampleCount + j]! * sum;
  };
  const curvature = (i: number, j: number): number => {
    let sum = 0;
    for (let p = 0; p < inner.cols; p++) {
      sum += point[inner.offset + i * inner.cols + p]! ** 2 + point[features.offset + p * sampleCount + j]! ** 2;
    }
    return adjoint[i * sampleCount + j]! ** 2 * sum;
  };
  const move = (i: number, j: number, amount: number): void => {
    const weight = amount * adjoint[i * sampleCount + j]!;
    for (let p = 0; p < inner.cols; p++) {
      const w = inner.offset + i * inner.cols + p;
      const h = features.offset + p * sampleCount + j;
      gradient[w]! += weight * point[h]!;
      gradient[h]! += weight * point[w]!;
    }
  };

  let sweeps = 0;
  let gap = frankWolfeGap();
  let squared = kernels.dot(size, gradient, 0, gradient, 0);
  while (gap > 1e-12 * squared && sweeps < MAXIMUM_SWEEPS) {
    for (const index of free) {
      const i = Math.floor(index / sampleCount);
      const j = index % sampleCount;
      const bend = curvature(i, j);
      if (bend === 0) continue;
      const target = Math.min(1, Math.max(0, mask[index]! - slope(i, j) / bend));
      move(i, j, target - mask[index]!);
      mask[index] = target;
    }
    sweeps++;
    gap = frankWolfeGap();
    squared = kernels.dot(size, gradient, 0, gradient, 0);
  }
  const lowerBound = Math.sqrt(Math.max(0, squared - 2 * gap));
  return { distance: Math.sqrt(squared), lowerBound, freeEntries: free.length, mask, sweeps };

  /** max over masks D′ of ⟨∇½‖g‖², D − D′⟩ ≥ ½‖g(D)‖² − ½·distance², by convexity. */
  function frankWolfeGap(): number {
    let sum = 0;
    for (const index of free) {
      const s = slope(Math.floor(index / sampleCount), index % sampleCount);
      sum += s > 0 ? s * mask[index]! : s * (mask[index]! - 1);
    }
    return sum;
  }
}
