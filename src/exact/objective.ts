/**
 * The regularised mean-squared-error objective of unconstrained features models, evaluated exactly and naively:
 *
 *   f = 1/(2N)·‖W_L σ(… σ(W_1 H)) + b1ᵀ − Y‖² + Σ_l (λ_l/2)‖W_l‖² + (λ_H/2)‖H‖² + (λ_b/2)‖b‖²
 *
 * (Tirer & Bruna 2022, problems of Theorems 3.1, 3.2, 4.1 and 4.2). It shares no code with the numerical models, so
 * that agreement between the two means something.
 */
import { ExactError } from './error.js';
import * as matrix from './matrix.js';
import type { ExactMatrix } from './matrix.js';
import * as scalar from './rational.js';
import type { Rational } from './rational.js';

/** One objective of the family: its sizes and its regularisation, all exact. */
export interface ExactProblem {
  /** L ≥ 1, the number of weight matrices. */
  readonly layers: number;
  /** σ, which acts between layers only; without effect for L = 1. */
  readonly activation: 'linear' | 'relu';
  /** No bias; a free bias, which is not regularised; or a bias with λ_b. */
  readonly bias: 'none' | 'free' | 'ridge';
  /** The number of classes. */
  readonly K: number;
  /** d_1..d_L: H is d_1 × N, W_l is d_{l+1} × d_l, and W_L is K × d_L. */
  readonly widths: readonly number[];
  /** n_1..n_K, with sum N; the columns of H are class-major: n_1 samples of class 1, then n_2 of class 2, … */
  readonly classSizes: readonly number[];
  /** λ ≥ 0 of every block by its name; `b` has one only where the bias is ridge. */
  readonly lambda: Readonly<Record<string, Rational>>;
}

/**
 * A matrix for every block. The blocks are named `W`, `H` for L = 1 and `W{L}`, …, `W1`, `H1` for L ≥ 2; with a
 * bias there is also `b`, a K × 1 column.
 */
export type ExactPoint = Readonly<Record<string, ExactMatrix>>;

/** The size of a block. */
export interface ExactShape {
  readonly rows: number;
  readonly cols: number;
}

/**
 * Y, K × N: the column of a sample is the unit vector of its class. For equal class sizes n this is I_K ⊗ 1_nᵀ.
 *
 * @throws {ExactError} if the problem is malformed
 */
export function exactLabels(problem: ExactProblem): ExactMatrix {
  requireProblem(problem);
  const classes = problem.classSizes.flatMap((size, index) => Array.from({ length: size }, () => index));
  const empty = matrix.zeros(problem.K, classes.length);
  return matrix.map(empty, (_, row, col) => (classes[col] === row ? scalar.ONE : scalar.ZERO));
}

/**
 * The shape of every block, in the order W_L, …, W_1, H and then b if there is a bias.
 *
 * @throws {ExactError} if the problem is malformed
 */
export function exactBlockShapes(problem: ExactProblem): Readonly<Record<string, ExactShape>> {
  requireProblem(problem);
  return shapesOf(problem);
}

/**
 * f at the point.
 *
 * @throws {ExactError} if the problem is malformed, or the point has not exactly its blocks with their shapes
 */
export function exactValue(problem: ExactProblem, point: ExactPoint): Rational {
  requirePoint(problem, point);
  const { error } = forward(problem, point);
  let twice = scalar.divide(matrix.normSquared(error), sampleCount(problem));
  for (const name of Object.keys(shapesOf(problem))) {
    twice = scalar.add(twice, scalar.multiply(lambdaOf(problem, name), matrix.normSquared(point[name])));
  }
  return scalar.divide(twice, scalar.rational(2));
}

