/** Spellings of one statement that print alike are no drift; what looks like a spelling and is another statement is. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPaper } from '../../src/paper/theorems.js';
import { tokensFingerprint } from '../../src/paper/tokens.js';
import { paper, run, write } from './run.js';

const SAME: readonly (readonly string[])[] = [
  [
    '$\\operatorname{tr} A$',
    '$\\mathrm{tr} A$',
    '$\\mathrm{tr}\\,A$',
    '$\\text{tr} A$',
    '$\\mathop{\\mathrm{tr}}\\nolimits A$',
    '$\\tr A$',
    '$\\mytr A$',
  ],
  ['$\\max_i a_i$', '$\\operatorname{max}_i a_i$', '$\\operatorname*{max}_i a_i$', '$\\max\\limits_i a_i$'],
  ['$a, \\dots, b$', '$a, \\ldots, b$', '$a,…,b$', '$a, \\dotsc, b$'],
  ['a, \\dots, b', 'a, \\ldots{}, b', 'a,…, b', 'a, \\textellipsis{}, b'],
  ['café', "caf\\'e", "caf\\'{e}", "caf{\\'e}", 'cafe\u0301', "caf\\' e"],
  ['naïve ones', 'na\\"ive ones', 'na\\"{\\i}ve ones', 'na{\\"\\i}ve ones'],
  ['Čech, Erdős, façade', '\\v{C}ech, Erd\\H{o}s, fa\\c cade'],
  ['Straße, øre', 'Stra\\ss e, \\o re', 'Stra{\\ss}e, {\\o}re', 'Stra\\ss{}e, \\o{}re'],
  ["``a''", '“a”', '"a"'],
  ["the paper's `a'", 'the paper’s ‘a’'],
  ['one--two', 'one–two'],
  ['one---two', 'one—two'],
  ['$a \\to b$', '$a \\rightarrow b$'],
  ['$a \\implies b$', '$a \\Longrightarrow b$'],
  ['$\\|a\\|$', '$\\lVert a \\rVert$', '$\\Vert a \\Vert$', '$\\bigl\\| a \\bigr\\|$'],
  ['$\\|a\\|$', '$\\left\\lVert a \\right\\rVert$'],
  ['$|a|$', '$\\lvert a \\rvert$', '$\\vert a \\vert$', '$\\left| a \\right|$'],
  ['$\\{a\\mid b\\}$', '$\\lbrace a | b \\rbrace$', '$\\Big\\{ a \\;\\middle|\\; b \\Big\\}$'],
  ['$a |_0$', '$\\left. a \\right|_0$'],
  ['$a \\leq b \\geq c \\neq d$', '$a \\le b \\ge c \\ne d$'],
  ['$\\frac12 \\binom nk$', '$\\frac{1}{2} \\binom{n}{k}$', '$\\tfrac12 \\dbinom nk$'],
  ['$x_1^2 A^*$', '$x^2_{1} A^{\\ast}$'],
  ['\\[ a \\]', '$a$', '\\(a\\)', '\\begin{displaymath} a \\end{displaymath}', '\\begin{equation*} a \\end{equation*}'],
];

const DIFFERENT: readonly (readonly [string, string])[] = [
  ['$\\mathrm{tr}$', '$\\mathrm{Tr}$'],
  ['$\\operatorname{tr} A$', '$tr A$'],
  ['$\\mathrm{tr} A$', '$\\mathrm{trA}$'],
  ['$\\mathrm{tr}(A) B$', '$\\mathrm{tr}(A B)$'],
  ['$\\mathrm{n}$', '$n$'],
  ['$\\mathrm{n}$', '$\\text{n}$'],
  ['$\\text{a b}$', '$\\text{ab}$'],
  ['$\\text{a b}$', '$\\mathrm{ab}$'],
  ['$\\text{if $ab$}$', '$\\text{if ab}$'],
  ['$\\operatorname{rank-one}$', '$\\operatorname{rank}-\\operatorname{one}$'],
  ['$\\max$', '$\\min$'],
  ['$\\operatorname{max}$', '$max$'],
  ['$\\ldots$', '$\\cdots$'],
  ['$a - b$', '$a -- b$'],
  ['$a -- b$', '$a – b$'],
  ['one-two', 'one--two'],
  ['one--two', 'one---two'],
  ['one - - two', 'one -- two'],
  ['$\\leq$', '$<$'],
  ['$\\geq$', '$\\leq$'],
  ['$\\not\\leq$', '$\\leq$'],
  ['$a \\implies b$', '$a \\iff b$'],
  ['$\\big( .5$', '$\\big( 5$'],
  ['$\\left. a \\right|_0$', '$\\left. a \\right|^0$'],
  ['$\\to$', '$\\gets$'],
  ['$\\bar H$', '$H$'],
  ['$n$', '$N$'],
  ['$\\lambda_W$', '$\\lambda_H$'],
  ['$x_{12}$', '$x_12$'],
  ['$x_1{}^2$', '$x_1^2$'],
  ['$\\frac12$', '$\\frac{12}{}$'],
  ['$\\frac{1}{2}3$', '$\\frac{1}{23}$'],
  ['$\\|a\\|$', '$|a|$'],
  ['$\\{a\\}$', '$a$'],
  ['$\\bigl. a$', '$. a$'],
  ["caf\\'e", 'cafe'],
  ["caf\\'e", 'caf\\`e'],
  ["caf\\'es", "caf\\'e s"],
  ["caf\\'es", "caf \\'es"],
  ['\\o re', 'ore'],
  ["``a''", "`a'"],
  ["$a''$", "$a'$"],
  ['$A^*$', '$A*$'],
  ['$\\mathbf{W}$', '$\\mathrm{W}$'],
  ['a~b', 'ab'],
];

const PREAMBLE = '\\DeclareMathOperator{\\tr}{tr}\\newcommand\\mytr{\\operatorname{tr}}';
let count = 0;

/** What each of these statements says, a theorem each in one paper. */
const said = (statements: readonly string[]): string[] => {
  const body = statements.map((x) => `\\begin{theorem}${x}\\end{theorem}`).join('\n');
  const { theorems } = readPaper(paper(`spellings-${++count}`, body, PREAMBLE));
  expect(theorems).toHaveLength(statements.length);
  return theorems.map((x) => x.tokens.slice(2).join(' '));
};

