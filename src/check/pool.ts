/**
 * A pool of worker threads that behaves as if there were one.
 *
 * Tasks are handed out in order and results are delivered in order, whatever finishes first. When a run is
 * stopped, tasks in flight may finish, so that what is complete is always a prefix of the tasks: the outcome
 * after k tasks does not depend on the number of workers. With no workers the tasks run in the parent's own
 * thread, on clones as in a worker, with a turn of the event loop between them.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { InternalError, UsageError } from '../errors.js';
import type { ErrorMessage, ResultMessage, TaskHandler, TaskMessage } from './pool-worker.js';

/** How a pool is made. */
export interface PoolOptions {
  /** 1 to 64 threads, or 0 for none. Threads are started when there is work for them. */
  readonly workers: number;
  /** A JavaScript module that calls `serveTasks`. */
  readonly workerFile: URL;
  /** Handed to every worker when it starts, and to `handler` with every task. */
  readonly workerData?: unknown;
  /** Told when a worker dies, also between runs, when no promise can say so. */
  readonly onError?: (error: Error) => void;
  /** What `workerFile` serves; needed for `workers: 0` only. */
  readonly handler?: TaskHandler<never, unknown>;
}

/** What happens to the results of a run. */
export interface RunOptions<R> {
  /**
   * Receives every result, in the order of the tasks. Answering `'stop'` makes it the last one: then `completed`
   * is `index + 1` whatever the number of workers, and the results of later tasks are dropped.
   */
  readonly onResult: (index: number, result: R) => 'stop' | undefined;
  /** Asked before each task is handed out: a time limit, an interruption. */
  readonly shouldStop?: () => boolean;
  /**
   * Gives up the tasks in flight (a time limit that must hold within a long task): threads are ended, what was
   * delivered stays. A pool without threads cannot interrupt itself and finishes the task at hand.
   */
  readonly abort?: AbortSignal;
}

/** How a run ended. */
export interface RunOutcome {
  /** How many results were delivered: those of the tasks 0 … completed − 1. */
  readonly completed: number;
  /** True if `shouldStop` left tasks undone, or `onResult` answered `'stop'`. */
  readonly stopped: boolean;
}

/** A pool; it serves one run at a time. */
export interface Pool {
  /**
   * Does the tasks. If one throws or its worker dies, the results before it are delivered and the promise rejects
   * with that error: of several failures, with that of the earliest task.
   */
  run<T, R>(tasks: Iterable<T>, options: RunOptions<R>): Promise<RunOutcome>;
  /** Ends all threads at once. A run in progress rejects. */
  close(): Promise<void>;
}

const MOST_WORKERS = 64;

/** How far, per worker, the tasks may run ahead of the earliest one that is not done: results wait in memory. */
const LOOKAHEAD = 16;

/** What became of one task. */
type Settled = { readonly result: unknown } | { readonly error: Error };

/** Does one task, and never rejects. */
type Executor = (index: number, task: unknown) => Promise<Settled>;

/** Those who do the tasks. */
interface Team {
  /** Someone without a task, if anybody is left. */
  free(): Executor | undefined;
  /** Ends whoever is at work; the team can go on with others. */
  abandon(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Makes a pool. Nothing is started before the first task.
 *
 * @throws UsageError if the number of workers is not an integer from 0 to 64
 */
export function createPool(options: PoolOptions): Pool {
  const { workers } = options;
  if (!Number.isInteger(workers) || workers < 0 || workers > MOST_WORKERS) {
    throw new UsageError(
      `--workers ${workers}: the number of workers must be an integer from 0 to ${MOST_WORKERS}`,
      'Write for example --workers 2',
    );
  }
  const team = workers === 0 ? inProcessTeam(options) : threadTeam(options);
  let busy = false;
  let closed = false;
  return {
    async run(tasks, runOptions) {
      if (busy || closed) {
        throw new InternalError(busy ? 'the pool is already running' : 'the pool was closed');
      }
      busy = true;
      try {
        return await runInOrder(team, LOOKAHEAD * Math.max(1, workers), tasks, runOptions);
      } finally {
        busy = false;
      }
    },
    close() {
      closed = true;
      return team.close();
    },
  };
}

/** Hands tasks out in order while somebody is free, and delivers in order what comes back. */
function runInOrder<T, R>(
  team: Team,
  lookahead: number,
  tasks: Iterable<T>,
  options: RunOptions<R>,
): Promise<RunOutcome> {
  const iterator = tasks[Symbol.iterator]();
  const settled = new Map<number, Settled>();
  let handedOut = 0;
  let inFlight = 0;
  let completed = 0;
  /** Whether more tasks may be handed out, and whether more results may be delivered. */
  let handingOut = true;
  let delivering = true;
  let stopped = false;
  let failure: { readonly error: unknown } | undefined;

  const fail = (error: unknown): void => {
    failure ??= { error };
    handingOut = false;
    delivering = false;
  };

  const deliver = (): void => {
    for (let next = settled.get(completed); delivering && next !== undefined; next = settled.get(completed)) {
      settled.delete(completed);
      if ('error' in next) {
        fail(next.error);
        return;
      }
      // A worker is trusted to answer with what its handler returns.
      const answer = options.onResult(completed, next.result as R);
      completed += 1;
      if (answer === 'stop') {
        stopped = true;
        handingOut = false;
        delivering = false;
      }
    }
  };

  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      handingOut = false;
      delivering = false;
      stopped = true;
      void team.abandon();
    };
    if (options.abort?.aborted === true) giveUp();
    options.abort?.addEventListener('abort', giveUp, { once: true });
    const handOut = (): void => {
      while (handingOut && handedOut - completed < lookahead) {
        const executor = team.free();
        if (executor === undefined) {
          return;
        }
        const next = iterator.next();
        if (next.done === true) {
          handingOut = false;
        } else if (options.shouldStop?.() === true) {
          handingOut = false;
          stopped = true;
        } else {
          const index = handedOut;
          handedOut += 1;
          inFlight += 1;
          void executor(index, next.value).then((outcome) => {
            inFlight -= 1;
            settled.set(index, outcome);
            // The run will end with this error or an earlier one: later tasks would be done in vain.
            handingOut &&= !('error' in outcome);
            advance();
          });
        }
      }
    };
    const advance = (): void => {
      try {
        deliver();
        handOut();
      } catch (error) {
        fail(error);
      }
      if (inFlight > 0) {
        return;
      }
      options.abort?.removeEventListener('abort', giveUp);
      if (failure === undefined) {
        resolve({ completed, stopped });
      } else {
        reject(asError(failure.error));
      }
    };
    advance();
  });
}

