/** Which theorems a source has, and which texts say the same. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PaperTheorem, readPaper } from '../../src/paper/theorems.js';
import { wordDiff } from '../../src/paper/word-diff.js';
import { paper, write } from './run.js';

let count = 0;
const fresh = (): string => `statement-${++count}`;

/** What a theorem says, without its kind and title. */
const said = ({ tokens }: PaperTheorem): string => tokens.slice(tokens.indexOf('.') + 1).join(' ');

/** The tokens of one statement. */
const tokens = (text: string, preamble = ''): string => {
  const { theorems } = readPaper(paper(fresh(), `\\begin{theorem}${text}\\end{theorem}`, preamble));
  expect(theorems).toHaveLength(1);
  return said(theorems[0]!);
};

const SAME: readonly (readonly [string, string])[] = [
  ['$d\\geq K$', '$d \\ge  K$ % at least\n'],
  ['If $x^2$ then', 'If\n\n$ x^{2} $ then'],
  ['\\[ a = b \\]', '\\begin{equation*} a = b \\end{equation*}'],
  ['\\[ a \\]', '\\begin{equation}\\label{e} a \\nonumber \\end{equation}'],
  ['$$ a $$', '\\(a\\)'],
  ['\\emph{Every} one', 'Every one'],
  ['$\\left( a \\, b \\right)$', '$(a b)$'],
  ['$\\frac12$', '$\\frac{1}{2}$'],
  ['$12$', '$1 2$'],
  ['$x_i^2$', '$x_{i}^{2}$'],
  ['\\label{t} A', 'A \\index{a}'],
  ['A~B', 'A B'],
  ['$a_{\\text{min}}$', '$a_\\text{min}$'],
  ['$\\tfrac1K \\binom n2$', '$\\tfrac{1}{K} \\binom{n}{2}$'],
  ['$\\bar H_1 \\tilde\\mu$', '$\\bar{H}_1 \\tilde{\\mu}$'],
  ['$\\overline A$', '$\\overline{A}$'],
  ['{\\em Every} one', 'Every one'],
  ['\\textcolor{blue}{Every} $\\color{red} x$', 'Every $x$'],
];

const DIFFERENT: readonly (readonly [string, string])[] = [
  ['$d \\geq K$', '$d > K$'],
  ['$x^2$', '$x^3$'],
  ['$x^{12}$', '$x^12$'],
  ['$\\mathbf{W}$', '$W$'],
  ['non zero', 'nonzero'],
  ['$a$ $b$', '$a b$'],
  ['\\ref{a}', '\\ref{b}'],
  ['$a & b$', '$a b$'],
  ['$a \\\\ b$', '$a b$'],
  ['$W_1$', '$w_1$'],
  ['every', 'Every'],
  ['$\\overline{AB}$', '$\\overline{A}B$'],
  ['$\\unknown{A}B$', '$\\unknown{AB}$'],
  ['\\unknown{a} b', '\\unknown{a b}'],
  ['$\\unknown{a}{b}$', '$\\unknown{a}b$'],
  ['${-1}^2$', '$-1^2$'],
];

/** All of them in one paper, a theorem each. */
const tokensOfAll = (pairs: readonly (readonly [string, string])[]): string[][] => {
  const body = pairs.flat().map((x) => `\\begin{theorem}${x}\\end{theorem}`);
  const { theorems } = readPaper(paper(fresh(), body.join('\n')));
  expect(theorems).toHaveLength(2 * pairs.length);
  return pairs.map((_, k) => theorems.slice(2 * k, 2 * k + 2).map(said));
};

