/**
 * Linear combinations of words: matrix expressions, and scalar expressions in traces, with coefficients that are
 * quotients of polynomials. An expression vanishes for all sizes when every coefficient is zero.
 */
import { InternalError } from '../errors.js';
import * as F from './fraction.js';
import type { Fraction } from './fraction.js';
import {
  type Alphabet,
  type Dimension,
  type LetterType,
  type Word,
  type WordTerm,
  letterType,
  normalizeWord,
  traceOfWord,
  transposeWord,
  wordKey,
} from './word.js';

/** A matrix: Σ coefficient · Π traces · word, of the given type. */
export interface WordMatrix {
  readonly type: LetterType;
  readonly terms: ReadonlyMap<string, WordTerm>;
}

/** A scalar: Σ coefficient · Π traces (words are empty). */
export interface TraceScalar {
  readonly terms: ReadonlyMap<string, WordTerm>;
}

const termKey = (term: WordTerm): string =>
  `${term.traces.map((t) => `tr(${wordKey(t)})`).join(' ')}|${wordKey(term.word)}`;

const collect = (terms: Iterable<WordTerm>): ReadonlyMap<string, WordTerm> => {
  const collected = new Map<string, WordTerm>();
  for (const term of terms) {
    const key = termKey(term);
    const known = collected.get(key);
    const coefficient = known === undefined ? term.coefficient : F.add(known.coefficient, term.coefficient);
    if (F.isZero(coefficient)) collected.delete(key);
    else collected.set(key, { ...term, coefficient });
  }
  return collected;
};

const sortTraces = (traces: readonly Word[]): Word[] =>
  [...traces].sort((a, b) => (wordKey(a) < wordKey(b) ? -1 : wordKey(a) > wordKey(b) ? 1 : 0));

const merge = (left: WordTerm, right: WordTerm, word: Word): WordTerm => ({
  coefficient: F.multiply(left.coefficient, right.coefficient),
  traces: sortTraces([...left.traces, ...right.traces]),
  word,
});

// Scalars

export const scalar = (value: Fraction): TraceScalar => ({
  terms: collect([{ coefficient: value, traces: [], word: [] }]),
});

export const scalarZero: TraceScalar = { terms: new Map() };

export const addScalars = (x: TraceScalar, y: TraceScalar): TraceScalar => ({
  terms: collect([...x.terms.values(), ...y.terms.values()]),
});

export const multiplyScalars = (x: TraceScalar, y: TraceScalar): TraceScalar => ({
  terms: collect([...x.terms.values()].flatMap((a) => [...y.terms.values()].map((b) => merge(a, b, [])))),
});

/** The coefficient of a scalar without traces, or undefined where a trace remains. */
export const asFraction = (x: TraceScalar): Fraction | undefined => {
  if (x.terms.size === 0) return F.ZERO;
  const [term] = x.terms.values();
  return x.terms.size === 1 && term?.traces.length === 0 ? term.coefficient : undefined;
};

// Matrices

const withTerms = (type: LetterType, terms: Iterable<WordTerm>): WordMatrix => ({ type, terms: collect(terms) });

/** Σ of words given as they stand; each is brought to its reduced form. */
export const matrixOfWord = (alphabet: Alphabet, word: Word, type: LetterType): WordMatrix =>
  withTerms(type, [normalizeWord(alphabet, word, type)]);

export const matrixZero = (type: LetterType): WordMatrix => ({ type, terms: new Map() });

export const addMatrices = (x: WordMatrix, y: WordMatrix): WordMatrix => {
  requireType(x.type, y.type);
  return withTerms(x.type, [...x.terms.values(), ...y.terms.values()]);
};

export const scaleMatrix = (factor: TraceScalar, x: WordMatrix): WordMatrix =>
  withTerms(
    x.type,
    [...factor.terms.values()].flatMap((a) => [...x.terms.values()].map((b) => merge(a, b, b.word))),
  );

