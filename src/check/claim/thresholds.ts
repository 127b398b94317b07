/**
 * Where two cases meet, their values agree.
 *
 * At every point f is linear in the λ's with non-negative coefficients. So min f does not fall as a λ grows, and is at
 * most ρ·min f where every λ has grown by a factor of at most ρ: for two instances of one size, no λ of which differs
 * by more than a factor ρ, the claimed values differ by no more either. Beside a threshold ρ comes as close to 1 as one
 * likes; all of it is decided in intervals of rationals.
 */
import type * as I from '../../exact/interval.js';
import { ExactError } from '../../exact/error.js';
import * as Q from '../../exact/rational.js';
import type { Rational } from '../../exact/rational.js';
import { UsageError } from '../../errors.js';
import type { Case, Revision } from '../../theorem/contract.js';
import { caseAt, meetsHypotheses } from '../../theorem/cases.js';
import { type Instance, describeInstance, intervalInterpreter, pointValues } from '../../theorem/instance.js';
import type { InstanceRanges } from '../../theorem/genome.js';
import { type ThresholdPair as Pair, thresholdPairs } from '../../theorem/thresholds.js';
import { instanceCommand, verifyCommand } from '../command.js';
import type { Finding } from '../evidence.js';
import { rememberedBy } from '../remember.js';
import { examineCases } from './cases.js';
import type { ClaimCheck, ClaimContext } from './context.js';

/** Sizes small, with K, n and d apart and together; whatever λ. */
const RANGES: InstanceRanges = {
  K: { lower: { factor: 0, offset: 1 }, upper: { factor: 0, offset: 4 }, text: '1..4' },
  n: { lower: { factor: 0, offset: 1 }, upper: { factor: 0, offset: 3 }, text: '1..3' },
  d: { lower: { factor: 0, offset: 1 }, upper: { factor: 2, offset: 0 }, text: '1..2K' },
  lambda: {},
};
/** How many pairs are looked at wherever two cases meet. */
const PAIRS = 2;
/** They are the same in every run: a function of the claims alone. */
const SEED = 1;
/** Of values and roots: far beyond the closest pair. */
const BITS = 320;
/** λ's of a pair differ by 2^−k for these k, one after the other. */
const CLOSENESS = [5, 10, 16, 24, 36, 60, 160] as const;

const lambdaOf = (instance: Instance, block: string): Rational => Q.parseRational(instance.lambda[block] ?? '1');

/** The largest ratio of two λ's of a pair, at least 1. */
const ratioOf = ({ from, to }: Pair): Rational =>
  Object.keys(from.lambda).reduce((most, block) => {
    const ratio = Q.divide(lambdaOf(from, block), lambdaOf(to, block));
    return Q.maximum(most, Q.maximum(ratio, Q.inverse(ratio)));
  }, Q.ONE);

/** The pair with one end moved to the middle, so that its ends still lie in different cases. */
const halved = (revision: Revision, home: Case, { from, to }: Pair): Pair => {
  const lambda = Object.fromEntries(
    Object.keys(from.lambda).map((block) => {
      const sum = Q.add(lambdaOf(from, block), lambdaOf(to, block));
      return [block, Q.format(Q.divide(sum, Q.rational(2n)))];
    }),
  );
  const middle = { ...from, lambda };
  return caseAt(revision, middle) === home ? { from: middle, to } : { from, to: middle };
};

const closer = (revision: Revision, pair: Pair, bits: number): Pair => {
  const wanted = Q.add(Q.ONE, Q.rational(1n, 2n ** BigInt(bits)));
  const home = caseAt(revision, pair.from);
  let current = pair;
  while (Q.compare(ratioOf(current), wanted) > 0) current = halved(revision, home, current);
  return current;
};

const claimedValue = (revision: Revision, instance: Instance): I.Interval => {
  return intervalInterpreter(pointValues(instance), BITS).scalar(caseAt(revision, instance).value);
};

interface Contradiction extends Pair {
  readonly margin: Rational;
  readonly what: string;
}

const text = (x: Rational): string => String(Q.toNumber(x));