describe('these say the same', () => {
  it('whatever the dress', () => {
    tokensOfAll(SAME).forEach(([a, b], k) => expect(a, SAME[k]?.join(' and ')).toBe(b));
  });

  it.each([
    ['without arguments', '\\newcommand{\\R}{\\mathbb{R}}', '$x \\in \\R^d$', '$x \\in \\mathbb{R}^d$'],
    ['with arguments', '\\newcommand{\\n}[2]{\\|#2\\|_{#1}}', '$\\n{F}{A+B}$', '$\\|A+B\\|_{F}$'],
    ['with a default', '\\newcommand{\\n}[2][2]{\\|#2\\|_{#1}}', '$\\n A \\n[1]{B}$', '$\\|A\\|_2 \\|B\\|_1$'],
    ['in each other', '\\newcommand\\a{\\b{x}}\\newcommand\\b[1]{#1#1}', '$\\a$', '$xx$'],
    ['in their arguments', '\\newcommand\\b[1]{(#1)}', '$\\b{\\b{x}}$', '$((x))$'],
    ['by \\def', '\\def\\n#1#2{#2#1}\\def\\x{y}', '$\\n{\\x}{z}$', '$zy$'],
    ['twice', '\\newcommand\\x{a}\\renewcommand\\x{b}\\providecommand\\x{c}', '$\\x$', '$b$'],
    ['operators', '\\DeclareMathOperator{\\tr}{tr}', '$\\tr A$', '$\\operatorname{tr} A$'],
    ['of one piece', '\\def\\R{{\\mathbb R}}', '$x \\in \\R$', '$x \\in \\mathbb{R}$'],
    ['that end in braces', '\\newcommand\\x{\\ensuremath{y}\\xspace}', '\\x{} is', '$y$ is'],
    ['of pairs', '\\DeclarePairedDelimiter\\n{|}{|}', '$\\n*{x} \\n[\\big]y$', '$|x| |y|$'],
    ['of documents', '\\NewDocumentCommand\\p{m m}{(#1,#2)}', '$\\p{x}y$', '$(x, y)$'],
    ['with subscripts', '\\newcommand\\Wa{W_1^2}', '$\\Wa$', '$W_{1}^{2}$'],
  ])('macros %s', (_, preamble, a, b) => {
    expect(tokens(a, preamble)).toBe(tokens(b));
  });
});

describe('these do not', () => {
  it('whatever the likeness', () => {
    tokensOfAll(DIFFERENT).forEach(([a, b], k) => expect(a, DIFFERENT[k]?.join(' and ')).not.toBe(b));
  });

  it('the same macro with another definition', () => {
    expect(tokens('$\\x$', '\\newcommand\\x{a}')).not.toBe(tokens('$\\x$', '\\newcommand\\x{b}'));
  });
});

