/**
 * Matrix words: products of letters and transposed letters, rewritten by relations between neighbours.
 *
 * Sizes are names ('K', 'd', 'N', …), never numbers, so whatever is shown here holds for all sizes at once. The
 * relations (RᵀR = I, YYᵀ = nI, 1ᵀ1 = K) replace two neighbours by a multiple of an identity, or make the word zero
 * where complementary frames meet, and cannot overlap, so a word has one reduced form. (THEORY: "the algebra in which
 * the identities are decided".)
 */
import { InternalError, UsageError } from '../errors.js';
import * as F from './fraction.js';
import type { Fraction } from './fraction.js';

/** The name of a dimension (see dimension.ts); '1' is the dimension of scalars. */
export type Dimension = string;

export interface LetterType {
  readonly rows: Dimension;
  readonly cols: Dimension;
}

export interface Letter {
  readonly name: string;
  readonly transposed: boolean;
}

export type Word = readonly Letter[];

/** `first` followed by `second` equals `factor` times the identity, or zero if the factor is. */
export interface Relation {
  readonly first: Letter;
  readonly second: Letter;
  readonly factor: Fraction;
}

export interface Alphabet {
  readonly letters: ReadonlyMap<string, LetterType>;
  readonly relations: readonly Relation[];
  /** The value of each dimension as a scalar: tr I_K = K. */
  readonly sizes: ReadonlyMap<Dimension, Fraction>;
  /** Squared norms that are known: tr VᵀV by the name of V. */
  readonly norms?: ReadonlyMap<string, Fraction>;
}

export const letter = (name: string, transposed = false): Letter => ({ name, transposed });

const letterKey = ({ name, transposed }: Letter): string => (transposed ? `${name}'` : name);

export const wordKey = (word: Word): string => word.map(letterKey).join(' ');

export const transposeWord = (word: Word): Word =>
  word.map(({ name, transposed }) => ({ name, transposed: !transposed })).reverse();

const typeOf = (alphabet: Alphabet, { name, transposed }: Letter): LetterType => {
  const type = alphabet.letters.get(name);
  if (type === undefined) throw new InternalError(`the letter ${name} is not in the alphabet`);
  return transposed ? { rows: type.cols, cols: type.rows } : type;
};

const same = (left: Letter, right: Letter): boolean => left.name === right.name && left.transposed === right.transposed;

const findRelation = (alphabet: Alphabet, first: Letter, second: Letter): Relation | undefined =>
  alphabet.relations.find((r) => same(r.first, first) && same(r.second, second));

interface Reduced {
  readonly factor: Fraction;
  readonly word: Word;
}

/** Applies the relations until none fits. */
const reduceLine = (alphabet: Alphabet, word: Word): Reduced => {
  let factor = F.ONE;
  const stack: Letter[] = [];
  for (const next of word) {
    const top = stack.at(-1);
    const relation = top === undefined ? undefined : findRelation(alphabet, top, next);
    if (relation === undefined) {
      stack.push(next);
    } else {
      if (F.isZero(relation.factor)) return { factor: F.ZERO, word: [] };
      stack.pop();
      factor = F.multiply(factor, relation.factor);
    }
  }
  return { factor, word: stack };
};

/** A product of a coefficient, traces of closed words (each in canonical form, sorted) and at most one open word. */
export interface WordTerm {
  readonly coefficient: Fraction;
  readonly traces: readonly Word[];
  readonly word: Word;
}

/** The term of a product that is zero; sums drop it. */
const NOTHING: WordTerm = { coefficient: F.ZERO, traces: [], word: [] };

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** The least of all rotations of the closed word and of its transpose. */
const canonicalCycle = (word: Word): Word => {
  let best = word;
  let bestKey = wordKey(word);
  for (const candidate of [word, transposeWord(word)]) {
    for (let shift = 0; shift < candidate.length; shift++) {
      const rotated = [...candidate.slice(shift), ...candidate.slice(0, shift)];
      const key = wordKey(rotated);
      if (compareText(key, bestKey) < 0) {
        best = rotated;
        bestKey = key;
      }
    }
  }
  return best;
};

