/**
 * The one place that touches ml-matrix: QR, symmetric eigenvalues, singular values, with every result re-checked.
 *
 * ml-matrix is accurate, but a NaN hangs its symmetric eigensolver, a one-ulp asymmetry sends it to the wrong
 * algorithm, huge entries make it throw, and a wide matrix makes its SVD print. So inputs are checked to be finite,
 * symmetrised, scaled to largest entry near 1 and turned tall; and what comes back must reproduce the input and be
 * orthogonal, or the run stops with an InternalError. Matrices are row-major `Float64Array`s.
 */
import {
  EigenvalueDecomposition, LuDecomposition, Matrix, QrDecomposition, SingularValueDecomposition,
} from 'ml-matrix';
import { InternalError, UsageError } from '../errors.js';
import type { Stream } from './random.js';

/** A = V diag(values) Vᵀ. */
export interface SymmetricEigen {
  /** Ascending. */
  readonly values: Float64Array;
  /** V, n×n row-major: column j belongs to values[j]. */
  readonly vectors: Float64Array;
}

/** A = U diag(values) Vᵀ with r = min(rows, cols). */
export interface SingularDecomposition {
  /** U, rows×r. */
  readonly left: Float64Array;
  /** Descending, r of them. */
  readonly values: Float64Array;
  /** V, cols×r. */
  readonly right: Float64Array;
}

/** A = QR with R upper triangular and its diagonal non-negative. */
export interface OrthogonalTriangular {
  /** Q, rows×cols with orthonormal columns. */
  readonly orthogonal: Float64Array;
  /** R, cols×cols. */
  readonly triangular: Float64Array;
}

/** Relative residuals and orthogonality are accepted up to this times the dimension; measured: 2e-14 at 400. */
const ACCURACY = 2e-14;

/** Eigenvalues and vectors of the symmetric part of A (n×n). @throws InternalError on NaN or an inaccurate result. */
export function symmetricEigen(n: number, a: Float64Array): SymmetricEigen {
  const scale = checkedScale('symmetricEigen', n, n, a);
  if (n === 0) return { values: new Float64Array(0), vectors: new Float64Array(0) };
  const scaled = Float64Array.from(a, (_, k) => {
    const mirror = (k % n) * n + Math.floor(k / n);
    return (a[k]! / scale + a[mirror]! / scale) / 2;
  });
  const decomposition = new EigenvalueDecomposition(matrixOf(n, n, scaled), { assumeSymmetric: true });
  const order = sortedIndices(decomposition.realEigenvalues, (x, y) => x - y);
  const values = Float64Array.from(order, (index) => decomposition.realEigenvalues[index]!);
  const vectors = pickColumns(decomposition.eigenvectorMatrix, order);
  checkProduct('symmetricEigen', n, n, n, scaled, vectors, values, vectors);
  checkOrthonormal('symmetricEigen', n, n, vectors);
  return { values: values.map((value) => value * scale), vectors };
}

/** The thin SVD of A (rows×cols). @throws InternalError on NaN or an inaccurate result. */
export function singularDecomposition(rows: number, cols: number, a: Float64Array): SingularDecomposition {
  const scale = checkedScale('singularDecomposition', rows, cols, a);
  const rank = Math.min(rows, cols);
  if (rank === 0) return { left: new Float64Array(0), values: new Float64Array(0), right: new Float64Array(0) };
  const scaled = a.map((entry) => entry / scale);
  const whole = matrixOf(rows, cols, scaled);
  const wide = rows < cols;
  const decomposition = new SingularValueDecomposition(wide ? whole.transpose() : whole, {
    computeLeftSingularVectors: true,
    computeRightSingularVectors: true,
  });
  const order = sortedIndices(decomposition.diagonal.slice(0, rank), (x, y) => y - x);
  const values = Float64Array.from(order, (index) => decomposition.diagonal[index]!);
  const tall = pickColumns(decomposition.leftSingularVectors, order);
  const square = pickColumns(decomposition.rightSingularVectors, order);
  const [left, right] = wide ? [square, tall] : [tall, square];
  checkProduct('singularDecomposition', rows, cols, rank, scaled, left, values, right);
  checkOrthonormal('singularDecomposition', rows, rank, left);
  checkOrthonormal('singularDecomposition', cols, rank, right);
  return { left, values: values.map((value) => value * scale), right };
}

