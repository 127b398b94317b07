/**
 * The Hessian spectrum at a construction, for all sizes and parameters at once.
 *
 * The second derivative is the derivative, along a direction, of the gradient's words. A claimed block holds when
 * ∇²f E_i(S) − Σ_j M_ij E_j(S) reduces to nothing for a free matrix S; when ⟨E_i(S), E_j(T)⟩ = δ_ij⟨S, T⟩ for two free
 * matrices; and when the dimensions of all parameters, as polynomials in the sizes, add up to the number of unknowns.
 * A symmetric S is written (X + Xᵀ)/2 and a skew one (X − Xᵀ)/2 with X free, so that no relation is needed.
 */
import { parseRational } from '../exact/rational.js';
import type { Matrix, ParameterNode, Proposition, Scalar } from './expression.js';
import * as F from './fraction.js';
import type { Fraction } from './fraction.js';
import { lettersIn } from './letters.js';
import { regionOf, signIn } from './signs.js';
import { type Remainder, chartConditions, parameterFractions } from './sum-of-squares.js';
import * as T from './trace-algebra.js';
import type { TraceScalar, WordMatrix } from './trace-algebra.js';
import { type Alphabet, type Word, letter, letterType } from './word.js';
import {
  type Letters,
  type WordContext,
  alphabetOf,
  dimensionFraction,
  nothingAdjoined,
  wordContext,
} from './words-of.js';

/** A block of a claimed spectrum, with the spaces that it acts on. */
export interface BlockClaim {
  readonly title: string;
  readonly matrix: readonly (readonly Scalar[])[];
  readonly multiplicity: Scalar;
  readonly directions: readonly {
    readonly parameter: ParameterNode;
    readonly rows: readonly Readonly<Record<string, Matrix>>[];
  }[];
}

export interface SpectrumClaim {
  readonly blocks: Letters['blocks'];
  readonly objective: Scalar;
  /** λ's in terms of generators, by symbol name. */
  readonly parameters: ReadonlyMap<string, Scalar>;
  readonly when: Proposition;
  readonly frames: NonNullable<Letters['frames']>;
  readonly construction: Readonly<Record<string, Matrix>>;
  readonly spectrum: readonly BlockClaim[];
}

/** What is left of each claim: nothing, where it holds; `where` says what the first remainder is about. */
export interface Leftover {
  readonly remainder: Remainder;
  readonly where: string;
}

export interface SpectrumFindings {
  readonly action: Leftover;
  readonly orthonormality: Leftover;
  readonly dimensions: Leftover;
  /** Roots that are not shown to be real, and divisors not shown to be non-zero; undefined where no chart exists. */
  readonly sideConditions: readonly string[] | undefined;
}

const HOLDS: Leftover = { remainder: [], where: '' };
const MINUS = T.scalar(F.constant(parseRational('-1')));

const subtractMatrices = (x: WordMatrix, y: WordMatrix): WordMatrix => T.addMatrices(x, T.scaleMatrix(MINUS, y));

/** A value and its derivative along a direction. */
interface Dual<E> {
  readonly value: E;
  readonly tangent: E;
}

/** The derivative of an expression in letters, at a point, along a direction: Leibniz over every letter. */
export const derivativeAlong = (
  alphabet: Alphabet,
  expression: WordMatrix,
  point: ReadonlyMap<string, WordMatrix>,
  direction: ReadonlyMap<string, WordMatrix>,
): WordMatrix => {
  const dualOfWord = (word: Word, rows: string): Dual<WordMatrix> => {
    const square = { rows, cols: rows };
    let product: Dual<WordMatrix> = { value: T.matrixOfWord(alphabet, [], square), tangent: T.matrixZero(square) };
    for (const l of word) {
      const type = letterType(alphabet, letter(l.name));
      const value = point.get(l.name) ?? T.matrixOfWord(alphabet, [letter(l.name)], type);
      const tangent = direction.get(l.name) ?? T.matrixZero(type);
      const turn = (x: WordMatrix): WordMatrix => (l.transposed ? T.transposeMatrix(x) : x);
      const times = (x: WordMatrix, y: WordMatrix): WordMatrix => T.multiplyMatrices(alphabet, x, turn(y));
      product = {
        value: times(product.value, value),
        tangent: T.addMatrices(times(product.tangent, value), times(product.value, tangent)),
      };
    }
    return product;
  };
  const dualOfTraces = (coefficient: Fraction, traces: readonly Word[]): Dual<TraceScalar> => {
    let product: Dual<TraceScalar> = { value: T.scalar(coefficient), tangent: T.scalarZero };
    for (const cycle of traces) {
      const [first] = cycle;
      if (first === undefined) continue;
      const { value, tangent } = dualOfWord(cycle, letterType(alphabet, first).rows);
      const [here, change] = [T.traceOfMatrix(alphabet, value), T.traceOfMatrix(alphabet, tangent)];
      product = {
        value: T.multiplyScalars(product.value, here),
        tangent: T.addScalars(T.multiplyScalars(product.tangent, here), T.multiplyScalars(product.value, change)),
      };
    }
    return product;
  };
  let total = T.matrixZero(expression.type);
  for (const term of expression.terms.values()) {
    const factor = dualOfTraces(term.coefficient, term.traces);
    const word = dualOfWord(term.word, expression.type.rows);
    total = T.addMatrices(total, T.scaleMatrix(factor.tangent, word.value));
    total = T.addMatrices(total, T.scaleMatrix(factor.value, word.tangent));
  }
  return total;
};

