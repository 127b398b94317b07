import { expect, test } from 'vitest';
import { createStream } from '../../src/numeric/random.js';
import { norm, randomModel, randomPoint, singleLayer } from './instances.js';
import { dual, plain, referenceGradient } from './reference.js';

test('value, gradient and Hessian product agree with the formula in nested loops', () => {
  for (let trial = 0; trial < 300; trial++) {
    const stream = createStream('model', trial);
    const model = randomModel(stream);
    const point = randomPoint(stream, model);
    const direction = randomPoint(stream, model);
    const N = model.sampleCount;
    const expected = referenceGradient(model, [...point], plain);
    const gradient = new Float64Array(model.size).fill(NaN);
    const value = model.valueAndGradient(point, gradient);
    expect(model.value(point)).toBe(value);
    expect(Math.abs(value - expected.value / (2 * N))).toBeLessThanOrEqual(1e-14 * value);
    expect(norm(gradient.map((g, k) => g - expected.gradient[k]! / N))).toBeLessThanOrEqual(1e-13 * norm(gradient));

    const duals = [...point].map((x, k) => ({ value: x, tangent: direction[k]! }));
    const tangents = referenceGradient(model, duals, dual).gradient.map((g) => g.tangent / N);
    const product = new Float64Array(model.size).fill(NaN);
    model.hessianVector(point, direction, product);
    expect(norm(product.map((h, k) => h - tangents[k]!))).toBeLessThanOrEqual(1e-13 * norm(tangents));
  }
});

test('gradient and Hessian product agree with central differences', () => {
  for (let trial = 0; trial < 100; trial++) {
    const stream = createStream('differences', trial);
    const model = randomModel(stream);
    const point = randomPoint(stream, model, 0.7);
    const direction = randomPoint(stream, model);
    const step = 1e-5 / norm(direction);
    const [ahead, behind] = [step, -step].map((t) => point.map((x, k) => x + t * direction[k]!));
    const gradients = [point, ahead!, behind!].map((at) => {
      const gradient = new Float64Array(model.size);
      model.valueAndGradient(at, gradient);
      return gradient;
    });
    const slope = gradients[0]!.reduce((sum, g, k) => sum + g * direction[k]!, 0);
    const scale = norm(gradients[0]!) * norm(direction);
    expect(Math.abs((model.value(ahead!) - model.value(behind!)) / (2 * step) - slope)).toBeLessThan(1e-4 * scale);
    const product = new Float64Array(model.size);
    model.hessianVector(point, direction, product);
    const error = norm(product.map((h, k) => h - (gradients[1]![k]! - gradients[2]![k]!) / (2 * step)));
    expect(error).toBeLessThan(1e-3 * norm(product));
  }
});

test('a NaN in the point shows in the value', () => {
  const stream = createStream('nan');
  for (let trial = 0; trial < 30; trial++) {
    const model = randomModel(stream);
    const point = randomPoint(stream, model);
    point[stream.integer(0, model.size - 1)] = NaN;
    expect(model.value(point)).toBeNaN();
  }
});

test('a call leaves its inputs alone, and calls do not disturb one another', () => {
  const stream = createStream('purity');
  const model = randomModel(stream);
  const [x, y, v] = [randomPoint(stream, model), randomPoint(stream, model), randomPoint(stream, model)];
  const copies = [x, y, v].map((array) => array.slice());
  const gradient = new Float64Array(model.size);
  const first = model.valueAndGradient(x, gradient);
  const kept = gradient.slice();
  model.hessianVector(y, v, new Float64Array(model.size));
  model.gradientRoundingError(y);
  model.gradientSensitivity(y, 1e-8);
  expect(model.valueAndGradient(x, gradient)).toBe(first);
  expect(gradient).toEqual(kept);
  expect([x, y, v]).toEqual(copies);
});

test('value and gradient do not allocate', () => {
  const model = singleLayer(4, 5, 8, 0.01, 0.02);
  const stream = createStream('allocation');
  const point = randomPoint(stream, model);
  const gradient = new Float64Array(model.size);
  const run = (calls: number): number => {
    const before = process.memoryUsage().heapUsed;
    for (let call = 0; call < calls; call++) {
      model.valueAndGradient(point, gradient);
      model.hessianVector(point, point, gradient);
    }
    return process.memoryUsage().heapUsed - before;
  };
  run(20_000);
  // One array object for each call would take 10 MB; boxed results of unoptimised code take far less. The least of
  // three runs, since a collection or another thread of the test runner may fall into any one of them.
  expect(Math.min(run(50_000), run(50_000), run(50_000))).toBeLessThan(4e6);
});
