/** Making matrices that break a lemma small enough to be read: sizes first, then entries. */
import type { Instance } from '../../theorem/instance.js';
import { holdsAt } from '../../theorem/instance.js';
import type { Lemma } from '../../theorem/lemma/contract.js';
import { type LemmaGap, evaluateLemma, excess } from './evaluate.js';
import { type LemmaLayout, type Slot, lemmaLayout } from './layout.js';
import { lemmaStream } from './points.js';
import { climbLemma } from './search.js';

/** A breach as small as it was found. */
export interface LemmaBreach {
  readonly instance: Instance;
  readonly layout: LemmaLayout;
  readonly point: Float64Array;
  readonly gap: LemmaGap;
  /** All entries are multiples of 1/denominator; undefined where no small one was found. */
  readonly denominator: number | undefined;
}

interface Breaking {
  readonly instance: Instance;
  readonly point: Float64Array;
}

/** How hard to try. */
export interface ShrinkEffort {
  /** Steps of the climb that widens a breach, so that it survives rounding. */
  readonly steps: number;
  /** Steps from what is left of a point at smaller sizes. */
  readonly guesses: number;
  /** Ways to widen a breach before it is rounded; the most readable result is kept. */
  readonly widenings: number;
}

/** For what is to become a certificate, and for what is shown only. */
export const THOROUGH: ShrinkEffort = { steps: 200, guesses: 60, widenings: 4 };
export const QUICK: ShrinkEffort = { steps: 40, guesses: 10, widenings: 1 };

const LARGEST_ENTRIES = [1, 2, 3, 4, 6, 8];
const DENOMINATORS = [1, 2, 4, 8, 64, 1024, 2 ** 20];

const breach = (lemma: Lemma, instance: Instance, point: Float64Array): LemmaGap | undefined => {
  const gap = evaluateLemma(lemma, instance, lemmaLayout(lemma, instance), point);
  return gap !== undefined && excess(gap) > 1 ? gap : undefined;
};

/** The matrices without one index of a dimension: a feature, a class with its samples, or a sample of each class. */
const without = (
  lemma: Lemma,
  from: Instance,
  point: Float64Array,
  dropped: 'K' | 'n' | 'd',
  index: number,
): Breaking | undefined => {
  const instance: Instance = { ...from, [dropped]: from[dropped] - 1 };
  if (instance[dropped] < 1) return undefined;
  const keeps = (dimension: string) => (k: number): boolean => {
    if (dimension === dropped) return k !== index;
    if (dimension !== 'N') return true;
    if (dropped === 'K') return Math.floor(k / from.n) !== index;
    return dropped !== 'n' || k % from.n !== index;
  };
  const large = lemmaLayout(lemma, from);
  const small = lemmaLayout(lemma, instance);
  const result = new Float64Array(small.size);
  for (const [order, slot] of large.slots.entries()) {
    const target = small.slots[order];
    const kept = entriesKept(slot, keeps(slot.shape.rows), keeps(slot.shape.cols)).map((k) => point[k] ?? 0);
    if (target === undefined || kept.length !== target.rows * target.cols) return undefined;
    result.set(kept, target.offset);
  }
  return { instance, point: result };
};

const entriesKept = (
  { rows, cols, offset }: Slot,
  row: (k: number) => boolean,
  col: (k: number) => boolean,
): number[] =>
  Array.from({ length: rows * cols }, (_, k) => k)
    .filter((k) => row(Math.floor(k / cols)) && col(k % cols))
    .map((k) => offset + k);

/** All ways to make the sizes smaller by one, and the samples of all classes into classes of their own. */
function* smaller(lemma: Lemma, { instance, point }: Breaking): Generator<Breaking> {
  if (instance.n > 1) {
    const flat: Instance = { ...instance, K: instance.K * instance.n, n: 1 };
    if (lemmaLayout(lemma, flat).size === point.length) yield { instance: flat, point };
  }
  for (const dimension of ['d', 'K', 'n'] as const) {
    for (let index = 0; index < instance[dimension]; index++) {
      const next = without(lemma, instance, point, dimension, index);
      if (next !== undefined) yield next;
    }
  }
}

const climbed = (
  lemma: Lemma,
  { instance, point }: Breaking,
  options: { readonly steps: number; readonly strengthen?: boolean; readonly key?: number },
): Breaking => {
  const { steps, strengthen = false, key = 0 } = options;
  const layout = lemmaLayout(lemma, instance);
  const gap = evaluateLemma(lemma, instance, layout, point);
  if (gap === undefined) return { instance, point };
  const stream = lemmaStream(lemma, instance, 0, 'shrink', key);
  const start = { ...gap, kind: 'found', at: point };
  const best = climbLemma(lemma, instance, layout, start, stream, { steps, strengthen }).at(-1);
  return { instance, point: best?.at ?? point };
};

