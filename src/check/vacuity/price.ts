/**
 * Whether a point below f* shows that no global minimizer meets a hypothesis: it does where f ≥ f* is proved wherever
 * the hypothesis holds. A price says so, and is a claim of the module until its chain is checked.
 */
import type { Case, MinimizerHypothesis, Revision } from '../../theorem/contract.js';
import { missingOfBound } from '../claim/chain-proof.js';
import { reachesEveryLambda } from '../claim/parametrisation.js';
import { boundedPriceAt } from '../of-minimizer.js';
import type { Setting } from '../setting.js';
import { classOf, excessAt } from './excess.js';

/** What is missing of the proof, in a case, that f ≥ f* wherever the hypothesis holds; undefined where it is proved. */
export const missingOfPrice = (
  revision: Revision,
  home: Case,
  { id }: MinimizerHypothesis,
): string | undefined => {
  const others = (revision.ofMinimizer ?? []).filter((x) => x.price !== undefined && x.id !== id);
  if (others.length > 0) return `the bound needs ${others.map((x) => `(${x.id})`).join(', ')} as well`;
  const missing = missingOfBound(revision, home);
  if (missing !== undefined) return `case ${home.id}: ${missing}`;
  return reachesEveryLambda(revision, home) ? undefined : `case ${home.id}: its generators do not reach every λ`;
};

/**
 * Whether the end of a descent contradicts the price: f lies below f* by more than the price allows; or f lies below
 * f*, the sides of the hypothesis agree to within rounding, and the price is certainly positive there, not 0.
 */
export const contradictsPrice = (
  setting: Setting,
  hypothesis: MinimizerHypothesis,
  point: Float64Array,
  { gap, rounding }: { readonly gap: number; readonly rounding: number },
): boolean => {
  if (!(gap < -rounding)) return false;
  const { value, error } = boundedPriceAt(setting, point);
  const agree = (): boolean => classOf(excessAt(setting, hypothesis, point)) === 'within';
  return gap < -(rounding + value + error) || (value > error && agree());
};
