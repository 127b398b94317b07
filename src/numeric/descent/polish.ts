/**
 * Newton–CG on the gradient: the last digits, where f itself no longer changes.
 *
 * The Newton system is solved by conjugate gradients from Hessian–vector products, which stays in the range of a singular
 * positive semidefinite Hessian, as at the Morse–Bott minimizers here. A step is kept only if it shrinks the gradient and
 * does not raise f beyond rounding. Where minimizers are degenerate (growth of fourth order at c = 1) the iteration is
 * linear with factor 2/3, and step lengths up to 3 repair that.
 */
import { type Objective, type Stage, addScaled, dot, norm, step } from './objective.js';

export interface PolishOptions {
  readonly iterations: number;
  readonly gradientTolerance: number;
}

/** Directions p with pᵀ∇²f p below this fraction of ‖∇²f p‖‖p‖ end the inner iteration. */
const FLAT = 1e-14;

/** Residual reduction of one inner solve. Solving further would chase the rounding noise of g in the null space of ∇²f. */
const INNER = 1e-4;

/** Approximately solves ∇²f p = −g; returns the number of Hessian–vector products. */
const newtonDirection = (
  objective: Objective,
  point: Float64Array,
  gradient: Float64Array,
  p: Float64Array,
  work: { r: Float64Array; q: Float64Array; image: Float64Array },
): number => {
  const { r, q, image } = work;
  p.fill(0);
  for (let k = 0; k < r.length; k++) {
    r[k] = -gradient[k]!;
    q[k] = r[k]!;
  }
  let rho = dot(r, r);
  const target = rho * INNER * INNER;
  const most = Math.min(2 * objective.size, 400);
  let products = 0;
  while (products < most && rho > target) {
    objective.hessianVector(point, q, image);
    products += 1;
    const curvature = dot(q, image);
    if (curvature <= FLAT * norm(q) * norm(image)) {
      if (products === 1) p.set(q);
      break;
    }
    const alpha = rho / curvature;
    addScaled(p, alpha, q);
    addScaled(r, -alpha, image);
    const next = dot(r, r);
    for (let k = 0; k < q.length; k++) q[k] = r[k]! + (next / rho) * q[k]!;
    rho = next;
  }
  return products;
};

const LENGTHS = [3, 1, 0.5, 0.25, 0.0625];

/** Shrinks the gradient until the tolerance, or until no step length helps. */
export const polish = (objective: Objective, from: Stage, options: PolishOptions): Stage => {
  const { size } = objective;
  const work = { r: new Float64Array(size), q: new Float64Array(size), image: new Float64Array(size) };
  const direction = new Float64Array(size);
  let { point, gradient, value, gradientNorm } = { ...from, point: from.point.slice(), gradient: from.gradient.slice() };
  let trial = new Float64Array(size);
  let trialGradient = new Float64Array(size);
  let best = new Float64Array(size);
  let bestGradient = new Float64Array(size);
  let iterations = 0;
  let evaluations = 0;
  while (iterations < options.iterations && gradientNorm > options.gradientTolerance) {
    evaluations += newtonDirection(objective, point, gradient, direction, work);
    const noise = objective.valueRoundingError(point);
    let bestNorm = gradientNorm;
    let bestValue = value;
    for (const length of LENGTHS) {
      step(point, length, direction, trial);
      const trialValue = objective.valueAndGradient(trial, trialGradient);
      evaluations += 1;
      const trialNorm = norm(trialGradient);
      if (trialNorm < bestNorm && trialValue <= value + noise) {
        [best, trial] = [trial, best];
        [bestGradient, trialGradient] = [trialGradient, bestGradient];
        bestNorm = trialNorm;
        bestValue = trialValue;
      } else if (bestNorm < gradientNorm) {
        break;
      }
    }
    if (!(bestNorm < 0.9 * gradientNorm)) break;
    [point, best] = [best, point];
    [gradient, bestGradient] = [bestGradient, gradient];
    value = bestValue;
    gradientNorm = bestNorm;
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
