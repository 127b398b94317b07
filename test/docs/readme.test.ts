/** The transcript in the README is what the command prints. UFM_CHECK_UPDATE=1 rewrites it; only the time is masked. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const readme = `${root}README.md`;

const BLOCK = /(<!-- transcript: verify -->\n```text\n)([\s\S]*?)(```)/;
const masked = (text: string): string =>
  text.replace(/\d+(\.\d+)? s\./, '… s.').replace(/· \d+ workers?/, '· … workers');

it('shows what `npm run verify` prints', () => {
  const printed = execFileSync(process.execPath, [`${root}dist/src/cli/main.js`, 'verify'], { encoding: 'utf8' });
  const text = readFileSync(readme, 'utf8');
  if (process.env['UFM_CHECK_UPDATE'] !== undefined) {
    writeFileSync(readme, text.replace(BLOCK, (_, open: string, __, close: string) => `${open}${printed}${close}`));
  }
  const shown = BLOCK.exec(readFileSync(readme, 'utf8'))?.[2];
  expect(masked(shown ?? '')).toBe(masked(printed));
});
