/** The site is built, with a page for each theorem and lemma, links that lead somewhere, and no script. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as shipped from '../../theorems/index.js';
import { lemmasOf } from '../../src/theorem/lemma/registry.js';
import { slug } from '../../src/report/html/markup.js';
import { theoremsOf } from '../../src/theorem/registry.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const site = mkdtempSync(join(tmpdir(), 'ufm-check-site-'));
afterAll(() => {
  rmSync(site, { recursive: true, force: true });
});

/** Folders that typedoc fills, beside what is built here. */
const isApi = (path: string): boolean => /(^|\/)api\//.test(path);

interface SitePage {
  readonly text: string;
  /** Every place that a link may lead to within the page. */
  readonly anchors: ReadonlySet<string>;
  /** Where its links lead on this site: a path from the root of it, and a place. */
  readonly links: readonly (readonly [path: string, anchor: string | undefined])[];
}

const readPage = (page: string): SitePage => {
  const text = readFileSync(join(site, page), 'utf8');
  const found = [...text.matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, href = '']) => href);
  return {
    text,
    anchors: new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id)),
    links: found
      .filter((href) => !/^[a-z]+:/.test(href))
      .map((href) => {
        const [path = '', anchor] = href.split('#');
        return [path === '' ? page : relative(site, resolve(site, dirname(page), path)), anchor];
      }),
  };
};

let pages: ReadonlyMap<string, SitePage>;
beforeAll(() => {
  execFileSync(process.execPath, [`${root}docs/site/build.mjs`, site]);
  const files = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((x) => x.endsWith('.html'));
  pages = new Map(files.map((file) => [file, readPage(file)]));
});

it('has a page for every theorem, every lemma and every text', () => {
  const expected = [
    ...theoremsOf(shipped, 'ufm-check').map((x) => `theorems/${slug(x.id)}.html`),
    ...lemmasOf(shipped).map((x) => `lemmas/${slug(x.id)}.html`),
    ...readdirSync(`${root}docs`, { recursive: true, encoding: 'utf8' })
      .filter((x) => x.endsWith('.md'))
      .map((x) => x.replace(/README\.md$/, 'index.md').replace(/\.md$/, '.html')),
    'index.html',
  ];
  expect([...pages.keys()].sort()).toEqual(expected.sort());
});

it('has links that lead somewhere, to the place that they name', () => {
  for (const [page, { links }] of pages) {
    for (const [path, anchor] of links.filter(([path]) => !isApi(path))) {
      expect(existsSync(join(site, path)), `${page}: ${path}`).toBe(true);
      if (anchor !== undefined) expect(pages.get(path)?.anchors, `${page}: ${path}`).toContain(anchor);
    }
  }
});

it('leads from the first page to every other', () => {
  const reached = new Set(['index.html']);
  for (const page of reached) pages.get(page)?.links.forEach(([path]) => pages.has(path) && reached.add(path));
  expect([...pages.keys()].filter((x) => !reached.has(x))).toEqual([]);
});

it('has no script, and no formula that is left as LaTeX', () => {
  for (const [page, { text }] of pages) {
    expect(text, page).not.toMatch(/<script|\son\w+=/i);
    const read = text.replaceAll(/<(pre|code)\b[^]*?<\/\1>/g, '');
    expect(read, page).not.toMatch(/\\(?:frac|sigma|leq|begin)|\$\$/);
  }
});
