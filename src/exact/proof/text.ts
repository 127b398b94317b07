/**
 * The texts inside a proof: polynomials (`1 - 2*c + 1/2*c^2`), quotients (`(1 - c)/(2*K*s)`) and words of matrices
 * (`W H Y'`). They are split at fixed marks and every piece is matched whole; nothing is evaluated.
 */
import { ExactError } from '../error.js';
import * as scalar from '../rational.js';
import { fromPolynomial, polynomialOf, quotient } from './polynomial.js';
import type { Polynomial, Quotient, Term } from './polynomial.js';
import type { Json } from '../certificate/json.js';

/** Limits of one text. */
export const MAXIMUM_TEXT = 4000;
export const MAXIMUM_TEXT_TERMS = 64;
export const MAXIMUM_EXPONENT = 32;
export const MAXIMUM_COEFFICIENT_DIGITS = 50;
export const MAXIMUM_LETTERS = 16;

const NUMBER = new RegExp(
  `^(0|[1-9]\\d{0,${MAXIMUM_COEFFICIENT_DIGITS - 1}})(?:/([1-9]\\d{0,${MAXIMUM_COEFFICIENT_DIGITS - 1}}))?$`,
);
const POWER = /^([A-Za-z][A-Za-z0-9_]*)(?:\^([1-9]\d?))?$/;

/** A string of bounded length. Throws {@link ExactError} on anything else. */
export function textOf(json: Json | undefined, place: string): string {
  if (typeof json !== 'string') throw new ExactError(`${place} must be a text in quotes`);
  if (json.length > MAXIMUM_TEXT) throw new ExactError(`${place} is longer than ${MAXIMUM_TEXT} characters`);
  return json;
}

/** A polynomial in the known variables. Throws {@link ExactError} on anything else. */
export function readPolynomial(text: string, place: string, known: ReadonlySet<string>): Polynomial {
  // "a - b" is a sum of "a" and "-b"; the first term may have a minus sign too.
  const pieces = text.replaceAll(' - ', ' + -').split(' + ');
  if (pieces.length > MAXIMUM_TEXT_TERMS) throw new ExactError(`${place} has more than ${MAXIMUM_TEXT_TERMS} terms`);
  return polynomialOf(pieces.map((piece) => readTerm(piece, place, known)));
}

function readTerm(piece: string, place: string, known: ReadonlySet<string>): Term {
  const negative = piece.startsWith('-');
  const [first, ...others] = (negative ? piece.slice(1) : piece).split('*');
  const number = NUMBER.exec(first);
  const [, above = '1', below = '1'] = number ?? [];
  const size = scalar.rational(BigInt(above), BigInt(below));
  const exponents = new Map<string, number>();
  for (const factor of number === null ? [first, ...others] : others) {
    const match = POWER.exec(factor);
    if (match === null) throw new ExactError(`${place} has ${shown(factor)} where a power of a variable should be`);
    const [, name = '', exponentText = '1'] = match;
    const exponent = (exponents.get(name) ?? 0) + Number(exponentText);
    if (!known.has(name)) throw new ExactError(`${place} mentions ${shown(name)}, which is no variable there`);
    if (exponent > MAXIMUM_EXPONENT) throw new ExactError(`${place} has an exponent above ${MAXIMUM_EXPONENT}`);
    exponents.set(name, exponent);
  }
  return {
    monomial: [...exponents].sort(([one], [two]) => (one < two ? -1 : 1)),
    coefficient: negative ? scalar.negate(size) : size,
  };
}

/** `p` or `(p)/(q)`. Throws {@link ExactError} on anything else. */
export function readQuotient(text: string, place: string, known: ReadonlySet<string>): Quotient {
  const match = /^\(([^()]*)\)\/\(([^()]*)\)$/.exec(text);
  if (match === null) return fromPolynomial(readPolynomial(text, place, known));
  const [, above = '', under = ''] = match;
  const below = readPolynomial(under, place, known);
  if (below.size === 0) throw new ExactError(`${place} divides by zero`);
  return quotient(readPolynomial(above, place, known), below);
}

/** A word: letters between single spaces, each with or without ' for the transpose; `I` alone is the empty word. */
export function readWord(text: string, place: string): string[] {
  if (text === 'I') return [];
  const letters = text.split(' ');
  if (letters.length > MAXIMUM_LETTERS) {
    throw new ExactError(`${place} has a word of more than ${MAXIMUM_LETTERS} letters`);
  }
  return letters;
}

/** Text from a file, made fit for a one-line message. */
export function shown(text: string): string {
  const line = text.replace(/[^ -~]/g, '?');
  return `"${line.length <= 40 ? line : `${line.slice(0, 40)}…`}"`;
}
