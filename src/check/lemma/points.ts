/**
 * The matrices at which a lemma is tested: of every size and shape at which inequalities between matrices fail. Low
 * rank and small integers come by the dozen at each instance, since what general matrices show once in a thousand
 * draws they show once in a hundred.
 */
import { type Stream, createStream } from '../../numeric/random.js';
import { randomOrthonormalFrame } from '../../numeric/dense.js';
import { lettersIn } from '../../symbolic/letters.js';
import type { Construction } from '../../theorem/contract.js';
import { dimensionSizes } from '../../theorem/evaluate-exact.js';
import { type DenseMatrix, denseMatrix, numericInterpreter } from '../../theorem/evaluate-numeric.js';
import type { Instance } from '../../theorem/instance.js';
import { type Lemma, fullLemmaId } from '../../theorem/lemma/contract.js';
import type { LemmaLayout } from './layout.js';

export interface LemmaPoint {
  readonly kind: string;
  readonly point: Float64Array;
}

/** The key of a stream of an instance. */
export const lemmaStream = (lemma: Lemma, instance: Instance, seed: number, ...purpose: (string | number)[]): Stream =>
  createStream(seed, fullLemmaId(lemma), JSON.stringify(instance), ...purpose);

const each = (layout: LemmaLayout, fill: (rows: number, cols: number) => Float64Array): Float64Array => {
  const point = new Float64Array(layout.size);
  for (const { rows, cols, offset } of layout.slots) point.set(fill(rows, cols), offset);
  return point;
};

/** Every matrix a product of factors with `rank` columns, whose entries are drawn by `entry`. */
const lowRank = (layout: LemmaLayout, rank: number, entry: () => number): Float64Array =>
  each(layout, (rows, cols) => {
    const left = denseMatrix(rows, rank, entry);
    const right = denseMatrix(rank, cols, entry);
    return denseMatrix(rows, cols, (i, j) => {
      let sum = 0;
      for (let k = 0; k < rank; k++) sum += (left.data[i * rank + k] ?? 0) * (right.data[k * cols + j] ?? 0);
      return sum;
    }).data;
  });

/** Shares of non-zero entries of sparse matrices. */
const DENSITY = 0.4;

/** All points of an instance but the climbs, in a fixed order; a function of the seed and the instance. */
export const lemmaPoints = (
  lemma: Lemma,
  instance: Instance,
  layout: LemmaLayout,
  seed: number,
): readonly LemmaPoint[] => {
  const stream = lemmaStream(lemma, instance, seed, 'points');
  const whole = (largest: number) => (): number => stream.integer(-largest, largest);
  const filled = (entry: () => number): Float64Array => new Float64Array(layout.size).map(entry);
  const several = (kind: string, count: number, make: (index: number) => Float64Array): LemmaPoint[] =>
    Array.from({ length: count }, (_, index) => ({ kind, point: make(index) }));
  const near = (lemma.equality ?? []).flatMap(({ title, at }) =>
    [0.3, 1e-3].flatMap((distance, index) => {
      const point = constructed(lemma, at, instance, layout, seed, 2 + index);
      return point === undefined
        ? []
        : [{ kind: `near equality (${title})`, point: point.map((x) => x + distance * stream.normal()) }];
    }),
  );
  return [
    { kind: 'zero', point: new Float64Array(layout.size) },
    ...several('entries −1, 0, 1', 10, () => filled(whole(1))),
    ...several('small integers', 6, (index) => filled(whole(2 + index))),
    ...several('low rank, small integers', 10, (index) => lowRank(layout, 1 + (index % 3), whole(1 + (index % 2)))),
    ...several('low rank', 10, (index) => lowRank(layout, 1 + (index % 3), () => stream.normal())),
    ...several('non-negative', 2, () => filled(() => Math.abs(stream.normal()))),
    ...several('sparse', 4, () => filled(() => (stream.uniform() < DENSITY ? stream.normal() : 0))),
    ...several('normal', 6, (index) => filled(() => 10 ** ((index % 3) - 1) * stream.normal())),
    ...near,
  ];
};

/** The point of a construction, with frames and free matrices drawn by the key; undefined where a frame has no room. */
export const constructed = (
  lemma: Lemma,
  { blocks, frames = [] }: Construction,
  instance: Instance,
  layout: LemmaLayout,
  seed: number,
  key: number,
): Float64Array | undefined => {
  const size = dimensionSizes(instance);
  const stream = lemmaStream(lemma, instance, seed, 'construction', key);
  if (frames.some(({ rows, cols }) => size(rows) < size(cols))) return undefined;
  const letters = new Map<string, DenseMatrix>();
  for (const { name, rows, cols } of frames) {
    const [height, width] = [size(rows), size(cols)];
    letters.set(name, { rows: height, cols: width, data: randomOrthonormalFrame(stream, height, width) });
  }
  for (const { name, rows, cols, symmetry } of lettersIn(Object.values(blocks)).parameters) {
    const drawn = denseMatrix(size(rows), size(cols), () => stream.normal());
    const sign = symmetry === 'symmetric' ? 1 : symmetry === 'skew' ? -1 : 0;
    letters.set(
      name,
      denseMatrix(drawn.rows, drawn.cols, (i, j) => {
        const [own, mirror] = [drawn.data[i * drawn.cols + j] ?? 0, drawn.data[j * drawn.cols + i] ?? 0];
        return sign === 0 ? own : (own + sign * mirror) / 2;
      }),
    );
  }
  const { matrix } = numericInterpreter(instance, letters);
  const point = new Float64Array(layout.size);
  for (const { name, offset } of layout.slots) {
    const formula = blocks[name];
    if (formula !== undefined) point.set(matrix(formula).data, offset);
  }
  return point;
};
