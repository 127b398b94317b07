import { exitProcess } from './guard.js';

/** Where a command writes, and whether the user has asked it to stop. */
export interface Io {
  out(text: string): void;
  error(text: string): void;
  interrupted(): boolean;
}

/** What shells report of a process that a closed pipe has ended. */
const BROKEN_PIPE = 141;

/**
 * Standard streams. The first Ctrl-C asks for a stop between instances, the second ends the process; a reader that has
 * gone away (`| head`) ends it quietly.
 */
export const processIo = (): Io => {
  let stopping = false;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      exitProcess(BROKEN_PIPE);
    });
  }
  process.on('SIGINT', () => {
    if (stopping) exitProcess(130);
    stopping = true;
    process.stderr.write('\nstopping; once more to quit at once\n');
  });
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    error: (text) => void process.stderr.write(`${text}\n`),
    interrupted: () => stopping,
  };
};
