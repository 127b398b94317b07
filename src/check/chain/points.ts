/**
 * The points at which a chain is tested: of every size and shape that makes inequalities between matrices fail, and
 * those that attain equality.
 */
import fc from 'fast-check';
import type { Stream } from '../../numeric/random.js';
import { holdsAt } from '../../theorem/instance.js';
import { randomRankOne } from '../descents.js';
import type { Setting } from '../setting.js';

export interface ChainPoint {
  readonly kind: string;
  readonly point: Float64Array;
  /** On or near a point of equality: from there a climb leads nowhere. */
  readonly critical?: true;
}

/** A point of small integers over one denominator: what fast-check draws and shrinks. */
export interface PointGenome {
  readonly denominator: number;
  readonly entries: readonly number[];
}

/** Entries up to `largest` in size, all over a denominator up to `finest`. */
export const pointGenomes = (size: number, largest: number, finest: number): fc.Arbitrary<PointGenome> =>
  fc.record({
    denominator: fc.integer({ min: 1, max: finest }),
    entries: fc.tuple(...Array.from({ length: size }, () => fc.integer({ min: -largest, max: largest }))),
  });

export const decodePoint = ({ denominator, entries }: PointGenome): Float64Array =>
  Float64Array.from(entries, (x) => x / denominator);

/** Every block a sum of `rank` products of a column and a row. */
const lowRank = ({ model }: Setting, stream: Stream, rank: number): Float64Array => {
  const point = new Float64Array(model.size);
  for (let k = 0; k < rank; k++) randomRankOne(model, stream).forEach((x, index) => (point[index] += x));
  return point;
};

/** Points of each family of saddles: of low rank and balanced, where most inequalities of a chain are tight. */
const SADDLES = 5;

/** Shares of non-zero entries. */
const DENSITY = 0.3;

const drawn = (setting: Setting, largest: number, finest: number, count: number): Float64Array[] => {
  const seed = setting.stream('chain', 'integers', largest, finest).integer(0, 2 ** 31 - 1);
  return fc.sample(pointGenomes(setting.model.size, largest, finest), { numRuns: count, seed }).map(decodePoint);
};

/** All points of an instance but the adversarial ones, in a fixed order; a function of the seed and the instance. */
export const chainPoints = (setting: Setting): ChainPoint[] => {
  const { model, revision, instance } = setting;
  const stream = setting.stream('chain', 'points');
  const fresh = (): Float64Array => new Float64Array(model.size);
  const normal = (scale: number): Float64Array => stream.fillNormal(fresh(), scale);
  const claim = setting.claimedPoint(2);
  const size = Math.sqrt(claim.reduce((sum, x) => sum + x * x, 0) / claim.length) || 1;
  const near = (distance: number): Float64Array => claim.map((x) => x + distance * size * stream.normal());
  const sparse = (scale: number): Float64Array =>
    fresh().map(() => (stream.uniform() < DENSITY ? scale * stream.normal() : 0));
  const saddles = (revision.criticalPoints ?? [])
    .filter((family) => holdsAt(family.when, instance))
    .flatMap((family): ChainPoint[] => {
      const count = setting.ranks(family);
      return Array.from({ length: count > 1 ? SADDLES : count }, (_, k): ChainPoint => {
        const rank = count > 1 ? stream.integer(1, count - 1) : 0;
        return { kind: `${family.id}, r = ${rank}`, point: setting.familyPoint(family, rank, 2 + k), critical: true };
      });
    });
  const critical = (x: ChainPoint): ChainPoint => ({ ...x, critical: true });
  const several = (kind: string, points: readonly Float64Array[]): ChainPoint[] =>
    points.map((point) => ({ kind, point }));
  return [
    { kind: 'zero', point: fresh(), critical: true },
    ...several('entries −1, 0, 1', drawn(setting, 1, 1, 4)),
    ...several('small integers', drawn(setting, 3, 1, 3)),
    ...several('small rationals', drawn(setting, 4, 4, 3)),
    ...several('rank one', [lowRank(setting, stream, 1), lowRank(setting, stream, 1)]),
    ...several('rank two', [lowRank(setting, stream, 2), lowRank(setting, stream, 2), lowRank(setting, stream, 2)]),
    ...several('sparse', [sparse(1), sparse(0.3), sparse(1)]),
    ...several('normal', [0.1, 0.3, 1, 1, 3].map(normal)),
    ...saddles,
    ...several('near the claimed minimizer', [0.3, 1e-2, 1e-4, 1e-7].map(near)).map(critical),
  ];
};
