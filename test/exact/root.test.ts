import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactError } from '../../src/exact/error.js';
import {
  ONE,
  ZERO,
  absolute,
  compare,
  multiply,
  parseRational,
  power,
  rational,
  subtract,
  toNumber,
} from '../../src/exact/rational.js';
import { exactSquareRoot, squareRootEnclosure } from '../../src/exact/root.js';
import { anyRational, nonZeroRational } from './arbitrary.js';

describe('exact square roots', () => {
  it('finds the root of every square, and of nothing else', () => {
    fc.assert(
      fc.property(nonZeroRational, (x) => {
        const square = multiply(x, x);
        expect(exactSquareRoot(square)).toEqual(absolute(x));
        expect(exactSquareRoot(multiply(square, rational(2)))).toBeUndefined();
        expect(exactSquareRoot(multiply(square, rational(1, 3)))).toBeUndefined();
        expect(exactSquareRoot(multiply(square, rational(-1)))).toBeUndefined();
      }),
    );
    expect(exactSquareRoot(ZERO)).toEqual(ZERO);
    expect(exactSquareRoot(rational(8, 18))).toEqual(rational(2, 3));
  });
});

describe('square root enclosures', () => {
  it('keep their guarantee: around the root, narrow absolutely and relative to it', () => {
    fc.assert(
      fc.property(anyRational.map(absolute), fc.nat(200), fc.integer({ min: -300, max: 300 }), (value, bits, scale) => {
        const x = multiply(value, power(rational(2), scale));
        const { lower, upper } = squareRootEnclosure(x, bits);
        expect(compare(multiply(lower, lower), x)).not.toBe(1);
        expect(compare(multiply(upper, upper), x)).not.toBe(-1);
        expect(compare(lower, ZERO)).toBe(compare(x, ZERO));
        const width = subtract(upper, lower);
        const unit = power(rational(1, 2), bits);
        expect(compare(width, unit)).not.toBe(1);
        expect(compare(multiply(width, width), multiply(multiply(unit, unit), x))).not.toBe(1);
      }),
      { numRuns: 500 },
    );
  });

  it('are points at perfect squares and contain the double root elsewhere', () => {
    expect(squareRootEnclosure(rational(9, 4), 3)).toEqual({ lower: rational(3, 2), upper: rational(3, 2) });
    expect(squareRootEnclosure(ZERO, 0)).toEqual({ lower: ZERO, upper: ZERO });
    const { lower, upper } = squareRootEnclosure(rational(2), 80);
    expect(toNumber(lower)).toBe(Math.SQRT2);
    expect(toNumber(upper)).toBe(Math.SQRT2);
    expect(compare(lower, upper)).toBe(-1);
    const tiny = squareRootEnclosure(parseRational('2e-400'), 10);
    expect(compare(tiny.lower, parseRational('1.4e-200'))).toBe(1);
    expect(compare(tiny.upper, parseRational('1.42e-200'))).toBe(-1);
  });

  it('refuse negative numbers and senseless precisions', () => {
    expect(() => squareRootEnclosure(rational(-1, 9), 10)).toThrow(ExactError);
    expect(() => squareRootEnclosure(ONE, -1)).toThrow(ExactError);
    expect(() => squareRootEnclosure(ONE, 1.5)).toThrow(ExactError);
  });
});
