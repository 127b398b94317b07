import { describe, expect, it } from 'vitest';
import { type Run, run, spawned, write } from './run.js';

interface Report {
  readonly format: string;
  readonly results: readonly {
    readonly theorem: string;
    readonly verdict: string;
    readonly instances: number;
    readonly checks: readonly { readonly check: string; readonly outcome: string; readonly method: string }[];
    readonly violations: readonly { readonly kind: string; readonly reproduce: string; readonly instance: object }[];
  }[];
}

/** Sizes that cost little, for runs in which they do not matter. */
const SMALL = '--K 1..3 --n 1..2'.split(' ');

const reportOf = (result: Run): Report => JSON.parse(result.out) as Report;

describe('verify', () => {
  it('proves Theorem 3.1 and says how', async () => {
    const { code, out, err } = await spawned(['verify', '3.1', '--trials', '5', '--workers', '1', ...SMALL]);
    expect(err).toBe('');
    expect(out).toMatch(/^ufm-check \d+\.\d+\.\d+ · seed 1 · \d+ workers?/);
    expect(out).toMatch(/✔ 3\.1 {2}bias-free UFM: orthogonal frame +proved/);
    for (const label of ['claim', 'symbolic', 'exact', 'numeric', 'descents', 'landing', 'again:']) {
      expect(out).toContain(label);
    }
    expect(code).toBe(0);
  });

  it('keeps to the given ranges and prints nothing but the report under --json', async () => {
    const args = 'verify 3.1 --K 3..6 --d K..2K --n 1..4 --lambda 1e-4..1e-1 --trials 5 --seed 7 --json'.split(' ');
    const result = await run(args);
    expect(result.err).toBe('');
    expect(result.code).toBe(0);
    const report = reportOf(result);
    expect(report.format).toBe('ufm-check-report/1');
    expect(report.results.map((x) => [x.theorem, x.verdict, x.instances])).toEqual([
      ['tirer-bruna-2022/3.1', 'proved', 5],
    ]);
    expect(report.results[0]?.checks.every((x) => x.outcome === 'pass')).toBe(true);
  });

  it('gives the same bytes for any number of workers', async () => {
    const withWorkers = (n: string): Promise<Run> =>
      run(['verify', '3.1', '--trials', '2', '--seed', '5', '--workers', n, '--json', ...SMALL]);
    const [one, two] = [await withWorkers('1'), await withWorkers('2')];
    const bytes = (x: Run | undefined): string => (x?.out ?? '').replace(/"elapsedMs": \d+/, '"elapsedMs": 0');
    expect(bytes(one)).toBe(bytes(two));
    expect(bytes(one).length).toBeGreaterThan(1000);
  });

  it('checks one instance when every parameter is given', async () => {
    const instance = '--K 3 --d 4 --n 2 --lambda-w 1/12 --lambda-h 1/6 --trials 1 --json'.split(' ');
    const result = await run(['verify', '3.1', ...instance]);
    expect(result.code).toBe(0);
    expect(reportOf(result).results[0]?.instances).toBe(1);
  });

  it('compares no verdict where some checks were picked, and counts a theorem that is named twice once', async () => {
    const { code, out } = await run(['verify', '3.1', '3.1@current', '--checks', 'symbolic-value', '--trials', '1']);
    expect(out).toContain('inconclusive, as far as was asked');
    expect(out).toMatch(/1 theorem, 1 revision, .* Nothing that ran contradicts what is expected/);
    expect(code).toBe(0);
  });

  it('stops at a time limit and says that it did', async () => {
    const names = ['3.1', 'lemma:pinching'];
    const result = await run(['verify', ...names, '--trials', '4000', '--time-limit', '1', '--json']);
    const report = JSON.parse(result.out) as Report & {
      readonly interrupted: boolean;
      readonly notReached: readonly string[];
    };
    expect(report.interrupted).toBe(true);
    expect(report.notReached).toEqual(['lemma:pinching']);
    expect(report.results[0]?.verdict).toBe('inconclusive');
    expect(result.code).toBe(3);
  });

  it('prints what is known when it is interrupted', async () => {
    const { code, out, err } = await spawned(['verify', '3.1', '--trials', '100'], /workers?\n/);
    expect(err).toContain('stopping');
    expect(out).toContain('the run was interrupted');
    expect(out).toContain('what is known so far');
    expect(code).toBe(130);
  });
});

