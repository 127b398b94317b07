/**
 * Sparse multivariate polynomials over the rationals: the ground on which every symbolic zero is decided.
 *
 * A polynomial is a map from monomials to non-zero coefficients, so it is zero exactly when the map is empty. There is
 * no simplifier to trust.
 */
import { UsageError } from '../errors.js';
import * as Q from '../exact/rational.js';
import type { Rational } from '../exact/rational.js';
import { exactSquareRoot } from '../exact/root.js';

/** Variables with exponents ≥ 1, sorted by name; the empty list is the monomial 1. */
export type Monomial = readonly (readonly [variable: string, exponent: number])[];

export interface Term {
  readonly monomial: Monomial;
  readonly coefficient: Rational;
}

export interface Polynomial {
  readonly terms: ReadonlyMap<string, Term>;
}

const byName = (left: readonly [string, number], right: readonly [string, number]): number =>
  left[0] < right[0] ? -1 : left[0] > right[0] ? 1 : 0;

export const monomialKey = (monomial: Monomial): string =>
  monomial.map(([name, exponent]) => (exponent === 1 ? name : `${name}^${exponent}`)).join('·');

const fromTerms = (terms: Iterable<Term>): Polynomial => {
  const collected = new Map<string, Term>();
  for (const term of terms) {
    const key = monomialKey(term.monomial);
    const known = collected.get(key);
    const coefficient = known === undefined ? term.coefficient : Q.add(known.coefficient, term.coefficient);
    if (Q.isZero(coefficient)) collected.delete(key);
    else collected.set(key, { monomial: term.monomial, coefficient });
  }
  return { terms: collected };
};

export const ZERO: Polynomial = { terms: new Map() };

export const constant = (value: Rational): Polynomial => fromTerms([{ monomial: [], coefficient: value }]);

export const ONE: Polynomial = constant(Q.ONE);

export const variable = (name: string): Polynomial => fromTerms([{ monomial: [[name, 1]], coefficient: Q.ONE }]);

export const isZero = (p: Polynomial): boolean => p.terms.size === 0;

export const add = (p: Polynomial, q: Polynomial): Polynomial => fromTerms([...p.terms.values(), ...q.terms.values()]);

export const scale = (p: Polynomial, factor: Rational): Polynomial =>
  fromTerms([...p.terms.values()].map((t) => ({ ...t, coefficient: Q.multiply(t.coefficient, factor) })));

export const negate = (p: Polynomial): Polynomial => scale(p, Q.negate(Q.ONE));

export const subtract = (p: Polynomial, q: Polynomial): Polynomial => add(p, negate(q));

const multiplyMonomials = (left: Monomial, right: Monomial): Monomial => {
  const exponents = new Map(left);
  for (const [name, exponent] of right) exponents.set(name, (exponents.get(name) ?? 0) + exponent);
  return [...exponents].sort(byName);
};

/** Products of more terms than this are refused: far beyond any proof, and short of a run that does not end. */
const MOST_PRODUCTS = 500_000;

/** @throws UsageError for factors of too many terms, such as ((c + s + 1)^64)^64 has */
export const multiply = (p: Polynomial, q: Polynomial): Polynomial => {
  if (p.terms.size * q.terms.size > MOST_PRODUCTS) {
    throw new UsageError('a formula has too many terms when it is multiplied out', 'State it with smaller powers.');
  }
  const terms: Term[] = [];
  for (const a of p.terms.values()) {
    for (const b of q.terms.values()) {
      terms.push({
        monomial: multiplyMonomials(a.monomial, b.monomial),
        coefficient: Q.multiply(a.coefficient, b.coefficient),
      });
    }
  }
  return fromTerms(terms);
};

/** p^exponent for an integer exponent ≥ 0. */
export const power = (p: Polynomial, exponent: number): Polynomial => {
  let result = ONE;
  for (let k = 0; k < exponent; k++) result = multiply(result, p);
  return result;
};

export const equals = (p: Polynomial, q: Polynomial): boolean => isZero(subtract(p, q));

export const exponentOf = (monomial: Monomial, name: string): number =>
  monomial.find(([candidate]) => candidate === name)?.[1] ?? 0;

/** The names of the variables that occur in p, sorted. */
export const variablesOf = (p: Polynomial): string[] => {
  const names = new Set<string>();
  for (const { monomial } of p.terms.values()) for (const [name] of monomial) names.add(name);
  return [...names].sort();
};

/** The only term of a monomial times a constant, or undefined where p has none or several. */
export const singleTerm = (p: Polynomial): Term | undefined => {
  if (p.terms.size !== 1) return undefined;
  return p.terms.values().next().value;
};

/** The largest monomial that divides every term of p; p must not be zero. */
export const monomialContent = (p: Polynomial): Monomial => {
  let content: Map<string, number> | undefined;
  for (const { monomial } of p.terms.values()) {
    if (content === undefined) {
      content = new Map(monomial);
      continue;
    }
    for (const [name, exponent] of content) {
      const shared = Math.min(exponent, exponentOf(monomial, name));
      if (shared === 0) content.delete(name);
      else content.set(name, shared);
    }
  }
  return [...(content ?? [])].sort(byName);
};

