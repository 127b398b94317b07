import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactError } from '../../src/exact/error.js';
import { greatestCommonDivisor } from '../../src/exact/integer.js';
import {
  ONE,
  ZERO,
  absolute,
  add,
  compare,
  divide,
  equals,
  format,
  fromNumber,
  inverse,
  isInteger,
  isZero,
  maximum,
  minimum,
  multiply,
  negate,
  parseRational,
  power,
  rational,
  sign,
  subtract,
  toNumber,
} from '../../src/exact/rational.js';
import type { Rational } from '../../src/exact/rational.js';
import { anyFiniteDouble, anyRational, nonZeroRational } from './arbitrary.js';

function expectNormal(value: Rational): void {
  expect(value.denominator > 0n).toBe(true);
  expect(greatestCommonDivisor(value.numerator, value.denominator)).toBe(1n);
}

describe('construction', () => {
  it('reduces and moves the sign to the numerator', () => {
    expect(rational(6, -4)).toEqual({ numerator: -3n, denominator: 2n });
    expect(rational(-6n, -4n)).toEqual({ numerator: 3n, denominator: 2n });
    expect(rational(0, -5)).toEqual(ZERO);
    expect(rational(7)).toEqual({ numerator: 7n, denominator: 1n });
    expect(rational(7, -1)).toEqual({ numerator: -7n, denominator: 1n });
  });

  it('refuses unsafe numbers with a RangeError and a zero denominator with an ExactError', () => {
    expect(() => rational(0.5)).toThrow(RangeError);
    expect(() => rational(1, 2 ** 53)).toThrow(RangeError);
    expect(() => rational(NaN)).toThrow(RangeError);
    expect(() => rational(1, 0)).toThrow(ExactError);
    expect(() => rational(0, 0)).toThrow(ExactError);
  });
});

describe('field laws', () => {
  it('every result is in lowest terms with a positive denominator', () => {
    fc.assert(
      fc.property(anyRational, nonZeroRational, fc.integer({ min: -5, max: 5 }), (left, right, exponent) => {
        const results = [
          left,
          add(left, right),
          subtract(left, right),
          multiply(left, right),
          divide(left, right),
          negate(left),
          inverse(right),
          absolute(left),
          power(right, exponent),
        ];
        results.forEach(expectNormal);
      }),
    );
  });

  it('agrees with cross-multiplied definitions', () => {
    fc.assert(
      fc.property(anyRational, nonZeroRational, (left, right) => {
        const [a, b, c, d] = [left.numerator, left.denominator, right.numerator, right.denominator];
        expect(add(left, right)).toEqual(rational(a * d + c * b, b * d));
        expect(subtract(left, right)).toEqual(rational(a * d - c * b, b * d));
        expect(multiply(left, right)).toEqual(rational(a * c, b * d));
        expect(divide(left, right)).toEqual(rational(a * d, b * c));
      }),
    );
  });

  it('associative, commutative, distributive, with inverses', () => {
    fc.assert(
      fc.property(anyRational, anyRational, nonZeroRational, (x, y, z) => {
        expect(add(x, y)).toEqual(add(y, x));
        expect(add(add(x, y), z)).toEqual(add(x, add(y, z)));
        expect(multiply(x, y)).toEqual(multiply(y, x));
        expect(multiply(multiply(x, y), z)).toEqual(multiply(x, multiply(y, z)));
        expect(multiply(x, add(y, z))).toEqual(add(multiply(x, y), multiply(x, z)));
        expect(add(x, ZERO)).toEqual(x);
        expect(multiply(x, ONE)).toEqual(x);
        expect(multiply(x, ZERO)).toEqual(ZERO);
        expect(add(x, negate(x))).toEqual(ZERO);
        expect(multiply(z, inverse(z))).toEqual(ONE);
        expect(multiply(divide(x, z), z)).toEqual(x);
      }),
    );
  });

  it('powers multiply out and divide out', () => {
    fc.assert(
      fc.property(nonZeroRational, fc.integer({ min: -6, max: 6 }), fc.integer({ min: -6, max: 6 }), (x, j, k) => {
        expect(multiply(power(x, j), power(x, k))).toEqual(power(x, j + k));
        expect(power(x, -k)).toEqual(inverse(power(x, k)));
      }),
    );
    expect(power(rational(-2, 3), -3)).toEqual(rational(-27, 8));
    expect(power(ZERO, 0)).toEqual(ONE);
    expect(() => power(ZERO, -1)).toThrow(ExactError);
    expect(() => power(ONE, 0.5)).toThrow(ExactError);
  });

  it('refuses to divide by zero', () => {
    expect(() => divide(ONE, ZERO)).toThrow(ExactError);
    expect(() => inverse(ZERO)).toThrow(ExactError);
  });
});

