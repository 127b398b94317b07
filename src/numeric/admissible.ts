/**
 * Random matrices with signs: non-negative frames, and columns with no acute angle between two of them.
 *
 * A non-negative R with RᵀR = I has columns of disjoint supports. Columns V = QF with Q an orthonormal frame have the
 * Gram matrix FᵀF; the shapes below are choices of F.
 */
import { InternalError } from '../errors.js';
import { randomOrthonormalFrame } from './dense.js';
import type { Stream } from './random.js';

/**
 * R ≥ 0, rows × cols, row-major, with orthonormal columns; every row is used where `full`, else each spare one with
 * probability 1/2.
 *
 * @throws InternalError for cols > rows
 */
export const randomNonNegativeFrame = (stream: Stream, rows: number, cols: number, full: boolean): Float64Array => {
  if (cols > rows) throw new InternalError(`there is no frame of ${cols} columns in dimension ${rows}.`);
  const order = Array.from({ length: rows }, (_, i) => i);
  for (let i = rows - 1; i > 0; i--) {
    const j = stream.integer(0, i);
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  const frame = new Float64Array(rows * cols);
  const squares = new Float64Array(cols);
  order.forEach((row, index) => {
    const spare = index >= cols;
    if (cols === 0 || (spare && !full && stream.uniform() < 0.5)) return;
    const col = spare ? stream.integer(0, cols - 1) : index;
    const entry = 0.5 + stream.uniform();
    frame[row * cols + col] = entry;
    squares[col] += entry ** 2;
  });
  return frame.map((x, index) => x / Math.sqrt(squares[index % cols] ?? 1));
};

/**
 * `strict`: all inner products negative; `mixed`: some of them zero; `orthogonal`; `simplex`: all equal, of rank
 * cols − 1; `pairs`: v, −v, w, −w, …
 */
export type ObtuseShape = 'strict' | 'mixed' | 'orthogonal' | 'simplex' | 'pairs';

export const OBTUSE_SHAPES: readonly ObtuseShape[] = ['strict', 'mixed', 'orthogonal', 'simplex', 'pairs'];

/** Whether cols columns of the shape fit into dimension rows. */
export const obtuseFits = (shape: ObtuseShape, rows: number, cols: number): boolean =>
  rows >= (shape === 'pairs' ? Math.ceil(cols / 2) : cols);

/** A matrix by rows. */
type Rows = readonly (readonly number[])[];

/** L with LLᵀ = G, for a positive definite G. */
const cholesky = (gram: Rows): number[][] => {
  const lower = gram.map((row) => row.map(() => 0));
  gram.forEach((row, i) => {
    for (let j = 0; j <= i; j++) {
      let sum = row[j] ?? 0;
      for (let k = 0; k < j; k++) sum -= (lower[i]?.[k] ?? 0) * (lower[j]?.[k] ?? 0);
      const own = lower[i];
      if (own !== undefined) own[j] = i === j ? Math.sqrt(sum) : sum / (lower[j]?.[j] ?? 1);
    }
  });
  return lower;
};

/** F, whose columns have unit norm and the wanted angles. */
const shapeFactor = (stream: Stream, shape: ObtuseShape, cols: number): Rows => {
  const square = (fill: (i: number, j: number) => number): number[][] =>
    Array.from({ length: cols }, (_, i) => Array.from({ length: cols }, (__, j) => fill(i, j)));
  switch (shape) {
    case 'orthogonal':
      return square((i, j) => (i === j ? 1 : 0));
    case 'simplex': {
      if (cols === 1) return [[1]];
      const scale = Math.sqrt(cols / (cols - 1));
      return square((i, j) => scale * ((i === j ? 1 : 0) - 1 / cols));
    }
    case 'pairs':
      return Array.from({ length: Math.ceil(cols / 2) }, (_, i) =>
        Array.from({ length: cols }, (__, j) => (Math.floor(j / 2) !== i ? 0 : j % 2 === 0 ? 1 : -1)),
      );
    default: {
      // Unit diagonal, and rows that sum to more than zero: positive definite.
      const gram = square((i, j) => (i === j ? 1 : 0));
      for (let i = 0; i < cols; i++) {
        for (let j = 0; j < i; j++) {
          const none = shape === 'mixed' && stream.uniform() < 0.5;
          const entry = none ? 0 : -(0.3 + 0.6 * stream.uniform()) / (cols - 1);
          for (const [p, q] of [
            [i, j],
            [j, i],
          ] as const) {
            const row = gram[p];
            if (row !== undefined) row[q] = entry;
          }
        }
      }
      const lower = cholesky(gram);
      return square((i, j) => lower[j]?.[i] ?? 0);
    }
  }
};

/**
 * V, rows × cols, row-major: columns of the given norm with inner products ≤ 0 (up to rounding) of the given shape.
 *
 * @throws InternalError where the shape does not fit
 */
export const randomObtuseColumns = (
  stream: Stream,
  rows: number,
  cols: number,
  shape: ObtuseShape,
  norm = 1,
): Float64Array => {
  if (!obtuseFits(shape, rows, cols)) throw new InternalError(`${cols} columns (${shape}) do not fit into ${rows}.`);
  const factor = shapeFactor(stream, shape, cols);
  const inner = factor.length;
  const frame = randomOrthonormalFrame(stream, rows, inner);
  const columns = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += (frame[i * inner + k] ?? 0) * (factor[k]?.[j] ?? 0);
      columns[i * cols + j] = norm * sum;
    }
  }
  return columns;
};
