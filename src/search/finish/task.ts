/**
 * What becomes of a hit, as tasks for a pool: a certificate, and an explanation of it. Rounding a large point takes
 * minutes; in a thread of its own it ends with the time limit, and the thread that reads signals stays free.
 */
import type { Pool } from '../../check/pool.js';
import type { ClaimedForm } from '../../exact/certificate/schema.js';
import { fullId } from '../../theorem/contract.js';
import type { Instance } from '../../theorem/instance.js';
import type { Target } from '../../theorem/registry.js';
import type { Certified } from '../exact/lift.js';
import { type Explanation, explain } from '../explain/explain.js';
import type { CollapsedHit } from '../hunt/collapsed.js';
import type { FullHit } from '../hunt/full.js';
import { type CertificateOrigin, accusationAt, claimOf, labelsOf } from '../labels.js';
import type { Attacked, SearchRanges } from '../ranges.js';
import { type FinishedPoint, finishCollapsed } from './collapsed.js';
import { type FinishedFull, finishFull } from './full.js';

/** The revision by its name, since a task crosses threads, and what its certificates are labelled with. */
interface Named {
  readonly target: string;
  readonly origin: CertificateOrigin;
}

export type FinishTask = Named &
  (
    | {
        readonly model: 'finish reduced';
        readonly ranges: SearchRanges;
        readonly attacked: Attacked;
        readonly hit: CollapsedHit;
      }
    | {
        readonly model: 'finish full';
        readonly ranges: SearchRanges;
        readonly instance: Instance;
        readonly hit: FullHit;
      }
    | {
        readonly model: 'explain';
        readonly instance: Instance;
        readonly form: ClaimedForm;
        readonly certified: Certified;
      }
  );

/** The three kinds of answers; nothing where no certificate is accepted, or no explanation is to be had. */
export interface FinishOutcome {
  readonly reduced?: FinishedPoint;
  readonly full?: FinishedFull;
  readonly explanation?: Explanation;
}

/** Does one task. */
export function runFinish(target: Target, task: FinishTask): FinishOutcome {
  const { revision } = target;
  switch (task.model) {
    case 'finish reduced': {
      const accusation = accusationAt(target, task.attacked, task.origin);
      if (accusation === undefined) return {};
      const { ranges, attacked, hit } = task;
      const accuse = (at: Attacked): typeof accusation => ({ ...accusation, ...claimOf(at) });
      const reduced = finishCollapsed(revision, ranges, attacked, hit, accuse);
      return reduced === undefined ? {} : { reduced };
    }
    case 'finish full': {
      const labels = labelsOf(target, task.origin);
      const full = labels && finishFull(revision, task.ranges, task.instance, task.hit, labels);
      return full === undefined ? {} : { full };
    }
    case 'explain': {
      const labels = labelsOf(target, task.origin);
      return labels === undefined
        ? {}
        : { explanation: explain(revision, task.instance, task.form, task.certified, labels) };
    }
  }
}

/** A task without what all tasks of a hunt have in common. */
export type FinishRequest = FinishTask extends infer T ? (T extends Named ? Omit<T, keyof Named> : never) : never;

/**
 * Has a thread of the pool do one task. Nothing where `abort` came first, before the task or within it.
 */
export async function onPool(
  pool: Pool,
  target: Target,
  { seed, command, version }: CertificateOrigin,
  request: FinishRequest,
  abort: AbortSignal | undefined,
): Promise<FinishOutcome | undefined> {
  const name = `${fullId(target.theorem)}@${target.revision.id}`;
  const task: FinishTask = { ...request, target: name, origin: { seed, command, version } };
  let answer: FinishOutcome | undefined;
  await pool.run<FinishTask, FinishOutcome>([task], {
    onResult: (_, outcome) => {
      answer = outcome;
      return undefined;
    },
    ...(abort === undefined ? {} : { abort }),
  });
  return answer;
}
