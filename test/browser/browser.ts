/** Chromium for the tests of pages. CHROME_PATH names it; otherwise it is looked for in the usual places. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type Page, chromium } from 'playwright-core';

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** @throws Error where there is none: then nothing was tested */
export const launch = (): Promise<Browser> => {
  const path = process.env['CHROME_PATH'] ?? USUAL.find((x) => existsSync(x));
  if (path === undefined) throw new Error('no Chromium found, so nothing was tested: name one with CHROME_PATH');
  return chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
};

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Found {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What axe-core has against a page, which must have been opened without regard to its policy. */
export const violationsOf = async (page: Page): Promise<string[]> => {
  await page.addScriptTag({ path: axe });
  const run = 'axe.run({ preload: false }).then((result) => result.violations)';
  const violations = await page.evaluate<readonly Found[]>(run);
  return violations.map((x) => `${x.id}: ${x.nodes.map((y) => y.html.slice(0, 120)).join(' | ')}`);
};

/** How much wider than the window the page is. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');

/** Everything is looked at, also what is folded up at first. */
export const unfold = (page: Page): Promise<void> =>
  page.evaluate('for (const x of document.querySelectorAll("details")) x.open = true');
