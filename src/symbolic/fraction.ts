/**
 * Quotients of polynomials: the coefficients of the word algebra.
 *
 * Equality is decided by cross-multiplication, never by a normal form; cancelling a shared monomial, a rational
 * factor or a denominator that divides exactly only keeps the polynomials small. Whoever divides is responsible for
 * the divisor being non-zero (the evaluator of statements collects divisors as side conditions).
 */
import * as Q from '../exact/rational.js';
import type { Rational } from '../exact/rational.js';
import { exactSquareRoot } from '../exact/root.js';
import * as P from './polynomial.js';
import type { Polynomial } from './polynomial.js';

export interface Fraction {
  readonly numerator: Polynomial;
  readonly denominator: Polynomial;
}

const isOne = (p: Polynomial): boolean => {
  const term = P.singleTerm(p);
  if (term === undefined) return false;
  return term.monomial.length === 0 && Q.equals(term.coefficient, Q.ONE);
};

const shared = (left: P.Monomial, right: P.Monomial): P.Monomial =>
  left
    .map(([name, exponent]): [string, number] => [name, Math.min(exponent, P.exponentOf(right, name))])
    .filter(([, exponent]) => exponent > 0);

/** numerator / denominator with cheap cancellations; throws RangeError for a zero denominator. */
export const fraction = (numerator: Polynomial, denominator: Polynomial): Fraction => {
  if (P.isZero(denominator)) throw new RangeError('division by the zero polynomial');
  if (P.isZero(numerator)) return { numerator: P.ZERO, denominator: P.ONE };
  if (isOne(denominator)) return { numerator, denominator };
  const common = shared(P.monomialContent(numerator), P.monomialContent(denominator));
  let above = P.divideByMonomial(numerator, common);
  let below = P.divideByMonomial(denominator, common);
  if (below.terms.size > 1) {
    // A monomial in the denominator, z²(1 − z)/(w²(1 − z)), must not hide the polynomial that cancels.
    const content = P.monomialContent(below);
    const primitive = P.divideByMonomial(below, content);
    const quotient = above.terms.size < primitive.terms.size ? undefined : P.divideExactly(above, primitive);
    if (quotient !== undefined) {
      above = quotient;
      below = content.reduce((product, [name, k]) => P.multiply(product, P.power(P.variable(name), k)), P.ONE);
    }
  }
  const first = below.terms.values().next().value;
  const factor = first === undefined ? Q.ONE : Q.inverse(first.coefficient);
  return { numerator: P.scale(above, factor), denominator: P.scale(below, factor) };
};

export const fromPolynomial = (p: Polynomial): Fraction => ({ numerator: p, denominator: P.ONE });
export const constant = (value: Rational): Fraction => fromPolynomial(P.constant(value));
export const variable = (name: string): Fraction => fromPolynomial(P.variable(name));
export const ZERO: Fraction = fromPolynomial(P.ZERO);
export const ONE: Fraction = fromPolynomial(P.ONE);

export const isZero = (x: Fraction): boolean => P.isZero(x.numerator);

export const add = (x: Fraction, y: Fraction): Fraction => {
  if (isZero(x)) return y;
  if (isZero(y)) return x;
  if (P.equals(x.denominator, y.denominator)) return fraction(P.add(x.numerator, y.numerator), x.denominator);
  return fraction(
    P.add(P.multiply(x.numerator, y.denominator), P.multiply(y.numerator, x.denominator)),
    P.multiply(x.denominator, y.denominator),
  );
};

export const multiply = (x: Fraction, y: Fraction): Fraction =>
  fraction(P.multiply(x.numerator, y.numerator), P.multiply(x.denominator, y.denominator));

export const negate = (x: Fraction): Fraction => ({
  numerator: P.negate(x.numerator),
  denominator: x.denominator,
});

export const subtract = (x: Fraction, y: Fraction): Fraction => add(x, negate(y));

/** x / y; throws RangeError where y is the zero fraction. */
export const divide = (x: Fraction, y: Fraction): Fraction =>
  fraction(P.multiply(x.numerator, y.denominator), P.multiply(x.denominator, y.numerator));

/** x^exponent for any integer exponent. */
export const power = (x: Fraction, exponent: number): Fraction =>
  exponent >= 0
    ? fraction(P.power(x.numerator, exponent), P.power(x.denominator, exponent))
    : fraction(P.power(x.denominator, -exponent), P.power(x.numerator, -exponent));

export const equals = (x: Fraction, y: Fraction): boolean =>
  P.equals(P.multiply(x.numerator, y.denominator), P.multiply(y.numerator, x.denominator));

export const variablesOf = (x: Fraction): string[] =>
  [...new Set([...P.variablesOf(x.numerator), ...P.variablesOf(x.denominator)])].sort();

const substituteInPolynomial = (p: Polynomial, values: ReadonlyMap<string, Fraction>): Fraction => {
  let total = ZERO;
  for (const { monomial, coefficient } of p.terms.values()) {
    let product = constant(coefficient);
    for (const [name, exponent] of monomial) {
      product = multiply(product, power(values.get(name) ?? variable(name), exponent));
    }
    total = add(total, product);
  }
  return total;
};

