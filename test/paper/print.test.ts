/** What changes in print is drift, however little changes in the source; and odd sources are one line. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPaper } from '../../src/paper/theorems.js';
import { paper, run, write } from './run.js';

let count = 0;
const theorem = (body: string, label = 't:x'): string => `\\begin{theorem}\\label{${label}}${body}\\end{theorem}`;

/** All that a review records of the one theorem of a paper. */
const recorded = (preamble: string, body: string, files: Readonly<Record<string, string>> = {}): string => {
  const folder = `print-${(count += 1)}`;
  for (const [name, text] of Object.entries(files)) write(`${folder}/${name}`, text);
  const found = readPaper(paper(`${folder}/main`, theorem(body), preamble));
  return JSON.stringify(found.theorems.map(({ tokens, dependencies }) => [tokens, dependencies]));
};

describe('a statement', () => {
  it.each([
    ['$0\\left< x\\right> 1$', '$0< x>1$'],
    ['$\\bigl< x\\bigr>$', '$< x>$'],
    ['non\u00a0empty', 'nonempty'],
    ['$2\u00a03$', '$23$'],
    ['a\u2003b', 'ab'],
    ['rank at most 1 $2$', 'rank at most 1$2$'],
    ['$n\\geq 2$ 3', '$n\\geq 2$3'],
    ['$2$ $3$', '$2$$3$'],
    ['$k=1\\text{ 0}$', '$k=1\\text{0}$'],
    ['$\\text{2 }3$', '$\\text{2}3$'],
    ['$\\text{not }\\text{able}$', '$\\text{not}\\text{able}$'],
    ['1, 5', '1,5'],
    ['1. 5', '1.5'],
  ])('that reads %s is not the one that reads %s', (one, other) => {
    expect(recorded('', one)).not.toBe(recorded('', other));
  });

  it.each([
    ['$\\left< x,y\\right>$', '$\\langle x,y\\rangle$'],
    ['$\\left\\lt x\\right\\gt$', '$\\langle x\\rangle$'],
    ['a\u00a0b', 'a b'],
    ['rank $2$ of $A$', 'rank  $2$\nof~$A$'],
    ['$1$, $2$', '$1$,\n$2$'],
  ])('that reads %s is the one that reads %s', (one, other) => {
    expect(recorded('', one)).toBe(recorded('', other));
  });

  it.each([
    ['a counter', '\\newcount\\foo \\foo=3 ', '\\newcount\\foo \\foo=4 ', '\\the\\foo'],
    ['arithmetic', '\\newcount\\foo \\foo=3 ', '\\newcount\\foo \\foo=3 \\advance\\foo by 1 ', '\\number\\foo'],
    ['a list of tokens', '\\newtoks\\foo \\foo={x}', '\\newtoks\\foo \\foo={y}', '\\the\\foo'],
    ['a box', '\\newsavebox\\foo\\sbox\\foo{x}', '\\newsavebox\\foo\\sbox\\foo{y}', '\\usebox\\foo'],
    ['an acronym', '\\newacronym{u}{UFM}{free}', '\\newacronym{u}{UFM}{bound}', '\\gls{u} a'],
    ['a name put together', '\\newcommand\\zz{a}', '\\newcommand\\zz{b}', '$\\csname zz\\endcsname$'],
    ['a name as an argument', '\\newcommand\\zz{a}', '\\newcommand\\zz{b}', '$\\csuse{zz}$'],
    ['whether a name is there', '', '\\newcommand\\foo{}', 'a \\ifcsdef{foo}{b}{c}'],
    [
      'an option of the class',
      '\\PassOptionsToClass{draft}{article}\\ifdraft{\\newcommand\\R{c}}{\\newcommand\\R{r}}',
      '\\ifdraft{\\newcommand\\R{c}}{\\newcommand\\R{r}}',
      '$\\R$',
    ],
    [
      'whether a package is loaded',
      '\\makeatletter\\@ifpackageloaded{bm}{\\newcommand\\R{c}}{\\newcommand\\R{r}}',
      '\\usepackage{bm}\\makeatletter\\@ifpackageloaded{bm}{\\newcommand\\R{c}}{\\newcommand\\R{r}}',
      '$\\R$',
    ],
    ['global definitions', '\\gdef\\z{a}{\\def\\z{b}}', '\\gdef\\z{a}{\\globaldefs=1 \\def\\z{b}}', '$\\z$'],
    ['a prime', '', '\\renewcommand\\prime{2}', "$f'$"],
    ['a hook of paragraphs', '', '\\AddToHook{para/begin}{not }', 'a'],
    ['the beginning of theorems', '', '\\makeatletter\\def\\@begintheorem#1#2{not}', 'a'],
    ['the end of theorems', '', '\\AtBeginDocument{\\def\\endtheorem{not}}', 'a'],
    ['a label of lists', '', '\\renewcommand\\labelitemi{not}', '\\begin{itemize}\\item a\\end{itemize}'],
    ['an environment left out', '\\includeversion{foo}', '\\excludeversion{foo}', 'a\\begin{foo}b\\end{foo}'],
    ['a character', '', '\\MakeShortVerb{\\|}', 'a |b| c'],
    ['a name in print', '\\newcommand\\zz{a}', '\\newcommand\\zz{b}', '\\detokenize{\\zz}'],
  ])('depends on %s', (_, one, other, body) => {
    expect(recorded(one, body)).not.toBe(recorded(other, body));
  });

  it('ends where TeX ends to read', () => {
    const at = (text: string): string => recorded('\\input{my}', '$\\R$', { 'my.tex': text });
    expect(at('\\newcommand\\R{r}\\endinput\\renewcommand\\R{c}\n')).not.toBe(at('\\newcommand\\R{r}\\endinput\n'));
    expect(at('\\newcommand\\R{r}\\endinput\n\\renewcommand\\R{c}')).toBe(at('\\newcommand\\R{r}\\endinput\n'));
  });

  it('is not in the paper where its file is left out', () => {
    write('only/f.tex', theorem('a'));
    write('only/g.tex', '');
    const at = (preamble: string): number =>
      readPaper(paper('only/main', '\\include{f}\\include{g}', preamble)).theorems.length;
    expect([at(''), at('\\includeonly{g}'), at('\\includeonly{g, f}')]).toEqual([1, 0, 1]);
  });
});

