import { expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { clarkeStationarity } from '../../src/model/clarke.js';
import { activePattern, directionalDerivative, nearestKink, preActivations } from '../../src/model/kinks.js';
import { createStream } from '../../src/numeric/random.js';
import { randomModel, randomPoint, twoLayers } from './instances.js';

test('linear models have no kinks', () => {
  const model = twoLayers('linear', 2, 1, 3, [0.1, 0.1, 0.1]);
  const point = randomPoint(createStream('smooth'), model);
  expect(preActivations(model, point)).toEqual([]);
  expect(nearestKink(model, point)).toBe(Infinity);
  expect(() => clarkeStationarity(model, point, 0)).toThrow(UsageError);
});

test('pre-activations keep their signs in every layer, and the pattern is where they are positive', () => {
  const stream = createStream('signs');
  for (let trial = 0; trial < 100; trial++) {
    const model = randomModel(stream);
    const { layers, activation } = model.spec;
    const point = randomPoint(stream, model);
    const hidden = preActivations(model, point);
    expect(hidden).toHaveLength(activation === 'relu' ? layers - 1 : 0);
    let input = model.view(point, layers === 1 ? 'H' : 'H1');
    for (const { layer, rows, cols, values, nearest } of hidden) {
      const weight = model.view(point, `W${layer}`);
      const inner = weight.length / rows;
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < cols; j++) {
          let sum = 0;
          for (let k = 0; k < inner; k++) sum += weight[i * inner + k]! * input[k * cols + j]!;
          expect(values[i * cols + j]).toBe(sum);
          expect(nearest).toBeLessThanOrEqual(Math.abs(sum));
        }
      }
      input = values.map((z) => Math.max(z, 0));
      expect([...activePattern(model, point)[layer - 1]!]).toEqual([...values].map((z) => (z > 0 ? 1 : 0)));
    }
  }
});

test('the one-sided derivative is the slope of a short step, at smooth points and at kinks', () => {
  for (let trial = 0; trial < 100; trial++) {
    const stream = createStream('one-sided', trial);
    const model = twoLayers('relu', 3, 2, 4, [0.1, 0.05, 0.2]);
    const point = randomPoint(stream, model, 0.5);
    // Half of the trials on kinks: a unit whose weights vanish, and a sample whose features do.
    if (trial % 2 === 0) {
      model.view(point, 'W1').fill(0, 0, 4);
      for (let p = 0; p < 4; p++) model.view(point, 'H1')[p * 6] = 0;
      expect(nearestKink(model, point)).toBe(0);
    }
    const direction = randomPoint(stream, model, 1);
    const step = 1e-7;
    const ahead = point.map((x, k) => x + step * direction[k]!);
    const slope = directionalDerivative(model, point, direction);
    expect(Math.abs((model.value(ahead) - model.value(point)) / step - slope)).toBeLessThan(1e-4);
    if (trial % 2 === 1) {
      const gradient = new Float64Array(model.size);
      model.valueAndGradient(point, gradient);
      expect(slope).toBeCloseTo(gradient.reduce((sum, g, k) => sum + g * direction[k]!, 0), 12);
    }
  }
});

/** THEORY.md 4.9, K = 3, n = 1, d = 3, V_0 = I: every pre-activation off the diagonal is exactly zero. */
function frame(): { model: ReturnType<typeof twoLayers>; point: Float64Array } {
  const model = twoLayers('relu', 3, 1, 3, [1 / 16, 1 / 16, 1 / 9]);
  const point = new Float64Array(model.size);
  for (const [name, entry] of [['W2', 1], ['W1', 1], ['H1', 0.75]] as const) {
    for (let i = 0; i < 3; i++) model.view(point, name)[4 * i] = entry;
  }
  return { model, point };
}

test('the frame of Theorem 4.2 sits on kinks and is Clarke stationary for every mask', () => {
  const { model, point } = frame();
  expect(nearestKink(model, point)).toBe(0);
  const found = clarkeStationarity(model, point, 0);
  expect(found.freeEntries).toBe(6);
  expect(found.distance).toBeLessThan(1e-15);
  expect(model.value(point)).toBeCloseTo(5 / 16, 15);
});

test('free masks never do worse, and the two bounds pinch', () => {
  const model = twoLayers('relu', 2, 1, 2, [0.1, 0.1, 0.1]);
  const stream = createStream('fractional');
  for (let trial = 0; trial < 30; trial++) {
    const point = randomPoint(stream, model);
    const [best, all] = [0, 10].map((tolerance) => clarkeStationarity(model, point, tolerance));
    const gradient = new Float64Array(model.size);
    model.valueAndGradient(point, gradient);
    // No entry free: the gradient itself. All free: no more than any other mask, and the bounds pinch.
    expect(best!.distance).toBeCloseTo(Math.hypot(...gradient), 12);
    expect(best!.lowerBound).toBe(best!.distance);
    expect(all!.distance).toBeLessThanOrEqual(best!.distance);
    expect(all!.distance - all!.lowerBound).toBeLessThan(1e-6);
    expect(all!.lowerBound).toBeLessThanOrEqual(all!.distance);
    expect(all!.mask.every((entry) => entry >= 0 && entry <= 1)).toBe(true);
  }
});
