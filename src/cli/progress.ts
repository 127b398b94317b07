/**
 * One line on a terminal that says where a long run is: `verify 3.1  descents 120/640`.
 *
 * It is drawn over itself, at most every tenth of a second, and erased before anything else is printed. Where
 * nobody watches (a pipe, a file, `--json`) nothing is written at all.
 */

/** What a progress line needs of a stream; `process.stderr` has it. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Where, when and whether to draw; each has a default that suits the command line. */
export interface ProgressOptions {
  /** Default: `process.stderr`. */
  readonly stream?: ProgressStream;
  /** True under `--json`: draw nothing. */
  readonly quiet?: boolean;
  /** A monotone clock in milliseconds. */
  readonly now?: () => number;
  /** The least time between two drawings of the same stage. */
  readonly intervalMs?: number;
}

/** The state of a run: `task` is what the user asked for, `stage` the part of it that is being counted. */
export interface ProgressState {
  readonly task: string;
  readonly stage: string;
  readonly done: number;
  /** Left out where the end is not known. */
  readonly total?: number;
}

/** A progress line. */
export interface Progress {
  /** Takes note of the state, and draws it if the stage is new or the last drawing is old enough. */
  update(state: ProgressState): void;
  /** Erases the line: before other output, and at the end. The next update draws it again. */
  clear(): void;
}

const ERASE_LINE = '\r\u001b[2K';

/** Makes a progress line; it is silent unless its stream is a terminal and `quiet` is off. */
export function createProgress(options: ProgressOptions = {}): Progress {
  const stream: ProgressStream = options.stream ?? process.stderr;
  const now = options.now ?? ((): number => performance.now());
  const intervalMs = options.intervalMs ?? 100;
  if (options.quiet === true || stream.isTTY !== true) {
    return { update: () => undefined, clear: () => undefined };
  }
  let visible = false;
  let stage: string | undefined;
  let drawnAt = 0;
  return {
    update(state) {
      const time = now();
      const current = `${state.task} ${state.stage}`;
      if (visible && current === stage && time - drawnAt < intervalMs) {
        return;
      }
      stream.write(ERASE_LINE + cut(formatProgress(state), stream.columns));
      [visible, stage, drawnAt] = [true, current, time];
    },
    clear() {
      if (visible) {
        stream.write(ERASE_LINE);
        visible = false;
      }
    },
  };
}

/** The text of a progress line, without control characters. */
export function formatProgress(state: ProgressState): string {
  const counts = state.total === undefined ? `${state.done}` : `${state.done}/${state.total}`;
  return `${state.task}  ${state.stage} ${counts}`;
}

/** A line that fills the terminal would wrap, and could not be erased. */
function cut(text: string, columns: number | undefined): string {
  // A terminal that does not know its width says 0.
  const room = (columns === undefined || columns === 0 ? 80 : columns) - 1;
  const characters = Array.from(text);
  return characters.length <= room ? text : characters.slice(0, room).join('');
}
