/** The state that the stages of a descent share and improve in place, and what counts as stationary. */
import { UsageError } from '../../errors.js';
import type { Model } from '../../model/model.js';

/** A point with its value and gradient, and the work done so far. Stages leave the three consistent. */
export interface Iterate {
  readonly model: Model;
  readonly point: Float64Array;
  readonly gradient: Float64Array;
  value: number;
  /** Euclidean. */
  gradientNorm: number;
  /** Steps taken: gradient, quasi-Newton, Newton or escape. */
  iterations: number;
  /** Evaluations of value and gradient, and of Hessian–vector products. */
  evaluations: number;
}

/** How a stage ended. */
export type StageEnd = 'converged' | 'stalled' | 'iteration-limit' | 'diverged';

/** Evaluates the model at a copy of `start`. @throws UsageError when its length is wrong or an entry is not finite. */
export function startIterate(model: Model, start: Float64Array): Iterate {
  if (start.length !== model.size || !start.every(Number.isFinite)) {
    throw new UsageError(
      `A start needs ${model.size} finite numbers.`, 'Check the length of the point and that no entry is NaN.',
    );
  }
  const iterate: Iterate = {
    model, point: start.slice(), gradient: new Float64Array(model.size),
    value: 0, gradientNorm: 0, iterations: 0, evaluations: 0,
  };
  evaluate(iterate);
  return iterate;
}

/** Re-evaluates value, gradient and norm at `iterate.point`. */
export function evaluate(iterate: Iterate): void {
  iterate.value = iterate.model.valueAndGradient(iterate.point, iterate.gradient);
  iterate.gradientNorm = norm(iterate.model, iterate.gradient);
  iterate.evaluations++;
}

/** ‖x‖₂ over all unknowns. */
export function norm({ kernels, size }: Model, x: Float64Array): number {
  return Math.sqrt(kernels.dot(size, x, 0, x, 0));
}

/**
 * √(min λ): the natural unit of a gradient. Where f ≤ 1/2 a block has ‖B‖ ≤ 1/√λ_B, so the ridge part of its
 * gradient is at most √λ_B; being below r·√λ leaves a gap of about r² in f where the curvature is of order λ.
 */
export function gradientUnit({ layout }: Model): number {
  return Math.sqrt(layout.ridge.reduce((least, lambda) => (lambda > 0 ? Math.min(least, lambda) : least), Infinity));
}

/**
 * The gradient norm that counts as zero at a point: the bound on its rounding error, taken on the computed ReLU
 * pattern, or 2⁻⁵² units where that bound shrinks with the point (towards zero it would be chased for ever).
 */
export function stationaryTolerance(model: Model, point: Float64Array): number {
  return Math.max(model.gradientRoundingError(point, 'computed'), 2 ** -52 * gradientUnit(model));
}
