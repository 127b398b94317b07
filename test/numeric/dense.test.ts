import { expect, test } from 'vitest';
import { InternalError } from '../../src/errors.js';
import {
  nuclearNorm, orthogonalTriangular, randomOrthonormalFrame, singularDecomposition, singularValues, symmetricEigen,
} from '../../src/numeric/dense.js';
import { createStream } from '../../src/numeric/random.js';

const stream = createStream('dense');
const random = (length: number): Float64Array => stream.fillNormal(new Float64Array(length), 1);
const close = (actual: ArrayLike<number>, expected: readonly number[], error: number): void => {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, k) => expect(Math.abs(actual[k]! - value)).toBeLessThanOrEqual(error));
};

test('eigenvalues of aI + bJ, ascending, at every scale', () => {
  for (const scale of [1e-300, 1e-12, 1, 1e12, 1e300]) {
    const matrix = Float64Array.from({ length: 25 }, (_, k) => scale * ((k % 6 === 0 ? 2 : 0) - 0.5));
    close(symmetricEigen(5, matrix).values.map((value) => value / scale), [-0.5, 2, 2, 2, 2], 1e-14);
  }
});

test('a one-ulp asymmetry does no harm', () => {
  const ones = new Float64Array(400).fill(1);
  ones[1] = 1 + 2 ** -52;
  const { values } = symmetricEigen(20, ones);
  close(values, [...new Array<number>(19).fill(0), 20], 1e-13);
});

test('singular values of wide, tall, zero and rank-one matrices', () => {
  close(singularValues(2, 3, Float64Array.of(3, 0, 0, 0, 0, -4)), [4, 3], 1e-15);
  close(singularValues(3, 2, Float64Array.of(3, 0, 0, -4, 0, 0)), [4, 3], 1e-15);
  close(singularValues(2, 2, new Float64Array(4)), [0, 0], 0);
  close(singularValues(3, 4, new Float64Array(12).fill(2)), [2 * Math.sqrt(12), 0, 0], 1e-14);
  expect(nuclearNorm(2, 3, Float64Array.of(3, 0, 0, 0, 0, -4))).toBeCloseTo(7, 14);
});

test('an SVD gives back the matrix', () => {
  for (const [rows, cols] of [[1, 1], [2, 7], [7, 2], [5, 5]] as const) {
    const a = random(rows * cols);
    const { left, values, right } = singularDecomposition(rows, cols, a);
    const rank = values.length;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++) {
        const sum = values.reduce((s, value, k) => s + left[i * rank + k]! * value * right[j * rank + k]!, 0);
        expect(Math.abs(sum - a[i * cols + j]!)).toBeLessThan(1e-14);
      }
    }
  }
});

test('QR has a non-negative diagonal, and random frames are orthonormal to 2e-15', () => {
  const { triangular } = orthogonalTriangular(4, 3, random(12));
  expect([triangular[0]! >= 0, triangular[4]! >= 0, triangular[8]! >= 0]).toEqual([true, true, true]);
  expect([triangular[3], triangular[6], triangular[7]]).toEqual([0, 0, 0]);
  for (const [rows, cols] of [[1, 1], [5, 5], [9, 4], [30, 10]] as const) {
    const frame = randomOrthonormalFrame(stream, rows, cols);
    for (let p = 0; p < cols; p++) {
      for (let q = 0; q < cols; q++) {
        let sum = 0;
        for (let i = 0; i < rows; i++) sum += frame[i * cols + p]! * frame[i * cols + q]!;
        expect(Math.abs(sum - (p === q ? 1 : 0))).toBeLessThan(2e-15);
      }
    }
  }
});

test('frames are uniform: the mean of R_11² is 1/rows and of R_11 zero', () => {
  const draws = Array.from({ length: 2000 }, () => randomOrthonormalFrame(stream, 3, 3)[0]!);
  const mean = (x: number[]): number => x.reduce((sum, value) => sum + value, 0) / x.length;
  expect(Math.abs(mean(draws))).toBeLessThan(0.06);
  expect(Math.abs(mean(draws.map((x) => x * x)) - 1 / 3)).toBeLessThan(0.03);
});

test.each([NaN, Infinity])('%s is refused before ml-matrix can hang on it', (bad) => {
  const matrix = Float64Array.of(1, 0, 0, 0, bad, 0, 0, 0, 1);
  expect(() => symmetricEigen(3, matrix)).toThrow(InternalError);
  expect(() => singularValues(3, 3, matrix)).toThrow(InternalError);
  expect(() => orthogonalTriangular(3, 3, matrix)).toThrow(InternalError);
});

test('wrong shapes are refused', () => {
  expect(() => symmetricEigen(2, new Float64Array(3))).toThrow(InternalError);
  expect(() => orthogonalTriangular(2, 3, new Float64Array(6))).toThrow(InternalError);
});
