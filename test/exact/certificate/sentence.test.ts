/** Numbers in the sentences about certificates: cut off, never rounded, and small ones with their power of ten. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, show } from '../../../src/exact/certificate/sentence.js';
import { compare, parseRational, rational, toNumber } from '../../../src/exact/rational.js';
import { about } from '../../../src/search/report/formulas.js';

describe('a rational number in words', () => {
  it.each([
    ['58051452743/5730788448000000', '1.0129749…e-5'],
    ['-58051452743/5730788448000000', '-1.0129749…e-5'],
    ['1/1000', '0.001'],
    ['1/10000', '1e-4'],
    ['99999/1000000000', '9.9999e-5'],
    ['1/1000000000000000000000', '1e-21'],
    ['1363/793800', '0.0017170571…'],
    ['1737500/147', '11819.727…'],
    ['0', '0'],
  ])('%s is %s', (value, text) => {
    expect(decimal(parseRational(value), 8)).toBe(text);
  });

  it('is exact where that is short, and has a power of ten where it is large', () => {
    expect(show(parseRational('16801/24310125'))).toBe('6.9111121…e-4');
    expect(show(parseRational('1/100000000'))).toBe('1/100000000');
    expect(show(parseRational('123456789012345678901/2'))).toBe('6.1728394…e19');
  });

  it('has its power of ten in LaTeX as well', () => {
    expect(about(parseRational('9719389/342626291000'))).toBe(
      '\\frac{9719389}{342626291000} = 2.83673\\ldots \\cdot 10^{-5}',
    );
  });

  it('is at most the number, and off by less than one unit of its last digit', () => {
    const positive = fc.bigInt({ min: 1n, max: 10n ** 24n });
    fc.assert(
      fc.property(positive, positive, (over, under) => {
        const value = rational(over, under);
        const text = decimal(value, 8).replace('…', '');
        expect(Math.abs(Number(text) / toNumber(value) - 1)).toBeLessThan(1e-7);
        if (compare(value, rational(1, 1000)) < 0) expect(text).toMatch(/^[1-9](\.\d+)?e-\d+$/);
      }),
    );
  });
});
