/** Nuclear norms, inverses, minima and positive parts: printed, evaluated, and refused where they have no words. */
import { describe, expect, it } from 'vitest';
import * as M from '../../src/exact/matrix.js';
import * as Q from '../../src/exact/rational.js';
import * as B from '../../src/symbolic/build.js';
import { toLatex, toText } from '../../src/symbolic/print.js';
import { NotAWordError, alphabetOf, wordContext } from '../../src/symbolic/words-of.js';
import { IrrationalError, exactInterpreter } from '../../src/theorem/evaluate-exact.js';
import { numericInterpreter } from '../../src/theorem/evaluate-numeric.js';
import { holdsAt, scalarAt } from '../../src/theorem/instance.js';
import { H, W } from './arbitrary.js';

const { K, d, inverse, minimum, mul, nuclearNorm, positivePart, sub, t } = B;
const instance = { K: 2, n: 1, d: 2, lambda: {} };
const blocks = { W: M.fromStrings([['1', '2'], ['3', '4']]), H: M.fromStrings([['1', '0'], ['0', '0']]) };
const exact = exactInterpreter(instance, new Map(Object.entries(blocks)));
const numeric = numericInterpreter(
  instance,
  new Map(Object.entries(blocks).map(([name, x]) => [name, { ...x, data: Float64Array.from(x.entries, Q.toNumber) }])),
);

const square = mul(W, t(W));
const singular = mul(H, t(H));

describe('functions of matrices', () => {
  it.each([
    [nuclearNorm(mul(W, H)), '‖W H‖_*', '\\left\\|W H\\right\\|_{*}'],
    [minimum(sub(K, 1), '1/2'), 'min(K − 1, 1/2)', '\\min\\left(K - 1, \\frac{1}{2}\\right)'],
    [mul(2, positivePart(sub(1, K))), '2·max(1 − K, 0)', '2\\,\\max\\left(1 - K, 0\\right)'],
    [inverse(square), '(W Wᵀ)⁻¹', '\\left(W W^{\\top}\\right)^{-1}'],
  ])('print', (node, text, latex) => {
    expect([toText(node), toLatex(node)]).toEqual([text, latex]);
  });

  it('have exact values, or say that they have none', () => {
    expect(M.toStrings(exact.matrix(inverse(square)))).toEqual([['25/4', '-11/4'], ['-11/4', '5/4']]);
    expect(M.isZero(exact.matrix(sub(mul(square, inverse(square)), B.identity('K'))))).toBe(true);
    expect(Q.format(exact.scalar(minimum(K, positivePart(sub(1, d)))))).toBe('0');
    expect(() => exact.scalar(nuclearNorm(W))).toThrow(IrrationalError);
    expect(() => exact.matrix(inverse(singular))).toThrow(/singular/);
  });

  it('have values in floating point', () => {
    // ‖W‖_*² = ‖W‖² + 2|det W| for a 2 × 2 matrix.
    expect(numeric.scalar(nuclearNorm(W))).toBeCloseTo(Math.sqrt(34), 12);
    expect(numeric.scalar(minimum(B.normSquared(H), positivePart(sub(1, K))))).toBe(0);
    expect(numeric.matrix(inverse(square)).data[0]).toBeCloseTo(25 / 4, 12);
    expect(() => numeric.matrix(inverse(singular))).toThrow(/singular/);
  });

  it('of the instance alone stay exact, in conditions too', () => {
    expect(scalarAt(minimum(K, '1/3'), instance)).toBe(1 / 3);
    expect(holdsAt(B.eq(positivePart(sub(K, 3)), 0), instance)).toBe(true);
    expect(holdsAt(B.lt(minimum(K, d), 2), instance)).toBe(false);
  });

  it('have no words', () => {
    const { scalar, matrix } = wordContext({ alphabet: alphabetOf({ blocks: [W, H] }) });
    for (const node of [nuclearNorm(W), minimum(K, 1), positivePart(K)]) {
      expect(() => scalar(node)).toThrow(NotAWordError);
    }
    expect(() => matrix(inverse(square))).toThrow(NotAWordError);
  });

  it('are refused where they make no sense', () => {
    expect(() => inverse(W)).toThrow(/K × d matrix has no inverse/);
  });
});
