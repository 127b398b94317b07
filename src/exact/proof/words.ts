/**
 * Sums of matrix words, and the normal form of their traces.
 *
 * A word is a product of letters and transposed letters between named dimensions, never numbers, so what is shown here
 * holds for all sizes. Two neighbours may be replaced: YYᵀ by n·I, 1ᵀ1 by K, RᵀR by I for an orthonormal frame, FᵀF by
 * I − 11ᵀ/K for a centred frame, whose F1 is 0. A trace is cyclic and does not change under transposition, and a closed
 * word that passes through a vector is a product of numbers. Each of these is true of matrices; so a sum of traces all
 * of whose coefficients vanish is zero whatever the matrices are.
 */
import { ExactError } from '../error.js';
import * as scalar from '../rational.js';
import {
  ONE_QUOTIENT,
  add,
  constant,
  fromPolynomial,
  isZero,
  multiply,
  multiplyPolynomials,
  negate,
  quotient,
  variable,
} from './polynomial.js';
import type { Quotient } from './polynomial.js';
import { spend } from './work.js';

/** 1 is the dimension of numbers; N = Kn. */
export type Dimension = 'K' | 'd' | 'N' | '1';

export interface Shape {
  readonly rows: Dimension;
  readonly cols: Dimension;
}

/** A letter by its name, with ' behind it for the transpose. */
export type Word = readonly string[];

/**
 * An orthonormal frame is d × K with RᵀR = I; so is a non-negative frame, with no entry below zero; a centred frame is
 * d × K with FᵀF = I − 11ᵀ/K.
 */
export type FrameKind = 'orthonormal' | 'non-negative' | 'centred';

export interface Matrix extends Shape {
  readonly terms: readonly { readonly coefficient: Quotient; readonly word: Word }[];
}

/** Σ coefficient · product of traces, by the text of that product. */
export type TraceSum = ReadonlyMap<string, Quotient>;

/** What two neighbours are replaced by: a sum of words. */
type Replacement = readonly { readonly coefficient: Quotient; readonly word: Word }[];

export interface Alphabet {
  readonly shapes: ReadonlyMap<string, Shape>;
  /** Replacements by the two letters with a space between. */
  readonly relations: ReadonlyMap<string, Replacement>;
}

const K = fromPolynomial(variable('K'));
const n = fromPolynomial(variable('n'));
const MINUS_ONE = fromPolynomial(constant(scalar.rational(-1)));
const OVER_K = quotient(constant(scalar.ONE), variable('K'));

const SIZES: Readonly<Record<Dimension, Quotient>> = {
  K,
  d: fromPolynomial(variable('d')),
  N: fromPolynomial(multiplyPolynomials(variable('K'), variable('n'))),
  '1': ONE_QUOTIENT,
};

/** The letters Y (K × N) and 1 (K × 1), the given ones, and frames. */
export function alphabetOf(
  letters: ReadonlyMap<string, Shape>,
  frames: ReadonlyMap<string, FrameKind> = new Map(),
): Alphabet {
  const shapes = new Map<string, Shape>([
    ['Y', { rows: 'K', cols: 'N' }],
    ['1', { rows: 'K', cols: '1' }],
    ...letters,
  ]);
  const relations = new Map<string, Replacement>([
    ["Y Y'", [{ coefficient: n, word: [] }]],
    ["1' 1", [{ coefficient: K, word: [] }]],
  ]);
  for (const [name, kind] of frames) {
    shapes.set(name, { rows: 'd', cols: 'K' });
    const unit = { coefficient: ONE_QUOTIENT, word: [] };
    if (kind !== 'centred') {
      relations.set(`${name}' ${name}`, [unit]);
    } else {
      relations.set(`${name}' ${name}`, [unit, { coefficient: negate(OVER_K), word: ['1', "1'"] }]);
      relations.set(`${name} 1`, []);
      relations.set(`1' ${name}'`, []);
    }
  }
  return { shapes, relations };
}

export function transposeLetter(letter: string): string {
  return letter.endsWith("'") ? letter.slice(0, -1) : `${letter}'`;
}

export function transposeWord(word: Word): Word {
  return word.map(transposeLetter).reverse();
}

/** The shape of a letter as it stands. Throws {@link ExactError} where it is not in the alphabet. */
export function shapeOf({ shapes }: Alphabet, letter: string): Shape {
  const transposed = letter.endsWith("'");
  const shape = shapes.get(transposed ? letter.slice(0, -1) : letter);
  if (shape === undefined) throw new ExactError(`there is no matrix ${letter}`);
  return transposed ? { rows: shape.cols, cols: shape.rows } : shape;
}

export function transpose({ rows, cols, terms }: Matrix): Matrix {
  return {
    rows: cols,
    cols: rows,
    terms: terms.map(({ coefficient, word }) => ({ coefficient, word: transposeWord(word) })),
  };
}

/** left − right, of one shape. */
export function subtract(left: Matrix, right: Matrix): Matrix {
  const minus = right.terms.map(({ coefficient, word }) => ({ coefficient: multiply(MINUS_ONE, coefficient), word }));
  return { ...left, terms: [...left.terms, ...minus] };
}

