/** Which points have a form. */
import { describe, expect, it } from 'vitest';
import { hasForm } from '../../../src/exact/certificate/form.js';
import type { ClaimedForm } from '../../../src/exact/certificate/schema.js';
import { greatestBoundOverForm } from '../../../src/exact/certificate/write.js';
import { zeros } from '../../../src/exact/matrix.js';
import { compare, rational } from '../../../src/exact/rational.js';
import { leastValueAtZero } from '../../../src/exact/certificate/bound.js';
import { diagonal, matrixOf, ONE_LAYER, pointOf, problemOf, RELU, WITH_FREE_BIAS } from './builders.js';

const frame = (collapsed: boolean, of: 'H' | 'W1 H1' | 'sigma(W1 H1)' = 'H'): ClaimedForm => ({
  form: 'orthogonal-frame',
  of,
  collapsed,
});
const etf: ClaimedForm = { form: 'simplex-etf', of: 'H', collapsed: false };

describe('the form of a point', () => {
  const problem = problemOf(ONE_LAYER, 2, 2, 2, '1/10 1/10');
  const withH = (text: string): ReturnType<typeof pointOf> => ({
    ...pointOf(problem, { W: diagonal(2, '1') }),
    H: matrixOf(text),
  });

  it('asks for orthogonal class means, and for equal columns only where collapse is asked for', () => {
    for (const [H, means, columns] of [
      ['2 2 0 0; 0 0 2 2', true, true],
      ['1 3 0 0; 5 -5 2 2', true, false],
      ['2 2 0 0; 0 0 2 3', false, false],
      ['2 2 1 1; 0 0 2 2', false, false],
      ['0 0 0 0; 0 0 0 0', true, true],
      ['1 -1 0 0; 0 0 7 -7', true, false],
      ['3 3 4 4; -4 -4 3 3', true, true],
    ] as const) {
      expect(hasForm(frame(false), problem, withH(H)), H).toBe(means);
      expect(hasForm(frame(true), problem, withH(H)), H).toBe(columns);
    }
  });

  it('knows a simplex ETF, which for two classes is a pair of opposites', () => {
    expect(hasForm(etf, problem, withH('1 1 -1 -1; 2 2 -2 -2'))).toBe(true);
    expect(hasForm(etf, problem, withH('1 1 1 1; 2 2 2 2'))).toBe(false);
    expect(hasForm(etf, problem, withH('1 1 0 0; 0 0 1 1'))).toBe(false);
    expect(hasForm(etf, problemOf(ONE_LAYER, 1, 2, 2, '1 1'), { W: zeros(1, 2), H: matrixOf('1 -1; 0 0') })).toBe(true);
    expect(hasForm(etf, problemOf(ONE_LAYER, 1, 2, 2, '1 1'), { W: zeros(1, 2), H: matrixOf('1 1; 0 0') })).toBe(false);
  });

  it('is zero whatever the bias', () => {
    const biased = problemOf(WITH_FREE_BIAS, 2, 2, 2, '1/10 1/10');
    const zero = pointOf(biased, { b: matrixOf('1; 2') });
    expect(hasForm({ form: 'zero' }, biased, zero)).toBe(true);
    expect(hasForm({ form: 'zero' }, biased, { ...zero, W: diagonal(2, '1') })).toBe(false);
  });

  it('looks at activations or at pre-activations', () => {
    const deep = problemOf(RELU, 2, 1, 2, '1 1 1');
    const point = pointOf(deep, { W1: diagonal(2, '1'), H1: matrixOf('1 -3; -1/2 1') });
    expect(hasForm(frame(false, 'sigma(W1 H1)'), deep, point)).toBe(true);
    expect(hasForm(frame(false, 'W1 H1'), deep, point)).toBe(false);
  });
});

describe('a form that does not fit', () => {
  it('contains nothing but M = 0, and fits as soon as its rank does', () => {
    const strong = '1/400 1/400';
    for (const [form, K, d, fits] of [
      [frame(false), 3, 3, true],
      [frame(false), 3, 2, false],
      [etf, 4, 3, true],
      [etf, 4, 2, false],
    ] as const) {
      const problem = problemOf(ONE_LAYER, K, 1, d, strong);
      const bound = greatestBoundOverForm(form, problem, 40);
      const isBelowZero = compare(bound, leastValueAtZero(problem)) < 0;
      expect([form.form, K, d, isBelowZero]).toEqual([form.form, K, d, fits]);
      if (!fits) expect(bound).toEqual(rational(1, 2));
    }
  });
});
