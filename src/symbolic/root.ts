/**
 * Scalars that an equation defines: z, the root in [1/4, 1] of z(1 − z)³ = κ.
 *
 * The left side is a polynomial that is strictly monotone between the ends, so there is at most one root; it is
 * enclosed by rationals to any precision, and found exactly where it is rational.
 */
import { UsageError } from '../errors.js';
import type { Interval } from '../exact/interval.js';
import { isStrictlyMonotone, monotoneRootEnclosure } from '../exact/monotone-root.js';
import * as P from '../exact/polynomial.js';
import type { Polynomial } from '../exact/polynomial.js';
import * as Q from '../exact/rational.js';
import type { Rational } from '../exact/rational.js';
import type { RootNode, Scalar } from './expression.js';

/** No point of the interval solves the equation: the instance lies where the root does not exist. */
export class NoRootError extends UsageError {}

const notPolynomial = (): UsageError =>
  new UsageError('a root is defined by something else than a polynomial', 'Use rational numbers, +, · and powers.');

/** A scalar as a polynomial in one variable. @throws UsageError for anything else */
export const polynomialIn = (variable: string, node: Scalar): Polynomial => {
  switch (node.kind) {
    case 'number':
      return P.polynomial([Q.parseRational(node.value)]);
    case 'symbol':
      if (node.name !== variable) throw notPolynomial();
      return P.polynomial([Q.ZERO, Q.ONE]);
    case 'sum':
      return node.terms.map((x) => polynomialIn(variable, x)).reduce(P.add, []);
    case 'product':
      return node.factors.map((x) => polynomialIn(variable, x)).reduce(P.multiply, P.polynomial([Q.ONE]));
    case 'power': {
      if (node.exponent < 0) throw notPolynomial();
      const base = polynomialIn(variable, node.base);
      return Array.from({ length: node.exponent }, () => base).reduce(P.multiply, P.polynomial([Q.ONE]));
    }
    default:
      throw notPolynomial();
  }
};

const polynomials = new WeakMap<RootNode, Polynomial>();

/** The left side of the equation. */
export const polynomialOf = (node: RootNode): Polynomial => {
  const known = polynomials.get(node) ?? polynomialIn(node.variable.name, node.of);
  polynomials.set(node, known);
  return known;
};

export const endsOf = (node: RootNode): { readonly from: Rational; readonly to: Rational } => ({
  from: Q.parseRational(node.from),
  to: Q.parseRational(node.to),
});

/** @throws UsageError unless the ends are 0 ≤ from < to and the polynomial is strictly monotone between them */
export const requireRoot = (node: RootNode): void => {
  const { from, to } = endsOf(node);
  if (Q.sign(from) < 0 || Q.compare(from, to) >= 0) {
    throw new UsageError(`${node.text}: a root lies in [from, to], 0 ≤ from < to`, `Not ${node.from}, ${node.to}.`);
  }
  if (isStrictlyMonotone(polynomialOf(node), from, to)) return;
  throw new UsageError(
    `${node.text}: the equation may have two roots in [${node.from}, ${node.to}]`,
    'Choose an interval on which its left side is strictly monotone.',
  );
};

/**
 * All roots for right sides in the interval, as far as there are any; `bits` is the precision.
 *
 * @throws NoRootError where there is none
 */
export const encloseRoot = (node: RootNode, equals: Interval, bits: number): Interval => {
  const p = polynomialOf(node);
  const { from, to } = endsOf(node);
  const [first, last] = [P.evaluate(p, from), P.evaluate(p, to)];
  const increasing = Q.compare(first, last) < 0;
  const [least, most] = increasing ? [first, last] : [last, first];
  const low = Q.maximum(equals.lower, least);
  const high = Q.minimum(equals.upper, most);
  if (Q.compare(low, high) > 0) {
    const ends = `[${node.from}, ${node.to}]`;
    throw new NoRootError(`${node.text} does not exist here`, `Its equation has no root in ${ends}.`);
  }
  const at = (target: Rational): Interval =>
    monotoneRootEnclosure(p, target, from, to, bits) ?? { lower: from, upper: to };
  if (Q.equals(low, high)) return at(low);
  const [leftmost, rightmost] = increasing ? [at(low), at(high)] : [at(high), at(low)];
  return { lower: leftmost.lower, upper: rightmost.upper };
};

/** The root as a rational, for a rational right side; undefined where it is irrational (or of a huge denominator). */
export const rationalRoot = (node: RootNode, equals: Rational): Rational | undefined => {
  const { lower, upper } = encloseRoot(node, { lower: equals, upper: equals }, 512);
  return Q.equals(lower, upper) ? lower : undefined;
};
