/**
 * The matrix products of the SIMD kernels: which operand is taken row by row, which is packed, in what blocks; operands
 * from outside the memory are copied in. The arithmetic is in `dense-code.ts` and `sparse-code.ts`.
 */
import { portableKernels, type Kernels, type MatrixProduct } from '../kernels.js';
import { DENSE_QUADS } from './dense-code.js';
import type { SimdMemory } from './memory.js';
import { PLACE, SPARSE_PANEL_ROW, SPARSE_QUADS } from './sparse-code.js';
import type { ModuleFunctions } from './webassembly.js';

/** k is cut into blocks of this length: a panel then fits a first-level cache of 32 kB. */
const BLOCK = 160;
/**
 * At most this share of entries other than zero makes an operand worth listing, where each meets so many columns: a
 * multiplication by a listed entry takes 1.4 times as long, and to list an entry as long as six of them (measured).
 */
const sparseShare = (columns: number): number => 0.7 - 4 / columns;
const SAMPLES = 64;

/** An operand where the module can reach it: an address and strides in bytes. */
interface Operand {
  address: number;
  row: number;
  column: number;
}

/** What of the memory is set apart for products: for matrices of `largest` entries, `longest` rows or columns. */
export function productScratch(largest: number, longest: number): number {
  const panels = 4 * (SPARSE_QUADS * (longest + BLOCK) + 2 * DENSE_QUADS * longest);
  return 5 * largest + longest + panels + Math.ceil(longest / BLOCK) * (longest + 1) + 32;
}

/**
 * The three products, for matrices of at most `largest` entries and `longest` rows or columns; larger ones go to the
 * portable kernels. Reserves `productScratch` numbers, which the memory must have left.
 */
