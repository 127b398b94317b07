/** The simplest fraction of an interval, against a search through all denominators. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, format, rational, type Rational } from '../../src/exact/rational.js';
import { simplestBetween } from '../../src/exact/simplest.js';

const fraction = fc
  .tuple(fc.integer({ min: -300, max: 300 }), fc.integer({ min: 1, max: 60 }))
  .map(([p, q]) => rational(p, q));

/** The least denominator of a fraction in the interval. */
const leastDenominator = (lower: Rational, upper: Rational): number => {
  for (let q = 1; ; q++) {
    const first = -((-lower.numerator * BigInt(q)) / lower.denominator);
    for (const p of [first - 1n, first, first + 1n]) {
      const x = rational(p, BigInt(q));
      if (compare(lower, x) <= 0 && compare(x, upper) <= 0) return q;
    }
  }
};

describe('simplestBetween', () => {
  it('lies in the interval and has the least denominator', () => {
    fc.assert(
      fc.property(fraction, fraction, (x, y) => {
        const [lower, upper] = compare(x, y) <= 0 ? [x, y] : [y, x];
        const found = simplestBetween(lower, upper);
        expect(compare(lower, found)).toBeLessThanOrEqual(0);
        expect(compare(found, upper)).toBeLessThanOrEqual(0);
        expect(Number(found.denominator)).toBe(leastDenominator(lower, upper));
      }),
    );
  });

  it('is a fraction of few digits where there is room', () => {
    expect(format(simplestBetween(rational(333, 1000), rational(334, 1000)))).toBe('1/3');
    expect(format(simplestBetween(rational(-1, 5), rational(1, 7)))).toBe('0');
    expect(format(simplestBetween(rational(-22, 7), rational(-3)))).toBe('-3');
  });
});
