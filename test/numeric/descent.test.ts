import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { descend, type DescentResult } from '../../src/numeric/descent/descend.js';
import { stationaryTolerance } from '../../src/numeric/descent/iterate.js';
import { createStream } from '../../src/numeric/random.js';
import { norm, randomPoint } from '../model/instances.js';
import { criticalPoint, doubleTruth, singleTruth, type SingleTruth } from './truths.js';

/** At the known minimum, within the rounding error of f; and what the result says can be recomputed. */
function expectMinimum({ model, minimum }: SingleTruth, result: DescentResult): void {
  const gradient = new Float64Array(model.size);
  expect(result.reason).toBe('second-order-stationary');
  expect(Math.abs(result.value - minimum)).toBeLessThanOrEqual(model.valueRoundingError(result.point));
  expect(model.valueAndGradient(result.point, gradient)).toBe(result.value);
  expect(norm(gradient)).toBeCloseTo(result.gradientNorm, 12);
  expect(result.gradientNorm).toBeLessThanOrEqual(stationaryTolerance(model, result.point));
}

describe('one layer', () => {
  test.each([0.02, 0.3, 0.9, 0.99, 0.999, 1, 1.001, 1.1, 3])('c = %d: every start ends at the minimum', (target) => {
    for (let trial = 0; trial < 60; trial++) {
      const stream = createStream('single', target, trial);
      const truth = singleTruth(stream, target);
      const start = randomPoint(stream, truth.model, 10 ** (-3 + 4 * stream.uniform()));
      expectMinimum(truth, descend(truth.model, start));
    }
  });

  test('λ down to 1e-4 and up to 1, drawn independently', () => {
    for (let trial = 0; trial < 100; trial++) {
      const stream = createStream('wide', trial);
      const truth = singleTruth(stream, 10 ** (-3 + 3 * stream.uniform()));
      const start = randomPoint(stream, truth.model);
      expectMinimum(truth, descend(truth.model, start));
    }
  });

  test('planted on every saddle, zero included, descents leave and end at the minimum', () => {
    for (let trial = 0; trial < 60; trial++) {
      const stream = createStream('planted', trial);
      const truth = singleTruth(stream, trial % 3 === 0 ? 0.999 : 0.05 + 0.9 * stream.uniform());
      for (let rank = 0; rank <= truth.K; rank++) {
        const result = descend(truth.model, criticalPoint(stream, truth, rank));
        expectMinimum(truth, result);
        if (rank < truth.K) expect(result.escapes).toBeGreaterThan(0);
        else expect(result.escapes).toBe(0);
      }
    }
  });

  test('without escapes a saddle is reported as stationary, with its known curvature', () => {
    const stream = createStream('no-escape');
    const truth = singleTruth(stream, 0.5);
    const { model, K, n, lambdaW, lambdaH } = truth;
    const result = descend(model, new Float64Array(model.size), { maximumEscapes: 0 });
    expect(result.reason).toBe('stationary');
    const root = Math.sqrt((lambdaW - lambdaH) ** 2 + 4 / (K * K * n));
    expect(result.lowestCurvature).toBeCloseTo((lambdaW + lambdaH - root) / 2, 10);
  });

  test('plain gradient descent, finished by the same polish', () => {
    for (let trial = 0; trial < 30; trial++) {
      const stream = createStream('gradient', trial);
      const truth = singleTruth(stream, [0.3, 0.8, 1, 1.5][trial % 4]!, 3);
      const start = randomPoint(stream, truth.model, 0.3);
      expectMinimum(truth, descend(truth.model, start, { method: 'gradient' }));
    }
  });
});

describe('two layers', () => {
  test('linear: every descent ends at the value of an all-z₊ partial frame, or at zero', () => {
    const seen = new Set<number>();
    for (let trial = 0; trial < 150; trial++) {
      const stream = createStream('double', trial);
      const { model, values } = doubleTruth(stream, 'linear');
      const start = randomPoint(stream, model, 10 ** (-1 + 1.5 * stream.uniform()));
      const result = descend(model, start);
      const rank = values.findIndex((v) => Math.abs(v - result.value) <= model.valueRoundingError(result.point));
      expect(rank).toBeGreaterThanOrEqual(0);
      expect(result.reason).toBe('second-order-stationary');
      seen.add(rank);
    }
    expect(seen.size).toBeGreaterThanOrEqual(4);
  });

  test('ReLU: whatever is called second-order stationary is, and most descents reach a partial frame or zero', () => {
    let atFrames = 0;
    for (let trial = 0; trial < 60; trial++) {
      const stream = createStream('rectified', trial);
      const { model, values } = doubleTruth(stream, 'relu');
      const result = descend(model, randomPoint(stream, model, 10 ** (-1 + 1.5 * stream.uniform())));
      expect(result.value).toBeLessThan(1);
      if (result.reason.endsWith('stationary')) {
        expect(result.gradientNorm).toBeLessThanOrEqual(stationaryTolerance(model, result.point));
      }
      if (values.some((value) => Math.abs(value - result.value) < 1e-9)) atFrames++;
    }
    expect(atFrames).toBeGreaterThan(45);
  });
});

test('a descent is a function of its arguments, and leaves its start alone', () => {
  const truth = singleTruth(createStream('twice'), 0.4);
  const start = randomPoint(createStream('start'), truth.model);
  const copy = start.slice();
  expect(descend(truth.model, start)).toEqual(descend(truth.model, start));
  expect(start).toEqual(copy);
});

test('starts that are not finite are refused; starts that overflow are returned as diverged', () => {
  const { model } = singleTruth(createStream('bad'), 0.4);
  expect(() => descend(model, new Float64Array(model.size).fill(NaN))).toThrow(UsageError);
  expect(() => descend(model, new Float64Array(model.size + 1))).toThrow(UsageError);
  const start = new Float64Array(model.size).fill(1e200);
  const result = descend(model, start);
  expect(result.reason).toBe('diverged');
  expect(result.point).toEqual(start);
});

test('a limit on iterations is kept and reported', () => {
  const { model } = singleTruth(createStream('limit'), 0.4);
  const start = randomPoint(createStream('limited'), model, 3);
  expect(descend(model, start, { maximumIterations: 1 }).reason).toBe('iteration-limit');
});
