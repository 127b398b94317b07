/** The worker of a hunt. */
import { serveTasks } from '../check/pool-worker.js';
import { type SearchOutcome, type SearchTask, searchHandler } from '../search/task.js';
import type { Theorem } from '../theorem/contract.js';
import { registryFromCodes } from './modules.js';
import type { WorkerData } from './worker.js';

let registry: Promise<ReadonlyMap<string, Theorem>> | undefined;

serveTasks<SearchTask, SearchOutcome>(async (task, data) => {
  registry ??= registryFromCodes((data as WorkerData).codes);
  return searchHandler(await registry)(task);
});
