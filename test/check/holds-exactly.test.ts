/** What exact arithmetic decides of a hypothesis on the minimizer, and what it leaves open. */
import { describe, expect, it } from 'vitest';
import { exactFamilyCheck } from '../../src/check/measured/exact-family.js';
import { type ExactMember, holdsExactly } from '../../src/check/measured/holds-exactly.js';
import { createSetting } from '../../src/check/setting.js';
import * as M from '../../src/exact/matrix.js';
import * as B from '../../src/symbolic/build.js';
import type { Proposition } from '../../src/symbolic/expression.js';
import type { Instance } from '../../src/theorem/instance.js';
import { theorem } from '../../src/theorem/define.js';
import { theorem42 } from '../../theorems/tirer-bruna-2022/theorem-4.2.js';
import { LONG } from '../effort.js';
import { examine } from './run.js';

const matrix = (...rows: string[][]): M.ExactMatrix => M.fromStrings(rows);
const [A, H, X] = [B.block('A', 'K', 'K'), B.block('H', 'd', 'N'), B.block('X', 'd', 'K')];

/** K = 3 classes of 2 samples; X is ½ of an orthogonal matrix, H has its columns twice, ‖A‖_* is irrational. */
const instance: Instance = { K: 3, n: 2, d: 3, lambda: { H: '1/3' } };
const half = matrix(['0', '0', '1/2'], ['1/2', '0', '0'], ['0', '1/2', '0']);
const member: ExactMember = {
  instance,
  blocks: new Map([
    ['A', matrix(['0', '-1', '1'], ['1', '0', '1'], ['1', '1', '0'])],
    ['X', half],
    ['H', M.map(M.zeros(3, 6), (_, row, col) => M.entry(half, row, Math.floor(col / 2)))],
  ]),
  frames: new Map([['Q', M.scale({ numerator: 2n, denominator: 1n }, half)]]),
};
const holds = (statement: Proposition): boolean | undefined => holdsExactly(member, statement);
const norm = B.nuclearNorm;

describe('a proposition at an exact point', () => {
  it.each([
    ['a matrix that is not zero', B.differs(H, B.zeros('d', 'N')), true],
    ['a matrix that equals itself', B.differs(X, X), false],
    ['equal matrices', B.equal(B.mul(X, B.labels), H), true],
    ['norms of Frobenius', B.leq(B.normSquared(X), B.div(3, 4)), true],
    ['a strict one that is a tie', B.lt(B.normSquared(X), B.div(3, 4)), false],
    ['a quotient of traces', B.eq(B.div(B.trace(B.gram(X)), B.normSquared(H)), B.div(1, 2)), true],
    ['sizes and λ', B.gt(B.mul(B.K, B.n), 5), true],
    ['nuclear norms over one √n', B.eq(norm(H), norm(B.mul(X, B.labels))), true],
    ['≤ between equal ones', B.leq(norm(B.relu(H)), norm(H)), true],
    ['a nuclear norm with a polar factor', B.eq(norm(X), B.div(3, 2)), true],
    ['an irrational nuclear norm beside a number', B.lt(norm(H), B.div(22, 10)), true],
    ['sums and multiples of nuclear norms', B.gt(B.add(norm(A), norm(X)), B.mul(2, norm(X))), true],
    ['σ that enlarges a nuclear norm', B.leq(norm(B.relu(A)), norm(A)), false],
    ['both of two', B.and(B.differs(H, B.zeros('d', 'N')), B.lt(norm(A), 3)), false],
    ['an irrational tie', B.eq(B.mul(2, norm(A)), B.add(norm(A), norm(B.t(A)))), undefined],
  ] as const)('%s', (_, statement, expected) => {
    expect(holds(statement)).toBe(expected);
  });
});

describe('the original Theorem 4.2 where it is true', () => {
  const [original, , relaxed] = theorem42.revisions;
  const cases = relaxed?.cases.map(({ chain: _chain, ...home }) => home);
  const two = theorem({
    ...theorem42,
    id: 'two-classes',
    revisions: [
      {
        ...original!,
        id: 'current',
        status: 'current',
        expected: 'upheld',
        hypotheses: [...(relaxed?.hypotheses ?? []), B.leq(B.K, 2), B.leq(B.n, 1)],
        cases: cases ?? [],
      },
    ],
  });

  it('has its whole family exactly, H₁ ≠ 0 included', () => {
    const there: Instance = { K: 2, n: 1, d: 2, lambda: { W2: '1/9', W1: '1/9', H1: '1/4' } };
    const [revision] = two.revisions;
    const found = exactFamilyCheck.measure(createSetting(revision!, there, 1), { rational: true });
    expect(found).toMatchObject({ outcome: 'pass', measured: 0, bound: 0 });
    expect(found.numbers?.map((x) => x.split(' ')[0])).toEqual(['orthogonal', 'path', 'pairs', 'simplex']);
  });

  if (LONG) {
    it('is upheld', async () => {
      const { judgement } = await examine(two);
      expect([judgement.verdict, judgement.missing]).toEqual(['upheld', []]);
    }, 120_000);
  }
});
