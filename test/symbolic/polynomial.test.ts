import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Q from '../../src/exact/rational.js';
import * as P from '../../src/symbolic/polynomial.js';
import { nonZeroPolynomial, polynomial, smallRational, valuesOf } from './arbitrary.js';

const values = valuesOf(smallRational);
const same = (p: P.Polynomial, q: P.Polynomial): void => {
  expect(P.formatPolynomial(P.subtract(p, q))).toBe('0');
};

describe('polynomials are a commutative ring', () => {
  it('with associative, commutative and distributive operations', () => {
    fc.assert(
      fc.property(polynomial, polynomial, polynomial, (p, q, r) => {
        same(P.add(p, q), P.add(q, p));
        same(P.add(P.add(p, q), r), P.add(p, P.add(q, r)));
        same(P.multiply(p, q), P.multiply(q, p));
        same(P.multiply(P.multiply(p, q), r), P.multiply(p, P.multiply(q, r)));
        same(P.multiply(p, P.add(q, r)), P.add(P.multiply(p, q), P.multiply(p, r)));
      }),
    );
  });

  it('with neutral elements, opposites and powers', () => {
    fc.assert(
      fc.property(polynomial, fc.nat(3), (p, exponent) => {
        same(P.add(p, P.ZERO), p);
        same(P.multiply(p, P.ONE), p);
        same(P.multiply(p, P.ZERO), P.ZERO);
        same(P.add(p, P.negate(p)), P.ZERO);
        same(P.power(p, exponent + 1), P.multiply(p, P.power(p, exponent)));
        same(P.power(p, 0), P.ONE);
      }),
    );
  });

  it('and have no zero divisors', () => {
    fc.assert(
      fc.property(nonZeroPolynomial, nonZeroPolynomial, (p, q) => {
        expect(P.isZero(P.multiply(p, q))).toBe(false);
      }),
    );
  });
});

describe('evaluation', () => {
  it('is a homomorphism', () => {
    fc.assert(
      fc.property(polynomial, polynomial, values, (p, q, at) => {
        const [valueOfP, valueOfQ] = [P.evaluate(p, at), P.evaluate(q, at)];
        expect(P.evaluate(P.add(p, q), at)).toEqual(Q.add(valueOfP, valueOfQ));
        expect(P.evaluate(P.multiply(p, q), at)).toEqual(Q.multiply(valueOfP, valueOfQ));
        expect(P.evaluate(P.negate(p), at)).toEqual(Q.negate(valueOfP));
      }),
    );
  });

  it('asks for a value of every variable', () => {
    expect(() => P.evaluate(P.variable('x'), new Map())).toThrow(RangeError);
  });

  it('does not tell apart equal polynomials, and tells apart different ones somewhere', () => {
    fc.assert(
      fc.property(nonZeroPolynomial, (p) => {
        // Degree at most 2 in each variable: a polynomial that vanishes on a 3 × 3 × 3 grid is zero.
        const grid = [0, 1, 2].map((k) => Q.rational(k));
        const vanishes = grid.every((x) =>
          grid.every((y) =>
            grid.every((z) => Q.isZero(P.evaluate(p, new Map(Object.entries({ x, y, z }))))),
          ),
        );
        expect(vanishes).toBe(false);
      }),
    );
  });
});

describe('exact division', () => {
  it('undoes multiplication', () => {
    fc.assert(
      fc.property(polynomial, nonZeroPolynomial, (p, q) => {
        const quotient = P.divideExactly(P.multiply(p, q), q);
        expect(quotient).toBeDefined();
        same(quotient ?? P.ZERO, p);
      }),
    );
  });

  it('refuses what leaves a remainder', () => {
    fc.assert(
      fc.property(polynomial, nonZeroPolynomial, (p, q) => {
        const quotient = P.divideExactly(p, q);
        if (quotient !== undefined) same(P.multiply(quotient, q), p);
      }),
    );
    const [x, y] = [P.variable('x'), P.variable('y')];
    expect(P.divideExactly(P.add(x, P.ONE), x)).toBeUndefined();
    expect(P.divideExactly(P.add(P.multiply(x, x), y), P.add(x, y))).toBeUndefined();
  });

  it('takes out the largest monomial that divides every term', () => {
    fc.assert(
      fc.property(nonZeroPolynomial, (p) => {
        const content = P.monomialContent(p);
        const rest = P.divideByMonomial(p, content);
        expect(P.monomialContent(rest)).toEqual([]);
        const monomial = content.reduce(
          (product, [name, exponent]) => P.multiply(product, P.power(P.variable(name), exponent)),
          P.ONE,
        );
        same(P.multiply(rest, monomial), p);
      }),
    );
  });
});

it('writes polynomials as other algebra systems read them', () => {
  const [x, y] = [P.variable('x'), P.variable('y')];
  const p = P.subtract(P.scale(P.multiply(P.power(x, 2), y), Q.rational(2, 3)), P.add(y, P.ONE));
  expect(P.formatPolynomial(p)).toBe('2/3*x^2*y - y - 1');
  expect(P.formatPolynomial(P.negate(x))).toBe('-x');
  expect(P.formatPolynomial(P.ZERO)).toBe('0');
});

describe('square roots', () => {
  it('of a square are found up to sign, and of nothing else', () => {
    fc.assert(
      fc.property(polynomial, (p) => {
        const root = P.exactRoot(P.multiply(p, p));
        expect(root).toBeDefined();
        expect([P.formatPolynomial(P.subtract(root!, p)), P.formatPolynomial(P.add(root!, p))]).toContain('0');
        const found = P.exactRoot(p);
        if (found !== undefined) same(P.multiply(found, found), p);
      }),
    );
    const [x, y] = [P.variable('x'), P.variable('y')];
    const square = P.power(P.add(x, y), 2);
    expect(P.exactRoot(P.add(square, P.ONE))).toBeUndefined();
    expect(P.exactRoot(P.add(square, x))).toBeUndefined();
    expect(P.exactRoot(P.scale(square, Q.rational(2n)))).toBeUndefined();
    expect(P.exactRoot(P.negate(square))).toBeUndefined();
  });
});