const shrinkSizes = (lemma: Lemma, start: Breaking, steps: number): Breaking => {
  let current = start;
  search: for (;;) {
    for (const candidate of smaller(lemma, current)) {
      if (!lemma.hypotheses.every((x) => holdsAt(x, candidate.instance))) continue;
      const next =
        breach(lemma, candidate.instance, candidate.point) === undefined && steps > 0
          ? climbed(lemma, candidate, { steps })
          : candidate;
      if (breach(lemma, next.instance, next.point) === undefined) continue;
      current = next;
      continue search;
    }
    return current;
  }
};

/** Candidates of few digits near a point, the most readable first. */
function* rounded(layout: LemmaLayout, point: Float64Array): Generator<{ denominator: number; entries: number[] }> {
  for (const largest of LARGEST_ENTRIES) {
    const entries = Array.from(point);
    for (const { offset, rows, cols } of layout.slots) {
      const top = point.subarray(offset, offset + rows * cols).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      for (let k = offset; k < offset + rows * cols && top > 0; k++) {
        entries[k] = Math.round((largest * (point[k] ?? 0)) / top);
      }
    }
    yield { denominator: 1, entries };
  }
  for (const denominator of DENOMINATORS) {
    yield { denominator, entries: Array.from(point, (x) => Math.round(x * denominator)) };
  }
}

/** Each entry as near to zero as the breach allows, one after the other, until none can move. */
const shrinkEntries = (
  lemma: Lemma,
  instance: Instance,
  point: Float64Array,
): Pick<LemmaBreach, 'point' | 'denominator'> => {
  const layout = lemmaLayout(lemma, instance);
  for (const { denominator, entries } of rounded(layout, point)) {
    const decoded = (of: readonly number[]): Float64Array => Float64Array.from(of, (x) => x / denominator);
    if (!entries.every(Number.isSafeInteger) || breach(lemma, instance, decoded(entries)) === undefined) continue;
    const best = [...entries];
    for (let moved = true; moved;) {
      moved = false;
      for (let k = 0; k < best.length; k++) {
        const known = best[k] ?? 0;
        const nearer = [0, Math.trunc(known / 2), known - Math.sign(known)];
        const found = nearer.find((x) => {
          if (Math.abs(x) >= Math.abs(known)) return false;
          best[k] = x;
          return breach(lemma, instance, decoded(best)) !== undefined;
        });
        best[k] = found ?? known;
        if (found !== undefined) moved = true;
      }
    }
    // Where the statement does not mind the scale, fractions become whole numbers.
    const whole = Float64Array.from(best);
    const scales = breach(lemma, instance, whole) !== undefined;
    return scales ? { point: whole, denominator: 1 } : { point: decoded(best), denominator };
  }
  return { point, denominator: undefined };
};

/** Shrinks a breach that was found at an instance. */
export const shrinkBreach = (
  lemma: Lemma,
  instance: Instance,
  found: Float64Array,
  effort: ShrinkEffort = THOROUGH,
): LemmaBreach => {
  const { steps, guesses } = effort;
  const wide = climbed(lemma, { instance, point: found }, { steps, strengthen: true });
  const small = shrinkSizes(lemma, wide, guesses);
  const { instance: home } = small;
  const candidates = Array.from({ length: effort.widenings }, (_, key) => {
    const wider = climbed(lemma, small, { steps, strengthen: true, key });
    return shrinkEntries(lemma, home, wider.point);
  });
  const { point, denominator } = candidates.reduce((a, b) => (digits(b) < digits(a) ? b : a));
  // Rows and columns that rounding has emptied go too.
  const last = shrinkSizes(lemma, { instance: home, point }, 0);
  const gap = breach(lemma, last.instance, last.point) ?? { left: NaN, right: NaN, breach: NaN, tolerance: NaN };
  return { ...last, layout: lemmaLayout(lemma, last.instance), gap, denominator };
};

/** How much there is to read: no denominator first, then the sum of the entries. */
const digits = ({ point, denominator }: Pick<LemmaBreach, 'point' | 'denominator'>): number =>
  denominator === undefined ? Infinity : 1e6 * (denominator - 1) + point.reduce((sum, x) => sum + Math.abs(x), 0);
