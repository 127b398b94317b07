/** What workers are asked, and what they answer; plain data, since both cross threads. */
import type { Theorem } from '../theorem/contract.js';
import { fullId } from '../theorem/contract.js';
import { UsageError } from '../errors.js';
import { type CollapsedOutcome, type CollapsedTask, runCollapsed } from './hunt/collapsed.js';
import { type FullOutcome, type FullTask, runFull } from './hunt/full.js';

export type SearchTask =
  | ({ readonly model: 'reduced' } & CollapsedTask)
  | ({ readonly model: 'full'; readonly target: string } & FullTask);

export type SearchOutcome =
  | { readonly model: 'reduced'; readonly outcome: CollapsedOutcome }
  | { readonly model: 'full'; readonly outcome: FullOutcome };

/** What a worker serves. */
export const searchHandler =
  (registry: ReadonlyMap<string, Theorem>) =>
  (task: SearchTask): SearchOutcome => {
    if (task.model === 'reduced') return { model: 'reduced', outcome: runCollapsed(task) };
    const [id = '', wanted] = task.target.split('@');
    const theorem = [...registry.values()].find((x) => fullId(x) === id);
    const revision = theorem?.revisions.find((x) => x.id === wanted);
    if (revision === undefined) throw new UsageError(`there is no theorem ${task.target}`, 'See: ufm-check list');
    return { model: 'full', outcome: runFull(revision, task) };
  };
