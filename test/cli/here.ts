/** The built program in this process, without the second that a process takes to start, wherever the process is. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Run, program } from './run.js';

/** Points that NumPy and PyTorch have written; see the scripts beside them. */
export const NUMPY = fileURLToPath(new URL('../fixtures/numpy/', import.meta.url));

/** One folder for all files of tests in this process, since they share this module; it goes when the process does. */
export const folder = mkdtempSync(join(tmpdir(), 'ufm-check-test-'));
process.on('exit', () => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a command line given by its words. */
export const runHere = async (args: readonly string[]): Promise<Run> => {
  const written = { out: '', err: '' };
  const { run } = await program();
  const code = await run(args, {
    out: (text) => (written.out += `${text}\n`),
    error: (text) => (written.err += `${text}\n`),
    interrupted: () => false,
  });
  return { code, ...written };
};

/** Runs a command line whose words are separated by single spaces; `%` stands for the folder, `@` for the fixtures. */
export const here = async (line: string): Promise<Run> => {
  const words = line.split(' ').map((word) => word.replace(/^%/, `${folder}/`).replace(/^@/, NUMPY));
  const { code, out, err } = await runHere(words);
  const shorten = (text: string): string => text.replaceAll(`${folder}/`, '').replaceAll(NUMPY, '');
  return { code, out: shorten(out), err: shorten(err) };
};
