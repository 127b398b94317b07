/** Making a point that breaks a link of a chain small enough to be read: sizes, λ's, then entries. */
import fc from 'fast-check';
import type { Revision } from '../../theorem/contract.js';
import type { DrawnInstance } from '../../theorem/draw.js';
import type { InstanceRanges } from '../../theorem/genome.js';
import type { Instance } from '../../theorem/instance.js';
import { shrinkInstance } from '../../theorem/shrink.js';
import { type Setting, createSetting } from '../setting.js';
import { type LinkGap, evaluateLinks, excess } from './evaluate.js';
import { type ChainLink, linksOf } from './links.js';
import { type PointGenome, decodePoint, pointGenomes } from './points.js';
import { climb, searchChain } from './search.js';

/** A link broken at a point, as small as it was found. */
export interface BrokenLink extends LinkGap {
  readonly link: ChainLink;
  readonly instance: Instance;
  /** The entries of each block, row by row: integers and fractions where the point could be made rational. */
  readonly point: Readonly<Record<string, readonly (readonly string[])[]>>;
  /** The search alone breaks the link at this instance, so that a reader can see it again there. */
  readonly searched: boolean;
}

const INSTANCE_BUDGET = 60;
const POINT_BUDGET = 600;
/** Steps of the climb that widens a break, so that it survives rounding. */
const STRENGTHENING = 300;
/** Steps from the part of a point that fits a smaller instance. */
const GUESS_STEPS = 60;
/** Blocks are tried with entries up to these integers, whatever their scale was: many inequalities do not mind. */
const LARGEST_ENTRIES = [1, 2, 3, 4, 6, 8];
/** Then, at its own scale, with these denominators for all entries at once. */
const DENOMINATORS = [1, 2, 3, 4, 6, 8, 16, 64, 1024, 2 ** 20];

const breaks = (setting: Setting, link: ChainLink, point: Float64Array): LinkGap | undefined => {
  const [gap] = evaluateLinks(setting, [link], point);
  return gap !== undefined && excess(gap) > 1 ? gap : undefined;
};

/** The leading features, classes, and samples of each class of a point: a guess at what breaks at smaller sizes too. */
const restrict = (from: Setting, to: Setting, point: Float64Array): Float64Array | undefined => {
  const [large, small] = [from.instance, to.instance];
  if (small.K > large.K || small.n > large.n || small.d > large.d) return undefined;
  const result = new Float64Array(to.model.size);
  const features = to.model.layout.features.name;
  to.model.blocks.forEach(({ name, rows, cols, offset }) => {
    const source = from.model.block(name);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++) {
        const column = name === features ? Math.floor(j / small.n) * large.n + (j % small.n) : j;
        result[offset + i * cols + j] = point[source.offset + i * source.cols + column];
      }
    }
  });
  return result;
};

/** The break made as wide as a climb gets it. */
const strengthen = (setting: Setting, link: ChainLink, point: Float64Array): Float64Array => {
  const [gap] = evaluateLinks(setting, [link], point);
  if (gap === undefined) return point;
  const start = { ...gap, kind: 'found', at: point };
  const best = climb(setting, link, start, 'strengthen', { steps: STRENGTHENING, strengthen: true }).at(-1);
  return best !== undefined && excess(best) > 1 ? best.at : point;
};

/** A point that breaks the link, found by climbing from one that may not yet. */
const climbToBreak = (setting: Setting, link: ChainLink, point: Float64Array): Float64Array | undefined => {
  const [gap] = evaluateLinks(setting, [link], point);
  if (gap === undefined) return undefined;
  const best = climb(setting, link, { ...gap, kind: 'guess', at: point }, 'guess', { steps: GUESS_STEPS }).at(-1);
  return best !== undefined && excess(best) > 1 ? best.at : undefined;
};

