/**
 * Statements as words: the interpreter over the algebra of traces, with no size fixed.
 *
 * A context fixes what the letters are, which relations hold between them, and how the parameters are expressed in free
 * generators. Generators are positive, so the root of a monomial is the product of the roots of its variables:
 * squares are taken exactly, and each variable or prime left over is adjoined as a root of its own, with the one
 * relation root² = e. No two of these are related. The root of a sum is adjoined as a whole. Every divisor met on the
 * way is kept as a side condition.
 */
import { UsageError } from '../errors.js';
import { parseRational, ONE as RATIONAL_ONE } from '../exact/rational.js';
import { dimensionParts, isNumeral } from './dimension.js';
import type { ComplementNode, LetterNode, Matrix, Scalar } from './expression.js';
import * as F from './fraction.js';
import type { Fraction } from './fraction.js';
import { type Interpreter, interpreter } from './interpret.js';
import type { OpaqueAtoms } from './opaque.js';
import * as T from './trace-algebra.js';
import type { TraceScalar, WordMatrix } from './trace-algebra.js';
import { type Alphabet, type Letter, type LetterType, type Relation, letter } from './word.js';

/** A statement that means something, but not in words: nothing is decided about it symbolically. */
export class NotAWordError extends UsageError {}

const notAWord = (what: string): never => {
  throw new NotAWordError(`${what} of a general matrix or scalar is not a word`, 'Such statements are measured.');
};

/** The letter that Y is written with. */
export const LABELS = 'Y';
/** The letter of 1_dimension. */
export const onesName = (dimension: string): string => `1_${dimension}`;

interface SizedLetter {
  readonly name: string;
  readonly rows: string;
  readonly cols: string;
}

/** A frame; where its kind is not given, an orthonormal one. */
interface FrameLetter extends SizedLetter {
  readonly kind?: LetterNode['kind'];
}

/** Letters of a problem: its blocks, the orthonormal frames of a construction, their complements, free matrices. */
export interface Letters {
  readonly blocks: readonly SizedLetter[];
  readonly frames?: readonly FrameLetter[];
  readonly complements?: readonly ComplementNode[];
  /** Letters without any relation. */
  readonly free?: readonly SizedLetter[];
}

export interface WordContext extends Interpreter<TraceScalar, WordMatrix> {
  readonly alphabet: Alphabet;
  /** Roots that were adjoined: name → square. */
  readonly roots: ReadonlyMap<string, Fraction>;
  /** Everything that was divided by: non-zero by assumption, to be shown. */
  readonly divisors: readonly Fraction[];
  /** The scalar as a quotient of polynomials; UsageError where a trace of letters remains. */
  fraction(node: Scalar): Fraction;
  /** The same context with other words for the squares of a proof. */
  withSquares(squares: ReadonlyMap<string, WordMatrix>): WordContext;
  /** The expression with even powers of adjoined roots replaced: what "vanishes" is asked of. */
  reduced<E extends WordMatrix | TraceScalar>(expression: E): E;
}

const size = F.variable;

/** The value of a dimension as a scalar; N = Kn. */
export const dimensionFraction = (dimension: string): Fraction => {
  const valueOf = (part: string): Fraction => {
    if (isNumeral(part)) return F.constant(parseRational(part));
    return part === 'N' ? F.multiply(size('K'), size('n')) : size(part);
  };
  const { first, subtracted } = dimensionParts(dimension);
  return subtracted.map(valueOf).reduce(F.subtract, valueOf(first));
};

/** The squared norm of each column of obtuse columns: a positive variable that no symbol can be called. */
export const columnNorm = (name: string): Fraction => F.variable(`norm:${name}`);

/** The letter that the columns of `of` are written with. */
const complementedLetter = ({ of }: ComplementNode): Letter => {
  if (of.kind === 'transpose') return letter(LABELS, true);
  return letter(of.kind === 'ones' ? onesName('K') : 'name' in of ? of.name : '');
};

