/**
 * The worker's side of the pool: a worker file calls {@link serveTasks} once, with what is to be done with a task.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { InternalError } from '../errors.js';

/**
 * What is done with one task, in a worker or in the parent's own thread.
 *
 * @param task what was handed to the pool, as a structured clone
 * @param workerData the pool's `workerData`
 */
export type TaskHandler<T, R> = (task: T, workerData: unknown) => R | Promise<R>;

/** What the parent sends: one task and its place in the order. */
export interface TaskMessage {
  readonly index: number;
  readonly task: unknown;
}

/** An error, as it crosses between threads: structured cloning would lose its name and hint. */
export interface ErrorMessage {
  readonly name: string;
  readonly message: string;
  readonly hint?: string;
  readonly stack?: string;
}

/** What a worker answers. */
export type ResultMessage =
  { readonly index: number; readonly result: unknown } | { readonly index: number; readonly error: ErrorMessage };

/**
 * Serves the tasks of the pool that started this worker, until the pool is closed. From here on, what the worker
 * prints goes to standard error.
 *
 * @throws InternalError outside a worker
 */
export function serveTasks<T, R>(handler: TaskHandler<T, R>): void {
  const port = parentPort;
  if (port === null) {
    throw new InternalError('serveTasks was called outside a worker');
  }
  // Standard output belongs to the parent's report; a stray print of a user's module goes to the other stream.
  process.stdout.write = process.stderr.write.bind(process.stderr);
  const serve = async ({ index, task }: TaskMessage): Promise<void> => {
    try {
      // The parent promises the type of its tasks, as does every caller of a thread.
      const result: unknown = await handler(task as T, workerData);
      port.postMessage({ index, result } satisfies ResultMessage);
    } catch (error) {
      port.postMessage({ index, error: describeError(error) } satisfies ResultMessage);
    }
  };
  port.on('message', (message: TaskMessage) => void serve(message));
}

/** An error as data. Anything else that was thrown becomes the message of one. */
function describeError(error: unknown): ErrorMessage {
  if (!(error instanceof Error)) {
    return { name: 'Error', message: String(error) };
  }
  return {
    name: error.name,
    message: error.message,
    ...('hint' in error && typeof error.hint === 'string' ? { hint: error.hint } : {}),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
  };
}
