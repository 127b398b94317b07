/** L-BFGS: quasi-Newton descent from the last ten pairs of steps and gradient changes (Nocedal's two loops). */
import type { Iterate, StageEnd } from './iterate.js';
import { createLineSearch } from './line-search.js';

/** When to stop. */
export interface LbfgsOptions {
  /** Converged when the Euclidean gradient norm is at most this. */
  readonly gradientTolerance: number;
  readonly maximumIterations: number;
}

const MEMORY = 10;
/** Progress is judged over this many iterations. */
const PATIENCE = 150;

/**
 * Descends until the gradient norm is at most the tolerance. `stalled` means that no step along the negative gradient
 * was acceptable, or that for 150 iterations neither the value fell by more than a few rounding errors nor the gradient
 * norm to half (the noise floor of f and its slope, or a kink). The value never rises beyond its rounding error.
 * Allocates its memory once, nothing in the loop.
 */
export function lbfgs(iterate: Iterate, options: LbfgsOptions): StageEnd {
  const { model, point, gradient } = iterate;
  const { size, kernels } = model;
  const lineSearch = createLineSearch(size);
  const steps = Array.from({ length: MEMORY }, () => new Float64Array(size));
  const changes = Array.from({ length: MEMORY }, () => new Float64Array(size));
  const inverseProducts = new Float64Array(MEMORY);
  const weights = new Float64Array(MEMORY);
  const direction = new Float64Array(size);
  const previousPoint = new Float64Array(size);
  const previousGradient = new Float64Array(size);
  const noise = model.valueRoundingError(point);
  let stored = 0;
  let newest = -1;
  let markedValue = iterate.value;
  let markedNorm = iterate.gradientNorm;

  /** direction = −(approximate inverse Hessian) · gradient; returns its slope. */
  function aim(): number {
    kernels.scale(size, -1, gradient, 0, direction, 0);
    for (let age = 0; age < stored; age++) {
      const slot = (newest - age + MEMORY) % MEMORY;
      weights[slot] = inverseProducts[slot]! * kernels.dot(size, steps[slot]!, 0, direction, 0);
      kernels.axpy(size, -weights[slot]!, changes[slot]!, 0, direction, 0);
    }
    if (stored > 0) {
      const change = changes[newest]!;
      const curvature = inverseProducts[newest]! * kernels.dot(size, change, 0, change, 0);
      kernels.scale(size, 1 / curvature, direction, 0, direction, 0);
    }
    for (let age = stored - 1; age >= 0; age--) {
      const slot = (newest - age + MEMORY) % MEMORY;
      const correction = weights[slot]! - inverseProducts[slot]! * kernels.dot(size, changes[slot]!, 0, direction, 0);
      kernels.axpy(size, correction, steps[slot]!, 0, direction, 0);
    }
    return kernels.dot(size, gradient, 0, direction, 0);
  }

  function remember(): void {
    const slot = (newest + 1) % MEMORY;
    const step = steps[slot]!;
    const change = changes[slot]!;
    for (let k = 0; k < size; k++) {
      step[k] = point[k]! - previousPoint[k]!;
      change[k] = gradient[k]! - previousGradient[k]!;
    }
    const product = kernels.dot(size, step, 0, change, 0);
    // A pair without clearly positive curvature (a kink, or rounding) would spoil positive definiteness.
    if (!(product > 1e-16 * kernels.dot(size, change, 0, change, 0))) return;
    inverseProducts[slot] = 1 / product;
    newest = slot;
    stored = Math.min(stored + 1, MEMORY);
  }

  for (let iteration = 0; ; iteration++) {
    if (!Number.isFinite(iterate.gradientNorm)) return 'diverged';
    if (iterate.gradientNorm <= options.gradientTolerance) return 'converged';
    if (iteration >= options.maximumIterations) return 'iteration-limit';
    if (iteration > 0 && iteration % PATIENCE === 0) {
      if (iterate.value > markedValue - 10 * noise && iterate.gradientNorm > 0.5 * markedNorm) return 'stalled';
      markedValue = iterate.value;
      markedNorm = iterate.gradientNorm;
    }
    let slope = aim();
    if (!(slope < 0)) {
      stored = 0;
      slope = aim();
    }
    previousPoint.set(point);
    previousGradient.set(gradient);
    const guess = stored > 0 ? 1 : firstStep(iterate);
    if (!lineSearch.search(iterate, direction, slope, guess, noise)) {
      if (stored === 0) return 'stalled';
      stored = 0;
      continue;
    }
    iterate.iterations++;
    remember();
  }
}

/** A first step along −∇f of a hundredth of the point's size, or of a thousandth at the origin. */
function firstStep({ model, point, gradientNorm }: Iterate): number {
  const length = Math.sqrt(model.kernels.dot(model.size, point, 0, point, 0));
  return Math.max(0.01 * length, 0.001) / gradientNorm;
}
