/**
 * Dense matrices of rationals, row-major. Naive on purpose: every function is its textbook formula.
 *
 * The one refinement is in products: the rows of the left factor and the columns of the right one are brought to a
 * common denominator first, so that an inner product is a sum of integers and is reduced once.
 */
import { ExactError } from './error.js';
import { leastCommonMultiple } from './integer.js';
import * as scalar from './rational.js';
import type { Rational } from './rational.js';

/** A rows × cols matrix, rows and cols ≥ 1; entry (i, j), counted from 0, is `entries[i * cols + j]`. */
export interface ExactMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly entries: readonly Rational[];
}

/**
 * The rows × cols matrix with the given row-major entries.
 *
 * @throws {ExactError} if a size is not a positive integer, or there are not rows·cols entries
 */
export function exactMatrix(rows: number, cols: number, entries: readonly Rational[]): ExactMatrix {
  requireSizes(rows, cols);
  if (entries.length !== rows * cols) {
    throw new ExactError(`a ${rows} x ${cols} matrix has ${rows * cols} entries, not ${entries.length}`);
  }
  return { rows, cols, entries };
}

/** The rows × cols matrix of zeros. Throws {@link ExactError} on a size that is not a positive integer. */
export function zeros(rows: number, cols: number): ExactMatrix {
  return constant(rows, cols, scalar.ZERO);
}

/** The rows × cols matrix of ones. Throws {@link ExactError} on a size that is not a positive integer. */
export function ones(rows: number, cols: number): ExactMatrix {
  return constant(rows, cols, scalar.ONE);
}

/** The size × size identity. Throws {@link ExactError} on a size that is not a positive integer. */
export function identity(size: number): ExactMatrix {
  return map(zeros(size, size), (_, row, col) => (row === col ? scalar.ONE : scalar.ZERO));
}

/** left + right. Throws {@link ExactError} if the shapes differ. */
export function add(left: ExactMatrix, right: ExactMatrix): ExactMatrix {
  requireSameShape('add', left, right);
  return { ...left, entries: left.entries.map((value, index) => scalar.add(value, right.entries[index])) };
}

/** left − right. Throws {@link ExactError} if the shapes differ. */
export function subtract(left: ExactMatrix, right: ExactMatrix): ExactMatrix {
  requireSameShape('subtract', left, right);
  return { ...left, entries: left.entries.map((value, index) => scalar.subtract(value, right.entries[index])) };
}

/** The matrix product left · right. Throws {@link ExactError} unless left.cols = right.rows. */
export function multiply(left: ExactMatrix, right: ExactMatrix): ExactMatrix {
  if (left.cols !== right.rows) throw new ExactError(`cannot multiply ${shape(left)} by ${shape(right)}`);
  const leftRows = clearedRows(left);
  const rightColumns = clearedRows(transpose(right));
  const entries = leftRows.flatMap((row) => rightColumns.map((column) => innerProductOfCleared(row, column)));
  return { rows: left.rows, cols: right.cols, entries };
}

/** factor · matrix. */
export function scale(factor: Rational, matrix: ExactMatrix): ExactMatrix {
  return map(matrix, (value) => scalar.multiply(factor, value));
}

/** The transpose. */
export function transpose(matrix: ExactMatrix): ExactMatrix {
  const { rows, cols, entries } = matrix;
  const turned = entries.map((_, index) => entries[(index % rows) * cols + Math.floor(index / rows)]);
  return { rows: cols, cols: rows, entries: turned };
}

/** max(0, ·) in every entry. */
export function relu(matrix: ExactMatrix): ExactMatrix {
  return map(matrix, (value) => (scalar.sign(value) > 0 ? value : scalar.ZERO));
}

/** The matrix of change(value, row, col), with rows and columns counted from 0. */
export function map(
  matrix: ExactMatrix,
  change: (value: Rational, row: number, col: number) => Rational,
): ExactMatrix {
  const { cols } = matrix;
  return {
    ...matrix,
    entries: matrix.entries.map((value, index) => change(value, Math.floor(index / cols), index % cols)),
  };
}

/** Entry (row, col), counted from 0. Throws {@link ExactError} outside the matrix. */
export function entry(matrix: ExactMatrix, row: number, col: number): Rational {
  const inside =
    Number.isInteger(row) && Number.isInteger(col) && row >= 0 && row < matrix.rows && col >= 0 && col < matrix.cols;
  if (!inside) throw new ExactError(`there is no entry (${row}, ${col}) in a ${shape(matrix)} matrix`);
  return matrix.entries[row * matrix.cols + col];
}

/** Whether shapes and all entries agree; matrices of different shapes are simply not equal. */
export function equals(left: ExactMatrix, right: ExactMatrix): boolean {
  return (
    left.rows === right.rows &&
    left.cols === right.cols &&
    left.entries.every((value, index) => scalar.equals(value, right.entries[index]))
  );
}

/** Whether every entry is 0. */
export function isZero(matrix: ExactMatrix): boolean {
  return matrix.entries.every(scalar.isZero);
}

