import { expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { createModel } from '../../src/model/model.js';
import type { ModelInstance } from '../../src/model/spec.js';

const single: ModelInstance = {
  spec: { layers: 1, activation: 'linear', bias: 'ridge' },
  K: 3, widths: [5], classSizes: [1, 2, 3], lambda: { W: 0.1, H: 0.2, b: 0.3 },
};

test('one layer has blocks W, H, b, in that order and class-major', () => {
  const model = createModel(single);
  expect(model.blocks).toEqual([
    { name: 'W', rows: 3, cols: 5, offset: 0, length: 15 },
    { name: 'H', rows: 5, cols: 6, offset: 15, length: 30 },
    { name: 'b', rows: 3, cols: 1, offset: 45, length: 3 },
  ]);
  expect(model.size).toBe(48);
  expect([...model.labels]).toEqual([0, 1, 1, 2, 2, 2]);
});

test('several layers count down from W_L, each of them d_{l+1} × d_l', () => {
  const model = createModel({
    spec: { layers: 3, activation: 'relu', bias: 'none' },
    K: 2, widths: [4, 5, 6], classSizes: [2, 2], lambda: { W3: 1, W2: 1, W1: 1, H1: 1 },
  });
  expect(model.blocks.map(({ name, rows, cols }) => `${name} ${rows}×${cols}`)).toEqual(
    ['W3 2×6', 'W2 6×5', 'W1 5×4', 'H1 4×4'],
  );
  const point = Float64Array.from({ length: model.size }, (_, k) => k);
  model.view(point, 'W1')[0] = -1;
  expect(point[model.block('W1').offset]).toBe(-1);
  expect(() => model.block('W')).toThrow(UsageError);
});

test.each<[string, Partial<ModelInstance>]>([
  ['a fractional K', { K: 2.5 }],
  ['a zero width', { widths: [0] }],
  ['a missing width', { widths: [] }],
  ['a negative class size', { classSizes: [1, -2, 3] }],
  ['too few class sizes', { classSizes: [1, 2] }],
  ['no layers', { spec: { ...single.spec, layers: 0 } }],
  ['an unknown λ', { lambda: { W: 1, H: 1, b: 1, H1: 1 } }],
  ['a missing λ', { lambda: { W: 1, b: 1 } }],
  ['a zero λ', { lambda: { W: 0, H: 1, b: 1 } }],
  ['an infinite λ', { lambda: { W: Infinity, H: 1, b: 1 } }],
  ['λ_b without ridge', { spec: { ...single.spec, bias: 'free' } }],
  ['λ inherited from a prototype', { lambda: Object.create({ W: 1, H: 1, b: 1 }) as Record<string, number> }],
])('%s is a usage error', (_, change) => {
  let error: unknown;
  try {
    createModel({ ...single, ...change });
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(UsageError);
  const { message, hint } = error as UsageError;
  // One line that says what is wrong, and one that says what to do.
  expect(message).toMatch(/^[^\n]{10,100}\.$/);
  expect(hint).toMatch(/^[A-Z][^\n]{5,100}\.$/);
});
