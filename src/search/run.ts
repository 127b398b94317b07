/**
 * The hunt from start to end: numbered batches on a pool until one breaks the claim, then fewer classes, small
 * fractions and an exact certificate. The lowest-numbered batch with a certified hit wins, for any number of workers.
 */
import { createSetting } from '../check/setting.js';
import type { Pool } from '../check/pool.js';
import * as Q from '../exact/rational.js';
import type { Instance } from '../theorem/instance.js';
import type { Target } from '../theorem/registry.js';
import { collapsedProblem } from './collapsed/problem.js';
import type { Accusation, Certified, CertifiedViolation } from './exact/lift.js';
import { type Explanation, explain } from './explain/explain.js';
import { type FinishedPoint, finishCollapsed } from './finish/collapsed.js';
import { finishFull } from './finish/full.js';
import { claimedViolation, tiesWithZero } from './hunt/claimed.js';
import type { CollapsedHit } from './hunt/collapsed.js';
import type { FullHit } from './hunt/full.js';
import { accusationAt, claimOf, labelsOf } from './labels.js';
import { meetsMinimizerHypotheses } from './minimizer-hypotheses.js';
import { type Batch, planHunt, planSmaller } from './plan.js';
import { type Attacked, type SearchRanges, type Sizes, sizesOf } from './ranges.js';
import type { SearchOutcome, SearchTask } from './task.js';
import { expand } from './tied.js';

export interface SearchOptions {
  readonly ranges: SearchRanges;
  /** The most batches of the hunt proper. */
  readonly trials: number;
  /** Hits in the full model without a certificate after which a hunt there alone is given up. */
  readonly mostUncertified?: number;
  readonly seed: number;
  /** The command that repeats the hunt, for the certificate. */
  readonly command: string;
  readonly version: string;
  readonly shouldStop?: () => boolean;
  readonly abort?: AbortSignal;
  readonly onProgress?: (state: SearchProgress) => void;
}

export interface SearchProgress {
  readonly stage: string;
  readonly batches: number;
  readonly total: number;
  readonly starts: number;
  /** The largest claimed value − f so far. */
  readonly best: number;
}

/** Where a violation was first met. */
export interface FirstSight {
  /** Its number; there is none for a known point. */
  readonly batch?: number;
  readonly instance: Instance;
  /** By how much f was below the claim. */
  readonly margin: number;
  readonly how: string;
}

export type Found =
  | {
      readonly certified: Certified;
      readonly violation: CertifiedViolation;
      readonly instance: Instance;
      readonly first: FirstSight;
      /** How the point of the certificate was found, after shrinking. */
      readonly how: string;
      /** In the reduced model: the point on its grids. */
      readonly finished?: FinishedPoint;
      readonly symmetry?: string;
    }
  | {
      /** A violation in doubles that could not be certified. */
      readonly certified?: undefined;
      readonly violation: 'beaten' | 'wrong-form';
      readonly instance: Instance;
      readonly first: FirstSight;
      readonly how: string;
      readonly detail: string;
    };

export interface SearchResult {
  readonly target: Target;
  readonly found?: Found;
  /** Batches done in the hunt proper, and those planned. */
  readonly batches: number;
  readonly planned: number;
  readonly starts: number;
  readonly instances: number;
  /** The largest claimed value − f met in a batch without a hit. */
  readonly best: number;
  /** Points below the claimed value about which the theorem does not speak. */
  readonly setAside: number;
  /** Whether points were sought in the reduced model too. */
  readonly reduced: boolean;
  readonly interrupted: boolean;
  /** What the certified point of the reduced model looks like, and what it breaks. */
  readonly explanation?: Explanation;
}

/** Batches spent at each smaller size on shrinking. */
const SMALLER_BATCHES = 30;

