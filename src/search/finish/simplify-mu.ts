/**
 * The simplest μ at which a point still violates the claim well. At a fixed point 2K f = T + μS is linear in μ, so that
 * all fractions can be looked at, those with the smallest denominators first.
 */
import * as Q from '../../exact/rational.js';
import type { Rational } from '../../exact/rational.js';
import type { Revision } from '../../theorem/contract.js';
import type { Instance } from '../../theorem/instance.js';
import { claimedLevel, collapsedProblem, unscaledInstance } from '../collapsed/problem.js';
import { costOf } from '../exact/rounding.js';
import { type Attacked, HALF, type SearchRanges, claimAt, muFits } from '../ranges.js';
import { type TiedPoint, squaredNorm } from '../tied.js';

/** λ's keep to four digits up to this denominator. */
const LONGEST = 9_999;
const LARGEST_DENOMINATOR = 600;
/** μ may move by this factor, and must keep this share of the best margin. */
const WINDOW = 1.25;
const SHARE = 0.5;

/** An instance of the same sizes and claim with a simpler μ; the given one where there is none. */
export function simplerMu(revision: Revision, ranges: SearchRanges, attacked: Attacked, point: TiedPoint): Attacked {
  const { instance, form } = attacked;
  if (form.form === 'simplex-etf' || Object.keys(ranges.lambda).length > 0) return attacked;
  const { K, n, d } = instance;
  const kind = form.form;
  const { mu: found } = collapsedProblem(instance);
  const slope = (squaredNorm(point.W1) + squaredNorm(point.H1)) / 2;
  const problem = collapsedProblem(instance);
  const loss = costOf(problem, point.W1.cols).of(point) - found * slope;
  const margin = (mu: number): number => claimedLevel(kind, instance, mu) - loss - mu * slope;

  const candidates: { readonly mu: Rational; readonly margin: number }[] = [];
  for (let q = 1; q <= LARGEST_DENOMINATOR; q++) {
    for (let p = Math.ceil((found / WINDOW) * q); p <= found * WINDOW * q; p++) {
      const mu = Q.rational(p, q);
      if (p < 1 || mu.denominator !== BigInt(q) || lambdaDigits(mu, instance) > LONGEST) continue;
      if (Q.equals(mu, HALF) && found !== 0.5) continue;
      if (margin(p / q) > 0) candidates.push({ mu, margin: margin(p / q) });
    }
  }
  // The best margin first, but for a few steps only: a threshold may lie just below the maximum of the margin.
  const usable = (mu: Rational): Attacked | undefined => {
    const next: Instance = unscaledInstance(K, n, d, mu);
    const claim = muFits(next, ranges) ? claimAt(revision, next) : undefined;
    return claim?.form.form === form.form ? { ...claim, instance: next } : undefined;
  };
  const byMargin = [...candidates].sort((x, y) => y.margin - x.margin);
  const best = byMargin.find((x) => usable(x.mu) !== undefined);
  if (best === undefined) return attacked;
  for (const { mu, margin: kept } of candidates) {
    if (kept < SHARE * best.margin) continue;
    const next = usable(mu);
    if (next !== undefined) return next;
  }
  return attacked;
}

/** The longest denominator among the λ's at this μ. */
const lambdaDigits = (mu: Rational, { K, n, d }: Instance): number =>
  Math.max(...Object.values(unscaledInstance(K, n, d, mu).lambda).map((x) => Number(x.split('/')[1] ?? '1')));
