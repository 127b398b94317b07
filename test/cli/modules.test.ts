/** What a module can do besides declaring theorems must neither end a run silently nor keep it alive. */
import { describe, expect, it } from 'vitest';
import { LONG } from '../effort.js';
import { run, spawned, write } from './run.js';

const EXPORT = "export { alignment } from './alignment.js';\n";

describe.concurrent('a module that', () => {
  it.each([
    ['ends the process', 'exit.ts', 'process.exit(0);', /calls process\.exit/],
    ['never finishes loading', 'waits.ts', 'await new Promise(() => {});', /has not finished loading/],
    ['throws while it loads', 'throws.ts', "throw new Error('no');", /failed while loading: no/],
    ['ends the process later', 'timer-exit.ts', 'setTimeout(() => process.exit(0), 1);', /calls process\.exit/],
    ['throws in a timer', 'later.ts', "setTimeout(() => { throw new Error('late'); }, 50);", /failed after .*: late/],
  ])('%s is refused in one line with exit code 2', async (_, file, line, message) => {
    write(file, `${line}\n${EXPORT}`);
    const { code, err } = await spawned(['verify', '--theorems', `./${file}`, '--trials', '60', '--workers', '1']);
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  });

  // It is waited for as long as a module may load.
  if (LONG) {
    it('loops for ever is refused too', async () => {
      write('loops.ts', `while (true);\n${EXPORT}`);
      const { code, err } = await spawned(['list', '--theorems', './loops.ts']);
      expect(err).toMatch(/^error: .* has not finished loading after 10 s\. [^\n]*\n$/);
      expect(code).toBe(2);
    });
  }

  it('leaves a timer running does not keep the program alive', async () => {
    write('timer.ts', `setInterval(() => undefined, 1000);\n${EXPORT}`);
    const line = ['verify', '--theorems', './timer.ts', '--trials', '6', '--K', '1..3', '--workers', '1'];
    const { code, out } = await spawned(line);
    expect(out).toContain('upheld');
    expect(code).toBe(0);
  });
});

describe('a module with formulas that mean nothing', () => {
  const changed = (change: string, more = ''): string =>
    'import { alignment } from "./alignment.js";\nimport * as U from "ufm-check";\n' +
    'const [revision] = alignment.revisions;\nconst [aligned, zero] = revision.cases;\n' +
    `const { W, H } = revision.problem.block;\n${more}\n` +
    `export const changed = U.theorem({ ...alignment, id: 'changed', revisions: [{ ...revision, ${change} }] });`;
  const parametrised = (symbol: string): string =>
    `parametrisation: { generators: [{ symbol: ${symbol}, inverse: revision.problem.lambda.W, ` +
    "draw: { from: '1/9', to: '1' } }], parameters: { W: U.div(1, 2), H: U.div(1, 2) } }";

  it.each([
    ['a size as a generator', parametrised('U.K'), /K is a size and cannot be a free generator/],
    ['a λ as a generator', parametrised("U.symbol('lambda_W', 'generator')"), /"lambda_W" already has a meaning/],
    [
      'a generator in a statement',
      "hypotheses: [U.leq(U.symbol('g', 'generator'), 1)]",
      /g \(a generator\) cannot stand in a statement/,
    ],
    [
      'one name for two things',
      "hypotheses: [U.leq(U.define('rho', U.div(1, 3)), 1)]",
      /"rho" stands for two different things/,
    ],
    [
      'one sign for two names',
      "hypotheses: [U.leq(U.define('rho2', U.div(1, 3), 'ρ'), 1)]",
      /both printed as ρ/,
    ],
    [
      'one sign in LaTeX for two names',
      "hypotheses: [U.leq(U.define('rho2', U.div(1, 3), 'r2', String.raw`\\rho`), 1)]",
      /both printed as \\rho/,
    ],
    ['a reserved sign', "hypotheses: [U.leq(U.define('a', U.div(1, 3), 'K'), 1)]", /"a" cannot be printed as K/],
    ['a number that prints as another', "hypotheses: [U.leq(U.define('one', U.div(9, 10), '1'), 1)]", /printed as "1"/],
    [
      'a block of another problem',
      'cases: [aligned, { ...zero, conclusions: [{ id: "b", title: "b", statement: b }] }]',
      /no block b of shape K × 1/,
      "const b = U.isZero(U.block('b', 'K', '1'));",
    ],
    ['a power that is written out', 'hypotheses: [U.leq(U.pow(U.K, 1000000), 1)]', /exponent 1000000/],
  ] as const)('(%s) is refused in one line with exit code 2', async (what, change, message, more?: string) => {
    const file = `${what.replaceAll(' ', '-')}.ts`;
    write(file, changed(change, more ?? ''));
    const { code, out, err } = await run(['verify', '--theorems', `./${file}`, '--trials', '4']);
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  it('(no hypothesis on d) is not upheld: its construction needs one', async () => {
    write('few.ts', changed('hypotheses: []'));
    const { code, out } = await run(['verify', 'changed', '--theorems', './few.ts', '--trials', '12']);
    expect(out).toContain('the construction does not exist here, though the hypotheses hold: R needs d ≥ K');
    expect(code).toBe(3);
  });

  it('(a threshold a tenth too low) is caught beside it', async () => {
    const change = "cases: [{ ...aligned, when: U.leq(c, '9/10') }, { ...zero, when: U.gt(c, '9/10') }]";
    write('low.ts', changed(change, 'const c = aligned.when.left;'));
    const { code, out } = await run(['verify', 'changed', '--theorems', './low.ts', '--trials', '40', '--K', '1..3']);
    expect(out).toContain('beaten');
    expect(code).toBe(1);
  });
});
