/**
 * The search for a point that breaks a link of a chain, at one instance: fixed kinds of points first, then for each link
 * a local search that climbs from the best of them.
 */
import { constructionError } from '../measured/claim-point.js';
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
 * What the local search climbs: the break of the link relative to ‖x‖², the degree in which products of two blocks grow,
 * so that a break is not hidden by being small and shrinking the point is no way up.
 */
const score = ({ upper, lower }: LinkGap, point: Float64Array): number => (lower - upper) / squaredNorm(point);

interface Candidate extends LinkGap {
  readonly kind: string;
  readonly at: Float64Array;
}

const worse = <C extends LinkGap>(known: C | undefined, next: C): C =>
  known === undefined || excess(next) > excess(known) ? next : known;

/** Random steps whose length grows with success and shrinks with failure. */
const climb = (setting: Setting, link: ChainLink, start: Candidate, index: number): Candidate[] => {
  const stream = setting.stream('chain', 'climb', index);
  const visited: Candidate[] = [];
  let best = start;
  let length = FIRST_STEP;
  for (let step = 0; step < STEPS && excess(best) <= 1; step++) {
    const unit = length * Math.sqrt(squaredNorm(best.at) / best.at.length);
    const at = best.at.map((x) => x + unit * stream.normal());
    const [gap] = evaluateLinks(setting, [link], at);
    if (gap === undefined) continue;
    const next = { ...gap, kind: `climbing from ${start.kind}`, at };
    visited.push(next);
    const better = score(next, at) > score(best, best.at);
    if (better) best = next;
    length *= better ? 1.6 : 0.85;
  }
  return visited;
};

/** Tests every link at every point of the instance. */
export const searchChain = (setting: Setting, links: readonly ChainLink[]): ChainMeasurement => {
  const worst: (Candidate | undefined)[] = links.map(() => undefined);
  const starts: (Candidate | undefined)[] = links.map(() => undefined);
  let [points, undecided] = [0, 0];
  for (const { kind, point: at } of chainPoints(setting)) {
    const gaps = evaluateLinks(setting, links, at);
    if (gaps.includes(undefined)) undecided += 1;
    else points += 1;
    gaps.forEach((gap, index) => {
      if (gap === undefined) return;
      const candidate: Candidate = { ...gap, kind, at };
      worst[index] = worse(worst[index], candidate);
      // Points of equality lead nowhere: from there every step goes down.
      const known = starts[index];
      if (Math.abs(excess(gap)) <= 1) return;
      if (known === undefined || score(gap, at) > score(known, known.at)) starts[index] = candidate;
    });
  }
  links.forEach((link, index) => {
    const start = starts[index];
    if (start === undefined) return;
    for (const candidate of climb(setting, link, start, index)) {
      points += 1;
      worst[index] = worse(worst[index], candidate);
    }
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