export function createSimdProducts(
  { calls, buffer, all, reserve }: SimdMemory, largest: number, longest: number,
): Pick<Kernels, 'multiply' | 'multiplyByTranspose' | 'transposeMultiply'> {
  const numbered = (name: string): ModuleFunctions[string][] =>
    Array.from({ length: SPARSE_QUADS + 1 }, (_, quads) => calls[`${name}${quads}`]!);
  const dense = numbered('dense'), sparse = numbered('sparse'), pack = numbered('pack');
  const compress = calls['compress']!, pairRows = calls['pairRows']!, nonFinite = calls['nonFinite']!;
  const blocks = Math.ceil(longest / BLOCK);
  const take = (count: number): number => reserve(count)!;
  const leftAt = take(largest), rightAt = take(largest), outAtScratch = take(largest);
  // Pairs of rows need one row more where their number is odd, the list one entry more.
  const repacked = 8 * take(2 * largest + longest + 2);
  const starts = 8 * take(blocks * (longest + 1)), panel = 8 * take(4 * SPARSE_QUADS * BLOCK);
  const partial = 8 * take(4 * Math.max(SPARSE_QUADS * longest, DENSE_QUADS * (longest + 1)));

  /** The address of `length` numbers of `x` from `at`, copied to `scratch` unless they are here already. */
  function reach(x: Float64Array, at: number, length: number, scratch: number): number {
    if (x.buffer === buffer) return x.byteOffset + 8 * at;
    all.set(at === 0 && length === x.length ? x : x.subarray(at, at + length), scratch);
    return 8 * scratch;
  }

  /** The share of numbers other than zero, from a few of them. */
  function density(address: number, length: number): number {
    const stride = Math.max(1, Math.floor(length / SAMPLES));
    const from = address / 8;
    let seen = 0, filled = 0;
    for (let k = 0; k < length; k += stride) {
      seen++;
      if (all[from + k] !== 0) filled++;
    }
    return filled / seen;
  }

  const s: Operand = { address: 0, row: 0, column: 0 };
  const d: Operand = { address: 0, row: 0, column: 0 };

  /**
   * `s` (rows×inner) · `d` (inner×columns) to an address with strides, by panels of columns and blocks of k; the zeros
   * of `s` are left out if `listed`, and otherwise rows of the result must be contiguous.
   */
  function run(
    rows: number, inner: number, columns: number, listed: boolean,
    out: number, outRow: number, outColumn: number, accumulate: number,
  ): void {
    const paired = rows + (rows & 1);
    for (let block = 0, k = 0; k < inner; block++, k += BLOCK) {
      const length = Math.min(BLOCK, inner - k);
      const from = s.address + k * s.column;
      if (listed) {
        compress(
          rows, length, from, s.row, s.column, starts + 4 * block * (rows + 1), repacked + PLACE * k * rows,
        );
      } else pairRows(rows, length, from, s.row, s.column, repacked + 8 * k * paired);
    }
    // Quads are spread evenly over as few panels as there can be.
    const allQuads = (columns + 3) >> 2;
    const panels = Math.ceil(allQuads / (listed ? SPARSE_QUADS : DENSE_QUADS));
    for (let p = 0, quad = 0; p < panels; p++) {
      const quads = Math.ceil((allQuads - quad) / (panels - p));
      const column = 4 * quad;
      const width = Math.min(columns - column, 4 * quads);
      const target = out + column * outColumn;
      for (let block = 0, k = 0; k < inner; block++, k += BLOCK) {
        const length = Math.min(BLOCK, inner - k);
        const first = k === 0 ? 1 : 0;
        const last = k + BLOCK >= inner ? 1 : 0;
        pack[quads]!(
          length, d.address + k * d.row + column * d.column, d.row, d.column, width,
          panel, listed ? SPARSE_PANEL_ROW : 32 * quads,
        );
        if (listed) {
          sparse[quads]!(
            rows, starts + 4 * block * (rows + 1),
            panel, width, target, outRow, outColumn, first, last, accumulate, partial,
          );
        } else {
          dense[quads]!(
            rows, length, repacked + 8 * k * paired, panel, width, target, outRow, first, last, accumulate, partial,
          );
        }
      }
      quad += quads;
    }
  }

  const productWith = (aTransposed: boolean, bTransposed: boolean, portable: MatrixProduct): MatrixProduct =>
    (rows, inner, columns, a, aAt, b, bAt, out, outAt, accumulate) => {
      const aLength = rows * inner, bLength = inner * columns, outLength = rows * columns;
      const fits = Math.max(aLength, bLength, outLength) <= largest && Math.max(rows, inner, columns) <= longest;
      if (!fits || aLength === 0 || bLength === 0) {
        portable(rows, inner, columns, a, aAt, b, bAt, out, outAt, accumulate);
        return;
      }
      const left = reach(a, aAt, aLength, leftAt);
      const right = reach(b, bAt, bLength, rightAt);
      const aRow = aTransposed ? 8 : 8 * inner, aInner = aTransposed ? 8 * rows : 8;
      const bInner = bTransposed ? 8 : 8 * columns, bColumn = bTransposed ? 8 * inner : 8;
      const leftDensity = density(left, aLength), rightDensity = density(right, bLength);
      // A zero may be left out only if what it would meet is finite.
      const sparser = rightDensity < leftDensity;
      const listed = Math.min(leftDensity, rightDensity) <= sparseShare(sparser ? rows : columns)
        && nonFinite(sparser ? aLength : bLength, sparser ? left : right) === 0;
      const here = out.buffer === buffer;
      const target = here ? out.byteOffset + 8 * outAt : 8 * outAtScratch;
      const add = here && accumulate ? 1 : 0;
      if (listed && sparser) {
        s.address = right; s.row = bColumn; s.column = bInner;
        d.address = left; d.row = aInner; d.column = aRow;
        run(columns, inner, rows, listed, target, 8, 8 * columns, add);
      } else {
        s.address = left; s.row = aRow; s.column = aInner;
        d.address = right; d.row = bInner; d.column = bColumn;
        run(rows, inner, columns, listed, target, 8 * columns, 8, add);
      }
      if (here) return;
      if (accumulate) for (let k = 0; k < outLength; k++) out[outAt + k]! += all[outAtScratch + k]!;
      else out.set(all.subarray(outAtScratch, outAtScratch + outLength), outAt);
    };

  return {
    multiply: productWith(false, false, portableKernels.multiply),
    multiplyByTranspose: productWith(false, true, portableKernels.multiplyByTranspose),
    transposeMultiply: productWith(true, false, portableKernels.transposeMultiply),
  };
}
