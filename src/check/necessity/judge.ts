/** From measurements outside the hypotheses to results: is a hypothesis needed, and do the claims beyond it hold. */
import { toText } from '../../symbolic/print.js';
import { NotAWordError } from '../../symbolic/words-of.js';
import type { OutsideClaim, Revision } from '../../theorem/contract.js';
import { type Instance, describeInstance } from '../../theorem/instance.js';
import { type ViolatingInstance, weakened } from '../../theorem/violating.js';
import { examineConstruction } from '../claim/stationarity.js';
import { type RunIdentity, instanceCommand } from '../command.js';
import type { Figure, NecessityMeasurement, OutsideMeasurement } from './measure.js';
import { type HypothesisResult, type OutsideResult, mintHypothesis, mintOutside } from './result.js';

/** One instance and what was measured there. */
export interface Outsider {
  readonly drawn: ViolatingInstance;
  readonly measurement: NecessityMeasurement;
}

/** The command that looks at one instance again. */
const replay = (identity: RunIdentity, instance: Instance): string =>
  instanceCommand(identity, instance).replace('--trials 1', '--trials 1 --checks necessity');

const unknowns = ({ K, n, d }: Instance): number => d * K * (n + 1);

/**
 * The largest amount up to which the theorem held at every instance, those of the case that needs the hypothesis among
 * them.
 */
const harmless = (seen: readonly Outsider[]): { amount: number; instances: number } | undefined => {
  const critical = new Set(seen.filter((x) => x.measurement.outcome === 'violated').map((x) => x.drawn.caseId));
  const amounts = [...new Set(seen.map((x) => x.drawn.amount))].sort((a, b) => (a ?? 0) - (b ?? 0));
  let best: { amount: number; instances: number } | undefined;
  for (const amount of amounts) {
    if (amount === undefined) return undefined;
    const level = seen.filter((x) => x.drawn.amount === amount);
    const covered = [...critical].every((id) => level.some((x) => x.drawn.caseId === id));
    if (!covered || level.some((x) => x.measurement.outcome !== 'holds')) return best;
    best = { amount, instances: level.length + (best?.instances ?? 0) };
  }
  return best;
};

/** What the instances that violate one hypothesis say about it. */
export const judgeHypothesis = (
  revision: Revision,
  index: number,
  seen: readonly Outsider[],
  planned: number,
  identity: RunIdentity,
): HypothesisResult => {
  const hypothesis = revision.hypotheses[index];
  const count = (outcome: NecessityMeasurement['outcome']): number =>
    seen.filter((x) => x.measurement.outcome === outcome).length;
  const base = {
    hypothesis: toText(hypothesis),
    tried: seen.length,
    held: count('holds'),
    violated: count('violated'),
    open: count('open'),
  };
  const [shown] = seen
    .filter((x) => x.measurement.outcome === 'violated')
    .sort((a, b) => unknowns(a.drawn.instance) - unknowns(b.drawn.instance));
  if (shown?.measurement.violation !== undefined) {
    const { violation, claimed = NaN, lowest = NaN, runs } = shown.measurement;
    const room = harmless(seen);
    const weaker = room === undefined ? undefined : weakened(hypothesis, room.amount);
    const { instance, caseId } = shown.drawn;
    return mintHypothesis({
      ...base,
      outcome: 'needed',
      witness: { ...violation, instance, caseId, claimed, lowest, runs, reproduce: replay(identity, instance) },
      ...(room === undefined || weaker === undefined
        ? {}
        : { enough: { statement: toText(weaker), instances: room.instances } }),
    });
  }
  const unknown = (detail: string): HypothesisResult => mintHypothesis({ ...base, outcome: 'unknown', detail });
  if (seen.length < planned) return unknown('the run was interrupted');
  if (planned === 0) return unknown('no instance within reach of the ranges violates it');
  const undecided = seen.find((x) => x.measurement.outcome === 'open');
  if (undecided !== undefined) {
    const where = describeInstance(undecided.drawn.instance);
    return unknown(`${undecided.measurement.detail ?? 'undecided'} at ${where}`);
  }
  return mintHypothesis({ ...base, outcome: 'not needed' });
};

const ratio = ({ measured, bound }: Figure): number => (bound > 0 ? measured / bound : measured > 0 ? Infinity : 0);

const worst = (figures: readonly Figure[]): Figure => {
  const { measured, bound } = figures.reduce((a, b) => (ratio(b) > ratio(a) ? b : a), { measured: 0, bound: 0 });
  return { measured, bound };
};

/** What is wrong with a claim at an instance, if anything. */
const fault = (x: OutsideMeasurement): string | undefined => {
  const figures = ({ measured, bound }: Figure): string =>
    `${measured.toExponential(3)}, rounding ${bound.toExponential(1)}`;
  if (x.empty) return 'its frames have no room';
  if (!(x.stationarity.measured <= x.stationarity.bound)) return `not stationary: ‖∇f‖ = ${figures(x.stationarity)}`;
  if (!(x.value.measured <= x.value.bound)) return `f differs from the claimed value by ${figures(x.value)}`;
  if (x.below.measured > x.below.bound) return `a descent ends below the claimed value by ${figures(x.below)}`;
  return undefined;
};

/** Whether the construction is stationary and has its value in words; what is not shown accuses nobody. */
const shownInWords = (revision: Revision, claim: OutsideClaim): boolean => {
  try {
    const { gradient, value } = examineConstruction(revision, { ...claim, construction: claim.minimizer });
    return value.length === 0 && gradient.every((x) => x.remainder.length === 0);
  } catch (error) {
    if (error instanceof NotAWordError) return false;
    throw error;
  }
};

/** What all instances say about one claim of the module about the outside. */
export const judgeOutside = (
  revision: Revision,
  claim: OutsideClaim,
  seen: readonly Outsider[],
  identity: RunIdentity,
): OutsideResult => {
  const measured = seen.flatMap(({ drawn, measurement }) =>
    measurement.outside.filter((x) => x.id === claim.id).map((x) => ({ drawn, x })),
  );
  const wrong = measured.find(({ x }) => fault(x) !== undefined);
  const unreached = measured.find(({ x }) => x.landed === 0);
  const total = (pick: (x: OutsideMeasurement) => number): number => measured.reduce((sum, { x }) => sum + pick(x), 0);
  const at = (instance: Instance): string => `at ${describeInstance(instance)}; again: ${replay(identity, instance)}`;
  const detail =
    wrong !== undefined
      ? `${fault(wrong.x) ?? ''} ${at(wrong.drawn.instance)}`
      : unreached !== undefined
        ? `no descent reached the claimed value ${at(unreached.drawn.instance)}`
        : measured.length === 0
          ? 'no instance that was tried lies there'
          : undefined;
  return mintOutside({
    id: claim.id,
    title: claim.title,
    when: toText(claim.when),
    value: toText(claim.value),
    outcome: wrong !== undefined ? 'fail' : detail !== undefined ? 'inconclusive' : 'pass',
    symbolic: shownInWords(revision, claim),
    instances: measured.length,
    stationarity: worst(measured.map(({ x }) => x.stationarity)),
    gap: worst(measured.map(({ x }) => x.value)),
    below: worst(measured.map(({ x }) => x.below)),
    runs: total((x) => x.runs),
    landed: total((x) => x.landed),
    ...(detail === undefined ? {} : { detail }),
  });
};
