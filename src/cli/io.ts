/** Where a command writes, and whether the user has asked it to stop. */
export interface Io {
  out(text: string): void;
  error(text: string): void;
  interrupted(): boolean;
}

/** Standard streams; the first Ctrl-C asks for a stop between instances, the second ends the process. */
export const processIo = (): Io => {
  let stopping = false;
  process.on('SIGINT', () => {
    if (stopping) process.exit(130);
    stopping = true;
    process.stderr.write('\nstopping after the instances in flight; once more to quit at once\n');
  });
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    error: (text) => void process.stderr.write(`${text}\n`),
    interrupted: () => stopping,
  };
};