/** p / monomial; the monomial must divide every term. */
export const divideByMonomial = (p: Polynomial, divisor: Monomial): Polynomial =>
  fromTerms(
    [...p.terms.values()].map(({ monomial, coefficient }) => ({
      coefficient,
      monomial: monomial
        .map(([name, exponent]): [string, number] => [name, exponent - exponentOf(divisor, name)])
        .filter(([, exponent]) => exponent > 0),
    })),
  );

const divides = (divisor: Monomial, monomial: Monomial): boolean =>
  divisor.every(([name, exponent]) => exponentOf(monomial, name) >= exponent);

/** Lexicographic order on exponent vectors over the given variables: an admissible monomial order. */
const compareLex = (left: Monomial, right: Monomial, variables: readonly string[]): number => {
  for (const name of variables) {
    const difference = exponentOf(left, name) - exponentOf(right, name);
    if (difference !== 0) return difference;
  }
  return 0;
};

const leadingTerm = (p: Polynomial, variables: readonly string[]): Term => {
  let leading: Term | undefined;
  for (const term of p.terms.values()) {
    if (leading === undefined || compareLex(term.monomial, leading.monomial, variables) > 0) leading = term;
  }
  if (leading === undefined) throw new RangeError('the zero polynomial has no leading term');
  return leading;
};

/** The quotient p / q where q divides p exactly, otherwise undefined. q must not be zero. */
export const divideExactly = (p: Polynomial, q: Polynomial): Polynomial | undefined => {
  const variables = [...new Set([...variablesOf(p), ...variablesOf(q)])].sort();
  const head = leadingTerm(q, variables);
  let remainder = p;
  let quotient = ZERO;
  while (!isZero(remainder)) {
    const lead = leadingTerm(remainder, variables);
    if (!divides(head.monomial, lead.monomial)) return undefined;
    const step = divideByMonomial(
      fromTerms([{ monomial: lead.monomial, coefficient: Q.divide(lead.coefficient, head.coefficient) }]),
      head.monomial,
    );
    quotient = add(quotient, step);
    remainder = subtract(remainder, multiply(step, q));
  }
  return quotient;
};

/** The polynomial whose square p is, with a positive leading coefficient; undefined where there is none. */
export const exactRoot = (p: Polynomial): Polynomial | undefined => {
  if (isZero(p)) return ZERO;
  const variables = variablesOf(p);
  const halved = ({ monomial, coefficient }: Term): Polynomial | undefined => {
    const root = exactSquareRoot(coefficient);
    if (root === undefined || monomial.some(([, exponent]) => exponent % 2 !== 0)) return undefined;
    return fromTerms([{ monomial: monomial.map(([name, k]) => [name, k / 2] as const), coefficient: root }]);
  };
  const first = halved(leadingTerm(p, variables));
  if (first === undefined) return undefined;
  const twice = leadingTerm(scale(first, Q.rational(2n)), variables);
  let root = first;
  let remainder = subtract(p, multiply(first, first));
  // (r + s)² = r² + 2rs + s²: the leading term of what is left is twice the first term times the next one. It falls
  // from step to step, so this ends.
  while (!isZero(remainder)) {
    const lead = leadingTerm(remainder, variables);
    if (!divides(twice.monomial, lead.monomial)) return undefined;
    const quotient = { monomial: lead.monomial, coefficient: Q.divide(lead.coefficient, twice.coefficient) };
    const step = divideByMonomial(fromTerms([quotient]), twice.monomial);
    remainder = subtract(remainder, add(multiply(scale(root, Q.rational(2n)), step), multiply(step, step)));
    root = add(root, step);
  }
  return root;
};

/** p at rational values of all its variables; throws RangeError for a variable without a value. */
export const evaluate = (p: Polynomial, values: ReadonlyMap<string, Rational>): Rational => {
  let total = Q.ZERO;
  for (const { monomial, coefficient } of p.terms.values()) {
    let product = coefficient;
    for (const [name, exponent] of monomial) {
      const value = values.get(name);
      if (value === undefined) throw new RangeError(`no value for ${name}`);
      product = Q.multiply(product, Q.power(value, exponent));
    }
    total = Q.add(total, product);
  }
  return total;
};

/** p as text that a reader or another algebra system can take: `2*K^2*s - 1/3`. */
export const formatPolynomial = (p: Polynomial): string => {
  if (isZero(p)) return '0';
  return [...p.terms.values()]
    .map(({ monomial, coefficient }, index) => {
      const negative = Q.sign(coefficient) < 0;
      const size = Q.format(Q.absolute(coefficient));
      const letters = monomial.map(([name, exponent]) => (exponent === 1 ? name : `${name}^${exponent}`));
      const body = (size === '1' && letters.length > 0 ? letters : [size, ...letters]).join('*');
      return index === 0 ? (negative ? `-${body}` : body) : negative ? ` - ${body}` : ` + ${body}`;
    })
    .join('');
};
