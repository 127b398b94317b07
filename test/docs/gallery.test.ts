/**
 * The counterexamples that are shown, made again: the command on each page, run in an empty folder, writes the same
 * certificates and the same page byte for byte. With UFM_CHECK_UPDATE they are written anew.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { PAGES } from '../effort.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MAIN = join(ROOT, 'dist/src/cli/main.js');
const GALLERY = 'docs/counterexamples';
const names = readdirSync(join(ROOT, GALLERY), { withFileTypes: true })
  .filter((x) => x.isDirectory())
  .map((x) => x.name);

const folder = mkdtempSync(join(tmpdir(), 'gallery-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The words of the command on a page that writes it; its last line of commands. */
const commandOf = (page: string): string[] =>
  (/\nnpx ufm-check ((?:search|verify) .*)\n```/.exec(page)?.[1] ?? 'none').split(' ');

const texts = (at: string): Record<string, string> =>
  Object.fromEntries(readdirSync(at).sort().map((name) => [name, readFileSync(join(at, name), 'utf8')]));

describe('the command on the page of a counterexample', () => {
  it.each(names)('names its folder: %s', (name) => {
    const command = commandOf(readFileSync(join(ROOT, GALLERY, name, 'counterexample.md'), 'utf8'));
    const out = command[command.indexOf('--out') + 1];
    expect([`${GALLERY}/${name}`, GALLERY]).toContain(out);
  });

  if (PAGES) {
    it.each(names)('writes it again: %s', { timeout: 600_000 }, (name) => {
      const shown = join(ROOT, GALLERY, name);
      const made = join(folder, GALLERY, name);
      mkdirSync(made, { recursive: true });
      const modules = readdirSync(shown).filter((x) => x.endsWith('.ts'));
      for (const file of modules) cpSync(join(shown, file), join(made, file));
      const command = commandOf(readFileSync(join(shown, 'counterexample.md'), 'utf8'));
      const { status, stderr } = spawnSync(process.execPath, [MAIN, ...command], { cwd: folder, encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
      if ('UFM_CHECK_UPDATE' in process.env) {
        for (const [file, text] of Object.entries(texts(made))) {
          writeFileSync(join(shown, file), text);
        }
      }
      expect(texts(made)).toEqual(texts(shown));
    });
  }
});
