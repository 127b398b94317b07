/**
 * One batch of the hunt in the full model of any theorem: descents from starts of many kinds at one instance. A run
 * that ends below the claimed value, by more than its rounding, beats the claim; one that ends at the value and breaks
 * a conclusion by more than its distance from the minimum explains has the wrong form. Where the claimed form has no
 * room, only zero is left of it, and a run that ends below zero's value beats the claim.
 */
import { leastValueAtZero } from '../../exact/certificate/bound.js';
import * as Q from '../../exact/rational.js';
import { problemOf } from '../../check/measured/exact.js';
import { createSetting, type Setting } from '../../check/setting.js';
import { AT_VALUE, randomRankOne } from '../../check/descents.js';
import { conclusionResiduals } from '../../check/tolerance.js';
import { descend } from '../../numeric/descent/descend.js';
import type { Stream } from '../../numeric/random.js';
import type { Revision } from '../../theorem/contract.js';
import type { Instance } from '../../theorem/instance.js';
import { claimedForms, hasRoom } from '../claims.js';
import { meetsMinimizerHypotheses } from '../minimizer-hypotheses.js';

export interface FullTask {
  readonly instance: Instance;
  readonly seed: number;
  /** Distinguishes the starts of batches at one instance. */
  readonly round: number;
}

/** A point that breaks the claim, as far as doubles can tell. */
export interface FullHit {
  readonly violation: 'beaten' | 'wrong-form';
  readonly point: Float64Array;
  readonly value: number;
  readonly claimed: number;
  /** Of the run that ended there. */
  readonly how: string;
  /** What is broken: the value, or a conclusion with its residual. */
  readonly detail: string;
}

export interface FullOutcome {
  readonly starts: number;
  /** The largest claimed value − f over all runs but those set aside. */
  readonly best: number;
  /** Runs that ended below the claim at points about which the theorem does not speak. */
  readonly setAside: number;
  readonly hit?: FullHit;
}

interface StartKind {
  readonly name: string;
  readonly make: (setting: Setting, stream: Stream) => Float64Array;
}

const gaussian = (scale: number): StartKind => ({
  name: `normal, scale ${scale}`,
  make: ({ model }, stream) => stream.fillNormal(new Float64Array(model.size), scale),
});

const STARTS: readonly StartKind[] = [
  gaussian(1),
  gaussian(0.3),
  { name: 'rank one', make: ({ model }, stream) => randomRankOne(model, stream) },
  {
    name: 'entries −1, 0, 1',
    make: ({ model }, stream) => Float64Array.from({ length: model.size }, () => stream.integer(-1, 1)),
  },
  gaussian(3),
  gaussian(0.03),
];

const UNIT_ROUNDOFF = 2 ** -53;

export function runFull(revision: Revision, { instance, seed, round }: FullTask): FullOutcome {
  const setting = createSetting(revision, instance, seed);
  const { model, zero } = setting;
  const { level, isOfZero } = levelOf(setting);
  const scale = Math.max(model.value(zero), Math.abs(level));
  let best = -Infinity;
  let setAside = 0;
  for (const [index, kind] of STARTS.entries()) {
    const start = kind.make(setting, setting.stream('search', round, index));
    const { point, value } = descend(model, start, { key: setting.key('search probe', round, index) });
    const allowance = model.valueRoundingError(point) + 2 * UNIT_ROUNDOFF * Math.abs(level);
    const gap = value - level;
    const isBelow = gap < -allowance;
    if (isBelow && !meetsMinimizerHypotheses(revision, setting.at(point))) {
      setAside += 1;
      continue;
    }
    best = Math.max(best, -gap);
    if (gap > AT_VALUE * scale) continue;
    const broken = isBelow
      ? `below ${isOfZero ? 'zero, where nothing else has the claimed form' : 'the claimed value'}`
      : isOfZero
        ? undefined
        : brokenConclusion(setting, point, gap + allowance);
    if (broken === undefined || !meetsMinimizerHypotheses(revision, setting.at(point))) continue;
    const hit: FullHit = {
      violation: isBelow ? 'beaten' : 'wrong-form',
      point,
      value,
      claimed: level,
      how: `a start of the kind "${kind.name}"`,
      detail: broken,
    };
    return { starts: index + 1, best, setAside, hit };
  }
  return { starts: STARTS.length, best, setAside };
}

/** The value below which a claim is beaten: that of the minimum, or of zero where the claimed form has no room. */
export function levelOf(setting: Setting): { readonly level: number; readonly isOfZero: boolean } {
  const { revision, instance, claimedValue } = setting;
  const forms = claimedForms(setting.case, revision.problem.spec, instance.n);
  return forms.every((form) => hasRoom(form, instance))
    ? { level: claimedValue, isOfZero: false }
    : { level: Q.toNumber(leastValueAtZero(problemOf(setting))), isOfZero: true };
}

/** The first conclusion that is off by more than a point so close to the minimum may be. */
const brokenConclusion = (setting: Setting, point: Float64Array, epsilon: number): string | undefined => {
  const broken = conclusionResiduals(setting, point, Math.max(epsilon, 0)).find((x) => x.measured > x.bound);
  return broken === undefined
    ? undefined
    : `${broken.conclusion} is off by ${broken.measured.toPrecision(3)} (bound ${broken.bound.toPrecision(3)})`;
};