/** The min(rows, cols) singular values of A (rows×cols), descending. @throws InternalError as the SVD does. */
export function singularValues(rows: number, cols: number, a: Float64Array): Float64Array {
  return singularDecomposition(rows, cols, a).values;
}

/** ‖A‖_* = the sum of the singular values of A (rows×cols). @throws InternalError as the SVD does. */
export function nuclearNorm(rows: number, cols: number, a: Float64Array): number {
  return singularValues(rows, cols, a).reduceRight((sum, value) => sum + value, 0);
}

/**
 * ‖A‖_* and a bound on the error of the computed one, from what the SVD is held to: A = UΣVᵀ + E with
 * ‖E‖ ≤ 2e-14·max(rows, cols)·‖A‖ moves ‖A‖_* by at most √r·‖E‖, and UᵀU, VᵀV within δ of I by the factor 1 ± δ.
 *
 * @throws InternalError as the SVD does
 */
export function nuclearNormWithError(
  rows: number, cols: number, a: Float64Array,
): { readonly value: number; readonly error: number } {
  const values = singularValues(rows, cols, a);
  const value = values.reduceRight((sum, x) => sum + x, 0);
  const rank = Math.min(rows, cols);
  const size = Math.max(rows, cols);
  const frobenius = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));
  // Twice, for the roundings of the bound itself and of the norms that it is made of.
  const error = 2 * ACCURACY * (Math.sqrt(rank) * size * frobenius + rank * Math.max(size, 5) * value);
  return { value, error };
}

/**
 * A⁻¹ (n×n), by elimination with pivoting. How far it may be off depends on the condition of A, which is for the caller
 * to bound. @throws UsageError for a singular matrix, InternalError on NaN
 */
export function inverseMatrix(n: number, a: Float64Array): Float64Array {
  const scale = checkedScale('inverseMatrix', n, n, a);
  const scaled = a.map((entry) => entry / scale);
  const decomposition = new LuDecomposition(matrixOf(n, n, scaled));
  const inverse = decomposition.isSingular() ? [NaN] : decomposition.solve(Matrix.identity(n, n)).to1DArray();
  if (!inverse.every(Number.isFinite)) {
    throw new UsageError('a statement inverts a singular matrix', 'Check that what is inverted is invertible.');
  }
  return Float64Array.from(inverse, (entry) => entry / scale);
}

/** The thin QR of A (rows×cols, rows ≥ cols, full rank). @throws InternalError when it is wide, NaN or inaccurate. */
export function orthogonalTriangular(rows: number, cols: number, a: Float64Array): OrthogonalTriangular {
  if (rows < cols) throw new InternalError(`QR needs rows ≥ columns, got ${rows}×${cols}.`);
  const scale = checkedScale('orthogonalTriangular', rows, cols, a);
  if (cols === 0) return { orthogonal: new Float64Array(0), triangular: new Float64Array(0) };
  const scaled = a.map((entry) => entry / scale);
  const decomposition = new QrDecomposition(matrixOf(rows, cols, scaled));
  const q = decomposition.orthogonalMatrix;
  const r = decomposition.upperTriangularMatrix;
  const signs = Array.from({ length: cols }, (_, j) => (r.get(j, j) < 0 ? -1 : 1));
  const orthogonal = new Float64Array(rows * cols);
  const triangular = new Float64Array(cols * cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) orthogonal[i * cols + j] = q.get(i, j) * signs[j]!;
  for (let i = 0; i < cols; i++) for (let j = i; j < cols; j++) triangular[i * cols + j] = r.get(i, j) * signs[i]!;
  const rightFactor = transposed(cols, cols, triangular);
  checkProduct('orthogonalTriangular', rows, cols, cols, scaled, orthogonal, undefined, rightFactor);
  checkOrthonormal('orthogonalTriangular', rows, cols, orthogonal);
  return { orthogonal, triangular: triangular.map((entry) => entry * scale) };
}

