/**
 * The whole spectrum at any size, matrix-free, through the invariant spaces that a module states.
 *
 * Random members of each space satisfy the block's action, ∇²f E_i(S) = Σ_j M_ij E_j(S); embeddings keep inner products
 * and different spaces are orthogonal; and the dimensions, counted from the shapes of the parameters, add up to the
 * number of unknowns. Together that *is* the spectrum with its multiplicities. What is asked is linear or bilinear in
 * the parameters, so where it fails it fails for all but a null set of them.
 */
import { roundingFactor } from '../../model/rounding.js';
import type { ComplementNode, Expression, ParameterNode } from '../../symbolic/expression.js';
import { lettersIn } from '../../symbolic/letters.js';
import type { DirectionSpace, SpectrumBlock } from '../../theorem/contract.js';
import { dimensionSizes } from '../../theorem/evaluate-exact.js';
import { type DenseMatrix, denseMatrix, frobenius, numericInterpreter } from '../../theorem/evaluate-numeric.js';
import { type Placed, type Setting, withComplements, worstComplementError } from '../setting.js';
import { constructionError } from './claim-point.js';
import type { Measurement } from './context.js';
import { hessianScale } from './hessian-scale.js';

/** Numbers in the largest complement and in the point beyond which this takes more memory than it should. */
const LARGEST_COMPLEMENT = 4_000_000;
const LARGEST_POINT = 1_000_000;

/** Independent draws of each parameter: two, so that ⟨E_i(S), E_j(T)⟩ is tested and not only its symmetric part. */
const DRAWS = 2;

/** A direction: its blocks by name, those that vanish left out. */
type Direction = Readonly<Record<string, DenseMatrix>>;

interface Member {
  readonly space: number;
  readonly parameter: DenseMatrix;
  /** E_i(S) for each row i of the block's matrix. */
  readonly rows: readonly Direction[];
}

/** The number of free entries of a parameter. */
export const parameterDimension = (node: ParameterNode, size: (name: string) => number): number => {
  const { rows, cols, symmetry } = node;
  const [height, width] = [size(rows), size(cols)];
  if (symmetry === 'general') return height * width;
  return (height * (height + (symmetry === 'symmetric' ? 1 : -1))) / 2;
};

export const spacesOf = (blocks: readonly SpectrumBlock[]): readonly DirectionSpace[] =>
  blocks.flatMap((x) => x.directions ?? []);

const complementsOf = (blocks: readonly SpectrumBlock[]): readonly ComplementNode[] => {
  const formulas = spacesOf(blocks).flatMap(({ rows }): Expression[] => rows.flatMap((row) => Object.values(row)));
  return lettersIn(formulas).complements;
};

/** Why the blocks cannot be checked here without a dense Hessian, if so. */
export const blocksOutOfReach = (
  { instance, model }: Setting,
  blocks: readonly SpectrumBlock[],
  rank?: number,
): string | undefined => {
  if (!blocks.every((x) => x.directions !== undefined)) return 'its blocks have no directions';
  const size = dimensionSizes(instance, rank);
  const largest = complementsOf(blocks).reduce((most, x) => Math.max(most, size(x.rows) * size(x.cols)), 0);
  return largest > LARGEST_COMPLEMENT || model.size > LARGEST_POINT ? 'a point is too large for memory' : undefined;
};

const wrong = (margin: string, what: string, measured = 1, bound = 0): Measurement => ({
  outcome: 'fail',
  measured,
  bound,
  violation: { kind: 'wrong-spectrum', margin, what },
});

