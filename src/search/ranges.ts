/**
 * Where a hunt looks in the two-layer ReLU model: sizes, and exact values of μ = 2√κ at which a case with a recognised
 * claim applies. λ's that are left free are chosen for convenience: the reduced objective depends on them through μ.
 */
import * as Q from '../exact/rational.js';
import type { Rational } from '../exact/rational.js';
import type { ClaimedForm } from '../exact/certificate/schema.js';
import { caseAt, meetsHypotheses } from '../theorem/cases.js';
import type { Revision } from '../theorem/contract.js';
import { type InstanceRanges, lambdasFit } from '../theorem/genome.js';
import type { Instance } from '../theorem/instance.js';
import { type LambdaRange, sizesAt } from '../theorem/ranges.js';
import { type ClaimedThreshold, claimedThreshold } from './claimed-threshold.js';
import { claimedForms } from './claims.js';
import { kappaOf, unscaledInstance } from './collapsed/problem.js';
import { simplestBetween } from '../exact/simplest.js';

/** What may be drawn: sizes, λ's, and μ if the user bounds it. */
export interface SearchRanges extends InstanceRanges {
  readonly mu?: LambdaRange;
}

export interface Sizes {
  readonly K: number;
  readonly n: number;
  readonly d: number;
}

/** The claim that is attacked at an instance. */
export interface ClaimAt {
  readonly caseId: string;
  readonly form: ClaimedForm;
  /** The threshold that bounds the case, where that is recognised too. */
  readonly threshold?: ClaimedThreshold;
}

/** The widest recognised claim of the case that the instance belongs to; undefined outside the hypotheses. */
export function claimAt(revision: Revision, instance: Instance): ClaimAt | undefined {
  if (!meetsHypotheses(revision, instance)) return undefined;
  const home = caseAt(revision, instance);
  const [form] = claimedForms(home, revision.problem.spec, instance.n);
  const threshold = claimedThreshold(home, revision.problem.spec);
  return form && { caseId: home.id, form, ...(threshold === undefined ? {} : { threshold }) };
}

/** The sizes of the ranges, fewest classes first; of each K, the smallest and the largest d, and the smallest n. */
export function sizesOf(ranges: SearchRanges): Sizes[] {
  const sizes: Sizes[] = [];
  for (let K = ranges.K.lower.offset; K <= ranges.K.upper.offset; K++) {
    const [d, n] = [sizesAt(ranges.d, K), sizesAt(ranges.n, K)];
    if (d === undefined || n === undefined) continue;
    sizes.push({ K, n: n.lower, d: d.lower });
    if (d.upper > d.lower) sizes.push({ K, n: n.lower, d: d.upper });
  }
  return sizes;
}

export const HALF = Q.rational(1, 2);

/**
 * Values of μ that are tried where it is free: steps of 1/40, closer beside the threshold ½, beyond it up to 1. At ½
 * itself zero ties with the frames, so that a violation there says less than one beside it.
 */
const USUAL_MU: readonly Rational[] = [
  ...Array.from({ length: 40 }, (_, k) => Q.rational(k + 1, 40)).filter((mu) => !Q.equals(mu, HALF)),
  ...[100, 250, 500, 2498].flatMap((q) => [Q.rational(q / 2 - 1, q), Q.rational(q / 2 + 1, q)]),
].sort(Q.compare);

/** An instance with the claim that is made there. */
export interface Attacked extends ClaimAt {
  readonly instance: Instance;
}

/**
 * The instances at these sizes: one for each usual μ within the ranges at which the revision makes a recognised claim.
 * λ's that the user has set are at the ends and the geometric middle of their ranges.
 */
export function instancesAt(revision: Revision, ranges: SearchRanges, sizes: Sizes): Attacked[] {
  const free = Object.keys(ranges.lambda).length === 0;
  const found: Attacked[] = [];
  const add = (instance: Instance): void => {
    if (!lambdasFit(instance.lambda, ranges) || !muFits(instance, ranges)) return;
    const claim = claimAt(revision, instance);
    if (claim !== undefined) found.push({ ...claim, instance });
  };
  for (const mu of musOf(ranges)) {
    if (free) add(unscaledInstance(sizes.K, sizes.n, sizes.d, mu));
    else for (const instance of completions(ranges, sizes, mu)) add(instance);
  }
  if (!free) for (const instance of completions(ranges, sizes, undefined)) add(instance);
  return found;
}

const musOf = ({ mu }: SearchRanges): Rational[] => {
  if (mu === undefined) return [...USUAL_MU];
  const within = USUAL_MU.filter((x) => Q.compare(mu.lower, x) <= 0 && Q.compare(x, mu.upper) <= 0);
  const ends = Q.equals(mu.lower, mu.upper) ? [mu.lower] : [mu.lower, mu.upper];
  return [...within.filter((x) => !ends.some((end) => Q.equals(end, x))), ...ends].sort(Q.compare);
};

/** Whether μ² = 4κ lies in the given range. */
export const muFits = (instance: Instance, { mu }: SearchRanges): boolean => {
  if (mu === undefined) return true;
  const square = Q.multiply(Q.rational(4), kappaOf(instance));
  const within = (x: Rational): Rational => Q.power(x, 2);
  return Q.compare(within(mu.lower), square) <= 0 && Q.compare(square, within(mu.upper)) <= 0;
};

const BLOCKS = ['W2', 'W1', 'H1'] as const;

/**
 * The λ's that the user has set, and the others such that κ is about μ²/4: simple fractions near an even share, and the
 * last of them exactly where the user has set μ. Without μ all three must be given.
 */
function completions(ranges: SearchRanges, { K, n, d }: Sizes, mu: Rational | undefined): Instance[] {
  const { lambda, mu: given } = ranges;
  const exact = given !== undefined;
  const open = BLOCKS.filter((block) => lambda[block] === undefined);
  if ((open.length === 0) !== (mu === undefined)) return [];
  const choices = (range: LambdaRange): Rational[] =>
    Q.equals(range.lower, range.upper)
      ? [range.lower]
      : [range.lower, near(Math.sqrt(Q.toNumber(range.lower) * Q.toNumber(range.upper)), range), range.upper];
  let partial: Readonly<Record<string, Rational>>[] = [{}];
  for (const block of BLOCKS) {
    const range = lambda[block];
    if (range === undefined) continue;
    partial = partial.flatMap((set) => choices(range).map((value) => ({ ...set, [block]: value })));
  }
  return partial.map((set): Instance => {
    let chosen = set;
    if (mu !== undefined) {
      const kappa = Q.divide(Q.power(mu, 2), Q.rational(4));
      const product = Object.values(set).reduce(Q.multiply, Q.rational(BigInt(K) ** 3n * BigInt(n)));
      let rest = Q.divide(kappa, product);
      open.forEach((block, index) => {
        const left = open.length - index;
        const share = Q.toNumber(rest) ** (1 / left);
        const value = left === 1 && exact ? rest : simplest(share);
        chosen = { ...chosen, [block]: value };
        rest = Q.divide(rest, value);
      });
    }
    const text = BLOCKS.map((block): [string, string] => [block, Q.format(chosen[block] ?? Q.ONE)]);
    return { K, n, d, lambda: Object.fromEntries(text) };
  });
}

/** A simple fraction within a hundredth of x. */
const simplest = (x: number): Rational => simplestBetween(Q.fromNumber(0.99 * x), Q.fromNumber(1.01 * x));

const near = (x: number, { lower, upper }: LambdaRange): Rational =>
  simplestBetween(Q.maximum(lower, Q.fromNumber(0.99 * x)), Q.minimum(upper, Q.fromNumber(1.01 * x)));
