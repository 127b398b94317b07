import { expect, test } from 'vitest';
import { exactMatrix } from '../../src/exact/matrix.js';
import { exactGradient, exactValue } from '../../src/exact/objective.js';
import type { ExactPoint, ExactProblem } from '../../src/exact/objective.js';
import * as Q from '../../src/exact/rational.js';
import { createModel, type Model } from '../../src/model/model.js';
import { createStream } from '../../src/numeric/random.js';
import { norm, randomModel, randomPoint } from './instances.js';

/** The same problem for the exact evaluator, which shares no code with the model. */
function exactProblem({ instance }: Model): ExactProblem {
  const { spec, K, widths, classSizes, lambda } = instance;
  const exactly = Object.entries(lambda).map(([name, value]) => [name, Q.fromNumber(value)]);
  return { ...spec, K, widths, classSizes, lambda: Object.fromEntries(exactly) as ExactProblem['lambda'] };
}

function exactPoint({ blocks }: Model, point: Float64Array): ExactPoint {
  return Object.fromEntries(blocks.map(({ name, rows, cols, offset, length }) => {
    const entries = Array.from(point.subarray(offset, offset + length), Q.fromNumber);
    return [name, exactMatrix(rows, cols, entries)];
  }));
}

/** computed − exact, rounded once. */
function difference(computed: number, exact: Q.Rational): number {
  return Q.toNumber(Q.subtract(Q.fromNumber(computed), exact));
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

test('value and gradient are those of the exact objective, within bounds that hold and are not loose', () => {
  const looseness: { value: number[]; gradient: number[] } = { value: [], gradient: [] };
  const seen = new Set<string>();
  for (let trial = 0; trial < 80; trial++) {
    const stream = createStream('exact', trial);
    const model = randomModel(stream, 3);
    const point = randomPoint(stream, model, 10 ** (-1.5 + 2.5 * stream.uniform()));
    const [problem, place] = [exactProblem(model), exactPoint(model, point)];
    // Pre-activations are exactly 0 above a layer that is off altogether; there both sides take the mask 0.
    const gradient = new Float64Array(model.size);
    const value = model.valueAndGradient(point, gradient);
    const valueError = Math.abs(difference(value, exactValue(problem, place)));
    const exact = exactGradient(problem, place);
    const gradientError = norm(model.blocks.flatMap(({ name, offset, length }) =>
      Array.from({ length }, (_, k) => difference(gradient[offset + k], exact[name].entries[k]))));
    const [valueBound, gradientBound] = [model.valueRoundingError(point), model.gradientRoundingError(point)];
    expect(valueError).toBeLessThanOrEqual(valueBound);
    expect(gradientError).toBeLessThanOrEqual(gradientBound);
    if (valueError > 0) looseness.value.push(valueBound / valueError);
    if (gradientError > 0) looseness.gradient.push(gradientBound / gradientError);
    seen.add(`${model.spec.layers} ${model.spec.activation} ${model.spec.bias}`);
  }
  // Every depth, activation and kind of bias occurred, most of them in combination.
  expect(seen.size).toBeGreaterThan(18);
  // Measured: 47 for the value and 24 for the gradient.
  expect(geometricMean(looseness.value)).toBeLessThan(100);
  expect(geometricMean(looseness.gradient)).toBeLessThan(50);
});

test('the bounds hold far from the origin and close to it', () => {
  for (const scale of [1e-8, 1e-4, 1e3, 1e6]) {
    for (let trial = 0; trial < 6; trial++) {
      const stream = createStream('scales', scale, trial);
      const model = randomModel(stream, 2);
      const point = randomPoint(stream, model, scale);
      const [problem, place] = [exactProblem(model), exactPoint(model, point)];
      expect(Math.abs(difference(model.value(point), exactValue(problem, place))))
        .toBeLessThanOrEqual(model.valueRoundingError(point));
    }
  }
});

test('the bounds are nearly attained when all roundings go one way', () => {
  const d = 30;
  const model = createModel({
    spec: { layers: 1, activation: 'linear', bias: 'none' },
    K: 2, widths: [d], classSizes: [1, 1], lambda: { W: 1e-9, H: 1e-9 },
  });
  // Every entry of WH sums 1 and 29 numbers just above half an ulp of 1, each of which rounds up.
  const point = new Float64Array(model.size).fill(1);
  model.view(point, 'W').fill(2 ** -53 * 1.01);
  for (const row of [0, 1]) model.view(point, 'W')[row * d] = 1;
  const [problem, place] = [exactProblem(model), exactPoint(model, point)];
  const gradient = new Float64Array(model.size);
  const valueError = Math.abs(difference(model.valueAndGradient(point, gradient), exactValue(problem, place)));
  const exact = exactGradient(problem, place);
  const gradientError = norm(model.blocks.flatMap(({ name, offset, length }) =>
    Array.from({ length }, (_, k) => difference(gradient[offset + k], exact[name].entries[k]))));
  for (const [error, bound] of [
    [valueError, model.valueRoundingError(point)], [gradientError, model.gradientRoundingError(point)],
  ]) {
    expect(error).toBeLessThanOrEqual(bound);
    expect(error).toBeGreaterThan(0.5 * bound);
  }
});
