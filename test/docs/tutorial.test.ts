/**
 * The tutorial, from top to bottom in an empty folder: what it says to write is written, what it says to change is
 * changed, and its commands print what it shows. UFM_CHECK_UPDATE=1 fills in output that is missing.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PAGES } from '../effort.js';
import { blocks, isStory } from './blocks.js';
import { commandsIn, printsAsShown } from './program.js';

const folder = mkdtempSync(join(tmpdir(), 'ufm-check-tutorial-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Applies the lines of a diff, in their order: a line to keep says where, a line taken out is there once. */
const changed = (text: string, diff: string): string => {
  const lines = text.split('\n');
  let at = 0;
  for (const change of diff.trimEnd().split('\n')) {
    const line = change.slice(1);
    if (change.startsWith('+')) {
      lines.splice(at, 0, line);
      at += 1;
      continue;
    }
    at = lines.indexOf(line, at);
    if (at < 0) throw new Error(`no line to change: ${line}`);
    if (change.startsWith('-')) lines.splice(at, 1);
    else at += 1;
  }
  return lines.join('\n');
};

describe.each([...new Set(blocks.map((x) => x.page))].filter(isStory))('%s', (page) => {
  for (const block of blocks.filter((x) => x.page === page)) {
    const [name = '', file = ''] = (block.marker ?? '').split(': ', 2);
    const path = join(folder, file);
    if (name === 'write') {
      it(`line ${block.line}: ${file}`, () => {
        writeFileSync(path, block.body, { flag: 'wx' });
      });
    } else if (name === 'change') {
      it(`line ${block.line}: a change of ${file}`, () => {
        writeFileSync(path, changed(readFileSync(path, 'utf8'), block.body));
      });
    } else if (block.language === 'console' && (PAGES || block.kind === 'run')) {
      it.each(commandsIn(block.body))('$command', async ({ command, shown }) => {
        await printsAsShown({ page, command, shown, folder });
      });
    }
  }

  it('has steps of every kind', () => {
    const kinds = blocks.filter((x) => x.page === page).map((x) => x.marker?.split(': ')[0] ?? x.language);
    expect([...new Set(kinds)].sort()).toEqual(['change', 'console', 'write']);
  });
});
