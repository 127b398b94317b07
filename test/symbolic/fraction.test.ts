import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Q from '../../src/exact/rational.js';
import type { Rational } from '../../src/exact/rational.js';
import * as F from '../../src/symbolic/fraction.js';
import * as P from '../../src/symbolic/polynomial.js';
import { fraction, positiveRational, smallRational, valuesOf } from './arbitrary.js';

const values = valuesOf(smallRational);
const [x, y, z] = ['x', 'y', 'z'].map(F.variable);
const nonZero = fraction.filter((f) => !F.isZero(f));
const RUNS = { numRuns: 60 };

const same = (left: F.Fraction, right: F.Fraction): void => {
  expect(F.equals(left, right)).toBe(true);
  expect(F.isZero(F.subtract(left, right))).toBe(true);
};

/** The value, or undefined at a pole. */
const valueAt = (f: F.Fraction, at: ReadonlyMap<string, Rational>): Rational | undefined =>
  Q.isZero(P.evaluate(f.denominator, at)) ? undefined : F.evaluate(f, at);

describe('fractions are a field', () => {
  it('with associative, commutative and distributive operations', () => {
    fc.assert(
      fc.property(fraction, fraction, fraction, (a, b, c) => {
        same(F.add(a, b), F.add(b, a));
        same(F.add(F.add(a, b), c), F.add(a, F.add(b, c)));
        same(F.multiply(a, b), F.multiply(b, a));
        same(F.multiply(a, F.add(b, c)), F.add(F.multiply(a, b), F.multiply(a, c)));
      }),
      RUNS,
    );
  });

  it('with opposites, inverses and powers of either sign', () => {
    fc.assert(
      fc.property(fraction, nonZero, fc.integer({ min: -2, max: 2 }), (a, b, exponent) => {
        same(F.subtract(a, a), F.ZERO);
        same(F.multiply(F.divide(a, b), b), a);
        same(F.multiply(F.power(b, exponent), F.power(b, -exponent)), F.ONE);
      }),
      RUNS,
    );
  });

  it('in which dividing by zero is an error', () => {
    expect(() => F.divide(x, F.subtract(y, y))).toThrow(RangeError);
    expect(() => F.power(F.ZERO, -1)).toThrow(RangeError);
  });
});

describe('values', () => {
  it('are compatible with the operations, away from poles', () => {
    fc.assert(
      fc.property(fraction, fraction, values, (a, b, at) => {
        const [left, right] = [valueAt(a, at), valueAt(b, at)];
        fc.pre(left !== undefined && right !== undefined);
        expect(F.evaluate(F.add(a, b), at)).toEqual(Q.add(left, right));
        expect(F.evaluate(F.multiply(a, b), at)).toEqual(Q.multiply(left, right));
        if (!Q.isZero(right)) expect(F.evaluate(F.divide(a, b), at)).toEqual(Q.divide(left, right));
      }),
    );
  });

  it('at a pole are refused', () => {
    expect(() => F.evaluate(F.divide(F.ONE, x), new Map([['x', Q.ZERO]]))).toThrow(RangeError);
  });

  it('after a substitution are values at the substituted values', () => {
    fc.assert(
      fc.property(fraction, fraction, values, (a, b, at) => {
        const inner = valueAt(b, at);
        fc.pre(inner !== undefined);
        const outer = valueAt(a, new Map([...at, ['x', inner]]));
        fc.pre(outer !== undefined);
        expect(F.evaluate(F.substitute(a, new Map([['x', b]])), at)).toEqual(outer);
      }),
      RUNS,
    );
  });

  it('are substituted all at once', () => {
    const swapped = F.substitute(F.divide(x, y), new Map([['x', y], ['y', x]]));
    same(swapped, F.divide(y, x));
  });
});

describe('roots of monomials', () => {
  const part = fc.integer({ min: 1, max: 400 });
  const exponents = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 });
  const monomial = fc
    .tuple(part, part, exponents)
    .map(([p, q, powers]) =>
      powers.reduce(
        (product, exponent, k) => F.multiply(product, F.power([x, y, z][k], exponent)),
        F.constant(Q.rational(p, q)),
      ),
    );

  it('split into a square and distinct variables and primes', () => {
    fc.assert(
      fc.property(monomial, valuesOf(positiveRational), (f, at) => {
        const { root, rest } = F.splitSquare(f);
        same(rest.reduce(F.multiply, F.power(root, 2)), f);
        expect(new Set(rest.map(F.formatFraction)).size).toBe(rest.length);
        expect(Q.sign(F.evaluate(root, at))).toBe(1);
      }),
    );
  });

  it('are exact where the monomial is a square', () => {
    fc.assert(
      fc.property(monomial, (f) => {
        const { root, rest } = F.splitSquare(F.power(f, 2));
        expect(rest).toEqual([]);
        same(root, f);
      }),
    );
  });

  it('leave negative numbers and sums whole', () => {
    for (const f of [F.negate(F.power(x, 2)), F.add(F.power(x, 2), F.ONE)]) {
      const { root, rest } = F.splitSquare(f);
      same(root, F.ONE);
      expect(rest.map(F.formatFraction)).toEqual([F.formatFraction(f)]);
    }
  });
});

describe('reduction of roots', () => {
  const square = F.add(y, F.ONE);
  const squares = new Map([['x', square]]);

  it('replaces even powers and leaves one factor of odd ones', () => {
    same(F.reduceRoots(F.power(x, 2), squares), square);
    same(F.reduceRoots(F.power(x, 5), squares), F.multiply(x, F.power(square, 2)));
    same(F.reduceRoots(F.divide(z, F.power(x, 2)), squares), F.divide(z, square));
    same(F.reduceRoots(F.subtract(F.power(x, 2), square), squares), F.ZERO);
  });

  it('keeps the value where the root has its square', () => {
    fc.assert(
      fc.property(fraction, valuesOf(positiveRational), (f, at) => {
        // x² = y + 1 with rational x: choose x, then y.
        const root = at.get('x') ?? Q.ONE;
        const there = new Map([...at, ['y', Q.subtract(Q.multiply(root, root), Q.ONE)]]);
        const expected = valueAt(f, there);
        fc.pre(expected !== undefined);
        let reduced: F.Fraction;
        try {
          reduced = F.reduceRoots(f, squares);
        } catch {
          return;
        }
        const actual = valueAt(reduced, there);
        if (actual !== undefined) expect(actual).toEqual(expected);
      }),
    );
  });
});

describe('the root of the square of a sum', () => {
  const gap = F.subtract(x!, y!);
  const square = F.divide(F.multiply(F.power(gap, 2), F.power(z!, 3)), F.power(F.add(x!, y!), 2));

  it('is taken with the sign that is known', () => {
    const known = (positive: F.Fraction) => (f: F.Fraction) =>
      F.equals(f, positive) || F.equals(f, F.add(x!, y!));
    for (const [sign, of] of [
      ['positive', gap],
      ['negative', F.negate(gap)],
    ] as const) {
      const { root, rest } = F.splitSquare(square, known(of));
      expect([sign, rest.map(F.formatFraction)]).toEqual([sign, ['z']]);
      same(root, F.divide(F.multiply(of, z!), F.add(x!, y!)));
    }
  });

  it('is left whole where no sign is known', () => {
    expect(F.splitSquare(square)).toEqual({ root: F.ONE, rest: [square] });
  });
});
