/** The worker of a run: measures instances. */
import { type MeasureResult, type MeasureTask, measureInstance } from '../check/measure.js';
import { serveTasks } from '../check/pool-worker.js';
import type { Theorem } from '../theorem/contract.js';
import { registryFromCodes } from './modules.js';

/** What the parent hands to every worker. */
export interface WorkerData {
  readonly codes: readonly string[];
}

let registry: Promise<ReadonlyMap<string, Theorem>> | undefined;

serveTasks<MeasureTask, MeasureResult>(async (task, data) => {
  registry ??= registryFromCodes((data as WorkerData).codes);
  return measureInstance(await registry, task);
});
