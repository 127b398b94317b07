import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createPool, type Pool, type PoolOptions } from '../../src/check/pool.js';
import { serveTasks } from '../../src/check/pool-worker.js';
import { InternalError, UsageError } from '../../src/errors.js';

/** A task of `test/fixtures/pool-worker.mjs`. */
interface Task {
  readonly what?: 'throw' | 'throw-text' | 'exit' | 'crash' | 'unclonable' | 'print' | 'data';
  readonly wait?: number;
  readonly value?: unknown;
  readonly message?: string;
  readonly code?: number;
  readonly extra?: object;
}

const WORKER = new URL('../fixtures/pool-worker.mjs', import.meta.url);
const BROKEN = new URL('../fixtures/pool-worker-broken.mjs', import.meta.url);

let folder: string;
let serving: string;
let open: Pool[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pool-'));
  await build({
    entryPoints: ['pool', 'pool-worker'].map((name) =>
      fileURLToPath(new URL(`../../src/check/${name}.ts`, import.meta.url))),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
  });
  serving = pathToFileURL(join(folder, 'pool-worker.mjs')).href;
});

afterEach(async () => {
  await Promise.all(open.map((pool) => pool.close()));
  open = [];
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function makePool(workers: number, options: Partial<PoolOptions> = {}): Pool {
  const pool = createPool({ workers, workerFile: WORKER, workerData: { serving, greeting: 'hello' }, ...options });
  open.push(pool);
  return pool;
}

/** What the fixture does, for pools without threads. */
async function inProcess(task: Task, data: unknown): Promise<unknown> {
  if (task.wait !== undefined) {
    await new Promise((resolve) => setTimeout(resolve, task.wait));
  }
  switch (task.what) {
    case 'throw':
      throw Object.assign(new Error(task.message), task.extra);
    case 'unclonable':
      return () => undefined;
    case 'data':
      return (data as { greeting: string }).greeting;
    default:
      return task.value;
  }
}

function values(count: number): Task[] {
  return Array.from({ length: count }, (_, value) => ({ value }));
}

/** The first `count` values, the early ones slower: results come back in another order than they went out. */
function reversing(count: number): Task[] {
  return values(count).map((task, index) => ({ ...task, wait: (count - index) * 2 }));
}

function collect(): { readonly results: unknown[]; readonly onResult: (index: number, result: unknown) => undefined } {
  const results: unknown[] = [];
  return {
    results,
    onResult: (index, result) => {
      expect(index).toBe(results.length);
      results.push(result);
      return undefined;
    },
  };
}

async function failure(promise: Promise<unknown>): Promise<Error & { readonly hint?: string }> {
  return promise.then(
    () => {
      throw new Error('fulfilled');
    },
    (error: unknown) => error as Error,
  );
}

describe.each([0, 1, 3])('a pool with %i workers', (workers) => {
  const pool = (): Pool => makePool(workers, { handler: inProcess });

  it('delivers results in the order of the tasks', async () => {
    const { results, onResult } = collect();
    const outcome = await pool().run(reversing(20), { onResult });
    expect(outcome).toEqual({ completed: 20, stopped: false });
    expect(results).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('does nothing for no tasks', async () => {
    const { results, onResult } = collect();
    expect(await pool().run([], { onResult })).toEqual({ completed: 0, stopped: false });
    expect(results).toEqual([]);
  });

  it('hands its data to the handler', async () => {
    const results: unknown[] = [];
    await pool().run([{ what: 'data' }], {
      onResult: (_index, result) => {
        results.push(result);
      },
    });
    expect(results).toEqual(['hello']);
  });

  it('takes tasks from a generator as they are needed, and can be stopped', async () => {
    let made = 0;
    const endless = function* (): Generator<Task> {
      for (;;) {
        yield { value: made++ };
      }
    };
    const { results, onResult } = collect();
    const outcome = await pool().run(endless(), { onResult, shouldStop: () => results.length >= 5 });
    expect(outcome.stopped).toBe(true);
    expect(outcome.completed).toBe(results.length);
    expect(results).toEqual(Array.from({ length: outcome.completed }, (_, index) => index));
    expect(made).toBe(outcome.completed + 1);
    expect(outcome.completed).toBeLessThan(5 + 16 * Math.max(1, workers));
  });

  it('lets tasks in flight finish, so that a prefix is complete', async () => {
    let asked = 0;
    const { results, onResult } = collect();
    const outcome = await pool().run(reversing(20), { onResult, shouldStop: () => ++asked > 4 });
    expect(outcome).toEqual({ completed: 4, stopped: true });
    expect(results).toEqual([0, 1, 2, 3]);
  });

  it('is not stopped when nothing was left to do', async () => {
    const { results, onResult } = collect();
    const outcome = await pool().run(values(3), { onResult, shouldStop: () => results.length === 3 });
    expect(outcome).toEqual({ completed: 3, stopped: false });
  });

  it('ends with the result that says stop, whatever the number of workers', async () => {
    const seen: number[] = [];
    const outcome = await pool().run(reversing(20), {
      onResult: (index) => {
        seen.push(index);
        return index === 5 ? 'stop' : undefined;
      },
    });
    expect(outcome).toEqual({ completed: 6, stopped: true });
    expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('rejects with the error of the earliest task that failed, after the results before it', async () => {
    const tasks = reversing(8).map((task, index): Task =>
      index === 3 || index === 4 ? { wait: 20 - 5 * index, what: 'throw', message: `task ${index}` } : task);
    const { results, onResult } = collect();
    const error = await failure(pool().run(tasks, { onResult }));
    expect(error.message).toBe('task 3');
    expect(results).toEqual([0, 1, 2]);
  });

  it('keeps the name and the properties of errors', async () => {
    const used = pool();
    const options = { onResult: () => undefined };
    const usage = await failure(used.run(
      [{ what: 'throw', message: 'bad', extra: { name: 'UsageError', hint: 'mend it' } }], options));
    expect([usage.name, usage.message, usage.hint]).toEqual(['UsageError', 'bad', 'mend it']);
    const range = await failure(used.run([{ what: 'throw', message: 'far', extra: { name: 'RangeError' } }], options));
    expect([range.name, range.message]).toEqual(['RangeError', 'far']);
  });

  it('rejects when a result cannot be handed over', async () => {
    const error = await failure(pool().run([{ what: 'unclonable' }], { onResult: () => undefined }));
    expect(error.message).toContain('could not be cloned');
  });

  it('rejects when a task cannot be handed over', async () => {
    const error = await failure(pool().run([{ value: () => 1 }], { onResult: () => undefined }));
    expect(error.message).toContain('could not be cloned');
  });

  it('rejects with what onResult, shouldStop or the tasks throw, and can be used again', async () => {
    const used = pool();
    const fail = (message: string) => (): never => {
      throw new Error(message);
    };
    const broken = function* (): Generator<Task> {
      yield { value: 1 };
      throw new Error('from the tasks');
    };
    const onResult = (): undefined => undefined;
    expect((await failure(used.run(values(3), { onResult: fail('from onResult') }))).message).toBe('from onResult');
    expect((await failure(used.run(values(3), { onResult, shouldStop: fail('from shouldStop') }))).message)
      .toBe('from shouldStop');
    expect((await failure(used.run(broken(), { onResult }))).message).toBe('from the tasks');
    expect(await used.run(values(3), { onResult })).toEqual({ completed: 3, stopped: false });
  });

  it('serves one run at a time, and none after it was closed', async () => {
    const used = pool();
    const first = used.run(values(3), { onResult: () => undefined });
    expect((await failure(used.run([], { onResult: () => undefined }))).message).toBe('the pool is already running');
    await first;
    await used.close();
    expect((await failure(used.run([], { onResult: () => undefined }))).message).toBe('the pool was closed');
  });

  it('leaves the event loop of the parent free', async () => {
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 1);
    await pool().run(Array.from({ length: 30 }, () => ({ wait: 1 })), { onResult: () => undefined });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
  });
});

describe('threads', () => {
  const onResult = (): undefined => undefined;

  it('make errors of this package out of their namesakes', async () => {
    const pool = makePool(1);
    const usage = await failure(pool.run(
      [{ what: 'throw', message: 'bad', extra: { name: 'UsageError', hint: 'mend it' } }], { onResult }));
    expect(usage).toBeInstanceOf(UsageError);
    const internal = await failure(pool.run(
      [{ what: 'throw', message: 'contradiction', extra: { name: 'InternalError' } }], { onResult }));
    expect(internal).toBeInstanceOf(InternalError);
    expect(internal.message).toBe('contradiction');
    const text = await failure(pool.run([{ what: 'throw-text', message: 'a text' }], { onResult }));
    expect(text.message).toBe('a text');
  });

  it('that exit are reported with their task, and replaced', async () => {
    const onError = vi.fn();
    const pool = makePool(1, { onError });
    const error = await failure(pool.run([{ value: 1 }, { what: 'exit', code: 3 }], { onResult }));
    expect(error.message).toBe('a worker ended unexpectedly with exit code 3 during task 1');
    expect(onError).toHaveBeenCalledExactlyOnceWith(error);
    expect(await pool.run(values(3), { onResult })).toEqual({ completed: 3, stopped: false });
  });

  it('that crash reject with their error', async () => {
    const error = await failure(makePool(2).run([{ what: 'crash', message: 'out of the blue' }], { onResult }));
    expect(error.message).toBe('out of the blue');
  });

  it('that cannot start reject with the reason', async () => {
    const refused = await failure(makePool(2, { workerFile: BROKEN }).run(values(3), { onResult }));
    expect(refused).toBeInstanceOf(UsageError);
    expect([refused.message, refused.hint]).toEqual(['the module has no theorems', 'export one']);
    const missing = await failure(
      makePool(1, { workerFile: new URL('./no-such-file.mjs', WORKER) }).run(values(1), { onResult }));
    expect(missing.message).toContain('no-such-file.mjs');
  });

  it('print on standard error, so that standard output holds nothing but the report', async () => {
    const output = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const errors = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await makePool(1).run([{ what: 'print', message: 'a stray line' }, { wait: 30 }], { onResult });
    const printed = [output, errors].map((stream) => stream.mock.calls.map(([chunk]) => String(chunk)).join(''));
    vi.restoreAllMocks();
    expect(printed).toEqual(['', 'a stray line\n']);
  });

  it('do not keep the process alive when they are idle', () => {
    const script = `
      import { createPool } from ${JSON.stringify(new URL('pool.mjs', serving).href)};
      const workerFile = new URL(${JSON.stringify(WORKER.href)});
      const pool = createPool({ workers: 2, workerFile, workerData: { serving: ${JSON.stringify(serving)} } });
      const tasks = [{ what: 'print', message: 'a stray line' }, { value: 2 }, { value: 3 }];
      console.log(JSON.stringify(await pool.run(tasks, { onResult: () => undefined })));`;
    const child = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
      timeout: 10_000,
    });
    expect([child.status, child.stdout]).toEqual([0, '{"completed":3,"stopped":false}\n']);
  });

  it('end when the pool is closed, and the run that they served rejects', async () => {
    const pool = makePool(2);
    const run = failure(pool.run([{ wait: 60_000 }, { wait: 60_000 }], { onResult }));
    await pool.close();
    expect((await run).message).toBe('the pool was closed');
  });
});

describe('mistakes of the caller', () => {
  it.each([-1, 65, 1.5, Number.NaN])('%d workers', (workers) => {
    const error = expect(() => makePool(workers));
    error.toThrow(UsageError);
    error.toThrow(`--workers ${workers}: the number of workers must be an integer from 0 to 64`);
  });

  it('no workers and no handler', () => {
    expect(() => makePool(0)).toThrow(InternalError);
  });

  it('serving outside a worker', () => {
    expect(() => {
      serveTasks(() => 1);
    }).toThrow('serveTasks was called outside a worker');
  });
});
