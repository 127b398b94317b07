/**
 * Certificates that name a shipped theorem or lemma have to refute what it claims. The labels play no part in the
 * judgement of the exact checker; but a reader takes them at their word.
 */
import * as shipped from '../../theorems/index.js';
import { claimOfLemma } from '../check/lemma/certify.js';
import type { Certificate } from '../exact/certificate/schema.js';
import { whyNotClaimed } from '../search/speaks-of.js';
import { fullId } from '../theorem/contract.js';
import { fullLemmaId } from '../theorem/lemma/contract.js';
import { lemmasOf } from '../theorem/lemma/registry.js';
import { theoremsOf } from '../theorem/registry.js';

/** Why the labels are wrong; undefined where they are right, or name nothing that is shipped. */
export const wrongLabels = (certificate: Certificate): string | undefined => {
  const { theorem: id, revision: wanted } = certificate;
  const theorem = theoremsOf(shipped, 'ufm-check').find((x) => fullId(x) === id);
  if (theorem !== undefined) {
    const revision = theorem.revisions.find((x) => x.id === wanted);
    const why = revision === undefined ? 'there is no such revision' : whyNotClaimed(revision, certificate);
    return why === undefined ? undefined : `it is labelled ${id}@${wanted}, and that is wrong: ${why}`;
  }
  const lemma = lemmasOf(shipped).find((x) => fullLemmaId(x) === id);
  if (lemma === undefined) return undefined;
  const claim = claimOfLemma(lemma);
  const { violation, claim: refuted } = certificate;
  const same =
    violation === 'inequality' && claim?.left === refuted.left && claim.right === refuted.right;
  return same ? undefined : `it is labelled ${id}, and that is wrong: the lemma claims something else`;
};
