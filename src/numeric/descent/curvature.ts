/**
 * The lowest curvature at a point, by Lanczos with full reorthogonalisation from a seeded random vector.
 *
 * In exact arithmetic the Krylov space of a generic start holds one vector for each distinct eigenvalue, so at the
 * critical points of a UFM (about ten of them) it closes after as many products. The Ritz value is a Rayleigh
 * quotient: a negative one *is* negative curvature; a non-negative one is evidence, not proof, that there is none.
 */
import type { Model } from '../../model/model.js';
import { symmetricEigen } from '../dense.js';
import type { Stream } from '../random.js';

/** What the probe found. */
export interface Curvature {
  /** vᵀ∇²f v, the lowest Ritz value, recomputed from v. */
  readonly lowest: number;
  /** v, of unit length. */
  readonly vector: Float64Array;
  /** ‖∇²f v − lowest·v‖₂ (off the deflated vectors): some eigenvalue lies within this of `lowest`. */
  readonly residual: number;
  /** An estimate (from below) of ‖∇²f‖₂: the largest absolute Ritz value. */
  readonly scale: number;
  /**
   * True when the Krylov space closed (every eigenvalue that the start vector sees was found), or when the lowest
   * Ritz pair has converged to 1e-10 of the scale although it did not close.
   */
  readonly complete: boolean;
  /** Hessian–vector products used. */
  readonly products: number;
}

/** Relative to `scale`, curvature above minus this is not significantly negative. */
export const CURVATURE_TOLERANCE = 1e-11;

const CLOSED = 1e-11;
const CONVERGED = 1e-10;
/** A space that does not close is looked at this often for convergence of its lowest Ritz pair. */
const CHECK_EVERY = 25;

/**
 * Probes the Hessian at `point` with at most `maximumProducts` products besides the final check, on the orthogonal
 * complement of `deflated` (orthonormal vectors, fewer than unknowns): the lowest value is that of vᵀ∇²f v for unit v
 * there.
 */
export function lowestCurvature(
  model: Model, point: Float64Array, stream: Stream, maximumProducts = 100, deflated: readonly Float64Array[] = [],
): Curvature {
  const { size, kernels } = model;
  const dimension = size - deflated.length;
  const limit = Math.min(dimension, maximumProducts);
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const offDiagonal: number[] = [];
  let next = stream.fillNormal(new Float64Array(size), 1);
  purge(next, deflated);
  kernels.scale(size, 1 / length(next), next, 0, next, 0);
  let scale = 0;
  let closed = false;
  while (basis.length < limit && !closed) {
    const current = next;
    basis.push(current);
    next = new Float64Array(size);
    model.hessianVector(point, current, next);
    diagonal.push(kernels.dot(size, current, 0, next, 0));
    purge(next, [...deflated, ...basis]);
    const beta = length(next);
    scale = Math.max(scale, Math.abs(diagonal.at(-1)!), beta);
    closed = beta <= CLOSED * scale || basis.length === dimension;
    offDiagonal.push(beta);
    if (!closed && basis.length % CHECK_EVERY === 0 && basis.length < limit) closed = bottomConverged(beta);
    if (beta > 0) kernels.scale(size, 1 / beta, next, 0, next, 0);
  }
  const count = basis.length;
  const { values, vectors } = tridiagonalEigen(diagonal, offDiagonal);
  const vector = new Float64Array(size);
  basis.forEach((column, k) => kernels.axpy(size, vectors[k * count]!, column, 0, vector, 0));
  purge(vector, deflated);
  kernels.scale(size, 1 / length(vector), vector, 0, vector, 0);
  const image = new Float64Array(size);
  model.hessianVector(point, vector, image);
  const lowest = kernels.dot(size, vector, 0, image, 0);
  kernels.axpy(size, -lowest, vector, 0, image, 0);
  purge(image, deflated);
  const residual = length(image);
  const norm = Math.max(Math.abs(values[0]!), Math.abs(values.at(-1)!));
  const complete = closed || residual <= CONVERGED * norm;
  return { lowest, vector, residual, scale: norm, complete, products: count + 1 };

  /** Takes orthonormal vectors out of x. Twice is enough (Parlett, Kahan): one pass fails where a space closes. */
  function purge(x: Float64Array, vectors: readonly Float64Array[]): void {
    for (let pass = 0; pass < 2; pass++) {
      let overlap = vectors.length > 0 ? kernels.dot(size, vectors[0]!, 0, x, 0) : 0;
      vectors.forEach((vector, k) => {
        // Taken out together with the next inner product: one pass over x instead of two.
        const next = vectors[k + 1];
        if (next === undefined) kernels.axpy(size, -overlap, vector, 0, x, 0);
        else overlap = kernels.axpyDot(size, -overlap, vector, 0, x, 0, next, 0);
      });
    }
  }

  /** The residual of a Ritz pair is β times the last entry of its vector. */
  function bottomConverged(beta: number): boolean {
    const m = basis.length;
    return beta * Math.abs(tridiagonalEigen(diagonal, offDiagonal).vectors[(m - 1) * m]!) <= 0.1 * CONVERGED * scale;
  }

  function length(x: Float64Array): number {
    return Math.sqrt(kernels.dot(size, x, 0, x, 0));
  }
}

function tridiagonalEigen(
  diagonal: readonly number[], offDiagonal: readonly number[],
): { values: Float64Array; vectors: Float64Array } {
  const count = diagonal.length;
  const matrix = new Float64Array(count * count);
  for (let k = 0; k < count; k++) {
    matrix[k * count + k] = diagonal[k]!;
    if (k + 1 < count) {
      matrix[k * count + k + 1] = offDiagonal[k]!;
      matrix[(k + 1) * count + k] = offDiagonal[k]!;
    }
  }
  return symmetricEigen(count, matrix);
}