/** The number of free entries of a parameter, as a polynomial in the sizes. */
const dimensionOf = ({ rows, cols, symmetry }: ParameterNode): Fraction => {
  const [height, width] = [dimensionFraction(rows), dimensionFraction(cols)];
  if (symmetry === 'general') return F.multiply(height, width);
  const next = symmetry === 'symmetric' ? F.add(height, F.ONE) : F.subtract(height, F.ONE);
  return F.multiply(F.constant(parseRational('1/2')), F.multiply(height, next));
};

/** The first finding with a remainder, or that there is none. */
const firstLeft = (findings: Iterable<Leftover>): Leftover => {
  for (const finding of findings) if (finding.remainder.length > 0) return finding;
  return HOLDS;
};

/** A space of directions in words, its parameter written with one of two free letters. */
interface SpaceWords {
  readonly title: string;
  readonly matrix: readonly (readonly Scalar[])[];
  readonly parameter: readonly [WordMatrix, WordMatrix];
  /** E_i of the first letter and of the second, for each row. */
  readonly rows: readonly (readonly [ReadonlyMap<string, WordMatrix>, ReadonlyMap<string, WordMatrix>])[];
}

/** Decides the whole spectrum in words; throws UsageError where a statement has no meaning in them. */
export const examineSpectrum = (claim: SpectrumClaim): SpectrumFindings => {
  const spaces = claim.spectrum.flatMap((block) => block.directions.map((space) => ({ block, space })));
  const formulas = spaces.flatMap(({ space }) => space.rows.flatMap((row) => Object.values(row)));
  const { complements } = lettersIn([...Object.values(claim.construction), ...formulas]);
  // No symbol can be called so.
  const nameOf = (index: number, copy: number): string => `parameter:${index}:${copy}`;
  const free = spaces.flatMap(({ space: { parameter } }, index) =>
    [0, 1].map((copy) => ({ name: nameOf(index, copy), rows: parameter.rows, cols: parameter.cols })),
  );
  const alphabet = alphabetOf({ blocks: claim.blocks, frames: claim.frames, complements, free });
  const adjoined = nothingAdjoined();
  const symbols = parameterFractions(claim.blocks, claim.parameters, adjoined);
  const context = wordContext({ alphabet, symbols, adjoined });
  const left = (x: WordMatrix | TraceScalar): Remainder => T.formatTerms(context.reduced(x));

  const inWords = spaces.map(({ block, space }, index): SpaceWords => {
    const copies = [0, 1].map((copy): [WordMatrix, WordContext] => {
      const words = parameterWords(alphabet, space.parameter, nameOf(index, copy));
      const parameters = new Map([[space.parameter.name, words]]);
      return [words, wordContext({ alphabet, symbols, parameters, adjoined })];
    }) as [[WordMatrix, WordContext], [WordMatrix, WordContext]];
    const rowIn = ([, { matrix }]: [WordMatrix, WordContext], row: Readonly<Record<string, Matrix>>) =>
      new Map(Object.entries(row).map(([name, formula]) => [name, matrix(formula)]));
    return {
      title: block.title,
      matrix: block.matrix,
      parameter: [copies[0][0], copies[1][0]],
      rows: space.rows.map((row) => [rowIn(copies[0], row), rowIn(copies[1], row)]),
    };
  });

  const objective = context.scalar(claim.objective);
  const gradient = claim.blocks.map(({ name }) => [name, T.differentiate(alphabet, objective, name)] as const);
  const point = new Map(Object.entries(claim.construction).map(([name, x]) => [name, context.matrix(x)]));

  const actions = function* (): Iterable<Leftover> {
    for (const { title, matrix, rows } of inWords) {
      for (const [i, [direction]] of rows.entries()) {
        for (const [block, words] of gradient) {
          let rest = derivativeAlong(alphabet, words, point, direction);
          for (const [j, [image]] of rows.entries()) {
            const [entry, claimed] = [matrix[i]?.[j], image.get(block)];
            if (entry === undefined || claimed === undefined) continue;
            rest = subtractMatrices(rest, T.scaleMatrix(context.scalar(entry), claimed));
          }
          yield { remainder: left(rest), where: `"${title}", row ${i + 1}, block ${block}` };
        }
      }
    }
  };

  const overlaps = function* (): Iterable<Leftover> {
    for (const [p, one] of inWords.entries()) {
      for (const [q, other] of inWords.slice(p).entries()) {
        for (const [i, [x]] of one.rows.entries()) {
          for (const [j, [, y]] of other.rows.entries()) {
            let rest = T.scalarZero;
            for (const [name, words] of x) {
              const against = y.get(name);
              if (against !== undefined) rest = T.addScalars(rest, T.innerProduct(alphabet, words, against));
            }
            if (q === 0 && i === j) {
              const own = T.innerProduct(alphabet, one.parameter[0], other.parameter[1]);
              rest = T.addScalars(rest, T.multiplyScalars(MINUS, own));
            }
            yield { remainder: left(rest), where: `"${one.title}" with "${other.title}"` };
          }
        }
      }
    }
  };

  const dimensions = function* (): Iterable<Leftover> {
    let total = F.ZERO;
    const differ = (x: Fraction, y: Fraction): Remainder =>
      F.equals(x, y) ? [] : [F.formatFraction(F.subtract(x, y))];
    for (const { title, matrix, multiplicity, directions } of claim.spectrum) {
      const dimension = directions.map((x) => dimensionOf(x.parameter)).reduce(F.add, F.ZERO);
      const where = `the multiplicity of "${title}"`;
      yield { remainder: differ(context.fraction(multiplicity), dimension), where };
      total = F.add(total, F.multiply(F.constant(parseRational(String(matrix.length))), dimension));
    }
    const unknowns = claim.blocks
      .map(({ rows, cols }) => F.multiply(dimensionFraction(rows), dimensionFraction(cols)))
      .reduce(F.add, F.ZERO);
    yield { remainder: differ(total, unknowns), where: 'the number of unknowns' };
  };

  return {
    action: firstLeft(actions()),
    orthonormality: firstLeft(overlaps()),
    dimensions: firstLeft(dimensions()),
    sideConditions: unshownConditions(context, claim.when),
  };
};

