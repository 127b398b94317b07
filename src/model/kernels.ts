/**
 * The dense kernels that models and descent methods run on, behind one small interface.
 *
 * Matrices are row-major stretches of flat `Float64Array`s, given as (array, offset); nothing is allocated and nothing
 * is checked. An implementation is interchangeable only if it keeps the summation order stated in `product.ts` and
 * `vectors.ts`: results must agree bit for bit, so that a run can be replayed on any machine.
 */
import { stridedProduct } from './product.js';
import { addScaled, axpy, axpyDot, dot, dotDepth, mask, moveTo, rectify, scale } from './vectors.js';

/** `out` (rows×columns) = product of two matrices with inner dimension `inner`; += when `accumulate`. */
export type MatrixProduct = (
  rows: number, inner: number, columns: number,
  a: Float64Array, aAt: number, b: Float64Array, bAt: number,
  out: Float64Array, outAt: number, accumulate: boolean,
) => void;

/** Dense kernels; see the head of this file for the contract. */
export interface Kernels {
  /** A (rows×inner) · B (inner×columns). */
  readonly multiply: MatrixProduct;
  /** A (rows×inner) · Bᵀ, B stored as columns×inner. */
  readonly multiplyByTranspose: MatrixProduct;
  /** Aᵀ · B, A stored as inner×rows, B as inner×columns. */
  readonly transposeMultiply: MatrixProduct;
  /** Σ x_k y_k, in four lanes and pairwise. */
  readonly dot: (length: number, x: Float64Array, xAt: number, y: Float64Array, yAt: number) => number;
  /** y += alpha · x. */
  readonly axpy: (
    length: number, alpha: number, x: Float64Array, xAt: number, y: Float64Array, yAt: number,
  ) => void;
  /** y += alpha · x, then Σ z_k y_k: the bits of `axpy` and `dot`, in one pass over memory. */
  readonly axpyDot: (
    length: number, alpha: number, x: Float64Array, xAt: number, y: Float64Array, yAt: number,
    z: Float64Array, zAt: number,
  ) => number;
  /** out = alpha · x. */
  readonly scale: (
    length: number, alpha: number, x: Float64Array, xAt: number, out: Float64Array, outAt: number,
  ) => void;
  /** out = x + alpha · y. */
  readonly addScaled: (length: number, x: Float64Array, alpha: number, y: Float64Array, out: Float64Array) => void;
  /** difference = next − x, and then x = next. */
  readonly moveTo: (length: number, x: Float64Array, next: Float64Array, difference: Float64Array) => void;
  /** Entries of a whole workspace below zero become zero; NaN stays. */
  readonly rectify: (z: Float64Array) => void;
  /** Entries of `values` become zero where the same entry of `activation` is not above zero. */
  readonly mask: (activation: Float64Array, values: Float64Array) => void;
  /** Number of roundings that a term of `dot` passes through at this length: the m of its error bound γ_m. */
  readonly dotDepth: (length: number) => number;
  /** A workspace, zero at first, where the kernels reach it best. It may live as long as they: no call in a loop. */
  readonly allocate: (length: number) => Float64Array;
}

/** The reference implementation, in plain JavaScript. */
export const portableKernels: Kernels = {
  multiply(rows, inner, columns, a, aAt, b, bAt, out, outAt, accumulate) {
    stridedProduct(rows, inner, columns, a, aAt, inner, 1, b, bAt, columns, 1, out, outAt, accumulate);
  },
  multiplyByTranspose(rows, inner, columns, a, aAt, b, bAt, out, outAt, accumulate) {
    stridedProduct(rows, inner, columns, a, aAt, inner, 1, b, bAt, 1, inner, out, outAt, accumulate);
  },
  transposeMultiply(rows, inner, columns, a, aAt, b, bAt, out, outAt, accumulate) {
    stridedProduct(rows, inner, columns, a, aAt, 1, rows, b, bAt, columns, 1, out, outAt, accumulate);
  },
  dot,
  axpy,
  axpyDot,
  scale,
  addScaled,
  moveTo,
  rectify,
  mask,
  dotDepth,
  allocate: (length) => new Float64Array(length),
};
