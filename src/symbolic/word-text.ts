/**
 * Words as text that another program can read: `W H Y'`, with 1 for the ones of dimension K and I for the empty word.
 */
import * as F from './fraction.js';
import { NotAWordError } from './words-of.js';
import type { WordMatrix } from './trace-algebra.js';
import { type Alphabet, type Letter, type LetterType, type Word, letterType } from './word.js';

const letterText = ({ name, transposed }: Letter): string => `${name === '1_K' ? '1' : name}${transposed ? "'" : ''}`;

const wordText = (word: Word): string => (word.length === 0 ? 'I' : word.map(letterText).join(' '));

/** A trace through the dimension of scalars as a 1 × 1 word, which can stand wherever a word passes through it. */
const asScalarWord = (alphabet: Alphabet, cycle: Word): Word => {
  const start = cycle.findIndex((l) => letterType(alphabet, l).rows === '1');
  if (start < 0) {
    throw new NotAWordError('a trace of matrices times a matrix has no word', 'Write it without the trace.');
  }
  return [...cycle.slice(start), ...cycle.slice(0, start)];
};

const withScalars = (alphabet: Alphabet, word: Word, type: LetterType, scalars: Word): Word => {
  if (scalars.length === 0) return word;
  if (type.cols === '1') return [...word, ...scalars];
  const cut = word.findIndex((l) => letterType(alphabet, l).rows === '1');
  if (cut < 0) {
    throw new NotAWordError('a product of scalars times a matrix has no word', 'Write it through a vector.');
  }
  return [...word.slice(0, cut), ...scalars, ...word.slice(cut)];
};

/**
 * Coefficients by words.
 *
 * @throws NotAWordError for a term with a trace that no word can hold
 */
export const matrixText = (alphabet: Alphabet, { type, terms }: WordMatrix): Readonly<Record<string, string>> => {
  const entries = [...terms.values()].map(({ coefficient, traces, word }): [string, string] => {
    const scalars = traces.flatMap((cycle) => asScalarWord(alphabet, cycle));
    return [wordText(withScalars(alphabet, word, type, scalars)), F.formatFraction(coefficient)];
  });
  return Object.fromEntries(entries);
};
