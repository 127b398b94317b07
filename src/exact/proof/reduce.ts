/**
 * What the judges of proofs share: coefficients in which roots have been replaced, what is left of a sum that should
 * vanish, and how a proof is refused.
 */
import { ExactError } from '../error.js';
import * as scalar from '../rational.js';
import { constant, fromPolynomial, multiply, powerOf, quotientText, substitute, variable } from './polynomial.js';
import type { Quotient } from './polynomial.js';

/** root^exponent with its even part replaced by a power of the square. */
export function evenPart(square: Quotient, name: string, exponent: number): Quotient {
  const even = powerOf(square, Math.floor(exponent / 2));
  return exponent % 2 === 0 ? even : multiply(even, fromPolynomial(variable(name)));
}

/** The quotient with even powers of roots replaced. Its denominator may not contain any. */
export function reduced(x: Quotient, roots: ReadonlyMap<string, Quotient>): Quotient {
  if (roots.size === 0) return x;
  const numerator = substitute(x.numerator, (name, exponent) => {
    const square = roots.get(name);
    return square === undefined ? undefined : evenPart(square, name, exponent);
  });
  return multiply(numerator, { numerator: constant(scalar.ONE), denominator: x.denominator });
}

/** The first terms of what is left, or undefined where nothing is. */
export function remainderText(terms: readonly (readonly [string, Quotient])[]): string | undefined {
  if (terms.length === 0) return undefined;
  const shown = terms.slice(0, 3).map(([key, coefficient]) => {
    const text = quotientText(coefficient);
    return key === '' ? text : `[${text}] ${key}`;
  });
  const text = shown.join(' + ');
  const more = terms.length > 3 ? ` + … (${terms.length} terms)` : '';
  return `${text.length > 300 ? `${text.slice(0, 300)}…` : text}${more}`;
}

export function demand(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new ExactError(otherwise);
}
