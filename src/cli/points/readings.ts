/**
 * The readings of a user's arrays as a point: each matrix as it is or transposed, wherever the shapes fit together.
 *
 * PyTorch keeps samples in rows, papers keep them in columns. Shapes often say which it is; where they do not, every
 * reading is returned, and it is not decided here which is meant.
 */
import { UsageError } from '../../errors.js';
import type { Problem } from '../../symbolic/objective.js';
import { type NumericArray, shapeText } from './array.js';
import type { Labels } from './labels.js';

export interface Reading {
  readonly K: number;
  readonly n: number;
  readonly d: number;
  /** The blocks that are transposed. */
  readonly transposed: readonly string[];
  /** Row-major, in the theorem's shapes, samples class-major. */
  readonly blocks: Readonly<Record<string, Float64Array>>;
}

export interface ReadingOptions {
  /** Absent: samples are taken to be class-major. */
  readonly labels?: Labels;
  readonly K?: number;
  readonly n?: number;
  readonly d?: number;
}

interface Oriented {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
  readonly flipped: boolean;
}

const transpose = (rows: number, cols: number, data: Float64Array): Float64Array =>
  data.map((_, k) => data[(k % rows) * cols + Math.floor(k / rows)] ?? NaN);

const orientations = (name: string, array: NumericArray): Oriented[] => {
  const { shape, data } = array;
  if (name === 'b') {
    if (shape.filter((side) => side !== 1).length <= 1) {
      return [{ name, rows: data.length, cols: 1, data, flipped: false }];
    }
  } else if (shape.length === 2) {
    const [rows = 0, cols = 0] = shape;
    const asItIs = { name, rows, cols, data, flipped: false };
    const turned = { name, rows: cols, cols: rows, data: transpose(rows, cols, data), flipped: true };
    // A symmetric matrix reads the same.
    const same = rows === cols && data.every((x, k) => x === turned.data[k]);
    return data.length === 0 ? [] : same ? [asItIs] : [asItIs, turned];
  }
  throw new UsageError(
    `${name} has the shape ${shapeText(array)}`,
    name === 'b' ? 'b is a vector.' : 'Blocks are matrices.',
  );
};

/** Every choice of one from each list. */
const choices = <T>(lists: readonly (readonly T[])[]): T[][] =>
  lists.reduce<T[][]>((all, list) => all.flatMap((chosen) => list.map((x) => [...chosen, x])), [[]]);

/** The samples of H in the order of their classes. */
const inOrder = ({ rows, cols, data }: Oriented, order: readonly number[] | undefined): Float64Array =>
  order === undefined
    ? data
    : data.map((_, k) => data[(Math.floor(k / cols) % rows) * cols + (order[k % cols] ?? 0)] ?? NaN);

const fits = (problem: Problem, blocks: readonly Oriented[], options: ReadingOptions): Reading | undefined => {
  const { spec } = problem;
  const at = (name: string): Oriented | undefined => blocks.find((x) => x.name === name);
  const last = at(spec.layers === 1 ? 'W' : `W${spec.layers}`);
  const features = at(spec.layers === 1 ? 'H' : 'H1');
  if (last === undefined || features === undefined) return undefined;
  const [K, d, N] = [last.rows, last.cols, features.cols];
  const n = N / K;
  const { labels } = options;
  const sizesFit =
    Number.isInteger(n) &&
    (labels === undefined || (labels.K === K && labels.order.length === N)) &&
    (['K', 'n', 'd'] as const).every((size) => options[size] === undefined || options[size] === { K, n, d }[size]);
  if (!sizesFit) return undefined;
  const shape = (name: string): readonly [number, number] =>
    name === 'b' ? [K, 1] : name === features.name ? [d, N] : name === last.name ? [K, d] : [d, d];
  if (blocks.some(({ name, rows, cols }) => shape(name)[0] !== rows || shape(name)[1] !== cols)) return undefined;
  return {
    K,
    n,
    d,
    transposed: blocks.filter((x) => x.flipped).map((x) => x.name),
    blocks: Object.fromEntries(
      blocks.map((x) => [x.name, x.name === features.name ? inOrder(x, labels?.order) : x.data]),
    ),
  };
};

/**
 * All readings of these arrays as blocks of the problem.
 *
 * @throws UsageError where there is none
 */
export const readingsOf = (
  problem: Problem,
  arrays: ReadonlyMap<string, NumericArray>,
  options: ReadingOptions,
): Reading[] => {
  const oriented = problem.blocks.map(({ name }) => {
    const array = arrays.get(name);
    if (array === undefined) {
      throw new UsageError(`the block ${name} is missing`, 'Say which array it is with --names.');
    }
    return orientations(name, array);
  });
  const readings = choices(oriented).flatMap((blocks) => fits(problem, blocks, options) ?? []);
  if (readings.length > 0) return readings;
  const shapes = problem.blocks.map(({ name }) => `${name} ${shapeText(arrays.get(name) ?? { shape: [] })}`);
  const given = (['K', 'n', 'd'] as const).flatMap((x) => (options[x] === undefined ? [] : [`${x} = ${options[x]}`]));
  const { labels } = options;
  const also = labels === undefined ? [] : [`y with ${labels.K} classes of ${labels.n}`];
  const model = problem.spec.layers === 1 ? 'W is K × d and H is d × Kn' : 'weights are K × d and d × d, H1 is d × Kn';
  throw new UsageError(
    `the shapes ${[...shapes, ...also, ...given].join(', ')} do not fit together`,
    `In the model ${model}, all of them transposed if need be.`,
  );
};

/**
 * The readings that `--transpose` leaves: blocks that it lists are transposed; of the others those whose shapes leave
 * both open are taken as they are.
 *
 * @throws UsageError for a block that cannot be transposed, or is none
 */
export const withTransposed = (readings: readonly Reading[], listed: readonly string[]): Reading[] => {
  const open = (name: string): boolean => new Set(readings.map((x) => x.transposed.includes(name))).size > 1;
  for (const name of listed) {
    const known = readings.some((x) => Object.hasOwn(x.blocks, name));
    if (!known) throw new UsageError(`--transpose ${name}: there is no such block`, 'Blocks, or none.');
    if (!readings.some((x) => x.transposed.includes(name))) {
      throw new UsageError(`--transpose ${name}: its shape allows no other reading than as it is`, 'Leave it out.');
    }
  }
  return readings.filter(({ transposed, blocks }) =>
    Object.keys(blocks).every(
      (name) => listed.includes(name) === transposed.includes(name) || (!listed.includes(name) && !open(name)),
    ),
  );
};
