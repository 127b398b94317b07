/**
 * The command line as a user runs it: the built program, from a folder of its own. Where a process of its own is not
 * what is tested, the program runs in this one, without the second that a process takes to start.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const MODULES = fileURLToPath(new URL('../fixtures/modules/', import.meta.url));

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** One folder for all files of tests in this process, since they share this module; it goes when the process does. */
const folder = mkdtempSync(join(tmpdir(), 'ufm-check-test-'));
cpSync(MODULES, folder, { recursive: true });
process.on('exit', () => {
  rmSync(folder, { recursive: true, force: true });
});

/** The folder that the program runs in; there is one from the first test on. */
export const workingFolder = (): string => folder;

/** Writes a file into the folder that the program runs in, which already holds the fixture modules. */
export const write = (path: string, source: string | Uint8Array): void => {
  writeFileSync(join(folder, path), source);
};

type Main = typeof import('../../src/cli/main.js');

/** The built program, as Node loads it. */
export const program = async (): Promise<Main> => (await import(MAIN)) as Main;

/** Runs `ufm-check` in this thread, unless the line says how many workers. */
export const run = async (args: readonly string[]): Promise<Run> => {
  const { run: main } = await program();
  const [command] = args;
  const pooled = command === 'verify' || command === 'search' || command === 'vacuity';
  const workers = pooled && !args.includes('--workers') ? ['--workers', '0'] : [];
  const written = { out: '', err: '' };
  const before = process.cwd();
  process.chdir(folder);
  try {
    const code = await main([...args, ...workers], {
      out: (text) => (written.out += `${text}\n`),
      error: (text) => (written.err += `${text}\n`),
      interrupted: () => false,
    });
    return { code, ...written };
  } finally {
    process.chdir(before);
  }
};

/** Runs `ufm-check` as a process of its own to its end; once standard output matches, Ctrl-C is pressed. */
export const spawned = (args: readonly string[], interruptAfter?: RegExp): Promise<Run> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder });
    let out = '';
    let err = '';
    let interrupted = false;
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (!interrupted && interruptAfter?.test(out) === true) interrupted = child.kill('SIGINT');
    });
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.on('close', (code) => {
      resolve({ code, out, err });
    });
  });