const transposed = (l: Letter): Letter => ({ ...l, transposed: !l.transposed });

/**
 * Letters Y, 1_K and those given, with YYᵀ = nI_K, 1ᵀ1 = K, RᵀR = I for orthonormal frames and complements, and
 * RᵀX = 0, XᵀR = 0 for a complement X of R. Obtuse columns have no relation: of r of them, each of squared norm ν with
 * ν > 0 free, it is known that tr VᵀV = rν.
 */
export const alphabetOf = ({ blocks, frames = [], complements = [], free = [] }: Letters): Alphabet => {
  const letters = new Map<string, LetterType>([
    [LABELS, { rows: 'K', cols: 'N' }],
    [onesName('K'), { rows: 'K', cols: '1' }],
  ]);
  for (const { name, rows, cols } of [...blocks, ...frames, ...complements, ...free]) {
    if (letters.has(name)) throw new UsageError(`two matrices are called ${name}`, 'Give each its own name.');
    letters.set(name, { rows, cols });
  }
  const relations: Relation[] = [
    { first: letter(LABELS), second: letter(LABELS, true), factor: size('n') },
    { first: letter(onesName('K'), true), second: letter(onesName('K')), factor: size('K') },
    ...[...frames.filter((x) => x.kind !== 'obtuse'), ...complements].map(({ name }) => ({
      first: letter(name, true),
      second: letter(name),
      factor: F.ONE,
    })),
    ...complements.flatMap((node): Relation[] => {
      const [own, other] = [letter(node.name), complementedLetter(node)];
      return [
        { first: transposed(other), second: own, factor: F.ZERO },
        { first: transposed(own), second: other, factor: F.ZERO },
      ];
    }),
  ];
  const dimensions = ['K', 'd', 'r', 'N', '1', ...[...letters.values()].flatMap(({ rows, cols }) => [rows, cols])];
  const sizes = new Map(dimensions.map((name): [string, Fraction] => [name, dimensionFraction(name)]));
  const norms = new Map(
    frames
      .filter((x) => x.kind === 'obtuse')
      .map(({ name, cols }): [string, Fraction] => [name, F.multiply(dimensionFraction(cols), columnNorm(name))]),
  );
  return { letters, relations, sizes, norms };
};

export interface WordOptions {
  readonly alphabet: Alphabet;
  /** The words of blocks, at a point; a block without words is a letter. */
  readonly blocks?: ReadonlyMap<string, WordMatrix>;
  /** The words of σ(X); without this, σ has none. */
  readonly rectify?: (of: WordMatrix, node: Matrix) => WordMatrix;
  /** Values of symbols (λ's in terms of generators) and of roots; a symbol without a value is a free generator. */
  readonly symbols?: ReadonlyMap<string, Fraction>;
  /** The words of the squares of a proof, by name; a square may share its name with a block. */
  readonly squares?: ReadonlyMap<string, WordMatrix>;
  /** Names for what has no words: nuclear norms, max(x, 0), inverses, σ. Without this, they have none. */
  readonly opaque?: (reduced: <E extends WordMatrix | TraceScalar>(expression: E) => E) => OpaqueAtoms;
  /** Whether a number is positive for certain, so that √(x²) = x. Without this, only for single variables. */
  readonly isPositive?: (x: Fraction) => boolean;
  /** The words of free matrices of directions, by name. */
  readonly parameters?: ReadonlyMap<string, WordMatrix>;
  /** Roots and divisors to share with other contexts of one proof, so that a root has one name in all of them. */
  readonly adjoined?: Adjoined;
}

/** What the contexts of one proof adjoin and divide by. */
export interface Adjoined {
  readonly roots: Map<string, Fraction>;
  readonly divisors: Fraction[];
}

export const nothingAdjoined = (): Adjoined => ({ roots: new Map(), divisors: [] });

