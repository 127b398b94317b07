import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStrictlyMonotone, monotoneRootEnclosure } from '../../src/exact/monotone-root.js';
import { simplestBetween } from '../../src/exact/simplest.js';
import { evaluate, multiply, polynomial } from '../../src/exact/polynomial.js';
import * as Q from '../../src/exact/rational.js';

const q = Q.parseRational;
/** z(1 − z)³ */
const cubic = [0, 1, 2].reduce(
  (product) => multiply(product, polynomial([q('1'), q('-1')])),
  polynomial([q('0'), q('1')]),
);

describe('z(1 − z)³', () => {
  it('is strictly monotone from its top at 1/4 to 1, and on no larger interval', () => {
    expect(isStrictlyMonotone(cubic, q('1/4'), q('1'))).toBe(true);
    expect(isStrictlyMonotone(cubic, q('0'), q('1/4'))).toBe(true);
    expect(isStrictlyMonotone(cubic, q('6/25'), q('1'))).toBe(false);
  });

  it('has the root 1/2 at 1/16, 1/4 at 27/256, 1 at 0, and none above', () => {
    const rootAt = (target: string) => monotoneRootEnclosure(cubic, q(target), q('1/4'), q('1'), 64);
    for (const [target, root] of Object.entries({ '1/16': '1/2', '27/256': '1/4', '0': '1', '3/256': '3/4' })) {
      expect(rootAt(target)).toEqual({ lower: q(root), upper: q(root) });
    }
    expect(rootAt('28/256')).toBeUndefined();
  });

  it('finds every rational root exactly and encloses the others to the bits asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 26, max: 99 }), fc.integer({ min: 1, max: 400 }), (percent, k) => {
        const exact = Q.rational(percent, 100);
        expect(monotoneRootEnclosure(cubic, evaluate(cubic, exact), q('1/4'), q('1'), 64)?.lower).toEqual(exact);
        const target = Q.rational(k, 4000);
        const found = monotoneRootEnclosure(cubic, target, q('1/4'), q('1'), 80)!;
        // Decreasing: the value at the lower end is at least the target.
        expect(Q.compare(evaluate(cubic, found.lower), target)).toBeGreaterThanOrEqual(0);
        expect(Q.compare(evaluate(cubic, found.upper), target)).toBeLessThanOrEqual(0);
        expect(Q.toNumber(Q.subtract(found.upper, found.lower))).toBeLessThanOrEqual(2 ** -80);
      }),
      { numRuns: 40, seed: 1 },
    );
  });
});

it('the simplest rational between two is the one with the smallest denominator', () => {
  expect(simplestBetween(q('33/100'), q('34/100'))).toEqual(q('1/3'));
  expect(simplestBetween(q('7/5'), q('17/8'))).toEqual(q('2'));
  expect(simplestBetween(q('5/7'), q('5/7'))).toEqual(q('5/7'));
});
