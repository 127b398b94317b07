import { expect, test } from 'vitest';
import { InternalError } from '../../src/errors.js';
import { createStream } from '../../src/numeric/random.js';

const draw = (...key: (string | number)[]): number[] => {
  const stream = createStream(...key);
  return Array.from({ length: 8 }, () => stream.uniform());
};

test('a stream is a function of its key alone', () => {
  expect(draw(7, 'descents', 3)).toEqual(draw(7, 'descents', 3));
});

test('the draws are pinned, so that a seed printed by one version replays in the next', () => {
  expect(draw(7, 'descents', 3).slice(0, 2)).toEqual([0.6839201976961893, 0.7635194546498929]);
});

test('different keys give different streams; 1 is not "1", and ("a", "b") is not ("ab")', () => {
  const keys: (string | number)[][] = [
    [1], ['1'], ['a', 'b'], ['ab'], ['a,b'], [1, 2], [1200], [], [0], [-1], [2 ** 40],
  ];
  for (let seed = 2; seed < 300; seed++) keys.push([seed], ['seed', seed], [seed, 'seed']);
  const firsts = keys.map((key) => draw(...key)[0]);
  expect(new Set(firsts).size).toBe(keys.length);
});

test('neighbouring seeds are uncorrelated, uniform and normal', () => {
  const count = 4000;
  const first = Array.from({ length: count }, (_, seed) => createStream(seed).uniform());
  const normals = Array.from({ length: count }, (_, seed) => createStream('normal', seed).normal());
  const mean = (x: number[]): number => x.reduce((sum, value) => sum + value, 0) / x.length;
  expect(Math.abs(mean(first) - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / count));
  expect(Math.abs(mean(normals))).toBeLessThan(4 / Math.sqrt(count));
  expect(Math.abs(mean(normals.map((x) => x * x)) - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
  const lag = first.slice(1).map((x, k) => (x - 0.5) * (first[k]! - 0.5));
  expect(Math.abs(mean(lag))).toBeLessThan(4 / 12 / Math.sqrt(count));
});

test('integers cover their range, both ends included', () => {
  const stream = createStream('integers');
  const seen = new Set(Array.from({ length: 200 }, () => stream.integer(-2, 3)));
  expect([...seen].sort((x, y) => x - y)).toEqual([-2, -1, 0, 1, 2, 3]);
  expect(() => stream.integer(2, 1)).toThrow(InternalError);
  expect(() => stream.integer(0.5, 1)).toThrow(InternalError);
  expect(() => createStream(NaN)).toThrow(InternalError);
});

test('fillNormal scales', () => {
  const unit = createStream('fill').fillNormal(new Float64Array(5), 1);
  const tiny = createStream('fill').fillNormal(new Float64Array(5), 1e-3);
  expect([...tiny]).toEqual([...unit].map((x) => 1e-3 * x));
});
