/** The code of vectors: what `vectors.ts` does, two entries at a time, and the test that a matrix is finite. */
import {
  call, doWhile, f64, f64x2, finish, get, i32, I32, F64, set, V128, when, type Code, type FunctionSource,
} from './assembler.js';

/** As in `vectors.ts`: above this length inner products halve. */
const CHUNK = 128;

const advance = (local: number, by: number): Code => set(local, i32.add(get(local), i32.constant(by)));
const sequence = (count: number, code: (index: number) => Code): Code =>
  Array.from({ length: count }, (_, index) => code(index)).flat();

/**
 * Whole quads by `pair` (two entries at an offset in bytes), what is left over by `single`; both find their vectors at
 * the addresses in `pointers`, which move on. `length` is used up.
 */
function overEntries(
  length: number, pointers: readonly number[], pair: (offset: number) => Code, single: Code,
): Code {
  const quads = i32.greater(get(length), i32.constant(3));
  return [
    ...when(quads, doWhile([
      ...pair(0), ...pair(16), ...pointers.flatMap((pointer) => advance(pointer, 32)), ...advance(length, -4),
    ], quads)),
    ...when(get(length), doWhile([
      ...single, ...pointers.flatMap((pointer) => advance(pointer, 8)), ...advance(length, -1),
    ], get(length))),
  ];
}

/** In a function (length, …): the length of the first half, a multiple of four. */
const half = i32.and(i32.shiftRight(get(0), i32.constant(1)), i32.constant(-4));
const beyond = (pointer: number, local: number): Code =>
  i32.add(get(pointer), i32.shiftLeft(get(local), i32.constant(3)));

/** dot: (length, x, y). Calls itself, and so must stand where `index` says. */
function dot(index: number): FunctionSource {
  const length = 0, x = 1, y = 2, middle = 3, tail = 4, low = 5, high = 6;
  return {
    name: 'dot',
    parameters: [I32, I32, I32],
    result: F64,
    locals: [I32, F64, V128, V128],
    body: [
      ...when(i32.greater(get(length), i32.constant(CHUNK)), [
        ...set(middle, half),
        ...finish(f64.add(
          call(index, get(middle), get(x), get(y)),
          call(index, i32.subtract(get(length), get(middle)), beyond(x, middle), beyond(y, middle)),
        )),
      ]),
      ...overEntries(length, [x, y],
        (offset) => {
          const lanes = offset === 0 ? low : high;
          return set(lanes, f64x2.add(
            get(lanes), f64x2.multiply(f64x2.load(get(x), offset), f64x2.load(get(y), offset))));
        },
        set(tail, f64.add(get(tail), f64.multiply(f64.load(get(x)), f64.load(get(y)))))),
      ...joined(low, high, tail),
    ],
  };
}

/** (0 + 2) + (1 + 3), and then the tail. */
function joined(low: number, high: number, tail: number): Code {
  return [
    ...set(low, f64x2.add(get(low), get(high))),
    ...f64.add(f64.add(f64x2.lane(get(low), 0), f64x2.lane(get(low), 1)), get(tail)),
  ];
}

/** axpyDot: (length, alpha, x, y, z). Calls itself, as `dot`. */
function axpyDot(index: number): FunctionSource {
  const length = 0, alpha = 1, x = 2, y = 3, z = 4, middle = 5, tail = 6, low = 7, high = 8, sum = 9, factor = 10;
  const single = 11;
  return {
    name: 'axpyDot',
    parameters: [I32, F64, I32, I32, I32],
    result: F64,
    locals: [I32, F64, V128, V128, V128, V128, F64],
    body: [
      ...when(i32.greater(get(length), i32.constant(CHUNK)), [
        ...set(middle, half),
        ...finish(f64.add(
          call(index, get(middle), get(alpha), get(x), get(y), get(z)),
          call(index, i32.subtract(get(length), get(middle)), get(alpha),
            beyond(x, middle), beyond(y, middle), beyond(z, middle)),
        )),
      ]),
      ...set(factor, f64x2.splat(get(alpha))),
      ...overEntries(length, [x, y, z],
        (offset) => {
          const lanes = offset === 0 ? low : high;
          return [
            ...set(sum, f64x2.add(
              f64x2.load(get(y), offset), f64x2.multiply(get(factor), f64x2.load(get(x), offset)))),
            ...f64x2.store(get(y), get(sum), offset),
            ...set(lanes, f64x2.add(get(lanes), f64x2.multiply(f64x2.load(get(z), offset), get(sum)))),
          ];
        },
        [
          ...set(single, f64.add(f64.load(get(y)), f64.multiply(get(alpha), f64.load(get(x))))),
          ...f64.store(get(y), get(single)),
          ...set(tail, f64.add(get(tail), f64.multiply(f64.load(get(z)), get(single)))),
        ]),
      ...joined(low, high, tail),
    ],
  };
}

