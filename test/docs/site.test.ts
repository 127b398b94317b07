/** The site is built, with a page for each theorem and lemma, links that lead somewhere, and no script. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import * as shipped from '../../theorems/index.js';
import { lemmasOf } from '../../src/theorem/lemma/registry.js';
import { theoremsOf } from '../../src/theorem/registry.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const site = mkdtempSync(join(tmpdir(), 'ufm-check-site-'));
afterAll(() => {
  rmSync(site, { recursive: true, force: true });
});

it('is built from the pages and the modules', () => {
  execFileSync(process.execPath, [`${root}docs/site/build.mjs`, site]);
  const pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((x) => x.endsWith('.html'));
  expect(pages.filter((x) => x.startsWith('theorems/'))).toHaveLength(theoremsOf(shipped, 'ufm-check').length);
  expect(pages.filter((x) => x.startsWith('lemmas/'))).toHaveLength(lemmasOf(shipped).length);
  for (const page of pages) {
    const text = readFileSync(join(site, page), 'utf8');
    expect(text).not.toMatch(/<script|\son\w+=/i);
    for (const [, href = ''] of text.matchAll(/<a [^>]*?href="([^"#]+)/g)) {
      if (/^[a-z]+:/.test(href)) continue;
      // The pages of the API are made by typedoc, beside this.
      const target = resolve(site, dirname(page), href);
      if (!href.endsWith('api/index.html')) expect(existsSync(target), `${page}: ${href}`).toBe(true);
    }
  }
});