export const multiplyMatrices = (alphabet: Alphabet, x: WordMatrix, y: WordMatrix): WordMatrix => {
  if (x.type.cols !== y.type.rows) throw new InternalError(`cannot multiply ${shape(x.type)} by ${shape(y.type)}`);
  const type = { rows: x.type.rows, cols: y.type.cols };
  return withTerms(
    type,
    [...x.terms.values()].flatMap((a) =>
      [...y.terms.values()].map((b) => {
        const product = normalizeWord(alphabet, [...a.word, ...b.word], type);
        return merge(merge(a, b, []), product, product.word);
      }),
    ),
  );
};

export const transposeMatrix = (x: WordMatrix): WordMatrix =>
  withTerms(
    { rows: x.type.cols, cols: x.type.rows },
    [...x.terms.values()].map((t) => ({ ...t, word: transposeWord(t.word) })),
  );

export const traceOfMatrix = (alphabet: Alphabet, x: WordMatrix): TraceScalar => {
  requireType({ rows: x.type.rows, cols: x.type.rows }, x.type);
  return {
    terms: collect([...x.terms.values()].map((t) => merge(t, traceOfWord(alphabet, t.word, x.type.rows), []))),
  };
};

/** ⟨x, y⟩ = tr(xᵀ y). */
export const innerProduct = (alphabet: Alphabet, x: WordMatrix, y: WordMatrix): TraceScalar =>
  traceOfMatrix(alphabet, multiplyMatrices(alphabet, transposeMatrix(x), y));

/** The matrix with every coefficient rewritten; terms whose coefficient becomes zero disappear. */
export const mapCoefficients = <T extends WordMatrix | TraceScalar>(x: T, rewrite: (c: Fraction) => Fraction): T => ({
  ...x,
  terms: collect([...x.terms.values()].map((t) => ({ ...t, coefficient: rewrite(t.coefficient) }))),
});

export const vanishes = (x: WordMatrix | TraceScalar): boolean => x.terms.size === 0;

/**
 * ∂x/∂X as a matrix of the type of X: each occurrence of X in a trace is rotated to the front, tr(Xu) giving uᵀ and
 * tr(Xᵀu) giving u; products of traces follow Leibniz.
 */
export const differentiate = (alphabet: Alphabet, x: TraceScalar, block: string): WordMatrix => {
  const type = letterType(alphabet, { name: block, transposed: false });
  const terms: WordTerm[] = [];
  for (const term of x.terms.values()) {
    term.traces.forEach((cycle, position) => {
      const others = term.traces.filter((_, index) => index !== position);
      cycle.forEach((current, index) => {
        if (current.name !== block) return;
        const rest = [...cycle.slice(index + 1), ...cycle.slice(0, index)];
        const word = current.transposed ? rest : transposeWord(rest);
        const reduced = normalizeWord(alphabet, word, type);
        terms.push(merge({ coefficient: term.coefficient, traces: others, word: [] }, reduced, reduced.word));
      });
    });
  }
  return withTerms(type, terms);
};

const shape = ({ rows, cols }: LetterType): string => `${rows} × ${cols}`;

const requireType = (expected: LetterType, actual: LetterType): void => {
  if (expected.rows !== actual.rows || expected.cols !== actual.cols) {
    throw new InternalError(`expected ${shape(expected)}, got ${shape(actual)}`);
  }
};

const textOfWord = (word: Word): string =>
  word.map(({ name, transposed }) => (transposed ? `${name}ᵀ` : name)).join('·');

/** The monomials of an expression as text, one per term: what is left of a failed identity. */
export const formatTerms = (x: WordMatrix | TraceScalar): string[] =>
  [...x.terms.values()].map((t) => {
    const factors = [
      ...t.traces.map((c) => `tr(${textOfWord(c)})`),
      ...(t.word.length > 0 ? [textOfWord(t.word)] : []),
    ];
    return [`(${F.formatFraction(t.coefficient)})`, ...factors].join('·');
  });

export type { Alphabet, Dimension, LetterType, Word };
