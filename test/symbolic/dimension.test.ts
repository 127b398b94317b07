import { describe, expect, it } from 'vitest';
import { complement, frame, labels, mul, ones, parameter, t } from '../../src/symbolic/build.js';
import { canonicalDimension, differenceOfDimensions } from '../../src/symbolic/dimension.js';
import { toLatex, toText } from '../../src/symbolic/print.js';
import { dimensionSizes } from '../../src/theorem/evaluate-exact.js';

describe('dimensions', () => {
  it('have one spelling each', () => {
    expect(canonicalDimension('K-1-r')).toBe('K-r-1');
    expect(canonicalDimension('d-r')).toBe('d-r');
    expect(differenceOfDimensions('d', 'd-r')).toBe('r');
    expect(differenceOfDimensions('K-1', 'r')).toBe('K-r-1');
    expect(differenceOfDimensions('K', 'K')).toBe('0');
  });

  it.each(['m', 'd+r', '-r', 'd--r', '', '__proto__'])('refuse "%s"', (name) => {
    expect(() => canonicalDimension(name)).toThrow(/is not a dimension/);
  });

  it('have sizes at instances, never negative ones', () => {
    const size = dimensionSizes({ K: 3, n: 2, d: 5, lambda: {} }, 2);
    expect(['d-K', 'N-K', 'K-r-1', 'd', '1'].map(size)).toEqual([2, 3, 0, 5, 1]);
    expect(() => size('K-d')).toThrow(/negative/);
  });
});

describe('complements and parameters', () => {
  const V = frame('V', 'd', 'r');
  const Vc = complement('Vc', V, 'V⊥', 'V_{\\perp}');

  it('know their shapes', () => {
    expect([Vc.rows, Vc.cols]).toEqual(['d', 'd-r']);
    expect(complement('E', t(labels)).cols).toBe('N-K');
    expect(complement('C', ones('K')).cols).toBe('K-1');
    expect(complement('Vcc', Vc).cols).toBe('r');
  });

  it('refuse what is no set of columns with a name, and symmetry without a square', () => {
    expect(() => complement('X', mul(2, V))).toThrow(/must be the complement/);
    expect(() => complement('X', labels)).toThrow(/must be the complement/);
    expect(() => complement('X', ones('N'))).toThrow(/must be the complement/);
    expect(() => parameter('S', 'd', 'K', 'skew')).toThrow(/cannot be skew/);
  });

  it('print by name', () => {
    const direction = mul(Vc, parameter('S', 'd-r', 'r'), t(V));
    expect(toText(direction)).toBe('V⊥ S Vᵀ');
    expect(toLatex(direction)).toBe('V_{\\perp} S V^{\\top}');
  });
});
