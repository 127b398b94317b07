/**
 * Certificates that name a shipped theorem or lemma have to refute what it claims. The labels play no part in the
 * judgement of the exact checker; but a reader takes them at their word.
 */
import * as shipped from '../../theorems/index.js';
import { claimOfLemma } from '../check/lemma/certify.js';
import type { Certificate, InequalityClaim } from '../exact/certificate/schema.js';
import { claimedModel } from '../search/claims.js';
import { STEP, stepOf } from '../search/explain/enlarged-norm.js';
import { assumesNonZeroOnly } from '../search/minimizer-hypotheses.js';
import { whyNotClaimed } from '../search/speaks-of.js';
import type { Revision } from '../theorem/contract.js';
import { fullId } from '../theorem/contract.js';
import { fullLemmaId } from '../theorem/lemma/contract.js';
import { lemmasOf } from '../theorem/lemma/registry.js';
import { theoremsOf } from '../theorem/registry.js';

/** Why the labels are wrong; undefined where they are right, or name nothing that is shipped. */
export const wrongLabels = (certificate: Certificate): string | undefined => {
  const { theorem: id, revision: wanted } = certificate;
  const isStep = id.endsWith(STEP);
  const theorem = theoremsOf(shipped, 'ufm-check').find((x) => (isStep ? stepOf(fullId(x)) : fullId(x)) === id);
  if (theorem !== undefined) {
    const revision = theorem.revisions.find((x) => x.id === wanted);
    const whyNot = isStep ? whyNotNeeded : whyNotClaimed;
    const why = revision === undefined ? 'there is no such revision' : whyNot(revision, certificate);
    return why === undefined ? undefined : `it is labelled ${id}@${wanted}, and that is wrong: ${why}`;
  }
  const lemma = lemmasOf(shipped).find((x) => fullLemmaId(x) === id);
  if (lemma === undefined) return undefined;
  return refutes(certificate, claimOfLemma(lemma))
    ? undefined
    : `it is labelled ${id}, and that is wrong: the lemma claims something else`;
};

const refutes = ({ violation, claim }: Certificate, inequality: InequalityClaim | undefined): boolean =>
  violation === 'inequality' && claim.left === inequality?.left && claim.right === inequality.right;

/** ‖σ(X)‖_* ≤ ‖X‖_* is what a proof needs for two layers with ReLU where it is not assumed of the minimizer. */
const whyNotNeeded = (revision: Revision, certificate: Certificate): string | undefined => {
  const model = claimedModel(revision.problem.spec);
  if (model?.layers !== 2 || model.activation !== 'relu' || !assumesNonZeroOnly(revision)) {
    return 'no proof of the theorem needs such a step';
  }
  return refutes(certificate, { left: 'nuclear(sigma(X))', right: 'nuclear(X)' })
    ? undefined
    : 'the step is ‖σ(X)‖_* ≤ ‖X‖_*';
};