/** The sum of the diagonal. Throws {@link ExactError} unless the matrix is square. */
export function trace(matrix: ExactMatrix): Rational {
  if (matrix.rows !== matrix.cols) throw new ExactError(`a ${shape(matrix)} matrix has no trace`);
  let sum = scalar.ZERO;
  for (let index = 0; index < matrix.rows; index += 1) sum = scalar.add(sum, entry(matrix, index, index));
  return sum;
}

/** The squared Frobenius norm ‖matrix‖², the sum of the squared entries. */
export function normSquared(matrix: ExactMatrix): Rational {
  return innerProduct(matrix, matrix);
}

/** The Frobenius inner product ⟨left, right⟩ = tr(leftᵀ right). Throws {@link ExactError} if the shapes differ. */
export function innerProduct(left: ExactMatrix, right: ExactMatrix): Rational {
  requireSameShape('take the inner product of', left, right);
  return innerProductOfCleared(clear(left.entries), clear(right.entries));
}

/**
 * The inverse by Gauss and Jordan, with the first non-zero pivot of each column; undefined for a singular matrix.
 *
 * @throws {ExactError} unless the matrix is square
 */
export function inverse(matrix: ExactMatrix): ExactMatrix | undefined {
  const size = matrix.rows;
  if (size !== matrix.cols) throw new ExactError(`a ${shape(matrix)} matrix has no inverse`);
  // Rows of [matrix | I], until the left half is I.
  let rows = Array.from({ length: size }, (_, row) => [
    ...matrix.entries.slice(row * size, (row + 1) * size),
    ...identity(size).entries.slice(row * size, (row + 1) * size),
  ]);
  for (let col = 0; col < size; col += 1) {
    const found = rows.findIndex((row, index) => index >= col && !scalar.isZero(row[col]));
    if (found < 0) return undefined;
    [rows[col], rows[found]] = [rows[found], rows[col]];
    const pivot = rows[col].map((value) => scalar.divide(value, rows[col][col]));
    rows = rows.map((row, index) =>
      index === col
        ? pivot
        : row.map((value, k) => scalar.subtract(value, scalar.multiply(row[col], pivot[k]))),
    );
  }
  return exactMatrix(size, size, rows.flatMap((row) => row.slice(size)));
}

/**
 * Reads a matrix from its rows, each number as `parseRational` reads it.
 *
 * @throws {ExactError} if there is no entry, the rows differ in length or a number is malformed
 */
export function fromStrings(rows: readonly (readonly string[])[]): ExactMatrix {
  const cols = rows[0]?.length ?? 0;
  const ragged = rows.findIndex((row) => row.length !== cols);
  if (ragged >= 0) {
    throw new ExactError(`row ${ragged + 1} has ${rows[ragged].length} entries where the first has ${cols}`);
  }
  return exactMatrix(rows.length, cols, rows.flat().map(scalar.parseRational));
}

/** The rows of the matrix, each number as `format` writes it. */
export function toStrings(matrix: ExactMatrix): string[][] {
  return rowsOf(matrix).map((row) => row.map(scalar.format));
}

/** A list of rationals over one common denominator. */
interface Cleared {
  readonly numerators: readonly bigint[];
  readonly denominator: bigint;
}

function clear(values: readonly Rational[]): Cleared {
  const denominator = values.reduce((common, value) => leastCommonMultiple(common, value.denominator), 1n);
  return { numerators: values.map((value) => value.numerator * (denominator / value.denominator)), denominator };
}

function clearedRows(matrix: ExactMatrix): Cleared[] {
  return rowsOf(matrix).map(clear);
}

function innerProductOfCleared(left: Cleared, right: Cleared): Rational {
  const sum = left.numerators.reduce((partial, value, index) => partial + value * right.numerators[index], 0n);
  return scalar.rational(sum, left.denominator * right.denominator);
}

function rowsOf(matrix: ExactMatrix): Rational[][] {
  const { rows, cols, entries } = matrix;
  return Array.from({ length: rows }, (_, row) => entries.slice(row * cols, (row + 1) * cols));
}

function constant(rows: number, cols: number, value: Rational): ExactMatrix {
  requireSizes(rows, cols);
  return { rows, cols, entries: Array.from({ length: rows * cols }, () => value) };
}

function requireSizes(rows: number, cols: number): void {
  if (!Number.isSafeInteger(rows) || !Number.isSafeInteger(cols) || rows < 1 || cols < 1) {
    throw new ExactError(`a matrix needs positive integer sizes, not ${rows} x ${cols}`);
  }
}

function requireSameShape(action: string, left: ExactMatrix, right: ExactMatrix): void {
  if (left.rows !== right.rows || left.cols !== right.cols) {
    throw new ExactError(`cannot ${action} matrices of shapes ${shape(left)} and ${shape(right)}`);
  }
}

function shape(matrix: ExactMatrix): string {
  return `${matrix.rows} x ${matrix.cols}`;
}
