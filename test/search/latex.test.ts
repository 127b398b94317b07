/** The LaTeX of the pages about counterexamples: without TeX its text, and with TeX that it compiles and fits. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commands, display, latex, text } from '../../src/search/report/document.js';
import { PAGES } from '../effort.js';

const GALLERY = fileURLToPath(new URL('../../docs/counterexamples/', import.meta.url));
const shown = readdirSync(GALLERY, { withFileTypes: true }).filter((x) => x.isDirectory()).map((x) => x.name);

const hasTex = spawnSync('pdflatex', ['--version']).status === 0;

/** What pdflatex complains of: errors, and lines that are too wide by more than two points. */
const complaints = (source: string): string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'latex-'));
  try {
    writeFileSync(join(folder, 'page.tex'), source);
    const { stdout } = spawnSync('pdflatex', ['-interaction=nonstopmode', 'page.tex'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stdout).toContain('Output written on page.pdf');
    const wide = [...stdout.matchAll(/Overfull \\hbox \(([\d.]+)pt too wide\)[^\n]*/g)];
    return [...(stdout.match(/^! .*$/gm) ?? []), ...wide.filter((x) => Number(x[1]) > 2).map((x) => x[0])];
  } finally {
    rmSync(folder, { recursive: true });
  }
};

describe('the LaTeX of a page', () => {
  it('is ASCII whatever the words are', () => {
    const words = text('W₂ ≥ 0, ∃ λ: $x_{1} \\le 2$ and `a--b/c`');
    const source = latex([words, commands('npx ufm-check search --K 4 --out a_b/c')]);
    expect(source).toMatch(/^[\x00-\x7F]*$/);
    expect(source).toContain('W$_{2}$ $\\geq$ 0, \\texttt{U+2203} $\\lambda$: $x_{1} \\le 2$ and \\texttt{a-{}-b/');
    expect(source).toContain('search -{}-K 4 -{}-out a\\_b/');
  });

  it('sets weights and figures with a power of ten as formulas', () => {
    const source = latex([text('with λ_W2 = 1/5, λ_H = 2, λ_free; margin -1.0129749…e-5, 1e9, 0x1e-5, v2.5e-5')]);
    expect(source).toContain(
      'with $\\lambda_{W_{2}}$ = 1/5, $\\lambda_{H}$ = 2, $\\lambda$\\_free; margin ' +
        '$-1.0129749\\ldots \\cdot 10^{-5}$, $1 \\cdot 10^{9}$, 0x1e-5, v2.5e-5',
    );
  });

  if (hasTex) {
    it('compiles with wide matrices and long commands', () => {
      const row = Array.from({ length: 24 }, (_, k) => `${1000 + k}`).join(' & ');
      const words = Array.from({ length: 30 }, () => '--lambda-w2 1/10').join(' ');
      const parts = [
        text('W₂ = 0: $\\lambda$'),
        display(`\\frac{1}{7}\\begin{pmatrix}\n${row} \\\\\n${row}\n\\end{pmatrix}`),
        commands(`npx ufm-check search ${words} --out docs/counterexamples/${'long-'.repeat(9)}name`),
      ];
      expect(complaints(latex(parts))).toEqual([]);
    });
  }

  it.each(shown)('is ASCII: %s', (name) => {
    expect(readFileSync(`${GALLERY}${name}/counterexample.tex`, 'utf8')).toMatch(/^[\x00-\x7F]*$/);
  });

  if (hasTex) {
    it.each(PAGES ? shown : ['above-threshold'])('compiles, and no line is too wide: %s', (name) => {
      expect(complaints(readFileSync(`${GALLERY}${name}/counterexample.tex`, 'utf8'))).toEqual([]);
    });
  }
});
