/** That cases partition the parameters is decided, not sampled. */
import { describe, expect, it } from 'vitest';
import { K, add, and, d, div, eq, geq, gt, leq, lt, mul, n, neq, pow, sqrt, sub } from '../../src/symbolic/build.js';
import type { Proposition, Scalar } from '../../src/symbolic/expression.js';
import { ufm } from '../../src/symbolic/objective.js';
import { examinePartition } from '../../src/symbolic/partition.js';
import type { Revision, Theorem } from '../../src/theorem/contract.js';
import { examineCases } from '../../src/check/claim/cases.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import { theorem32 } from '../../theorems/tirer-bruna-2022/theorem-3.2.js';
import { theorem32Ridge } from '../../theorems/tirer-bruna-2022/theorem-3.2-ridge.js';
import { theorem41 } from '../../theorems/tirer-bruna-2022/theorem-4.1.js';
import { theorem42 } from '../../theorems/tirer-bruna-2022/theorem-4.2.js';

const { blocks, lambda } = ufm({ layers: 1, activation: 'linear', bias: 'ridge' });
const { W, H, b } = lambda as Record<'W' | 'H' | 'b', Scalar>;
const c = mul(K, sqrt(mul(n, W, H)));
const cSquared = mul(pow(K, 2), n, W, H);
const beta = div(b, add(1, b));

const examine = (cases: readonly Proposition[], hypotheses: readonly Proposition[] = []) =>
  examinePartition({
    blocks,
    hypotheses,
    cases: cases.map((when, k) => ({ id: `case${k + 1}`, when })),
    parameters: new Map(),
  });

describe('cases', () => {
  it.each<[string, readonly Proposition[], (readonly Proposition[])?]>([
    ['on both sides of a mark', [leq(c, 1), gt(c, 1)]],
    ['with the mark a case of its own', [lt(c, 1), eq(c, 1), gt(c, 1)]],
    ['of three pieces', [leq(c, 1), and(gt(c, 1), leq(c, 2)), lt(2, c)]],
    ['written with multiples', [leq(mul(2, c), 2), lt(add(c, 1), mul(2, c))]],
    ['written with powers', [leq(c, 1), gt(cSquared, 1)]],
    ['written with a quotient', [leq(W, div(1, mul(pow(K, 2), n, H))), gt(c, 1)]],
    ['in marks of different powers', [leq(c, 2), and(gt(cSquared, 4), leq(pow(c, 3), 27)), gt(c, 3)]],
    ['without the mark where a hypothesis leaves it out', [lt(c, 1), gt(c, 1)], [neq(cSquared, 1)]],
    ['of one side under a hypothesis', [leq(c, 1)], [leq(c, '1/2')]],
    ['of everything', [gt(c, 0)]],
    ['of sizes', [eq(K, 1), geq(K, 2)]],
    ['of sizes that differ by one', [geq(d, K), leq(d, sub(K, 1))]],
    ['of two scalars, one below the other', [leq(c, beta), and(gt(c, beta), leq(beta, 1))]],
    ['of all combinations', [and(leq(c, 1), leq(b, 2)), and(leq(c, 1), gt(b, 2)), gt(c, 1)]],
  ])('%s are a partition', (_, cases, hypotheses) => {
    expect(examine(cases, hypotheses).open).toEqual([]);
  });

  it.each<[string, readonly Proposition[], readonly RegExp[], (readonly Proposition[])?]>([
    ['a gap', [leq(c, 1), gt(c, 2)], [/^no case holds where .* > 1, .* < 2$/, /^no case holds where .* = 2$/]],
    ['a gap of one point', [lt(c, 1), gt(c, 1)], [/^no case holds where .* = 1$/]],
    ['an overlap of one point', [leq(c, 1), geq(c, 1)], [/^the cases case1 and case2 hold where .* = 1$/]],
    ['a gap beyond', [leq(c, 1)], [/^no case holds where .* > 1$/]],
    ['a narrow gap', [leq(c, '999999999/1000000000'), geq(cSquared, 1)], [/no case holds/]],
    ['a gap in a corner', [leq(c, 1), and(gt(c, 1), leq(b, 2))], [/^no case holds where .*/]],
    ['a gap in sizes', [eq(K, 1), geq(K, 3)], [/no case holds/]],
    ['a hypothesis that leaves out another mark', [lt(c, 1), gt(c, 1)], [/no case holds/], [neq(c, 2)]],
    ['an irrational gap', [lt(c, add(1, sqrt(2))), gt(c, add(1, sqrt(2)))], [/no case holds/]],
  ])('with %s are none', (_, cases, expected, hypotheses) => {
    const { open } = examine(cases, hypotheses);
    expect(open).toHaveLength(expected.length);
    expected.forEach((pattern, k) => expect(open[k]).toMatch(pattern));
  });

  it.each<[Theorem, readonly string[]]>([
    [theorem31, ['frame zero']],
    [theorem32, ['etf zero']],
    [theorem32Ridge, ['etf frame', 'etf zero']],
    [theorem41, ['frame zero']],
    [theorem42, ['frame zero']],
  ])('of the shipped theorems partition their parameters', (theorem, boundaries) => {
    for (const revision of theorem.revisions as readonly Revision[]) {
      const findings = examineCases(revision);
      expect(findings).toMatchObject({ open: [] });
      expect(findings.boundaries.map((x) => x.cases.join(' ')).sort()).toEqual(boundaries);
    }
  });
});
