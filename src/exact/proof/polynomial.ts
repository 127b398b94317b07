/**
 * Polynomials in several variables with rational coefficients, and their quotients: the numbers of a proof.
 *
 * A quotient keeps its denominator as a product of factors, which are never multiplied out and never cancelled. Sums
 * take the least common multiple of these lists, so no greatest common divisor is needed, and a quotient is zero
 * exactly if its numerator is.
 */
import { ExactError } from '../error.js';
import * as scalar from '../rational.js';
import type { Rational } from '../rational.js';
import { MAXIMUM_DIGITS, MAXIMUM_TERMS, spend } from './work.js';

/** Exponents ≥ 1 by variable, sorted by name. */
export type Monomial = readonly (readonly [name: string, exponent: number])[];

export interface Term {
  readonly monomial: Monomial;
  /** Not zero. */
  readonly coefficient: Rational;
}

/** Terms by their monomial as text; the zero polynomial has none. */
export type Polynomial = ReadonlyMap<string, Term>;

interface Factor {
  readonly polynomial: Polynomial;
  readonly exponent: number;
}

/** numerator / Π factor^exponent; the factors by their text. */
export interface Quotient {
  readonly numerator: Polynomial;
  readonly denominator: ReadonlyMap<string, Factor>;
}

const monomialText = (monomial: Monomial): string =>
  monomial.map(([name, exponent]) => (exponent === 1 ? name : `${name}^${exponent}`)).join('*');

const TOO_LARGE = 10n ** BigInt(MAXIMUM_DIGITS);

const bounded = (x: Rational): Rational => {
  if (x.numerator < TOO_LARGE && x.numerator > -TOO_LARGE && x.denominator < TOO_LARGE) return x;
  throw new ExactError(`a coefficient of a polynomial has more than ${MAXIMUM_DIGITS} digits`);
};

/** The sum of terms, in any order and with repetitions. */
export function polynomialOf(terms: Iterable<Term>): Polynomial {
  const sum = new Map<string, Term>();
  for (const term of terms) {
    const key = monomialText(term.monomial);
    const coefficient = scalar.add(sum.get(key)?.coefficient ?? scalar.ZERO, term.coefficient);
    if (scalar.isZero(coefficient)) sum.delete(key);
    else sum.set(key, { monomial: term.monomial, coefficient: bounded(coefficient) });
  }
  if (sum.size > MAXIMUM_TERMS) throw new ExactError(`a polynomial has more than ${MAXIMUM_TERMS} terms`);
  return sum;
}

export function constant(value: Rational): Polynomial {
  return polynomialOf([{ monomial: [], coefficient: value }]);
}

export function variable(name: string): Polynomial {
  return polynomialOf([{ monomial: [[name, 1]], coefficient: scalar.ONE }]);
}

export const ONE: Polynomial = constant(scalar.ONE);

export function addPolynomials(left: Polynomial, right: Polynomial): Polynomial {
  spend(left.size + right.size);
  return polynomialOf([...left.values(), ...right.values()]);
}

export function multiplyPolynomials(left: Polynomial, right: Polynomial): Polynomial {
  spend(1 + left.size * right.size);
  if (left === ONE) return right;
  if (right === ONE) return left;
  const products = [...left.values()].flatMap((one) =>
    [...right.values()].map((two) => ({
      monomial: multiplyMonomials(one.monomial, two.monomial),
      coefficient: scalar.multiply(one.coefficient, two.coefficient),
    })),
  );
  return polynomialOf(products);
}

function multiplyMonomials(left: Monomial, right: Monomial): Monomial {
  const exponents = new Map(left);
  for (const [name, exponent] of right) exponents.set(name, (exponents.get(name) ?? 0) + exponent);
  return [...exponents].sort(([one], [two]) => (one < two ? -1 : 1));
}

export function scalePolynomial(p: Polynomial, factor: Rational): Polynomial {
  if (scalar.equals(factor, scalar.ONE)) return p;
  const scaled = ({ monomial, coefficient }: Term): Term => ({
    monomial,
    coefficient: scalar.multiply(coefficient, factor),
  });
  return polynomialOf([...p.values()].map(scaled));
}

export function powerOfPolynomial(p: Polynomial, exponent: number): Polynomial {
  let power = ONE;
  for (let k = 0; k < exponent; k += 1) power = multiplyPolynomials(power, p);
  return power;
}

/** The names of the variables that occur. */
export function variablesOf(p: Polynomial): string[] {
  return [...new Set([...p.values()].flatMap(({ monomial }) => monomial.map(([name]) => name)))];
}

/** A polynomial as a proof writes it: `1 - 2*c + c^2`. */
export function polynomialText(p: Polynomial): string {
  if (p.size === 0) return '0';
  const terms = [...p.values()].map(({ monomial, coefficient }, index) => {
    const negative = scalar.sign(coefficient) < 0;
    const size = scalar.format(scalar.absolute(coefficient));
    const letters = monomialText(monomial);
    const body = letters === '' ? size : size === '1' ? letters : `${size}*${letters}`;
    return index === 0 ? (negative ? `-${body}` : body) : negative ? ` - ${body}` : ` + ${body}`;
  });
  return terms.join('');
}

