/** Two sources whose statement TeX prints otherwise are never taken for the same, whatever makes the difference. */
import { describe, expect, it } from 'vitest';
import { readPaper } from '../../src/paper/theorems.js';
import { paper } from './run.js';

let count = 0;

/** All that a review of the one theorem of this paper records. */
const recorded = (body: string, preamble = ''): string => {
  const { theorems } = readPaper(paper(`programming-${++count}`, body, preamble));
  expect(theorems).toHaveLength(1);
  const { tokens, dependencies } = theorems[0]!;
  return JSON.stringify([tokens, dependencies]);
};

const theorem = (text: string): string => `\\begin{theorem}\\label{t}\n${text}\n\\end{theorem}`;

const KEY = '\\makeatletter\\define@key{f}{k}{\\renewcommand\\x{#1}}\\makeatother';

describe('a difference', () => {
  // In the preamble and before the statement, once with 1 and once with 2 for @.
  it.each([
    ['\\gdef', '\\gdef\\x{@}', ''],
    ['\\edef', '\\edef\\x{@}', ''],
    ['\\long\\def', '\\long\\def\\x{@}', ''],
    ['\\global\\def in a group', '{\\global\\def\\x{@}}', ''],
    ['\\DeclareRobustCommand', '\\DeclareRobustCommand{\\x}{@}', ''],
    ['\\newrobustcmd', '\\newrobustcmd\\x{@}', ''],
    ['an optional argument of xparse', '\\NewDocumentCommand{\\x}{s m}{@}', ''],
    ['\\csname', '\\expandafter\\def\\csname x\\endcsname{@}', ''],
    ['\\newcommand\\csname', '\\expandafter\\newcommand\\csname x\\endcsname{@}', ''],
    ['\\@namedef', '\\makeatletter\\@namedef{x}{@}\\makeatother', ''],
    ['\\csdef', '\\csdef{x}{@}', ''],
    ['\\let of a macro', '\\newcommand\\y{@}\\let\\x\\y', ''],
    ['\\let of another', '\\newcommand\\ya{1}\\newcommand\\yb{2}\\let\\x=\\y#', ''],
    ['a pattern', '\\def\\x(#1){@}', ''],
    ['a conditional around a definition', '\\newif\\ifa\\a&\\ifa\\newcommand\\x{1}\\else\\newcommand\\x{2}\\fi', ''],
    ['a macro that defines', '\\newcommand\\x{0}\\newcommand\\set[1]{\\renewcommand\\x{#1}}\\set{@}', ''],
    ['one that is called', '\\newcommand\\x{0}\\newcommand\\sa{\\def\\x{1}}\\newcommand\\sb{\\def\\x{2}}', '\\s#'],
    ['one that makes names', '\\newcommand\\set[2]{\\expandafter\\def\\csname #1\\endcsname{#2}}\\set{x}{@}', ''],
    ['a hook', '\\newcommand\\x{0}\\AtBeginDocument{\\renewcommand\\x{@}}', ''],
    ['a patch', '\\newcommand\\x{0}\\patchcmd{\\x}{0}{@}{}{}', ''],
    ['\\mathchardef', '\\mathchardef\\x="0@', ''],
    ['a category code', '\\newcommand\\x{0}\\catcode`\\!=@ ', ''],
    ['an argument of \\@ifundefined', '\\makeatletter\\@ifundefined{foo}{\\newcommand\\x{@}}{}\\makeatother', ''],
    ['the branch of \\ifthenelse', '\\newcommand\\x{0}\\ifthenelse{@=1}{\\renewcommand\\x{1}}{}', ''],
    ['a macro of which nothing is known', '\\newcommand\\x{0}\\foo[a]{b} {\\renewcommand\\x{@}}', ''],
    ['one that may drop it', '\\newcommand\\x{0}\\newcommand\\f[1]{\\iffalse#1\\fi}\\f{\\def\\x{@}}', ''],
    ['keys', `\\newcommand\\x{0}${KEY}\\newcommand\\s[1]{\\setkeys{f}{#1}}\\s{k=@}`, ''],
    ['pgfkeys', '\\newcommand\\x{0}\\pgfkeys{/k/.code={\\renewcommand\\x{#1}}}\\pgfkeys{/k=@}', ''],
    ['expl3', '\\ExplSyntaxOn \\cs_new:Npn \\x {@} \\ExplSyntaxOff', ''],
    ['a redefinition before it', '\\newcommand\\x{0}', '\\renewcommand\\x{@}'],
    ['a group after which the outer definition is meant', '\\newcommand\\x{@}', '{\\renewcommand\\x{0} a}'],
    ['an environment after which it is', '\\newcommand\\x{@}', '\\begin{table}\\renewcommand\\x{0}\\end{table}'],
    ['\\begingroup after which it is', '\\newcommand\\x{@}', '\\begingroup\\renewcommand\\x{0}\\endgroup'],
    ['a group with \\gdef', '\\newcommand\\x{0}', '{\\gdef\\x{@}}'],
  ])('made by %s is seen', (_, preamble, before) => {
    const [one, two] = ['1', '2'].map((x) => {
      const fill = (text: string): string =>
        text.replaceAll('@', (_, at: number) => (/[a-z\\]/.test(text[at - 1] ?? '') ? '@' : x))
          .replaceAll('\\y#', x === '1' ? '\\ya' : '\\yb')
          .replaceAll('\\s#', x === '1' ? '\\sa' : '\\sb')
          .replaceAll('\\a&', x === '1' ? '\\atrue' : '\\afalse');
      return recorded(fill(before) + theorem('Let $d > \\x(a)$.'), fill(preamble));
    });
    expect(one).not.toBe(two);
  });

  it.each([
    ['the \\else of \\iffalse', 'Let \\iffalse a \\else $d > K$\\fi.', 'Let \\iffalse a \\else $d < K$\\fi.'],
    ['\\iftrue', 'Let \\iftrue a \\else b\\fi.', 'Let \\iftrue b \\else b\\fi.'],
    ['a definition inside', '\\def\\x{1}$\\x$', '\\def\\x{2}$\\x$'],
    ['an assignment inside', '\\let\\x\\alpha $\\x$', '\\let\\x\\beta $\\x$'],
    ['digits apart', '$(1\\quad 2)$', '$(12)$'],
    ['digits apart by a small space', '$(1\\,2)$', '$(12)$'],
    ['numbers apart in words', 'sizes 2 3', 'sizes 23'],
    ['words together', 'non\\emph{zero}', 'non \\emph{zero}'],
    ['a wide space', '$a = b \\quad c = d$', '$a = bc = d$'],
    ['an argument of a macro', '\\newcommand\\x[1]{#1}$\\x{1}$', '\\newcommand\\x[1]{#1}$\\x{2}$'],
  ])('in %s is seen', (_, one, two) => {
    expect(recorded(theorem(one))).not.toBe(recorded(theorem(two)));
  });

  it('made by a switch is seen, inside and around', () => {
    const inside = theorem('Let \\ifext $d > K$\\else $d > 2K$\\fi.');
    const preamble = '\\newif\\ifext';
    for (const body of [inside, `\\ifext ${theorem('A')}\\fi`]) {
      const [on, off] = ['\\exttrue', '\\extfalse'].map((x) => recorded(body, preamble + x));
      expect(on).not.toBe(off);
    }
    const [then, otherwise] = [`\\ifext\n${theorem('A')}\\fi`, `\\ifext\\else\n${theorem('A')}\\fi`];
    expect(recorded(then, preamble)).not.toBe(recorded(otherwise, preamble));
    const toggled = theorem('Let \\iftoggle{ext}{a}{b}');
    const [on, off] = ['true', 'false'].map((x) => recorded(toggled, `\\newtoggle{ext}\\toggle${x}{ext}`));
    expect(on).not.toBe(off);
  });

  it('made by an environment, a hook, the kind or the title is seen', () => {
    const assume = (text: string): string => `\\newenvironment{as}{${text}}{}`;
    const body = theorem('\\begin{as}A\\end{as}');
    expect(recorded(body, assume('If $d > K$, '))).not.toBe(recorded(body, assume('If $d < K$, ')));
    const hook = (text: string): string => `\\AtBeginEnvironment{theorem}{${text}}`;
    expect(recorded(theorem('A'), hook('Not: '))).not.toBe(recorded(theorem('A'), hook('')));
    const kind = (text: string): string => `\\newtheorem{thm}{${text}}`;
    const other = '\\begin{thm}A\\end{thm}';
    expect(recorded(other, kind('Theorem'))).not.toBe(recorded(other, kind('Conjecture')));
    const titled = (text: string): string => `\\begin{theorem}[${text}]A\\end{theorem}`;
    expect(recorded(titled('for $d > K$'))).not.toBe(recorded(titled('for $d < K$')));
    expect(recorded(titled('label=t,name={A, b}'))).not.toBe(recorded(titled('label=t,name={A, c}')));
  });
});

