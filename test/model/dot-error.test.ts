import { expect, test } from 'vitest';
import * as Q from '../../src/exact/rational.js';
import { portableKernels as kernels } from '../../src/model/kernels.js';
import { roundingFactor } from '../../src/model/rounding.js';
import { createStream } from '../../src/numeric/random.js';

/** The exact Σ x_k y_k and Σ |x_k y_k|. */
function exactDot(x: Float64Array, y: Float64Array): { sum: Q.Rational; magnitude: Q.Rational } {
  let [sum, magnitude] = [Q.ZERO, Q.ZERO];
  x.forEach((value, k) => {
    const product = Q.multiply(Q.fromNumber(value), Q.fromNumber(y[k]));
    sum = Q.add(sum, product);
    magnitude = Q.add(magnitude, Q.absolute(product));
  });
  return { sum, magnitude };
}

const LENGTHS = [1, 2, 3, 5, 8, 13, 17, 31, 64, 127, 128, 129, 200, 257, 400];

test('|fl(dot) − dot| ≤ γ_m Σ|x y| with m = dotDepth, exactly, for vectors of every conditioning', () => {
  const stream = createStream('dot error');
  for (const length of LENGTHS) {
    for (let trial = 0; trial < 6; trial++) {
      const spread = 10 ** trial;
      const x = Float64Array.from({ length }, () => stream.normal() * spread ** stream.uniform());
      const y = Float64Array.from({ length }, (_, k) =>
        // Half of the trials cancel pairwise, so that the sum is much smaller than its terms.
        trial % 2 === 0 || k % 2 === 0 ? stream.normal() : -x[k - 1] / x[k]);
      const { sum, magnitude } = exactDot(x, y);
      const error = Q.absolute(Q.subtract(Q.fromNumber(kernels.dot(length, x, 0, y, 0)), sum));
      const bound = Q.multiply(Q.fromNumber(roundingFactor(kernels.dotDepth(length))), magnitude);
      expect(Q.compare(error, bound)).toBeLessThanOrEqual(0);
    }
  }
});

test('the bound grows with the logarithm of the length', () => {
  expect(kernels.dotDepth(1)).toBeLessThanOrEqual(8);
  expect(kernels.dotDepth(128)).toBeLessThanOrEqual(40);
  expect(kernels.dotDepth(2 ** 20) - kernels.dotDepth(2 ** 19)).toBe(1);
});

test.each([124, 128, 248, 496])('the bound is almost met when all roundings go one way: length %d', (length) => {
  // Just above half an ulp of 1: every addition to the lane that holds the 1 rounds up to a whole ulp.
  const x = new Float64Array(length).fill(2 ** -53 * 1.01);
  x[0] = 1;
  const ones = new Float64Array(length).fill(1);
  const { sum, magnitude } = exactDot(x, ones);
  const error = Math.abs(Q.toNumber(Q.subtract(Q.fromNumber(kernels.dot(length, x, 0, ones, 0)), sum)));
  const bound = roundingFactor(kernels.dotDepth(length)) * Q.toNumber(magnitude);
  expect(error).toBeLessThanOrEqual(bound);
  expect(error).toBeGreaterThan(0.75 * bound);
});
