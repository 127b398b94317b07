import { expect, test } from 'vitest';
import { createStream } from '../../src/numeric/random.js';

test('streams do not disturb one another: interleaved or one after the other, the numbers are the same', () => {
  const alone = ['a', 'b', 'c'].map((name) => createStream(3, name).fillNormal(new Float64Array(20), 1));
  const streams = ['c', 'a', 'b'].map((name) => createStream(3, name));
  const together = streams.map(() => new Float64Array(20));
  for (let k = 0; k < 20; k++) streams.forEach((stream, which) => (together[which][k] = stream.normal()));
  expect(together).toEqual([alone[2], alone[0], alone[1]]);
});

test('within one stream, kinds of draws advance it alike on every run', () => {
  const mixed = (): number[] => {
    const stream = createStream('mixed');
    return Array.from({ length: 30 }, (_, k) =>
      k % 3 === 0 ? stream.uniform() : k % 3 === 1 ? stream.normal() : stream.integer(0, 1000));
  };
  expect(mixed()).toEqual(mixed());
});

test('the first four moments of a long stream are those of its law', () => {
  const count = 100_000;
  const stream = createStream('moments');
  const normals = stream.fillNormal(new Float64Array(count), 1);
  const uniforms = Float64Array.from({ length: count }, () => stream.uniform());
  const moment = (x: Float64Array, power: number): number => x.reduce((sum, value) => sum + value ** power, 0) / count;
  // Five standard errors: the variance of x^p is E x^{2p} − (E x^p)².
  const doubleFactorial = (p: number): number => (p <= 1 ? 1 : p * doubleFactorial(p - 2));
  for (const p of [1, 2, 3, 4]) {
    const mean = p % 2 === 0 ? doubleFactorial(p - 1) : 0;
    const error = Math.sqrt((doubleFactorial(2 * p - 1) - mean ** 2) / count);
    expect(Math.abs(moment(normals, p) - mean)).toBeLessThan(5 * error);
    const spread = Math.sqrt((1 / (2 * p + 1) - 1 / (p + 1) ** 2) / count);
    expect(Math.abs(moment(uniforms, p) - 1 / (p + 1))).toBeLessThan(5 * spread);
  }
  expect(Math.min(...uniforms.subarray(0, 50_000))).toBeGreaterThanOrEqual(0);
  expect(Math.max(...uniforms.subarray(0, 50_000))).toBeLessThan(1);
});

test('the tails of normal draws are neither cut off nor fat', () => {
  const normals = createStream('tails').fillNormal(new Float64Array(200_000), 1);
  const beyond = (limit: number): number => normals.reduce((count, x) => count + (Math.abs(x) > limit ? 1 : 0), 0);
  // P(|x| > 3) = 0.0026998, P(|x| > 4) = 6.334e-5.
  expect(Math.abs(beyond(3) - 540)).toBeLessThan(5 * Math.sqrt(540));
  expect(Math.abs(beyond(4) - 12.7)).toBeLessThan(5 * Math.sqrt(12.7));
});