/**
 * The partial gradients of f by block. With A_0 = H, X_l = W_l A_{l−1}, A_l = σ(X_l) and the residual
 * E = X_L + b1ᵀ − Y, the chain rule runs backwards from G_L = E/N:
 *
 *   ∇_{W_l} = G_l A_{l−1}ᵀ + λ_l W_l,   G_{l−1} = D_{l−1} ∘ (W_lᵀ G_l),   ∇_H = G_0 + λ_H H,   ∇_b = E1/N + λ_b b
 *
 * where D_l = σ'(X_l) for 1 ≤ l < L, and D_0 = 1.
 *
 * If no entry of a pre-activation X_l is 0 (see {@link exactPreActivations}), or σ is linear, this is the gradient.
 * At a kink, an entry that is exactly 0, ReLU has no derivative and `maskAtZero` ∈ [0, 1] stands in D for it. Clarke's
 * subdifferential of f is contained in the convex hull of what these formulas give when every such entry has its
 * own mask in [0, 1]; the containment may be strict. So the result at a kink is a candidate, not a gradient:
 * a zero result for one mask proves no stationarity, and neither do zero results for masks 0 and 1, because
 * contributions of several entries may cancel. If W_lᵀ G_l is 0 at every kink, D does not matter there, the set of
 * candidates is a single one, and f is differentiable with that gradient.
 *
 * @param maskAtZero σ'(0); 0 if left out
 * @throws {ExactError} if the problem is malformed, the point does not fit it, or maskAtZero is outside [0, 1]
 */
export function exactGradient(
  problem: ExactProblem,
  point: ExactPoint,
  maskAtZero: Rational = scalar.ZERO,
): ExactPoint {
  requirePoint(problem, point);
  if (scalar.sign(maskAtZero) < 0 || scalar.compare(maskAtZero, scalar.ONE) > 0) {
    throw new ExactError(`the mask at zero must lie between 0 and 1, not at ${scalar.format(maskAtZero)}`);
  }
  const { inputs, preActivations, error } = forward(problem, point);
  const withRegularisation = (name: string, gradient: ExactMatrix): ExactMatrix =>
    matrix.add(gradient, matrix.scale(lambdaOf(problem, name), point[name]));

  const gradient: Record<string, ExactMatrix> = {};
  const scaledError = matrix.scale(scalar.inverse(sampleCount(problem)), error);
  let backward = scaledError;
  for (let layer = problem.layers; layer >= 1; layer -= 1) {
    const name = weightName(problem, layer);
    gradient[name] = withRegularisation(name, matrix.multiply(backward, matrix.transpose(inputs[layer - 1])));
    backward = matrix.multiply(matrix.transpose(point[name]), backward);
    if (layer > 1 && problem.activation === 'relu') {
      backward = masked(backward, preActivations[layer - 2], maskAtZero);
    }
  }
  gradient[featureName(problem)] = withRegularisation(featureName(problem), backward);
  if (problem.bias !== 'none') {
    gradient['b'] = withRegularisation('b', matrix.multiply(scaledError, matrix.ones(error.cols, 1)));
  }
  return gradient;
}

/**
 * X_1, …, X_{L−1}, the matrices that σ acts on: X_l = W_l σ(… σ(W_1 H)), of shape d_{l+1} × N. Empty for L = 1.
 * With ReLU, f is smooth near the point if none of them has an entry 0.
 *
 * @throws {ExactError} if the problem is malformed or the point does not fit it
 */
export function exactPreActivations(problem: ExactProblem, point: ExactPoint): readonly ExactMatrix[] {
  requirePoint(problem, point);
  return forward(problem, point).preActivations;
}

/** The forward pass: A_0..A_{L−1}, X_1..X_{L−1} and E = W_L A_{L−1} + b1ᵀ − Y. */
interface Forward {
  readonly inputs: readonly ExactMatrix[];
  readonly preActivations: readonly ExactMatrix[];
  readonly error: ExactMatrix;
}

function forward(problem: ExactProblem, point: ExactPoint): Forward {
  const inputs = [point[featureName(problem)]];
  const preActivations: ExactMatrix[] = [];
  for (let layer = 1; layer < problem.layers; layer += 1) {
    const preActivation = matrix.multiply(point[weightName(problem, layer)], inputs[layer - 1]);
    preActivations.push(preActivation);
    inputs.push(problem.activation === 'relu' ? matrix.relu(preActivation) : preActivation);
  }
  let output = matrix.multiply(point[weightName(problem, problem.layers)], inputs[problem.layers - 1]);
  if (problem.bias !== 'none') {
    output = matrix.add(output, matrix.multiply(point['b'], matrix.ones(1, output.cols)));
  }
  return { inputs, preActivations, error: matrix.subtract(output, exactLabels(problem)) };
}

