/**
 * The architecture as a law: ESLint, configured as for the project, is shown small files that exist nowhere and
 * must reject each arrow that points the wrong way.
 */
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { marked } from '../docs/blocks.js';

const eslint = new ESLint({
  cwd: fileURLToPath(new URL('../..', import.meta.url)),
  // A file that does not exist has no types, and none of the laws needs them.
  overrideConfig: [tseslint.configs.disableTypeChecked],
});

/** The rules that a file breaks, apart from unused names, which these scraps are full of. */
async function broken(filePath: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${text}\n`, { filePath });
  if (result === undefined) {
    throw new Error(`${filePath} was not linted`);
  }
  const rules = result.messages.map((message) => message.ruleId ?? message.message);
  return [...new Set(rules)].filter((rule) => rule !== '@typescript-eslint/no-unused-vars');
}

const DIRECTIONS = ['local/import-directions'];
const MINTING = ['local/minting-stays-inside'];

const FOLDERS = 'exact symbolic model numeric theorem check paper report search cli'.split(' ') as Folder[];
type Folder = 'exact' | 'symbolic' | 'model' | 'numeric' | 'theorem' | 'check' | 'paper' | 'report' | 'search' | 'cli';

/** The arrows of docs/architecture.md, written down a second time. */
const ALLOWED: Readonly<Record<Folder, readonly Folder[]>> = {
  exact: [],
  symbolic: ['exact'],
  model: ['exact'],
  numeric: ['exact', 'model'],
  theorem: ['exact', 'symbolic', 'model', 'numeric'],
  check: ['exact', 'symbolic', 'model', 'numeric', 'theorem'],
  paper: ['exact', 'symbolic', 'theorem'],
  report: ['exact', 'symbolic', 'model', 'numeric', 'theorem', 'check', 'paper'],
  search: ['exact', 'symbolic', 'model', 'numeric', 'theorem', 'check'],
  cli: ['exact', 'symbolic', 'model', 'numeric', 'theorem', 'check', 'paper', 'report', 'search'],
};

/** Folders in rows, each of which may be imported by those before it. */
const rows = marked('docs/architecture.md', 'compared: test/laws/import-directions.test.ts')
  .trim()
  .split(/\s+→\s+/)
  .map((x) => x.split(', '));

it('is as its page draws it', () => {
  expect(rows.flat().sort()).toEqual([...FOLDERS].sort());
  for (const from of FOLDERS) {
    const row = rows.findIndex((x) => x.includes(from));
    const before = rows.slice(0, row).flat();
    expect(ALLOWED[from].filter((x) => before.includes(x))).toEqual([]);
  }
});

describe('between the folders of src', () => {
  const arrows = FOLDERS.flatMap((from) => FOLDERS.map((to) => ({ from, to }))).filter(({ from, to }) => from !== to);

  it.each(arrows)('$from → $to', async ({ from, to }) => {
    const found = await broken(`src/${from}/some-file.ts`, `import type { some } from '../${to}/other-file.js';`);
    expect(found).toEqual(ALLOWED[from].includes(to) ? [] : DIRECTIONS);
  });

  it('holds for every way to import, and from any depth', async () => {
    const ways = [
      `import { some } from '../check/other.js';`,
      `import '../check/other.js';`,
      `import * as all from '../check/other.js';`,
      `export { some } from '../check/other.js';`,
      `export * from '../check/other.js';`,
      `export const loading = import('../check/other.js');`,
      `export type Some = import('../check/other.js').Some;`,
      `import { some } from './../../src/check/other.js';`,
    ];
    for (const way of ways) {
      expect([way, await broken('src/model/some-file.ts', way)]).toEqual([way, DIRECTIONS]);
    }
    const nested = await broken('src/model/inner/some-file.ts', `import { some } from '../../check/other.js';`);
    expect(nested).toEqual(DIRECTIONS);
  });

  it('lets a file import its neighbours, Node and packages', async () => {
    const text = `import { a } from './neighbour.js';\nimport { b } from 'node:fs';\nimport { c } from 'ml-matrix';`;
    expect(await broken('src/numeric/some-file.ts', text)).toEqual([]);
  });

  it('keeps exact arithmetic free of everything else', async () => {
    expect(await broken('src/exact/some-file.ts', `import { a } from './neighbour.js';`)).toEqual([]);
    for (const specifier of ['node:fs', 'zod', '../errors.js', '../index.js', '../../theorems/paper.js']) {
      const found = await broken('src/exact/some-file.ts', `import { a } from '${specifier}';`);
      expect([specifier, found]).toEqual([specifier, DIRECTIONS]);
    }
  });

  it('lets everybody else import the errors', async () => {
    for (const folder of FOLDERS.filter((each) => each !== 'exact')) {
      const found = await broken(`src/${folder}/some-file.ts`, `import { UsageError } from '../errors.js';`);
      expect([folder, found]).toEqual([folder, []]);
    }
  });

  it('lets a report import the types of the checks only', async () => {
    const file = 'src/report/some-file.ts';
    expect(await broken(file, `import { type Evidence } from '../check/evidence.js';`)).toEqual([]);
    expect(await broken(file, `import { runChecks } from '../check/run.js';`)).toEqual(DIRECTIONS);
    expect(await broken(file, `import { type A, runChecks } from '../check/run.js';`)).toEqual(DIRECTIONS);
  });

  it('keeps the public index and the theorems out of src, but for the command line', async () => {
    for (const specifier of ['../index.js', '../../theorems/tirer-bruna-2022/paper.js']) {
      const text = `import { a } from '${specifier}';`;
      expect(await broken('src/cli/some-file.ts', text)).toEqual([]);
      expect(await broken('src/check/some-file.ts', text)).toEqual(DIRECTIONS);
    }
    expect(await broken('src/check/some-file.ts', `import { a } from 'ufm-check';`)).toEqual(DIRECTIONS);
    expect(await broken('src/index.ts', `export { verify } from './check/verify.js';`)).toEqual([]);
    expect(await broken('src/index.ts', `export { main } from './cli/main.js';`)).toEqual(DIRECTIONS);
  });
});

describe('theorems', () => {
  const file = 'theorems/some-paper/theorem-1.ts';

  it.each(['ufm-check', './lemmas.js', './parts/one.js'])('may import %s', async (specifier) => {
    expect(await broken(file, `import { a } from '${specifier}';`)).toEqual([]);
  });

  it.each([
    '../../src/index.js',
    '../../src/theorem/define.js',
    '../other-paper/lemmas.js',
    '../some-paper-too/lemmas.js',
    'ufm-check/dist/src/check/evidence.js',
    'ml-matrix',
    'node:fs',
  ])('may not import %s', async (specifier) => {
    expect(await broken(file, `import { a } from '${specifier}';`)).toEqual(DIRECTIONS);
  });

  it('may be gathered by a file above them', async () => {
    const gather = `export * from './some-paper/theorem-1.js';`;
    expect(await broken('theorems/index.ts', gather)).toEqual([]);
    expect(await broken('theorems/index.ts', `export * from '../src/index.js';`)).toEqual(DIRECTIONS);
  });
});

describe('evidence is minted inside src/check', () => {
  it.each(['src/check/stationarity.ts', 'test/check/evidence.test.ts'])('by %s', async (file) => {
    const from = file.startsWith('src') ? './evidence.js' : '../../src/check/evidence.js';
    expect(await broken(file, `import { mintEvidence } from '${from}';`)).toEqual([]);
  });

  it.each([
    ['src/search/hunt.ts', `import { mintEvidence } from '../check/evidence.js';`],
    ['src/cli/verify.ts', `import { mintEvidence as mint } from '../check/evidence.js';`],
    ['src/cli/verify.ts', `import { mintEvidence } from '../check/passes-it-on.js';`],
    ['src/cli/verify.ts', `import * as evidence from '../check/evidence.js';`],
    ['src/cli/verify.ts', `export const loading = import('../check/evidence.js');`],
    ['src/index.ts', `export { mintEvidence } from './check/evidence.js';`],
    ['src/index.ts', `export { mintEvidence as mint } from './check/evidence.js';`],
    ['src/index.ts', `export * from './check/evidence.js';`],
    ['src/check/index.ts', `export * from './evidence.js';`],
    ['src/check/index.ts', `export { mintEvidence as mint } from './evidence.js';`],
    ['test/report/text.test.ts', `import { mintEvidence } from '../../src/check/evidence.js';`],
    ['test/report/text.test.ts', `import * as evidence from '../../src/check/evidence.js';`],
  ])('and not by %s: %s', async (file, text) => {
    expect(await broken(file, text)).toEqual(MINTING);
  });

  it('while its types, and its other names, are free', async () => {
    const text = `import type { Evidence } from './check/evidence.js';\nexport type { Evidence };`;
    expect(await broken('src/index.ts', text)).toEqual([]);
    expect(await broken('src/index.ts', `export { describe } from './check/evidence.js';`)).toEqual([]);
    expect(await broken('src/index.ts', `export type * from './check/evidence.js';`)).toEqual([]);
  });
});

describe('a run can be replayed', () => {
  it.each([
    ['export const draw = Math.random();', 'no-restricted-properties'],
    ['export const { random } = Math;', 'no-restricted-properties'],
    ['export const now = Date.now();', 'no-restricted-properties'],
    ['export const now = new Date();', 'no-restricted-syntax'],
    ['export const now = performance.now();', 'no-restricted-globals'],
    [`import { performance } from 'node:perf_hooks';`, '@typescript-eslint/no-restricted-imports'],
    [`export const two = eval('1 + 1');`, 'no-eval'],
    [`export const two = new Function('return 2');`, 'no-new-func'],
  ])('%s', async (text, rule) => {
    expect(await broken('src/numeric/some-file.ts', text)).toEqual([rule]);
    expect(await broken('theorems/some-paper/theorem-1.ts', text)).toContain(rule);
  });

  it('allows timing where it is only shown', async () => {
    expect(await broken('src/cli/some-file.ts', 'export const now = performance.now();')).toEqual([]);
    expect(await broken('test/bench/some-file.ts', 'export const now = performance.now();')).toEqual([]);
    const clock = await broken('src/cli/some-file.ts', 'export const now = Date.now();');
    expect(clock).toEqual(['no-restricted-properties']);
  });
});