describe("a user's own module", () => {
  it('runs from an unrelated folder without node_modules', async () => {
    const line = ['verify', '--theorems', './alignment.ts', '--trials', '2', '--workers', '1', ...SMALL];
    const { code, out, err } = await spawned(line);
    expect(err).toBe('');
    expect(out).toContain('A. Nyone, in preparation');
    expect(out).toMatch(/✔ alignment .*upheld/);
    expect(code).toBe(0);
  });

  it('is listed and shown', async () => {
    expect((await run(['list', '--theorems', './alignment.ts'])).out).toContain('my-paper/alignment');
    const shown = await run(['show', 'alignment', '--theorems', './alignment.ts', '--latex']);
    expect(shown.out).toContain('\\begin{theorem}');
  });

  it('that is wrong is refuted at a small instance, with a command that shows it again', async () => {
    const source =
      'import { alignment } from "./alignment.js";\nimport { theorem, pow, sub, div, symbol } from "ufm-check";\n';
    const wrong = `
      const [revision] = alignment.revisions;
      const [aligned, zero] = revision.cases;
      const c = aligned.when.left;
      export const wrong = theorem({ ...alignment, id: 'wrong', revisions: [
        { ...revision, cases: [{ ...aligned, value: sub(1, pow(sub(1, c), 2)) }, zero] } ] });`;
    write('wrong.ts', source + wrong);
    const result = await run(['verify', 'wrong', '--theorems', './wrong.ts', '--trials', '3', '--json', ...SMALL]);
    expect(result.code).toBe(1);
    const [first] = reportOf(result).results;
    expect(first?.verdict).toBe('refuted');
    const kinds = first?.violations.map((x) => x.kind);
    expect(kinds).toContain('beaten');
    expect(kinds).toContain('wrong-value');
    const beaten = first?.violations.find((x) => x.kind === 'beaten');
    expect(beaten?.instance).toMatchObject({ K: 1, n: 1, d: 1 });
    const replay = (beaten?.reproduce ?? '').replace(/^npx ufm-check /, '').split(' ');
    const again = await run(replay);
    expect(again.code).toBe(1);
    expect(again.out).toContain('beaten');
  });

  it.each([
    ['no such file', './nope.ts', 'export {}', /nope\.ts/],
    ['does not compile', './broken.ts', 'export const = 3;', /broken\.ts/],
    ['exports no theorem', './empty.ts', 'export const x = 3;', /exports no theorem/],
    [
      'imports the inside of the package',
      './deep.ts',
      'import "ufm-check/dist/src/check/evidence.js";',
      /ufm-check\/dist/,
    ],
  ])('%s: one line, exit code 2', async (what, path, source, message) => {
    if (what !== 'no such file') write(path, source);
    const { code, out, err } = await run(['verify', '--theorems', path]);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toMatch(message);
  });

  const variant = (change: string): string =>
    'import { alignment } from "./alignment.js";\nimport * as U from "ufm-check";\n' +
    'const [revision] = alignment.revisions;\nconst [aligned, zero] = revision.cases;\nconst c = aligned.when.left;\n' +
    `export const changed = U.theorem({ ...alignment, id: 'changed', revisions: [{ ...revision, ${change} }] });`;

  it.each([
    ['contradictory hypotheses', 'hypotheses: [U.leq(U.K, U.d), U.lt(U.d, U.K)]', 1, /vacuous/],
    [
      'a case that no instance reaches',
      'cases: [aligned, { ...zero, when: U.gt(c, 1000000) }, ' +
        '{ ...zero, id: "between", when: U.and(U.gt(c, 1), U.leq(c, 1000000)) }]',
      3,
      /no instance for zero/,
    ],
    [
      'a value wrong by 1e-6',
      'cases: [{ ...aligned, value: U.mul(aligned.value, "1000001/1000000") }, zero]',
      1,
      /beaten/,
    ],
    [
      'cases that overlap',
      'cases: [aligned, { ...zero, when: U.geq(c, "1/2") }]',
      2,
      /two cases \(aligned, zero\) hold/,
    ],
    ['cases with a gap', 'cases: [{ ...aligned, when: U.leq(c, "1/2") }, zero]', 2, /no case holds/],
    ['cases with a gap of one point', 'cases: [{ ...aligned, when: U.lt(c, 1) }, zero]', 2, /no case holds/],
    ['cases that overlap in one point', 'cases: [aligned, { ...zero, when: U.geq(c, 1) }]', 2, /two cases/],
    [
      'cases with an irrational gap',
      'cases: [aligned, { ...zero, when: U.and(U.gt(c, 1), U.lt(c, U.add(1, U.sqrt(2)))) }, ' +
        '{ ...zero, id: "far", when: U.gt(c, U.add(1, U.sqrt(2))) }]',
      3,
      /not shown to partition the parameters: no case holds where .*√2/,
    ],
    [
      'a value that divides by zero',
      'cases: [aligned, { ...zero, value: U.div(1, U.sub(c, c)) }]',
      2,
      /^error: changed: in 1\/\(c − c\), a statement divides by zero/m,
    ],
    [
      'a value with a matrix in it',
      'cases: [{ ...aligned, value: U.normSquared(revision.problem.block.W) }, zero]',
      2,
      /W has no value here/,
    ],
  ])('with %s', async (name, change, code, message) => {
    const path = `./${name.replaceAll(' ', '-')}.ts`;
    write(path, variant(change));
    // Sizes that are asked for and contradict a hypothesis are an error; without them nothing meets the hypotheses.
    const sizes = message.source === 'vacuous' ? [] : SMALL;
    const result = await run(['verify', '--theorems', path, '--trials', '4', ...sizes]);
    expect(result.out + result.err).toMatch(message);
    expect(result.code).toBe(code);
  });

  it('that prints while it loads does not disturb the JSON document', async () => {
    write('noisy.ts', 'console.log("noise");\nexport { alignment } from "./alignment.js";');
    const little = '--checks numeric-stationarity --trials 1 --workers 1 --json'.split(' ');
    const result = await spawned(['verify', '--theorems', './noisy.ts', ...little, ...SMALL]);
    expect(reportOf(result).format).toBe('ufm-check-report/1');
    expect(result.err).toContain('noise');
  });

  it('about a ReLU model is measured, at its kinks too', async () => {
    const source = `import * as U from 'ufm-check';
      const paper = U.paper({ id: 'p', title: 't', authors: 'a', reference: 'r' });
      const problem = U.ufm({ layers: 2, activation: 'relu', bias: 'none' });
      export const zero = U.theorem({ paper, id: 'zero', title: 'zero', source: 's',
        provenance: { kind: 'verbatim', from: 'here' },
        revisions: [{ id: 'current', status: 'current', expected: 'upheld', problem, hypotheses: [], cases: [{
          id: 'all', when: U.leq(1, 1), strata: [{ id: 'all', draw: {} }],
          minimizer: { blocks: { W2: U.zeros('K', 'd'), W1: U.zeros('d', 'd'), H1: U.zeros('d', 'N') } },
          value: U.div(1, 2),
          conclusions: [{ id: 'H', title: 'none', statement: U.isZero(problem.block.H1) }] }] }] });`;
    write('relu.ts', source);
    const result = await run(['verify', '--theorems', './relu.ts', '--trials', '1', ...SMALL]);
    expect(result.code).toBe(1);
    expect(result.out).toContain('beaten');
    expect(result.out).toContain('Clarke distance and downward slopes at kinks');
  });

  it('that forges evidence does not load', async () => {
    const source =
      'import { alignment } from "./alignment.js";\nimport { theorem } from "ufm-check";\n' +
      'const [revision] = alignment.revisions;\n' +
      'export const forged = theorem({ ...alignment, id: "forged", revisions: [{ ...revision, ' +
      'evidence: [{ check: "identity", outcome: "pass" }] }] } as never);';
    write('forged.ts', source);
    const { code, err } = await run(['verify', '--theorems', './forged.ts']);
    expect(code).toBe(2);
    expect(err).toContain('unknown field "evidence"');
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('bad input', () => {
  it.each([
    ['verify 9.9', /no theorem "9\.9"/],
    ['verify 3.1@first', /no revision "first"/],
    ['verify 3.1 --K 0', /K must be at least 1/],
    ['verify 3.1 --K 3 --d 2', /needs K ≤ d/],
    ['verify 3.1 --lambda -1', /greater than 0/],
    ['verify 3.1 --lambda NaN', /NaN/],
    ['verify 3.1 --K 6..3', /empty/],
    ['verify 3.1 --K 3 --K 4', /--K is given twice/],
    ['search 3.1 --out /dev/null/found', /cannot make the folder/],
    ['verify 3.1 --bogus', /unknown option '--bogus'/],
    ['verify 3.1 --lambda-w2 1', /does not belong to theorem 3\.1/],
    ['verify 3.1 --trials none', /whole number/],
    ['verify 3.1 --checks nothing', /no check "nothing"/],
    ['frobnicate', /unknown command/],
  ])('%s: one line and exit code 2', async (line, message) => {
    const plain = await run(line.split(' '));
    expect(plain.code).toBe(2);
    expect(plain.out).toBe('');
    expect(plain.err.trim().split('\n')).toHaveLength(1);
    expect(plain.err).toMatch(message);
    expect(plain.err).not.toMatch(/\n {4}at /);
  });

  it('is an error document under --json', async () => {
    const { code, out, err } = await spawned(['verify', '3.1', '--K', '0', '--json']);
    expect(code).toBe(2);
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({
      format: 'ufm-check-error/1',
      code: 2,
      message: expect.stringContaining('K') as string,
    });
  });
});

interface ListDocument {
  readonly format: string;
  readonly theorems: readonly {
    readonly theorem: string;
    readonly provenance: { readonly kind: string };
    readonly hypotheses: readonly string[];
  }[];
}

describe('help, list and show', () => {
  it('teaches by example', async () => {
    const { code, out } = await run(['verify', '--help']);
    expect(code).toBe(0);
    expect(out).toContain('$ ufm-check verify 3.1 --K 3..6 --d K..2K --n 1..4');
  });

  it('shows the statement as text and as LaTeX', async () => {
    const text = await run(['show', '3.1']);
    expect(text.out).toContain('(NC2) H̄ᵀ H̄ = ρ·I_K');
    expect(text.out).toContain('c = K·√(n·λ_W·λ_H)');
    const latex = await run(['show', '3.1', '--latex']);
    expect(latex.out).toContain('\\bar{H}^{\\top} \\bar{H} &= \\rho\\,I_{K}');
  });

  it('shows the other critical points that are stated, with what they are said to be', async () => {
    const text = await run(['show', '4.1']);
    expect(text.out).toMatch(
      /critical as well: if κ < 27\/256, local minima with f = .*, 0 ≤ r < min\(K, d\) {3}frames/,
    );
    expect(text.out).toMatch(/critical as well: if κ < 27\/256, saddles with f = \(1 − z′\)·\(1 \+ 2·z′\)\/2/);
    expect(text.out).toContain('w₂′ = ');
    const latex = await run(['show', '4.1', '--latex']);
    expect(latex.out).toMatch(/If \$\\kappa < .*, the points \$W_\{2\} = w_\{2\}'\\,Q\^/);
    expect(latex.out).toContain('are saddles with $f = ');
  });

  it('shows it as one JSON document', async () => {
    const { out } = await run(['show', '3.1', 'lemma:pinching', '--json']);
    expect(JSON.parse(out)).toMatchObject({
      format: 'ufm-check-statements/1',
      statements: [
        { theorem: 'tirer-bruna-2022/3.1', text: expect.stringContaining('(NC2)') as string },
        { latex: expect.stringContaining('\\Pi_{c}') as string },
      ],
    });
  });

  it('lists theorems with provenance', async () => {
    const { out, code } = await run(['list', '--json']);
    expect(code).toBe(0);
    const list = JSON.parse(out) as ListDocument;
    expect(list.format).toBe('ufm-check-list/1');
    expect(list.theorems.map((x) => [x.theorem.replace('tirer-bruna-2022/', ''), x.provenance.kind])).toEqual([
      ['3.1', 'verbatim'],
      ['3.2', 'reconstructed'],
      ['3.2-ridge', 'reconstructed'],
      ['4.1', 'reconstructed'],
      ['4.1', 'reconstructed'],
      ['4.2', 'reconstructed'],
      ['4.2', 'reconstructed'],
      ['4.2', 'reconstructed'],
    ]);
    expect(list.theorems.every((x) => x.hypotheses.includes('K ≤ d'))).toBe(true);
  });
});
