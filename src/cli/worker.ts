/** The worker of a run: a thread that answers tasks. */
import { serveTasks } from '../check/pool-worker.js';
import { registriesFromCodes } from './modules.js';
import { type Answer, type Task, answer } from './serve.js';

/** What the parent hands to every worker. */
export interface WorkerData {
  readonly codes: readonly string[];
}

let loaded: ReturnType<typeof registriesFromCodes> | undefined;

serveTasks<Task, Answer>(async (task, data) => {
  loaded ??= registriesFromCodes((data as WorkerData).codes);
  return answer(await loaded, task);
});
