/** What the search for matrices that break a lemma has found: the closest call, or a breach, shrunk and certified. */
import * as M from '../../exact/matrix.js';
import * as Q from '../../exact/rational.js';
import { toText } from '../../symbolic/print.js';
import type { Instance } from '../../theorem/instance.js';
import type { Lemma } from '../../theorem/lemma/contract.js';
import { apart } from '../../numeric/digits.js';
import type { Finding } from '../evidence.js';
import { type Refutation, type Unrefuted, isRefutation, refute } from '../refutation.js';
import { claimOfLemma, inequalityCertificate } from './certify.js';
import { whyNotOfLemma } from './speaks-of.js';
import { excess } from './evaluate.js';
import type { LemmaMeasurement } from './search.js';
import { type LemmaBreach, QUICK, THOROUGH, shrinkBreach } from './shrink.js';

const tables = ({ layout, point, denominator }: LemmaBreach): Record<string, string[][]> =>
  Object.fromEntries(
    layout.slots.map(({ name, rows, cols, offset }) => [
      name,
      Array.from({ length: rows }, (_, i) =>
        Array.from({ length: cols }, (__, j) => {
          const entry = point[offset + i * cols + j] ?? 0;
          return denominator === undefined ? String(entry) : Q.format(Q.fromNumber(entry));
        }),
      ),
    ]),
  );

export const numericFindings = (
  lemma: Lemma,
  measured: readonly LemmaMeasurement[],
  seed: number,
  reproduce: string,
): Finding[] => {
  const worst = measured.flatMap((x) => (x.worst === undefined ? [] : [{ instance: x.instance, ...x.worst }]));
  const [first] = worst;
  if (measured.length === 0) return [];
  const points = measured.reduce((sum, x) => sum + x.points, 0);
  const undecided = measured.reduce((sum, x) => sum + x.undecided, 0);
  const base = {
    check: 'lemma-numeric',
    method: 'numeric',
    scope: { instances: measured.length },
    statement: toText(lemma.statement),
    reproduce,
  } as const;
  if (first === undefined) {
    return [{ ...base, outcome: 'inconclusive', detail: 'the statement had no value at any matrices' }];
  }
  const closest = worst.reduce((a, b) => (excess(b) > excess(a) ? b : a), first);
  if (excess(closest) <= 1) {
    return [
      {
        ...base,
        outcome: 'pass',
        measured: Math.max(0, closest.breach),
        bound: closest.tolerance,
        detail: `${points} points${undecided === 0 ? '' : `, ${undecided} of them without a value`}`,
      },
    ];
  }
  // The smallest instance that breaks it is the easiest to shrink.
  const size = ({ K, n, d }: Instance): number => K * n * d;
  const hit = worst
    .filter((x) => excess(x) > 1)
    .reduce((a, b) => (size(b.instance) < size(a.instance) ? b : a), closest);
  // Only what can be certified has to be as small as can be.
  const effort = claimOfLemma(lemma) === undefined ? QUICK : THOROUGH;
  const small = shrinkBreach(lemma, hit.instance, hit.at, effort);
  const attempt = certified(lemma, small, seed, reproduce);
  const { gap, instance } = small;
  return [
    {
      ...base,
      outcome: 'fail',
      measured: gap.breach,
      bound: gap.tolerance,
      ...(isRefutation(attempt) ? { refutation: attempt } : {}),
      detail: isRefutation(attempt) ? attempt.sentence : `not certified: ${attempt.reason}`,
      violation: {
        kind: 'inequality',
        instance,
        ...(instance === hit.instance ? {} : { shrunkFrom: hit.instance }),
        margin: isRefutation(attempt)
          ? `${attempt.bound} > ${attempt.value}`
          : apart(gap.left, gap.right).join(', '),
        what: `${toText(lemma.statement)} is false`,
        reproduce,
      },
      witness: { instance, point: tables(small), upper: String(gap.left), lower: String(gap.right) },
    },
  ];
};

/** The refutation that a small breach gives, or why there is none. */
const certified = (lemma: Lemma, small: LemmaBreach, seed: number, command: string): Refutation | Unrefuted => {
  const claim = claimOfLemma(lemma);
  const [slot] = small.layout.slots;
  if (claim === undefined || slot === undefined) return { reason: 'certificates have no words for this statement' };
  if (small.denominator === undefined) return { reason: 'no matrices of few digits were found' };
  const X = M.exactMatrix(slot.rows, slot.cols, Array.from(small.point, Q.fromNumber));
  const text = inequalityCertificate(lemma, claim, X, { seed, command });
  if (text === undefined) return { reason: 'no rational witnesses were found' };
  return refute(text, (certificate) => whyNotOfLemma(lemma, certificate, small.instance));
};
