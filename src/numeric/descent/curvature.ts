/** The lowest curvature at a point: Lanczos with full reorthogonalisation on Hessian–vector products. */
import { symmetricEigen } from '../dense.js';
import type { Stream } from '../random.js';
import { type Objective, addScaled, dot, norm } from './objective.js';

export interface LowestCurvature {
  /** The lowest Ritz value, the Rayleigh quotient of `direction`: an upper bound of the lowest eigenvalue. */
  readonly value: number;
  /** The largest |Ritz value|: the scale of the Hessian. */
  readonly scale: number;
  readonly direction: Float64Array;
  /** ‖∇²f v − value·v‖: some eigenvalue lies within this of `value`. */
  readonly residual: number;
}

/** Searches the Krylov space of a random start; deterministic for a given stream. */
export const lowestCurvature = (
  objective: Objective,
  point: Float64Array,
  stream: Stream,
  steps: number,
): LowestCurvature => {
  const { size } = objective;
  const count = Math.min(steps, size);
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const offDiagonal: number[] = [];
  let v = stream.fillNormal(new Float64Array(size), 1);
  const first = norm(v);
  for (let k = 0; k < size; k++) v[k]! /= first;
  let scale = 0;
  for (let j = 0; j < count; j++) {
    basis.push(v);
    const image = new Float64Array(size);
    objective.hessianVector(point, v, image);
    const alpha = dot(v, image);
    diagonal.push(alpha);
    for (let pass = 0; pass < 2; pass++) for (const u of basis) addScaled(image, -dot(u, image), u);
    const beta = norm(image);
    scale = Math.max(scale, Math.abs(alpha) + beta);
    offDiagonal.push(beta);
    if (beta <= 1e-13 * scale) break;
    for (let k = 0; k < size; k++) image[k]! /= beta;
    v = image;
  }
  const m = diagonal.length;
  const tridiagonal = new Float64Array(m * m);
  for (let j = 0; j < m; j++) {
    tridiagonal[j * m + j] = diagonal[j]!;
    if (j + 1 < m) tridiagonal[j * m + j + 1] = tridiagonal[(j + 1) * m + j] = offDiagonal[j]!;
  }
  const { values, vectors } = symmetricEigen(m, tridiagonal);
  const direction = new Float64Array(size);
  basis.forEach((u, j) => {
    addScaled(direction, vectors[j * m]!, u);
  });
  return {
    value: values[0]!,
    scale: Math.max(...values.map(Math.abs)),
    direction,
    residual: Math.abs(offDiagonal[m - 1]! * vectors[(m - 1) * m]!),
  };
};