describe('order', () => {
  it('is total, and compatible with sums, negation and positive factors', () => {
    fc.assert(
      fc.property(anyRational, anyRational, nonZeroRational, (x, y, z) => {
        const order = compare(x, y);
        expect(order).toBe(sign(subtract(x, y)));
        expect(compare(y, x)).toBe(order === 0 ? 0 : -order);
        expect(order === 0).toBe(equals(x, y));
        expect(compare(add(x, z), add(y, z))).toBe(order);
        expect(compare(multiply(x, absolute(z)), multiply(y, absolute(z)))).toBe(order);
        expect(compare(negate(y), negate(x))).toBe(order);
        if (order <= 0 && compare(y, z) <= 0) expect(compare(x, z)).not.toBe(1);
        expect([minimum(x, y), maximum(x, y)]).toEqual(order <= 0 ? [x, y] : [y, x]);
      }),
    );
  });

  it('tells close neighbours apart where doubles do not', () => {
    const third = rational(1, 3);
    const above = add(third, rational(1n, 10n ** 60n));
    expect(toNumber(third)).toBe(toNumber(above));
    expect(compare(third, above)).toBe(-1);
    expect(equals(third, above)).toBe(false);
  });

  it('signs and integers', () => {
    expect([rational(-1, 2), ZERO, rational(1, 2)].map(sign)).toEqual([-1, 0, 1]);
    expect([rational(4, 2), rational(1, 2)].map(isInteger)).toEqual([true, false]);
    expect([ZERO, ONE].map(isZero)).toEqual([true, false]);
  });
});

