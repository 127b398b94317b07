/**
 * The code of the sparse product S (rows×inner) · D (inner×columns), entry by entry in the order of `product.ts`.
 *
 * D is packed in panels of a few quads of columns (`pack…`). For a row of S the sums of a panel stay in registers, two
 * to a register, while k ascends: one scalar of S, doubled, meets a row of the panel. Since scalars come one at a time,
 * those that are zero can be left out: adding ±0 to a sum that began at +0 changes no bit, if D is finite. `compress`
 * lists the others, and `sparse…` runs along that list. Behind a ReLU half of the entries are zero at random points,
 * and most of them at minimizers.
 *
 * Where `inner` is long, k is cut into blocks whose panels fit the nearest cache; the sums rest in `partial` between
 * blocks, unrounded, as a sum in a register is a double already.
 */
import {
  doWhile, f64, f64x2, get, i32, I32, set, V128, F64, when, type Code, type FunctionSource,
} from './assembler.js';

/** Quads of columns in the widest panel: two registers to a quad. Four and five were measured and are slower. */
export const SPARSE_QUADS = 3;
/** Bytes from one row of a panel to the next, at any width, so that the list can say where a row lies. */
export const SPARSE_PANEL_ROW = 32 * SPARSE_QUADS;
/** Bytes of a place in the list, and their logarithm: the entry, and where in the panel the row lies that it meets. */
export const PLACE = 16;
const PLACE_BITS = 4;

const sequence = (count: number, code: (index: number) => Code): Code =>
  Array.from({ length: count }, (_, index) => code(index)).flat();
const advance = (local: number, by: Code): Code => set(local, i32.add(get(local), by));

/**
 * `sparse{quads}`, for one panel, along the list that `compress` made:
 * (rows, starts, panel, columns, out, outRow, outColumn, first, last, accumulate, partial); strides in bytes, and
 * `starts` holds rows + 1 addresses.
 */
function sparseProduct(quads: number): FunctionSource {
  const [rows, starts, panel, columns, out, outRow, outColumn, first, last, accumulate, partial, right, at, end] =
    Array.from({ length: 14 }, (_, index) => index) as [
      number, number, number, number, number, number, number, number, number, number, number, number, number, number,
    ];
  const scalar = 14;
  const sum = (index: number): number => 15 + index;
  const pairs = 2 * quads;

  const loop = [
    ...set(at, i32.load(get(starts))), ...set(end, i32.load(get(starts), 4)),
    ...advance(starts, i32.constant(4)),
    ...when(i32.less(get(at), get(end)), doWhile([
      ...set(right, i32.add(get(panel), i32.load(get(at), 8))),
      ...set(scalar, f64x2.loadSplat(get(at))),
      ...sequence(pairs, (p) => set(sum(p),
        f64x2.add(get(sum(p)), f64x2.multiply(get(scalar), f64x2.load(get(right), 16 * p))))),
      ...advance(at, i32.constant(PLACE)),
    ], i32.less(get(at), get(end)))),
  ];
  const put = (added: boolean): Code => [
    ...set(at, get(out)),
    ...sequence(4 * quads, (column) => {
      const value = f64x2.lane(get(sum(column >> 1)), (column & 1) as 0 | 1);
      const store = [
        ...f64.store(get(at), added ? f64.add(f64.load(get(at)), value) : value),
        ...advance(at, get(outColumn)),
      ];
      // Only a last panel is not full, and it lacks at most three columns.
      return column < 4 * quads - 3 ? store : when(i32.greater(get(columns), i32.constant(column)), store);
    }),
    ...advance(out, get(outRow)),
  ];
  return {
    name: `sparse${quads}`,
    parameters: new Array<number>(11).fill(I32),
    locals: [I32, I32, I32, V128, ...new Array<number>(pairs).fill(V128)],
    body: doWhile([
      ...when(get(first),
        sequence(pairs, (p) => set(sum(p), f64x2.zero)),
        sequence(pairs, (p) => set(sum(p), f64x2.load(get(partial), 16 * p)))),
      ...loop,
      ...when(get(last),
        when(get(accumulate), put(true), put(false)),
        sequence(pairs, (p) => f64x2.store(get(partial), get(sum(p)), 16 * p))),
      ...advance(partial, i32.constant(32 * quads)),
      ...set(rows, i32.subtract(get(rows), i32.constant(1))),
    ], get(rows)),
  };
}