/** S in words: X, or its symmetric or skew part. */
const parameterWords = (alphabet: Alphabet, { rows, cols, symmetry }: ParameterNode, name: string): WordMatrix => {
  const words = T.matrixOfWord(alphabet, [letter(name)], { rows, cols });
  if (symmetry === 'general') return words;
  const sign = symmetry === 'symmetric' ? T.scalar(F.ONE) : MINUS;
  const half = T.scalar(F.constant(parseRational('1/2')));
  return T.scaleMatrix(half, T.addMatrices(words, T.scaleMatrix(sign, T.transposeMatrix(words))));
};

const unshownConditions = (context: WordContext, when: Proposition): string[] | undefined => {
  const conditions = chartConditions(context, when);
  const names = [...context.roots.keys()];
  const region = conditions === undefined ? undefined : regionOf(conditions, names);
  if (region === undefined) return undefined;
  // A root of something positive is positive; roots come after what they are built from.
  const weak = new Set(names);
  const unshown: string[] = [];
  for (const [name, square] of context.roots) {
    const sign = signIn(region, square, weak);
    if (sign === 'positive') weak.delete(name);
    else if (sign !== 'non-negative' && sign !== 'zero') unshown.push(`√(${F.formatFraction(square)})`);
  }
  for (const divisor of context.divisors) {
    const sign = signIn(region, divisor, weak);
    if (sign !== 'positive' && sign !== 'negative') unshown.push(`1/(${F.formatFraction(divisor)})`);
  }
  return [...new Set(unshown)];
};
