/**
 * A module of the user's is a program, and runs as part of this one. What it does by accident must not look like a
 * result: to end the process is refused while a command runs, and a module that does not finish loading is found out
 * in a thread of its own, which can be ended, before it is loaded here.
 */
import { Worker } from 'node:worker_threads';
import { UsageError } from '../errors.js';

/** Node's own way out, which `process.exit` takes; not among its declared functions. */
interface WithReallyExit {
  reallyExit: (code?: number) => never;
}

const here = process as unknown as WithReallyExit;
const exit = process.exit.bind(process);
const reallyExit = here.reallyExit.bind(process);

const refuse = (): never => {
  throw new UsageError('a module calls process.exit', 'A module only declares theorems: remove the call.');
};

/** From now on the process can be ended by `exitProcess` alone, or by a signal. */
export const forbidExit = (): void => {
  process.exit = refuse;
  here.reallyExit = refuse;
};

export const allowExit = (): void => {
  process.exit = exit;
  here.reallyExit = reallyExit;
};

/** Ends the process with this code, whatever a module would have it be. */
export const exitProcess = (code: number): never => {
  allowExit();
  process.removeAllListeners('exit');
  return exit(code);
};

let asProgram = false;

/** Said by the program, which has a process of its own: modules are tried in a thread first. */
export const tryModulesFirst = (): void => {
  asProgram = true;
};

/**
 * Evaluates the code of a module in a thread and waits until it is done or has failed, which the caller will see for
 * itself; a thread that goes on for longer than this is ended.
 *
 * @throws what `late` returns
 */
export const tryFirst = async (code: string, milliseconds: number, late: () => Error): Promise<void> => {
  if (!asProgram) return;
  // What it prints would be printed again.
  const worker = new Worker(new URL('./module-trial.js', import.meta.url), {
    workerData: { code },
    stdout: true,
    stderr: true,
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => {
        reject(late());
      }, milliseconds);
      for (const event of ['message', 'error', 'exit']) {
        worker.on(event, () => {
          resolve();
        });
      }
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
};

/** Runs with the default answer to Ctrl-C, which ends the process even where no code of ours gets to run. */
export const withPlainInterrupt = async <T>(task: () => Promise<T>): Promise<T> => {
  const listeners = process.listeners('SIGINT');
  process.removeAllListeners('SIGINT');
  try {
    return await task();
  } finally {
    for (const listener of listeners) process.on('SIGINT', listener);
  }
};