export const wordContext = (options: WordOptions): WordContext => {
  const { alphabet, symbols, blocks, squares, parameters, rectify, opaque, isPositive, adjoined } = options;
  const { roots, divisors } = adjoined ?? nothingAdjoined();

  const asFraction = (x: TraceScalar, where: string): Fraction => {
    const value = T.asFraction(x);
    if (value !== undefined) return value;
    throw new UsageError(
      `${where} contains a trace of matrices`,
      'Symbolic proofs allow roots and divisors of parameters only.',
    );
  };

  const reduceFraction = (x: Fraction): Fraction => {
    let current = x;
    // A square may itself contain roots that were adjoined before it; each pass removes one level.
    for (let level = 0; level <= roots.size; level++) current = F.reduceRoots(current, roots);
    return current;
  };

  const adjoin = (square: Fraction): Fraction => {
    for (const [name, known] of roots) if (F.equals(known, square)) return F.variable(name);
    const name = `root${roots.size + 1}`;
    roots.set(name, square);
    return F.variable(name);
  };

  const reduced = <E extends WordMatrix | TraceScalar>(expression: E): E =>
    T.mapCoefficients(expression, reduceFraction);
  const atoms = opaque?.(reduced);

  const core = interpreter<TraceScalar, WordMatrix>({
    number: (value) => T.scalar(F.constant(value)),
    symbol: (node) => T.scalar(symbols?.get(node.name) ?? F.variable(node.name)),
    root: (node) => {
      const value = symbols?.get(node.name);
      return value === undefined ? notAWord('the root of an equation') : T.scalar(value);
    },
    sum: (terms) => terms.reduce(T.addScalars, T.scalarZero),
    product: (factors) => factors.reduce(T.multiplyScalars, T.scalar(F.ONE)),
    quotient: (over, under) => {
      const divisor = reduceFraction(asFraction(under, 'a divisor'));
      if (F.isZero(divisor)) throw new UsageError('a statement divides by zero', 'Check its denominators.');
      divisors.push(divisor);
      return T.multiplyScalars(over, T.scalar(F.divide(F.ONE, divisor)));
    },
    power: (base, exponent) => {
      if (exponent < 0) {
        const divisor = reduceFraction(asFraction(base, 'a negative power'));
        if (F.isZero(divisor)) throw new UsageError('a statement divides by zero', 'Check its negative powers.');
        divisors.push(divisor);
        return T.scalar(F.power(divisor, exponent));
      }
      let result = T.scalar(F.constant(RATIONAL_ONE));
      for (let k = 0; k < exponent; k++) result = T.multiplyScalars(result, base);
      return result;
    },
    squareRoot: (of) => {
      const square = reduceFraction(asFraction(of, 'a square root'));
      if (F.isZero(square)) return T.scalar(F.ZERO);
      const { root, rest } = F.splitSquare(square, isPositive);
      return T.scalar(rest.map(adjoin).reduce(F.multiply, root));
    },
    normSquared: (of) => T.innerProduct(alphabet, of, of),
    trace: (of) => T.traceOfMatrix(alphabet, of),
    nuclearNorm: (of) => atoms?.nuclearNorm(of) ?? notAWord('‖·‖_*'),
    minimum: () => notAWord('min'),
    positivePart: (of) => atoms?.positivePart(of) ?? notAWord('max'),
    letter: (node) => {
      const given = { square: squares, parameter: parameters, block: blocks };
      const known = node.kind in given ? given[node.kind as keyof typeof given]?.get(node.name) : undefined;
      if (known !== undefined) return known;
      const declared = node.kind !== 'square' && node.kind !== 'parameter';
      const type = declared ? alphabet.letters.get(node.name) : undefined;
      if (type === undefined) {
        throw new UsageError(
          `the matrix ${node.name} is not declared`,
          'Declare it as a block, frame or square first.',
        );
      }
      return T.matrixOfWord(alphabet, [letter(node.name)], type);
    },
    labels: () => T.matrixOfWord(alphabet, [letter(LABELS)], { rows: 'K', cols: 'N' }),
    identity: (dimension) => T.matrixOfWord(alphabet, [], { rows: dimension, cols: dimension }),
    ones: (dimension) => {
      if (dimension === 'K') return T.matrixOfWord(alphabet, [letter(onesName('K'))], { rows: 'K', cols: '1' });
      if (dimension === 'N') {
        const word = [letter(LABELS, true), letter(onesName('K'))];
        return T.matrixOfWord(alphabet, word, { rows: 'N', cols: '1' });
      }
      throw new UsageError(`ones('${dimension}') has no word`, 'Symbolic proofs know the ones of dimension K and N.');
    },
    zeros: (rows, cols) => T.matrixZero({ rows, cols }),
    matrixSum: (terms) => {
      const [first, ...rest] = terms;
      if (first === undefined) throw new UsageError('an empty sum of matrices', 'Give it a term.');
      return rest.reduce(T.addMatrices, first);
    },
    matrixProduct: (factors) => {
      const [first, ...rest] = factors;
      if (first === undefined) throw new UsageError('an empty product of matrices', 'Give it a factor.');
      return rest.reduce((x, y) => T.multiplyMatrices(alphabet, x, y), first);
    },
    scaled: T.scaleMatrix,
    transpose: T.transposeMatrix,
    relu: (of, node) => rectify?.(of, node) ?? atoms?.relu(of) ?? notAWord('σ'),
    inverse: (of) => atoms?.inverse(of) ?? notAWord('an inverse'),
  });

  return {
    ...core,
    withSquares: (known) => {
      // Roots and divisors are shared: what one context adjoins, the other knows.
      const shared = { roots, divisors };
      const names = atoms === undefined ? {} : { opaque: () => atoms };
      return wordContext({ ...options, ...names, squares: known, adjoined: shared });
    },
    alphabet,
    roots,
    divisors,
    fraction: (node) => reduceFraction(asFraction(core.scalar(node), 'a scalar')),
    reduced,
  };
};

