/**
 * The batches of a hunt, numbered: what is done in which order is a function of the ranges and the seed alone. Sizes
 * take turns, fewest classes first; at each size patterns of symmetric points alternate with random starts, and every
 * fourth turn goes to the full model. A theorem without a reduced model has batches in the full model only.
 */
import { createStream } from '../numeric/random.js';
import { drawInstances } from '../theorem/draw.js';
import { type Target } from '../theorem/registry.js';
import { fullId } from '../theorem/contract.js';
import { collapsedProblem } from './collapsed/problem.js';
import { blockBatches, patternBatches } from './hunt/collapsed.js';
import { type Attacked, type SearchRanges, type Sizes, instancesAt, muFits, sizesOf } from './ranges.js';
import type { SearchTask } from './task.js';

/** One batch: the task, and the claim that it attacks in the reduced model. */
export interface Batch {
  readonly task: SearchTask;
  readonly attacked?: Attacked;
}

export interface Plan {
  readonly batches: readonly Batch[];
  /** Instances of the reduced model and of the full one, for the header of a report. */
  readonly reduced: boolean;
  readonly instances: number;
}

/** The part of a hunt that is spent at one size in the reduced model. */
interface Place {
  readonly sizes: Sizes;
  readonly attacked: readonly Attacked[];
  /** Batches of blocks, which come first, and of patterns. */
  readonly blocks: number;
  readonly patterns: number;
}

/** The theorem is about the model that has a reduction: two layers, ReLU, no bias. */
export const hasReduction = ({ revision }: Target): boolean => {
  const { layers, activation, bias } = revision.problem.spec;
  return layers === 2 && activation === 'relu' && bias === 'none';
};

const placesOf = (target: Target, ranges: SearchRanges, sizes: readonly Sizes[]): Place[] =>
  sizes.flatMap((each): Place[] => {
    const all = instancesAt(target.revision, ranges, each).filter((x) => x.form.form !== 'simplex-etf');
    const attacked = byThreshold(all);
    if (attacked.length === 0) return [];
    return [{ sizes: each, attacked, blocks: blockBatches(each), patterns: patternBatches(each) }];
  });

/** Up to `count` batches. */
export function planHunt(target: Target, ranges: SearchRanges, count: number, seed: number): Plan {
  const places = hasReduction(target) ? placesOf(target, ranges, sizesOf(ranges)) : [];
  const inFull = fullBatches(target, ranges, places.length === 0 ? count : Math.ceil(count / 4), seed);
  const batches: Batch[] = [];
  const inReduced = reducedBatches(places, count, seed);
  // Where all sizes are large, the full model and random starts wait for the blocks.
  const first = places.length === 0 ? 0 : places.length * Math.min(...places.map((x) => x.blocks));
  for (const batch of take(inReduced, Math.min(first, count))) batches.push(batch);
  let turn = 0;
  while (batches.length < count) {
    const full = inFull[Math.floor(turn / 4)];
    if (places.length === 0) {
      const next = inFull[turn];
      if (next === undefined) break;
      batches.push(next);
    } else if (turn % 4 === 3 && full !== undefined) batches.push(full);
    else {
      const next = inReduced.next();
      if (next.done === true) break;
      batches.push(next.value);
    }
    turn += 1;
  }
  return { batches, reduced: places.length > 0, instances: places.reduce((sum, x) => sum + x.attacked.length, 0) };
}

/** Batches at fewer classes than a hit has, to shrink it: only in the reduced model, at the values of μ near ½. */
export function planSmaller(
  target: Target,
  ranges: SearchRanges,
  sizes: Sizes,
  count: number,
  seed: number,
): readonly Batch[] {
  const places = placesOf(target, ranges, [sizes]);
  const batches: Batch[] = [];
  for (const batch of reducedBatches(places, count, seed)) batches.push(batch);
  return batches;
}

function* reducedBatches(places: readonly Place[], count: number, seed: number): Generator<Batch> {
  let made = 0;
  for (let round = 0; places.length > 0; round++) {
    for (const { sizes, attacked, blocks, patterns } of places) {
      const works = worksOf(round, blocks, patterns);
      for (const work of works) {
        if (made >= count) return;
        made += 1;
        const chosen = choose(attacked, seed, sizes, work.kind, round);
        const { form } = chosen.form;
        if (form === 'simplex-etf') continue;
        yield { attacked: chosen, task: { model: 'reduced', instance: chosen.instance, form, seed, work } };
      }
    }
  }
}

/** The blocks one by one; after them a group of patterns and a round of starts at a time. */
function worksOf(round: number, blocks: number, patterns: number): CollapsedWorks {
  if (round < blocks) return [{ kind: 'blocks', group: round }];
  const turn = round - blocks;
  return [
    ...(turn < patterns ? [{ kind: 'pattern', group: turn } as const] : []),
    { kind: 'starts', round: turn },
  ];
}

function* take<T>(from: Iterator<T>, count: number): Generator<T> {
  for (let k = 0; k < count; k++) {
    const next = from.next();
    if (next.done === true) return;
    yield next.value;
  }
}

type CollapsedWorks = readonly Extract<SearchTask, { readonly model: 'reduced' }>['work'][];

/** One of the instances, more often than not close to the threshold μ = ½, and below it: violations are common. */
const choose = (attacked: readonly Attacked[], seed: number, sizes: Sizes, kind: string, round: number): Attacked => {
  const u = createStream(seed, 'choose', sizes.K, sizes.d, kind, round).uniform();
  return attacked[Math.floor(u * u * u * attacked.length)];
};

/** The instances by their distance from the threshold, which counts four times above it. */
const byThreshold = (attacked: readonly Attacked[]): Attacked[] => {
  const distance = ({ instance }: Attacked): number => {
    const { mu } = collapsedProblem(instance);
    return mu <= 0.5 ? 0.5 - mu : 4 * (mu - 0.5);
  };
  return attacked
    .map((x) => ({ x, at: distance(x) }))
    .sort((a, b) => a.at - b.at)
    .map(({ x }) => x);
};

/** Batches in the full model at instances drawn as for a verification. */
function fullBatches(target: Target, ranges: SearchRanges, count: number, seed: number): Batch[] {
  const { theorem, revision } = target;
  const name = `${fullId(theorem)}@${revision.id}`;
  const drawn = drawInstances(revision, ranges, Math.min(count, 200), seed).instances.filter((x) =>
    muFits(x.instance, ranges),
  );
  if (drawn.length === 0) return [];
  return Array.from({ length: count }, (_, index): Batch => {
    const { instance } = drawn[index % drawn.length];
    const round = Math.floor(index / drawn.length);
    return { task: { model: 'full', target: name, instance, seed, round } };
  });
}
