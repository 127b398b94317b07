/**
 * One cell of a map: all symmetric patterns and some rounds of random starts at one K and one μ. A cell is a function
 * of the theorem, the seed, the number of rounds and its own place; the other cells of the map do not matter to it.
 */
import * as Q from '../../exact/rational.js';
import type { Rational } from '../../exact/rational.js';
import { parseCertificate } from '../../exact/certificate/schema.js';
import type { Target } from '../../theorem/registry.js';
import { constantRange } from '../../theorem/ranges.js';
import { unscaledInstance } from '../collapsed/problem.js';
import type { Certified } from '../exact/lift.js';
import { finishCollapsed } from '../finish/collapsed.js';
import { type CollapsedHit, patternBatches } from '../hunt/collapsed.js';
import { type CertificateOrigin, accusationAt } from '../labels.js';
import { type Attacked, type SearchRanges, type Sizes, claimAt } from '../ranges.js';
import { whyNotClaimed } from '../speaks-of.js';
import type { SearchOutcome, SearchTask } from '../task.js';

/** Where a cell lies. */
export interface Place extends Sizes {
  readonly mu: Rational;
}

/** What is known of a cell; plain data, as it is kept in a file. */
export interface MapCell {
  readonly K: number;
  readonly n: number;
  readonly d: number;
  /** μ = 2√κ, exactly. */
  readonly mu: string;
  /** What the theorem claims there: a frame, zero, or nothing (its hypotheses do not hold). */
  readonly claim: 'orthogonal-frame' | 'zero' | 'none';
  /** `not beaten` says only that no start fell below the claimed form. */
  readonly status: 'certified' | 'suspect' | 'not beaten';
  readonly starts: number;
  /** The largest (least value of the claimed form) − f over all starts: positive where the claim is beaten. */
  readonly gap: number;
  /** How the lowest point was found, where it is below the claim. */
  readonly how?: string;
  /** The file of the certificate, and by how much its point is below, exactly. */
  readonly certificate?: string;
  readonly margin?: string;
}

/** The work of a cell: tasks for a pool, and the claim that they attack. */
export interface CellWork {
  readonly place: Place;
  readonly attacked?: Attacked;
  readonly tasks: readonly SearchTask[];
}

/** The tasks of a cell; none where the theorem claims nothing that is recognised. */
export function planCell({ revision }: Target, place: Place, rounds: number, seed: number): CellWork {
  const instance = unscaledInstance(place.K, place.n, place.d, place.mu);
  const claim = claimAt(revision, instance);
  if (claim === undefined || claim.form.form === 'simplex-etf') return { place, tasks: [] };
  const { form } = claim.form;
  const task = (work: Extract<SearchTask, { readonly model: 'reduced' }>['work']): SearchTask => ({
    model: 'reduced',
    instance,
    form,
    seed,
    work,
  });
  const patterns = Array.from({ length: patternBatches(place) }, (_, group) => task({ kind: 'pattern', group }));
  const random = Array.from({ length: rounds }, (_, round) => task({ kind: 'starts', round }));
  return { place, attacked: { ...claim, instance }, tasks: [...patterns, ...random] };
}

/** Hits that are put to exact arithmetic, those with the largest margins. */
const MOST_HITS = 3;

/** The cell that the outcomes of its tasks make, with its certificate if there is one. */
export function judgeCell(
  target: Target,
  { place, attacked }: CellWork,
  outcomes: readonly SearchOutcome[],
  origin: CertificateOrigin,
): { readonly cell: MapCell; readonly certified?: Certified } {
  const { K, n, d } = place;
  const where = { K, n, d, mu: Q.format(place.mu) };
  if (attacked === undefined) return { cell: { ...where, claim: 'none', status: 'not beaten', starts: 0, gap: 0 } };
  const reduced = outcomes.flatMap((x) => (x.model === 'reduced' ? [x.outcome] : []));
  const starts = reduced.reduce((sum, x) => sum + x.starts, 0);
  const gap = Math.max(...reduced.map((x) => x.best)) / (2 * K);
  const claim = attacked.form.form === 'zero' ? 'zero' : 'orthogonal-frame';
  const known = { ...where, claim, starts, gap } as const;
  const hits = reduced
    .flatMap((x) => (x.hit === undefined ? [] : [x.hit]))
    .sort((x, y) => y.margin - x.margin)
    .slice(0, MOST_HITS);
  const [best] = hits;
  if (best === undefined) return { cell: { ...known, status: 'not beaten' } };
  for (const hit of hits) {
    const certified = certify(target, place, attacked, hit, origin);
    if (certified === undefined) continue;
    const certificate = `K${K}-d${d}-n${n}-mu-${Q.format(place.mu).replace('/', '_')}.json`;
    const margin = Q.format(certified.margin);
    return { cell: { ...known, status: 'certified', how: hit.how, certificate, margin }, certified };
  }
  return { cell: { ...known, status: 'suspect', how: best.how } };
}

function certify(
  target: Target,
  { K, n, d, mu }: Place,
  attacked: Attacked,
  hit: CollapsedHit,
  origin: CertificateOrigin,
): Certified | undefined {
  const accused = accusationAt(target, attacked, origin);
  if (accused === undefined) return undefined;
  // The cell speaks of its own μ, which is not to be simplified.
  const ranges: SearchRanges = {
    K: constantRange(K),
    n: constantRange(n),
    d: constantRange(d),
    lambda: {},
    mu: { lower: mu, upper: mu, text: Q.format(mu) },
  };
  const found = finishCollapsed(target.revision, ranges, attacked, hit, () => accused)?.certified;
  return found !== undefined && whyNotClaimed(target.revision, parseCertificate(found.text)) === undefined
    ? found
    : undefined;
}
