/**
 * The HTML report in a real Chromium: accessible (axe-core), no wider than a phone, quiet, unmoved by hostile texts.
 * CHROME_PATH names the browser; otherwise it is looked for in the usual places, and where there is none this fails.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type Page, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/report/html/page.js';
import { hostileReport } from '../report/hostile.js';

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const executable = (): string => {
  const path = process.env['CHROME_PATH'] ?? USUAL.find((x) => existsSync(x));
  if (path === undefined) throw new Error('no Chromium found, so nothing was tested: name one with CHROME_PATH');
  return path;
};

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let folder = '';
let url = '';
let browser: Browser | undefined;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ufm-check-test-'));
  const file = join(folder, 'report.html');
  writeFileSync(file, renderHtml(await hostileReport()));
  url = pathToFileURL(file).href;
  browser = await chromium.launch({ executablePath: executable(), args: ['--no-sandbox'] });
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

interface Found {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

const violationsOf = async (page: Page): Promise<string[]> => {
  await page.addScriptTag({ path: axe });
  const violations = await page.evaluate<readonly Found[]>('axe.run().then((result) => result.violations)');
  return violations.map((x) => `${x.id}: ${x.nodes.map((y) => y.html.slice(0, 120)).join(' | ')}`);
};

/** How much wider than the window the page is. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');

const hacked = (page: Page): Promise<boolean> => page.evaluate<boolean>('"hacked" in globalThis');

describe.each(['light', 'dark'] as const)('the HTML report, %s', (scheme) => {
  it.each([1280, 390])('is accessible and fits at %i px', async (width) => {
    const { page } = await open(width, scheme, true);
    // Everything is looked at, also what is folded up at first.
    await page.evaluate('for (const x of document.querySelectorAll("details")) x.open = true');
    expect(await violationsOf(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.close();
  });
});

describe('the HTML report', () => {
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