/** The claimed multiplicities against the dimensions of the spaces, and their sum against the unknowns. */
const countDimensions = (
  { instance, model }: Setting,
  name: string,
  blocks: readonly SpectrumBlock[],
  rank?: number,
): Measurement | undefined => {
  const size = dimensionSizes(instance, rank);
  const { scalar } = numericInterpreter(instance, new Map(), rank);
  let total = 0;
  for (const { title, matrix, multiplicity, directions = [] } of blocks) {
    const dimension = directions.reduce((sum, x) => sum + parameterDimension(x.parameter, size), 0);
    const claimed = scalar(multiplicity);
    if (claimed !== dimension) {
      return wrong(`${claimed} instead of ${dimension}`, `${name}: the multiplicity of "${title}" is not that claimed`);
    }
    total += matrix.length * dimension;
  }
  return total === model.size
    ? undefined
    : wrong(`${total} instead of ${model.size}`, `${name}: the blocks do not make up the whole space`);
};

/** A random parameter of unit norm, uniform in direction; undefined where it has no entries. */
const drawParameter = (setting: Setting, node: ParameterNode, key: readonly number[], rank?: number) => {
  const size = dimensionSizes(setting.instance, rank);
  const [rows, cols] = [size(node.rows), size(node.cols)];
  const stream = setting.stream('directions', rank ?? -1, ...key);
  const raw = denseMatrix(rows, cols, () => stream.normal());
  const sign = node.symmetry === 'general' ? 0 : node.symmetry === 'symmetric' ? 1 : -1;
  const drawn = denseMatrix(rows, cols, (i, j) =>
    sign === 0 ? raw.data[i * cols + j] : (raw.data[i * cols + j] + sign * raw.data[j * cols + i]) / 2,
  );
  const norm = frobenius(drawn);
  return norm > 0 ? { rows, cols, data: drawn.data.map((x) => x / norm) } : undefined;
};

const drawMembers = (
  setting: Setting,
  { letters, rank }: Placed,
  spaces: readonly DirectionSpace[],
  complements: readonly ComplementNode[],
): Member[] => {
  const { instance } = setting;
  const known = withComplements(instance, letters, complements, rank);
  return spaces.flatMap(({ parameter, rows }, index) =>
    Array.from({ length: DRAWS }, (_, draw) => draw).flatMap((draw): Member[] => {
      const value = drawParameter(setting, parameter, [index, draw], rank);
      if (value === undefined) return [];
      const { matrix } = numericInterpreter(instance, new Map([...known, [parameter.name, value]]), rank);
      const directions = rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, formula]) => [name, matrix(formula)])),
      );
      return [{ space: index, parameter: value, rows: directions }];
    }),
  );
};

const inner = ({ model: { kernels } }: Setting, x: DenseMatrix, y: DenseMatrix): number =>
  kernels.dot(x.data.length, x.data, 0, y.data, 0);

const innerOfDirections = (setting: Setting, x: Direction, y: Direction): number => {
  let sum = 0;
  for (const [name, left] of Object.entries(x)) {
    const right = y[name];
    if (right !== undefined) sum += inner(setting, left, right);
  }
  return sum;
};

interface Deviation {
  readonly measured: number;
  readonly where: string;
}

/** The largest |⟨E_i(S), E_j(T)⟩ − δ⟨S, T⟩| over all rows of all members. */
const worstOverlap = (setting: Setting, members: readonly Member[], titles: readonly string[]): Deviation => {
  let worst: Deviation = { measured: 0, where: '' };
  const all = members.flatMap((member) => member.rows.map((direction, row) => ({ member, direction, row })));
  all.forEach((x, index) => {
    for (const y of all.slice(index)) {
      const same = x.member.space === y.member.space && x.row === y.row;
      const expected = same ? inner(setting, x.member.parameter, y.member.parameter) : 0;
      const measured = Math.abs(innerOfDirections(setting, x.direction, y.direction) - expected);
      if (!(measured <= worst.measured)) {
        worst = { measured, where: `"${titles[x.member.space]}" and "${titles[y.member.space]}"` };
      }
    }
  });
  return worst;
};