describe('spellings', () => {
  it('of one statement are one', () => {
    const found = said(SAME.flat());
    for (const group of SAME) {
      const [first, ...others] = found.splice(0, group.length);
      others.forEach((x, k) => expect(x, `${group[0] ?? ''} and ${group[k + 1] ?? ''}`).toBe(first));
    }
  });

  it('of two statements are two', () => {
    const found = said(DIFFERENT.flat());
    for (const pair of DIFFERENT) {
      const [one, two] = found.splice(0, 2);
      expect(one, pair.join(' and ')).not.toBe(two);
    }
  });

  it('are not looked through where the paper gives a name another meaning', () => {
    const recorded = (text: string, preamble: string): string => {
      const path = paper(`spellings-${++count}`, `\\begin{theorem}${text}\\end{theorem}`, preamble);
      const [theorem] = readPaper(path).theorems;
      return JSON.stringify([theorem?.tokens, theorem?.dependencies]);
    };
    for (const preamble of ['\\renewcommand\\to{\\leftarrow}', '\\let\\to\\leftarrow']) {
      expect(recorded('$a \\to b$', preamble)).not.toBe(recorded('$a \\rightarrow b$', preamble));
    }
    for (const preamble of ['\\renewcommand\\min{\\max}', '\\let\\min\\max']) {
      expect(recorded('$\\min a$', preamble)).not.toBe(recorded('$\\operatorname{min} a$', preamble));
    }
    expect(recorded('\\o', '\\renewcommand\\o{x}')).not.toBe(recorded('ø', ''));
  });
});

describe('a review in an older normal form', () => {
  const older = (tokens: string, form?: number): string => {
    const latex = tokensFingerprint(tokens.split(' '));
    const review = { module: null, statement: null, latex, text: [tokens], ...(form === undefined ? {} : { form }) };
    return JSON.stringify({ format: 'ufm-check-lock/1', reviewed: { t: review } });
  };
  const recorded = older('Theorem . $ \\operatorname { t r } A \\to 0 , \\dots , \\lVert a \\rVert \\leq 1 $ .');
  const at = (name: string, text: string) => paper(name, `\\begin{theorem}\\label{t}${text}.\\end{theorem}`);
  const check = (lock: string, text: string, ...more: readonly string[]) =>
    run(['paper', at('older', text), '--lock', lock, ...more]);
  const drifted = /✘ –  Theorem t .* not as in its older review\n.*\n {7}lock +reviewed in normal form 1, /;

  it('agrees with what says the same, and with nothing else', async () => {
    const lock = write('older.lock.json', recorded);
    const same = await check(lock, '$\\mathrm{tr} A \\rightarrow 0, \\ldots, \\|a\\| \\le 1$');
    expect(same.out).toMatch(/✔ –  Theorem t .* as reviewed/);
    const other = await check(lock, '$\\mathrm{Tr} A \\rightarrow 0, \\ldots, \\|a\\| \\le 1$');
    expect(other.out).toMatch(drifted);
    expect(other.out).toContain('[-tr-] {+Tr+}');
    expect((await check(lock, '$\\mathrm{tr} A \\rightarrow 0, \\ldots, \\|a\\| < 1$')).out).toMatch(drifted);
  });

  it('says that it is one where it cannot be compared, until it is recorded again', async () => {
    const lock = write('accents.lock.json', older("Theorem . A caf \\' es ."));
    const { out, code } = await check(lock, "A caf\\'es");
    expect(out).toMatch(drifted);
    expect(code).toBe(1);
    const accepted = await check(lock, "A caf\\'es", '--accept', 't');
    expect(accepted.out).toMatch(/✔ –  Theorem t .* as reviewed/);
    expect((JSON.parse(readFileSync(lock, 'utf8')) as { reviewed: object }).reviewed).toMatchObject({
      t: { form: 2, text: ['Theorem .', 'A cafés .'] },
    });
    expect((await check(lock, 'A cafés')).out).toContain('as reviewed');
  });

  it('that is newer than this version is refused', async () => {
    const { code, out, err } = await check(write('newer.lock.json', older('Theorem . A .', 3)), 'A');
    expect(err).toMatch(/reviewed\.t is in normal form 3; this version reads up to 2/);
    expect([code, out, err.trim().split('\n').length]).toEqual([2, '', 1]);
  });
});
