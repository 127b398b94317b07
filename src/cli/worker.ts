/** The worker of a run: measures instances. */
import { serveTasks } from '../check/pool-worker.js';
import { type WorkerResult, type WorkerTask, measureHandler } from '../check/verify.js';
import type { Theorem } from '../theorem/contract.js';
import { registryFromCodes } from './modules.js';

/** What the parent hands to every worker. */
export interface WorkerData {
  readonly codes: readonly string[];
}

let registry: Promise<ReadonlyMap<string, Theorem>> | undefined;

serveTasks<WorkerTask, WorkerResult>(async (task, data) => {
  registry ??= registryFromCodes((data as WorkerData).codes);
  return measureHandler(await registry)(task);
});
