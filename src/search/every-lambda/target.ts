/** Whether a revision makes a claim that can be refuted at every λ at once, and the labels of its certificate. */
import { UsageError } from '../../errors.js';
import type { Json } from '../../exact/certificate/json.js';
import { rational } from '../../exact/rational.js';
import { caseAt, meetsHypotheses } from '../../theorem/cases.js';
import { fullId } from '../../theorem/contract.js';
import type { Instance } from '../../theorem/instance.js';
import { type Target, targetName } from '../../theorem/registry.js';
import { claimedForms, claimedModel } from '../claims.js';
import { unscaledInstance } from '../collapsed/problem.js';
import { assumesNonZeroOnly } from '../minimizer-hypotheses.js';
import type { EveryLambdaLabels } from './rounding.js';

/** An instance below the threshold, with more than one sample: what is claimed there is claimed for all n. */
export const typicalInstance = (K: number, d: number): Instance => unscaledInstance(K, 2, d, rational(1, 4));

/**
 * The labels of a certificate against the revision.
 *
 * @throws {UsageError} if the revision claims nothing at K and d that such a certificate could refute
 */
export function everyLambdaLabels(
  target: Target,
  K: number,
  d: number,
  provenance: ReadonlyMap<string, Json>,
): EveryLambdaLabels {
  const { theorem, revision } = target;
  const { spec } = revision.problem;
  const model = claimedModel(spec);
  if (model?.layers !== 2 || model.activation !== 'relu' || model.bias !== 'none') {
    throw new UsageError(
      `--every-lambda does not belong to theorem ${targetName(target)}`,
      'It is about two layers with ReLU and without bias, such as 4.2@original.',
    );
  }
  if (!assumesNonZeroOnly(revision)) {
    throw new UsageError(
      `${targetName(target)} speaks only of minimizers that meet a hypothesis`,
      'A pattern that lies below them says nothing of it. Search a revision that speaks of every minimizer.',
    );
  }
  const instance = typicalInstance(K, d);
  const forms = meetsHypotheses(revision, instance) ? claimedForms(caseAt(revision, instance), spec, instance.n) : [];
  for (const form of forms) {
    if (form.form !== 'orthogonal-frame' || (form.of !== 'sigma(W1 H1)' && !form.collapsed)) continue;
    return { theorem: fullId(theorem), revision: revision.id, model, form, provenance };
  }
  throw new UsageError(
    `${targetName(target)} claims no orthogonal frame at K = ${K}, d = ${d}`,
    'Only frames can be beaten at every λ. The hypotheses may ask for a larger d.',
  );
}
