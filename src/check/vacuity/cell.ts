/**
 * Where a hypothesis on the minimizer holds, at one instance: the ends of many descents, by whether the left side of
 * the hypothesis is above the right, below, or neither to within a bound on the rounding of both.
 *
 * Where f ≥ f* is proved wherever the hypothesis holds (that is what its price says), one point that is certainly
 * below f* shows that no global minimizer meets the hypothesis: at this instance the theorem says nothing of them.
 * Where it is not proved, such a point shows nothing of the kind, and may contradict the price itself.
 */
import { descend } from '../../numeric/descent/descend.js';
import type { Theorem } from '../../theorem/contract.js';
import { type Instance, holdsAt } from '../../theorem/instance.js';
import { findTargets } from '../../theorem/registry.js';
import { lowRankStart } from '../lemma/descents.js';
import { createSetting, type Setting } from '../setting.js';
import { type Excess, classAt, excessAt, pricedHypothesis } from './excess.js';
import { contradictsPrice, missingOfPrice } from './price.js';

/** One instance to look at; plain data. */
export interface VacuityTask {
  readonly kind: 'vacuity';
  /** `tirer-bruna-2022/4.2@relaxed`. */
  readonly target: string;
  readonly instance: Instance;
  readonly seed: number;
  readonly runs: number;
  /** Points that were low at instances of the same sizes: a descent starts from each as well. */
  readonly from?: readonly (readonly number[])[];
}

/** The end of a descent: the lowest that was found, or one that contradicts the price. */
export interface BestPoint {
  /** f − f*, and how far that may be off by rounding. */
  readonly gap: number;
  readonly allowance: number;
  /** left − right of the hypothesis, and how far that may be off. */
  readonly excess: number;
  readonly error: number;
  readonly class: Excess;
  readonly point: readonly number[];
}

export interface VacuityCell {
  readonly instance: Instance;
  /** False where the hypotheses on the instance exclude it: then nothing was run. */
  readonly covered: boolean;
  readonly runs: number;
  readonly counts: Readonly<Record<Excess, number>>;
  /** Runs that end certainly below the claimed minimum. */
  readonly lower: number;
  readonly best: BestPoint | undefined;
  /** Runs that end where the price is contradicted, and the lowest of these ends. */
  readonly contradicting: number;
  readonly contradiction?: BestPoint;
  /** What is missing of the proof of the price; only asked where a run ends below the claimed minimum. */
  readonly unproved?: string;
  /** No global minimizer meets the hypothesis here: a point is certainly below f*, and the price is proved. */
  readonly vacuous: boolean;
}

const ITERATIONS = 1500;
const UNIT_ROUNDOFF = 2 ** -53;

/** Starts of rank 1 to 4, starts in general position, and starts near the claimed form, in turn. */
const startOf = (setting: Setting, index: number): Float64Array => {
  const { model, instance } = setting;
  const stream = setting.stream('vacuity', index);
  const normal = (): number => stream.normal();
  if (index % 6 === 4) return stream.fillNormal(new Float64Array(model.size), 0.5);
  if (index % 6 === 5 && setting.emptyForm === undefined) {
    const claim = setting.claimedPoint(index);
    const size = Math.sqrt(claim.reduce((sum, x) => sum + x * x, 0) / claim.length) || 1;
    return claim.map((x) => x + 0.3 * size * normal());
  }
  const rank = Math.min(1 + (index % 6), instance.K, instance.d);
  return lowRankStart(model, stream, rank, index % 2 === 0 ? normal : () => stream.integer(-1, 1));
};

const lowestOf = (ends: readonly BestPoint[]): BestPoint | undefined =>
  ends.reduce<BestPoint | undefined>((a, b) => (a === undefined || b.gap < a.gap ? b : a), undefined);

/** Runs the descents of one cell: a function of the task alone. */
export const measureVacuity = (registry: ReadonlyMap<string, Theorem>, task: VacuityTask): VacuityCell => {
  const { instance } = task;
  const [target] = findTargets(registry, [task.target], 'current');
  const hypothesis = target === undefined ? undefined : pricedHypothesis(target.revision);
  const counts: Record<Excess, number> = { above: 0, within: 0, below: 0 };
  const none = { runs: 0, counts, lower: 0, best: undefined, contradicting: 0, vacuous: false };
  const nothing = { instance, covered: false, ...none };
  if (target === undefined || hypothesis === undefined) return nothing;
  if (!target.revision.hypotheses.every((x) => holdsAt(x, instance))) return nothing;
  const setting = createSetting(target.revision, instance, task.seed);
  const { model, claimedValue } = setting;
  const given = (task.from ?? []).filter((x) => x.length === model.size);
  const starts = [
    ...Array.from({ length: task.runs }, (_, index) => startOf(setting, index)),
    ...given.map((x) => Float64Array.from(x)),
  ];
  const contradictions: BestPoint[] = [];
  const ends = starts.map((start, index): BestPoint => {
    const options = { maximumIterations: ITERATIONS, key: setting.key('vacuity probe', index) };
    const end = descend(model, start, options);
    const excess = excessAt(setting, hypothesis, end.point);
    const rounding = model.valueRoundingError(end.point) + 2 * UNIT_ROUNDOFF * Math.abs(claimedValue);
    const gap = end.value - claimedValue;
    const found = {
      gap,
      allowance: rounding,
      excess: excess.value,
      error: excess.error,
      class: classAt(setting, hypothesis, end.point),
      point: [...end.point],
    };
    if (contradictsPrice(setting, hypothesis, end.point, { gap, rounding })) contradictions.push(found);
    return found;
  });
  for (const end of ends) counts[end.class] += 1;
  const lower = ends.filter((x) => x.gap < -x.allowance);
  const unproved = lower.length === 0 ? undefined : missingOfPrice(setting.revision, setting.case, hypothesis);
  const contradiction = lowestOf(contradictions);
  return {
    ...nothing,
    covered: true,
    runs: ends.length,
    lower: lower.length,
    best: lowestOf(ends),
    contradicting: contradictions.length,
    ...(contradiction === undefined ? {} : { contradiction }),
    ...(unproved === undefined ? {} : { unproved }),
    vacuous: lower.length > 0 && unproved === undefined && contradictions.length === 0,
  };
};
