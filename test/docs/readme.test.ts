/** The transcript in the README is what the command prints. UFM_CHECK_UPDATE=1 rewrites it; only the time is masked. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { PAGES } from '../effort.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const readme = `${root}README.md`;

const BLOCK = /(<!-- transcript: verify -->\n```text\n)([\s\S]*?)(```)/;
const masked = (text: string): string =>
  text.replace(/\d+(\.\d+)? s\./, '… s.').replace(/· \d+ workers?/, '· … workers');

const verify = (...names: string[]): string =>
  execFileSync(process.execPath, [`${root}dist/src/cli/main.js`, 'verify', ...names], { encoding: 'utf8' });

/** The lines about one claim: from its mark to the next empty line. */
const about = (claim: string, transcript: string): string | undefined =>
  transcript.split('\n\n').find((block) => block.includes(`✔ ${claim} `));

it('shows what `npm run verify` prints', () => {
  if (!PAGES) {
    const printed = verify('3.1', 'lemma:pinching');
    const shown = BLOCK.exec(readFileSync(readme, 'utf8'))?.[2] ?? '';
    for (const claim of ['3.1', 'lemma:pinching']) {
      expect(about(claim, printed)).toBeDefined();
      expect(about(claim, shown)).toBe(about(claim, printed));
    }
    return;
  }
  const printed = verify();
  const text = readFileSync(readme, 'utf8');
  if (process.env['UFM_CHECK_UPDATE'] !== undefined) {
    writeFileSync(readme, text.replace(BLOCK, (_, open: string, __, close: string) => `${open}${printed}${close}`));
  }
  const shown = BLOCK.exec(readFileSync(readme, 'utf8'))?.[2];
  expect(masked(shown ?? '')).toBe(masked(printed));
});
