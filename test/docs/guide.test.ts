/** The guide shows the module that the tests run. UFM_CHECK_UPDATE=1 copies it in. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

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