/** The largest ‖∇²f E_i(S) − Σ_j M_ij E_j(S)‖ over all rows of all members, for S of unit norm. */
const worstAction = (
  { model }: Setting,
  point: Float64Array,
  members: readonly Member[],
  titles: readonly string[],
  matrixOf: readonly (readonly (readonly number[])[])[],
): Deviation => {
  const { size, kernels } = model;
  const direction = new Float64Array(size);
  const image = new Float64Array(size);
  let worst: Deviation = { measured: 0, where: '' };
  for (const { space, rows } of members) {
    rows.forEach((row, i) => {
      direction.fill(0);
      for (const [name, { data }] of Object.entries(row)) direction.set(data, model.block(name).offset);
      model.hessianVector(point, direction, image);
      rows.forEach((other, j) => {
        const entry = matrixOf[space]?.[i]?.[j] ?? 0;
        for (const [name, { data }] of Object.entries(other)) {
          kernels.axpy(data.length, -entry, data, 0, image, model.block(name).offset);
        }
      });
      const measured = Math.sqrt(kernels.dot(size, image, 0, image, 0));
      if (!(measured <= worst.measured)) worst = { measured, where: `"${titles[space]}"` };
    });
  }
  return worst;
};

/**
 * How far a direction may be from the exact E_i(S), for S of unit norm: the errors of the frames in it, and the
 * rounding of the products that make it. Frames have spectral norm 1, their entrywise absolute values at most √rank.
 */
const directionError = (setting: Setting, complements: readonly ComplementNode[], rank?: number): number => {
  const { K, n, d } = setting.instance;
  const frames = constructionError(setting) + worstComplementError(setting.instance, complements, rank);
  const amplification = Math.sqrt(Math.max(K, d) * Math.max(K * n, d));
  return 8 * frames + roundingFactor(4 * (K * n + d + K + 16)) * amplification;
};

const ratio = (x: Measurement): number => (x.bound > 0 ? x.measured / x.bound : x.measured > 0 ? Infinity : 0);

/** All of it for one point; every block must have directions. */
export const compareBlocks = (
  setting: Setting,
  name: string,
  placed: Placed,
  blocks: readonly SpectrumBlock[],
): Measurement => {
  const { rank, point } = placed;
  const miscounted = countDimensions(setting, name, blocks, rank);
  if (miscounted !== undefined) return miscounted;
  const { scalar } = numericInterpreter(setting.instance, new Map(), rank);
  const spaces = spacesOf(blocks);
  const titles = blocks.flatMap((x) => (x.directions ?? []).map(() => x.title));
  const matrixOf = blocks.flatMap(({ matrix, directions = [] }) => {
    const entries = matrix.map((row) => row.map((x) => scalar(x)));
    return directions.map(() => entries);
  });
  const complements = complementsOf(blocks);
  const members = drawMembers(setting, placed, spaces, complements);
  const error = directionError(setting, complements, rank);

  const overlap = worstOverlap(setting, members, titles);
  const allowedOverlap = 4 * error;
  if (!(overlap.measured <= allowedOverlap)) {
    const what = `${name}: the directions of ${overlap.where} are not orthonormal`;
    return wrong(`off by ${overlap.measured.toExponential(2)}`, what, overlap.measured, allowedOverlap);
  }
  const scale = hessianScale(setting, point);
  const largest = matrixOf.flat(2).reduce((top, x) => Math.max(top, Math.abs(x)), 0);
  const bound = (scale.norm + 2 * largest) * (error + 16 * constructionError(setting)) + scale.rounding;
  const action = worstAction(setting, point, members, titles, matrixOf);
  if (!(action.measured <= bound)) {
    const what = `${name}: ∇²f does not act on ${action.where} as claimed`;
    return wrong(`off by ${action.measured.toExponential(2)}`, what, action.measured, bound);
  }
  const passed = (measured: number, limit: number): Measurement => ({ outcome: 'pass', measured, bound: limit });
  const results = [passed(action.measured, bound), passed(overlap.measured, allowedOverlap)] as const;
  return ratio(results[1]) > ratio(results[0]) ? results[1] : results[0];
};
