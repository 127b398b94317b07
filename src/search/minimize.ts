/**
 * L-BFGS for small functions: a few dozen unknowns, thousands of starts. Steps are found by bracketing with the weak
 * Wolfe conditions, which also make progress across kinks (Lewis & Overton, Math. Program. 141, 2013).
 */

/** A differentiable function of flat points; `gradient` is overwritten. */
export interface Objective {
  readonly size: number;
  valueAndGradient(point: Float64Array, gradient: Float64Array): number;
}

export interface Minimized {
  readonly point: Float64Array;
  readonly value: number;
  readonly iterations: number;
}

export interface MinimizeOptions {
  readonly maximumIterations?: number;
  /** Stops when twenty iterations together lower the value by less than this. */
  readonly decrease?: number;
}

const MEMORY = 8;
const TRIALS = 40;

/** Descends from `start`, which is not modified. The value never rises. */
export function minimize(objective: Objective, start: Float64Array, options: MinimizeOptions = {}): Minimized {
  const { maximumIterations = 400, decrease = 1e-11 } = options;
  const { size } = objective;
  const point = start.slice();
  const gradient = new Float64Array(size);
  const trial = new Float64Array(size);
  const trialGradient = new Float64Array(size);
  const direction = new Float64Array(size);
  const steps: Float64Array[] = [];
  const changes: Float64Array[] = [];
  const weights = new Float64Array(MEMORY);
  let value = objective.valueAndGradient(point, gradient);
  let marked = value;

  for (let iteration = 0; iteration < maximumIterations; iteration++) {
    if (iteration > 0 && iteration % 20 === 0) {
      if (!(marked - value > decrease)) return { point, value, iterations: iteration };
      marked = value;
    }
    aim();
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      steps.length = 0;
      changes.length = 0;
      aim();
      slope = dot(direction, gradient);
      if (!(slope < 0)) return { point, value, iterations: iteration };
    }
    const found = search(slope, steps.length > 0 ? 1 : 1 / Math.max(1, Math.sqrt(-slope)));
    if (found === undefined) {
      if (steps.length === 0) return { point, value, iterations: iteration };
      steps.length = 0;
      changes.length = 0;
      continue;
    }
    const step = new Float64Array(size);
    const change = new Float64Array(size);
    for (let k = 0; k < size; k++) {
      step[k] = trial[k] - point[k];
      change[k] = trialGradient[k] - gradient[k];
    }
    point.set(trial);
    gradient.set(trialGradient);
    value = found;
    if (dot(step, change) > 1e-14 * dot(change, change)) {
      steps.push(step);
      changes.push(change);
      if (steps.length > MEMORY) {
        steps.shift();
        changes.shift();
      }
    }
  }
  return { point, value, iterations: maximumIterations };

  /** direction = −(approximate inverse Hessian) · gradient, by the two loops. */
  function aim(): void {
    for (let k = 0; k < size; k++) direction[k] = -gradient[k];
    for (let age = steps.length - 1; age >= 0; age--) {
      weights[age] = dot(steps[age], direction) / dot(steps[age], changes[age]);
      add(-weights[age], changes[age]);
    }
    const newest = steps.length - 1;
    if (newest >= 0) {
      const scale = dot(steps[newest], changes[newest]) / dot(changes[newest], changes[newest]);
      for (let k = 0; k < size; k++) direction[k] *= scale;
    }
    for (let age = 0; age < steps.length; age++) {
      const correction = weights[age] - dot(changes[age], direction) / dot(steps[age], changes[age]);
      add(correction, steps[age]);
    }
  }

  function add(factor: number, vector: Float64Array): void {
    for (let k = 0; k < size; k++) direction[k] += factor * vector[k];
  }

  /** The value at an acceptable point along the direction, which is left in `trial`; undefined where none was found. */
  function search(slope: number, first: number): number | undefined {
    let low = 0;
    let high = Infinity;
    let at = first;
    for (let count = 0; count < TRIALS; count++) {
      for (let k = 0; k < size; k++) trial[k] = point[k] + at * direction[k];
      const reached = objective.valueAndGradient(trial, trialGradient);
      if (!(reached <= value + 1e-4 * at * slope)) high = at;
      else if (dot(trialGradient, direction) < 0.9 * slope) low = at;
      else return reached;
      at = high === Infinity ? 2 * low : (low + high) / 2;
      if (!(at > low && at < high)) return undefined;
    }
    return undefined;
  }
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < left.length; k++) sum += left[k] * right[k];
  return sum;
}
