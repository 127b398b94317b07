/**
 * The example paper before and after it drifted, what reviews record, and sources that cannot be read or meant: one
 * line, exit code 2, nothing on standard output.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { paper, run, write } from './run.js';

const example = fileURLToPath(new URL('../../docs/example-paper/', import.meta.url));
const recorded = `${example}ufm-check.lock.json`;
const check = (file: string, ...more: readonly string[]) =>
  run(['paper', `${example}${file}`, '--lock', recorded, ...more]);

interface Document {
  readonly drift: boolean;
  readonly entries: readonly {
    readonly label?: string;
    readonly module?: string;
    readonly line?: number;
    readonly findings: readonly { readonly kind: string }[];
  }[];
}

/** Label and findings of what has drifted. */
const drift = async (file: string): Promise<[code: number, found: string[]]> => {
  const { code, out, err } = await check(`drifted/${file}.tex`, '--json');
  expect(err).toBe('');
  const { entries, drift } = JSON.parse(out) as Document;
  expect(drift).toBe(code === 1);
  return [code, entries.flatMap((x) => x.findings.map((y) => `${x.label ?? ''}: ${y.kind}`))];
};

describe('the example paper', () => {
  it('is as reviewed, with its lemma and four theorems', async () => {
    const { code, out } = await check('main.tex');
    expect(out.match(/^✔ .* as reviewed$/gm)).toHaveLength(5);
    expect(out).toContain('set aside, as their style says that they claim nothing: definition, remark');
    expect(code).toBe(0);
  });

  it.each([
    ['reformatted', 0, []],
    ['constant', 1, ['thm:bias-free: paper-changed']],
    ['hypothesis', 1, ['thm:relu: paper-changed']],
    ['label', 1, ['thm:deep: no-module', 'thm:linear: no-theorem']],
    ['equation', 1, ['thm:linear: equation-gone']],
    ['more', 1, ['cor:rank: no-module']],
  ] as const)('drifted: %s', async (file, code, found) => {
    expect(await drift(file)).toEqual([code, found]);
  });

  it('shows the words that changed', async () => {
    const { out } = await check('drifted/hypothesis.tex');
    expect(out).toContain('be a {+nonzero+} global minimizer [-with $ \\| \\sigma ( W _ { 1 } H _ { 1 } )');
    expect(out).toContain('two-layers-hypothesis.tex:35');
    expect(out).toMatch(/when reviewed: npx ufm-check paper .*hypothesis\.tex --lock .* --accept 4\.2\n$/);
  });
});

