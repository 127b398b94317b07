/**
 * Evidence from a certificate that was made elsewhere (by a search, or kept in a file): minted only if the exact
 * checker accepts it, and only of the statement that `speaksOf` says it speaks of.
 */
import type { Certificate } from '../exact/certificate/schema.js';
import type { Instance } from '../theorem/instance.js';
import { type Evidence, type ViolationKind, mintEvidence } from './evidence.js';
import { type Unrefuted, isRefutation, refute } from './refutation.js';

/** What a certificate is offered against. */
export interface CertifiedClaim {
  readonly statement: string;
  readonly instance: Instance;
  readonly kind: ViolationKind;
  /** How the point of the certificate was found. */
  readonly how?: string;
  /** The file that the certificate was written to. */
  readonly file?: string;
  /** Why the certificate does not refute the statement where its hypotheses hold; undefined if it does. */
  readonly speaksOf: (certificate: Certificate) => string | undefined;
  readonly reproduce: string;
}

/** Failing evidence with its refutation, or the reason why the certificate shows nothing. */
export const certifiedEvidence = (text: string, claim: CertifiedClaim): Evidence | Unrefuted => {
  const refutation = refute(text, claim.speaksOf);
  if (!isRefutation(refutation)) return refutation;
  const { statement, instance, kind, reproduce, file, how = refutation.sentence } = claim;
  const certificate = file === undefined ? {} : { certificate: file };
  return mintEvidence({
    check: 'certificate',
    method: 'exact',
    scope: { instances: 1 },
    outcome: 'fail',
    statement,
    detail: refutation.sentence,
    refutation,
    violation: { kind, instance, margin: refutation.margin, what: how, ...certificate, reproduce },
    reproduce,
  });
};
