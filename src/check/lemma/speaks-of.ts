/** Whether a lemma makes the claim that a certificate refutes, of a matrix of the size that the certificate holds. */
import { UsageError } from '../../errors.js';
import type { Certificate } from '../../exact/certificate/schema.js';
import { dimensionSizes } from '../../theorem/evaluate-exact.js';
import { type Instance, holdsAt } from '../../theorem/instance.js';
import type { Lemma } from '../../theorem/lemma/contract.js';
import { claimOfLemma } from './certify.js';

/**
 * Why the certificate does not refute the lemma; undefined if the lemma does make its claim, at `instance` where one is
 * known, or else at some.
 */
export function whyNotOfLemma(lemma: Lemma, certificate: Certificate, instance?: Instance): string | undefined {
  const claim = claimOfLemma(lemma);
  const isSame =
    certificate.violation === 'inequality' &&
    certificate.claim.left === claim?.left &&
    certificate.claim.right === claim.right;
  if (!isSame) return 'the lemma claims something else';
  const { rows, cols } = certificate.X;
  const candidates = instance === undefined ? someInstances([rows, cols]) : [instance];
  return candidates.some((at) => hasShape(lemma, at, rows, cols) && meets(lemma, at))
    ? undefined
    : `the lemma says nothing of matrices of ${rows} x ${cols}`;
}

/** Sizes for a matrix of these dimensions: all that divide one of them. With others it counts for nothing. */
function someInstances(dimensions: readonly number[]): Instance[] {
  const sizes = [...new Set(dimensions.flatMap(divisors))];
  return sizes.flatMap((K) => sizes.flatMap((n) => sizes.map((d): Instance => ({ K, n, d, lambda: {} }))));
}

function hasShape({ matrices: [X] }: Lemma, instance: Instance, rows: number, cols: number): boolean {
  const size = dimensionSizes(instance);
  return X !== undefined && size(X.rows) === rows && size(X.cols) === cols;
}

const divisors = (x: number): number[] => Array.from({ length: x }, (_, k) => k + 1).filter((k) => x % k === 0);

/** Hypotheses on numbers, which a certificate of this kind does not hold, are not met. */
function meets({ hypotheses }: Lemma, instance: Instance): boolean {
  try {
    return hypotheses.every((x) => holdsAt(x, instance));
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}
