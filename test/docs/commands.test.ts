/**
 * Commands of README and docs are run as they stand, in a folder that has the files they name. Each exits with 0, or
 * with the code that a comment names (`# exit code 3`). Those that are not run here, for they take long, have to name
 * commands and options that exist.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LONG, PAGES } from '../effort.js';
import { blocks, page, pages, root } from './blocks.js';
import { runProgram } from './program.js';

/** What a reader has at hand: the example paper, modules, a point and a certificate. */
const FILES: readonly (readonly [from: string, to: string])[] = [
  ['docs/example-paper', '.'],
  ['test/fixtures/modules', '.'],
  ['test/fixtures/modules/alignment.ts', 'mine.ts'],
  ['test/fixtures/modules/logits.ts', 'theorems.ts'],
  ['test/fixtures/numpy/trained.npz', 'trained.npz'],
  ['test/fixtures/numpy/trained.npz', 'point.npz'],
  ['docs/counterexamples/four-classes/certificate.json', 'certificate.json'],
  ['docs/counterexamples/four-classes/certificate.json', 'counterexample.json'],
];
const folder = mkdtempSync(join(tmpdir(), 'ufm-check-docs-'));
for (const [from, to] of FILES) cpSync(join(root, from), join(folder, to), { recursive: true });
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Command {
  readonly page: string;
  readonly line: string;
  readonly expected: number;
}

const commandsOf = (...kinds: readonly string[]): Command[] =>
  blocks
    .filter((x) => x.marker === undefined && x.language === 'sh' && kinds.includes(x.kind))
    .flatMap((x) =>
      x.body
        .split('\n')
        .filter((line) => line !== '')
        .map((text) => {
          const [line = '', comment = ''] = text.split(/\s+# /);
          return { page: x.page, line, expected: Number(/exit code (\d+)/.exec(comment)?.[1] ?? '0') };
        }),
    );

const words = (line: string): string[] => line.split(' ').filter((x) => x !== '');

const UFM = 'npx ufm-check ';

/** A process of its own, as what takes long must not stand in the way of the others. */
const exitCode = (args: readonly string[]): Promise<number> =>
  new Promise((resolve) => {
    const main = join(root, 'dist/src/cli/main.js');
    execFile(process.execPath, [main, ...args], { cwd: folder, maxBuffer: 1e9 }, (error) => {
      resolve(error === null ? 0 : Number(error.code));
    });
  });

describe('commands', () => {
  it.each(commandsOf('run'))('$page: $line', async ({ line, expected }) => {
    expect(line.startsWith(UFM)).toBe(true);
    const { code } = await runProgram(words(line.replace(UFM, '')), line.includes('docs/') ? root : folder);
    expect(code).toBe(expected);
  });
});

/** What compares with a baseline needs one: the same run has recorded it. */
const withBaseline = (args: readonly string[]): string[] => [...args, '--update-baseline'];

const slow = [...(PAGES ? commandsOf('run-long') : []), ...(LONG ? commandsOf('') : [])].filter((x) =>
  x.line.startsWith(UFM),
);
if (slow.length > 0) {
  describe('commands that take long', () => {
    it.each(slow)('$page: $line', async ({ line, expected }) => {
      const args = words(line.replace(UFM, ''));
      if (args.includes('--baseline')) expect(await exitCode(withBaseline(args))).toBe(0);
      expect(await exitCode(args)).toBe(expected);
    }, 3_600_000);
  });
}

describe('commands that are named', () => {
  const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: Record<string, string> };
  const texts = [...pages, 'docs/ci/github-workflow.yml'].map((name) => ({ name, text: page(name) }));
  const found = texts.flatMap(({ name, text }) =>
    [...text.matchAll(/npx ufm-check ([a-z][^#&|>\n`]*)/g)].map(([, line = '']) => ({ name, args: words(line) })),
  );

  it('have names and options that exist', async () => {
    expect(found.length).toBeGreaterThan(40);
    const helps = new Map<string, string>();
    for (const { name, args } of found) {
      const [command = '', ...rest] = args;
      const help = helps.get(command) ?? (await runProgram([command, '--help'], root)).out;
      helps.set(command, help);
      const line = `${name}: ${args.join(' ')}`;
      expect(help, line).toContain(`Usage: ufm-check ${command} `);
      const options = rest.map((x) => /^--[a-z][\w-]*/i.exec(x)?.[0]).filter((x) => x !== undefined);
      for (const option of options) expect(help, line).toContain(option);
    }
  });

  it('of npm are scripts of the package', () => {
    const npm = texts.flatMap(({ name, text }) =>
      [...text.matchAll(/npm\s+(?:run\s+)?([a-z:]+)/g)].map(([whole, script = '']) => ({ name, whole, script })),
    );
    const own = npm.filter(({ whole, script }) => /^npm\s+run/.test(whole) || script === 'test');
    expect(own.length).toBeGreaterThan(3);
    for (const { name, whole, script } of own) expect(Object.keys(scripts), `${name}: ${whole}`).toContain(script);
  });
});
