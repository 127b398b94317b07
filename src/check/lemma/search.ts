/** The search for matrices that break a lemma at one instance: fixed kinds of points first, then climbs. */
import type { Stream } from '../../numeric/random.js';
import { portableKernels as kernels } from '../../model/kernels.js';
import type { Instance } from '../../theorem/instance.js';
import type { Lemma } from '../../theorem/lemma/contract.js';
import { type LemmaGap, evaluateLemma, excess } from './evaluate.js';
import { type LemmaLayout, lemmaLayout } from './layout.js';
import { descentPoints } from './descents.js';
import { type LemmaPoint, lemmaPoints, lemmaStream } from './points.js';
import { ternaryPoints } from './ternary.js';

/** A point and what the lemma says there. */
export interface LemmaCandidate extends LemmaGap {
  readonly kind: string;
  readonly at: Float64Array;
}

/** What one instance says about a lemma. */
export interface LemmaMeasurement {
  readonly instance: Instance;
  readonly points: number;
  /** Points at which a side had no value. */
  readonly undecided: number;
  /** Where the lemma came closest to breaking, or broke. */
  readonly worst: LemmaCandidate | undefined;
}

const CLIMBS = 3;
const STEPS = 24;
const FIRST_STEP = 0.3;

/** What a climb raises: the breach relative to the sides, so that shrinking the point is no way up. */
const score = ({ left, right, breach }: LemmaGap): number => breach / (Math.abs(left) + Math.abs(right) + 1e-300);

const rootMeanSquare = (x: Float64Array): number =>
  Math.sqrt(x.reduce((sum, entry) => sum + entry * entry, 0) / x.length);

const shifted = (point: Float64Array, length: number, stream: Stream): Float64Array => {
  const unit = length * rootMeanSquare(point);
  return point.map((x) => x + unit * stream.normal());
};

/** Rows and columns of every matrix mixed a little, X ↦ (I + A)X(I + B): a step that keeps a low rank. */
const mixed = ({ slots }: LemmaLayout, point: Float64Array, length: number, stream: Stream): Float64Array => {
  const result = new Float64Array(point.length);
  const nearIdentity = (size: number): Float64Array => {
    const matrix = stream.fillNormal(new Float64Array(size * size), length / Math.sqrt(size));
    for (let k = 0; k < size; k++) matrix[k * size + k] = (matrix[k * size + k] ?? 0) + 1;
    return matrix;
  };
  for (const { rows, cols, offset } of slots) {
    const half = new Float64Array(rows * cols);
    kernels.multiply(rows, rows, cols, nearIdentity(rows), 0, point, offset, half, 0, false);
    kernels.multiply(rows, cols, cols, half, 0, nearIdentity(cols), 0, result, offset, false);
  }
  return result;
};

/**
 * Random steps whose length grows with success and shrinks with failure, until the lemma breaks; or, to `strengthen` a
 * breach, all of them. Returns every point that was visited, the best one last.
 */
export const climbLemma = (
  lemma: Lemma,
  instance: Instance,
  layout: LemmaLayout,
  start: LemmaCandidate,
  stream: Stream,
  { steps = STEPS, strengthen = false }: { readonly steps?: number; readonly strengthen?: boolean } = {},
): LemmaCandidate[] => {
  const visited: LemmaCandidate[] = [];
  let best = start;
  let length = FIRST_STEP;
  for (let step = 0; step < steps && (strengthen || excess(best) <= 1); step++) {
    const at = step % 2 === 0 ? mixed(layout, best.at, length, stream) : shifted(best.at, length, stream);
    const gap = evaluateLemma(lemma, instance, layout, at);
    if (gap === undefined) continue;
    const next = { ...gap, kind: `climbing from ${start.kind}`, at };
    visited.push(next);
    const better = score(next) > score(best);
    if (better) best = next;
    length *= better ? 1.6 : 0.85;
  }
  return [...visited, best];
};

/** Tests the lemma at every point of the instance, with or without those of `ternary.ts`; climbs from the best. */
export const searchLemma = (
  lemma: Lemma,
  instance: Instance,
  seed: number,
  { ternary = false }: { readonly ternary?: boolean } = {},
): LemmaMeasurement => {
  const layout = lemmaLayout(lemma, instance);
  const seen: LemmaCandidate[] = [];
  let [points, undecided] = [0, 0];
  // Without matrices there is one point: the numbers of the instance.
  const fixed = layout.size === 0 ? [{ kind: 'numbers', point: new Float64Array(0) }] : undefined;
  const drawn = fixed ?? [
    ...lemmaPoints(lemma, instance, layout, seed),
    ...descentPoints(lemma, instance, layout, seed),
  ];
  const broken = ({ kind, point: at }: LemmaPoint): boolean => {
    const gap = evaluateLemma(lemma, instance, layout, at);
    points += 1;
    if (gap === undefined) undecided += 1;
    else seen.push({ ...gap, kind, at });
    return gap !== undefined && excess(gap) > 1;
  };
  const isBroken = drawn.map(broken).includes(true);
  if (ternary && !isBroken) {
    for (const point of ternaryPoints(lemma, instance, lemmaStream(lemma, instance, seed, 'ternary'))) {
      if (broken({ kind: 'entries −1, 0, 1', point })) break;
    }
  }
  // A tie of two zeros says less than any other figure.
  const isVoid = ({ left, right, breach }: LemmaCandidate): boolean => left === 0 && right === 0 && breach === 0;
  const worse = (known: LemmaCandidate | undefined, next: LemmaCandidate): LemmaCandidate =>
    known === undefined || isVoid(known) || (!isVoid(next) && excess(next) > excess(known)) ? next : known;
  let worst = seen.reduce<LemmaCandidate | undefined>(worse, undefined);
  // Where a side ties by itself (zero, non-negative matrices), there is no slope to climb.
  const starts = seen
    .filter((x) => Math.abs(excess(x)) > 1)
    .sort((a, b) => score(b) - score(a))
    .slice(0, CLIMBS);
  starts.forEach((start, index) => {
    if (layout.size === 0 || (worst !== undefined && excess(worst) > 1)) return;
    const visited = climbLemma(lemma, instance, layout, start, lemmaStream(lemma, instance, seed, 'climb', index));
    points += visited.length - 1;
    worst = visited.reduce(worse, worst);
  });
  return { instance, points, undecided, worst };
};
