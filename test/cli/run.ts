/** The command line as a user runs it: the built program in a process of its own, from a folder of its own. */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const MODULES = fileURLToPath(new URL('../fixtures/modules/', import.meta.url));

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ufm-check-test-'));
  cpSync(MODULES, folder, { recursive: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Writes a file into the folder that the program runs in, which already holds the fixture modules. */
export const write = (path: string, source: string): void => {
  writeFileSync(join(folder, path), source);
};

/** Runs `ufm-check` to its end; once standard output matches, Ctrl-C is pressed. */
export const run = (args: readonly string[], interruptAfter?: RegExp): Promise<Run> =>
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