export function multiplyMatrices(left: Matrix, right: Matrix): Matrix {
  return {
    rows: left.rows,
    cols: right.cols,
    terms: left.terms.flatMap((one) =>
      right.terms.map((two) => ({
        coefficient: multiply(one.coefficient, two.coefficient),
        word: [...one.word, ...two.word],
      })),
    ),
  };
}

/** The matrix with letters replaced by matrices; letters without a value stay. */
export function substituteLetters(alphabet: Alphabet, matrix: Matrix, values: ReadonlyMap<string, Matrix>): Matrix {
  const valueOf = (letter: string): Matrix => {
    const plain = values.get(letter);
    const transposed = values.get(transposeLetter(letter));
    if (plain !== undefined) return plain;
    if (transposed !== undefined) return transpose(transposed);
    return { ...shapeOf(alphabet, letter), terms: [{ coefficient: ONE_QUOTIENT, word: [letter] }] };
  };
  const terms = matrix.terms.flatMap(({ coefficient, word }) => {
    const unit: Matrix = { rows: matrix.rows, cols: matrix.rows, terms: [{ coefficient, word: [] }] };
    return word.reduce((product, letter) => multiplyMatrices(product, valueOf(letter)), unit).terms;
  });
  return { ...matrix, terms };
}

/** The trace of a square matrix in normal form. */
export function traceOf(alphabet: Alphabet, matrix: Matrix): TraceSum {
  const sum = new Map<string, Quotient>();
  for (const { coefficient, word } of matrix.terms) {
    for (const [key, factor] of traceOfWord(alphabet, word, matrix.rows)) {
      accumulate(sum, key, multiply(coefficient, factor));
    }
  }
  return sum;
}

/** ‖matrix‖² in normal form. */
export function normSquared(alphabet: Alphabet, matrix: Matrix): TraceSum {
  return traceOf(alphabet, multiplyMatrices(transpose(matrix), matrix));
}

export function addTraces(...sums: readonly TraceSum[]): TraceSum {
  const total = new Map<string, Quotient>();
  for (const sum of sums) for (const [key, coefficient] of sum) accumulate(total, key, coefficient);
  return total;
}

export function scaleTraces(factor: Quotient, sum: TraceSum): TraceSum {
  return new Map([...sum].map(([key, coefficient]): [string, Quotient] => [key, multiply(factor, coefficient)]));
}

function accumulate(sum: Map<string, Quotient>, key: string, coefficient: Quotient): void {
  const known = sum.get(key);
  sum.set(key, known === undefined ? coefficient : add(known, coefficient));
}

/** No text of a proof can name it. */
const GENERIC = '?';

/**
 * What is left of a matrix that should be zero. M vanishes if tr(?M) does for a matrix ? of which nothing is known,
 * so traces alone need a normal form.
 */
export function remainderOf(alphabet: Alphabet, matrix: Matrix): TraceSum {
  const shapes = new Map([...alphabet.shapes, [GENERIC, { rows: matrix.cols, cols: matrix.rows }] as const]);
  const terms = matrix.terms.map(({ coefficient, word }) => ({ coefficient, word: [GENERIC, ...word] }));
  return traceOf({ ...alphabet, shapes }, { rows: matrix.cols, cols: matrix.cols, terms });
}

/** tr(word), of a closed word that starts and ends in the given dimension. */
function traceOfWord(alphabet: Alphabet, word: Word, dimension: Dimension): TraceSum {
  spend(word.length ** 2);
  if (word.length === 0) return new Map([['', SIZES[dimension]]]);
  for (const [index, letter] of word.entries()) {
    const next = (index + 1) % word.length;
    const replacement = alphabet.relations.get(`${letter} ${word[next]}`);
    if (replacement === undefined) continue;
    const rest = next === 0 ? word.slice(1, -1) : [...word.slice(index + 2), ...word.slice(0, index)];
    const { rows } = shapeOf(alphabet, letter);
    return addTraces(
      ...replacement.map((term) =>
        scaleTraces(term.coefficient, traceOfWord(alphabet, [...term.word, ...rest], rows)),
      ),
    );
  }
  const starts = word.flatMap((letter, index) => (shapeOf(alphabet, letter).rows === '1' ? [index] : []));
  const [first = 0] = starts;
  const turned = [...word.slice(first), ...word.slice(0, first)];
  const cuts = starts.length === 0 ? [0] : starts.map((start) => start - first);
  const pieces = cuts.map((cut, index) => cycleText(turned.slice(cut, cuts[index + 1])));
  return new Map([[pieces.sort().join(' '), ONE_QUOTIENT]]);
}

/** One text for a closed word, its rotations, and those of its transpose. */
function cycleText(word: Word): string {
  const all = [word, transposeWord(word)].flatMap((each) =>
    each.map((_, shift) => [...each.slice(shift), ...each.slice(0, shift)].join(' ')),
  );
  return `tr(${all.reduce((least, text) => (text < least ? text : least))})`;
}

/** The terms that do not vanish; `reduce` rewrites coefficients first. */
export function survivors(sum: TraceSum, reduce: (x: Quotient) => Quotient): (readonly [string, Quotient])[] {
  return [...sum]
    .map(([key, coefficient]) => [key, reduce(coefficient)] as const)
    .filter(([, coefficient]) => !isZero(coefficient));
}
