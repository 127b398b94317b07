import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactError } from '../../src/exact/error.js';
import * as interval from '../../src/exact/interval.js';
import type { Interval } from '../../src/exact/interval.js';
import * as scalar from '../../src/exact/rational.js';
import type { Rational } from '../../src/exact/rational.js';
import { smallRational } from './arbitrary.js';

/** An interval with a number inside it: an end, the middle or something between. */
const intervalWithMember: fc.Arbitrary<{ range: Interval; member: Rational }> = fc
  .tuple(smallRational, smallRational, fc.integer({ min: 0, max: 7 }))
  .map(([first, second, sevenths]) => {
    const range = interval.hull(interval.point(first), interval.point(second));
    const width = scalar.subtract(range.upper, range.lower);
    return { range, member: scalar.add(range.lower, scalar.multiply(scalar.rational(sevenths, 7), width)) };
  });

const at = (lower: number, upper: number): Interval =>
  interval.interval(scalar.rational(lower), scalar.rational(upper));

describe('inclusion', () => {
  it('holds for every operation', () => {
    fc.assert(
      fc.property(intervalWithMember, intervalWithMember, fc.integer({ min: -4, max: 5 }), (left, right, exponent) => {
        const { range: X, member: x } = left;
        const { range: Y, member: y } = right;
        expect(interval.contains(interval.add(X, Y), scalar.add(x, y))).toBe(true);
        expect(interval.contains(interval.subtract(X, Y), scalar.subtract(x, y))).toBe(true);
        expect(interval.contains(interval.multiply(X, Y), scalar.multiply(x, y))).toBe(true);
        expect(interval.contains(interval.negate(X), scalar.negate(x))).toBe(true);
        expect(interval.contains(interval.hull(X, Y), x) && interval.contains(interval.hull(X, Y), y)).toBe(true);
        const zeroInY = interval.contains(Y, scalar.ZERO);
        if (zeroInY) expect(() => interval.divide(X, Y)).toThrow(ExactError);
        else expect(interval.contains(interval.divide(X, Y), scalar.divide(x, y))).toBe(true);
        if (exponent < 0 && zeroInY) expect(() => interval.power(Y, exponent)).toThrow(ExactError);
        else expect(interval.contains(interval.power(Y, exponent), scalar.power(y, exponent))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('of square roots holds to the precision asked for', () => {
    fc.assert(
      fc.property(intervalWithMember, fc.nat(60), ({ range, member }, bits) => {
        const squares = interval.power(range, 2);
        const roots = interval.squareRoot(squares, bits);
        expect(interval.contains(roots, scalar.absolute(member))).toBe(true);
        expect(roots.upper).toEqual(scalar.maximum(scalar.absolute(range.lower), scalar.absolute(range.upper)));
      }),
    );
    const roots = interval.squareRoot(at(2, 3), 40);
    expect(Math.abs(scalar.toNumber(roots.lower) - Math.sqrt(2))).toBeLessThan(1e-12);
    expect(Math.abs(scalar.toNumber(roots.upper) - Math.sqrt(3))).toBeLessThan(1e-12);
    expect(scalar.compare(scalar.power(roots.lower, 2), scalar.rational(2))).toBe(-1);
    expect(scalar.compare(scalar.power(roots.upper, 2), scalar.rational(3))).toBe(1);
    expect(() => interval.squareRoot(at(-1, 1), 10)).toThrow(ExactError);
  });
});

describe('tightness', () => {
  it('hand-computed values', () => {
    expect(interval.add(at(1, 2), at(-3, 4))).toEqual(at(-2, 6));
    expect(interval.subtract(at(1, 2), at(1, 2))).toEqual(at(-1, 1));
    expect(interval.multiply(at(-2, 3), at(-5, 4))).toEqual(at(-15, 12));
    expect(interval.divide(at(-4, 8), at(2, 4))).toEqual(at(-2, 4));
    expect(interval.divide(at(4, 8), at(-4, -2))).toEqual(at(-4, -1));
    expect(interval.power(at(-2, 3), 2)).toEqual(at(0, 9));
    expect(interval.power(at(-3, -2), 2)).toEqual(at(4, 9));
    expect(interval.power(at(-2, 3), 3)).toEqual(at(-8, 27));
    expect(interval.power(at(-2, 3), 0)).toEqual(at(1, 1));
    expect(interval.power(at(-2, -1), -2)).toEqual(interval.interval(scalar.rational(1, 4), scalar.ONE));
    expect(interval.hull(at(0, 1), at(3, 4))).toEqual(at(0, 4));
  });

  it('points behave as numbers', () => {
    fc.assert(
      fc.property(smallRational, smallRational, (x, y) => {
        const [X, Y] = [interval.point(x), interval.point(y)];
        expect(interval.add(X, Y)).toEqual(interval.point(scalar.add(x, y)));
        expect(interval.multiply(X, Y)).toEqual(interval.point(scalar.multiply(x, y)));
        expect(interval.compareIntervals(X, Y)).toBe(scalar.compare(x, y));
      }),
    );
  });
});

describe('comparison', () => {
  it('decides only what holds for all members', () => {
    expect(interval.compareIntervals(at(0, 1), at(2, 3))).toBe(-1);
    expect(interval.compareIntervals(at(2, 3), at(0, 1))).toBe(1);
    expect(interval.compareIntervals(at(0, 2), at(1, 3))).toBeUndefined();
    expect(interval.compareIntervals(at(0, 1), at(1, 2))).toBeUndefined();
    expect(interval.compareIntervals(at(1, 2), at(0, 1))).toBeUndefined();
    expect(interval.compareIntervals(at(1, 2), at(1, 2))).toBeUndefined();
    expect(interval.compareIntervals(at(1, 1), at(1, 2))).toBeUndefined();
    expect(interval.compareIntervals(at(1, 2), at(2, 2))).toBeUndefined();
    expect(interval.compareIntervals(at(1, 1), at(1, 1))).toBe(0);
    fc.assert(
      fc.property(intervalWithMember, intervalWithMember, (left, right) => {
        const order = interval.compareIntervals(left.range, right.range);
        if (order !== undefined) expect(scalar.compare(left.member, right.member)).toBe(order);
      }),
    );
  });

  it('refuses ends in the wrong order', () => {
    expect(() => at(2, 1)).toThrow(ExactError);
  });
});
