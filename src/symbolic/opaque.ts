/**
 * What is no word, as a name of its own: nuclear norms, max(x, 0), inverses and σ of words. Equal words have equal
 * names, so that the two sides of a step can cancel; of the numbers among them it is known that they are ≥ 0, and
 * nothing else.
 *
 * ‖cX‖_* = |c|·‖X‖_*, and max(cx, 0) = c·max(x, 0) and σ(cX) = cσ(X) for c > 0, are used: a factor whose sign is known
 * is taken out first.
 */
import * as F from './fraction.js';
import type { Fraction } from './fraction.js';
import type { Sign } from './signs.js';
import * as T from './trace-algebra.js';
import type { TraceScalar, WordMatrix } from './trace-algebra.js';
import { type LetterType, letter } from './word.js';

/** A name, and what it stands for. */
export interface OpaqueAtom {
  readonly kind: 'nuclear' | 'positive' | 'inverse' | 'relu';
  readonly words: WordMatrix;
  readonly name: string;
}

export interface OpaqueAtoms {
  /** All names so far. */
  readonly known: readonly OpaqueAtom[];
  nuclearNorm(of: WordMatrix): TraceScalar;
  positivePart(of: TraceScalar): TraceScalar;
  inverse(of: WordMatrix): WordMatrix;
  relu(of: WordMatrix): WordMatrix;
}

export interface OpaqueContext {
  readonly reduced: (words: WordMatrix) => WordMatrix;
  readonly signOf: (x: Fraction) => Sign;
  /** The letters of the alphabet, to which new ones are added. */
  readonly letters: Map<string, LetterType>;
  /** The names of numbers, to which new ones are added: they are ≥ 0, and may be 0. */
  readonly numbers: Set<string>;
}

const minus = T.scalar(F.negate(F.ONE));

/** The words divided by the coefficient of their first term, if that has a sign that `allowed` knows. */
const withoutFactor = (words: WordMatrix, signOf: (x: Fraction) => Sign, allowed: readonly Sign[]) => {
  const [first] = [...words.terms.keys()].sort();
  const coefficient = first === undefined ? F.ONE : (words.terms.get(first)?.coefficient ?? F.ONE);
  const sign = signOf(coefficient);
  if (!allowed.includes(sign)) return { size: F.ONE, words };
  return {
    size: sign === 'negative' ? F.negate(coefficient) : coefficient,
    words: T.scaleMatrix(T.scalar(F.divide(F.ONE, coefficient)), words),
  };
};

export const opaqueAtoms = ({ reduced, signOf, letters, numbers }: OpaqueContext): OpaqueAtoms => {
  const known: OpaqueAtom[] = [];
  const nameOf = (kind: OpaqueAtom['kind'], words: WordMatrix): string => {
    const { rows, cols } = words.type;
    const same = known.find(
      (x) =>
        x.kind === kind &&
        x.words.type.rows === rows &&
        x.words.type.cols === cols &&
        T.vanishes(reduced(T.addMatrices(x.words, T.scaleMatrix(minus, words)))),
    );
    if (same !== undefined) return same.name;
    // No symbol and no matrix of a module can be called so.
    const name = `${kind}:${known.length + 1}`;
    known.push({ kind, words, name });
    return name;
  };
  const matrixAtom = (kind: OpaqueAtom['kind'], words: WordMatrix): WordMatrix => {
    const name = nameOf(kind, words);
    letters.set(name, words.type);
    return T.matrixOfWord({ letters, relations: [], sizes: new Map() }, [letter(name)], words.type);
  };
  const numberAtom = (kind: OpaqueAtom['kind'], all: WordMatrix, allowed: readonly Sign[]): TraceScalar => {
    if (T.vanishes(all)) return T.scalarZero;
    const { size, words } = withoutFactor(all, signOf, allowed);
    const name = nameOf(kind, words);
    numbers.add(name);
    return T.scalar(F.multiply(size, F.variable(name)));
  };
  return {
    known,
    nuclearNorm: (of) => numberAtom('nuclear', reduced(of), ['positive', 'negative']),
    positivePart: (of) => {
      const one = T.matrixOfWord({ letters, relations: [], sizes: new Map() }, [], { rows: '1', cols: '1' });
      return numberAtom('positive', reduced(T.scaleMatrix(of, one)), ['positive']);
    },
    inverse: (of) => matrixAtom('inverse', reduced(of)),
    relu: (of) => {
      const all = reduced(of);
      if (T.vanishes(all)) return all;
      const { size, words } = withoutFactor(all, signOf, ['positive']);
      return T.scaleMatrix(T.scalar(size), matrixAtom('relu', words));
    },
  };
};
