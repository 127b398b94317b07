/** Polynomial arithmetic and Sturm's theorem, against polynomials whose roots are known. */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import * as polynomials from '../../src/exact/polynomial.js';
import type { Polynomial } from '../../src/exact/polynomial.js';
import * as scalar from '../../src/exact/rational.js';
import type { Rational } from '../../src/exact/rational.js';
import { countRootsAbove, isNonNegativeFrom } from '../../src/exact/sturm.js';
import { nonZeroRational, smallRational } from './arbitrary.js';

const anyPolynomial = fc.array(smallRational, { maxLength: 6 }).map(polynomials.polynomial);
const nonZero = anyPolynomial.filter((p) => p.length > 0);

const linear = (root: Rational): Polynomial => polynomials.polynomial([scalar.negate(root), scalar.ONE]);
/** x² + 2ax + a² + b, without real roots for b > 0. */
const rootless = (a: Rational, b: Rational): Polynomial =>
  polynomials.polynomial([
    scalar.add(scalar.power(a, 2), b),
    scalar.multiply(scalar.rational(2), a),
    scalar.ONE,
  ]);

interface Factored {
  readonly p: Polynomial;
  readonly leading: Rational;
  readonly roots: readonly (readonly [root: Rational, multiplicity: number])[];
}

/** A polynomial with known real roots and multiplicities. */
const factored: fc.Arbitrary<Factored> = fc
  .record({
    leading: nonZeroRational,
    roots: fc.array(fc.tuple(smallRational, fc.integer({ min: 1, max: 3 })), { maxLength: 3 }),
    pair: fc.option(fc.tuple(smallRational, fc.integer({ min: 1, max: 9 }))),
  })
  .map(({ leading, roots, pair }) => {
    const distinct = roots.filter(([root], index) => roots.findIndex(([x]) => scalar.equals(x, root)) === index);
    let p: Polynomial = [leading];
    for (const [root, multiplicity] of distinct) {
      for (let k = 0; k < multiplicity; k += 1) p = polynomials.multiply(p, linear(root));
    }
    if (pair !== null) p = polynomials.multiply(p, rootless(pair[0], scalar.rational(pair[1], 7)));
    return { p, leading, roots: distinct };
  });

describe('polynomials', () => {
  it('evaluate as they are added and multiplied', () => {
    fc.assert(
      fc.property(anyPolynomial, anyPolynomial, smallRational, (p, q, x) => {
        const at = (each: Polynomial): Rational => polynomials.evaluate(each, x);
        expect(at(polynomials.add(p, q))).toEqual(scalar.add(at(p), at(q)));
        expect(at(polynomials.subtract(p, q))).toEqual(scalar.subtract(at(p), at(q)));
        expect(at(polynomials.multiply(p, q))).toEqual(scalar.multiply(at(p), at(q)));
      }),
    );
  });

  it('divide with a remainder of smaller degree', () => {
    fc.assert(
      fc.property(anyPolynomial, nonZero, (p, q) => {
        const { quotient, remainder } = polynomials.divide(p, q);
        expect(polynomials.add(polynomials.multiply(quotient, q), remainder)).toEqual(p);
        expect(polynomials.degree(remainder)).toBeLessThan(polynomials.degree(q));
      }),
    );
    expect(() => polynomials.divide([scalar.ONE], [])).toThrow(/zero polynomial/);
  });

  it('have a greatest common divisor that holds the common factor', () => {
    fc.assert(
      fc.property(nonZero, nonZero, smallRational, (p, q, root) => {
        const common = linear(root);
        const divisor = polynomials.greatestCommonDivisor(
          polynomials.multiply(p, common),
          polynomials.multiply(q, common),
        );
        expect(polynomials.divide(divisor, common).remainder).toEqual([]);
        expect(divisor[divisor.length - 1]).toEqual(scalar.ONE);
      }),
    );
  });

  it('obey the product rule', () => {
    fc.assert(
      fc.property(anyPolynomial, anyPolynomial, (p, q) => {
        const { derivative, multiply, add } = polynomials;
        expect(derivative(multiply(p, q))).toEqual(add(multiply(derivative(p), q), multiply(p, derivative(q))));
      }),
    );
  });
});

describe("Sturm's theorem", () => {
  it('counts the distinct roots above a number, also above a root', () => {
    fc.assert(
      fc.property(factored, smallRational, ({ p, roots }, anywhere) => {
        for (const a of [anywhere, ...roots.map(([root]) => root)]) {
          const above = roots.filter(([root]) => scalar.compare(root, a) > 0);
          expect(countRootsAbove(p, a)).toBe(above.length);
        }
      }),
    );
    expect(() => countRootsAbove([], scalar.ZERO)).toThrow(/zero polynomial/);
  });

  it('decides the sign on a half-line, with roots of every multiplicity', () => {
    fc.assert(
      fc.property(factored, smallRational, ({ p, leading, roots }, anywhere) => {
        for (const a of [anywhere, ...roots.map(([root]) => root)]) {
          const changes = roots.some(([root, times]) => scalar.compare(root, a) > 0 && times % 2 === 1);
          expect(isNonNegativeFrom(p, a)).toBe(scalar.sign(leading) > 0 && !changes);
        }
      }),
    );
    expect(isNonNegativeFrom([], scalar.ZERO)).toBe(true);
    expect(isNonNegativeFrom([scalar.rational(-1)], scalar.ZERO)).toBe(false);
  });
});
