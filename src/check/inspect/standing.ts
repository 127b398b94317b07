/** Where a point's value stands to the claimed one, and what else is at that height. */
import { toText } from '../../symbolic/print.js';
import { holdsAt, scalarAt } from '../../theorem/instance.js';
import { certainlyMeets, priceAt } from '../of-minimizer.js';
import { valueWindow } from '../descents.js';
import type { Setting } from '../setting.js';

const UNIT_ROUNDOFF = 2 ** -53;

/**
 * `below` and `above` are certain: the difference exceeds the rounding error of both values. `priced`: below, by no
 * more than what the point may gain by breaking a hypothesis on the minimizer.
 */
export type Height = 'below' | 'priced' | 'at' | 'above';

export interface Standing {
  readonly height: Height;
  readonly value: number;
  readonly claimed: number;
  /** value − claimed. */
  readonly gap: number;
  /** A bound on the rounding error of the gap. */
  readonly rounding: number;
  /** What the point may gain at most by breaking the hypotheses on the minimizer that have a price. */
  readonly price: number;
  /** Whether the point certainly meets the other hypotheses on the minimizer. */
  readonly accountable: boolean;
  /** Above the value by so little that descents would call it reached. */
  readonly reached: boolean;
  /** What the value leaves open: the point is within this of the minimum, if the theorem is true. */
  readonly epsilon: number;
}

/** Of points of the instance of a setting. */
export const standingOf = (setting: Setting, point: Float64Array): Standing => {
  const { model, claimedValue: claimed } = setting;
  const value = model.value(point);
  const gap = value - claimed;
  const rounding = model.valueRoundingError(point) + 2 * UNIT_ROUNDOFF * Math.abs(claimed);
  const price = priceAt(setting, point);
  const height: Height =
    Math.abs(gap) <= rounding ? 'at' : gap > 0 ? 'above' : gap < -rounding - price ? 'below' : 'priced';
  const epsilon = Math.max(gap + price, 0) + rounding;
  return {
    height,
    value,
    claimed,
    gap,
    rounding,
    price,
    accountable: certainlyMeets(setting, point, epsilon),
    reached: height === 'at' || (height === 'above' && gap <= valueWindow(setting)),
    epsilon,
  };
};

/** A height at which the theory knows critical points. */
export interface KnownHeight {
  readonly what: string;
  readonly nature: 'claimed minimizer' | 'saddle' | 'local minimum' | 'zero' | 'outside the hypotheses';
  readonly value: number;
  /** The value as a formula. */
  readonly formula: string;
  /** The value of the point less this one. */
  readonly above: number;
}

/** All of them, nearest first. Zero is listed for itself: it need not be critical where there is a bias. */
export const knownHeights = (setting: Setting, value: number): KnownHeight[] => {
  const { revision, instance, case: home, claimedValue, model, zero } = setting;
  const at = (what: string, nature: KnownHeight['nature'], height: number, formula: string): KnownHeight => ({
    what,
    nature,
    value: height,
    formula,
    above: value - height,
  });
  const families = (revision.criticalPoints ?? [])
    .filter((family) => holdsAt(family.when, instance))
    .flatMap((family) => {
      const nature = family.nature === 'saddle' ? 'saddle' : 'local minimum';
      const ranked = (family.construction.frames ?? []).some(({ cols }) => cols === 'r');
      const ranks = ranked ? Array.from({ length: Math.max(0, setting.ranks(family)) }, (_, r) => r) : [undefined];
      return ranks.map((rank) =>
        at(
          rank === undefined ? family.title : `${family.title}: r = ${rank}`,
          nature,
          scalarAt(family.value, instance, rank),
          toText(family.value),
        ),
      );
    });
  const outside = (revision.outside ?? [])
    .filter(({ when }) => holdsAt(when, instance))
    .map((claim) => at(claim.title, 'outside the hypotheses', scalarAt(claim.value, instance), toText(claim.value)));
  return [
    at(`the claimed minimizers (${home.id})`, 'claimed minimizer', claimedValue, toText(home.value)),
    ...families,
    ...outside,
    at('all blocks zero', 'zero', model.value(zero), 'f(0)'),
  ].sort((x, y) => Math.abs(x.above) - Math.abs(y.above));
};
