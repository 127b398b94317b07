/**
 * How far floating point can be from the truth: a-priori bounds for value and gradient, from norms of the blocks.
 *
 * With u = 2⁻⁵³, a sum of m terms formed in any order is off by at most γ_m = mu/(1 − mu) times the sum of absolute values.
 * For the residual E = W_L … W_1 H + b1ᵀ − Y that sum is at most P = Π‖W_l‖·‖H‖ + √N(‖b‖ + 1) in Frobenius norm (ReLU is
 * 1-Lipschitz and exact), so ‖δE‖ ≤ γ_m P with m the inner dimensions added up. Everything else follows by the product
 * rule. The bounds are rigorous and normwise, hence pessimistic by a moderate factor.
 */
import type { Kernels } from './kernels.js';
import type { Layout } from './spec.js';

export interface Rounding {
  /** A bound on |fl(f) − f| at the point. */
  valueRoundingError(point: Float64Array): number;
  /** A bound on ‖fl(∇f) − ∇f‖ at the point. */
  gradientRoundingError(point: Float64Array): number;
  /**
   * A bound on the change of ‖∇f‖ when every block moves by at most `relative` times its own norm (linear models; with
   * ReLU as long as no pre-activation changes sign).
   */
  gradientSensitivity(point: Float64Array, relative: number): number;
}

const UNIT_ROUNDOFF = 2 ** -53;

/** γ_m of Higham, Accuracy and Stability of Numerical Algorithms, Lemma 3.1. */
export const gamma = (operations: number): number =>
  (operations * UNIT_ROUNDOFF) / (1 - operations * UNIT_ROUNDOFF);

export function roundingOf(
  layout: Layout,
  kernels: Kernels,
  residualNorm: (point: Float64Array) => number,
  value: (point: Float64Array) => number,
): Rounding {
  const { blocks, weights, ridge, size, sampleCount, bias } = layout;
  const depth = weights.length;
  const innerSizes = weights.reduce((sum, { cols }) => sum + cols, 0);
  // Products and additions on the way to one entry of E, of f, and of a gradient.
  const residualSteps = innerSizes + depth + 2;
  const valueSteps = Math.max(kernels.dotDepth(size), kernels.dotDepth(weights.at(-1)!.rows * sampleCount)) + blocks.length + 4;
  const gradientSteps = sampleCount + innerSizes + Math.max(...blocks.map((x) => x.rows)) + depth + 4;

  const norms = (point: Float64Array): number[] =>
    blocks.map(({ offset, length }) => Math.sqrt(kernels.dot(length, point, offset, point, offset)));

  const rootSamples = Math.sqrt(sampleCount);
  const parts = (point: Float64Array) => {
    const all = norms(point);
    const chain = all.slice(0, depth + 1);
    const biasNorm = bias === undefined ? 0 : all[depth + 1]!;
    const product = chain.reduce((x, y) => x * y, 1);
    const scale = product + rootSamples * (biasNorm + 1);
    /** Product of the norms of all chain blocks but one. */
    const others = (index: number): number => chain.reduce((x, y, k) => (k === index ? x : x * y), 1);
    return { all, product, scale, others, biasNorm };
  };

  return {
    valueRoundingError(point) {
      const { scale } = parts(point);
      const error = residualNorm(point);
      const drift = gamma(residualSteps) * scale;
      return (error * drift + 0.5 * drift * drift) / sampleCount + gamma(valueSteps) * value(point);
    },

    gradientRoundingError(point) {
      const { all, scale, others } = parts(point);
      const error = residualNorm(point);
      const drift = gamma(residualSteps) * scale + gamma(gradientSteps) * error;
      let total = 0;
      all.forEach((norm, index) => {
        const factor = index <= depth ? others(index) : rootSamples;
        const off = (drift * factor) / sampleCount + gamma(3) * ridge[index]! * norm;
        total += off * off;
      });
      return Math.sqrt(total);
    },

    gradientSensitivity(point, relative) {
      const { all, product, others, biasNorm } = parts(point);
      const error = residualNorm(point);
      const growth = (1 + relative) ** (depth + 1) - 1;
      const residualChange = growth * product + relative * rootSamples * biasNorm;
      let total = 0;
      all.forEach((norm, index) => {
        const factor = index <= depth ? others(index) : rootSamples;
        const chain = (error + residualChange) * ((1 + relative) ** depth - 1) + residualChange;
        const change = (chain * factor) / sampleCount + relative * ridge[index]! * norm;
        total += change * change;
      });
      return Math.sqrt(total);
    },
  };
}
