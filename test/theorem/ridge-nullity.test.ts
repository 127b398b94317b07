/** How singular the claimed Hessian is in each part of Theorem 3.2 with ridge bias: the folds are predicted too. */
import { describe, expect, it } from 'vitest';
import { symmetricEigen } from '../../src/numeric/dense.js';
import { caseAt } from '../../src/theorem/cases.js';
import { numericInterpreter } from '../../src/theorem/evaluate-numeric.js';
import type { Instance } from '../../src/theorem/instance.js';
import { theorem32Ridge } from '../../theorems/tirer-bruna-2022/theorem-3.2-ridge.js';

const [revision] = theorem32Ridge.revisions;

/** The smallest eigenvalue and the number of those within rounding of zero, both from the formulas alone. */
const claimed = (instance: Instance): { readonly lowest: number; readonly nullity: number } => {
  const { scalar } = numericInterpreter(instance, new Map());
  const blocks = (caseAt(revision, instance).spectrum ?? []).map(({ matrix, multiplicity }) => {
    const count = scalar(multiplicity);
    if (count === 0) return { values: [], count };
    const values = symmetricEigen(matrix.length, Float64Array.from(matrix.flat(), (x) => scalar(x))).values;
    return { values: [...values], count };
  });
  const lowest = Math.min(...blocks.flatMap((x) => x.values));
  const zeros = blocks.map(({ values, count }) => count * values.filter((x) => Math.abs(x) < 1e-13).length);
  return { lowest, nullity: zeros.reduce((x, y) => x + y, 0) };
};

/** s = 1/2 in λ_W = c/(Ks) and λ_H = sc/(Kn), n = 2. */
const at = (K: number, d: number, [p, q]: readonly [number, number], lambdaB: string): Instance => ({
  K, n: 2, d, lambda: { W: `${2 * p}/${q * K}`, H: `${p}/${4 * q * K}`, b: lambdaB },
});
/** dim {R ∈ ℝ^{d×r}: RᵀR = I}. */
const frames = (r: number, d: number): number => d * r - (r * (r + 1)) / 2;

describe.each([[1, 1], [1, 3], [2, 2], [3, 3], [3, 5], [4, 6]])('K = %i, d = %i', (K, d) => {
  it.each([
    ['c = 1/3 < β', [1, 3], '1', frames(K, d)],
    ['c = β', [1, 2], '1', frames(K, d) + 1],
    ['β < c < 1', [2, 3], '1', frames(K - 1, d)],
    ['c = 1', [1, 1], '1', (K - 1) * d],
    ['c > 1', [3, 2], '1', 0],
    ['c = 1/3 < β, another λ_b', [1, 3], '7/3', frames(K, d)],
  ] as const)('%s', (_, c, lambdaB, nullity) => {
    const found = claimed(at(K, d, c, lambdaB));
    expect(found.nullity).toBe(nullity);
    expect(found.lowest).toBeGreaterThan(-1e-13);
  });
});
