import { expect, test } from 'vitest';
import { createModel, type Model } from '../../src/model/model.js';
import { createStream } from '../../src/numeric/random.js';
import { norm, randomModel, randomPoint, twoLayers } from './instances.js';
import { dyadic, dyadicToNumber, referenceGradient, type Dyadic } from './reference.js';

/** The exact |fl(f) − f| and ‖fl(∇f) − ∇f‖, by exact arithmetic on the doubles of the point. */
function exactErrors(model: Model, point: Float64Array): { value: number; gradient: number } {
  const N = model.sampleCount;
  const exact = referenceGradient(model, [...point].map((x) => dyadic.from(x)), dyadic);
  const gradient = new Float64Array(model.size);
  const value = model.valueAndGradient(point, gradient);
  const difference = (computed: number, scale: number, scaled: Dyadic): number => {
    const exactly = dyadic.multiply(dyadic.from(scale), dyadic.from(computed));
    return dyadicToNumber(dyadic.add(exactly, dyadic.multiply(dyadic.from(-1), scaled))) / scale;
  };
  return {
    value: Math.abs(difference(value, 2 * N, exact.value)),
    gradient: norm(gradient.map((g, k) => difference(g, N, exact.gradient[k]!))),
  };
}

test('the bounds hold at random points, and are within a factor 50 of the truth in half of the cases', () => {
  const looseness: number[] = [];
  for (let trial = 0; trial < 150; trial++) {
    const stream = createStream('rounding', trial);
    const model = randomModel(stream, 3);
    const point = randomPoint(stream, model, 10 ** (-2 + 3 * stream.uniform()));
    const error = exactErrors(model, point);
    const bound = model.gradientRoundingError(point);
    expect(error.value).toBeLessThanOrEqual(model.valueRoundingError(point));
    expect(error.gradient).toBeLessThanOrEqual(bound);
    expect(model.gradientRoundingError(point, 'computed')).toBeLessThanOrEqual(bound);
    looseness.push(bound / error.gradient);
    // As an absolute figure: a few hundred units of the size of f.
    expect(model.valueRoundingError(point)).toBeLessThan(200 * 2 ** -53 * scaleOf(model, point));
  }
  expect(looseness.sort((x, y) => x - y)[75]).toBeLessThan(50);
});

/** f of the absolute values with all signs adding up: what the rounding error is relative to. */
function scaleOf(model: Model, point: Float64Array): number {
  const magnitudes = point.map(Math.abs);
  return Math.max(1, 4 * model.value(magnitudes));
}

test('the bounds hold on a kink, where rounding decides the mask', () => {
  const model = twoLayers('relu', 2, 1, 2, [0.1, 0.1, 0.1]);
  // Z_11 = 0.1·3 − 0.3 is 0 in exact decimals, 5.6e-17 in doubles multiplied and added one after the other.
  const point = new Float64Array(model.size);
  model.view(point, 'W2').set([1, 0.5, -0.5, 1]);
  model.view(point, 'W1').set([0.1, -1, 1, 1]);
  model.view(point, 'H1').set([3, 1, 0.3, 1]);
  expect(exactErrors(model, point).gradient).toBeLessThanOrEqual(model.gradientRoundingError(point));
  expect(model.gradientRoundingError(point)).toBeGreaterThan(1e6 * model.gradientRoundingError(point, 'computed'));
});

test('zero has no rounding error in its gradient', () => {
  const model = twoLayers('relu', 3, 2, 4, [0.1, 0.2, 0.3]);
  expect(model.gradientRoundingError(new Float64Array(model.size))).toBe(0);
});

test('the gradient moves by no more than the sensitivity, for small and large perturbations', () => {
  for (let trial = 0; trial < 200; trial++) {
    const stream = createStream('sensitivity', trial);
    const model = randomModel(stream);
    const point = randomPoint(stream, model, 0.6);
    const relative = 10 ** (-8 + 8 * stream.uniform());
    const moved = point.slice();
    for (const { offset, length } of model.blocks) {
      const reach = relative * norm(point.subarray(offset, offset + length));
      for (let k = offset; k < offset + length; k++) moved[k]! += reach * (2 * stream.uniform() - 1);
    }
    const [before, after] = [point, moved].map((at) => {
      const gradient = new Float64Array(model.size);
      model.valueAndGradient(at, gradient);
      return gradient;
    });
    const change = norm(before!.map((g, k) => g - after![k]!));
    const rounding = model.gradientRoundingError(point) + model.gradientRoundingError(moved);
    expect(change).toBeLessThanOrEqual(model.gradientSensitivity(point, relative) + rounding);
  }
});

function gradientAt(model: Model, point: Float64Array): Float64Array {
  const gradient = new Float64Array(model.size);
  model.valueAndGradient(point, gradient);
  return gradient;
}

test('the sensitivity knows that a unit next to its kink may flip', () => {
  const model = twoLayers('relu', 2, 1, 2, [0.1, 0.1, 0.1]);
  const point = new Float64Array(model.size);
  model.view(point, 'W2').set([1, 0.5, -0.5, 1]);
  model.view(point, 'W1').set([1, -1, 1, 1]);
  model.view(point, 'H1').set([1, 1, 1, 2]);
  const moved = point.slice();
  moved[model.block('W1').offset]! += 1e-9;
  const [before, after] = [gradientAt(model, point), gradientAt(model, moved)];
  const change = norm(before.map((g, k) => g - after[k]!));
  expect(change).toBeGreaterThan(1e-3);
  expect(change).toBeLessThanOrEqual(model.gradientSensitivity(point, 1e-9));
});

test('the sensitivity knows that one bias moves every sample', () => {
  const model = createModel({
    spec: { layers: 1, activation: 'linear', bias: 'free' },
    K: 1, widths: [1], classSizes: [50], lambda: { W: 1e-3, H: 1e-3 },
  });
  const point = new Float64Array(model.size).fill(1e-6);
  model.view(point, 'b')[0] = 10;
  const moved = point.slice();
  moved[model.block('b').offset] = 10 + 10 * 1e-3;
  const [before, after] = [gradientAt(model, point), gradientAt(model, moved)];
  const change = norm(before.map((g, k) => g - after[k]!));
  expect(change).toBeGreaterThan(0.9e-2);
  expect(change).toBeLessThanOrEqual(model.gradientSensitivity(point, 1e-3));
});

test('the sensitivity to first order is linear, and not absurd', () => {
  const model = twoLayers('linear', 3, 2, 4, [0.1, 0.2, 0.3]);
  const point = randomPoint(createStream('linear'), model, 0.5);
  const small = model.gradientSensitivity(point, 1e-12);
  expect(model.gradientSensitivity(point, 2e-12) / small).toBeCloseTo(2, 6);
  expect(small).toBeLessThan(1e-12 * 1e3);
});
