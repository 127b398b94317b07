/**
 * Numbers made of matrices: Σ coefficient · (1, the trace or the nuclear norm of a word, `excess`, or a known equation
 * between numbers). As sums they have the normal form of traces, in which nuclear norms and `excess` are names.
 */
import { ExactError } from '../../error.js';
import { objectOf } from '../../certificate/values.js';
import type { Json } from '../../certificate/json.js';
import { negate } from '../polynomial.js';
import type { Quotient } from '../polynomial.js';
import { wordShape } from '../schema.js';
import type { Written } from '../schema.js';
import { readWord, shown } from '../text.js';
import { addTraces, scaleTraces, substituteLetters, traceOf, transposeWord } from '../words.js';
import type { Alphabet, Dimension, Matrix, TraceSum, Word } from '../words.js';

type ScalarTerm = { readonly coefficient: Quotient } & (
  | { readonly kind: 'number' | 'excess' }
  | { readonly kind: 'trace'; readonly word: Word; readonly dimension: Dimension }
  | { readonly kind: 'norm'; readonly word: Word }
  | { readonly kind: 'fact'; readonly name: string }
);

export type Scalar = readonly ScalarTerm[];

/** max(left − right, 0) of the assumption. */
export const EXCESS = 'excess';

const MOST_TERMS = 64;

/** What may stand in a number. */
export interface ScalarLetters {
  readonly alphabet: Alphabet;
  readonly hasExcess: boolean;
  /** Equations between numbers, by name. */
  readonly facts?: ReadonlySet<string>;
}

/** Reads a number. Throws {@link ExactError} on anything else. */
export function readScalar(
  json: Json | undefined,
  place: string,
  { alphabet, hasExcess, facts }: ScalarLetters,
  coefficientOf: (text: Json | undefined, where: string) => Written<Quotient>,
): Written<Scalar> {
  const fields = objectOf(json, place);
  if (fields.size > MOST_TERMS) throw new ExactError(`${place} has more than ${MOST_TERMS} terms`);
  const termOf = (key: string, coefficient: Quotient): ScalarTerm => {
    if (key === '1') return { coefficient, kind: 'number' };
    if (key === EXCESS && hasExcess) return { coefficient, kind: 'excess' };
    const [, fact] = /^\[(.*)\]$/.exec(key) ?? [];
    if (fact !== undefined && facts?.has(fact) === true) return { coefficient, kind: 'fact', name: fact };
    const [, name, inner = ''] = /^(tr|nuc)\((.*)\)$/.exec(key) ?? [];
    if (name === undefined || inner === 'I') {
      throw new ExactError(`${place} mentions ${shown(key)}, which is no number there`);
    }
    const word = readWord(inner, place);
    const { rows, cols } = wordShape(word, place, alphabet);
    if (name === 'nuc') return { coefficient, kind: 'norm', word };
    if (rows !== cols) throw new ExactError(`${place} has the trace of a matrix that is not square`);
    return { coefficient, kind: 'trace', word, dimension: rows };
  };
  const terms = [...fields].map(([key, text]) => {
    const written = coefficientOf(text, place);
    return { term: termOf(key, written.value), text: termText(key, written.text) };
  });
  const text = terms.length === 0 ? '0' : terms.map((x) => x.text).join(' + ');
  return { value: terms.map(({ term }) => term), text };
}

function termText(key: string, coefficient: string): string {
  if (key === '1') return coefficient;
  return coefficient === '1' ? key : `[${coefficient}] ${key}`;
}

/** The number in normal form, with what `facts` and `matrices` say in place of the names of equations. */
export function sumOf(
  alphabet: Alphabet,
  scalar: Scalar,
  facts: ReadonlyMap<string, TraceSum> = new Map(),
  matrices: ReadonlyMap<string, Matrix> = new Map(),
): TraceSum {
  const parts = scalar.map((term): TraceSum => {
    const { coefficient } = term;
    switch (term.kind) {
      case 'number':
        return new Map([['', coefficient]]);
      case 'excess':
        return new Map([[EXCESS, coefficient]]);
      case 'norm':
        return new Map([[normKey(term.word), coefficient]]);
      case 'fact':
        return scaleTraces(coefficient, facts.get(term.name) ?? new Map<string, Quotient>());
      case 'trace': {
        const { word, dimension } = term;
        const matrix: Matrix = { rows: dimension, cols: dimension, terms: [{ coefficient, word }] };
        return traceOf(alphabet, substituteLetters(alphabet, matrix, matrices));
      }
    }
  });
  return addTraces(...parts);
}

/** One name for the nuclear norms of a word and of its transpose. */
export function normKey(word: Word): string {
  const [one, two] = [word.join(' '), transposeWord(word).join(' ')];
  return `nuc(${one < two ? one : two})`;
}

/** left − right. */
export function difference(left: TraceSum, right: TraceSum): TraceSum {
  return addTraces(left, new Map([...right].map(([key, x]): [string, Quotient] => [key, negate(x)])));
}
