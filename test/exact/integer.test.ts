import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactError } from '../../src/exact/error.js';
import {
  bitLength,
  greatestCommonDivisor,
  integerSquareRoot,
  leastCommonMultiple,
} from '../../src/exact/integer.js';

const integer = fc.oneof(
  fc.bigInt({ min: -100n, max: 100n }),
  fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }),
  fc.bigInt({ min: -(2n ** 400n), max: 2n ** 400n }),
);
const positive = integer.map((value) => (value < 0n ? -value : value) + 1n);

describe('greatest common divisor', () => {
  it('agrees with hand-computed values, signs and zeros included', () => {
    expect(greatestCommonDivisor(0n, 0n)).toBe(0n);
    expect(greatestCommonDivisor(0n, -7n)).toBe(7n);
    expect(greatestCommonDivisor(-12n, 18n)).toBe(6n);
    expect(greatestCommonDivisor(2n ** 200n * 15n, 2n ** 100n * 21n)).toBe(2n ** 100n * 3n);
    expect(greatestCommonDivisor(0n, 2n ** 1074n)).toBe(2n ** 1074n);
    expect(greatestCommonDivisor(2n ** 53n, 2n ** 53n - 1n)).toBe(1n);
  });

  it('divides both and leaves coprime cofactors; scales with a common factor', () => {
    fc.assert(
      fc.property(integer, positive, positive, (left, right, factor) => {
        const common = greatestCommonDivisor(left, right);
        expect(left % common).toBe(0n);
        expect(right % common).toBe(0n);
        expect(greatestCommonDivisor(left / common, right / common)).toBe(1n);
        expect(greatestCommonDivisor(left * factor, right * factor)).toBe(common * factor);
      }),
    );
  });

  it('times the least common multiple is the product', () => {
    fc.assert(
      fc.property(positive, positive, (left, right) => {
        expect(leastCommonMultiple(left, right) * greatestCommonDivisor(left, right)).toBe(left * right);
      }),
    );
  });
});

describe('bit length', () => {
  it('counts around every power of two', () => {
    expect(bitLength(0n)).toBe(0);
    for (let bits = 1; bits <= 70; bits += 1) {
      expect(bitLength(2n ** BigInt(bits) - 1n)).toBe(bits);
      expect(bitLength(-(2n ** BigInt(bits - 1)))).toBe(bits);
    }
  });
});

describe('integer square root', () => {
  it('is the floor of the root', () => {
    for (let value = 0n; value <= 200n; value += 1n) {
      const root = integerSquareRoot(value);
      expect(root * root <= value && value < (root + 1n) * (root + 1n)).toBe(true);
    }
    fc.assert(
      fc.property(positive, (value) => {
        const root = integerSquareRoot(value);
        expect(root * root <= value && value < (root + 1n) * (root + 1n)).toBe(true);
        expect(integerSquareRoot(value * value)).toBe(value);
        expect(integerSquareRoot(value * value - 1n)).toBe(value - 1n);
      }),
    );
  });

  it('refuses negative numbers', () => {
    expect(() => integerSquareRoot(-1n)).toThrow(ExactError);
  });
});
