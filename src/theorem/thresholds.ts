/**
 * Instances on both sides of every threshold, found without the module's help.
 *
 * The strata of a module are where its author looks. Where its cases meet is asked of the cases themselves: between two
 * instances of one size in different cases the λ's are bisected, geometrically, until both ends are close; a threshold
 * that is claimed in the wrong place is then looked at from both sides.
 */
import fc from 'fast-check';
import { simplestBetween } from '../exact/simplest.js';
import * as Q from '../exact/rational.js';
import { caseAt, meetsHypotheses } from './cases.js';
import type { Revision } from './contract.js';
import { type InstanceRanges, decodeDirect, genomes, lambdasFit } from './genome.js';
import type { Instance } from './instance.js';

/** The ends of a bisection lie this close: the largest ratio of two λ's. */
const CLOSE = 1.02;
const DIGITS = 4;
const ATTEMPTS = 400;

/** x to a few significant digits, exactly. */
const rounded = (x: number): string => {
  const exponent = Math.floor(Math.log10(x)) - DIGITS + 1;
  const digits = BigInt(Math.round(x / 10 ** exponent));
  const power = 10n ** BigInt(Math.abs(exponent));
  return Q.format(exponent >= 0 ? Q.rational(digits * power) : Q.rational(digits, power));
};

const toNumber = (text: string | undefined): number => Q.toNumber(Q.parseRational(text ?? '1'));

/** The instance of `from`'s sizes with λ's in the middle, on a logarithmic scale, and how far apart the ends are. */
const middle = (from: Instance, to: Instance): { readonly instance: Instance; readonly ratio: number } => {
  const ends = Object.keys(from.lambda).map(
    (block) => [block, toNumber(from.lambda[block]), toNumber(to.lambda[block])] as const,
  );
  const between = (block: string, x: number, y: number): string =>
    (x === y ? from.lambda[block] : undefined) ?? rounded(Math.sqrt(x * y));
  const lambda = Object.fromEntries(ends.map(([block, x, y]) => [block, between(block, x, y)]));
  const ratio = Math.max(...ends.map(([, x, y]) => Math.max(x / y, y / x)));
  return { instance: { ...from, lambda }, ratio };
};

/** Two instances of one size on the two sides of a threshold. */
export interface ThresholdPair {
  readonly from: Instance;
  readonly to: Instance;
}

/** One pair after the other beside a threshold; they meet the hypotheses, and are a function of the arguments alone. */
export function* thresholdPairs(revision: Revision, ranges: InstanceRanges, seed: number): Generator<ThresholdPair> {
  const genes = Object.keys(revision.problem.lambda).length;
  const both = fc.tuple(genomes(ranges, genes), genomes(ranges, genes));
  for (const [left, right] of fc.sample(both, { numRuns: ATTEMPTS, seed: (seed ^ 0x5eed) | 0 })) {
    const decode = decodeDirect(revision, ranges);
    let [from, to] = [decode(left), decode({ ...right, K: left.K, n: left.n, d: left.d })];
    if (from === undefined || to === undefined) continue;
    if (!meetsHypotheses(revision, from) || !meetsHypotheses(revision, to)) continue;
    const home = caseAt(revision, from);
    if (caseAt(revision, to) === home) continue;
    for (let step = middle(from, to); step.ratio > CLOSE; step = middle(from, to)) {
      if (caseAt(revision, step.instance) === home) from = step.instance;
      else to = step.instance;
    }
    yield { from, to };
  }
}

/**
 * Up to `pairs` pairs of instances that lie beside a threshold, one on each side, as far as the ranges hold them: none
 * where they hold one case only.
 */
export const besideThresholds = (
  revision: Revision,
  ranges: InstanceRanges,
  pairs: number,
  seed: number,
): Instance[] => {
  const found: Instance[] = [];
  for (const { from, to } of thresholdPairs(revision, ranges, seed)) {
    found.push(...[from, to].filter((x) => meetsHypotheses(revision, x) && lambdasFit(x.lambda, ranges)));
    if (found.length >= 2 * pairs) break;
  }
  return found;
};

/** Halvings of an interval that holds a threshold, until its simplest rational is the threshold or none is. */
const HALVINGS = 80;
/** More digits than a threshold has that is rational for a reason. */
const MOST_DIGITS = 12;

/**
 * The instance beside the pair that lies exactly on its threshold, where one λ can be chosen so, the others being short
 * decimals; undefined where the threshold is irrational.
 */
const onThreshold = (revision: Revision, { from }: ThresholdPair): Instance | undefined => {
  const blocks = Object.keys(from.lambda);
  const own = blocks.at(-1) ?? '';
  const short = (text: string | undefined): string => Q.format(Q.parseRational(toNumber(text).toPrecision(2)));
  const lambda = Object.fromEntries(blocks.map((block) => [block, short(from.lambda[block])]));
  const at = (x: Q.Rational): Instance => ({ ...from, lambda: { ...lambda, [own]: Q.format(x) } });
  const centre = Q.parseRational(lambda[own] ?? '1');
  let [low, high] = [Q.divide(centre, Q.rational(2n)), Q.add(centre, centre)];
  const home = caseAt(revision, at(low));
  if (caseAt(revision, at(high)) === home) return undefined;
  for (let step = 0; step < HALVINGS; step++) {
    const middle = Q.divide(Q.add(low, high), Q.rational(2n));
    if (caseAt(revision, at(middle)) === home) low = middle;
    else high = middle;
  }
  const simplest = simplestBetween(low, high);
  return Math.max(String(simplest.numerator).length, String(simplest.denominator).length) > MOST_DIGITS
    ? undefined
    : at(simplest);
};

/** Up to `count` instances that lie on a threshold and meet the hypotheses, as far as the ranges hold them. */
export const onThresholds = (
  revision: Revision,
  ranges: InstanceRanges,
  count: number,
  seed: number,
): Instance[] => {
  const found: Instance[] = [];
  let tried = 0;
  for (const pair of thresholdPairs(revision, ranges, seed)) {
    const instance = onThreshold(revision, pair);
    if (instance !== undefined && meetsHypotheses(revision, instance) && lambdasFit(instance.lambda, ranges)) {
      found.push(instance);
    }
    tried += 1;
    if (found.length >= count || tried >= 4 * count) break;
  }
  return found;
};
