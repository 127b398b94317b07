/**
 * Plain gradient descent with a fixed step, as in the paper: x ← x − t∇f(x).
 *
 * The step is 1/ℓ for an estimate ℓ of the local Lipschitz constant of ∇f, and is halved for good whenever a step
 * fails f(x − t∇f) ≤ f(x) − (t/2)‖∇f‖², which t ≤ 1/ℓ guarantees; after finitely many halvings it never changes.
 */
import type { Iterate, StageEnd } from './iterate.js';
import { onWorkspaces } from './workspace.js';

/** When to stop, and the step. */
export interface GradientDescentOptions {
  readonly gradientTolerance: number;
  readonly maximumIterations: number;
  /** A fixed step to begin with; estimated from two gradients when absent. */
  readonly step?: number;
}

/** Descends until the gradient norm is at most the tolerance. Allocates once for each model, nothing in the loop. */
export function gradientDescent(iterate: Iterate, options: GradientDescentOptions): StageEnd {
  return onWorkspaces(iterate, 'gradient', 2, (inner, vectors) =>
    run(inner, options, vectors as [Float64Array, Float64Array]));
}

function run(
  iterate: Iterate, options: GradientDescentOptions, [trialPoint, trialGradient]: [Float64Array, Float64Array],
): StageEnd {
  const { model, point, gradient } = iterate;
  const { size, kernels } = model;
  if (!Number.isFinite(iterate.gradientNorm)) return 'diverged';
  const noise = model.valueRoundingError(point);
  let step = options.step ?? estimateStep();

  /** 1/ℓ from the change of the gradient over a short trial step along it. */
  function estimateStep(): number {
    if (iterate.gradientNorm === 0) return 1;
    const length = (1e-4 * (1 + Math.sqrt(kernels.dot(size, point, 0, point, 0)))) / iterate.gradientNorm;
    trialPoint.set(point);
    kernels.axpy(size, -length, gradient, 0, trialPoint, 0);
    model.valueAndGradient(trialPoint, trialGradient);
    iterate.evaluations++;
    kernels.axpy(size, -1, gradient, 0, trialGradient, 0);
    const change = Math.sqrt(kernels.dot(size, trialGradient, 0, trialGradient, 0));
    // At most 1/max λ: the ridge alone bends that much, even where the data term looks flat.
    const lipschitz = Math.max(change / (length * iterate.gradientNorm), ...model.layout.ridge);
    return 1 / lipschitz;
  }

  for (let iteration = 0; ; iteration++) {
    if (iterate.gradientNorm <= options.gradientTolerance) return 'converged';
    if (iteration >= options.maximumIterations) return 'iteration-limit';
    for (;;) {
      kernels.addScaled(size, point, -step, gradient, trialPoint);
      const value = model.valueAndGradient(trialPoint, trialGradient);
      iterate.evaluations++;
      // Written so that NaN fails.
      if (value <= iterate.value - 0.5 * step * iterate.gradientNorm ** 2 + noise) {
        iterate.value = value;
        break;
      }
      step *= 0.5;
      if (!(step * iterate.gradientNorm > 0)) return 'stalled';
    }
    point.set(trialPoint);
    gradient.set(trialGradient);
    iterate.gradientNorm = Math.sqrt(kernels.dot(size, gradient, 0, gradient, 0));
    iterate.iterations++;
  }
}