// Quotients

export function fromPolynomial(numerator: Polynomial): Quotient {
  return { numerator, denominator: new Map<string, Factor>() };
}

export const ZERO_QUOTIENT: Quotient = fromPolynomial(new Map());
export const ONE_QUOTIENT: Quotient = fromPolynomial(ONE);

/**
 * above / below. Variables that divide `below` become factors of their own, and its first coefficient goes above.
 *
 * @throws {ExactError} if `below` is the zero polynomial
 */
export function quotient(above: Polynomial, below: Polynomial): Quotient {
  const [first, ...others] = below.values();
  if (first === undefined) throw new ExactError('division by the zero polynomial');
  const common = first.monomial
    .map(([name, exponent]): [string, number] => [
      name,
      Math.min(exponent, ...others.map(({ monomial }) => exponentOf(monomial, name))),
    ])
    .filter(([, exponent]) => exponent > 0);
  const rest = polynomialOf(
    [...below.values()].map(({ monomial, coefficient }) => ({
      monomial: monomial
        .map(([name, exponent]): [string, number] => [name, exponent - exponentOf(common, name)])
        .filter(([, exponent]) => exponent > 0),
      coefficient: scalar.divide(coefficient, first.coefficient),
    })),
  );
  const factors = common.map(([name, exponent]): Factor => ({ polynomial: variable(name), exponent }));
  // A single term has been used up by its variables: what is left is 1.
  if (others.length > 0) factors.push({ polynomial: rest, exponent: 1 });
  return {
    numerator: scalePolynomial(above, scalar.inverse(first.coefficient)),
    denominator: new Map(factors.map((factor): [string, Factor] => [factorText(factor.polynomial), factor])),
  };
}

const exponentOf = (monomial: Monomial, name: string): number => monomial.find(([other]) => other === name)?.[1] ?? 0;

/** The same text for the same polynomial, in whatever order its terms were written. */
const factorText = (p: Polynomial): string =>
  polynomialText(new Map([...p].sort(([one], [two]) => (one < two ? -1 : 1))));

export function multiply(left: Quotient, right: Quotient): Quotient {
  const denominator = new Map(left.denominator);
  for (const [key, { polynomial, exponent }] of right.denominator) {
    denominator.set(key, { polynomial, exponent: exponent + (denominator.get(key)?.exponent ?? 0) });
  }
  return { numerator: multiplyPolynomials(left.numerator, right.numerator), denominator };
}

export function add(left: Quotient, right: Quotient): Quotient {
  if (isZero(left)) return right;
  if (isZero(right)) return left;
  const denominator = new Map(left.denominator);
  for (const [key, factor] of right.denominator) {
    if (factor.exponent > (denominator.get(key)?.exponent ?? 0)) denominator.set(key, factor);
  }
  const over = (x: Quotient): Polynomial =>
    [...denominator].reduce(
      (product, [key, { polynomial, exponent }]) =>
        multiplyPolynomials(
          product,
          powerOfPolynomial(polynomial, exponent - (x.denominator.get(key)?.exponent ?? 0)),
        ),
      x.numerator,
    );
  return { numerator: addPolynomials(over(left), over(right)), denominator };
}

/** 1/x. @throws {ExactError} if x is zero */
export function reciprocal(x: Quotient): Quotient {
  return quotient(denominatorOf(x), x.numerator);
}

export function negate(x: Quotient): Quotient {
  return { ...x, numerator: scalePolynomial(x.numerator, scalar.rational(-1)) };
}

export function isZero(x: Quotient): boolean {
  return x.numerator.size === 0;
}

/** The denominator multiplied out. */
export function denominatorOf(x: Quotient): Polynomial {
  return [...x.denominator.values()].reduce(
    (product, { polynomial, exponent }) => multiplyPolynomials(product, powerOfPolynomial(polynomial, exponent)),
    ONE,
  );
}

/** p with variables replaced: `replace` gives what stands for a power, or undefined to keep it. */
export function substitute(
  p: Polynomial,
  replace: (name: string, exponent: number) => Quotient | undefined,
): Quotient {
  const terms = [...p.values()].map(({ monomial, coefficient }) =>
    monomial.reduce(
      (product, [name, exponent]) =>
        multiply(
          product,
          replace(name, exponent) ??
            fromPolynomial(polynomialOf([{ monomial: [[name, exponent]], coefficient: scalar.ONE }])),
        ),
      fromPolynomial(constant(coefficient)),
    ),
  );
  return terms.reduce(add, ZERO_QUOTIENT);
}

export function powerOf(x: Quotient, exponent: number): Quotient {
  let power = ONE_QUOTIENT;
  for (let k = 0; k < exponent; k += 1) power = multiply(power, x);
  return power;
}

export function quotientText(x: Quotient): string {
  const above = polynomialText(x.numerator);
  return x.denominator.size === 0 ? above : `(${above})/(${polynomialText(denominatorOf(x))})`;
}
