/** What the threads of a run do: measure instances, search lemmas, and hunt; and the pool of a command. */
import { availableParallelism } from 'node:os';
import type { LemmaMeasurement } from '../check/lemma/search.js';
import { type LemmaTask, lemmaHandler } from '../check/lemma/task.js';
import { type Pool, createPool } from '../check/pool.js';
import { type WorkerResult, type WorkerTask, measureHandler } from '../check/verify.js';
import type { FinishOutcome, FinishTask } from '../search/finish/task.js';
import { type SearchOutcome, type SearchTask, searchHandler } from '../search/task.js';
import type { LoadedTheorems } from './modules.js';

export type Task = WorkerTask | LemmaTask | SearchTask | FinishTask;
export type Answer = WorkerResult | LemmaMeasurement | SearchOutcome | FinishOutcome;

/** What is done with one task, given the theorems and lemmas by full id. */
export const answer = ({ registry, lemmas }: Pick<LoadedTheorems, 'registry' | 'lemmas'>, task: Task): Answer => {
  if ('model' in task) return searchHandler(registry)(task);
  return 'kind' in task && task.kind === 'lemma' ? lemmaHandler(lemmas)(task) : measureHandler(registry)(task);
};

/** More threads than this do not pay. */
const MOST_BY_DEFAULT = 16;

/** As many threads as were asked for, or as there are cores. */
export const workersOf = (asked: number | undefined): number =>
  asked ?? Math.min(availableParallelism(), MOST_BY_DEFAULT);

/** The pool of a command; without threads the tasks are done in this one. */
export const openPool = (workers: number, loaded: LoadedTheorems): Pool =>
  createPool({
    workers,
    workerFile: new URL('./worker.js', import.meta.url),
    workerData: { codes: loaded.codes },
    handler: (task: Task) => answer(loaded, task),
  });
