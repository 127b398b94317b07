/**
 * Truncated conjugate gradients for the Newton equation Hp = −g, with Hessian–vector products only.
 *
 * At the minimizers of a UFM the Hessian is singular (the minimizers form a manifold) and has about ten distinct
 * eigenvalues. Neither hurts: the gradient is orthogonal to the kernel to first order, so the iterates never see it,
 * and the number of steps is the number of distinct eigenvalues.
 */
import type { Model } from '../../model/model.js';
import type { Iterate } from './iterate.js';
import { workspaceOf } from './workspace.js';

/** What the equation gave. */
export interface NewtonDirection {
  /** The step p; a live buffer, overwritten by the next call. */
  readonly step: Float64Array;
  /**
   * Set when a direction of negative curvature was met; a live buffer as well. `step` then is what was solved before,
   * often all that matters: off a manifold of minimizers by ε, its tangents bend down by the order of ε.
   */
  readonly negative: Float64Array | undefined;
}

/** (iterate, tolerance, maximumSteps): stops when ‖Hp + g‖ ≤ tolerance·‖g‖ or at curvature that is not positive. */
export type NewtonSolver = (iterate: Iterate, tolerance: number, maximumSteps: number) => NewtonDirection;

/** Curvature below this times the largest seen is rounding: neither divided by nor called negative. */
const CURVATURE_NOISE = 1e-13;

/** A solver on the workspaces of a model. */
export function createNewtonSolver(model: Model): NewtonSolver {
  const { size, kernels } = model;
  const [step, residual, direction, image] = workspaceOf(model, 'newton', 4) as [
    Float64Array, Float64Array, Float64Array, Float64Array,
  ];

  return (iterate, tolerance, maximumSteps) => {
    const { point, gradient } = iterate;
    step.fill(0);
    kernels.scale(size, -1, gradient, 0, residual, 0);
    direction.set(residual);
    let squared = kernels.dot(size, residual, 0, residual, 0);
    const target = tolerance ** 2 * squared;
    let largest = 0;
    for (let iteration = 0; iteration < maximumSteps && squared > target; iteration++) {
      model.hessianVector(point, direction, image);
      iterate.evaluations++;
      const bend = kernels.dot(size, direction, 0, image, 0);
      const length = kernels.dot(size, direction, 0, direction, 0);
      largest = Math.max(largest, Math.sqrt(kernels.dot(size, image, 0, image, 0) / length));
      if (bend < -CURVATURE_NOISE * largest * length) return { step, negative: direction };
      if (!(bend > CURVATURE_NOISE * largest * length)) break;
      const amount = squared / bend;
      kernels.axpy(size, amount, direction, 0, step, 0);
      kernels.axpy(size, -amount, image, 0, residual, 0);
      const next = kernels.dot(size, residual, 0, residual, 0);
      const ratio = next / squared;
      kernels.addScaled(size, residual, ratio, direction, direction);
      squared = next;
    }
    return { step, negative: undefined };
  };
}