export async function search(target: Target, pool: Pool, options: SearchOptions): Promise<SearchResult> {
  const { ranges, seed } = options;
  const plan = planHunt(target, ranges, options.trials, seed);
  const tally = { starts: 0, best: -Infinity, setAside: 0 };
  const instances = new Set<string>();
  let suspect: Found | undefined;
  let uncertified = 0;
  let done = 0;
  let interrupted = false;
  const known = exactly(target, options);
  // A tie with zero, at a threshold, says less than a point below the claim where such points may be found.
  let found = plan.reduced && known?.certified !== undefined && tiesWithZero(known.certified) ? undefined : known;
  while (found === undefined && done < plan.batches.length && !interrupted) {
    const run = await untilHit(target, pool, plan.batches.slice(done), options, 'hunting', (batch, outcome) => {
      instances.add(JSON.stringify(batch.task.instance));
      count(tally, batch.task.instance, outcome);
      return { batches: done, total: plan.batches.length, starts: tally.starts, best: tally.best };
    });
    tally.setAside += run.setAside;
    interrupted = run.stopped;
    if (run.hit === undefined) {
      done += run.completed;
      break;
    }
    const number = done + run.completed - 1;
    done += run.completed;
    const settled = await settle(target, pool, options, number, run.hit);
    if (settled.certified !== undefined) found = settled;
    else {
      suspect ??= settled;
      uncertified += 1;
      if (!plan.reduced && uncertified === options.mostUncertified) break;
    }
  }
  const outcome = found ?? known ?? suspect;
  const labels = labelsOf(target, options);
  const explanation =
    outcome?.certified === undefined || outcome.finished === undefined || labels === undefined
      ? undefined
      : explain(target.revision, outcome.instance, outcome.finished.attacked.form, outcome.certified, labels);
  return {
    target,
    ...(outcome === undefined ? {} : { found: outcome }),
    batches: done,
    planned: plan.batches.length,
    starts: tally.starts,
    instances: instances.size,
    best: tally.best,
    setAside: tally.setAside,
    reduced: plan.reduced,
    interrupted,
    ...(explanation === undefined ? {} : { explanation }),
  };
}

/** What exact arithmetic finds at the claimed and at other known points, before any descent. */
function exactly(target: Target, options: SearchOptions): Found | undefined {
  const labels = labelsOf(target, options);
  const seen = labels && claimedViolation(target.revision, options.ranges, options.seed, labels);
  if (seen === undefined) return undefined;
  const { instance, certified, how } = seen;
  return { violation: certified.violation, certified, instance, how, first: { instance, margin: 0, how } };
}

/** A batch and what it hit. */
interface Hit {
  readonly batch: Batch;
  readonly outcome: SearchOutcome;
}

interface HitRun {
  readonly hit?: Hit;
  readonly completed: number;
  readonly setAside: number;
  readonly stopped: boolean;
}

/** Runs batches in order until one has a hit of which the theorem speaks. */
async function untilHit(
  target: Target,
  pool: Pool,
  batches: readonly Batch[],
  options: SearchOptions,
  stage: string,
  note: (batch: Batch, outcome: SearchOutcome) => Omit<SearchProgress, 'stage'>,
): Promise<HitRun> {
  let hit: Hit | undefined;
  let setAside = 0;
  const { completed, stopped } = await pool.run<SearchTask, SearchOutcome>(
    batches.map((x) => x.task),
    {
      onResult: (index, outcome) => {
        const batch = batches[index];
        const progress = note(batch, outcome);
        options.onProgress?.({ ...progress, stage, batches: progress.batches + index + 1 });
        if (outcome.model === 'full') setAside += outcome.outcome.setAside;
        if (outcome.outcome.hit === undefined) return undefined;
        if (outcome.model === 'reduced' && !speaksOf(target, batch, outcome.outcome.hit)) {
          setAside += 1;
          return undefined;
        }
        hit = { batch, outcome };
        return 'stop';
      },
      ...(options.shouldStop === undefined ? {} : { shouldStop: options.shouldStop }),
      ...(options.abort === undefined ? {} : { abort: options.abort }),
    },
  );
  return { completed, setAside, stopped: stopped && hit === undefined, ...(hit === undefined ? {} : { hit }) };
}

const count = (tally: { starts: number; best: number }, { K }: Instance, { model, outcome }: SearchOutcome): void => {
  tally.starts += outcome.starts;
  // The reduced model measures 2K f; hits are counted by themselves.
  const best = model === 'full' ? outcome.best : outcome.best / (2 * K);
  if (outcome.hit === undefined) tally.best = Math.max(tally.best, best);
};

/** Whether the theorem speaks of a point of the reduced model: what it assumes of the minimizer is met there. */
function speaksOf({ revision }: Target, { attacked }: Batch, { point }: CollapsedHit): boolean {
  if (attacked === undefined) return false;
  const { instance } = attacked;
  const setting = createSetting(revision, instance, 0);
  const { mu, c1, cH } = collapsedProblem(instance);
  const { K, n, d } = instance;
  const full = new Float64Array(setting.model.size);
  const fill = (name: string, block: CollapsedHit['point']['W1'], scale: number, copies: number): void => {
    const { offset, cols } = setting.model.block(name);
    const dense = expand(block, new Float64Array(block.rows * block.cols));
    for (let row = 0; row < Math.min(block.rows, d); row++) {
      for (let col = 0; col < block.cols * copies; col++) {
        full[offset + row * cols + col] = scale * dense[row * block.cols + Math.floor(col / copies)];
      }
    }
  };
  fill('W1', point.W1, Math.sqrt(mu / (2 * c1)), 1);
  fill('H1', point.H1, Math.sqrt(mu / (2 * cH)), n);
  return K > 0 && meetsMinimizerHypotheses(revision, setting.at(full));
}

