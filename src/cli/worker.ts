/** The worker of a run: measures instances, searches lemmas, and hunts. */
import type { LemmaMeasurement } from '../check/lemma/search.js';
import { type LemmaTask, lemmaHandler } from '../check/lemma/task.js';
import { serveTasks } from '../check/pool-worker.js';
import { type WorkerResult, type WorkerTask, measureHandler } from '../check/verify.js';
import { type SearchOutcome, type SearchTask, searchHandler } from '../search/task.js';
import { registriesFromCodes } from './modules.js';

/** What the parent hands to every worker. */
export interface WorkerData {
  readonly codes: readonly string[];
}

let loaded: ReturnType<typeof registriesFromCodes> | undefined;

type Task = WorkerTask | LemmaTask | SearchTask;

serveTasks<Task, WorkerResult | LemmaMeasurement | SearchOutcome>(async (task, data) => {
  loaded ??= registriesFromCodes((data as WorkerData).codes);
  const { registry, lemmas } = await loaded;
  if ('model' in task) return searchHandler(registry)(task);
  return 'kind' in task && task.kind === 'lemma' ? lemmaHandler(lemmas)(task) : measureHandler(registry)(task);
});
