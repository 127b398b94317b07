/** Plain gradient descent with a fixed step, the method of the paper's own experiments. */
import { type Objective, type Stage, norm, step } from './objective.js';

export interface GradientDescentOptions {
  readonly iterations: number;
  /** Stop below this gradient norm. */
  readonly gradientTolerance: number;
}

/** Largest |eigenvalue| of the Hessian at the point, by a few power iterations from the gradient. */
const curvatureScale = (objective: Objective, { point, gradient }: Stage): number => {
  let direction = gradient.slice();
  let image = new Float64Array(objective.size);
  let scale = 0;
  for (let k = 0; k < 6; k++) {
    const length = norm(direction);
    if (length === 0) break;
    for (let i = 0; i < direction.length; i++) direction[i]! /= length;
    objective.hessianVector(point, direction, image);
    scale = Math.max(scale, norm(image));
    [direction, image] = [image, direction];
  }
  return scale;
};

/** x ← x − η∇f(x) with η = 1/‖∇²f‖ at the start, halved for good whenever a step would increase f. */
export const gradientDescent = (objective: Objective, from: Stage, options: GradientDescentOptions): Stage => {
  const scale = curvatureScale(objective, from);
  let rate = scale > 0 ? 1 / scale : 1;
  let point = from.point.slice();
  let gradient = from.gradient.slice();
  let next = new Float64Array(objective.size);
  let nextGradient = new Float64Array(objective.size);
  let value = from.value;
  let iterations = 0;
  let evaluations = 0;
  while (iterations < options.iterations) {
    step(point, -rate, gradient, next);
    const nextValue = objective.valueAndGradient(next, nextGradient);
    evaluations += 1;
    if (!(nextValue <= value)) {
      rate /= 2;
      if (rate < 1e-12) break;
      continue;
    }
    iterations += 1;
    [point, next] = [next, point];
    [gradient, nextGradient] = [nextGradient, gradient];
    value = nextValue;
    if (iterations % 16 === 0 && norm(gradient) <= options.gradientTolerance) break;
  }
  return {
    point,
    gradient,
    value,
    gradientNorm: norm(gradient),
    iterations: from.iterations + iterations,
    evaluations: from.evaluations + evaluations,
  };
};
