/**
 * Dense decompositions: the one place that talks to ml-matrix.
 *
 * ml-matrix hangs on NaN, loses digits on slightly asymmetric matrices and is silent about both, so inputs are checked and
 * symmetrised here, and residuals and orthogonality are looked at after every call.
 */
import { EigenvalueDecomposition, Matrix, QrDecomposition, SingularValueDecomposition } from 'ml-matrix';
import { InternalError } from '../errors.js';
import type { Stream } from './random.js';

const EPSILON = 2 ** -52;

const requireFinite = (data: Float64Array, what: string): void => {
  for (const x of data) if (!Number.isFinite(x)) throw new InternalError(`${what}: an entry is not finite`);
};

const largestEntry = (data: Float64Array): number => {
  let largest = 0;
  for (const x of data) largest = Math.max(largest, Math.abs(x));
  return largest;
};

const toMatrix = (rows: number, cols: number, data: Float64Array, scale: number): Matrix => {
  const result = new Matrix(rows, cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) result.set(i, j, data[i * cols + j]! / scale);
  return result;
};

/** Eigenvalues ascending; `vectors` holds the eigenvector of values[k] in column k (row-major, size × size). */
export interface SymmetricEigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/**
 * The spectrum of the symmetric part of a row-major size × size matrix.
 *
 * @throws InternalError for entries that are not finite, or if the residual is not at rounding level
 */
export const symmetricEigen = (size: number, data: Float64Array): SymmetricEigen => {
  requireFinite(data, 'symmetric eigenvalues');
  const scale = largestEntry(data) || 1;
  const symmetric = new Matrix(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) symmetric.set(i, j, (data[i * size + j]! + data[j * size + i]!) / 2 / scale);
  }
  const decomposition = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
  const columns = decomposition.realEigenvalues.map((value, index) => ({ value, index }));
  columns.sort((a, b) => a.value - b.value);
  const source = decomposition.eigenvectorMatrix;
  const values = Float64Array.from(columns, (x) => x.value * scale);
  const vectors = new Float64Array(size * size);
  columns.forEach(({ index }, k) => {
    for (let i = 0; i < size; i++) vectors[i * size + k] = source.get(i, index);
  });
  checkEigen(size, symmetric, columns.map((x) => x.value), vectors);
  return { values, vectors };
};

const checkEigen = (size: number, matrix: Matrix, values: readonly number[], vectors: Float64Array): void => {
  const v = toMatrix(size, size, vectors, 1);
  const image = matrix.mmul(v);
  const allowed = 100 * size * size * EPSILON;
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const off = Math.abs(image.get(i, k) - v.get(i, k) * values[k]!);
      if (!(off <= allowed)) throw new InternalError(`symmetric eigenvalues: residual ${off}`);
    }
  }
};

/** Singular values, descending, of a row-major rows × cols matrix. @throws InternalError for entries that are not finite */
export const singularValues = (rows: number, cols: number, data: Float64Array): Float64Array => {
  requireFinite(data, 'singular values');
  const scale = largestEntry(data);
  if (scale === 0) return new Float64Array(Math.min(rows, cols));
  const source = toMatrix(rows, cols, data, scale);
  const decomposition = new SingularValueDecomposition(rows >= cols ? source : source.transpose(), {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
  });
  return Float64Array.from(decomposition.diagonal, (x) => x * scale).sort((a, b) => b - a);
};

/** ‖X‖_*, the sum of the singular values. */
export const nuclearNorm = (rows: number, cols: number, data: Float64Array): number =>
  singularValues(rows, cols, data).reduce((sum, x) => sum + x, 0);

/**
 * A random R ∈ ℝ^{rows×cols} with RᵀR = I, uniform on the Stiefel manifold: QR of a Gaussian with the signs of R fixed.
 *
 * @throws InternalError if cols > rows, or if the columns are not orthonormal to rounding
 */
export const randomOrthonormalFrame = (stream: Stream, rows: number, cols: number): Float64Array => {
  if (cols > rows) throw new InternalError(`no ${cols} orthonormal columns in dimension ${rows}`);
  if (cols === 0) return new Float64Array(0);
  const gaussian = stream.fillNormal(new Float64Array(rows * cols), 1);
  const decomposition = new QrDecomposition(toMatrix(rows, cols, gaussian, 1));
  const q = decomposition.orthogonalMatrix;
  const upper = decomposition.upperTriangularMatrix;
  const frame = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) frame[i * cols + j] = q.get(i, j) * (upper.get(j, j) < 0 ? -1 : 1);
  }
  const off = orthonormalityError(frame, rows, cols);
  if (!(off <= 100 * rows * EPSILON)) throw new InternalError(`the frame is not orthonormal: ${off}`);
  return frame;
};

/** ‖RᵀR − I‖ for a row-major frame. */
export const orthonormalityError = (frame: Float64Array, rows: number, cols: number): number => {
  let total = 0;
  for (let i = 0; i < cols; i++) {
    for (let j = 0; j < cols; j++) {
      let sum = i === j ? -1 : 0;
      for (let k = 0; k < rows; k++) sum += frame[k * cols + i]! * frame[k * cols + j]!;
      total += sum * sum;
    }
  }
  return Math.sqrt(total);
};
