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
  const solve = createNewtonSolver(model);
  const previousPoint = new Float64Array(size);
  const previousGradient = new Float64Array(size);
  const unit = gradientUnit(model);
  const noise = 2 * model.valueRoundingError(point);

  /** The longest of a few steps that lowers the gradient norm and does not raise the value; else stays put. */
  function tryAlong(step: Float64Array): boolean {
    if (step.every((entry) => entry === 0)) return false;
    const { value, gradientNorm } = iterate;
    previousPoint.set(point);
    previousGradient.set(gradient);
    for (let trial = 0, length = 1; trial < MAXIMUM_TRIALS; trial++, length /= 2) {
      point.set(previousPoint);
      kernels.axpy(size, length, step, 0, point, 0);
      evaluate(iterate);
      if (iterate.gradientNorm < (1 - 0.1 * length) * gradientNorm && iterate.value <= value + noise) return true;
    }
    point.set(previousPoint);
    gradient.set(previousGradient);
    iterate.value = value;
    iterate.gradientNorm = gradientNorm;
    return false;
  }

  for (let iteration = 0; iteration < maximumIterations; iteration++) {
    if (iterate.gradientNorm <= stationaryTolerance(model, point)) return { reason: 'stationary' };
    // Loosely far out, tightly near by; no tighter, lest rounding in the kernel of the Hessian be solved for.
    const tight = Math.max(1e-3, Math.min(0.1, Math.sqrt(iterate.gradientNorm / unit)));
    let negative: Float64Array | undefined;
    const improved = [tight, 0.3].some((tolerance) => {
      const direction = solve(iterate, tolerance, MAXIMUM_INNER_STEPS);
      negative = direction.negative;
      return tryAlong(direction.step);
    });
    if (!improved) {
      return negative === undefined ? { reason: 'stalled' } : { reason: 'negative-curvature', direction: negative };
    }
    iterate.iterations++;
  }
  const converged = iterate.gradientNorm <= stationaryTolerance(model, point);
  return { reason: converged ? 'stationary' : 'iteration-limit' };
}
