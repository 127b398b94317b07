/**
 * A line search that works down to the noise of f: Hager & Zhang's bracketing with the *approximate* Wolfe conditions
 * (SIAM J. Optim. 16, 2005), which near a minimum judge a step by slopes, since differences of values are rounding.
 *
 * A step α is accepted when
 *   φ(α) ≤ φ(0) + δαφ′(0) and φ′(α) ≥ σφ′(0)                       (Wolfe), or
 *   φ(α) ≤ φ(0) + noise  and (2δ − 1)φ′(0) ≥ φ′(α) ≥ σφ′(0)          (approximate Wolfe).
 */
import type { Iterate } from './iterate.js';

const DECREASE = 0.1;
const FLATNESS = 0.9;
const GROWTH = 5;
const SHRINKAGE = 0.66;
const MAXIMUM_TRIALS = 50;

/** A line search with its own trial point, which its owner moves to: that pass over memory has other uses too. */
export interface LineSearch {
  /** The point tried last, with its gradient and value: after a search that succeeded, the accepted ones. */
  readonly point: Float64Array;
  readonly gradient: Float64Array;
  value: number;
  /**
   * Whether an acceptable step along `direction` (of slope `slope` < 0 at the iterate) was found, starting from the
   * guess `step`. The iterate stays where it is; its evaluations are counted. `noise` is the error that values carry.
   */
  search(iterate: Iterate, direction: Float64Array, slope: number, step: number, noise: number): boolean;
}

/** A line search that writes to the given buffers of the model's size. */
export function createLineSearch(point: Float64Array, gradient: Float64Array): LineSearch {
  let trialSlope = 0;

  function evaluateAt(iterate: Iterate, direction: Float64Array, step: number): void {
    const { size, kernels } = iterate.model;
    kernels.addScaled(size, iterate.point, step, direction, point);
    trial.value = iterate.model.valueAndGradient(point, gradient);
    trialSlope = kernels.dot(size, gradient, 0, direction, 0);
    iterate.evaluations++;
  }

  const trial: LineSearch = {
    point,
    gradient,
    value: 0,
    search(iterate, direction, slope, step, noise) {
      const start = iterate.value;
      const ceiling = start + noise;
      const isAccepted = (at: number): boolean => {
        if (!(trialSlope >= FLATNESS * slope)) return false;
        if (trial.value <= start + DECREASE * at * slope) return true;
        return trial.value <= ceiling && trialSlope <= (2 * DECREASE - 1) * slope;
      };
      // Invariant of the bracket: φ(low) ≤ ceiling and φ′(low) < 0; at `high` φ turns up (φ′ ≥ 0) or is too large.
      let low = 0;
      let lowSlope = slope;
      let high = Infinity;
      let highSlope = NaN;
      let width = Infinity;
      let at = step;
      for (let count = 0; count < MAXIMUM_TRIALS; count++) {
        evaluateAt(iterate, direction, at);
        if (isAccepted(at)) return true;
        // Written so that a NaN value or slope counts as too high.
        if (trialSlope < 0 && trial.value <= ceiling) {
          low = at;
          lowSlope = trialSlope;
        } else {
          high = at;
          highSlope = trialSlope >= 0 && trial.value <= ceiling ? trialSlope : NaN;
        }
        if (high === Infinity) {
          at *= GROWTH;
          continue;
        }
        const secant = (low * highSlope - high * lowSlope) / (highSlope - lowSlope);
        const shrinks = high - low <= SHRINKAGE * width;
        width = high - low;
        at = shrinks && secant > low && secant < high ? secant : low + 0.5 * width;
        if (!(at > low && at < high)) return false;
      }
      return false;
    },
  };
  return trial;
}