/**
 * A frame R (rows×cols, RᵀR = I to about 1e-15), uniformly distributed: Q of a Gaussian matrix with the signs of R
 * fixed. @throws InternalError when cols > rows.
 */
export function randomOrthonormalFrame(stream: Stream, rows: number, cols: number): Float64Array {
  return orthogonalTriangular(rows, cols, stream.fillNormal(new Float64Array(rows * cols), 1)).orthogonal;
}

/** A power of two near the largest entry, so that scaling does not round; 1 for a zero matrix. */
function checkedScale(what: string, rows: number, cols: number, a: Float64Array): number {
  if (a.length !== rows * cols) throw new InternalError(`${what}: ${a.length} entries for ${rows}×${cols}.`);
  let largest = 0;
  for (const entry of a) {
    if (!Number.isFinite(entry)) throw new InternalError(`${what}: the matrix has an entry ${entry}.`);
    largest = Math.max(largest, Math.abs(entry));
  }
  return largest === 0 ? 1 : 2 ** Math.max(-1021, Math.min(1022, Math.floor(Math.log2(largest))));
}

function matrixOf(rows: number, cols: number, a: Float64Array): Matrix {
  const matrix = new Matrix(rows, cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) matrix.set(i, j, a[i * cols + j]!);
  return matrix;
}

function sortedIndices(values: readonly number[], compare: (x: number, y: number) => number): number[] {
  return values.map((_, index) => index).sort((p, q) => compare(values[p]!, values[q]!));
}

function pickColumns(matrix: Matrix, columns: readonly number[]): Float64Array {
  const out = new Float64Array(matrix.rows * columns.length);
  for (let i = 0; i < matrix.rows; i++) {
    columns.forEach((column, j) => {
      out[i * columns.length + j] = matrix.get(i, column);
    });
  }
  return out;
}

function transposed(rows: number, cols: number, a: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) out[j * rows + i] = a[i * cols + j]!;
  return out;
}

/** A must equal left · diag(values) · rightᵀ relative to ‖A‖. */
function checkProduct(
  what: string, rows: number, cols: number, rank: number,
  a: Float64Array, left: Float64Array, values: Float64Array | undefined, right: Float64Array,
): void {
  let norm = 0;
  let residual = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      let sum = 0;
      for (let k = 0; k < rank; k++) sum += left[i * rank + k]! * (values?.[k] ?? 1) * right[j * rank + k]!;
      norm += a[i * cols + j]! ** 2;
      residual += (sum - a[i * cols + j]!) ** 2;
    }
  }
  const bound = ACCURACY * Math.max(rows, cols) * Math.sqrt(norm);
  // Written so that NaN fails.
  if (!(Math.sqrt(residual) <= bound)) {
    throw new InternalError(`${what} of a ${rows}×${cols} matrix: residual ${Math.sqrt(residual)} > ${bound}.`);
  }
}

/** MᵀM must be the identity. */
function checkOrthonormal(what: string, rows: number, cols: number, m: Float64Array): void {
  let defect = 0;
  for (let p = 0; p < cols; p++) {
    for (let q = p; q < cols; q++) {
      let sum = p === q ? -1 : 0;
      for (let i = 0; i < rows; i++) sum += m[i * cols + p]! * m[i * cols + q]!;
      defect = Math.max(defect, Math.abs(sum));
    }
  }
  const bound = ACCURACY * Math.max(rows, 5);
  if (!(defect <= bound)) throw new InternalError(`${what}: columns are orthonormal to ${defect} > ${bound} only.`);
}