/** A contradiction between the values that are claimed at the two ends, if there is one. */
const contradictionIn = (revision: Revision, pair: Pair): Contradiction | undefined => {
  const [left, right] = [claimedValue(revision, pair.from), claimedValue(revision, pair.to)];
  const ratio = ratioOf(pair);
  const beyond = (high: I.Interval, low: I.Interval): Rational =>
    Q.subtract(high.lower, Q.multiply(ratio, low.upper));
  const margin = Q.maximum(beyond(left, right), beyond(right, left));
  if (Q.sign(margin) <= 0) return undefined;
  const what =
    `the claimed minimum is ${text(left.lower)} here and ${text(right.lower)} at ` +
    `${describeInstance(pair.to)}, where no λ differs by more than a factor 1 + ${text(Q.subtract(ratio, Q.ONE))}`;
  return { ...pair, margin, what };
};

/** The contradiction at the coarsest of the distances that shows one. */
const examinePair = (revision: Revision, start: Pair): Contradiction | undefined => {
  let pair = start;
  for (const bits of CLOSENESS) {
    pair = closer(revision, pair, bits);
    if (!meetsHypotheses(revision, pair.from) || !meetsHypotheses(revision, pair.to)) return undefined;
    const found = contradictionIn(revision, pair);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Pairs beside every threshold that λ's cross: up to a few for each two cases that meet there. */
const pairsOf = (revision: Revision): ReadonlyMap<string, readonly Pair[]> => {
  const meeting = examineCases(revision).boundaries.filter((x) => !x.ofSizes);
  const wanted = new Set(meeting.map((x) => [...x.cases].sort().join(' | ')));
  const found = new Map<string, readonly Pair[]>();
  const full = (key: string): boolean => (found.get(key)?.length ?? 0) >= PAIRS;
  for (const pair of thresholdPairs(revision, RANGES, SEED)) {
    const key = [caseAt(revision, pair.from).id, caseAt(revision, pair.to).id].sort().join(' | ');
    if (!full(key)) found.set(key, [...(found.get(key) ?? []), pair]);
    if (wanted.size > 0 && [...wanted].every(full)) break;
  }
  return found;
};

interface Beside {
  /** The cases that meet, as "a | b". */
  readonly meeting: readonly string[];
  readonly pairs: number;
  readonly found: Contradiction | undefined;
}

const remembered = rememberedBy<Beside>();

const examineThresholds = (revision: Revision): Beside =>
  remembered([revision], () => {
    const pairsBeside = pairsOf(revision);
    const pairs = [...pairsBeside.values()].flat();
    const found = pairs.map((x) => examinePair(revision, x)).find((x) => x !== undefined);
    return { meeting: [...pairsBeside.keys()].sort(), pairs: pairs.length, found };
  });

const STATEMENT = 'claimed values agree where two cases meet';

const findingOf = ({ revision, identity }: ClaimContext, { meeting, pairs, found }: Beside): Finding => {
  const base = {
    check: thresholdsCheck.id,
    method: 'exact' as const,
    scope: { instances: 2 * pairs },
    statement: `${STATEMENT}: ${meeting.join(', ')}`,
    bound: 0,
  };
  if (found === undefined) return { ...base, outcome: 'pass', measured: 0, reproduce: verifyCommand(identity) };
  const { from: instance, margin, what } = found;
  const reproduce = instanceCommand(identity, instance);
  const measured = Q.toNumber(margin);
  // Of a theorem about some of the minimizers the claimed value need not be the minimum of f.
  if ((revision.ofMinimizer ?? []).length > 0) {
    const detail = `${what}, at ${describeInstance(instance)}`;
    return { ...base, outcome: 'inconclusive', measured, detail, reproduce };
  }
  const violation = { kind: 'wrong-threshold' as const, instance, margin: text(margin), what, reproduce };
  return { ...base, outcome: 'fail', measured, detail: what, violation, reproduce };
};

export const thresholdsCheck: ClaimCheck = {
  id: 'thresholds',
  title: 'the values of two cases agree where they meet',
  run: (context) => {
    if (context.revision.cases.length < 2) return [];
    try {
      const beside = examineThresholds(context.revision);
      return beside.pairs === 0 ? [] : [findingOf(context, beside)];
    } catch (error) {
      if (!(error instanceof UsageError || error instanceof ExactError)) throw error;
      return [
        {
          check: thresholdsCheck.id,
          method: 'exact',
          scope: { instances: 0 },
          statement: STATEMENT,
          bound: 0,
          outcome: 'inconclusive',
          detail: `not compared, for want of a value: ${error.message}`,
          reproduce: verifyCommand(context.identity),
        },
      ];
    }
  },
};
