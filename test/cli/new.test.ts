/** `ufm-check new`: what it writes runs at once, and nothing is ever overwritten. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scaffold } from '../../src/cli/scaffold.js';
import { run, workingFolder, write } from './run.js';

describe('new', () => {
  it('writes a module that verifies as it stands', async () => {
    const made = await run(['new', 'my-paper/theorem-1']);
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toContain('next: npx ufm-check verify --theorems my-paper/theorem-1.ts\n');
    const source = readFileSync(join(workingFolder(), 'my-paper/theorem-1.ts'), 'utf8');
    for (const part of [
      '**Problem**',
      '**tight**',
      '**Theorem**',
      '**Reference.**',
      '**Provenance.**',
      '**Check it**',
    ]) {
      expect(source).toContain(part);
    }
    expect(Math.max(...source.split('\n').map((x) => x.length))).toBeLessThanOrEqual(120);

    const small = ['--trials', '2', '--K', '2', '--n', '1', '--d', 'K'];
    const verified = await run(['verify', '--theorems', 'my-paper/theorem-1.ts', '--json', ...small]);
    const { results } = JSON.parse(verified.out) as { readonly results: readonly object[] };
    expect(results).toMatchObject([{ theorem: 'my-paper/theorem-1', verdict: 'upheld', expected: 'upheld' }]);
    expect(verified.code).toBe(0);
  });

  it('never overwrites', async () => {
    write('kept.ts', 'mine');
    await run(['new', 'other/theorem-1']);
    write('other/theorem-1.ts', 'mine');
    const again = await run(['new', 'other/theorem-1']);
    expect(again).toMatchObject({ code: 2, out: '' });
    expect(again.err).toBe('error: other/theorem-1.ts exists already. Choose another name: it is not touched.\n');
    expect(readFileSync(join(workingFolder(), 'other/theorem-1.ts'), 'utf8')).toBe('mine');
    // A file where the folder should be.
    write('paper', '');
    expect(await run(['new', 'paper/theorem-1'])).toMatchObject({ code: 2, out: '' });
  });

  it('refuses what is no name, and names that are taken', async () => {
    for (const name of ['theorem-1', 'My/theorem', 'a/b/c', '../a/b', 'a/../b', '/a/b', 'a/', 'a/b.ts']) {
      expect(await run(['new', name])).toMatchObject({ code: 2, out: '' });
    }
    expect((await run(['new', 'tirer-bruna-2022/3.1'])).err).toContain('ships with ufm-check');
  });

  it('makes a name of JavaScript of any id', () => {
    for (const [id, name] of [
      ['theorem-1', 'theorem1'],
      ['3.1', 'theorem31'],
      ['two-layers', 'twoLayers'],
      ['a-', 'a'],
    ] as const) {
      expect(scaffold({ paper: 'p', theorem: id, file: 'x.ts' })).toContain(`export const ${name} = theorem({`);
    }
  });
});
