/**
 * The tangent space of the claimed form at one of its points, from the construction alone: frames move as such matrices
 * may to first order (free-letters.ts), and the blocks move with them.
 */
import type { Stream } from '../../numeric/random.js';
import { lettersIn } from '../../symbolic/letters.js';
import type { Construction } from '../../theorem/contract.js';
import { type DenseMatrix, frobenius } from '../../theorem/evaluate-numeric.js';
import { letterTangent } from '../free-letters.js';
import type { Placed, Setting } from '../setting.js';

/** A drawn tangent is new if this share of it is, and known if no more than rounding is; between, nothing is said. */
const NEW = 1e-5;
const KNOWN = 1e-10;
/** A form that does not move at all still moves by rounding: by this share of the point, and never by so much. */
const STILL = 1e-13;
const MOVED = 1e-10;
/** So many draws in a row without anything new end the search. */
const IDLE = 3;

/**
 * The derivative of the blocks as the frames move, and the norm of the points that it was taken from. Three central
 * differences are combined so that it is exact up to degree six. Blocks are polynomials in frames, but divide by the
 * norm of obtuse columns: then the step is small, and rounding counts for more.
 */
const pointTangent = (
  setting: Setting,
  construction: Construction,
  { letters, rank }: Placed,
  stream: Stream,
): { readonly tangent: Float64Array; readonly still: number; readonly moved: number } => {
  const frames = (construction.frames ?? []).flatMap((node) => {
    const value = letters.get(node.name);
    return value === undefined ? [] : [{ name: node.name, value, move: letterTangent(node, value, stream) }];
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
  const step = (construction.frames ?? []).some((x) => x.kind === 'obtuse') ? 2 ** -9 : 1;
  const [near, far, further] = [difference(step), difference(2 * step), difference(4 * step)];
  const tangent = near.map((x, k) => (64 * x - 20 * far[k] + further[k]) / 45);
  return { tangent, still: (STILL / step) * scale, moved: MOVED * scale };
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
    const { tangent, still, moved } = pointTangent(setting, construction, placed, stream);
    const whole = norm(tangent);
    for (let pass = 0; pass < 2; pass++) {
      for (const x of basis) kernels.axpy(size, -kernels.dot(size, x, 0, tangent, 0), x, 0, tangent, 0);
    }
    const rest = norm(tangent);
    if (rest <= Math.max(KNOWN * whole, still)) {
      idle += 1;
      continue;
    }
    if (!(rest >= Math.max(NEW * whole, moved)) || (basis.length + 1) * size > BUDGET) return undefined;
    kernels.scale(size, 1 / rest, tangent, 0, tangent, 0);
    basis.push(tangent);
    idle = 0;
  }
  return basis;
};
