/** From a hit in the full model to a certificate, where the claim is in the vocabulary and rounding keeps it broken. */
import type { ClaimedModel } from '../../exact/certificate/schema.js';
import type { Json } from '../../exact/certificate/json.js';
import { exactMatrix } from '../../exact/matrix.js';
import type { ExactPoint } from '../../exact/objective.js';
import { ExactError } from '../../exact/error.js';
import * as Q from '../../exact/rational.js';
import { createSetting } from '../../check/setting.js';
import type { Revision } from '../../theorem/contract.js';
import { caseAt } from '../../theorem/cases.js';
import type { Instance } from '../../theorem/instance.js';
import { claimedThreshold } from '../claimed-threshold.js';
import { claimedValue } from '../claimed-value.js';
import { claimedForms } from '../claims.js';
import { type Accusation, type Certified, below, certified, exactProblem } from '../exact/lift.js';
import type { FullHit } from '../hunt/full.js';

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

/** A certificate that the claim of the instance's case is beaten; undefined where none is accepted. */
export function finishFull(
  revision: Revision,
  instance: Instance,
  hit: FullHit,
  labels: Labels,
): Certified | undefined {
  if (hit.violation !== 'beaten') return undefined;
  const { model, ...names } = labels;
  const { model: numeric } = createSetting(revision, instance, 0);
  const rounded = new Float64Array(hit.point.length);
  for (const claim of claimsAt(revision, instance)) {
    for (const q of DENOMINATORS) {
      for (let k = 0; k < rounded.length; k++) rounded[k] = Math.round(hit.point[k] * q) / q;
      // Where the rounded point is above the claim in doubles there is no need for exact arithmetic.
      if (numeric.value(rounded) >= hit.claimed) continue;
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
