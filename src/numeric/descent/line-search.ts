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

/** A line search with its own trial buffers. */
export interface LineSearch {
  /**
   * Moves `iterate` along `direction` (of slope `slope` < 0 at the iterate) by an accepted step, starting from the
   * guess `step`; false, with the iterate untouched, when none is found. `noise` is the error that values carry.
   */
  search(iterate: Iterate, direction: Float64Array, slope: number, step: number, noise: number): boolean;
}

/** Allocates the buffers for points of `size` unknowns. */
export function createLineSearch(size: number): LineSearch {
  const trialPoint = new Float64Array(size);
  const trialGradient = new Float64Array(size);
  let trialValue = 0;
  let trialSlope = 0;

  function evaluateAt(iterate: Iterate, direction: Float64Array, step: number): void {
    const { model, point } = iterate;
    for (let k = 0; k < size; k++) trialPoint[k] = point[k]! + step * direction[k]!;
    trialValue = model.valueAndGradient(trialPoint, trialGradient);
    trialSlope = model.kernels.dot(size, trialGradient, 0, direction, 0);
    iterate.evaluations++;
  }

  function accept(iterate: Iterate): boolean {
    iterate.point.set(trialPoint);
    iterate.gradient.set(trialGradient);
    iterate.value = trialValue;
    iterate.gradientNorm = Math.sqrt(iterate.model.kernels.dot(size, trialGradient, 0, trialGradient, 0));
    return true;
  }

  return {
    search(iterate, direction, slope, step, noise) {
      const start = iterate.value;
      const ceiling = start + noise;
      const isAccepted = (at: number): boolean => {
        if (!(trialSlope >= FLATNESS * slope)) return false;
        if (trialValue <= start + DECREASE * at * slope) return true;
        return trialValue <= ceiling && trialSlope <= (2 * DECREASE - 1) * slope;
      };
      // Invariant of the bracket: φ(low) ≤ ceiling and φ′(low) < 0; at `high` φ turns up (φ′ ≥ 0) or is too large.
      let low = 0;
      let lowSlope = slope;
      let high = Infinity;
      let highSlope = NaN;
      let width = Infinity;
      let at = step;
      for (let trial = 0; trial < MAXIMUM_TRIALS; trial++) {
        evaluateAt(iterate, direction, at);
        if (isAccepted(at)) return accept(iterate);
        // Written so that a NaN value or slope counts as too high.
        if (trialSlope < 0 && trialValue <= ceiling) {
          low = at;
          lowSlope = trialSlope;
        } else {
          high = at;
          highSlope = trialSlope >= 0 && trialValue <= ceiling ? trialSlope : NaN;
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
}