/** x with variables replaced by fractions; variables without a value stay. */
export const substitute = (x: Fraction, values: ReadonlyMap<string, Fraction>): Fraction =>
  divide(substituteInPolynomial(x.numerator, values), substituteInPolynomial(x.denominator, values));

/** x at rational values; throws RangeError where the denominator vanishes there. */
export const evaluate = (x: Fraction, values: ReadonlyMap<string, Rational>): Rational => {
  const below = P.evaluate(x.denominator, values);
  if (Q.isZero(below)) throw new RangeError('a denominator vanishes at these values');
  return Q.divide(P.evaluate(x.numerator, values), below);
};

/** Trial division stops here; a larger factor is kept whole, which loses nothing but completeness. */
const LARGEST_TRIAL = 1000n;

/** An integer > 0 as square² · Π rest, the rest distinct (prime as far as trial division goes). */
const splitInteger = (value: bigint): { readonly square: bigint; readonly rest: readonly bigint[] } => {
  let square = 1n;
  let left = value;
  const rest: bigint[] = [];
  for (let p = 2n; p <= LARGEST_TRIAL && p * p <= left; p += 1n) {
    let odd = false;
    while (left % p === 0n) {
      left /= p;
      if (odd) square *= p;
      odd = !odd;
    }
    if (odd) rest.push(p);
  }
  const root = left === 1n ? undefined : exactSquareRoot(Q.rational(left));
  if (root !== undefined) square *= root.numerator;
  else if (left !== 1n) rest.push(left);
  return { square, rest };
};

/** A polynomial as monomial · (rest)², where it is one and the sign of the rest is known. */
const squareBesideMonomial = (
  p: Polynomial,
  isPositive: (x: Fraction) => boolean,
): { readonly monomial: P.Term; readonly root: Fraction } | undefined => {
  const single = P.singleTerm(p);
  if (single !== undefined) return { monomial: single, root: ONE };
  const content = P.monomialContent(p);
  const found = P.exactRoot(P.divideByMonomial(p, content));
  if (found === undefined) return undefined;
  const root = [fromPolynomial(found), fromPolynomial(P.negate(found))].find(isPositive);
  return root === undefined ? undefined : { monomial: { monomial: content, coefficient: Q.ONE }, root };
};

/**
 * x = root² · Π rest for positive variables: of a monomial quotient the square part is taken out and the rest are
 * single variables and integers. So is the square of a sum that is positive or negative for certain; anything else is
 * left whole.
 */
export const splitSquare = (
  x: Fraction,
  isPositive: (x: Fraction) => boolean = () => false,
): { readonly root: Fraction; readonly rest: readonly Fraction[] } => {
  const [above, below] = [x.numerator, x.denominator].map((p) => squareBesideMonomial(p, isPositive));
  if (above === undefined || below === undefined) return { root: ONE, rest: [x] };
  const coefficient = Q.divide(above.monomial.coefficient, below.monomial.coefficient);
  if (Q.sign(coefficient) < 0) return { root: ONE, rest: [x] };
  const exponents = new Map(above.monomial.monomial);
  for (const [name, exponent] of below.monomial.monomial) exponents.set(name, (exponents.get(name) ?? 0) - exponent);
  // p/q = p·q / q²
  const { square, rest: primes } = splitInteger(coefficient.numerator * coefficient.denominator);
  let root = multiply(constant(Q.rational(square, coefficient.denominator)), divide(above.root, below.root));
  const rest = primes.map((p) => constant(Q.rational(p)));
  for (const [name, exponent] of exponents) {
    root = multiply(root, power(variable(name), Math.floor(exponent / 2)));
    if (exponent % 2 !== 0) rest.push(variable(name));
  }
  return { root, rest };
};

/** x with every even power of the root variables replaced by their squares: root² = squares.get(root). */
export const reduceRoots = (x: Fraction, squares: ReadonlyMap<string, Fraction>): Fraction => {
  if (squares.size === 0) return x;
  const reducePolynomial = (p: Polynomial): Fraction => {
    let total = ZERO;
    for (const { monomial, coefficient } of p.terms.values()) {
      let product = constant(coefficient);
      for (const [name, exponent] of monomial) {
        const square = squares.get(name);
        if (square === undefined) {
          product = multiply(product, power(variable(name), exponent));
        } else {
          product = multiply(product, power(square, Math.floor(exponent / 2)));
          if (exponent % 2 === 1) product = multiply(product, variable(name));
        }
      }
      total = add(total, product);
    }
    return total;
  };
  return divide(reducePolynomial(x.numerator), reducePolynomial(x.denominator));
};

export const formatFraction = (x: Fraction): string => {
  const above = P.formatPolynomial(x.numerator);
  return isOne(x.denominator) ? above : `(${above})/(${P.formatPolynomial(x.denominator)})`;
};
