/**
 * From a hit of the reduced hunt to an accepted certificate: a simple μ, the scales of the instance's λ's, small
 * fractions, and exact arithmetic. Nothing here is taken on trust: what the checker does not accept is given up.
 */
import type { Revision } from '../../theorem/contract.js';
import { claimedLevel, collapsedProblem } from '../collapsed/problem.js';
import { type Accusation, type Certified, beatenBy } from '../exact/lift.js';
import { type GridPoint, roundToGrid } from '../exact/rounding.js';
import type { CollapsedHit } from '../hunt/collapsed.js';
import type { Attacked, SearchRanges } from '../ranges.js';
import { type TiedBlock, type TiedPoint, withValues } from '../tied.js';
import { polishTied } from '../tied-objective.js';
import { simplifyEntries } from './simplify-entries.js';
import { simplerMu } from './simplify-mu.js';
import { thinPoint } from './thin.js';

/** A certified violation and how it came about. */
export interface FinishedPoint {
  readonly attacked: Attacked;
  readonly point: GridPoint;
  readonly certified: Certified;
  /** Whether entries on one orbit of the hit's group are still equal. */
  readonly tied: boolean;
}

/** The certificate of a hit; undefined where no point of small fractions is accepted. */
export function finishCollapsed(
  revision: Revision,
  ranges: SearchRanges,
  found: Attacked,
  hit: CollapsedHit,
  accuse: (attacked: Attacked) => Accusation,
): FinishedPoint | undefined {
  const simple = simplerMu(revision, ranges, found, hit.point);
  for (const attacked of simple === found ? [found] : [simple, found]) {
    // At another μ the point moves a little; at its own it has been polished already.
    const moved = attacked === found ? hit.point : polishTied(hit.point, collapsedProblem(attacked.instance).mu).point;
    const tied = atInstance(attacked, { ...hit, point: moved }, accuse(attacked));
    const thin = thinly(attacked, { ...hit, point: moved }, accuse(attacked));
    const finished = thin === undefined || (tied !== undefined && lengthOf(tied) < lengthOf(thin)) ? tied : thin;
    if (finished !== undefined) return finished;
  }
  return undefined;
}

/** Beyond so many classes an entry of its own for every place is too many numbers to round one by one. */
const FEW_CLASSES = 8;

/** The same from factors of the rank of X, which a symmetric point of low rank may have. */
function thinly(attacked: Attacked, hit: CollapsedHit, accusation: Accusation): FinishedPoint | undefined {
  const { K, d } = attacked.instance;
  const point = hit.symmetry === undefined || K > FEW_CLASSES ? undefined : thinPoint(hit.point);
  if (point === undefined) return undefined;
  const lastLayer = Int32Array.from({ length: K * d }, (_, k) => k);
  const finished = atInstance(attacked, { ...hit, point, lastLayer }, accusation);
  return finished && { ...finished, tied: false };
}

/** How long the fractions of a point are, in the worst case. */
const lengthOf = ({ point: { q, q2 } }: FinishedPoint): number => Math.max(q, q2);

function atInstance(attacked: Attacked, hit: CollapsedHit, accusation: Accusation): FinishedPoint | undefined {
  const { instance, form } = attacked;
  if (form.form === 'simplex-etf') return undefined;
  const problem = collapsedProblem(instance);
  const { mu, c1, cH } = problem;
  const scaled: TiedPoint = {
    ...hit.point,
    W1: times(hit.point.W1, Math.sqrt(mu / (2 * c1))),
    H1: times(hit.point.H1, Math.sqrt(mu / (2 * cH))),
  };
  const level = claimedLevel(form.form, instance, mu);
  const rounded = roundToGrid(problem, scaled, hit.lastLayer, level);
  if (rounded === undefined) return undefined;
  for (const point of [simplifyEntries(problem, rounded, level), rounded]) {
    const certified = beatenBy(accusation, instance, point);
    if (certified !== undefined) return { attacked, point, certified, tied: hit.symmetry !== undefined };
  }
  return undefined;
}

const times = (block: TiedBlock, factor: number): TiedBlock =>
  withValues(block, block.values.map((x) => x * factor));
