/**
 * From nearly stationary to stationary in double precision: truncated Newton steps judged by the gradient norm.
 *
 * Quadratic convergence where the Hessian is positive definite across the manifold of minimizers; where it degenerates
 * (c = 1 in THEORY.md 1.5: f grows with the fourth power) the gradient still shrinks by (2/3)³ in each step.
 */
import { createNewtonSolver } from './conjugate-gradient.js';
import { evaluate, gradientUnit, stationaryTolerance, type Iterate } from './iterate.js';

/** How polishing ended. */
export interface PolishEnd {
  /**
   * `stationary`: gradient norm at most `stationaryTolerance`; `stalled`: no step along the Newton direction reduced
   * the gradient; `negative-curvature`: the same, and a direction of negative curvature was met; `iteration-limit`.
   */
  readonly reason: 'stationary' | 'negative-curvature' | 'stalled' | 'iteration-limit';
  /** With `negative-curvature`: the direction. */
  readonly direction?: Float64Array;
}

const MAXIMUM_TRIALS = 8;
const MAXIMUM_INNER_STEPS = 250;

/** Improves the iterate until stationary. The value never rises beyond its rounding error; the gradient norm falls. */
export function polish(iterate: Iterate, maximumIterations: number): PolishEnd {
  const { model, point, gradient } = iterate;
  const { size, kernels } = model;
  const solve = createNewtonSolver(size);
  const previousPoint = new Float64Array(size);
  const previousGradient = new Float64Array(size);
  const unit = gradientUnit(model);
  const noise = 2 * model.valueRoundingError(point);
  for (let iteration = 0; iteration < maximumIterations; iteration++) {
    if (iterate.gradientNorm <= stationaryTolerance(model, point)) return { reason: 'stationary' };
    // Solving loosely far out and tightly near by keeps convergence superlinear at the least number of products.
    const tolerance = Math.max(1e-8, Math.min(0.1, Math.sqrt(iterate.gradientNorm / unit)));
    const { step, negative } = solve(iterate, tolerance, MAXIMUM_INNER_STEPS);
    const before = iterate.gradientNorm;
    const ceiling = iterate.value + noise;
    previousPoint.set(point);
    previousGradient.set(gradient);
    const previousValue = iterate.value;
    let accepted = false;
    const trials = step.some((entry) => entry !== 0) ? MAXIMUM_TRIALS : 0;
    for (let trial = 0, length = 1; trial < trials; trial++, length /= 2) {
      point.set(previousPoint);
      kernels.axpy(size, length, step, 0, point, 0);
      evaluate(iterate);
      accepted = iterate.gradientNorm < (1 - 0.1 * length) * before && iterate.value <= ceiling;
      if (accepted) break;
    }
    if (!accepted) {
      point.set(previousPoint);
      gradient.set(previousGradient);
      iterate.value = previousValue;
      iterate.gradientNorm = before;
      return negative === undefined ? { reason: 'stalled' } : { reason: 'negative-curvature', direction: negative };
    }
    iterate.iterations++;
  }
  const converged = iterate.gradientNorm <= stationaryTolerance(model, point);
  return { reason: converged ? 'stationary' : 'iteration-limit' };
}
