/** A theorem of the user's own under revision: what a baseline says of each change, and what `diff` says of two. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Asked, openBaseline, settleBaseline } from '../../src/cli/baseline.js';
import { runHere } from './here.js';
import { run, workingFolder, write } from './run.js';

const at = (name: string): string => join(workingFolder(), name);
const source = readFileSync(new URL('../fixtures/modules/revised.ts', import.meta.url), 'utf8');

/** The module with a part of it replaced, which has to be there. */
const edited = (...edits: readonly (readonly [from: string, to: string])[]): string =>
  edits.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, source);

const SIZES = ['--K', '2', '--d', '2', '--n', '1', '--trials', '2'];
const MINE = ['verify', '--theorems', './revised.ts', ...SIZES, '--baseline', 'mine.json'];

/** The differences that a run prints, less the name of the claim. */
const differences = (out: string): string[] =>
  [...out.matchAll(/^ {2}my-paper\/\S+ {2}(.*)$/gm)].map((x) => x[1] ?? '');

const LEMMA = 'tirer-bruna-2022/lemma:class-averaging';
const ANOTHER = {
  version: '0.1.0',
  run: 'seed 1',
  fingerprint: 'abc',
  verdict: 'proved',
  proof: 'holds',
  ...Object.fromEntries(['statement', 'checks', 'steps', 'necessity', 'coverage', 'figures'].map((x) => [x, {}])),
};

describe('a baseline of a theorem', () => {
  let recorded = '';
  beforeAll(async () => {
    write('revised.ts', source);
    write('mine.json', JSON.stringify({ format: 'ufm-check-lock/1', verdicts: { [LEMMA]: ANOTHER } }));
    const mine = await run([...MINE, '--update-baseline']);
    expect(mine.code).toBe(0);
    recorded = readFileSync(at('mine.json'), 'utf8');
  }, 60_000);

  it('keeps what other runs have recorded, and says where its own is from', () => {
    const { verdicts } = JSON.parse(recorded) as { verdicts: Record<string, { verdict: string; module?: string }> };
    expect(Object.entries(verdicts).map(([name, x]) => [name, x.verdict, x.module])).toEqual([
      ['my-paper/frames@second', 'upheld', 'revised.ts'],
      [LEMMA, 'proved', undefined],
    ]);
  });

  it('names what a conclusion and a hypothesis more, and a step that is wrong, have changed', async () => {
    const hypotheses = "expected: 'upheld',\n      problem,\n      hypotheses: [";
    write(
      'revised.ts',
      edited(
        ['  gt,\n', '  gram,\n  gt,\n  identity,\n'],
        ["conclusions: [{ id: 'NC3'", "conclusions: [{ id: 'NC2', title: 'frame', statement: NC2 }, { id: 'NC3'"],
        ['const R = frame', "const NC2 = equal(gram(classMeans(H)), mul(rho, identity('K')));\nconst R = frame"],
        ['mul(div(lambdaH, 2), normSquared(collapsed))', 'mul(lambdaH, normSquared(collapsed))'],
        [hypotheses, `${hypotheses}leq(c, 1), `],
      ),
    );
    const { code, out } = await run(MINE);
    expect(code).toBe(1);
    const found = differences(out);
    expect(found).toContain('statement changed: conclusion NC2, case frame: nothing → (1/n·H Yᵀ)ᵀ 1/n·H Yᵀ = ρ·I_K');
    expect(found).toContain('a step that held now fails: frame: step 1, f ≥ B1: holds → broken');
    expect(found).toContain('proof status changed: untested → broken at chain (frame: step 1, f ≥ B1)');
    expect(found.some((x) => /^hypothesis K ≤ d became necessary: unknown → needed$/.test(x))).toBe(true);
    expect(found).toContain('statement changed: hypothesis c ≤ 1: nothing → assumed');
    expect(found).toContain('verdict changed: upheld → inconclusive');
    expect(found).toContain('coverage dropped: zero: c > 1: 1 → 0');
    expect(readFileSync(at('mine.json'), 'utf8')).toBe(recorded);
  });

  it('compares what was recorded before a hypothesis was dropped, and names the range that came of it', async () => {
    const dropped = ['hypotheses: [leq(K, d)]', 'hypotheses: []'] as const;
    write('dropped.ts', edited(dropped, dropped));
    const asked = { run: 'seed 1, 1 trials, K 2, n 1', ranges: { d: 'K..2K+1' } };
    const record = { ...ANOTHER, ...asked, module: 'dropped.ts' };
    // With a mark at its beginning, as some editors write it.
    const verdicts = { 'my-paper/frames@second': record, 'my-paper/frames@gone': record, [LEMMA]: ANOTHER };
    write('old.json', `\uFEFF${JSON.stringify({ format: 'ufm-check-lock/1', verdicts })}`);
    const line = ['verify', '--theorems', at('dropped.ts'), '--trials', '1', '--workers', '0', '--n', '1'];
    const { code, out } = await runHere([...line, '--K', '2', '--baseline', at('old.json')]);
    expect(code).toBe(1);
    expect(differences(out)).toContain('range of d, which follows from the statement, changed: K..2K+1 → 1..2K+1');
    expect(differences(out)).toContain('gone: proved → nothing');
    expect(out).toContain(`recorded, and not looked at here: ${LEMMA}`);
    const other = await runHere([...line, '--K', '3', '--baseline', at('old.json')]);
    expect(other).toMatchObject({ code: 2, out: '' });
    expect(other.err).toContain('was recorded with seed 1, 1 trials, K 2, n 1, and this run has seed 1, 1 trials, K 3');
  }, 60_000);

  it('lets go of what is no longer in the modules of the run, and of that alone', () => {
    const text = JSON.parse(recorded) as { verdicts: Record<string, object> };
    const mine = text.verdicts['my-paper/frames@second'];
    const other = { ...mine, module: 'other.ts' };
    const verdicts = { ...text.verdicts, 'my-paper/other@x': other };
    writeFileSync(at('other.json'), JSON.stringify({ ...text, verdicts }));
    const none = { interrupted: false, notReached: [], workers: 1, timing: { elapsedMs: 0 } };
    const header = { version: '', seed: 1, command: '', ...none };
    const settle = (file: string, asked: Partial<Asked>) =>
      settleBaseline(openBaseline(file, true, '', new Map()), { header, results: [], lemmas: [] }, {
        runs: new Map(),
        whole: true,
        known: new Set([LEMMA]),
        moduleOf: () => undefined,
        modules: [],
        ...asked,
      });
    const left = (): string[] =>
      Object.keys((JSON.parse(readFileSync(at('other.json'), 'utf8')) as { verdicts: object }).verdicts);
    // A run of what is shipped says nothing of the user's own, nor does one with names.
    expect(settle(at('other.json'), {})).toMatchObject({ differences: [], unexamined: Object.keys(verdicts) });
    expect(settle(at('other.json'), { modules: ['revised.ts'], whole: false }).differences).toEqual([]);
    expect(left()).toHaveLength(3);
    const gone = { claim: 'my-paper/frames@second', what: 'gone', before: 'upheld', after: 'nothing' };
    expect(settle(at('other.json'), { modules: ['revised.ts'] })).toMatchObject({ differences: [gone] });
    expect(left()).toEqual(['my-paper/other@x', LEMMA]);
  });
});