/** addScaled: (length, x, alpha, y, out): out = x + alpha · y; any of them may be the same. */
function addScaled(): FunctionSource {
  const length = 0, x = 1, alpha = 2, y = 3, out = 4, factor = 5;
  return {
    name: 'addScaled',
    parameters: [I32, I32, F64, I32, I32],
    locals: [V128],
    body: [
      ...set(factor, f64x2.splat(get(alpha))),
      ...overEntries(length, [x, y, out],
        (offset) => f64x2.store(get(out), f64x2.add(
          f64x2.load(get(x), offset), f64x2.multiply(get(factor), f64x2.load(get(y), offset))), offset),
        f64.store(get(out), f64.add(f64.load(get(x)), f64.multiply(get(alpha), f64.load(get(y)))))),
    ],
  };
}

/** scale: (length, alpha, x, out): out = alpha · x; both may be the same. */
function scale(): FunctionSource {
  const length = 0, alpha = 1, x = 2, out = 3, factor = 4;
  return {
    name: 'scale',
    parameters: [I32, F64, I32, I32],
    locals: [V128],
    body: [
      ...set(factor, f64x2.splat(get(alpha))),
      ...overEntries(length, [x, out],
        (offset) => f64x2.store(get(out), f64x2.multiply(get(factor), f64x2.load(get(x), offset)), offset),
        f64.store(get(out), f64.multiply(get(alpha), f64.load(get(x))))),
    ],
  };
}

/** moveTo: (length, x, next, difference): difference = next − x, then x = next. */
function moveTo(): FunctionSource {
  const length = 0, x = 1, next = 2, difference = 3, value = 4, single = 5;
  return {
    name: 'moveTo',
    parameters: [I32, I32, I32, I32],
    locals: [V128, F64],
    body: overEntries(length, [x, next, difference],
      (offset) => [
        ...set(value, f64x2.load(get(next), offset)),
        ...f64x2.store(get(difference), f64x2.subtract(get(value), f64x2.load(get(x), offset)), offset),
        ...f64x2.store(get(x), get(value), offset),
      ],
      [
        ...set(single, f64.load(get(next))),
        ...f64.store(get(difference), f64.subtract(get(single), f64.load(get(x)))),
        ...f64.store(get(x), get(single)),
      ]),
  };
}

/** rectify: (length, z): entries below zero become zero. */
function rectify(): FunctionSource {
  const length = 0, z = 1, pair = 2;
  return {
    name: 'rectify',
    parameters: [I32, I32],
    locals: [V128],
    body: overEntries(length, [z],
      (offset) => [
        ...set(pair, f64x2.load(get(z), offset)),
        ...f64x2.store(get(z), f64x2.andNot(get(pair), f64x2.less(get(pair), f64x2.zero)), offset),
      ],
      when(f64.less(f64.load(get(z)), f64.constantZero), f64.store(get(z), f64.constantZero))),
  };
}

/** mask: (length, activation, values): values become zero where the activation is not above zero. */
function mask(): FunctionSource {
  const length = 0, activation = 1, values = 2;
  return {
    name: 'mask',
    parameters: [I32, I32, I32],
    locals: [],
    body: overEntries(length, [activation, values],
      (offset) => f64x2.store(get(values), f64x2.and(
        f64x2.load(get(values), offset), f64x2.greater(f64x2.load(get(activation), offset), f64x2.zero)), offset),
      when(f64.greater(f64.load(get(activation)), f64.constantZero), [], f64.store(get(values), f64.constantZero))),
  };
}

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
        ...sequence(4, (s) =>
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

/** The functions of vectors. They come first in the module, since some call themselves by number. */
export function vectorFunctions(): readonly FunctionSource[] {
  return [dot(0), axpyDot(1), addScaled(), scale(), moveTo(), rectify(), mask(), nonFinite()];
}
