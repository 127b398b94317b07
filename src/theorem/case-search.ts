/**
 * Looking for an instance at which no case of a theorem holds, or two, where its cases are not shown to partition the
 * parameters.
 *
 * Along lines in one λ, the others fixed, every comparison of the cases changes sign at some places. These, as simple
 * rationals, and points between them are tried: a gap of a single point is met where that is rational.
 */
import { ExactError } from '../exact/error.js';
import * as Q from '../exact/rational.js';
import { UsageError } from '../errors.js';
import type { Proposition, Scalar } from '../symbolic/expression.js';
import { caseAt, meetsHypotheses } from './cases.js';
import type { Revision } from './contract.js';
import { type Instance, holdsAt, scalarAt } from './instance.js';

/** Sizes at which lines are drawn: small, with K, n and d apart and together. */
const SIZES = [
  { K: 2, n: 1, d: 2 },
  { K: 3, n: 2, d: 4 },
  { K: 1, n: 2, d: 3 },
  { K: 4, n: 3, d: 2 },
] as const;
/** The λ's that are fixed. */
const FIXED = ['1/4', '1', '3'] as const;
/** A line is sampled from 10^−EXTENT to 10^EXTENT. */
const EXTENT = 6;
const STEPS_PER_DECADE = 2;

/** The rational of the smallest denominator this close to x > 0, by its continued fraction. */
const simplest = (x: number): Q.Rational => {
  let [before, now] = [Q.ONE, Q.rational(BigInt(Math.floor(x)))];
  let [below, under] = [0n, 1n];
  let rest = x;
  for (let k = 0; k < 24; k++) {
    const value = Q.rational(now.numerator, under);
    if (Math.abs(Q.toNumber(value) - x) <= 1e-12 * x) return value;
    rest = 1 / (rest - Math.floor(rest));
    const digit = BigInt(Math.floor(rest));
    [before, now] = [now, Q.rational(digit * now.numerator + before.numerator)];
    [below, under] = [under, digit * under + below];
  }
  return Q.fromNumber(x);
};

const comparisons = (condition: Proposition): readonly (readonly [Scalar, Scalar])[] => {
  if (condition.kind === 'and') return condition.parts.flatMap(comparisons);
  return condition.kind === 'equal' || condition.kind === 'differs' ? [] : [[condition.left, condition.right]];
};

/** A number, or undefined where the scalar has none. */
const numberAt = (node: Scalar, instance: Instance): number | undefined => {
  try {
    return scalarAt(node, instance);
  } catch (error) {
    if (error instanceof UsageError || error instanceof ExactError) return undefined;
    throw error;
  }
};

/** Where left − right changes its sign along the line. */
const crossings = (gap: (x: number) => number | undefined): number[] => {
  const found: number[] = [];
  let [last, lastGap]: [number, number | undefined] = [0, undefined];
  for (let k = -EXTENT * STEPS_PER_DECADE; k <= EXTENT * STEPS_PER_DECADE; k++) {
    const x = 10 ** (k / STEPS_PER_DECADE);
    const here = gap(x);
    if (here !== undefined && lastGap !== undefined && Math.sign(here) !== Math.sign(lastGap)) {
      let [low, high] = [last, x];
      for (let step = 0; step < 60; step++) {
        const middle = (low + high) / 2;
        const value = gap(middle);
        if (value === undefined) break;
        if (Math.sign(value) === Math.sign(lastGap)) low = middle;
        else high = middle;
      }
      found.push(high);
    }
    [last, lastGap] = [x, here];
  }
  return found;
};

/** @throws UsageError naming an instance at which not exactly one case holds, where one is found */
export const requireCasesOnLines = (revision: Revision): void => {
  const conditions = revision.cases.flatMap((x) => comparisons(x.when));
  const names = Object.keys(revision.problem.lambda);
  for (const sizes of SIZES) {
    for (const [index, name] of names.entries()) {
      const fixed = Object.fromEntries(names.map((x, k) => [x, FIXED[(index + k) % FIXED.length] ?? '1']));
      const at = (x: Q.Rational): Instance => ({ ...sizes, lambda: { ...fixed, [name]: Q.format(x) } });
      const marks = conditions.flatMap(([left, right]) =>
        crossings((x) => {
          const here = at(Q.fromNumber(x));
          const [p, q] = [numberAt(left, here), numberAt(right, here)];
          return p === undefined || q === undefined ? undefined : p - q;
        }),
      );
      const sorted = [...new Set(marks)].sort((x, y) => x - y);
      const ends = [(sorted[0] ?? 1) / 2, ...sorted, 2 * (sorted.at(-1) ?? 1)];
      const between = ends.slice(1).map((x, k) => (x + (ends[k] ?? x)) / 2);
      for (const x of [...ends, ...between]) tryAt(revision, at(simplest(x)));
    }
  }
};

/** Throws what `caseAt` has to say of an instance that meets the hypotheses; an irrational tie says nothing. */
const tryAt = (revision: Revision, instance: Instance): void => {
  let single: boolean;
  try {
    const holding = revision.cases.filter((x) => holdsAt(x.when, instance));
    single = holding.length === 1 || !meetsHypotheses(revision, instance);
  } catch (error) {
    if (error instanceof UsageError || error instanceof ExactError) return;
    throw error;
  }
  if (!single) caseAt(revision, instance);
};
