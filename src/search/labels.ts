/** What the certificates of a hunt are labelled with, and what they accuse. */
import type { Json } from '../exact/certificate/json.js';
import { fullId } from '../theorem/contract.js';
import type { Target } from '../theorem/registry.js';
import { claimedModel } from './claims.js';
import type { Accusation } from './exact/lift.js';
import { assumesNonZeroOnly } from './minimizer-hypotheses.js';
import type { Attacked } from './ranges.js';

/** Where a certificate comes from. */
export interface CertificateOrigin {
  readonly seed: number;
  /** The command that makes it again. */
  readonly command: string;
  readonly version: string;
}

/** The labels; undefined where the claim is not in the vocabulary of certificates. */
export function labelsOf(
  { theorem, revision }: Target,
  { seed, command, version }: CertificateOrigin,
): Omit<Accusation, 'form'> | undefined {
  const model = claimedModel(revision.problem.spec);
  if (model === undefined || !assumesNonZeroOnly(revision)) return undefined;
  const provenance = new Map<string, Json>([['seed', seed], ['command', command], ['version', version]]);
  return { theorem: fullId(theorem), revision: revision.id, model, provenance };
}

export const claimOf = ({ form, threshold }: Attacked): Pick<Accusation, 'form' | 'threshold'> => ({
  form,
  ...(threshold === undefined ? {} : { threshold }),
});

/** The accusation of the claim that is attacked. */
export const accusationAt = (target: Target, at: Attacked, origin: CertificateOrigin): Accusation | undefined => {
  const labels = labelsOf(target, origin);
  return labels && { ...labels, ...claimOf(at) };
};
