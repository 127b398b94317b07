/**
 * What the gallery settles before a hunt begins: a certificate for all n and all λ that refutes the revision at all
 * sizes of the hunt. It is judged anew; its name is no reason to believe it.
 */
import { checkCertificate } from '../exact/certificate/judge.js';
import { parseCertificate } from '../exact/certificate/schema.js';
import type { SearchRanges } from '../search/ranges.js';
import { whyNotClaimed } from '../search/speaks-of.js';
import { sizesAt } from '../theorem/ranges.js';
import type { Target } from '../theorem/registry.js';
import { gallery } from './separations.js';

/** The certificate, and the sizes from which on it refutes the revision. */
export interface Settled {
  readonly source: string;
  readonly K: number;
  /** It holds for d ≥ K + `more`. */
  readonly more: number;
}

/** The first certificate that covers every K and d of the ranges; undefined where the gallery has none. */
export function settledBy({ revision }: Target, ranges: SearchRanges): Settled | undefined {
  for (const { source, text } of gallery().filter((x) => x.text.includes('"parametric"'))) {
    const certificate = parseCertificate(text);
    if (certificate.violation !== 'parametric') continue;
    const { K, d } = certificate;
    const settled: Settled = { source, K, more: d - K };
    if (!covers(settled, ranges) || whyNotClaimed(revision, certificate) !== undefined) continue;
    if (checkCertificate(text).accepted) return settled;
  }
  return undefined;
}

const covers = ({ K: least, more }: Settled, { K, d }: SearchRanges): boolean => {
  if (K.lower.offset < least) return false;
  for (let k = K.lower.offset; k <= K.upper.offset; k++) {
    const sizes = sizesAt(d, k);
    if (sizes !== undefined && sizes.lower < k + more) return false;
  }
  return true;
};

export const settledText = ({ source, K, more }: Settled): string =>
  `known      refuted at every n and λ for K ≥ ${K}, d ≥ K${more === 0 ? '' : ` + ${more}`}: ${source}`;