/** Every letter replaced by its words: a derivative at a construction, an objective at a point. */
export const substituteLetters = <E extends WordMatrix | TraceScalar>(
  alphabet: Alphabet,
  expression: E,
  letters: ReadonlyMap<string, WordMatrix>,
): E => {
  const wordMatrix = (word: readonly { name: string; transposed: boolean }[], type: LetterType): WordMatrix => {
    let product: WordMatrix | undefined;
    for (const l of word) {
      const declared = alphabet.letters.get(l.name);
      if (declared === undefined) throw new UsageError(`the matrix ${l.name} is not declared`, 'Declare it first.');
      const value = letters.get(l.name) ?? T.matrixOfWord(alphabet, [letter(l.name)], declared);
      const factor = l.transposed ? T.transposeMatrix(value) : value;
      product = product === undefined ? factor : T.multiplyMatrices(alphabet, product, factor);
    }
    return product ?? T.matrixOfWord(alphabet, [], type);
  };
  const scalarOf = (coefficient: Fraction, traces: readonly (readonly { name: string; transposed: boolean }[])[]) =>
    traces.reduce((total, cycle) => {
      const [first] = cycle;
      const declared = first === undefined ? undefined : alphabet.letters.get(first.name);
      if (first === undefined || declared === undefined) return total;
      const rows = first.transposed ? declared.cols : declared.rows;
      return T.multiplyScalars(total, T.traceOfMatrix(alphabet, wordMatrix(cycle, { rows, cols: rows })));
    }, T.scalar(coefficient));

  if ('type' in expression) {
    let total = T.matrixZero(expression.type);
    for (const term of expression.terms.values()) {
      const factor = scalarOf(term.coefficient, term.traces);
      total = T.addMatrices(total, T.scaleMatrix(factor, wordMatrix(term.word, expression.type)));
    }
    return total as E;
  }
  let total = T.scalarZero;
  for (const term of expression.terms.values()) total = T.addScalars(total, scalarOf(term.coefficient, term.traces));
  return total as E;
};

export type { Matrix };
