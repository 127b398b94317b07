/** The worker of a run: measures instances, and hunts. */
import { serveTasks } from '../check/pool-worker.js';
import { type WorkerResult, type WorkerTask, measureHandler } from '../check/verify.js';
import { type SearchOutcome, type SearchTask, searchHandler } from '../search/task.js';
import type { Theorem } from '../theorem/contract.js';
import { registryFromCodes } from './modules.js';

/** What the parent hands to every worker. */
export interface WorkerData {
  readonly codes: readonly string[];
}

let registry: Promise<ReadonlyMap<string, Theorem>> | undefined;

serveTasks<WorkerTask | SearchTask, WorkerResult | SearchOutcome>(async (task, data) => {
  registry ??= registryFromCodes((data as WorkerData).codes);
  return 'model' in task ? searchHandler(await registry)(task) : measureHandler(await registry)(task);
});
