/**
 * The tangent space of the claimed form at one of its points, from the construction alone: frames move along
 * Ṙ = G − R·sym(RᵀG), which keeps RᵀR = I to first order, and the blocks move with them.
 */
import type { Stream } from '../../numeric/random.js';
import { lettersIn } from '../../symbolic/letters.js';
import type { Construction } from '../../theorem/contract.js';
import { type DenseMatrix, frobenius } from '../../theorem/evaluate-numeric.js';
import type { Placed, Setting } from '../setting.js';

/** A drawn tangent is new if this share of it is, and known if no more than rounding is; between, nothing is said. */
const NEW = 1e-5;
const KNOWN = 1e-10;
/** A form that does not move at all still moves by rounding: by this share of the point, and never by so much. */
const STILL = 1e-13;
const MOVED = 1e-10;
/** So many draws in a row without anything new end the search. */
const IDLE = 3;

/** A random tangent of the Stiefel manifold at R. */
const frameTangent = ({ rows, cols, data }: DenseMatrix, stream: Stream): Float64Array => {
  const draw = stream.fillNormal(new Float64Array(rows * cols), 1);
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

/**
 * The derivative of the blocks as the frames move, and the norm of the points that it was taken from. The blocks are
 * polynomials in the frames; two central differences are combined so that it is exact up to degree four.
 */
const pointTangent = (
  setting: Setting,
  construction: Construction,
  { letters, rank }: Placed,
  stream: Stream,
): { readonly tangent: Float64Array; readonly scale: number } => {
  const frames = (construction.frames ?? []).flatMap(({ name }) => {
    const value = letters.get(name);
    return value === undefined ? [] : [{ name, value, move: frameTangent(value, stream) }];
  });
  const at = (step: number): Float64Array => {
    const moved = frames.map(({ name, value, move }): [string, DenseMatrix] => [
      name,
      { ...value, data: value.data.map((x, k) => x + step * move[k]) },
    ]);
    return setting.construct(construction, new Map([...letters, ...moved]), rank);
  };
  let scale = 0;
  const difference = (step: number): Float64Array => {
    const [ahead, behind] = [at(step), at(-step)];
    scale = Math.max(scale, frobenius({ rows: ahead.length, cols: 1, data: ahead }));
    return ahead.map((x, k) => (x - behind[k]) / (2 * step));
  };
  const [near, far] = [difference(1), difference(2)];
  return { tangent: near.map((x, k) => (4 * x - far[k]) / 3), scale };
};

/** Numbers that the basis of a tangent space may take. */
const BUDGET = 2_000_000;

const remembered = new WeakMap<Setting, { readonly basis: readonly Float64Array[] | undefined }>();

/**
 * An orthonormal basis of the tangent space of the claimed form at `placeClaim(0)`, by random tangents until no more
 * are new; undefined where it would take too much memory, or where new and known cannot be told apart. Made once.
 */
export const tangentBasis = (setting: Setting): readonly Float64Array[] | undefined => {
  const known = remembered.get(setting) ?? { basis: findBasis(setting) };
  remembered.set(setting, known);
  return known.basis;
};

const findBasis = (setting: Setting): readonly Float64Array[] | undefined => {
  const { model, case: home } = setting;
  const { size, kernels } = model;
  const construction = home.minimizer;
  // The complement of a moving frame moves too, which is not followed here.
  const { complements } = lettersIn(Object.values(construction.blocks));
  if (complements.some((x) => lettersIn([x.of]).frames.length > 0)) return undefined;
  const placed = setting.placeClaim(0);
  const stream = setting.stream('tangent');
  const basis: Float64Array[] = [];
  const norm = (x: Float64Array): number => Math.sqrt(kernels.dot(size, x, 0, x, 0));
  for (let idle = 0; idle < IDLE && basis.length < size;) {
    const { tangent, scale } = pointTangent(setting, construction, placed, stream);
    const whole = norm(tangent);
    for (let pass = 0; pass < 2; pass++) {
      for (const x of basis) kernels.axpy(size, -kernels.dot(size, x, 0, tangent, 0), x, 0, tangent, 0);
    }
    const rest = norm(tangent);
    if (rest <= Math.max(KNOWN * whole, STILL * scale)) {
      idle += 1;
      continue;
    }
    if (!(rest >= Math.max(NEW * whole, MOVED * scale)) || (basis.length + 1) * size > BUDGET) return undefined;
    kernels.scale(size, 1 / rest, tangent, 0, tangent, 0);
    basis.push(tangent);
    idle = 0;
  }
  return basis;
};
