/**
 * Certificates that name a shipped theorem or lemma have to refute what it claims. The labels play no part in the
 * judgement of the exact checker; but a reader takes them at their word.
 */
import * as shipped from '../../theorems/index.js';
import { whyNotOfLemma } from '../check/lemma/speaks-of.js';
import { NotCertifiableError, proofCertificate } from '../check/proof-certificate.js';
import type { Certificate, InequalityClaim } from '../exact/certificate/schema.js';
import { missingClaim } from '../exact/proof/same-claims.js';
import { missingChainClaim } from '../exact/proof/chain/same-claims.js';
import type { ChainProof } from '../exact/proof/chain/schema.js';
import { checkProof } from '../exact/proof/judge.js';
import type { Proof } from '../exact/proof/schema.js';
import { claimedModel } from '../search/claims.js';
import { STEP, stepOf } from '../search/explain/enlarged-norm.js';
import { assumesNonZeroOnly } from '../search/minimizer-hypotheses.js';
import { whyNotClaimed } from '../search/speaks-of.js';
import type { Revision } from '../theorem/contract.js';
import { fullId } from '../theorem/contract.js';
import { fullLemmaId } from '../theorem/lemma/contract.js';
import { lemmasOf } from '../theorem/lemma/registry.js';
import { theoremsOf } from '../theorem/registry.js';

const wrongLabel = (id: string, revision: string, why: string): string =>
  `it is labelled ${id}@${revision}, and that is wrong: ${why}`;

/** The same of a proof, which has to make every claim of the theorem that it names. */
export const wrongProofLabels = (proof: Proof | ChainProof): string | undefined => {
  const { theorem: id, revision: wanted } = proof;
  const theorem = theoremsOf(shipped, 'ufm-check').find((x) => fullId(x) === id);
  if (theorem === undefined) return looksShipped(id, wanted);
  const revision = theorem.revisions.find((x) => x.id === wanted);
  if (revision === undefined) return wrongLabel(id, wanted, 'there is no such revision');
  let text: string;
  try {
    text = proofCertificate({ theorem, revision }, { statement: [], provenance: {} });
  } catch (error) {
    if (!(error instanceof NotCertifiableError)) throw error;
    return wrongLabel(id, wanted, `proof certificates have no words for what it claims (${error.message})`);
  }
  const missing = missingOf(proof, text);
  return missing === undefined ? undefined : wrongLabel(id, wanted, missing);
};

/** A name as a reader takes it, who sees neither spaces nor capitals, and the revision behind the first `@`. */
const asRead = (id: string): string => (id.split('@')[0] ?? '').replaceAll(' ', '').toLowerCase();

/** Why a name that is not shipped looks like one that is. */
const looksShipped = (id: string, revision: string): string | undefined => {
  const names = theoremsOf(shipped, 'ufm-check').map(fullId);
  const all = [...names, ...names.map(stepOf), ...lemmasOf(shipped).map(fullLemmaId)];
  const similar = all.find((name) => name !== id && asRead(name) === asRead(id));
  return similar === undefined ? undefined : wrongLabel(id, revision, `it could be taken for ${similar}`);
};

const missingOf = (proof: Proof | ChainProof, wanted: string): string | undefined => {
  const judgement = checkProof(wanted);
  if (!judgement.accepted) return `its own proof is not accepted (${judgement.reason})`;
  if (proof.kind === 'chain' && judgement.kind === 'chain') return missingChainClaim(proof, judgement.proof);
  if (proof.kind === 'sum-of-squares' && judgement.kind === 'sum-of-squares') {
    return missingClaim(proof, judgement.proof);
  }
  return 'it is a proof of another kind, so that it cannot be compared';
};

/** Why the labels are wrong; undefined where they are right, or name nothing that is shipped. */
export const wrongLabels = (certificate: Certificate): string | undefined => {
  const { theorem: id, revision: wanted } = certificate;
  const isStep = id.endsWith(STEP);
  const theorem = theoremsOf(shipped, 'ufm-check').find((x) => (isStep ? stepOf(fullId(x)) : fullId(x)) === id);
  if (theorem !== undefined) {
    const revision = theorem.revisions.find((x) => x.id === wanted);
    const whyNot = isStep ? whyNotNeeded : whyNotClaimed;
    const why = revision === undefined ? 'there is no such revision' : whyNot(revision, certificate);
    return why === undefined ? undefined : wrongLabel(id, wanted, why);
  }
  const lemma = lemmasOf(shipped).find((x) => fullLemmaId(x) === id);
  if (lemma === undefined) return looksShipped(id, wanted);
  const why = wanted === 'current' ? whyNotOfLemma(lemma, certificate) : 'there is no such revision';
  return why === undefined ? undefined : wrongLabel(id, wanted, why);
};

const refutes = ({ violation, claim }: Certificate, { left, right }: InequalityClaim): boolean =>
  violation === 'inequality' && claim.left === left && claim.right === right;

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