/** One executor in the parent's own thread. */
function inProcessTeam({ handler, workerData }: PoolOptions): Team {
  if (handler === undefined) {
    throw new InternalError('a pool without workers needs a handler');
  }
  // Whoever made the pool promises that its tasks suit its handler, as with a worker file.
  const handle = handler as TaskHandler<unknown, unknown>;
  let idle = true;
  const executor: Executor = async (_index, task) => {
    idle = false;
    try {
      await nextTurn();
      return { result: structuredClone(await handle(structuredClone(task), workerData)) };
    } catch (error) {
      return { error: asError(error) };
    } finally {
      idle = true;
    }
  };
  return {
    free: () => (idle ? executor : undefined),
    abandon: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

/** Up to `workers` threads, each started when a task finds the others busy, and replaced after its death. */
function threadTeam(options: PoolOptions): Team {
  const members = new Set<Member>();
  const end = async (): Promise<void> => {
    const ended = [...members];
    members.clear();
    await Promise.all(ended.map((member) => member.terminate()));
  };
  return {
    abandon: end,
    close: end,
    free() {
      const idle = [...members].find((member) => member.idle());
      if (idle !== undefined) {
        return idle.execute;
      }
      if (members.size === options.workers) {
        return undefined;
      }
      const member = startThread(options, (error) => {
        members.delete(member);
        options.onError?.(error);
      });
      members.add(member);
      return member.execute;
    },
  };
}

/** A thread and its task. */
interface Member {
  readonly execute: Executor;
  idle(): boolean;
  terminate(): Promise<void>;
}

function startThread({ workerFile, workerData }: PoolOptions, onDeath: (error: Error) => void): Member {
  // Threads inherit the flags of the process, but --input-type is about its --eval text and would stop a thread.
  const flags = process.execArgv.some((flag) => flag.startsWith('--input-type')) ? { execArgv: [] } : {};
  const worker = new Worker(workerFile, { workerData, ...flags });
  let current: { readonly index: number; readonly settle: (outcome: Settled) => void } | undefined;
  let alive = true;

  const settle = (outcome: Settled): void => {
    const task = current;
    current = undefined;
    // An idle thread must not keep the process alive.
    worker.unref();
    task?.settle(outcome);
  };
  const die = (error: Error): void => {
    if (alive) {
      alive = false;
      onDeath(error);
      settle({ error });
    }
  };
  worker.on('message', (message: ResultMessage) => {
    settle('error' in message ? { error: reviveError(message.error) } : { result: message.result });
  });
  worker.on('messageerror', die);
  worker.on('error', (error) => {
    die(reviveError(asError(error)));
  });
  worker.on('exit', (code) => {
    const task = current === undefined ? '' : ` during task ${current.index}`;
    die(new Error(`a worker ended unexpectedly with exit code ${code}${task}`));
  });

  return {
    idle: () => current === undefined,
    execute: (index, task) =>
      new Promise((resolve) => {
        current = { index, settle: resolve };
        worker.ref();
        try {
          worker.postMessage({ index, task } satisfies TaskMessage);
        } catch (error) {
          settle({ error: asError(error) });
        }
      }),
    async terminate() {
      alive = false;
      await worker.terminate();
      settle({ error: new InternalError('the pool was closed') });
    },
  };
}

/** The error that was thrown in a worker, as one that was thrown here. */
function reviveError({ name, message, hint, stack }: ErrorMessage): Error {
  const error =
    name === 'UsageError' && hint !== undefined
      ? new UsageError(message, hint)
      : name === 'InternalError'
        ? new InternalError(message)
        : Object.assign(new Error(message), { name });
  if (stack !== undefined) {
    error.stack = stack;
  }
  return error;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
