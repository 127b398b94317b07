/** A statement is one tree: text, LaTeX, residuals and fingerprint follow it, and nothing else. */
import { describe, expect, it } from 'vitest';
import { K, define, div, equal, gram, identity, mul, pow, sqrt, sub } from '../../src/symbolic/build.js';
import type { Case, Revision } from '../../src/theorem/contract.js';
import { statementFingerprint, theorem } from '../../src/theorem/define.js';
import { denseMatrix, frobenius, numericInterpreter, subtractDense } from '../../src/theorem/evaluate-numeric.js';
import type { Instance } from '../../src/theorem/instance.js';
import { ufm } from '../../src/symbolic/objective.js';
import { canonicalJson, fingerprint } from '../../src/symbolic/fingerprint.js';
import { toLatex, toText } from '../../src/symbolic/print.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';

const problem = ufm({ layers: 1, activation: 'linear', bias: 'none' });
const { W } = problem.block;
const { W: lambdaW } = problem.lambda;
if (W === undefined || lambdaW === undefined) throw new Error('the problem has no W');

const statement = (exponent: number) => equal(gram(mul(lambdaW, W)), mul(pow(div(K, 3), exponent), identity('d')));
const instance: Instance = { K: 2, n: 1, d: 2, lambda: { W: '1/2', H: '1/3' } };
const point = new Map([['W', denseMatrix(2, 2, (i, j) => 1 + i + 2 * j)]]);
const residual = (exponent: number): number => {
  const { matrix } = numericInterpreter(instance, point);
  const { left, right } = statement(exponent);
  return frobenius(subtractDense(matrix(left), matrix(right)));
};

describe('one exponent', () => {
  it('changes text, LaTeX, residual and fingerprint', () => {
    expect(toText(statement(2))).toBe('(λ_W·W)ᵀ λ_W·W = (K/3)²·I_d');
    expect(toText(statement(3))).toBe('(λ_W·W)ᵀ λ_W·W = (K/3)³·I_d');
    expect(toLatex(statement(2))).not.toBe(toLatex(statement(3)));
    expect(toLatex(statement(3))).toContain('^{3}');
    expect(residual(2)).not.toBe(residual(3));
    expect(fingerprint(statement(2))).not.toBe(fingerprint(statement(3)));
  });

  it('changes the fingerprint of the theorem that uses it', () => {
    const [revision] = theorem31.revisions as [Revision];
    const [first, ...others] = revision.cases as [Case, ...Case[]];
    const changed: Revision = { ...revision, cases: [{ ...first, value: sub(first.value, pow(K, 0)) }, ...others] };
    expect(statementFingerprint(changed)).not.toBe(statementFingerprint(revision));
  });
});

describe('the fingerprint', () => {
  it('does not depend on the order in which properties are written', () => {
    expect(canonicalJson({ b: 1, a: [{ d: 2, c: 3 }] })).toBe(canonicalJson({ a: [{ c: 3, d: 2 }], b: 1 }));
  });

  it('is that of the claim, not of its proof', () => {
    const [revision] = theorem31.revisions as [Revision];
    const unproved = revision.cases.map(({ proof: _, ...rest }) => rest);
    expect(statementFingerprint({ ...revision, cases: unproved })).toBe(statementFingerprint(revision));
  });
});

describe('a declaration', () => {
  const [revision] = theorem31.revisions as [Revision];
  const declare = (change: object) => () => theorem({ ...theorem31, revisions: [{ ...revision, ...change }] });

  it.each([
    ['evidence', { evidence: [] }, /unknown field "evidence"/],
    ['a verdict', { verdict: 'proved' }, /unknown field "verdict"/],
    ['a hand-made problem', { problem: { ...revision.problem } }, /expected what ufm/],
    ['a hypothesis that is text', { hypotheses: ['K <= d'] }, /expected a proposition/],
    ['no cases', { cases: [] }, /cases/],
    ['two cases with one id', { cases: [revision.cases[0], revision.cases[0]] }, /two cases have one id/],
    [
      'a draw that is not a rational',
      { pinned: [{ K: 2, n: 1, d: 2, amplitudes: { s: '0.5' } }] },
      /positive rational/,
    ],
  ])('with %s is refused', (_, change, message) => {
    expect(declare(change)).toThrow(message);
  });

  it.each(['x\n✔ 9.9 proved', '\u001b[2K', 'a\u202eb', 'a\u200bb', 'a\rb', '\u009b1m'])(
    'with a title that is not one line of visible text (%j) is refused',
    (title) => {
      expect(() => theorem({ ...theorem31, title })).toThrow(/title: expected one line of text/);
    },
  );

  it('whose construction misses a block or has another shape is refused', () => {
    const [first, second] = revision.cases as [Case, Case];
    const change = (blocks: Case['minimizer']['blocks']) => ({
      cases: [{ ...first, minimizer: { ...first.minimizer, blocks } }, second],
    });
    const { W: w, H: h } = first.minimizer.blocks;
    if (w === undefined || h === undefined) throw new Error('Theorem 3.1 gives W and H');
    expect(declare(change({ W: w }))).toThrow(/must give the blocks W, H/);
    expect(declare(change({ W: h, H: h }))).toThrow(/W is K × d, its formula d × N/);
  });

  it('is frozen, so that nothing can change it after it was checked', () => {
    expect(Object.isFrozen(theorem31.revisions[0]?.cases[0]?.minimizer.blocks)).toBe(true);
  });

  it('cannot name a symbol so that it reads as something else', () => {
    expect(() => define('1 + c', sqrt(K))).toThrow(/cannot name a symbol/);
  });
});
