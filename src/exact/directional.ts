/**
 * Exact directional derivatives of the objective (`objective.ts`): how f(θ + tv) begins for small t > 0.
 *
 * Along the line, A_l = A_l0 + t·A_l1 + t²·A_l2 + …, and each layer acts on these coefficients: a product by Leibniz'
 * rule, and σ by keeping those entries whose pre-activation is positive for small t > 0.
 */
import { ExactError } from './error.js';
import * as matrix from './matrix.js';
import type { ExactMatrix } from './matrix.js';
import { exactBlockShapes, exactLabels, exactPreActivations } from './objective.js';
import type { ExactPoint, ExactProblem } from './objective.js';
import * as scalar from './rational.js';
import type { Rational } from './rational.js';

/**
 * The one-sided derivative f'(θ; v) = lim (f(θ + tv) − f(θ))/t for t ↓ 0. With ReLU it exists at every point, also at
 * kinks; where f is differentiable it is ⟨∇f, v⟩.
 *
 * @throws {ExactError} if the problem is malformed, or point or direction do not fit it
 */
export function directionalDerivative(problem: ExactProblem, point: ExactPoint, direction: ExactPoint): Rational {
  const [error, change] = alongLine(problem, point, direction);
  const fit = scalar.divide(matrix.innerProduct(error, change), sampleCount(problem));
  return scalar.add(fit, regularisation(problem, point, direction));
}

/**
 * vᵀ∇²f v, the second derivative of f(θ + tv) at t = 0.
 *
 * @throws {ExactError} as above, or if an entry that ReLU acts on is 0: there f has no second derivative in general
 */
export function curvatureAlong(problem: ExactProblem, point: ExactPoint, direction: ExactPoint): Rational {
  const kink = problem.activation === 'relu' && exactPreActivations(problem, point).some(hasZero);
  if (kink) throw new ExactError('the point lies on a kink of ReLU, where the objective has no curvature');
  const [error, first, second] = alongLine(problem, point, direction);
  const doubled = scalar.multiply(scalar.rational(2), matrix.innerProduct(error, second));
  const fit = scalar.divide(scalar.add(matrix.normSquared(first), doubled), sampleCount(problem));
  return scalar.add(fit, regularisation(problem, direction, direction));
}

/** E_0, E_1, E_2 of the residual E = W_L A_{L−1} + b1ᵀ − Y along the line. */
function alongLine(
  problem: ExactProblem,
  point: ExactPoint,
  direction: ExactPoint,
): readonly [ExactMatrix, ExactMatrix, ExactMatrix] {
  // These also require that point and direction fit the problem.
  exactPreActivations(problem, point);
  exactPreActivations(problem, direction);
  const { layers } = problem;
  const feature = layers === 1 ? 'H' : 'H1';
  let zeroth = point[feature];
  let first = direction[feature];
  let second = matrix.zeros(zeroth.rows, zeroth.cols);
  for (let layer = 1; layer <= layers; layer += 1) {
    const name = layers === 1 ? 'W' : `W${layer}`;
    const weight = point[name];
    const change = direction[name];
    second = matrix.add(matrix.multiply(change, first), matrix.multiply(weight, second));
    first = matrix.add(matrix.multiply(change, zeroth), matrix.multiply(weight, first));
    zeroth = matrix.multiply(weight, zeroth);
    if (layer < layers && problem.activation === 'relu') {
      const mask = positiveSoon(zeroth, first, second);
      [zeroth, first, second] = [zeroth, first, second].map((each) =>
        matrix.map(each, (value, row, col) => scalar.multiply(value, matrix.entry(mask, row, col))),
      );
    }
  }
  if (problem.bias !== 'none') {
    const row = matrix.ones(1, zeroth.cols);
    zeroth = matrix.add(zeroth, matrix.multiply(point['b'], row));
    first = matrix.add(first, matrix.multiply(direction['b'], row));
  }
  return [matrix.subtract(zeroth, exactLabels(problem)), first, second];
}

/** 1 where x_0 + t·x_1 + t²·x_2 > 0 for all small t > 0, else 0: the first non-zero coefficient decides. */
function positiveSoon(zeroth: ExactMatrix, first: ExactMatrix, second: ExactMatrix): ExactMatrix {
  return matrix.map(zeroth, (value, row, col) => {
    const coefficients = [value, matrix.entry(first, row, col), matrix.entry(second, row, col)];
    const leading = coefficients.find((each) => !scalar.isZero(each)) ?? scalar.ZERO;
    return scalar.sign(leading) > 0 ? scalar.ONE : scalar.ZERO;
  });
}

/** Σ λ ⟨left, right⟩ over the regularised blocks. */
function regularisation(problem: ExactProblem, left: ExactPoint, right: ExactPoint): Rational {
  return Object.keys(exactBlockShapes(problem))
    .filter((name) => Object.hasOwn(problem.lambda, name))
    .map((name) => scalar.multiply(problem.lambda[name], matrix.innerProduct(left[name], right[name])))
    .reduce(scalar.add);
}

function hasZero(values: ExactMatrix): boolean {
  return values.entries.some(scalar.isZero);
}

function sampleCount(problem: ExactProblem): Rational {
  return scalar.rational(problem.classSizes.reduce((sum, size) => sum + size, 0));
}
