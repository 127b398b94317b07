/** Drops the hypotheses of a revision in turn and hunts where they fail, on the pool of the run. */
import { type ViolatingInstance, drawViolating } from '../../theorem/violating.js';
import type { InstanceRanges } from '../../theorem/genome.js';
import type { Revision } from '../../theorem/contract.js';
import type { RunIdentity } from '../command.js';
import type { Pool } from '../pool.js';
import { type Outsider, judgeHypothesis, judgeOutside } from './judge.js';
import type { NecessityMeasurement, NecessityTask } from './measure.js';
import type { NecessityResult } from './result.js';

export interface NecessityOptions {
  readonly target: string;
  readonly identity: RunIdentity;
  readonly ranges: InstanceRanges;
  readonly trials: number;
  readonly seed: number;
  readonly shouldStop?: () => boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Instances for each hypothesis: one for so many trials of the theorem, within bounds. */
const MOST = 10;
const LEAST = 4;
const SHARE = 10;

/** One result for each hypothesis, and one for each claim about the outside; `stopped` if some were left undone. */
export const examineNecessity = async (
  revision: Revision,
  pool: Pool,
  { target, identity, ranges, trials, seed, shouldStop, onProgress }: NecessityOptions,
): Promise<NecessityResult & { readonly stopped: boolean }> => {
  const count = Math.min(MOST, Math.max(LEAST, Math.ceil(trials / SHARE)));
  const drawn = revision.hypotheses.map((_, index) => drawViolating(revision, index, ranges, count, seed));
  const planned = drawn.flatMap((instances, index) => instances.map((x): [number, ViolatingInstance] => [index, x]));
  const tasks = planned.map(([, { instance }]): NecessityTask => ({ kind: 'necessity', target, instance, seed }));
  const measured: NecessityMeasurement[] = [];
  const { stopped } = await pool.run<NecessityTask, NecessityMeasurement>(tasks, {
    onResult: (_, result) => {
      measured.push(result);
      onProgress?.(measured.length, tasks.length);
    },
    ...(shouldStop === undefined ? {} : { shouldStop }),
  });
  const done = planned.slice(0, measured.length);
  const seen = done.map(([index, x], k) => ({ index, drawn: x, measurement: measured[k] }));
  const of = (index: number): Outsider[] => seen.filter((x) => x.index === index);
  return {
    hypotheses: drawn.map((instances, index) =>
      judgeHypothesis(revision, index, of(index), instances.length, identity),
    ),
    outside: (revision.outside ?? []).map((claim) => judgeOutside(revision, claim, seen, identity)),
    stopped,
  };
};
