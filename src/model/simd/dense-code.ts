/**
 * The code of the dense product S (rows×inner) · D (inner×columns), entry by entry in the order of `product.ts`.
 *
 * D is packed in panels of one or two quads of columns, S in pairs of rows, so that both are read straight through. For
 * a pair of rows and a panel the sums stay in registers, two to a register, while k ascends. Eight sums are what the
 * engine can keep in sixteen registers beside two scalars and what it needs itself: wider tiles, and longer stretches
 * of code for one step of k, were measured and are slower by a third.
 */
import {
  doWhile, f64, f64x2, get, i32, I32, set, V128, when, type Code, type FunctionSource,
} from './assembler.js';

/** Quads of columns in the wider panel. */
export const DENSE_QUADS = 2;

const sequence = (count: number, code: (index: number) => Code): Code =>
  Array.from({ length: count }, (_, index) => code(index)).flat();
const advance = (local: number, by: Code): Code => set(local, i32.add(get(local), by));
const countDown = (local: number): Code => set(local, i32.subtract(get(local), i32.constant(1)));

/**
 * `dense{quads}`: (rows, inner, s, panel, columns, out, outRow, first, last, accumulate, partial), for one panel and
 * one block of k. `s` holds pairs of rows as `pairRows` leaves them; rows of `out` are contiguous, `outRow` bytes
 * apart.
 */
function denseProduct(quads: number): FunctionSource {
  const [rows, inner, s, panel, columns, out, outRow, first, last, accumulate, partial, k, right] =
    Array.from({ length: 13 }, (_, index) => index) as [
      number, number, number, number, number, number, number, number, number, number, number, number, number,
    ];
  const pairs = 2 * quads;
  const sums = 2 * pairs;
  const sum = (row: number, pair: number): number => 13 + row * pairs + pair;
  const scalar = (row: number): number => 13 + sums + row;
  const entry = 13 + sums + 2;

  const loop = [
    ...set(right, get(panel)), ...set(k, get(inner)),
    ...doWhile([
      ...sequence(2, (row) => set(scalar(row), f64x2.loadSplat(get(s), 8 * row))),
      ...sequence(pairs, (pair) => [
        ...set(entry, f64x2.load(get(right), 16 * pair)),
        ...sequence(2, (row) => set(sum(row, pair),
          f64x2.add(get(sum(row, pair)), f64x2.multiply(get(scalar(row)), get(entry))))),
      ]),
      ...advance(s, i32.constant(16)), ...advance(right, i32.constant(32 * quads)), ...countDown(k),
    ], get(k)),
  ];
  const putPairs = (row: number, added: boolean): Code => sequence(pairs, (pair) => f64x2.store(
    get(out), added ? f64x2.add(f64x2.load(get(out), 16 * pair), get(sum(row, pair))) : get(sum(row, pair)), 16 * pair,
  ));
  const putEntries = (row: number, added: boolean): Code => sequence(4 * quads, (column) => {
    const value = f64x2.lane(get(sum(row, column >> 1)), (column & 1) as 0 | 1);
    const store = f64.store(get(out), added ? f64.add(f64.load(get(out), 8 * column), value) : value, 8 * column);
    // Only a last panel is not full, and it lacks at most three columns.
    return column < 4 * quads - 3 ? store : when(i32.greater(get(columns), i32.constant(column)), store);
  });
  const putRow = (row: number): Code => [
    ...when(i32.less(get(columns), i32.constant(4 * quads)),
      when(get(accumulate), putEntries(row, true), putEntries(row, false)),
      when(get(accumulate), putPairs(row, true), putPairs(row, false))),
    ...advance(out, get(outRow)),
  ];
  return {
    name: `dense${quads}`,
    parameters: new Array<number>(11).fill(I32),
    locals: [I32, I32, ...new Array<number>(sums + 3).fill(V128)],
    body: doWhile([
      ...when(get(first),
        sequence(sums, (index) => set(sum(0, index), f64x2.zero)),
        sequence(sums, (index) => set(sum(0, index), f64x2.load(get(partial), 16 * index)))),
      ...loop,
      ...when(get(last),
        putRow(0),
        sequence(sums, (index) => f64x2.store(get(partial), get(sum(0, index)), 16 * index))),
      ...advance(partial, i32.constant(16 * sums)),
      // The second row of the last pair may be the first once more.
      ...countDown(rows),
      ...when(get(rows), [...when(get(last), putRow(1)), ...countDown(rows)]),
    ], get(rows)),
  };
}

/** pairRows: (rows, inner, s, sRow, sInner, out): S in pairs of rows, k by k; an odd last row is paired with itself. */
function pairRows(): FunctionSource {
  const rows = 0, inner = 1, s = 2, sRow = 3, sInner = 4, out = 5, k = 6, upper = 7, lower = 8;
  return {
    name: 'pairRows',
    parameters: new Array<number>(6).fill(I32),
    locals: [I32, I32, I32],
    body: doWhile([
      ...set(upper, get(s)), ...set(lower, get(s)), ...countDown(rows),
      ...when(get(rows), [...advance(lower, get(sRow)), ...countDown(rows)]),
      ...set(s, i32.add(get(lower), get(sRow))),
      ...set(k, get(inner)),
      ...doWhile([
        ...f64.store(get(out), f64.load(get(upper))), ...f64.store(get(out), f64.load(get(lower)), 8),
        ...advance(upper, get(sInner)), ...advance(lower, get(sInner)), ...advance(out, i32.constant(16)),
        ...countDown(k),
      ], get(k)),
    ], get(rows)),
  };
}

/** The functions of the dense product; it shares `pack…` with the sparse one. */
export function denseFunctions(): readonly FunctionSource[] {
  return [...Array.from({ length: DENSE_QUADS }, (_, index) => denseProduct(index + 1)), pairRows()];
}
