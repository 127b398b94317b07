/** The free matrices of a construction: drawn, in doubles and in rationals; how they move; whether they exist. */
import { householderFrame } from '../exact/frame.js';
import { type ExactObtuseShape, nonNegativeFrame, obtuseFactor } from '../exact/admissible.js';
import { type ExactMatrix, multiply } from '../exact/matrix.js';
import {
  OBTUSE_SHAPES,
  type ObtuseShape,
  obtuseFits,
  randomNonNegativeFrame,
  randomObtuseColumns,
} from '../numeric/admissible.js';
import { randomOrthonormalFrame } from '../numeric/dense.js';
import type { Stream } from '../numeric/random.js';
import type { LetterNode } from '../symbolic/expression.js';
import type { DenseMatrix } from '../theorem/evaluate-numeric.js';

/** The value of a dimension at an instance. */
export type Size = (dimension: string) => number;

/** Why no matrix of this kind has such a shape, if so. */
export const impossibleLetter = ({ kind, text, rows, cols }: LetterNode, size: Size): string | undefined => {
  if (kind === 'obtuse') return size(cols) > 2 * size(rows) ? `${text} needs 2·${rows} ≥ ${cols}` : undefined;
  return size(rows) < size(cols) ? `${text} needs ${rows} ≥ ${cols}` : undefined;
};

/**
 * A random matrix of the kind. A `generic` one has as few zeros as there can be (every row of a non-negative frame is
 * used, every inner product of obtuse columns is negative, their norm is 1): there f is smooth. Others have any shape.
 */
export const drawLetter = (
  { kind, ...node }: LetterNode,
  size: Size,
  stream: Stream,
  generic: boolean,
): DenseMatrix => {
  const [rows, cols] = [size(node.rows), size(node.cols)];
  switch (kind) {
    case 'nonNegativeFrame':
      return { rows, cols, data: randomNonNegativeFrame(stream, rows, cols, generic) };
    case 'obtuse': {
      const shapes = OBTUSE_SHAPES.filter((x) => obtuseFits(x, rows, cols));
      const drawn = shapes[stream.integer(0, shapes.length - 1)] ?? 'pairs';
      const shape: ObtuseShape = generic && shapes.includes('strict') ? 'strict' : drawn;
      const norm = generic ? 1 : 0.5 + stream.uniform();
      return { rows, cols, data: randomObtuseColumns(stream, rows, cols, shape, norm) };
    }
    default:
      return { rows, cols, data: randomOrthonormalFrame(stream, rows, cols) };
  }
};

const householder = (rows: number, cols: number, stream: Stream): ExactMatrix => {
  const vector = (): number[] => {
    const entries = Array.from({ length: rows }, () => stream.integer(-2, 2));
    return entries.every((x) => x === 0) ? entries.map((_, k) => (k === 0 ? 1 : 0)) : entries;
  };
  return householderFrame(rows, cols, [vector(), vector()]);
};

/** A rational R ≥ 0 with RᵀR = I; spare rows are used where `full`, else by chance. */
export const exactNonNegativeFrame = (rows: number, cols: number, stream: Stream, full: boolean): ExactMatrix => {
  const owners = Array.from({ length: rows }, (_, row) => {
    if (row < cols) return row;
    return full || stream.uniform() < 0.5 ? stream.integer(0, cols - 1) : -1;
  });
  for (let i = rows - 1; i > 0; i--) {
    const j = stream.integer(0, i);
    [owners[i], owners[j]] = [owners[j] ?? -1, owners[i] ?? -1];
  }
  return nonNegativeFrame(
    cols,
    owners,
    owners.map(() => stream.integer(2, 4)),
  );
};

/** Rational obtuse columns of a shape, turned at random. */
export const exactObtuse = (rows: number, cols: number, stream: Stream, shape: ExactObtuseShape): ExactMatrix => {
  const { columns } = obtuseFactor(shape, cols);
  return multiply(householder(rows, columns.rows, stream), columns);
};

const UNIT_SHAPES: readonly ExactObtuseShape[] = ['orthogonal', 'path', 'pairs'];

/** A rational matrix of the kind: products of Householder reflections in small integer vectors, and the like. */
export const exactLetter = ({ kind, ...node }: LetterNode, size: Size, stream: Stream): ExactMatrix => {
  const [rows, cols] = [size(node.rows), size(node.cols)];
  if (kind === 'nonNegativeFrame') return exactNonNegativeFrame(rows, cols, stream, false);
  if (kind !== 'obtuse') return householder(rows, cols, stream);
  const shape = UNIT_SHAPES[rows < cols ? 2 : stream.integer(0, UNIT_SHAPES.length - 1)] ?? 'pairs';
  return exactObtuse(rows, cols, stream, shape);
};

/** The plainest matrix of the kind: columns of the identity, and for obtuse ones opposite pairs of them. */
export const plainLetter = ({ kind, ...node }: LetterNode, size: Size): ExactMatrix => {
  const [rows, cols] = [size(node.rows), size(node.cols)];
  if (kind !== 'obtuse') return householderFrame(rows, cols, []);
  const { columns } = obtuseFactor('pairs', cols);
  return multiply(householderFrame(rows, columns.rows, []), columns);
};

const column = ({ rows, cols, data }: DenseMatrix, k: number, other: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += (data[i * cols + k] ?? 0) * (other[i * cols + k] ?? 0);
  return sum;
};

/**
 * A random tangent of the manifold of such matrices: Ṙ = G − R·sym(RᵀG) for orthonormal frames; for non-negative ones
 * and for obtuse columns each column moves on its own, within its support where it has one, and keeps its norm.
 */
export const letterTangent = ({ kind }: Pick<LetterNode, 'kind'>, value: DenseMatrix, stream: Stream): Float64Array => {
  const { rows, cols, data } = value;
  const draw = stream.fillNormal(new Float64Array(rows * cols), 1);
  if (kind !== 'frame') {
    const within = kind === 'nonNegativeFrame' ? draw.map((x, k) => (data[k] === 0 ? 0 : x)) : draw;
    const along = Array.from({ length: cols }, (_, k) => column(value, k, within) / column(value, k, data));
    return within.map((x, index) => x - (along[index % cols] ?? 0) * (data[index] ?? 0));
  }
  const gram = new Float64Array(cols * cols);
  for (let i = 0; i < rows; i++) {
    for (let p = 0; p < cols; p++) {
      for (let q = 0; q < cols; q++) gram[p * cols + q] += data[i * cols + p] * draw[i * cols + q];
    }
  }
  return draw.map((x, index) => {
    const [i, q] = [Math.floor(index / cols), index % cols];
    let sum = x;
    for (let p = 0; p < cols; p++) sum -= (data[i * cols + p] * (gram[p * cols + q] + gram[q * cols + p])) / 2;
    return sum;
  });
};
