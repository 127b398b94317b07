/** Problems, points and certificates from short texts, for the tests of this folder. */
import type { Certificate, ClaimedForm, ClaimedModel } from '../../../src/exact/certificate/schema.js';
import { greatestBoundOverForm } from '../../../src/exact/certificate/write.js';
import { fromStrings, map, transpose, zeros } from '../../../src/exact/matrix.js';
import type { ExactMatrix } from '../../../src/exact/matrix.js';
import { exactBlockShapes, exactValue } from '../../../src/exact/objective.js';
import type { ExactPoint, ExactProblem } from '../../../src/exact/objective.js';
import { divide, parseRational, rational, subtract, ZERO } from '../../../src/exact/rational.js';
import type { Rational } from '../../../src/exact/rational.js';

export const ONE_LAYER: ClaimedModel = { layers: 1, activation: 'linear', bias: 'none' };
export const WITH_FREE_BIAS: ClaimedModel = { layers: 1, activation: 'linear', bias: 'free' };
export const WITH_RIDGE_BIAS: ClaimedModel = { layers: 1, activation: 'linear', bias: 'ridge' };
export const TWO_LINEAR_LAYERS: ClaimedModel = { layers: 2, activation: 'linear', bias: 'none' };
export const RELU: ClaimedModel = { layers: 2, activation: 'relu', bias: 'none' };

/** A problem; λ's as text in the order W, H or W2, W1, H1, and then b. */
export function problemOf(model: ClaimedModel, K: number, n: number, d: number, lambdas: string): ExactProblem {
  const names = [...(model.layers === 1 ? ['W', 'H'] : ['W2', 'W1', 'H1']), ...(model.bias === 'ridge' ? ['b'] : [])];
  const values = lambdas.split(' ').map(parseRational);
  return {
    ...model,
    K,
    widths: Array.from({ length: model.layers }, () => d),
    classSizes: Array.from({ length: K }, () => n),
    lambda: Object.fromEntries(names.map((name, index) => [name, values[index]!])),
  };
}

/** A matrix from text such as '1 0; 0 1/2'. */
export function matrixOf(text: string): ExactMatrix {
  return fromStrings(text.split('; ').map((row) => row.split(' ')));
}

/** value · I. */
export function diagonal(size: number, value: string): ExactMatrix {
  return map(zeros(size, size), (_, row, col) => (row === col ? parseRational(value) : ZERO));
}

/** A point from the corners of its blocks: zeros fill up the rest, and a column of features is repeated n times. */
export function pointOf(problem: ExactProblem, corners: Readonly<Record<string, ExactMatrix>>): ExactPoint {
  const perClass = problem.classSizes[0]!;
  return Object.fromEntries(
    Object.entries(exactBlockShapes(problem)).map(([name, { rows, cols }]) => {
      const corner = corners[name] ?? zeros(1, 1);
      const times = name.startsWith('H') ? perClass : 1;
      const entry = (row: number, col: number): Rational =>
        row < corner.rows && col < corner.cols ? corner.entries[row * corner.cols + col]! : ZERO;
      return [name, map(zeros(rows, cols), (_, row, col) => entry(row, Math.floor(col / times)))];
    }),
  );
}

export const common = { theorem: 'test', revision: 'original', provenance: new Map() };

export function figures(value: Rational, bound: Rational): Pick<Certificate, 'value' | 'bound' | 'margin'> {
  return { value, bound, margin: subtract(bound, value) };
}

/** A certificate `beaten` with a good bound, true or not. */
export function beaten(
  model: ClaimedModel,
  form: ClaimedForm,
  problem: ExactProblem,
  point: ExactPoint,
): Certificate {
  const bound = greatestBoundOverForm(form, problem, 40);
  const claim = { model, ...form };
  return { ...common, violation: 'beaten', claim, problem, point, ...figures(exactValue(problem, point), bound) };
}

