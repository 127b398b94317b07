/** Batches on a pool, in order, until one has a hit of which the theorem speaks. */
import type { Pool } from '../check/pool.js';
import { createSetting } from '../check/setting.js';
import type { Target } from '../theorem/registry.js';
import { collapsedProblem } from './collapsed/problem.js';
import type { CollapsedHit } from './hunt/collapsed.js';
import { meetsMinimizerHypotheses } from './minimizer-hypotheses.js';
import type { Batch } from './plan.js';
import type { SearchRanges } from './ranges.js';
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
  /** The largest claimed value − f so far, at points of which the theorem speaks. */
  readonly best: number;
}

/** A batch and what it hit. */
export interface Hit {
  readonly batch: Batch;
  readonly outcome: SearchOutcome;
}

export interface HitRun {
  readonly hit?: Hit;
  readonly completed: number;
  readonly setAside: number;
  readonly stopped: boolean;
}

/** Runs batches in order until one has a hit of which the theorem speaks. */
export async function untilHit(
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