describe('a review', () => {
  it('is recorded for what is named, and leaves the rest of the file alone', async () => {
    const lock = write('one.lock.json', '{"format":"ufm-check-lock/1","verdicts":{"kept":[1]},"later":true}');
    const main = `${example}main.tex`;
    expect((await run(['paper', main, '--lock', lock])).code).toBe(1);
    const first = await run(['paper', main, '--lock', lock, '--accept', '4.2']);
    expect(first.code).toBe(1);
    expect(first.out.match(/as reviewed$/gm)).toHaveLength(1);
    const content = JSON.parse(readFileSync(lock, 'utf8')) as Record<string, object>;
    expect(Object.keys(content)).toEqual(['format', 'later', 'reviewed', 'verdicts']);
    expect(content['verdicts']).toEqual({ kept: [1] });
    expect(Object.keys(content['reviewed'] ?? {})).toEqual(['thm:relu']);
    const all = await run(['paper', main, '--lock', lock, '--accept', 'thm:bias', '--accept', 'all']);
    expect(all.code).toBe(0);
    const mine = JSON.parse(readFileSync(lock, 'utf8')) as { reviewed: object };
    expect(mine.reviewed).toEqual((JSON.parse(readFileSync(recorded, 'utf8')) as typeof mine).reviewed);
  });

  it('notices that the statement of the module has changed', async () => {
    const text = readFileSync(recorded, 'utf8');
    const statement = /("module": "tirer-bruna-2022\/4\.2@relaxed",\s*"statement": ")./;
    const other = text.replace(statement, (_, x: string) => `${x}x`);
    const lock = write('module.lock.json', other.replace('"x', '"'));
    expect((await run(['paper', `${example}main.tex`, '--lock', lock])).err).toMatch(/reviewed\.thm:relu.* malformed/);
    writeFileSync(lock, other.replace('"x', '"a').replace('"aa', '"ab'));
    const { code, out } = await run(['paper', `${example}main.tex`, '--lock', lock]);
    expect(out).toMatch(/✘ 4\.2 .* changed\n.*\n {7}module {5}its statement has changed: \w{12} is now \w{12}/);
    expect(code).toBe(1);
  });

  it('notices an edited text, and another definition of what nothing replaces', async () => {
    const lock = write('edited.lock.json', '{"format":"ufm-check-lock/1"}');
    const at = (x: string) => paper('edited', '\\begin{theorem}\\label{t}Let $\\x$.\\end{theorem}', `\\let\\x\\${x} `);
    expect((await run(['paper', at('alpha'), '--lock', lock, '--accept', 't'])).out).toContain('as reviewed');
    const { out, code } = await run(['paper', at('beta'), '--lock', lock]);
    expect(out).toContain('a definition that it uses has changed, \\x: [-\\let\\x\\alpha-] {+\\let\\x\\beta+}');
    expect(code).toBe(1);
    writeFileSync(lock, readFileSync(lock, 'utf8').replace('Let $', 'For all $'));
    const edited = await run(['paper', at('alpha'), '--lock', lock]);
    expect(edited.out).toContain('its text in the lock is not the one that was reviewed');
    expect(edited.code).toBe(1);
  });

  it('of a theorem without a module lasts until it changes, and ends when it is gone', async () => {
    const lock = write('free.lock.json', '{"format":"ufm-check-lock/1"}');
    const at = async (text: string, ...more: readonly string[]) => {
      const { out } = await run(['paper', paper('free', text), '--lock', lock, '--json', ...more]);
      const { entries } = JSON.parse(out) as Document;
      return entries.filter((x) => x.label === 't').flatMap((x) => x.findings);
    };
    const one = '\\begin{theorem}\\label{t}One.\\end{theorem}';
    expect(await at(one)).toEqual([{ kind: 'no-module' }]);
    expect(await at(one, '--accept', 't')).toEqual([]);
    const changes = [
      { kind: 'same', tokens: ['Theorem', '.'] },
      { kind: 'removed', tokens: ['One'] },
      { kind: 'added', tokens: ['Two'] },
      { kind: 'same', tokens: ['.'] },
    ];
    expect(await at(one.replace('One', 'Two'))).toEqual([{ kind: 'paper-changed', changes }]);
    expect(await at('nothing')).toEqual([{ kind: 'gone' }]);
    expect(await at('nothing', '--accept', 't')).toEqual([]);
    expect(JSON.parse(readFileSync(lock, 'utf8'))).toEqual({ format: 'ufm-check-lock/1', reviewed: {} });
  });

  it('cannot be given to what the paper does not have', async () => {
    const bare = paper('bare', 'nothing');
    for (const [name, message] of [
      ['4.2', /no theorem of the paper has the label thm:relu/],
      ['5.1', /--accept 5\.1: no such theorem/],
    ] as const) {
      const lock = write('no.json', '{"format":"ufm-check-lock/1"}');
      const { code, err } = await run(['paper', bare, '--lock', lock, '--accept', name]);
      expect(err).toMatch(message);
      expect(code).toBe(2);
    }
  });
});

const lines = (text: string): string[] => text.trim().split('\n');

const refused = async (path: string, message: RegExp): Promise<void> => {
  const { code, out, err } = await run(['paper', path, '--lock', `${path}.lock.json`]);
  expect(err).toMatch(message);
  expect([code, out, lines(err).length]).toEqual([2, '', 1]);
};

const theorem = (label: string, text = 'Text.') => `\\begin{theorem}\\label{${label}}${text}\\end{theorem}`;

describe('broken LaTeX', () => {
  it.each([
    ['an environment that is not closed', '\n\\begin{theorem} x', /:5: \\begin\{theorem\} is never closed/],
    ['one that is closed twice', '\\end{theorem}', /:4: \\end\{theorem\} closes nothing/],
    ['environments that cross', '\\begin{a}\\begin{b}\\end{a}\\end{b}', /never closed|closes nothing/],
    ['a brace too many', 'x }', /:4: a } closes nothing/],
    ['a brace too few', '{ x', /:4: a \{ is never closed/],
    ['a definition that is open', '\\newcommand\\x{a', /:4: a \{ is never closed/],
    ['a dollar alone', 'a $ b', /:4: a \$ has no partner/],
    ['a display that is not closed', '\\[ x', /\\\[ has no \\\]/],
    ['an error inside a theorem', theorem('t', '{ x'), /:4: a \{ is never closed/],
    ['\\left alone', theorem('t', '$\\left( a$'), /:4: a \\left has no \\right/],
    ['\\right alone', theorem('t', '$a \\right)$'), /:4: a \\right has no \\left/],
    ['half a fraction', theorem('t', '$\\frac{1}$'), /:4: \\frac has 1 of its 2 arguments/],
    ['a title that is open', '\\begin{theorem}[a\\end{theorem}', /:4: the \[ after \\begin\{theorem\} has no \]/],
    ['\\iffalse without \\fi', '\\iffalse x', /\\iffalse without \\fi/],
  ])('%s', async (name, body, message) => {
    await refused(paper(name.replaceAll(/\W/g, '-'), body), message);
  });

  it('\\begin{document} that is not closed', async () => {
    await refused(write('open.tex', '\\begin{document} x'), /open\.tex:1: \\begin\{document\} is never closed/);
  });

  it('a macro that is defined by itself, or makes too much', async () => {
    await refused(paper('itself', theorem('t', '\\x'), '\\newcommand{\\x}{a \\x}'), /\\x is defined by itself/);
    const doubling = Array.from({ length: 40 }, (_, k) => {
      const letter = (x: number): string => 'abcdefghij'[x] ?? '';
      const [name, next] = [k, k + 1].map((x) => `\\m${letter(Math.floor(x / 10))}${letter(x % 10)}`);
      return `\\newcommand{${name ?? ''}}{${next ?? ''}${next ?? ''}}`;
    });
    await refused(paper('doubling', theorem('t', '\\maa'), doubling.join('\n')), /more than 100000 words/);
  });
});

describe('files',() => {
  it('that are missing, folders, no text, or none of ours', async () => {
    await refused('/nowhere/main.tex', /cannot read \/nowhere\/main\.tex \(ENOENT\)/);
    const missing = /a\.tex:5: \\input\{sections\/none\}: cannot read .*none \(ENOENT\)/;
    await refused(paper('a', '\n\\input{sections/none}'), missing);
    await refused(paper('b', '\\include none'), /\\include\{none\}: cannot read/);
    await refused(paper('c', '\\input{.}'), /cannot read/);
    await refused(write('latin.tex', Uint8Array.of(0x67, 0xfc)), /is not UTF-8/);
  });

  it('that take each other in', async () => {
    write('round/one.tex', '\\input{two}');
    write('round/two.tex', '\\input{one.tex}');
    await refused(write('round/main.tex', '\\input{one}'), /in a circle: .*one\.tex → .*two\.tex → .*one\.tex/);
    await refused(write('self.tex', '\\input{self}'), /in a circle: .*self\.tex → .*self\.tex/);
  });

  it('and locks that are none', async () => {
    const main = paper('ok', theorem('t'));
    for (const [text, message] of [
      ['{', /is not JSON/],
      ['{"format":"ufm-check-lock/9"}', /has format ufm-check-lock\/9/],
      ['{"format":"ufm-check-lock/1","reviewed":{"t":{"module":1}}}', /reviewed\.t\.\w+ is malformed/],
      ['{"format":"ufm-check-lock/1","reviewed":[]}', /malformed/],
    ] as const) {
      const { code, err } = await run(['paper', main, '--lock', write('bad.lock.json', text)]);
      expect(err).toMatch(message);
      expect([code, lines(err).length]).toEqual([2, 1]);
    }
  });
});

describe('labels', () => {
  it('that two theorems have', async () => {
    write('second.tex', theorem('t'));
    const path = paper('twice', `${theorem('t')}\n\\input{second}`);
    await refused(path, /two theorems have the label t: .*twice\.tex:4 and .*second\.tex:1/);
  });

  it('give the error as one document under --json', async () => {
    const { code, out } = await run(['paper', paper('json', `${theorem('t')}${theorem('t')}`), '--json']);
    expect(JSON.parse(out)).toMatchObject({ format: 'ufm-check-error/1', code: 2 });
    expect(code).toBe(2);
  });
});
