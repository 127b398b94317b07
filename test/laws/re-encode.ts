/**
 * The same problem written down in another way: points and instances that must give the same figures.
 *
 * Every re-encoding maps an instance and each of its points to another instance and point with the same value of f.
 * Factors are powers of two where scaling is involved, so that nothing is lost to rounding.
 */
import type { Model } from '../../src/model/model.js';
import { multiply, parseRational, rational, format } from '../../src/exact/rational.js';
import { randomOrthonormalFrame } from '../../src/numeric/dense.js';
import { createStream } from '../../src/numeric/random.js';
import type { Problem } from '../../src/symbolic/objective.js';
import type { Instance } from '../../src/theorem/instance.js';

export interface Reencoding {
  readonly name: string;
  /** Whether the numbers stay the same up to powers of two; otherwise up to rounding. */
  readonly exact: boolean;
  applies(problem: Problem, instance: Instance): boolean;
  instance(problem: Problem, instance: Instance): Instance;
  /** The point of `from` in the model of the new instance. */
  point(problem: Problem, from: Model, point: Float64Array, to: Model): Float64Array;
}

type Entry = (block: string, row: number, col: number) => number;

/** A point of `to` given entry by entry. */
const build = (to: Model, entry: Entry): Float64Array => {
  const point = new Float64Array(to.size);
  for (const { name, rows, cols, offset } of to.blocks) {
    for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) point[offset + i * cols + j] = entry(name, i, j);
  }
  return point;
};

/** Entries of a point, zero outside of its blocks. */
const reader = (model: Model, point: Float64Array): Entry => {
  const blocks = new Map(model.blocks.map((x) => [x.name, x]));
  return (name, row, col) => {
    const block = blocks.get(name);
    return block === undefined || row >= block.rows || col >= block.cols
      ? 0
      : (point[block.offset + row * block.cols + col] ?? 0);
  };
};

const featureBlock = ({ blocks }: Problem): string => blocks.find((x) => x.cols === 'N')?.name ?? 'H';
const firstWeights = ({ blocks }: Problem): string => blocks.findLast((x) => x.cols === 'd')?.name ?? 'W';
const lastWeights = ({ blocks }: Problem): string => blocks[0]?.name ?? 'W';
const scaledLambda = (instance: Instance, factors: Readonly<Record<string, readonly [number, number]>>): Instance => ({
  ...instance,
  lambda: Object.fromEntries(
    Object.entries(instance.lambda).map(([block, x]) => {
      const [p, q] = factors[block] ?? [1, 1];
      return [block, format(multiply(parseRational(x), rational(p, q)))];
    }),
  ),
});

const permuted: Reencoding = {
  name: 'classes permuted',
  exact: false,
  applies: () => true,
  instance: (_, instance) => instance,
  point(problem, from, point, to) {
    const read = reader(from, point);
    const n = to.sampleCount / from.instance.K;
    const { K } = from.instance;
    const move = (k: number): number => (k + 1) % K;
    return build(to, (block, i, j) => {
      if (block === featureBlock(problem)) return read(block, i, move(Math.floor(j / n)) * n + (j % n));
      return block === lastWeights(problem) || block === 'b' ? read(block, move(i), j) : read(block, i, j);
    });
  },
};

const rotated: Reencoding = {
  name: 'features rotated',
  exact: false,
  applies: () => true,
  instance: (_, instance) => instance,
  point(problem, from, point, to) {
    const read = reader(from, point);
    const d = from.block(featureBlock(problem)).rows;
    const Q = randomOrthonormalFrame(createStream('rotation', d), d, d);
    const q = (i: number, j: number): number => Q[i * d + j] ?? 0;
    const sum = (term: (k: number) => number): number =>
      Array.from({ length: d }, (_, k) => term(k)).reduce((x, y) => x + y);
    return build(to, (block, i, j) => {
      if (block === featureBlock(problem)) return sum((k) => q(i, k) * read(block, k, j));
      return block === firstWeights(problem) ? sum((k) => read(block, i, k) * q(j, k)) : read(block, i, j);
    });
  },
};

const rescaled: Reencoding = {
  name: 'λ and blocks rescaled',
  exact: true,
  applies: () => true,
  instance: (problem, instance) =>
    scaledLambda(instance, { [firstWeights(problem)]: [1, 16], [featureBlock(problem)]: [16, 1] }),
  point(problem, from, point, to) {
    const read = reader(from, point);
    const factor: Readonly<Record<string, number>> = { [firstWeights(problem)]: 4, [featureBlock(problem)]: 1 / 4 };
    return build(to, (block, i, j) => (factor[block] ?? 1) * read(block, i, j));
  },
};

const wider: Reencoding = {
  name: 'a useless extra dimension',
  exact: true,
  applies: () => true,
  instance: (_, instance) => ({ ...instance, d: instance.d + 1 }),
  point: (_, from, point, to) => build(to, reader(from, point)),
};

const split: Reencoding = {
  name: 'every sample split in two',
  exact: true,
  applies: () => true,
  instance: (problem, instance) => ({
    ...scaledLambda(instance, { [featureBlock(problem)]: [1, 2] }),
    n: 2 * instance.n,
  }),
  point(problem, from, point, to) {
    const read = reader(from, point);
    return build(to, (block, i, j) => read(block, i, block === featureBlock(problem) ? Math.floor(j / 2) : j));
  },
};

const merged: Reencoding = {
  name: 'pairs of equal samples merged',
  exact: true,
  applies: (_, { n }) => n % 2 === 0,
  instance: (problem, instance) => ({
    ...scaledLambda(instance, { [featureBlock(problem)]: [2, 1] }),
    n: instance.n / 2,
  }),
  point(problem, from, point, to) {
    const read = reader(from, point);
    return build(to, (block, i, j) => read(block, i, block === featureBlock(problem) ? 2 * j : j));
  },
};

export const REENCODINGS: readonly Reencoding[] = [permuted, rotated, rescaled, wider, split, merged];
