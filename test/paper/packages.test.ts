/** Packages and classes that lie beside a paper: what they define is read as if it stood in the main file. */
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Paper, readPaper } from '../../src/paper/theorems.js';
import { tokensFingerprint } from '../../src/paper/tokens.js';
import { paper, run, write } from './run.js';

let count = 0;
const theorem = (text: string): string => `\\begin{theorem}\\label{t}${text}\\end{theorem}`;

/** A paper in a folder of its own, with these files beside it. */
const beside = (files: Readonly<Record<string, string | Uint8Array>>, text: string, preamble: string): Paper => {
  const folder = `packages-${++count}`;
  for (const [name, content] of Object.entries(files)) write(`${folder}/${name}`, content);
  return readPaper(paper(`${folder}/main`, theorem(text), preamble));
};

const said = ({ theorems }: Paper): string => theorems.map((x) => x.tokens.join(' ')).join('\n');
const recorded = ({ theorems }: Paper): string => JSON.stringify(theorems.map((x) => [x.tokens, x.dependencies]));
const filesOf = ({ files }: Paper): string[] => files.map((x) => basename(x));

const MACROS = '\\ProvidesPackage{mine}[2024/01/01 mine]\n\\newcommand\\my@norm[1]{\\|#1\\|}\n';

describe('a package beside the paper', () => {
  it('defines what the main file would', () => {
    const macros = `${MACROS}\\newcommand\\norm[1]{\\my@norm{#1}_F}\\DeclareMathOperator{\\tr}{tr}\\endinput no`;
    const found = beside({ 'mine.sty': macros }, '$\\norm{W} \\leq \\tr A$', '\\usepackage[a]{amsmath, mine}');
    const plain = beside({}, '$\\|W\\|_F \\leq \\operatorname{tr} A$', '');
    expect(recorded(found)).toBe(recorded(plain));
    expect(filesOf(found)).toEqual(['main.tex', 'mine.sty']);
    expect(found.notFollowed).toEqual([]);
  });

  it('counts by all that its programming depends on', () => {
    const at = (x: string) => beside({ 'mine.sty': `\\let\\x\\${x}` }, '$\\x$', '\\usepackage{mine}');
    expect(said(at('alpha'))).toBe(said(at('beta')));
    expect(at('alpha').theorems[0]?.dependencies).toEqual({ '\\x': ['\\let\\x\\alpha'] });
  });

  it('may be a class, and take in others, each once', () => {
    const files = {
      'style.cls': '\\LoadClass[11pt]{article}\\RequirePackage{one}\\newtheorem{lem}{Lemma}\\input{defs}',
      'one.sty': '\\RequirePackage{two}\\newcommand\\x{1}',
      'two.sty': '\\RequirePackage{one}\\newcommand\\y{2}',
      'defs.tex': '\\makeatletter\\newcommand\\z{\\z@z}\\newcommand\\z@z{3}',
    };
    const folder = `packages-${++count}`;
    for (const [name, text] of Object.entries(files)) write(`${folder}/${name}`, text);
    const body = '\\usepackage{one,two}\\begin{document}\\begin{lem}$\\x\\y\\z$\\end{lem}\\end{document}';
    const main = write(`${folder}/main.tex`, `\\documentclass{style}${body}`);
    const found = readPaper(main);
    expect(said(found)).toBe('Lemma . $ 123 $');
    expect(filesOf(found)).toEqual(['main.tex', 'style.cls', 'one.sty', 'two.sty', 'defs.tex']);
  });

  it('is not taken in a second time', () => {
    const twice = '\\usepackage{mine}\\renewcommand\\x{b}\\usepackage{mine}';
    expect(said(beside({ 'mine.sty': '\\newcommand\\x{a}' }, '\\x', twice))).toBe('Theorem . b');
  });

  it('elsewhere stays what it is: a name', () => {
    const { files, notFollowed } = beside({ 'x/mine.sty': '\\newcommand\\x{a}' }, '$\\x$', '\\usepackage{mine,bm}');
    expect([files.length, notFollowed]).toEqual([1, []]);
  });

  it('may name files that are not here, and have another encoding', () => {
    const bytes = Uint8Array.from([...Buffer.from('\\input{glyphs}\\newcommand\\x{a} % '), 0xfc, 0x0a]);
    const found = beside({ 'mine.sty': bytes }, '\\x', '\\usepackage{mine}');
    expect(said(found)).toBe('Theorem . a');
    expect(found.notFollowed.join()).toMatch(/^\\input\{glyphs\} in .*mine\.sty:1, a file that is not here$/);
  });

  it('that only TeX sees to be asked for is named', () => {
    const preamble = '\\newcommand\\load{\\usepackage{mine}}\\load\\usepackage{\\name} % \\usepackage{two}';
    const { notFollowed } = beside({ 'mine.sty': '', 'two.sty': '' }, '$\\x$', `${preamble}\n\\def\\input@path{{a/}}`);
    expect(notFollowed.map((x) => x.replaceAll(/\S*\//g, ''))).toEqual([
      '\\usepackage{\\name.sty} in main.tex:3',
      'mine.sty, which main.tex names',
      '\\input@path in main.tex',
    ]);
  });

  it('counts with the options that it is given, where it reads them', () => {
    const option = '\\DeclareOption{big}{\\renewcommand\\x{2}}\\ProcessOptions\\relax';
    const reads = `\\newcommand\\x{1}${option}\\newcommand\\y{3}`;
    const at = (preamble: string, text = '$\\x$', source = reads, inner = '') =>
      recorded(beside({ 'mine.sty': source, 'inner.sty': inner }, text, preamble));
    const given = ['', '[big]', '[small]'].map((x) => at(`\\usepackage${x}{mine}`));
    given.push(at('\\PassOptionsToPackage{big}{mine}\\usepackage{mine}'));
    expect(new Set(given).size).toBe(3);
    expect(given[3]).toBe(given[1]);
    const inherits = '\\RequirePackageWithOptions{inner}';
    const inherited = ['big', 'small'].map((x) => at(`\\usepackage[${x}]{mine}`, '$\\x$', inherits, reads));
    expect(inherited[0]).not.toBe(inherited[1]);
    const [one, two] = ['a', 'b'].map((x) => at(`\\usepackage[${x}]{mine}`, '$\\x$', '\\newcommand\\x{1}'));
    expect(one).toBe(two);
    expect(at('\\usepackage{mine}', '$\\y$')).toBe(at('', '$3$'));
  });

  it('in a branch is one that may not be there', () => {
    const files = { 'one.sty': '\\newcommand\\x{1}', 'two.sty': '\\newcommand\\x{2}' };
    const [then, otherwise] = ['true', 'false'].map((x) =>
      recorded(beside(files, '$\\x$', `\\newif\\ifa\\a${x}\\ifa\\usepackage{one}\\else\\usepackage{two}\\fi`)),
    );
    expect(then).not.toBe(otherwise);
  });

  it('that nobody but TeX can read counts as a whole, with what it takes in', () => {
    const lone = '\\begingroup\\catcode`\\<=1 \\gdef\\x<1}\\endgroup\\RequirePackage{inner}';
    const loops = Array.from({ length: 80 }, (_, k) => `\\expandafter\\def\\csname x\\y${k}\\endcsname{1}`).join('\n');
    const at = (source: string, inner = 'a', preamble = '') =>
      beside({ 'mine.sty': source, 'inner.sty': inner }, '$\\x$', `${preamble}\\usepackage{mine}`);
    const expl3 = '\\ProvidesExplPackage{mine}{}{}{}\\input{inner.sty}';
    for (const source of [lone, `${loops}\\RequirePackage{inner}`, expl3]) {
      const found = at(source);
      expect(said(found)).toBe('Theorem . $ \\x $');
      expect(found.notFollowed.join()).toMatch(/^[^,]*mine\.sty, which counts as a whole: /);
      expect(found.theorems[0]?.dependencies['anything']?.join()).toMatch(/^\\package:mine\.sty:[0-9a-f]{64}$/);
      expect(recorded(at(source))).toBe(recorded(found));
      expect(recorded(at(`${source} `))).not.toBe(recorded(found));
      expect(recorded(at(source, 'b'))).not.toBe(recorded(found));
    }
    // What it names may be the paper's.
    const [one, two] = ['1', '2'].map((x) => recorded(at(loops, '', `\\newcommand\\y{${x}}`)));
    expect(one).not.toBe(two);
  });
});

describe('a package that drifts or is broken', () => {
  const main = (name: string): string => paper(`${name}/main`, theorem('Let $\\x > 0$.'), '\\usepackage{mine}');

  it('changes the statements that use it', async () => {
    const path = main('drift');
    const lock = write('drift/lock.json', '{"format":"ufm-check-lock/1"}');
    write('drift/mine.sty', '\\newcommand\\x{\\lambda_W}\\newcommand\\y{1}');
    const accepted = await run(['paper', path, '--lock', lock, '--accept', 't']);
    expect(accepted.out).toMatch(/✔ –  Theorem t .* as reviewed/);
    expect(accepted.out).toContain('· 2 files');
    write('drift/mine.sty', '\\newcommand\\x{\\lambda_H}\\newcommand\\y{2}');
    const { out, code } = await run(['paper', path, '--lock', lock]);
    expect(out).toContain('Let $ \\lambda _ { [-W-] {+H+} } > 0 $ .');
    expect(code).toBe(1);
  });

  it('was not read in an older normal form, which the report says', async () => {
    const tokens = 'Theorem . Let $ \\x > 0 $ .';
    const review = { module: null, statement: null, latex: tokensFingerprint(tokens.split(' ')), text: [tokens] };
    const lock = write('older/lock.json', JSON.stringify({ format: 'ufm-check-lock/1', reviewed: { t: review } }));
    write('older/mine.sty', '\\newcommand\\x{a}');
    const { out, code } = await run(['paper', main('older'), '--lock', lock]);
    expect(out).toMatch(/✘ –  Theorem t .* not as in its older review\n.*\n.*reviewed in normal form 1, /);
    expect(code).toBe(1);
  });

  it.each([
    ['a brace', '\n\\newcommand\\x{a', /mine\.sty:2: a \{ is never closed/],
    ['itself, as input', '\\input{mine.sty}', /\\input goes in a circle: .*mine\.sty → .*mine\.sty/],
    ['a macro', '\\newcommand\\x{\\x}', /\\x is defined by itself/],
  ])('by %s is refused on one line', async (name, text, message) => {
    const folder = `broken-${name.replaceAll(/\W/g, '-')}`;
    write(`${folder}/mine.sty`, text);
    const { code, out, err } = await run(['paper', main(folder), '--lock', `${folder}.json`]);
    expect(err).toMatch(message);
    expect([code, out, err.trim().split('\n').length]).toEqual([2, '', 1]);
  });
});
