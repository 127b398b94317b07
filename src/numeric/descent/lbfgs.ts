/**
 * L-BFGS with a weak Wolfe line search that keeps working at the rounding floor of f: a step counts as a decrease when it
 * does not increase f by more than its rounding error.
 */
import { type Objective, type Stage, addScaled, dot, norm, step } from './objective.js';

export interface LbfgsOptions {
  readonly iterations: number;
  readonly gradientTolerance: number;
}

const MEMORY = 10;
const ARMIJO = 1e-4;
const CURVATURE = 0.9;
const LINE_STEPS = 30;

/** Minimises from a stage until the gradient tolerance, the iteration limit, or a line search that finds nothing. */
export const lbfgs = (objective: Objective, from: Stage, options: LbfgsOptions): Stage => {
  const { size } = objective;
  let point = from.point.slice();
  let gradient = from.gradient.slice();
  let next = new Float64Array(size);
  let nextGradient = new Float64Array(size);
  const direction = new Float64Array(size);
  const steps = Array.from({ length: MEMORY }, () => new Float64Array(size));
  const changes = Array.from({ length: MEMORY }, () => new Float64Array(size));
  const inverse = new Float64Array(MEMORY);
  const weights = new Float64Array(MEMORY);
  let stored = 0;
  let newest = -1;
  let value = from.value;
  let gradientNorm = from.gradientNorm;
  let iterations = 0;
  let evaluations = 0;

  const slot = (age: number): number => (newest - age + MEMORY) % MEMORY;

  /** direction ← −(approximate inverse Hessian)·gradient, by the two-loop recursion. */
  const chooseDirection = (): void => {
    for (let k = 0; k < size; k++) direction[k] = -gradient[k]!;
    for (let age = 0; age < stored; age++) {
      const at = slot(age);
      weights[at] = inverse[at]! * dot(steps[at]!, direction);
      addScaled(direction, -weights[at], changes[at]!);
    }
    if (stored > 0) {
      const at = slot(0);
      const scale = 1 / (inverse[at]! * dot(changes[at]!, changes[at]!));
      for (let k = 0; k < size; k++) direction[k]! *= scale;
    }
    for (let age = stored - 1; age >= 0; age--) {
      const at = slot(age);
      addScaled(direction, weights[at]! - inverse[at]! * dot(changes[at]!, direction), steps[at]!);
    }
  };

  while (iterations < options.iterations && gradientNorm > options.gradientTolerance) {
    chooseDirection();
    let slope = dot(gradient, direction);
    if (!(slope < 0)) {
      stored = 0;
      for (let k = 0; k < size; k++) direction[k] = -gradient[k]!;
      slope = -gradientNorm * gradientNorm;
    }
    const noise = objective.valueRoundingError(point);
    let low = 0;
    let high = Infinity;
    let rate = stored === 0 ? Math.min(1, 1 / gradientNorm) : 1;
    let accepted = false;
    let nextValue = value;
    for (let trial = 0; trial < LINE_STEPS; trial++) {
      step(point, rate, direction, next);
      nextValue = objective.valueAndGradient(next, nextGradient);
      evaluations += 1;
      if (!(nextValue <= value + ARMIJO * rate * slope + noise)) {
        high = rate;
      } else if (dot(nextGradient, direction) < CURVATURE * slope) {
        low = rate;
        accepted = true;
      } else {
        accepted = true;
        break;
      }
      rate = high === Infinity ? 2 * rate : (low + high) / 2;
    }
    // The bracket may end on its rejected side: fall back to its accepted one.
    if (accepted && !(nextValue <= value + noise)) {
      step(point, low, direction, next);
      nextValue = objective.valueAndGradient(next, nextGradient);
      evaluations += 1;
    }
    if (!accepted) {
      if (stored === 0) break;
      stored = 0;
      continue;
    }
    newest = (newest + 1) % MEMORY;
    const s = steps[newest]!;
    const y = changes[newest]!;
    for (let k = 0; k < size; k++) {
      s[k] = next[k]! - point[k]!;
      y[k] = nextGradient[k]! - gradient[k]!;
    }
    const curvature = dot(s, y);
    if (curvature > 0) {
      inverse[newest] = 1 / curvature;
      stored = Math.min(stored + 1, MEMORY);
    } else {
      newest = (newest - 1 + MEMORY) % MEMORY;
      if (stored === MEMORY) stored = MEMORY - 1;
    }
    [point, next] = [next, point];
    [gradient, nextGradient] = [nextGradient, gradient];
    value = nextValue;
    gradientNorm = norm(gradient);
    iterations += 1;
  }
  return {
    point,
    gradient,
    value,
    gradientNorm,
    iterations: from.iterations + iterations,
    evaluations: from.evaluations + evaluations,
  };
};
