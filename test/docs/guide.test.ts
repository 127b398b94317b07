/** The guide shows modules that the tests run. UFM_CHECK_UPDATE=1 copies in the one that is shown as a whole. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { SMALL, examine } from '../check/run.js';
import { blocks } from './blocks.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const guide = `${root}docs/encode-your-theorem.md`;
const BLOCK = /(<!-- file: (\S+) -->\n```ts\n)([\s\S]*?)(```)/g;

const filled = (text: string): string =>
  text.replace(BLOCK, (_, open: string, file: string, __, close: string) => {
    return `${open}${readFileSync(`${root}${file}`, 'utf8')}${close}`;
  });

it('shows files as they are', () => {
  if (process.env['UFM_CHECK_UPDATE'] !== undefined) writeFileSync(guide, filled(readFileSync(guide, 'utf8')));
  const text = readFileSync(guide, 'utf8');
  expect(text.match(BLOCK)).toHaveLength(1);
  expect(text).toBe(filled(text));
});

/** Lines without what differs between a file and a piece of it: indentation. */
const lines = (code: string): string[] => code.split('\n').map((x) => x.trim());

it('shows pieces of the module that is proved', () => {
  const source = lines(readFileSync(`${root}test/fixtures/modules/logits.ts`, 'utf8')).join('\n');
  const pieces = blocks.filter((x) => x.marker === 'pieces: test/fixtures/modules/logits.ts').map((x) => x.body);
  expect(pieces).toHaveLength(2);
  for (const piece of pieces) {
    for (const part of piece.split(/^ *\/\/.*$/m)) expect(source).toContain(lines(part).join('\n').trim());
  }
});

it('numbers its steps', () => {
  const numbers = [...readFileSync(guide, 'utf8').matchAll(/^(\d+)\. /gm)].map(([, x]) => Number(x));
  expect(numbers).toEqual(Array.from({ length: 12 }, (_, k) => k + 1));
});

it('leads to a theorem that is proved', async () => {
  const { logits } = await import('../fixtures/modules/logits.js');
  const result = await examine(logits, { ranges: SMALL, trials: 3 });
  expect(result.judgement).toMatchObject({ verdict: 'proved', missing: [] });
}, 60_000);
