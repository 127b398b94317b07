/** The HTML report in Chromium: accessible (axe-core), no wider than a phone, quiet, unmoved by hostile texts. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/report/html/page.js';
import { hostileReport } from '../report/hostile.js';
import { launch, overflow, unfold, violationsOf } from './browser.js';

let folder = '';
let url = '';
let browser: Browser | undefined;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ufm-check-test-'));
  const file = join(folder, 'report.html');
  writeFileSync(file, renderHtml(await hostileReport()));
  url = pathToFileURL(file).href;
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The page at a size and scheme, with everything that it asked for or complained of. */
const open = async (width: number, colorScheme: 'light' | 'dark', bypassCSP = false) => {
  if (browser === undefined) throw new Error('the browser has not started');
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, bypassCSP });
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (x) => requests.push(x.url()));
  page.on('console', (x) => complaints.push(x.text()));
  page.on('pageerror', (x) => complaints.push(String(x)));
  await page.goto(url);
  return { page, requests, complaints };
};

const hacked = (page: Page): Promise<boolean> => page.evaluate<boolean>('"hacked" in globalThis');

describe.each(['light', 'dark'] as const)('the HTML report, %s', (scheme) => {
  it.each([1280, 390])('is accessible and fits at %i px', async (width) => {
    const { page } = await open(width, scheme, true);
    await unfold(page);
    expect(await violationsOf(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.close();
  });
});

/** Groups whose contents are wider than what is seen of them; matrices and the table of a map may scroll. */
const CUT = `[...document.querySelectorAll('.wide')]
  .filter((x) => x.querySelector('mtable, .cells') === null)
  .filter((x) => x.scrollWidth > x.clientWidth || x.getBoundingClientRect().right > innerWidth)
  .map((x) => x.getAttribute('aria-label') + ': ' + x.scrollWidth + ' of ' + x.clientWidth)`;

describe('the HTML report', () => {
  it.each([
    [1920, 'screen'],
    [1200, 'screen'],
    [390, 'screen'],
    [720, 'print'],
  ] as const)('shows whole tables and statements at %i px, on %s', async (width, media) => {
    const { page } = await open(width, 'light');
    await page.emulateMedia({ media });
    await unfold(page);
    expect(await page.evaluate<string[]>(CUT)).toEqual([]);
    // Words are broken at their ends: no column is as narrow as a letter.
    const cells = '[...document.querySelectorAll("th:not(.mark), td.number")]';
    const narrow = '(x) => x.getClientRects().length > 0 && x.innerText.trim().length > 3 && x.clientWidth < 24';
    expect(await page.evaluate<string[]>(`${cells}.filter(${narrow}).map((x) => x.innerText)`)).toEqual([]);
    await page.close();
  });

  it('asks for nothing, complains of nothing, and runs nothing', async () => {
    const { page, requests, complaints } = await open(1280, 'light');
    expect(requests).toEqual([url]);
    expect(complaints).toEqual([]);
    expect(await hacked(page)).toBe(false);
    expect(await page.evaluate('document.querySelectorAll("script, img, iframe").length')).toBe(0);
    // Its own policy stops a script, even one that found a way in.
    await page.addScriptTag({ content: 'globalThis.hacked = true' }).catch(() => undefined);
    expect(await hacked(page)).toBe(false);
    await page.close();
  });

  it('can be walked through with the keyboard', async () => {
    const { page } = await open(1280, 'light');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('To the results');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const section = 'document.activeElement.closest("section").getAttribute("aria-labelledby")';
    expect(await page.evaluate(section)).toBe('summary');
    await page.close();
  });

  it('prints what is folded up on the screen, as wide as the paper', async () => {
    const { page } = await open(760, 'light');
    await page.emulateMedia({ media: 'print' });
    const folded = '[...document.querySelectorAll("details > :not(summary)")]';
    const hidden = await page.evaluate(`${folded}.filter((x) => x.getClientRects().length === 0).length`);
    expect(hidden).toBe(0);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.close();
  });
});
