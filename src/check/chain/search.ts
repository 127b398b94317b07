/**
 * The search for a point that breaks a link of a chain, at one instance: fixed kinds of points first, then for each
 * link a local search that climbs from the best of them.
 */
import { constructionError } from '../measured/claim-point.js';
import type { Stream } from '../../numeric/random.js';
import type { Setting } from '../setting.js';
import { type LinkGap, evaluateLinks, excess } from './evaluate.js';
import type { ChainLink } from './links.js';
import { chainPoints } from './points.js';

/** Where a link came closest to breaking, or broke. */
export interface LinkWorst extends LinkGap {
  readonly kind: string;
  /** The point, where it breaks the link; empty otherwise. */
  readonly point: readonly number[];
}

/** What one instance says about a chain; plain data, since it crosses threads. */
export interface ChainMeasurement {
  /** Points at which every link had a value, those of the local searches included. */
  readonly points: number;
  readonly undecided: number;
  /** For each link, the point where it came closest to breaking; undefined where it never had a value. */
  readonly worst: readonly (LinkWorst | undefined)[];
  /** For each link, both sides at the claimed minimizer, with the tolerance of its construction. */
  readonly atClaim: readonly (LinkGap | undefined)[];
}

/** Evaluations of a local search. */
const STEPS = 24;
const FIRST_STEP = 0.3;

const squaredNorm = (x: Float64Array): number => x.reduce((sum, entry) => sum + entry * entry, 0);

/**
 * What the local search climbs: the break of the link relative to ‖x‖², the degree in which products of two blocks
 * grow, so that a break is not hidden by being small and shrinking the point is no way up.
 */
const score = ({ upper, lower }: LinkGap, point: Float64Array): number => (lower - upper) / squaredNorm(point);

/** A point and what a link says there. */
export interface Candidate extends LinkGap {
  readonly kind: string;
  readonly at: Float64Array;
}

const worse = <C extends LinkGap>(known: C | undefined, next: C): C =>
  known === undefined || excess(next) > excess(known) ? next : known;

/** A random step in every entry. */
const shifted = (point: Float64Array, length: number, stream: Stream): Float64Array => {
  const unit = length * Math.sqrt(squaredNorm(point) / point.length);
  return point.map((x) => x + unit * stream.normal());
};

/** Rows and columns of every block mixed a little, X ↦ (I + A)X(I + B): a step that keeps a low rank. */
const mixed = ({ model }: Setting, point: Float64Array, length: number, stream: Stream): Float64Array => {
  const result = new Float64Array(point.length);
  for (const { rows, cols, offset } of model.blocks) {
    const nearIdentity = (size: number): Float64Array => {
      const matrix = stream.fillNormal(new Float64Array(size * size), length / Math.sqrt(size));
      for (let k = 0; k < size; k++) matrix[k * size + k] += 1;
      return matrix;
    };
    const half = new Float64Array(rows * cols);
    model.kernels.multiply(rows, rows, cols, nearIdentity(rows), 0, point, offset, half, 0, false);
    model.kernels.multiply(rows, cols, cols, half, 0, nearIdentity(cols), 0, result, offset, false);
  }
  return result;
};

/**
 * Random steps whose length grows with success and shrinks with failure, until the link breaks; or, to `strengthen` a
 * break, all of them. Returns every point that was visited, the best one last.
 */
export const climb = (
  setting: Setting,
  link: ChainLink,
  start: Candidate,
  key: number | string,
  { steps = STEPS, strengthen = false }: { readonly steps?: number; readonly strengthen?: boolean } = {},
): Candidate[] => {
  const stream = setting.stream('chain', 'climb', key);
  const visited: Candidate[] = [];
  let best = start;
  let length = FIRST_STEP;
  for (let step = 0; step < steps && (strengthen || excess(best) <= 1); step++) {
    const at = step % 2 === 0 ? mixed(setting, best.at, length, stream) : shifted(best.at, length, stream);
    const [gap] = evaluateLinks(setting, [link], at);
    if (gap === undefined) continue;
    const next = { ...gap, kind: `climbing from ${start.kind}`, at };
    visited.push(next);
    const better = score(next, at) > score(best, best.at);
    if (better) best = next;
    length *= better ? 1.6 : 0.85;
  }
  return [...visited, best];
};

/** Tests every link at every point of the instance. */
export const searchChain = (setting: Setting, links: readonly ChainLink[]): ChainMeasurement => {
  const worst: (Candidate | undefined)[] = links.map(() => undefined);
  const starts: (Candidate | undefined)[] = links.map(() => undefined);
  let [points, undecided] = [0, 0];
  for (const { kind, point: at, critical } of chainPoints(setting)) {
    const gaps = evaluateLinks(setting, links, at);
    if (gaps.includes(undefined)) undecided += 1;
    else points += 1;
    gaps.forEach((gap, index) => {
      if (gap === undefined) return;
      const candidate: Candidate = { ...gap, kind, at };
      worst[index] = worse(worst[index], candidate);
      const known = starts[index];
      if (critical === true || Math.abs(excess(gap)) <= 1) return;
      if (known === undefined || score(gap, at) > score(known, known.at)) starts[index] = candidate;
    });
  }
  links.forEach((link, index) => {
    const start = starts[index];
    if (start === undefined) return;
    const visited = climb(setting, link, start, index);
    // The last one is the best of the others, or the start.
    points += visited.length - 1;
    for (const candidate of visited) worst[index] = worse(worst[index], candidate);
  });
  return {
    points,
    undecided,
    worst: worst.map((x) => {
      if (x === undefined) return undefined;
      const { at, ...rest } = x;
      return { ...rest, point: excess(x) > 1 ? [...at] : [] };
    }),
    atClaim: evaluateLinks(setting, links, setting.claimedPoint(0), constructionError(setting)),
  };
};

/** Both sides at the claimed minimizer differ by more than the construction and rounding explain. */
export const isLoose = (gap: LinkGap | undefined): boolean =>
  gap !== undefined && Math.abs(gap.upper - gap.lower) > gap.tolerance;
