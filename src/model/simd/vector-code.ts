/** The code of the elementwise passes over workspaces, and of the test that a matrix is finite. */
import { doWhile, f64, f64x2, get, i32, I32, F64, set, V128, when, type FunctionSource } from './assembler.js';

const advance = (local: number, by: number) => set(local, i32.add(get(local), i32.constant(by)));

/** rectify: (pairs, z): numbers below zero become zero. At least one pair, here and below. */
const rectify: FunctionSource = {
  name: 'rectify',
  parameters: [I32, I32],
  locals: [V128],
  body: doWhile([
    ...set(2, f64x2.load(get(1))),
    ...f64x2.store(get(1), f64x2.andNot(get(2), f64x2.less(get(2), f64x2.zero))),
    ...advance(1, 16), ...advance(0, -1),
  ], get(0)),
};

/** mask: (pairs, activation, values): values become zero where the activation is not above zero. */
const mask: FunctionSource = {
  name: 'mask',
  parameters: [I32, I32, I32],
  locals: [],
  body: doWhile([
    ...f64x2.store(get(2), f64x2.and(f64x2.load(get(2)), f64x2.greater(f64x2.load(get(1)), f64x2.zero))),
    ...advance(1, 16), ...advance(2, 16), ...advance(0, -1),
  ], get(0)),
};

/** nonFinite: (length, x): zero if all `length` numbers at x are finite, NaN if one is not: 0 · x tells. */
function nonFinite(): FunctionSource {
  const length = 0, x = 1, sum = (index: number): number => 2 + index, rest = 6;
  const lanes = [0, 1, 2, 3].flatMap((s) => [f64x2.lane(get(sum(s)), 0), f64x2.lane(get(sum(s)), 1)]);
  return {
    name: 'nonFinite',
    parameters: [I32, I32],
    result: F64,
    locals: [V128, V128, V128, V128, F64],
    body: [
      ...when(i32.greater(get(length), i32.constant(7)), doWhile([
        ...[0, 1, 2, 3].flatMap((s) =>
          set(sum(s), f64x2.add(get(sum(s)), f64x2.multiply(f64x2.load(get(x), 16 * s), f64x2.zero)))),
        ...advance(x, 64), ...advance(length, -8),
      ], i32.greater(get(length), i32.constant(7)))),
      ...when(get(length), doWhile([
        ...set(rest, f64.add(get(rest), f64.multiply(f64.load(get(x)), f64.constantZero))),
        ...advance(x, 8), ...advance(length, -1),
      ], get(length))),
      ...lanes.reduce((sums, lane) => f64.add(sums, lane), get(rest)),
    ],
  };
}

export const vectorFunctions: readonly FunctionSource[] = [rectify, mask, nonFinite()];
