/** `ufm-check paper` in this process, on papers that a test writes. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { run as runCommandLine } from '../../src/cli/main.js';

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export const run = async (args: readonly string[]): Promise<Run> => {
  let [out, err] = ['', ''];
  const io = {
    out: (text: string) => void (out += `${text}\n`),
    error: (text: string) => void (err += `${text}\n`),
    interrupted: () => false,
  };
  return { code: await runCommandLine(args, io), out, err };
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ufm-check-paper-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Writes a file of a paper and returns its path. */
export const write = (name: string, text: string | Uint8Array): string => {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
};

const DECLARATIONS = '\\newtheorem{theorem}{Theorem}\n';

/** A paper with this body. */
export const paper = (name: string, body: string, preamble = ''): string =>
  write(
    `${name}.tex`,
    `\\documentclass{article}\n${DECLARATIONS}${preamble}\\begin{document}\n${body}\n\\end{document}\n`,
  );
