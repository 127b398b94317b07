/** What becomes of a hit: a certificate, and points with fewer classes and features that have one too. */
import type { Pool } from '../check/pool.js';
import { fitsCertificate } from '../exact/certificate/schema.js';
import * as Q from '../exact/rational.js';
import type { Revision } from '../theorem/contract.js';
import type { Instance } from '../theorem/instance.js';
import type { Target } from '../theorem/registry.js';
import { unscaledInstance } from './collapsed/problem.js';
import type { FinishedPoint } from './finish/collapsed.js';
import { onPool } from './finish/task.js';
import type { CertifiedFound, FirstSight, Found } from './found.js';
import type { CollapsedHit } from './hunt/collapsed.js';
import type { FullHit } from './hunt/full.js';
import { planSmaller } from './plan.js';
import { type Attacked, type SearchRanges, type Sizes, claimAt, sizesOf } from './ranges.js';
import { type Hit, type SearchOptions, untilHit } from './until-hit.js';

/** Batches spent at each smaller size on shrinking. */
const SMALLER_BATCHES = 30;

/** What becomes of a hit: fewer classes, then a certificate. */
export async function settle(
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
    return settleFull(target, pool, options, number, instance, hit);
  }
  const { hit } = outcome.outcome;
  const { attacked } = batch;
  if (hit === undefined || attacked === undefined) throw new RangeError('a hit without a point');
  const { ranges, abort } = options;
  const first: FirstSight = { batch: number, instance, margin: hit.margin / (2 * instance.K), how: hit.how };
  const finish = async (at: Attacked, point: CollapsedHit): Promise<FinishedPoint | undefined> => {
    const request = { model: 'finish reduced', ranges, attacked: at, hit: point } as const;
    return (await onPool(pool, target, options, request, abort))?.reduced;
  };
  if (!fitsCertificate(instance)) {
    const alone = blockOf(target.revision, ranges, attacked, hit);
    const finished = alone && (await finish(alone.attacked, alone.hit));
    return alone === undefined || finished === undefined
      ? { violation: 'beaten', instance, first, how: hit.how, detail: TOO_LARGE }
      : { ...certifiedFound(first, alone.hit, finished, false), carriedTo: { K: instance.K, d: instance.d } };
  }
  // The hit itself first: whenever the hunt is stopped, there is something to keep.
  const kept = await finish(attacked, hit);
  const smaller = sizesOf(ranges).filter((sizes) => worthTrying(sizes, instance));
  const certified = (from: CollapsedHit, finished: FinishedPoint): Found =>
    certifiedFound(first, from, finished, smaller.length > 0 && isStopped(options));
  for (const sizes of smaller) {
    if (isStopped(options)) break;
    const own = sizes.K === instance.K && sizes.d === instance.d ? { attacked, hit } : undefined;
    const best = await bestHit(target, pool, options, sizes, own);
    const finished = best?.hit === hit ? kept : best && (await finish(best.attacked, best.hit));
    if (best !== undefined && finished !== undefined) return certified(best.hit, finished);
  }
  if (kept !== undefined) return certified(hit, kept);
  return { violation: 'beaten', instance, first, how: hit.how, detail: whyNot(options) };
}

const isStopped = ({ abort, shouldStop }: SearchOptions): boolean => abort?.aborted === true || shouldStop?.() === true;

const whyNot = (options: SearchOptions): string =>
  isStopped(options)
    ? 'stopped before a point of small fractions was found'
    : 'no point of small fractions keeps the violation';

const TOO_LARGE = 'a point of this size is beyond the limits of a certificate';

/** The block of a hit, and the claim that it attacks alone at the same κ. */
function blockOf(
  revision: Revision,
  ranges: SearchRanges,
  { instance, form }: Attacked,
  { block }: CollapsedHit,
): ReducedHit | undefined {
  if (block === undefined) return undefined;
  const { K, d, hit } = block;
  const { W2, W1 } = instance.lambda;
  const free = Object.keys(ranges.lambda).length === 0;
  // Unscaled instances have λ_{W1} = μ/(2K); otherwise λ_{W2} keeps κ.
  const mu = Q.multiply(Q.rational(2 * instance.K), Q.parseRational(W1));
  const scaled = Q.multiply(Q.power(Q.rational(instance.K, K), 3), Q.parseRational(W2));
  const alone: Instance = free
    ? unscaledInstance(K, instance.n, d, mu)
    : { ...instance, K, d, lambda: { ...instance.lambda, W2: Q.format(scaled) } };
  const claim = claimAt(revision, alone);
  return claim?.form.form === form.form ? { attacked: { ...claim, instance: alone }, hit } : undefined;
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

const certifiedFound = (
  first: FirstSight,
  hit: CollapsedHit,
  finished: FinishedPoint,
  cutShort: boolean,
): CertifiedFound => ({
  violation: finished.certified.violation,
  certified: finished.certified,
  instance: finished.attacked.instance,
  first,
  how: hit.how,
  finished,
  ...(finished.tied && hit.symmetry !== undefined ? { symmetry: hit.symmetry } : {}),
  ...(cutShort ? { cutShort } : {}),
});

async function settleFull(
  target: Target,
  pool: Pool,
  options: SearchOptions,
  number: number,
  instance: Instance,
  hit: FullHit,
): Promise<Found> {
  const first: FirstSight = { batch: number, instance, margin: hit.claimed - hit.value, how: hit.how };
  const request = { model: 'finish full', ranges: options.ranges, instance, hit } as const;
  const finished = (await onPool(pool, target, options, request, options.abort))?.full;
  if (finished === undefined) {
    const detail = isStopped(options) ? whyNot(options) : hit.detail;
    return { violation: hit.violation, instance, first, how: hit.how, detail };
  }
  const { certified } = finished;
  return { violation: certified.violation, certified, instance: finished.instance, first, how: hit.how };
}