/**
 * tr(word) for a closed word: relations are applied across the seam too, and a word that passes through the dimension
 * of scalars more than once splits there into a product of traces.
 */
export const traceOfWord = (alphabet: Alphabet, word: Word, dimension: Dimension): WordTerm => {
  let { factor, word: reduced } = reduceLine(alphabet, word);
  let size = dimension;
  if (F.isZero(factor)) return NOTHING;
  for (;;) {
    const first = reduced[0];
    const last = reduced.at(-1);
    if (first === undefined || last === undefined || reduced.length < 2) break;
    const relation = findRelation(alphabet, last, first);
    if (relation === undefined) break;
    if (F.isZero(relation.factor)) return NOTHING;
    size = typeOf(alphabet, last).rows;
    factor = F.multiply(factor, relation.factor);
    reduced = reduced.slice(1, -1);
  }
  if (reduced.length === 0) {
    const value = alphabet.sizes.get(size);
    if (value === undefined) throw new UsageError(`the dimension ${size} has no size`, 'Use K, d, N, r or 1.');
    return { coefficient: F.multiply(factor, value), traces: [], word: [] };
  }
  const norm = knownNorm(alphabet, reduced);
  if (norm !== undefined) return { coefficient: F.multiply(factor, norm), traces: [], word: [] };
  const cuts = reduced.flatMap((l, index) => (typeOf(alphabet, l).rows === '1' ? [index] : []));
  if (cuts.length < 2) return { coefficient: factor, traces: [canonicalCycle(reduced)], word: [] };
  const start = cuts[0] ?? 0;
  const rotated = [...reduced.slice(start), ...reduced.slice(0, start)];
  const bounds = [...cuts.map((cut) => cut - start), rotated.length];
  let product: WordTerm = { coefficient: factor, traces: [], word: [] };
  for (let k = 0; k + 1 < bounds.length; k++) {
    const piece = traceOfWord(alphabet, rotated.slice(bounds[k], bounds[k + 1]), '1');
    product = joinTraces(product, piece);
  }
  return product;
};

/** tr VᵀV or tr VVᵀ, where it is known. */
const knownNorm = ({ norms }: Alphabet, word: Word): Fraction | undefined => {
  const [first, second] = word;
  if (first === undefined || second === undefined || word.length > 2) return undefined;
  const squared = first.name === second.name && first.transposed !== second.transposed;
  return squared ? norms?.get(first.name) : undefined;
};

const joinTraces = (left: WordTerm, right: WordTerm): WordTerm => ({
  coefficient: F.multiply(left.coefficient, right.coefficient),
  traces: [...left.traces, ...right.traces].sort((a, b) => compareText(wordKey(a), wordKey(b))),
  word: [...left.word, ...right.word],
});

/**
 * The reduced form of an open word of type rows × cols: every stretch between two passages through the dimension of
 * scalars is a number and moves out as a trace.
 */
export const normalizeWord = (alphabet: Alphabet, word: Word, type: LetterType): WordTerm => {
  const { factor, word: reduced } = reduceLine(alphabet, word);
  if (F.isZero(factor)) return NOTHING;
  const cuts: number[] = type.rows === '1' ? [0] : [];
  for (let k = 1; k < reduced.length; k++) {
    const next = reduced[k];
    if (next !== undefined && typeOf(alphabet, next).rows === '1') cuts.push(k);
  }
  if (type.cols === '1' && reduced.length > 0) cuts.push(reduced.length);
  const first = cuts[0];
  const last = cuts.at(-1);
  if (first === undefined || last === undefined || cuts.length < 2) {
    return { coefficient: factor, traces: [], word: reduced };
  }
  let product: WordTerm = { coefficient: factor, traces: [], word: [] };
  for (let k = 0; k + 1 < cuts.length; k++) {
    product = joinTraces(product, traceOfWord(alphabet, reduced.slice(cuts[k], cuts[k + 1]), '1'));
  }
  return { ...product, word: [...reduced.slice(0, first), ...reduced.slice(last)] };
};

/** The type of one letter as it stands (transposition included). */
export const letterType = typeOf;