describe('odd sources', () => {
  it.each(['constructor', '__proto__', 'toString'])('have labels and macros such as %s', async (name) => {
    const main = paper('odd', theorem('$\\toString\\constructor$', name));
    const { code, err } = await run(['paper', main]);
    expect([code, err]).toEqual([1, '']);
  });

  it.each([
    ['a NUL character', 'a\0b'],
    ['a name without end', `\\input{${'a'.repeat(5000)}}`],
  ])('with %s are refused in one line', async (_, body) => {
    const { code, err } = await run(['paper', paper('odd', theorem(body))]);
    expect(code).toBe(2);
    expect(err).toMatch(/^error: [^\n]*\n$/);
  });

  it('keep a review whose definitions were edited from passing', async () => {
    const at = (is: string): string => paper('edited', theorem('$a \\zz b$'), `\\let\\zz\\${is}`);
    const main = at('le');
    const lock = main.replace('.tex', '.json');
    await run(['paper', main, '--lock', lock, '--accept', 't:x']);
    expect((await run(['paper', main, '--lock', lock])).out).toContain('as reviewed');
    at('ge');
    writeFileSync(lock, readFileSync(lock, 'utf8').replaceAll('\\\\zz\\\\le', '\\\\zz\\\\ge'));
    const { out } = await run(['paper', main, '--lock', lock]);
    expect(out).toContain('the fingerprint is of another');
  });
});