/** Candidates for a point of few digits near a given one, the most readable first. */
function* rounded({ model }: Setting, point: Float64Array): Generator<PointGenome> {
  for (const largest of LARGEST_ENTRIES) {
    const entries = Array.from(point);
    for (const { offset, length } of model.blocks) {
      const top = point.subarray(offset, offset + length).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      for (let k = offset; k < offset + length && top > 0; k++) entries[k] = Math.round((largest * point[k]) / top);
    }
    for (const denominator of [1, 2, 4]) yield { denominator, entries: entries.map((x) => Math.round(x)) };
  }
  for (const denominator of DENOMINATORS) {
    yield { denominator, entries: Array.from(point, (x) => Math.round(x * denominator)) };
  }
}

/** The same break with entries that are multiples of one small fraction, each as near to zero as fast-check gets it. */
const shrinkPoint = (setting: Setting, link: ChainLink, point: Float64Array): PointGenome | undefined => {
  for (const candidate of rounded(setting, point)) {
    const { denominator, entries } = candidate;
    const largest = Math.max(1, ...entries.map(Math.abs));
    if (!Number.isSafeInteger(largest) || breaks(setting, link, decodePoint(candidate)) === undefined) continue;
    let best = candidate;
    let calls = 0;
    const survives = (genome: PointGenome): boolean => {
      if (calls >= POINT_BUDGET) return true;
      calls += 1;
      if (breaks(setting, link, decodePoint(genome)) === undefined) return true;
      best = genome;
      return false;
    };
    const arbitrary = pointGenomes(entries.length, largest, denominator);
    fc.check(fc.property(arbitrary, survives), { examples: [[best]], numRuns: 1, seed: 1 });
    return best;
  }
  return undefined;
};

const asTables = ({ model }: Setting, text: (index: number) => string): BrokenLink['point'] =>
  Object.fromEntries(
    model.blocks.map(({ name, rows, cols, offset }) => [
      name,
      Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (__, j) => text(offset + i * cols + j))),
    ]),
  );

const fractionText = (entry: number, denominator: number): string => {
  const divisor = (a: number, b: number): number => (b === 0 ? Math.abs(a) : divisor(b, a % b));
  const common = divisor(entry, denominator);
  return denominator === common ? String(entry / common) : `${entry / common}/${denominator / common}`;
};

/** Shrinks a break of the link with the given index, found at an instance and a point of it. */
export const shrinkBreak = (
  revision: Revision,
  ranges: InstanceRanges,
  seed: number,
  drawn: DrawnInstance,
  index: number,
  found: readonly number[],
): BrokenLink => {
  let home = createSetting(revision, drawn.instance, seed);
  let point: Float64Array = Float64Array.from(found);
  const link = linksOf(revision, home.case)[index];
  const searchAt = (setting: Setting): Float64Array | undefined => {
    const { worst } = searchChain(setting, [link]);
    const [first] = worst;
    return first !== undefined && excess(first) > 1 ? Float64Array.from(first.point) : undefined;
  };
  const fails = (candidate: Instance): boolean => {
    const setting = createSetting(revision, candidate, seed);
    if (setting.emptyForm !== undefined) return false;
    const guess = restrict(home, setting, point);
    const kept = (guess === undefined ? undefined : climbToBreak(setting, link, guess)) ?? searchAt(setting);
    if (kept === undefined) return false;
    [home, point] = [setting, kept];
    return true;
  };
  point = strengthen(home, link, point);
  shrinkInstance(revision, ranges, drawn, fails, INSTANCE_BUDGET);
  point = strengthen(home, link, point);
  const genome = shrinkPoint(home, link, point);
  const shown = genome === undefined ? point : decodePoint(genome);
  const gap = breaks(home, link, shown) ?? { upper: NaN, lower: NaN, tolerance: NaN };
  return {
    ...gap,
    link,
    instance: home.instance,
    point: asTables(home, (k) =>
      genome === undefined ? String(point[k]) : fractionText(genome.entries[k], genome.denominator),
    ),
    searched: searchAt(home) !== undefined,
  };
};