describe('no difference', () => {
  it.each([
    ['a local redefinition elsewhere', '{\\renewcommand\\x{2} a}', '{\\renewcommand\\x{3} a}'],
    ['one in an environment elsewhere', '\\begin{table}\\def\\x{2}\\end{table}', ''],
    ['an assignment to another name', '\\let\\y\\alpha', '\\let\\y\\beta'],
    ['a switch that it does not use', '\\newif\\ifa\\atrue', '\\newif\\ifa\\afalse'],
    ['a macro with a name like \\newcommand', '\\newcommand\\newx{1}\\newx \\x', '\\newcommand\\newx{2}'],
    ['a counter', '\\setcounter{equation}{1}', '\\setcounter{equation}{2}'],
  ])('is made by %s', (_, one, two) => {
    const statement = theorem('Let $d > \\x$. \\[ a \\]');
    expect(recorded(one + statement, '\\newcommand\\x{1}')).toBe(recorded(two + statement, '\\newcommand\\x{1}'));
  });

  it.each([
    ['a branch that is hidden', 'Let \\iffalse old \\else $d > K$\\fi.', 'Let $d > K$.'],
    ['\\iftrue', 'Let \\iftrue a\\else b\\fi.', 'Let a.'],
    ['the order of sub- and superscript', '$x_1^2$', '$x^2_1$'],
    ['a prime', "$x'^2 + y''_1$", '$x^{\\prime 2} + y_1^{\\prime\\prime}$'],
    ['\\not=', '$a \\not= b$', '$a \\neq b$'],
    ['a number of an equation', '\\[ a \\tag{1} \\]', '\\[ a \\tag{2} \\]'],
    ['where a macro is broken off', '$1\\newline$ a%\nb', '$1$ ab'],
  ])('is made by %s', (_, one, two) => {
    expect(recorded(theorem(one))).toBe(recorded(theorem(two)));
  });

  it('is made by the order of options of thmtools', () => {
    const [one, two] = ['label={t}, name=A', 'name=A,label=t'].map((x) => `\\begin{theorem}[${x}]A\\end{theorem}`);
    expect(recorded(one!)).toBe(recorded(two!));
  });
});
