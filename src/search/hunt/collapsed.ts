/**
 * One batch of the hunt in the reduced two-layer ReLU model: either the patterns of one group, or starts of many kinds.
 * A batch is a function of the seed, the instance and its number alone.
 */
import { minimize } from '../minimize.js';
import { createStream } from '../../numeric/random.js';
import type { Instance } from '../../theorem/instance.js';
import { collapsedObjective } from '../collapsed/objective.js';
import { triangularPoint } from '../collapsed/gauge.js';
import { claimedLevel, collapsedProblem } from '../collapsed/problem.js';
import { START_KINDS, fillStart } from '../collapsed/starts.js';
import { bestFrame } from '../collapsed/frame.js';
import { type Blocks, blocksFor } from '../symmetric/blocks.js';
import { groupsFor, patternsOf } from '../symmetric/enumerate.js';
import { type Pattern, placePattern, polishPattern, searchPattern } from '../symmetric/pattern.js';
import type { TiedPoint } from '../tied.js';

/** Below the claimed level by less than this, a point is taken for rounding. Certificates decide; this saves them. */
export const LEAST_MARGIN = 1e-6;

/** What one batch does at one instance. */
export type CollapsedWork =
  | { readonly kind: 'pattern'; readonly group: number }
  | { readonly kind: 'blocks'; readonly group: number }
  | { readonly kind: 'starts'; readonly round: number };

export interface CollapsedTask {
  readonly instance: Instance;
  readonly form: 'orthogonal-frame' | 'zero';
  readonly seed: number;
  readonly work: CollapsedWork;
}

/** A point below the claimed level, in unscaled coordinates (c₂ = 1, c₁ = c_H = μ/2). */
export interface CollapsedHit {
  readonly margin: number;
  readonly point: TiedPoint;
  /** Ties of the last layer (K × d). */
  readonly lastLayer: Int32Array;
  /** How the point was found, for people. */
  readonly how: string;
  /** The group whose orbits tie the entries. */
  readonly symmetry?: string;
  /** Where the rest of the point is a frame: the same hit without it, and its sizes (d ≥ K). */
  readonly block?: { readonly K: number; readonly d: number; readonly hit: CollapsedHit };
}

export interface CollapsedOutcome {
  readonly starts: number;
  /** The best margin of the batch in 2K f: positive where the claim is broken. */
  readonly best: number;
  readonly hit?: CollapsedHit;
}

/** Descents from each pattern. */
const STARTS_PER_PATTERN = 24;

/** Work of one batch: (starts) · (size of a descent). */
const WORK_PER_BATCH = 60_000;
const startsAt = (K: number, d: number): number =>
  Math.max(4, Math.min(48, Math.round(WORK_PER_BATCH / (K * K * (K + d)))));

/** How many pattern batches there are at a size. */
export const patternBatches = ({ K, d }: Pick<Instance, 'K' | 'd'>): number => groupsFor(Math.max(K, d)).length;

/** How many batches of blocks there are at a size: none where classes and units are few. */
export const blockBatches = ({ K, d }: Pick<Instance, 'K' | 'd'>): number => blocksFor(K, d).length;

export function runCollapsed(task: CollapsedTask): CollapsedOutcome {
  return task.work.kind === 'starts' ? runStarts(task, task.work.round) : runPatterns(task, task.work);
}

type PatternWork = Exclude<CollapsedWork, { readonly kind: 'starts' }>;

const patternsIn = ({ K, d }: Instance, { kind, group: index }: PatternWork): Blocks => {
  if (kind === 'blocks') return blocksFor(K, d)[index] ?? { starts: 0, patterns: () => [] };
  const group = groupsFor(Math.max(K, d))[index];
  return { starts: STARTS_PER_PATTERN, patterns: () => (group === undefined ? [] : patternsOf(group, K, d)) };
};

/** The patterns of one group; the first that beats the frame ends the batch. */
function runPatterns({ instance, form, seed }: CollapsedTask, work: PatternWork): CollapsedOutcome {
  const { K, d } = instance;
  const { mu } = collapsedProblem(instance);
  const group = patternsIn(instance, work);
  let starts = 0;
  let best = -Infinity;
  for (const pattern of group.patterns()) {
    const offset = claimedLevel(form, instance, mu) - K * bestFrame(mu).value;
    const stream = createStream(seed, 'pattern', K, d, mu, pattern.name);
    const found = searchPattern(pattern, mu, group.starts, stream);
    starts += group.starts;
    best = Math.max(best, found.margin + offset);
    if (found.margin + offset <= LEAST_MARGIN) continue;
    const polished = polishPattern(pattern, mu, found.point);
    const at = (size: { readonly K: number; readonly d: number }): CollapsedHit =>
      patternHit(pattern, polished.point, mu, size, polished.margin + offset);
    const hit = { ...at(instance), ...(work.kind === 'blocks' ? blockOf(pattern, instance, at) : {}) };
    return { starts, best: hit.margin, hit };
  }
  return { starts, best };
}

/** The block alone, if there is more than that. */
function blockOf(
  { name, algebra: { classes, units } }: Pattern,
  { K, d }: Instance,
  at: (size: { readonly K: number; readonly d: number }) => CollapsedHit,
): Pick<CollapsedHit, 'block' | 'how'> {
  const size = { K: classes.size, d: Math.max(classes.size, units.size) };
  return size.K === K && size.d === d
    ? { how: name }
    : { how: size.K === K ? name : `${name}, and a frame of ${K - size.K}`, block: { ...size, hit: at(size) } };
}

const patternHit = (
  pattern: Pattern,
  point: Float64Array,
  mu: number,
  { K, d }: { readonly K: number; readonly d: number },
  margin: number,
): CollapsedHit => {
  const placed = placePattern(pattern, point, mu, K, d);
  const lastLayer = new Int32Array(K * d);
  for (let u = 0; u < d; u++) for (let k = 0; k < K; k++) lastLayer[k * d + u] = placed.W1.labels[u * K + k];
  return { margin, point: placed, lastLayer, how: pattern.name, symmetry: pattern.name };
};

/** Starts of every kind, with ranks from 2 up. */
function runStarts({ instance, form, seed }: CollapsedTask, round: number): CollapsedOutcome {
  const { K, d } = instance;
  const { mu } = collapsedProblem(instance);
  const level = claimedLevel(form, instance, mu);
  const count = startsAt(K, d);
  const most = Math.min(K, d);
  const least = Math.min(2, most);
  let best = -Infinity;
  for (let index = 0; index < count; index++) {
    // Each kind meets every rank, low ones more often: the first rounds of a kind have rank 2, then 2 and 3, …
    const turn = Math.floor(index / START_KINDS) + round * Math.ceil(count / START_KINDS);
    const r = least + (turn % (most - least + 1));
    const objective = collapsedObjective(K, d, r, mu);
    const start = new Float64Array(objective.size);
    const kind = fillStart(index, start, { K, d, r }, createStream(seed, 'start', K, d, mu, round, index));
    const rough = minimize(objective, start, { maximumIterations: 300, decrease: 1e-8 });
    best = Math.max(best, level - rough.value);
    if (level - rough.value <= LEAST_MARGIN) continue;
    const { point, value } = minimize(objective, rough.point, { maximumIterations: 3000, decrease: 1e-13 });
    const hit: CollapsedHit = {
      margin: level - value,
      point: triangularPoint(K, d, r, point),
      lastLayer: Int32Array.from({ length: K * d }, (_, k) => k),
      how: `a start of the kind "${kind}", rank ${r}`,
    };
    return { starts: index + 1, best: hit.margin, hit };
  }
  return { starts: count, best };
}