describe('diff of two revisions of a module', () => {
  const DIFF = ['diff', 'frames@first', 'frames@second', '--theorems', './revised.ts'];

  it('with --verify runs both, and shows the certificate that separates them', async () => {
    write('revised.ts', source);
    const { code, out } = await run([...DIFF, '--verify', ...'--K 2 --d 2 --n 1 --trials 2 --workers 1'.split(' ')]);
    expect(code).toBe(0);
    expect(out).toMatch(/≠ case {9}frame: c ≤ 1\/2\n {17}now c ≤ 1\n/);
    expect(out).toMatch(/verdict frames@first: refuted · proof untested\n {2}verdict frames@second: upheld/);
    expect(out).toMatch(/separated by what npx ufm-check search frames@first .* finds, judged again exactly/);
    expect(out).toContain('which refutes frames@first and not frames@second');
  }, 60_000);

  it('says why a certificate does not separate them', async () => {
    const ties = new URL('../../docs/counterexamples/linear-ties/certificate.json', import.meta.url).pathname;
    const { code, out } = await run([...DIFF, '--certificate', ties, '--format', 'latex']);
    expect(code).toBe(0);
    expect(out).toContain('no certificate at hand separates them');
    expect(out).toMatch(/\\par not separated by \S+ it refutes neither: of frames@first, the theorem is about another/);
    expect(out).toMatch(/ \$\\neq\$ case frame: \$c \\leq \\frac\{1\}\{2\}\$\n.* now \$c \\leq 1\$\n/);
    // Norms in the cells of a table: no bar ends a cell, and no backslash is left over.
    const table = await run(['diff', '4.2@original', '4.2@relaxed', '--format', 'markdown']);
    expect(table.out).toContain('\\left\\Vert W_{1} H_{1}\\right\\Vert _{*}$ |');
    expect(table.out).not.toContain('\\\\');
    expect(table.out).toContain('4.2@relaxed: **proved modulo cited lemmas (expected, not run');
    expect(table.out).toContain('separated by docs/counterexamples/four-classes');
    const missing = await run([...DIFF, '--certificate', 'nowhere.json']);
    expect([missing.code, missing.out]).toEqual([2, '']);
  });
});
