/** What workers are asked, and what they answer; plain data, since both cross threads. */
import type { Theorem } from '../theorem/contract.js';
import { fullId } from '../theorem/contract.js';
import type { Target } from '../theorem/registry.js';
import { UsageError } from '../errors.js';
import { type FinishOutcome, type FinishTask, runFinish } from './finish/task.js';
import { type CollapsedOutcome, type CollapsedTask, runCollapsed } from './hunt/collapsed.js';
import { type FullOutcome, type FullTask, runFull } from './hunt/full.js';

/** A batch of the hunt itself. */
export type SearchTask =
  | ({ readonly model: 'reduced' } & CollapsedTask)
  | ({ readonly model: 'full'; readonly target: string } & FullTask);

export type SearchOutcome =
  | { readonly model: 'reduced'; readonly outcome: CollapsedOutcome }
  | { readonly model: 'full'; readonly outcome: FullOutcome };

/** What a worker serves: batches, and what becomes of their hits. */
export const searchHandler =
  (registry: ReadonlyMap<string, Theorem>) =>
  (task: SearchTask | FinishTask): SearchOutcome | FinishOutcome => {
    if (task.model === 'reduced') return { model: 'reduced', outcome: runCollapsed(task) };
    const target = targetCalled(registry, task.target);
    if (task.model === 'full') return { model: 'full', outcome: runFull(target.revision, task) };
    return runFinish(target, task);
  };

const targetCalled = (registry: ReadonlyMap<string, Theorem>, name: string): Target => {
  const [id = '', wanted] = name.split('@');
  const theorem = [...registry.values()].find((x) => fullId(x) === id);
  const revision = theorem?.revisions.find((x) => x.id === wanted);
  if (theorem === undefined || revision === undefined) {
    throw new UsageError(`there is no theorem ${name}`, 'See: ufm-check list');
  }
  return { theorem, revision };
};