/**
 * `pack{quads}`: (inner, d, dInner, dColumn, columns, panel, panelRow): a panel of D, row by row, its last column
 * repeated.
 */
function pack(quads: number): FunctionSource {
  const inner = 0, d = 1, dInner = 2, dColumn = 3, columns = 4, panel = 5, panelRow = 6, from = 7;
  const move = (column: number): Code => f64.store(get(panel), f64.load(get(from)), 8 * column);
  const next = [
    ...advance(d, get(dInner)), ...advance(panel, get(panelRow)),
    ...set(inner, i32.subtract(get(inner), i32.constant(1))),
  ];
  const row = (full: boolean): Code => [
    ...set(from, get(d)),
    ...sequence(4 * quads, (column) => [
      ...move(column),
      ...(full ? advance(from, get(dColumn))
        : when(i32.greater(get(columns), i32.constant(column + 1)), advance(from, get(dColumn)))),
    ]),
    ...next,
  ];
  const contiguous = [
    ...sequence(2 * quads, (p) => f64x2.store(get(panel), f64x2.load(get(d), 16 * p), 16 * p)),
    ...next,
  ];
  return {
    name: `pack${quads}`,
    parameters: new Array<number>(7).fill(I32),
    locals: [I32],
    body: when(i32.less(get(columns), i32.constant(4 * quads)),
      doWhile(row(false), get(inner)),
      when(i32.isZero(i32.subtract(get(dColumn), i32.constant(8))),
        doWhile(contiguous, get(inner)),
        doWhile(row(true), get(inner)))),
  };
}

/**
 * compress: (rows, inner, s, sRow, sInner, starts, list) lists the entries of S that are not zero, by row and ascending
 * k; `starts` gets rows + 1 addresses. Room for all entries and one more is needed. NaN is not zero.
 */
function compress(): FunctionSource {
  const rows = 0, inner = 1, s = 2, sRow = 3, sInner = 4, starts = 5, list = 6, k = 7, from = 8, value = 9;
  return {
    name: 'compress',
    parameters: new Array<number>(7).fill(I32),
    locals: [I32, I32, F64],
    body: [
      ...set(inner, i32.multiply(get(inner), i32.constant(SPARSE_PANEL_ROW))),
      ...doWhile([
        ...i32.store(get(starts), get(list)), ...advance(starts, i32.constant(4)),
        ...set(k, i32.constant(0)), ...set(from, get(s)),
        ...doWhile([
          // Written always and kept by moving on: no branch to mispredict.
          ...set(value, f64.load(get(from))),
          ...f64.store(get(list), get(value)), ...i32.store(get(list), get(k), 8),
          ...advance(list, i32.shiftLeft(f64.notEqual(get(value), f64.constantZero), i32.constant(PLACE_BITS))),
          ...advance(from, get(sInner)), ...advance(k, i32.constant(SPARSE_PANEL_ROW)),
        ], i32.less(get(k), get(inner))),
        ...advance(s, get(sRow)),
        ...set(rows, i32.subtract(get(rows), i32.constant(1))),
      ], get(rows)),
      ...i32.store(get(starts), get(list)),
    ],
  };
}

/** The functions of the sparse product, and the packing of panels. */
export function sparseFunctions(): readonly FunctionSource[] {
  const widths = Array.from({ length: SPARSE_QUADS }, (_, index) => index + 1);
  return [
    ...widths.flatMap((quads) => [sparseProduct(quads), pack(quads)]),
    compress(),
  ];
}
