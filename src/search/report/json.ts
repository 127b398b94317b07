/** The report of a hunt as `ufm-check-search/1`. */
import { format } from '../../exact/rational.js';
import { fullId } from '../../theorem/contract.js';
import type { Explanation } from '../explain/explain.js';
import type { SearchRanges } from '../ranges.js';
import type { SearchResult } from '../run.js';

export interface SearchRun {
  readonly version: string;
  readonly seed: number;
  readonly command: string;
  /** A certificate that refutes the revision at all these sizes, at every n and λ. */
  readonly settled?: object;
  /** The only part that two runs may differ in. */
  readonly timing: { readonly elapsedMs: number };
}

/** One document; `certificate` is the path that was written, if any. Without a path the certificate is in it. */
export const searchJson = (
  { version, seed, command, settled, timing }: SearchRun,
  { K, d, n, lambda, mu }: SearchRanges,
  result: SearchResult,
  certificate: string | undefined,
): object => {
  const { target, found, batches, planned, starts, instances, setAside, interrupted, explanation } = result;
  return {
    format: 'ufm-check-search/1',
    version,
    seed,
    command,
    theorem: fullId(target.theorem),
    revision: target.revision.id,
    ranges: {
      K: K.text,
      d: d.text,
      n: n.text,
      lambda: Object.fromEntries(Object.entries(lambda).map(([block, range]) => [block, range.text])),
      ...(mu === undefined ? {} : { mu: mu.text }),
    },
    ...(settled === undefined ? {} : { settled }),
    found: found !== undefined,
    ...(found === undefined ? {} : foundJson(found, certificate)),
    starts,
    instances,
    batches,
    planned,
    setAside,
    interrupted,
    ...(explanation === undefined ? {} : { explanation: explanationJson(explanation) }),
    timing,
  };
};

const explanationJson = ({ kappa, kappaInterval, freedom, brokenStep, enlarged, ...shape }: Explanation): object => ({
  rankBefore: shape.rankBefore,
  rankAfter: shape.rankAfter,
  nuclearBefore: shape.nuclearBefore,
  nuclearAfter: shape.nuclearAfter,
  ...(shape.symmetries === undefined ? {} : { symmetries: shape.symmetries }),
  ...(brokenStep === undefined ? {} : { brokenStep }),
  ...(enlarged === undefined
    ? {}
    : {
        enlargedNorm: {
          sentence: enlarged.sentence,
          value: format(enlarged.most),
          bound: format(enlarged.least),
          margin: format(enlarged.margin),
          document: JSON.parse(enlarged.text) as unknown,
        },
      }),
  kappa: format(kappa),
  kappaInterval: { lower: format(kappaInterval.lower), upper: format(kappaInterval.upper) },
  ...(freedom === undefined
    ? {}
    : { freedom: freedom.map(({ by, ...at }) => (by === undefined ? at : { ...at, by: format(by) })) }),
});

const foundJson = (found: NonNullable<SearchResult['found']>, certificate: string | undefined): object => {
  const { violation, instance, first, how, certified } = found;
  const carriedTo = certified === undefined ? undefined : found.carriedTo;
  return {
    violation,
    certified: certified !== undefined,
    instance,
    how,
    shrunkFrom: first,
    ...(carriedTo === undefined ? {} : { carriedTo }),
    ...(certified === undefined
      ? { detail: found.detail }
      : {
          sentence: certified.sentence,
          value: format(certified.value),
          bound: format(certified.bound),
          margin: format(certified.margin),
          ...(certificate === undefined
            ? { document: JSON.parse(certified.text) as unknown }
            : { certificate }),
        }),
  };
};