/** What becomes of a hit: fewer classes, then a certificate. */
async function settle(
  target: Target,
  pool: Pool,
  options: SearchOptions,
  number: number,
  { batch, outcome }: Hit,
): Promise<Found> {
  const { instance } = batch.task;
  if (outcome.model === 'full') {
    const hit = outcome.outcome.hit;
    if (hit === undefined) throw new RangeError('a hit without a point');
    return settleFull(target, options, number, instance, hit);
  }
  const { hit } = outcome.outcome;
  const { attacked } = batch;
  if (hit === undefined || attacked === undefined) throw new RangeError('a hit without a point');
  const first: FirstSight = { batch: number, instance, margin: hit.margin / (2 * instance.K), how: hit.how };
  const accuse = (at: Attacked): Accusation | undefined => accusationAt(target, at, options);
  const finish = (at: Attacked, point: CollapsedHit): FinishedPoint | undefined => {
    const blame = accuse(at);
    return blame === undefined
      ? undefined
      : finishCollapsed(target.revision, options.ranges, at, point, (other) => ({ ...blame, ...claimOf(other) }));
  };
  for (const sizes of sizesOf(options.ranges)) {
    if (!worthTrying(sizes, instance) || options.abort?.aborted === true) continue;
    const own = sizes.K === instance.K && sizes.d === instance.d ? { attacked, hit } : undefined;
    const best = await bestHit(target, pool, options, sizes, own);
    const finished = best === undefined ? undefined : finish(best.attacked, best.hit);
    if (best !== undefined && finished !== undefined) return certifiedFound(first, best.hit, finished);
  }
  const finished = finish(attacked, hit);
  if (finished !== undefined) return certifiedFound(first, hit, finished);
  const detail = 'no point of small fractions keeps the violation';
  return { violation: 'beaten', instance, first, how: hit.how, detail };
}

/** Beyond so many classes a hit is taken as it comes. */
const FEW_CLASSES = 8;

/** Sizes with fewer classes or, with as many, fewer features; that of the hit itself where better hits are cheap. */
const worthTrying = ({ K, d }: Sizes, instance: Instance): boolean =>
  K < instance.K || (K === instance.K && (d < instance.d || (d === instance.d && K <= FEW_CLASSES)));

interface ReducedHit {
  readonly attacked: Attacked;
  readonly hit: CollapsedHit;
}

/** The hit with the largest margin among some batches at these sizes, and a known one: the easiest to round. */
async function bestHit(
  target: Target,
  pool: Pool,
  options: SearchOptions,
  sizes: Sizes,
  known: ReducedHit | undefined,
): Promise<ReducedHit | undefined> {
  let best = known;
  let batches = planSmaller(target, options.ranges, sizes, SMALLER_BATCHES, options.seed);
  while (batches.length > 0) {
    const run = await untilHit(target, pool, batches, options, `shrinking at K = ${sizes.K}`, () => ({
      batches: SMALLER_BATCHES - batches.length,
      total: SMALLER_BATCHES,
      starts: 0,
      best: (best?.hit.margin ?? -Infinity) / (2 * sizes.K),
    }));
    if (run.hit?.outcome.model !== 'reduced') break;
    const { batch: { attacked }, outcome: { outcome: { hit } } } = run.hit;
    if (attacked !== undefined && hit !== undefined && hit.margin > (best?.hit.margin ?? 0)) best = { attacked, hit };
    batches = batches.slice(run.completed);
  }
  return best;
}

const certifiedFound = (first: FirstSight, hit: CollapsedHit, finished: FinishedPoint): Found => ({
  violation: finished.certified.violation,
  certified: finished.certified,
  instance: finished.attacked.instance,
  first,
  how: hit.how,
  finished,
  ...(finished.tied && hit.symmetry !== undefined ? { symmetry: hit.symmetry } : {}),
});

function settleFull(
  target: Target,
  options: SearchOptions,
  number: number,
  instance: Instance,
  hit: FullHit,
): Found {
  const first: FirstSight = { batch: number, instance, margin: hit.claimed - hit.value, how: hit.how };
  const labels = labelsOf(target, options);
  const finished =
    labels === undefined ? undefined : finishFull(target.revision, options.ranges, instance, hit, labels);
  if (finished === undefined) return { violation: hit.violation, instance, first, how: hit.how, detail: hit.detail };
  const { certified } = finished;
  return { violation: certified.violation, certified, instance: finished.instance, first, how: hit.how };
}

/** The margin of a certificate, about. */
export const marginOf = ({ margin }: Certified): number => Q.toNumber(margin);