/** A certificate `wrong-form`, true or not. */
export function wrongForm(
  model: ClaimedModel,
  form: ClaimedForm,
  problem: ExactProblem,
  point: ExactPoint,
  reference: ExactPoint,
): Certificate {
  const claim = { model, ...form };
  const both = figures(exactValue(problem, point), exactValue(problem, reference));
  return { ...common, violation: 'wrong-form', claim, problem, point, reference, ...both };
}

const RELU_ROWS = matrixOf('3 1; 1 3; -2 2; -3 -1; -1 -3; 2 -2');
const FEATURES = matrixOf('2 -1 -3 -2 1 3; 2 3 1 -2 -3 -1');
const OUTPUT = ['682/2275', '682/2275', '-24/325', '32/2275', '32/2275', '-24/325'].map(parseRational);

/**
 * Six classes as in the committed files, with pre-activations 2/3 · circ(1, 0, −1, −1, 0, 1) of rank 2, and beside them
 * K − 6 classes that keep to the claim, with pre-activation 1 and output weight 1/2; λ_{W1} and λ_{W2} are such that
 * κ = factor/16.
 */
export function sixClassesAndMore(
  K: number,
  n: number,
  d: number,
  factor: string,
): { readonly problem: ExactProblem; readonly point: ExactPoint } {
  const bare = problemOf(RELU, K, n, d, `1/${K} 1/${3 * K} 1`);
  const lambdaH = divide(parseRational(factor), rational(16 * K * n, 3));
  const problem = { ...bare, lambda: { ...bare.lambda, H1: lambdaH } };
  const corner = (matrix: ExactMatrix, divisor: number, row: number, col: number): Rational | undefined =>
    row < matrix.rows && col < matrix.cols
      ? divide(matrix.entries[row * matrix.cols + col]!, rational(divisor))
      : undefined;
  /** Entry (row, col) of a block whose extra classes sit at (k, k − 4), 6 ≤ k < K. */
  const extra = (row: number, col: number, value: Rational): Rational =>
    row >= 6 && row < K && col === row - 4 ? value : ZERO;
  const blocks = {
    W2: map(zeros(K, d), (_, row, col) => {
      if (row < 6 && col < 6) return OUTPUT[(col - row + 6) % 6]!;
      return row >= 6 && row === col ? rational(1, 2) : ZERO;
    }),
    W1: map(zeros(d, d), (_, row, col) => corner(RELU_ROWS, 4, row, col) ?? extra(row, col, rational(7, 8))),
    H1: map(zeros(d, K), (_, row, col) => corner(FEATURES, 3, row, col) ?? extra(col, row, rational(8, 7))),
  };
  return { problem, point: pointOf(problem, blocks) };
}

/** Subsets of 0 … m − 1 of a size, in order. */
const subsetsOf = (m: number, size: number, from = 0): number[][] =>
  size === 0
    ? [[]]
    : Array.from({ length: m - from }, (_, k) => from + k).flatMap((first) =>
        subsetsOf(m, size - 1, first + 1).map((rest) => [first, ...rest]),
      );

/**
 * The pairs of six points as classes, their triples as units: U (20 × 6) is 1 inside of a triple and −1 outside, V
 * (6 × 15) is 2 on a pair and −1 elsewhere. U V is a multiple of 1, 0, −1 for two, one or no common point.
 */
export function pairsByTriples(): { readonly U: ExactMatrix; readonly V: ExactMatrix } {
  const rowsOf = (sets: readonly number[][], inside: string, outside: string): string[][] =>
    sets.map((set) => Array.from({ length: 6 }, (_, point) => (set.includes(point) ? inside : outside)));
  return {
    U: fromStrings(rowsOf(subsetsOf(6, 3), '1', '-1')),
    V: transpose(fromStrings(rowsOf(subsetsOf(6, 2), '2', '-1'))),
  };
}

/** A certificate for all λ with the figures given. */
export function parametric(
  form: ClaimedForm,
  { U, V }: { readonly U: ExactMatrix; readonly V: ExactMatrix },
  value: Rational,
): Certificate {
  const [K, d] = [V.cols, U.rows];
  const claim = { model: RELU, ...form };
  return { ...common, violation: 'parametric', claim, K, d, U, V, ...figures(value, rational(K ** 3)) };
}
