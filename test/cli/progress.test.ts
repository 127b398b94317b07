import { describe, expect, it } from 'vitest';
import { createProgress, formatProgress, type ProgressStream } from '../../src/cli/progress.js';

const ERASE = '\r\u001b[2K';

function terminal(isTTY = true, columns?: number): { stream: ProgressStream; written: string[] } {
  const written: string[] = [];
  const write = (text: string): boolean => written.push(text) > 0;
  return { stream: columns === undefined ? { isTTY, write } : { isTTY, columns, write }, written };
}

function state(done: number, stage = 'descents'): { task: string; stage: string; done: number; total: number } {
  return { task: 'verify 3.1', stage, done, total: 640 };
}

describe('formatProgress', () => {
  it('names the task and the stage, with counts', () => {
    expect(formatProgress(state(120))).toBe('verify 3.1  descents 120/640');
  });

  it('leaves an unknown total out', () => {
    expect(formatProgress({ task: 'search 4.2', stage: 'starts', done: 7 })).toBe('search 4.2  starts 7');
  });
});

describe('createProgress', () => {
  it('draws over itself and erases the line at the end', () => {
    const { stream, written } = terminal();
    let time = 0;
    const progress = createProgress({ stream, now: () => time });
    progress.update(state(1));
    time = 150;
    progress.update(state(2));
    progress.clear();
    expect(written).toEqual([
      `${ERASE}verify 3.1  descents 1/640`,
      `${ERASE}verify 3.1  descents 2/640`,
      ERASE,
    ]);
  });

  it('is throttled within one stage, but a new stage shows at once', () => {
    const { stream, written } = terminal();
    let time = 0;
    const progress = createProgress({ stream, now: () => time });
    for (let done = 0; done < 1000; done += 1) {
      time = done;
      progress.update(state(done));
    }
    expect(written).toHaveLength(10);
    progress.update(state(0, 'instances'));
    expect(written.at(-1)).toBe(`${ERASE}verify 3.1  instances 0/640`);
  });

  it('draws again right after it was cleared, and clears once', () => {
    const { stream, written } = terminal();
    const progress = createProgress({ stream, now: () => 0 });
    progress.clear();
    expect(written).toEqual([]);
    progress.update(state(1));
    progress.clear();
    progress.clear();
    progress.update(state(2));
    expect(written).toEqual([
      `${ERASE}verify 3.1  descents 1/640`,
      ERASE,
      `${ERASE}verify 3.1  descents 2/640`,
    ]);
  });

  it('never fills the last column, so that the line cannot wrap', () => {
    const { stream, written } = terminal(true, 12);
    createProgress({ stream, now: () => 0 }).update(state(1));
    expect(written).toEqual([`${ERASE}verify 3.1 `]);
  });

  it('writes nothing into a pipe, and nothing when quiet', () => {
    const pipe = terminal(false);
    createProgress({ stream: pipe.stream }).update(state(1));
    const json = terminal();
    const quiet = createProgress({ stream: json.stream, quiet: true });
    quiet.update(state(1));
    quiet.clear();
    expect([...pipe.written, ...json.written]).toEqual([]);
  });
});
