/** L-BFGS: quasi-Newton descent from the last ten pairs of steps and gradient changes (Nocedal's two loops). */
import { norm, type Iterate, type StageEnd } from './iterate.js';
import { createLineSearch } from './line-search.js';
import { onWorkspaces } from './workspace.js';

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
 * Allocates its memory once for each model, nothing in the loop.
 */
export function lbfgs(iterate: Iterate, options: LbfgsOptions): StageEnd {
  return onWorkspaces(iterate, 'lbfgs', 3 + 2 * MEMORY, (inner, vectors) => run(inner, options, vectors));
}

function run(iterate: Iterate, options: LbfgsOptions, vectors: readonly Float64Array[]): StageEnd {
  const { model, point, gradient } = iterate;
  const { size, kernels } = model;
  const steps = vectors.slice(0, MEMORY);
  const changes = vectors.slice(MEMORY, 2 * MEMORY);
  const direction = vectors[2 * MEMORY]!;
  const lineSearch = createLineSearch(vectors[2 * MEMORY + 1]!, vectors[2 * MEMORY + 2]!);
  const inverseProducts = new Float64Array(MEMORY);
  const weights = new Float64Array(MEMORY);
  let noise = model.valueRoundingError(point);
  let stored = 0;
  let newest = -1;
  /** ‖y‖² of the newest pair. */
  let changeSquared = 0;
  let markedValue = iterate.value;
  let markedNorm = iterate.gradientNorm;

  const slotOf = (age: number): number => (newest - age + MEMORY) % MEMORY;

  /**
   * direction = −(approximate inverse Hessian) · gradient; returns its slope. Each correction of the direction goes
   * with the inner product that is needed next, since at large sizes the passes over memory are what takes the time.
   */
  function aim(): number {
    kernels.scale(size, -1, gradient, 0, direction, 0);
    if (stored === 0) return kernels.dot(size, gradient, 0, direction, 0);
    let product = kernels.dot(size, steps[newest]!, 0, direction, 0);
    for (let age = 0; age < stored; age++) {
      const slot = slotOf(age);
      const weight = inverseProducts[slot]! * product;
      weights[slot] = weight;
      if (age + 1 === stored) kernels.axpy(size, -weight, changes[slot]!, 0, direction, 0);
      else product = kernels.axpyDot(size, -weight, changes[slot]!, 0, direction, 0, steps[slotOf(age + 1)]!, 0);
    }
    kernels.scale(size, 1 / (inverseProducts[newest]! * changeSquared), direction, 0, direction, 0);
    product = kernels.dot(size, changes[slotOf(stored - 1)]!, 0, direction, 0);
    for (let age = stored - 1; age >= 0; age--) {
      const slot = slotOf(age);
      const correction = weights[slot]! - inverseProducts[slot]! * product;
      const next = age > 0 ? changes[slotOf(age - 1)]! : gradient;
      product = kernels.axpyDot(size, correction, steps[slot]!, 0, direction, 0, next, 0);
    }
    return product;
  }

  /** Moves the iterate to the accepted trial point, and keeps the pair of differences. */
  function move(): void {
    const slot = (newest + 1) % MEMORY;
    const step = steps[slot]!;
    const change = changes[slot]!;
    kernels.moveTo(size, point, lineSearch.point, step);
    kernels.moveTo(size, gradient, lineSearch.gradient, change);
    iterate.value = lineSearch.value;
    iterate.gradientNorm = norm(model, gradient);
    iterate.iterations++;
    const product = kernels.dot(size, step, 0, change, 0);
    const squared = kernels.dot(size, change, 0, change, 0);
    if (product > 1e-16 * squared) {
      inverseProducts[slot] = 1 / product;
      changeSquared = squared;
      newest = slot;
      stored = Math.min(stored + 1, MEMORY);
    } else {
      // A pair without clearly positive curvature (a kink, or rounding) would spoil positive definiteness. It has
      // taken the place of the oldest pair, if the memory was full.
      stored = Math.min(stored, MEMORY - 1);
    }
  }

  for (let iteration = 0; ; iteration++) {
    if (!Number.isFinite(iterate.gradientNorm)) return 'diverged';
    if (iterate.gradientNorm <= options.gradientTolerance) return 'converged';
    if (iteration >= options.maximumIterations) return 'iteration-limit';
    if (iteration > 0 && iteration % PATIENCE === 0) {
      if (iterate.value > markedValue - 10 * noise && iterate.gradientNorm > 0.5 * markedNorm) return 'stalled';
      markedValue = iterate.value;
      markedNorm = iterate.gradientNorm;
      // From a high start the error of values shrinks with them; what it was there would stop the descent early.
      noise = model.valueRoundingError(point);
    }
    let slope = aim();
    if (!(slope < 0)) {
      stored = 0;
      slope = aim();
    }
    const guess = stored > 0 ? 1 : firstStep(iterate);
    if (!lineSearch.search(iterate, direction, slope, guess, noise)) {
      if (stored === 0) return 'stalled';
      stored = 0;
      continue;
    }
    move();
  }
}

/** A first step along −∇f of a hundredth of the point's size, or of a thousandth at the origin. */
function firstStep({ model, point, gradientNorm }: Iterate): number {
  const length = Math.sqrt(model.kernels.dot(model.size, point, 0, point, 0));
  return Math.max(0.01 * length, 0.001) / gradientNorm;
}
