/** Where cases meet, instances lie on both sides: found from the cases alone. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_RANGES } from '../../src/cli/defaults.js';
import { parseLambdaRange } from '../../src/cli/ranges.js';
import { type Rational, format, multiply, parseRational, rational } from '../../src/exact/rational.js';
import { caseAt } from '../../src/theorem/cases.js';
import { scalarAt } from '../../src/theorem/instance.js';
import { besideThresholds, onThresholds } from '../../src/theorem/thresholds.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';

const [revision] = theorem31.revisions;
if (revision === undefined) throw new Error('Theorem 3.1 has no revision');
const [{ when }] = revision.cases as unknown as [{ readonly when: { readonly left: never } }];

describe('instances beside a threshold', () => {
  const found = besideThresholds(revision, DEFAULT_RANGES, 5, 1);

  it('come in pairs, one in each case, both close to it', () => {
    expect(found).toHaveLength(10);
    for (let k = 0; k < found.length; k += 2) {
      const [left, right] = [found[k]!, found[k + 1]!];
      expect(caseAt(revision, left)).not.toBe(caseAt(revision, right));
      expect([left.K, left.n, left.d]).toEqual([right.K, right.n, right.d]);
      // c is of degree one in (λ_W, λ_H) together, and each is off by two parts in a hundred at most.
      for (const x of [left, right]) expect(Math.abs(scalarAt(when.left, x) - 1)).toBeLessThan(0.025);
    }
  });

  it('are the same for the same seed, and others for another', () => {
    expect(besideThresholds(revision, DEFAULT_RANGES, 5, 1)).toEqual(found);
    expect(besideThresholds(revision, DEFAULT_RANGES, 5, 2)).not.toEqual(found);
  });

  it('stay in the ranges of the user, which may hold one side only', () => {
    const at = (text: string) => ({ ...DEFAULT_RANGES, lambda: { W: parseLambdaRange('lambda-w', text) } });
    for (const x of besideThresholds(revision, at('1/3'), 3, 1)) expect(x.lambda['W']).toBe('1/3');
    expect(besideThresholds(revision, at('1000000'), 3, 1)).toEqual([]);
  });

  it('lie on it too, where one λ can be chosen so', () => {
    const exact = onThresholds(revision, DEFAULT_RANGES, 5, 1);
    expect(exact.length).toBeGreaterThan(2);
    // c² = K²nλ_Wλ_H is 1 exactly.
    for (const { K, n, lambda } of exact) {
      const [W, H] = ['W', 'H'].map((block) => parseRational(lambda[block] ?? '')) as [Rational, Rational];
      expect(format(multiply(rational(BigInt(K * K * n)), multiply(W, H)))).toBe('1');
    }
  });
});
