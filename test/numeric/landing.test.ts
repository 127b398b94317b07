import { expect, test } from 'vitest';
import { descend, type DescentOptions } from '../../src/numeric/descent/descend.js';
import { createStream } from '../../src/numeric/random.js';
import { randomPoint } from '../model/instances.js';
import { doubleTruth, singleTruth } from './truths.js';

/** c from far below the threshold to above it, on it and just beside it. */
const TARGETS = [0.05, 0.4, 0.9, 0.999, 1, 1.001, 2];

function run(method: 'lbfgs' | 'gradient', scale: number, trial: number, maximumIterations?: number) {
  const stream = createStream('landing', method, scale, trial);
  const truth = singleTruth(stream, TARGETS[stream.integer(0, TARGETS.length - 1)], 6);
  const start = randomPoint(stream, truth.model, scale);
  const limit = maximumIterations === undefined ? {} : { maximumIterations };
  const result = descend(truth.model, start, { method, ...limit });
  return { result, gap: result.value - truth.minimum, noise: truth.model.valueRoundingError(result.point) };
}

// Measured over 200 runs of each: lbfgs 200, gradient descent 160 of 160 from scales up to 1.
test.each([['lbfgs', 40, [1e-6, 1e-3, 1e-1, 1, 10]], ['gradient', 6, [1e-6, 1e-3, 1e-1, 1]]] as const)(
  '%s reaches the minimum of one layer in every one of %d runs from each scale of start',
  (method, trials, scales) => {
    for (const scale of scales) {
      for (let trial = 0; trial < trials; trial++) {
        const { result, gap, noise } = run(method, scale, trial);
        expect(result.reason).toBe('second-order-stationary');
        expect(Math.abs(gap)).toBeLessThanOrEqual(2 * noise);
      }
    }
  },
);

test('a fixed step fitted to a distant start is too short for the rest of the way, which is then finished', () => {
  let exhausted = 0;
  for (let trial = 0; trial < 24; trial++) {
    const { result, gap, noise } = run('gradient', 10, trial, 2_000);
    if (result.iterations > 2_000) exhausted += 1;
    expect(result.reason).toBe('second-order-stationary');
    expect(Math.abs(gap)).toBeLessThanOrEqual(2 * noise);
  }
  expect(exhausted).toBeGreaterThan(5);
});

test('two layers with K ≤ 2: no descent ends below the least of the known values, linear or ReLU', () => {
  // For ReLU this is the original Theorem 4.2, true for K ≤ 2 and d ≥ K, and the value proved for K = 2, d = 1.
  let atLeast = 0;
  for (let trial = 0; trial < 120; trial++) {
    const stream = createStream('floor', trial);
    const activation = trial % 2 === 0 ? 'relu' : 'linear';
    const { model, K, values } = doubleTruth(stream, activation);
    if (K > 2) continue;
    const floor = Math.min(...values);
    const result = descend(model, randomPoint(stream, model, 10 ** (-1 + 1.5 * stream.uniform())));
    expect(result.value).toBeGreaterThanOrEqual(floor - model.valueRoundingError(result.point) - 1e-15);
    expect(result.gradientNorm).toBeLessThan(1e-6);
    if (result.value - floor < 1e-9) atLeast += 1;
  }
  expect(atLeast).toBeGreaterThan(10);
});

test('the same start and key give the same bytes; a run does not depend on those before it', () => {
  const options: DescentOptions = { key: ['replay', 1] };
  const bytes = (trial: number): string => {
    const stream = createStream('bytes', trial);
    const { model } = singleTruth(stream, 0.7);
    const { point, value, gradientNorm } = descend(model, randomPoint(stream, model), options);
    return Buffer.from(point.buffer).toString('hex') + value.toString() + gradientNorm.toString();
  };
  const forwards = [0, 1, 2, 3].map(bytes);
  const backwards = [3, 2, 1, 0].map(bytes).reverse();
  expect(backwards).toEqual(forwards);
});

test('huge starts end finite or say that they diverged, and never in a NaN', () => {
  for (const scale of [1e8, 1e30, 1e75, 1e76, 1e100, 1e153, 1e154, 1e300]) {
    for (const method of ['lbfgs', 'gradient'] as const) {
      const stream = createStream('huge', scale, method);
      const { model } = singleTruth(stream, 0.5, 2);
      const start = randomPoint(stream, model, scale);
      const result = descend(model, start, { method, maximumIterations: 3000 });
      expect(result.point.every(Number.isFinite)).toBe(true);
      if (Number.isFinite(result.value)) expect(result.value).toBeLessThanOrEqual(model.value(start));
      else expect(result.reason).toBe('diverged');
      if (!Number.isFinite(result.gradientNorm)) expect(result.reason).toBe('diverged');
    }
  }
});
