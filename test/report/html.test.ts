/** The HTML report without a browser: well-formed, self-contained, escaped, and with the structure that is promised. */
import { beforeAll, describe, expect, it } from 'vitest';
import { checkCertificate } from '../../src/exact/certificate/judge.js';
import { renderHtml } from '../../src/report/html/page.js';
import { STYLE } from '../../src/report/html/style.js';
import { ATTACK, hostileReport } from './hostile.js';
import { markupDefect, textOf } from './xml.js';

let page = '';
beforeAll(async () => {
  page = renderHtml(await hostileReport());
}, 60_000);

const all = (pattern: RegExp): RegExpMatchArray[] => [...page.matchAll(pattern)];

describe('the HTML report', () => {
  it('is well-formed, whatever the texts of a module are', () => {
    expect(markupDefect(page)).toBeUndefined();
    // The checker of markup itself notices what is wrong.
    expect(markupDefect('<p><b>x</p></b>')).toMatch(/closes/);
    expect(markupDefect(`<p title="${ATTACK}">`)).toBeDefined();
  });

  it('shows hostile texts as texts', () => {
    // Texts within quotes are texts as well, also in attributes.
    expect(page.replace(/"[^"]*"/g, '""')).not.toMatch(/<script|<img|<iframe|<[^>]*\son\w+=/i);
    expect(page).not.toMatch(/<script|<img|<iframe/i);
    const [title = ''] = all(/<h2 id="t0[^>]*>(.*?)<\/h2>/g).map((x) => x[1] ?? '');
    expect(textOf(title)).toContain('<script>window.hacked = true</script>');
  });

  it('needs nothing from outside, and forbids it', () => {
    const links = all(/\s(?:href|src|srcset|action|data|poster)="([^"]*)"/g).map((x) => x[1] ?? '');
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((x) => !/^#|^data:application\/json;base64,/.test(x))).toEqual([]);
    expect(page.replace(/base64,[^"]*/g, '')).not.toMatch(/https?:|@import|url\(/);
    expect(page).toContain('default-src &#39;none&#39;');
  });

  it('has one first heading, no level left out, and a name for whatever has a role', () => {
    const levels = all(/<h(\d)[ >]/g).map((x) => Number(x[1]));
    expect(levels.filter((x) => x === 1)).toHaveLength(1);
    levels.forEach((level, k) => expect(level - (levels[k - 1] ?? 0)).toBeLessThanOrEqual(1));
    for (const [tag] of all(/<[a-z]+[^>]* role="(?:img|group)"[^>]*>/g)) expect(tag).toMatch(/aria-label="[^"]+"/);
    const ids = all(/ id="([^"]*)"/g).map((x) => x[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of all(/href="#([^"]*)"/g)) expect(ids).toContain(target);
    expect(all(/<table/g).length).toBe(all(/<thead/g).length);
  });

  it('shows statement, figures, steps of the proof, matrices and the command to repeat it', () => {
    expect(all(/<math/g).length).toBeGreaterThan(20);
    for (const name of ['Gap over iterations', 'Hessian spectrum', 'NC2: ']) {
      expect(page).toContain(`aria-label="${name}`);
    }
    expect(page).toContain('<mtable>');
    expect(textOf(page)).toMatch(/step 1, f ≥ B1/);
    expect(textOf(page)).toContain('again npx ufm-check verify 3.1 --seed 3');
  });

  it('draws the map over K and μ′, and says the same in a table', () => {
    const [figure = ''] = all(/<figure class="map">.*?<\/figure>/gs).map((x) => x[0]);
    const [drawing = ''] = /<svg.*?<\/svg>/s.exec(figure) ?? [];
    expect(drawing).toMatch(/aria-label="Map over K and μ′\. Where the 30 descents of this run ended/);
    expect([...drawing.matchAll(/<text class="on-[^>]*>([^<]*)</g)].map((x) => x[1])).toEqual(['5/14/1', '1/9/0', '●']);
    expect(drawing.match(/class="threshold"/g)).toHaveLength(2);
    expect(textOf(figure)).toContain('● At 1 of 3 instances an end is certainly below f*.');
    const apart = (row: string): string => textOf(row.replaceAll('</td>', ' '));
    const rows = [...figure.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map((x) => apart(x[1] ?? ''));
    expect(rows).toHaveLength(3);
    expect(rows[2]).toMatch(/^8 ?0\.5 – 0\.52 1 10 1 9 0 1 −0\.001 1\.0e-16/);
  });

  it('carries the certificate, which the checker accepts', () => {
    const [[, certificate = ''] = []] = all(/href="data:application\/json;base64,([^"]*)"/g);
    const judgement = checkCertificate(Buffer.from(certificate, 'base64').toString('utf8'));
    expect(judgement.accepted).toBe(true);
  });
});

/** Relative luminance and contrast as WCAG 2 defines them. */
const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const x = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

describe('the colours of the report', () => {
  const schemes = STYLE.split('prefers-color-scheme: dark').map((part) =>
    Object.fromEntries([...part.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map((x) => [x[1] ?? '', x[2] ?? ''])),
  );
  const pairs = ['good', 'warn', 'bad', 'note', 'accent'].map((x) => [x, `${x}-soft`] as const);
  it.each(schemes.map((scheme, k) => [k === 0 ? 'light' : 'dark', scheme] as const))('%s', (_, scheme) => {
    const texts = ['ink', 'soft'].flatMap((x) => ['paper', 'card', 'faint'].map((y) => [x, y] as const));
    const onFull = ['positive', 'negative'].map((x) => ['on-full', x] as const);
    for (const [ink, ground] of [...pairs, ...texts, ...onFull]) {
      const [a, b] = [luminance(scheme[ink] ?? ''), luminance(scheme[ground] ?? '')];
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      expect(contrast, `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });
});