/** D ∘ values with D = 1 where the pre-activation is positive, 0 where it is negative, maskAtZero where it is 0. */
function masked(values: ExactMatrix, preActivation: ExactMatrix, maskAtZero: Rational): ExactMatrix {
  return matrix.map(values, (value, row, col) => {
    const side = scalar.sign(matrix.entry(preActivation, row, col));
    if (side === 0) return scalar.multiply(maskAtZero, value);
    return side > 0 ? value : scalar.ZERO;
  });
}

/** N, as a rational. */
function sampleCount(problem: ExactProblem): Rational {
  return scalar.rational(problem.classSizes.reduce((sum, size) => sum + size, 0));
}

/** λ of a block; that of a free bias is 0. */
function lambdaOf(problem: ExactProblem, name: string): Rational {
  return name === 'b' && problem.bias === 'free' ? scalar.ZERO : problem.lambda[name];
}

function weightName(problem: ExactProblem, layer: number): string {
  return problem.layers === 1 ? 'W' : `W${layer}`;
}

function featureName(problem: ExactProblem): string {
  return problem.layers === 1 ? 'H' : 'H1';
}

function shapesOf(problem: ExactProblem): Readonly<Record<string, ExactShape>> {
  const { K, layers, widths, classSizes } = problem;
  const shapes: Record<string, ExactShape> = {};
  for (let layer = layers; layer >= 1; layer -= 1) {
    const rows = layer === layers ? K : widths[layer];
    shapes[weightName(problem, layer)] = { rows, cols: widths[layer - 1] };
  }
  shapes[featureName(problem)] = { rows: widths[0], cols: classSizes.reduce((sum, size) => sum + size, 0) };
  if (problem.bias !== 'none') shapes['b'] = { rows: K, cols: 1 };
  return shapes;
}

function requireProblem(problem: ExactProblem): void {
  const { layers, activation, bias, K, widths, classSizes, lambda } = problem;
  requirePositiveInteger('the number of layers', layers);
  requirePositiveInteger('K', K);
  if (!['linear', 'relu'].includes(activation)) {
    throw new ExactError(`the activation must be linear or relu, not ${activation}`);
  }
  if (!['none', 'free', 'ridge'].includes(bias)) {
    throw new ExactError(`the bias must be none, free or ridge, not ${bias}`);
  }
  if (widths.length !== layers) {
    throw new ExactError(`${layers} layers need as many widths, not ${widths.length}`);
  }
  if (classSizes.length !== K) throw new ExactError(`${K} classes need as many class sizes, not ${classSizes.length}`);
  for (const width of widths) requirePositiveInteger('a width', width);
  for (const size of classSizes) requirePositiveInteger('a class size', size);

  const names = Object.keys(shapesOf(problem)).filter((name) => name !== 'b' || bias === 'ridge');
  for (const name of names) {
    if (!Object.hasOwn(lambda, name)) throw new ExactError(`the problem has no lambda for the block ${name}`);
    if (scalar.sign(lambda[name]) < 0) {
      throw new ExactError(`the lambda of the block ${name} is negative: ${scalar.format(lambda[name])}`);
    }
  }
  const stray = Object.keys(lambda).find((name) => !names.includes(name));
  if (stray !== undefined) throw new ExactError(`the problem has no regularised block ${stray}`);
}

function requirePoint(problem: ExactProblem, point: ExactPoint): void {
  requireProblem(problem);
  const shapes = shapesOf(problem);
  for (const [name, { rows, cols }] of Object.entries(shapes)) {
    if (!Object.hasOwn(point, name)) throw new ExactError(`the point has no block ${name}`);
    const block = point[name];
    if (block.rows !== rows || block.cols !== cols || block.entries.length !== rows * cols) {
      throw new ExactError(`the block ${name} must be ${rows} x ${cols}, not ${block.rows} x ${block.cols}`);
    }
  }
  const stray = Object.keys(point).find((name) => !Object.hasOwn(shapes, name));
  if (stray !== undefined) throw new ExactError(`the problem has no block ${stray}`);
}

function requirePositiveInteger(what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new ExactError(`${what} must be a positive integer, not ${value}`);
  }
}
