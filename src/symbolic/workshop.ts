/** What a proof by a chain works with: the words of one case, in which what has no words is a name, and signs in it. */
import type { Proposition, Scalar } from './expression.js';
import type { Fraction } from './fraction.js';
import * as F from './fraction.js';
import { type OpaqueAtom, type OpaqueAtoms, opaqueAtoms } from './opaque.js';
import { type Region, type Sign, EVERYWHERE, regionOf, signIn } from './signs.js';
import { type Remainder, type SignFinding, chartConditions, parameterFractions } from './sum-of-squares.js';
import { singularValue } from './textbook.js';
import * as T from './trace-algebra.js';
import type { TraceScalar, WordMatrix } from './trace-algebra.js';
import type { Alphabet, LetterType } from './word.js';
import { type Adjoined, type Letters, type WordContext, alphabetOf, nothingAdjoined, wordContext } from './words-of.js';

/** The matrices and the parameters of a case. */
export interface Problem {
  readonly blocks: Letters['blocks'];
  /** λ's in terms of generators, by symbol name. */
  readonly parameters: ReadonlyMap<string, Scalar>;
  readonly when: Proposition;
}

export interface Workshop {
  readonly context: WordContext;
  readonly alphabet: Alphabet;
  /** The sign of a number in the case, u ≥ 0 being the variable of certificates. */
  readonly signOf: (x: Fraction) => Sign;
  /** What is left of words that should vanish: nothing, where they do. */
  readonly left: (words: WordMatrix | TraceScalar) => Remainder;
  /** The names of what has no words, as they have come up so far. */
  readonly names: () => readonly OpaqueAtom[];
  /** Adds a letter of which nothing is known. */
  readonly declare: (name: string, type: LetterType) => void;
  /** The parameters in terms of generators, and the roots that they share with what is written beside them. */
  readonly symbols: ReadonlyMap<string, Fraction>;
  readonly adjoined: Adjoined;
}

const minus = T.scalar(F.negate(F.ONE));
export const lessMatrix = (x: WordMatrix, y: WordMatrix): WordMatrix => T.addMatrices(x, T.scaleMatrix(minus, y));
export const lessScalar = (x: TraceScalar, y: TraceScalar): TraceScalar =>
  T.addScalars(x, T.multiplyScalars(minus, y));

/** The signs that a finding may have. */
export const REQUIRED: Readonly<Record<SignFinding['required'], readonly Sign[]>> = {
  'non-negative': ['zero', 'positive', 'non-negative'],
  positive: ['positive'],
  'non-zero': ['positive', 'negative'],
};

/** Equal words of one shape. */
export const equalWords = (shop: Workshop, x: WordMatrix, y: WordMatrix): boolean =>
  x.type.rows === y.type.rows && x.type.cols === y.type.cols && shop.left(lessMatrix(x, y)).length === 0;

export const workshop = ({ blocks, parameters, when }: Problem): Workshop => {
  const adjoined = nothingAdjoined();
  const symbols = parameterFractions(blocks, parameters, adjoined);
  const base = alphabetOf({ blocks });
  const letters = new Map<string, LetterType>(base.letters);
  const alphabet: Alphabet = { ...base, letters };
  const numbers = new Set<string>();
  let atoms: OpaqueAtoms | undefined;
  let region: Region = [[EVERYWHERE]];
  const signOf = (x: Fraction): Sign => {
    // A root of what is positive is positive; of others no more is known than that they are not negative.
    const weak = [...context.roots].filter(([, square]) => signIn(region, square) !== 'positive').map(([name]) => name);
    return signIn(region, x, [...weak, ...numbers, singularValue.name]);
  };
  const context: WordContext = wordContext({
    alphabet,
    symbols,
    adjoined,
    isPositive: (x) => signOf(x) === 'positive',
    opaque: (reduced) => {
      atoms = opaqueAtoms({ reduced, signOf, letters, numbers });
      return atoms;
    },
  });
  const conditions = chartConditions(context, when);
  region = (conditions === undefined ? undefined : regionOf(conditions, context.roots.keys())) ?? region;
  return {
    context,
    alphabet,
    signOf,
    left: (words) => T.formatTerms(context.reduced(words)),
    names: () => atoms?.known ?? [],
    declare: (name, type) => letters.set(name, type),
    symbols,
    adjoined,
  };
};
