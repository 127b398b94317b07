/**
 * The hunt from start to end: numbered batches on a pool until one breaks the claim, then fewer classes, small
 * fractions and an exact certificate. The lowest-numbered batch with a certified hit wins, for any number of workers.
 */
import type { Pool } from '../check/pool.js';
import type { Instance } from '../theorem/instance.js';
import type { Target } from '../theorem/registry.js';
import type { Explanation } from './explain/explain.js';
import { onPool } from './finish/task.js';
import type { Found } from './found.js';
import { claimedViolation, tiesWithZero } from './hunt/claimed.js';
import { labelsOf } from './labels.js';
import { planHunt } from './plan.js';
import { settle } from './settle.js';
import type { SearchOutcome } from './task.js';
import { type SearchOptions, untilHit } from './until-hit.js';

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

/** After a stop an explanation may still take so long. */
const GRACE_MS = 3000;

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
  const explanation = outcome && (await explained(target, pool, options, outcome));
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
    interrupted: interrupted || (outcome?.certified !== undefined && outcome.cutShort === true),
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

/** What the certified point looks like, and what it breaks. */
async function explained(
  target: Target,
  pool: Pool,
  options: SearchOptions,
  found: Found,
): Promise<Explanation | undefined> {
  if (found.certified === undefined || found.finished === undefined) return undefined;
  const { instance, certified, finished } = found;
  const request = { model: 'explain', instance, form: finished.attacked.form, certified } as const;
  const abort = found.cutShort === true ? AbortSignal.timeout(GRACE_MS) : options.abort;
  return (await onPool(pool, target, options, request, abort))?.explanation;
}

const count = (tally: { starts: number; best: number }, { K }: Instance, { model, outcome }: SearchOutcome): void => {
  tally.starts += outcome.starts;
  // The reduced model measures 2K f; hits are counted by themselves.
  const best = model === 'full' ? outcome.best : outcome.best / (2 * K);
  if (outcome.hit === undefined) tally.best = Math.max(tally.best, best);
};
