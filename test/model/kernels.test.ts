import { expect, test } from 'vitest';
import { portableKernels as kernels } from '../../src/model/kernels.js';
import { createStream } from '../../src/numeric/random.js';

const stream = createStream('kernels');
const random = (length: number): Float64Array => stream.fillNormal(new Float64Array(length), 1);

/** Ascending k, multiplied then added, from zero: the order that the kernels promise. */
function naive(
  rows: number, inner: number, columns: number,
  a: (i: number, k: number) => number, b: (k: number, j: number) => number,
): number[] {
  return Array.from({ length: rows * columns }, (_, at) => {
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += a(Math.floor(at / columns), k) * b(k, at % columns);
    return sum;
  });
}

test('the three products have the bits of the naive loop for all shapes up to 9×9×9, with offsets', () => {
  for (let m = 1; m <= 9; m++) {
    for (let p = 1; p <= 9; p++) {
      for (let n = 1; n <= 9; n++) {
        const a = random(3 + m * p);
        const b = random(2 + p * n);
        const out = random(1 + m * n + 1);
        const before = out.slice();
        const plain = naive(m, p, n, (i, k) => a[3 + i * p + k]!, (k, j) => b[2 + k * n + j]!);
        const byTranspose = naive(m, p, n, (i, k) => a[3 + i * p + k]!, (k, j) => b[2 + j * p + k]!);
        const ofTranspose = naive(m, p, n, (i, k) => a[3 + k * m + i]!, (k, j) => b[2 + k * n + j]!);
        for (const [product, expected] of [
          [kernels.multiply, plain], [kernels.multiplyByTranspose, byTranspose],
          [kernels.transposeMultiply, ofTranspose],
        ] as const) {
          out.set(before);
          product(m, p, n, a, 3, b, 2, out, 1, false);
          expect([...out]).toEqual([before[0], ...expected, before.at(-1)]);
          out.set(before);
          product(m, p, n, a, 3, b, 2, out, 1, true);
          expect([...out]).toEqual([before[0], ...expected.map((sum, k) => before[k + 1]! + sum), before.at(-1)]);
        }
      }
    }
  }
});

test('dot runs in four lanes below 128 entries and in halves above', () => {
  for (const length of [0, 1, 3, 4, 7, 64, 127, 128]) {
    const x = random(length + 2);
    const y = random(length + 1);
    const lanes = [0, 0, 0, 0];
    let tail = 0;
    for (let k = 0; k < length; k++) {
      const product = x[2 + k]! * y[1 + k]!;
      if (k < length - (length % 4)) lanes[k % 4]! += product;
      else tail += product;
    }
    expect(kernels.dot(length, x, 2, y, 1)).toBe(lanes[0]! + lanes[2]! + (lanes[1]! + lanes[3]!) + tail);
  }
  const x = random(300);
  const halves = kernels.dot(148, x, 0, x, 0) + kernels.dot(152, x, 148, x, 148);
  expect(kernels.dot(300, x, 0, x, 0)).toBe(halves);
});

test('the depth of a dot bounds its error', () => {
  for (const length of [1, 5, 100, 1000, 5000]) {
    const ones = new Float64Array(length).fill(0.1);
    const error = Math.abs(kernels.dot(length, ones, 0, ones, 0) / (length * 0.1 * 0.1) - 1);
    expect(error).toBeLessThanOrEqual((kernels.dotDepth(length) + 4) * 2 ** -53);
    expect(kernels.dotDepth(length)).toBeLessThanOrEqual(45);
  }
});

test('axpy and scale touch their stretch only', () => {
  const y = Float64Array.of(1, 2, 3, 4);
  kernels.axpy(2, 10, Float64Array.of(7, 1, 2), 1, y, 1);
  expect([...y]).toEqual([1, 12, 23, 4]);
  kernels.scale(2, -1, y, 1, y, 1);
  expect([...y]).toEqual([1, -12, -23, 4]);
});
