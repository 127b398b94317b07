/** The documentation in a real Chromium: accessible (axe-core), no wider than a phone, and quiet. Needs dist/. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch, overflow, unfold, violationsOf } from './browser.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const site = mkdtempSync(join(tmpdir(), 'ufm-check-test-'));
let browser: Browser | undefined;
beforeAll(async () => {
  execFileSync(process.execPath, [join(root, 'docs/site/build.mjs'), site]);
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  rmSync(site, { recursive: true, force: true });
});

/** One of each kind, for the slow question. */
const KINDS = [
  'index.html',
  'tutorial.html',
  'mutants.html',
  'benchmark.html',
  'theorems/4-2.html',
  'lemmas/relu-nuclear-norm.html',
  'counterexamples/every-lambda-square/counterexample.html',
];

/** What is wrong with pages, as `look` sees it, and what they complain of themselves. */
const wrongWith = async (
  files: readonly string[],
  how: { readonly width: number; readonly colorScheme: 'light' | 'dark' },
  look: (page: Page) => Promise<readonly string[]>,
): Promise<string[]> => {
  if (browser === undefined) throw new Error('the browser has not started');
  const found: string[] = [];
  const { width, colorScheme } = how;
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  page.on('console', (x) => found.push(`${page.url()}: ${x.text()}`));
  page.on('pageerror', (x) => found.push(`${page.url()}: ${String(x)}`));
  for (const file of files) {
    await page.goto(pathToFileURL(join(site, file)).href);
    await unfold(page);
    found.push(...(await look(page)).map((x) => `${file}: ${x}`));
  }
  await page.close();
  return found;
};

it.each([
  [1280, 'dark'],
  [390, 'light'],
] as const)('pages of each kind are accessible: %i px, %s', async (width, colorScheme) => {
  expect(await wrongWith(KINDS, { width, colorScheme }, violationsOf)).toEqual([]);
});

it('every page is as wide as the window, and quiet', async () => {
  const files = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((x) => x.endsWith('.html'));
  expect(files).toEqual(expect.arrayContaining(KINDS));
  const wider = async (page: Page): Promise<readonly string[]> => {
    const by = await overflow(page);
    return by > 0 ? [`${by} px wider than the window`] : [];
  };
  expect(await wrongWith(files, { width: 390, colorScheme: 'light' }, wider)).toEqual([]);
});