describe('doubles', () => {
  it('every finite double survives the way out and back', () => {
    fc.assert(
      fc.property(anyFiniteDouble, (double) => {
        expectNormal(fromNumber(double));
        expect(toNumber(fromNumber(double))).toBe(double === 0 ? 0 : double);
      }),
      { numRuns: 1000 },
    );
    for (const double of [5e-324, -5e-324, 2 ** -1022, 2 ** -1022 - 2 ** -1074, Number.MAX_VALUE, 0.1, -1 / 3]) {
      expect(toNumber(fromNumber(double))).toBe(double);
    }
  });

  it('doubles have the value that IEEE 754 gives them', () => {
    expect(fromNumber(0.1)).toEqual(rational(3602879701896397n, 2n ** 55n));
    expect(fromNumber(-0)).toEqual(ZERO);
    expect(fromNumber(5e-324)).toEqual(rational(1n, 2n ** 1074n));
    expect(fromNumber(-1e300)).toEqual(rational(BigInt(-1e300)));
    expect(() => fromNumber(NaN)).toThrow(ExactError);
    expect(() => fromNumber(-Infinity)).toThrow(ExactError);
  });

  it('quotients of safe integers round as the hardware divides', () => {
    const safe = fc.maxSafeInteger();
    fc.assert(
      fc.property(safe, safe.filter((value) => value !== 0), (p, q) => {
        expect(toNumber(rational(p, q))).toBe(p === 0 ? 0 : p / q);
      }),
      { numRuns: 1000 },
    );
  });

  it('integers and decimal text round as the language reads them', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 1030n), max: 2n ** 1030n }), (p) => {
        expect(toNumber(rational(p))).toBe(Number(p));
      }),
    );
    const decimal = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 25n }), fc.integer({ min: -360, max: 300 }));
    fc.assert(
      fc.property(decimal, ([digits, exponent]) => {
        const text = `${digits}e${exponent}`;
        expect(toNumber(parseRational(text))).toBe(Number(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('halfway cases go to the even neighbour, at every scale, and the least excess decides', () => {
    const significand = fc.bigInt({ min: 2n ** 52n, max: 2n ** 53n - 1n });
    const spacing = fc.integer({ min: -1074, max: 970 });
    fc.assert(
      fc.property(significand, spacing, fc.boolean(), (bits, exponent, negative) => {
        const unit = multiply(power(rational(2), exponent), rational(negative ? -1 : 1));
        const lower = multiply(rational(bits), unit);
        const upper = multiply(rational(bits + 1n), unit);
        const even = bits % 2n === 0n ? lower : upper;
        const middle = divide(add(lower, upper), rational(2));
        const nudge = multiply(unit, rational(1n, 10n ** 40n));
        expect(toNumber(middle)).toBe(toNumber(even));
        expect(toNumber(subtract(middle, nudge))).toBe(toNumber(lower));
        expect(toNumber(add(middle, nudge))).toBe(toNumber(upper));
        expect(toNumber(lower)).not.toBe(toNumber(upper));
      }),
    );
  });

  it('rounds subnormals once, and overflows and underflows where IEEE 754 does', () => {
    const least = power(rational(2), -1074);
    const half = rational(1, 2);
    const hair = rational(1n, 10n ** 30n);
    expect(toNumber(multiply(least, half))).toBe(0);
    expect(toNumber(multiply(least, add(half, hair)))).toBe(5e-324);
    expect(toNumber(multiply(least, subtract(rational(3, 2), hair)))).toBe(5e-324);
    expect(toNumber(multiply(least, rational(3, 2)))).toBe(1e-323);
    expect(toNumber(multiply(least, rational(5, 2)))).toBe(1e-323);
    expect(toNumber(multiply(least, rational(-7, 2)))).toBe(-2e-323);
    // A first rounding to 53 bits would turn this into a tie and then into the wrong neighbour.
    expect(toNumber(multiply(least, add(rational(1, 2), power(rational(2), -60))))).toBe(5e-324);
    expect(toNumber(power(rational(1, 10), 4000))).toBe(0);

    const overflow = rational(2n ** 1024n - 2n ** 970n);
    expect(toNumber(overflow)).toBe(Infinity);
    expect(toNumber(negate(overflow))).toBe(-Infinity);
    expect(toNumber(subtract(overflow, hair))).toBe(Number.MAX_VALUE);
    expect(toNumber(power(rational(10), 4000))).toBe(Infinity);
    expect(toNumber(divide(power(rational(10), 4000), add(power(rational(10), 4000), ONE)))).toBe(1);
  });
});

describe('text', () => {
  it('format and parse are inverse', () => {
    fc.assert(
      fc.property(anyRational, (x) => {
        expect(parseRational(format(x))).toEqual(x);
      }),
    );
    expect(format(rational(-6, 4))).toBe('-3/2');
    expect(format(rational(6, 3))).toBe('2');
    expect(format(ZERO)).toBe('0');
  });

  it.each([
    ['7', 7n, 1n],
    ['-7', -7n, 1n],
    ['-0', 0n, 1n],
    ['007', 7n, 1n],
    ['6/4', 3n, 2n],
    ['-6/4', -3n, 2n],
    ['0/9', 0n, 1n],
    ['0.05', 1n, 20n],
    ['-.5', -1n, 2n],
    ['1e-4', 1n, 10000n],
    ['2.50E+2', 250n, 1n],
    ['0.1', 1n, 10n],
    ['1.5e1', 15n, 1n],
    ['0e-4000', 0n, 1n],
  ])('reads %s', (text, numerator, denominator) => {
    expect(parseRational(text)).toEqual({ numerator, denominator });
  });

  it.each([
    '', '-', '+', '.', '+1', ' 1', '1 ', '1\n', '1.', '1/', '/2', '1/-2', '1/2/3', '1/2.5', '1.5/2', '1e', 'e5',
    '1e5.5', '--1', '1_000', '1,5', '0x10', 'NaN', 'Infinity', '१', '1e2/3', '.e5', '-.',
  ])('refuses %j', (text) => {
    expect(() => parseRational(text)).toThrow(ExactError);
  });

  it('refuses zero denominators', () => {
    expect(() => parseRational('1/0')).toThrow(/zero denominator/);
    expect(() => parseRational('0/000')).toThrow(/zero denominator/);
  });

  it('limits digits and exponents, with a one-line message', () => {
    const longest = '9'.repeat(4000);
    expect(parseRational(longest).numerator).toBe(10n ** 4000n - 1n);
    expect(parseRational(`-${longest}/${'7'.repeat(4000)}`)).toEqual(rational(-9, 7));
    for (const text of [`${longest}9`, `1/${longest}9`, `${longest}9/2`, `0.${longest}`, '1'.repeat(10 ** 6)]) {
      expect(() => parseRational(text)).toThrow(/more than 4000 digits/);
    }
    expect(parseRational('1e4000')).toEqual(power(rational(10), 4000));
    expect(parseRational('1e-4000')).toEqual(power(rational(10), -4000));
    for (const text of ['1e4001', '1e-4001', `1e${'9'.repeat(500)}`]) {
      expect(() => parseRational(text)).toThrow(/exponent beyond/);
    }
    try {
      parseRational(`x\ny${'z'.repeat(500)}`);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ExactError);
      expect((error as ExactError).message).not.toMatch(/\n/);
      expect((error as ExactError).message.length).toBeLessThan(120);
    }
  });
});