describe('theorems', () => {
  const found = (body: string, preamble = '') => {
    const { theorems } = readPaper(paper(fresh(), body, preamble));
    return theorems.map((x) => [x.declaration.kind, x.labels.join(' '), x.title ?? '', said(x)]);
  };

  it('are what \\newtheorem and its like declare, by any name', () => {
    const preamble =
      '\\newtheorem{satz}[theorem]{Satz}\n\\newtheorem*{fact*}{Fact}\n' +
      '\\declaretheorem[name=Claim,sibling=theorem]{claim}\n\\spnewtheorem{prop}{Proposition}{\\bf}{\\it}\n';
    const body =
      '\\begin{satz}[Eins]\\label{s}A\\end{satz}\\begin{fact*}B\\end{fact*}\\begin{claim}[label=c]C\\end{claim}' +
      '\\begin{prop}\\label{p}D\\end{prop}\\begin{restatable}[Again]{satz}{again}\\label{r}E\\end{restatable}' +
      '\\begin{quote}\\label{q}F\\end{quote}\\begin{center}\\begin{theorem}G\\end{theorem}\\end{center}';
    expect(found(body, preamble)).toEqual([
      ['Satz', 's', 'Eins', 'A'],
      ['Fact', '', '', 'B'],
      ['Claim', 'c', '', 'C'],
      ['Proposition', 'p', '', 'D'],
      ['Satz', 'r', 'Again', 'E'],
      ['Theorem', '', '', 'G'],
    ]);
  });

  it('are what the paper abbreviates or wraps, or tcolorbox declares', () => {
    const preamble =
      '\\newcommand{\\bt}{\\begin{theorem}}\\def\\et{\\end{theorem}}\n\\newtcbtheorem{theo}{Satz}{}{thm}' +
      '\\newenvironment{thm}{\\begin{theorem}}{\\end{theorem}}' +
      '\\newcommand\\be{\\begin{equation}}\\newcommand\\ee{\\end{equation}}';
    const body =
      '\\bt[One]\\label{a}A \\be x\\ee\\et\\begin{thm}\\label{b}B\\end{thm}' +
      '\\begin{theo}[colback=red]{Three}{c}C\\end{theo}\\begin{theo*}{Four}D\\end{theo*}';
    expect(found(body, preamble)).toEqual([
      ['Theorem', 'a', 'One', 'A $ x $'],
      ['Theorem', 'b', '', 'B'],
      ['Satz', 'thm:c', 'Three', 'C'],
      ['Satz', '', 'Four', 'D'],
    ]);
  });

  it('have labels in braces, in emphasis and in their titles', () => {
    const body = ['{\\label{a}}', '\\textbf{(A)\\label{b}}', '[A \\label{c}]'].map(
      (x) => `\\begin{theorem}${x} A\\end{theorem}`,
    );
    expect(found(body.join('')).map((x) => x[1])).toEqual(['a', 'b', 'c']);
  });

  it('have the labels of their own, not those of equations and items in them', () => {
    const inside = '\\begin{equation}\\label{e}a\\end{equation}\\begin{itemize}\\item\\label{i}b\\end{itemize}';
    expect(found(`\\begin{theorem}\\label{t}${inside}\\end{theorem}`)[0]?.[1]).toBe('t');
  });

  it('are not those in comments, verbatim text, \\iffalse, definitions, or after the end', () => {
    const one = '\\begin{theorem}x\\end{theorem}';
    const body = `% ${one}\n\\begin{verbatim}${one}\\end{verbatim}\\iffalse ${one} \\iftrue \\fi \\fi \\def\\x{${one}}`;
    const path = write(`${fresh()}.tex`, `\\newtheorem{theorem}{T}\\begin{document}${body}\\end{document}${one}`);
    expect(readPaper(path).theorems).toEqual([]);
  });

  it('stand beside addresses with a percent sign', () => {
    const body = 'See \\url{https://a.b/%20c} and \\href{https://a.b/\\%20}{it}. % {\n\\begin{theorem}A\\end{theorem}';
    expect(found(body).map((x) => x[3])).toEqual(['A']);
  });

  it('come from files that are taken in, in their order', () => {
    write('parts/one.tex', '\\begin{theorem}one\\end{theorem}\\endinput\n\\begin{theorem}no\\end{theorem}');
    write('parts/two.tex', '\\begin{theorem}two \\input{parts/inner}\\end{theorem}');
    write('parts/inner.tex', 'inner');
    const body = '\\input parts/one\n\\include{parts/two}\\begin{theorem}three\\end{theorem}\\import{a}{b}';
    expect(found(body).map((x) => x[3])).toEqual(['one', 'two inner', 'three']);
    expect(readPaper(paper(fresh(), body)).notFollowed[0]).toMatch(/^\\import in .*:5$/);
  });

  it('come from files that may exist, and from names in quotes', () => {
    write('in quotes.tex', '\\begin{theorem}quoted\\end{theorem}');
    const body =
      '\\IfFileExists{none.tex}{\\input{none}\\newcommand\\x{1}}{\\newcommand\\x{2}}\\input{"in quotes"}' +
      '\\InputIfFileExists{in quotes}{\\begin{theorem}then $\\x$\\end{theorem}}{}';
    const { theorems, notFollowed } = readPaper(paper(fresh(), body));
    expect(theorems.map(said)).toEqual(['quoted', 'quoted', 'then $ \\x $']);
    expect(theorems[2]?.dependencies).toEqual({
      '\\x': ['\\ifexists:none.tex \\newcommand{\\x}{1}', '\\ifexists:none.tex \\else \\newcommand{\\x}{2}'],
    });
    expect(notFollowed).toHaveLength(1);
    expect(notFollowed[0]).toMatch(/^\\IfFileExists\{none\.tex\} in .*:4, a file that is not here$/);
  });

  it('of a class are found when they are named', () => {
    const path = paper(fresh(), '\\begin{lem}\\label{l}A\\end{lem}');
    expect(readPaper(path).undeclared.get('l')).toBe('lem');
    expect(readPaper(path, ['lem']).theorems.map((x) => x.labels)).toEqual([['l']]);
  });
});

describe('a word diff', () => {
  const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });

  it('gives both texts back, and nothing where they are equal', () => {
    fc.assert(
      fc.property(words, words, (before, after) => {
        const changes = wordDiff(before, after);
        const without = (kind: string) => changes.filter((x) => x.kind !== kind).flatMap((x) => x.tokens);
        expect(without('added')).toEqual(before);
        expect(without('removed')).toEqual(after);
        const same = changes.filter((x) => x.kind === 'same').flatMap((x) => x.tokens);
        expect(same.length === before.length && same.length === after.length).toBe(before.join() === after.join());
      }),
    );
  });
});
