/** From a hit in the full model to a certificate, where the claim is in the vocabulary and rounding keeps it broken. */
import type { ClaimedModel } from '../../exact/certificate/schema.js';
import type { Json } from '../../exact/certificate/json.js';
import { exactMatrix } from '../../exact/matrix.js';
import type { ExactPoint } from '../../exact/objective.js';
import { ExactError } from '../../exact/error.js';
import * as Q from '../../exact/rational.js';
import { createSetting } from '../../check/setting.js';
import type { Revision } from '../../theorem/contract.js';
import { caseAt, meetsHypotheses } from '../../theorem/cases.js';
import { generatorsFit, lambdasFit } from '../../theorem/genome.js';
import type { Instance } from '../../theorem/instance.js';
import { claimedThreshold } from '../claimed-threshold.js';
import { claimedValue } from '../claimed-value.js';
import { claimedForms } from '../claims.js';
import { type Accusation, type Certified, below, certified, exactProblem } from '../exact/lift.js';
import { simplestBetween } from '../../exact/simplest.js';
import { type FullHit, levelOf } from '../hunt/full.js';
import { type SearchRanges, muFits } from '../ranges.js';
import { simplifyPoint } from './simplify-full.js';

/** Denominators that are tried, coarse ones first. */
const DENOMINATORS = [...Array.from({ length: 60 }, (_, k) => k + 1), 100, 200, 500, 1000, 10_000, 100_000, 1_000_000];

export interface Labels {
  readonly theorem: string;
  readonly revision: string;
  readonly model: ClaimedModel;
  readonly provenance: ReadonlyMap<string, Json>;
}

interface Minimum {
  readonly minimum: Q.Rational;
}

/** A rounded point keeps this share of the margin. */
const KEPT = 0.1;

/** Shares by which λ's that are not fixed may be moved to shorter fractions: as far as a violation lasts. */
const MOVES = [0.25, 0.1, 0.03, 0];

/** A certificate, and where it is. */
export interface FinishedFull {
  readonly instance: Instance;
  readonly certified: Certified;
}

/** A certificate that the claim of the instance's case is beaten, at short λ's; undefined where none is accepted. */
export function finishFull(
  revision: Revision,
  ranges: SearchRanges,
  instance: Instance,
  hit: FullHit,
  labels: Labels,
): FinishedFull | undefined {
  if (hit.violation !== 'beaten') return undefined;
  for (const share of MOVES) {
    const moved = share === 0 ? instance : withShortLambdas(instance, share);
    if (share !== 0 && !isAllowed(revision, ranges, instance, moved)) continue;
    const certified = atInstance(revision, moved, hit.point, labels);
    if (certified !== undefined) return { instance: moved, certified };
  }
  return undefined;
}

/** The λ's with the smallest denominators within a share of the given ones. */
const withShortLambdas = (instance: Instance, share: number): Instance => {
  const [below, above] = [1 - share, 1 + share].map(Q.fromNumber);
  const short = (text: string): string => {
    const x = Q.parseRational(text);
    return Q.format(simplestBetween(Q.multiply(below, x), Q.multiply(above, x)));
  };
  const lambda = Object.entries(instance.lambda).map(([block, text]): [string, string] => [block, short(text)]);
  return { ...instance, lambda: Object.fromEntries(lambda) };
};

/** Whether the hunt may look at the other instance, and the theorem makes the same case of it. */
const isAllowed = (revision: Revision, ranges: SearchRanges, from: Instance, to: Instance): boolean =>
  lambdasFit(to.lambda, ranges) &&
  generatorsFit(revision, to, ranges) &&
  (revision.problem.spec.layers !== 2 || muFits(to, ranges)) &&
  meetsHypotheses(revision, to) &&
  caseAt(revision, to) === caseAt(revision, from);

function atInstance(
  revision: Revision,
  instance: Instance,
  unrounded: Float64Array,
  labels: Labels,
): Certified | undefined {
  const { model, ...names } = labels;
  const setting = createSetting(revision, instance, 0);
  const { model: numeric } = setting;
  const { level } = levelOf(setting);
  const margin = level - numeric.value(unrounded);
  const rounded = new Float64Array(unrounded.length);
  for (const claim of claimsAt(revision, instance)) {
    for (const q of DENOMINATORS) {
      for (let k = 0; k < rounded.length; k++) rounded[k] = Math.round(unrounded[k] * q) / q;
      // Where doubles say that too little of the margin is left there is no need for exact arithmetic.
      if (!(numeric.value(rounded) < level - KEPT * margin)) continue;
      const half = (level + numeric.value(rounded)) / 2;
      simplifyPoint(rounded, Math.min(half, level - KEPT * margin), (x) => numeric.value(x));
      const fraction = (x: number): Q.Rational => Q.rational(BigInt(Math.round(x * q)), BigInt(q));
      const point: ExactPoint = Object.fromEntries(
        numeric.blocks.map(({ name, rows, cols, offset, length }) => {
          const entries = Array.from(rounded.subarray(offset, offset + length), fraction);
          return [name, exactMatrix(rows, cols, entries)];
        }),
      );
      try {
        const problem = exactProblem(labels.model, instance);
        const found =
          'minimum' in claim
            ? certified({ ...names, violation: 'beaten', claim: { model, ...claim }, problem, point })
            : below({ ...labels, ...claim }, problem, point);
        if (found !== undefined) return found;
      } catch (error) {
        // No bound is known over this form: the next claim.
        if (!(error instanceof ExactError)) throw error;
        break;
      }
    }
  }
  return undefined;
}

/** The forms that are claimed, and the minimum where it is rational. */
function claimsAt(revision: Revision, instance: Instance): (Pick<Accusation, 'form' | 'threshold'> | Minimum)[] {
  const home = caseAt(revision, instance);
  const { spec } = revision.problem;
  const found = claimedThreshold(home, spec);
  const threshold = found === undefined ? {} : { threshold: found };
  const minimum = claimedValue(home, instance);
  return [
    ...claimedForms(home, spec, instance.n).map((form) => ({ form, ...threshold })),
    ...(minimum === undefined ? [] : [{ minimum }]),
  ];
}
