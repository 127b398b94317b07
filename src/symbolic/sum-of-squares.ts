/**
 * Sum-of-squares proofs of global optimality, for all sizes and all parameters at once.
 *
 * Four parts, and a claim is proved only by all of them: the identity f = value + Σ a_i‖A_i‖² in the algebra of traces;
 * a_i ≥ 0 under the case; every A_i = 0 at the construction, which exists under the hypotheses; and every conclusion
 * as a combination of squares whose coefficient is strictly positive. Nothing here takes a size.
 */
import type { Matrix, Proposition, Scalar } from './expression.js';
import { lettersIn } from './letters.js';
import * as F from './fraction.js';
import type { Fraction } from './fraction.js';
import { type ChartCondition, type Region, type Sign, EVERYWHERE, regionOf, signIn, signOn } from './signs.js';
import * as T from './trace-algebra.js';
import type { TraceScalar, WordMatrix } from './trace-algebra.js';
import {
  HIDDEN,
  type RectifierOptions,
  gradientThroughRelu,
  rectifiedIn,
  rectify,
} from './rectified.js';
import { letter } from './word.js';
import {
  type Adjoined,
  type Letters,
  NotAWordError,
  type WordContext,
  alphabetOf,
  nothingAdjoined,
  substituteLetters,
  wordContext,
} from './words-of.js';

/** A claim about the minimizers of an objective in one case, with its proof. All fields are expressions. */
export interface SquaresClaim {
  readonly blocks: Letters['blocks'];
  readonly objective: Scalar;
  /** λ's in terms of generators, by symbol name. */
  readonly parameters: ReadonlyMap<string, Scalar>;
  readonly when: Proposition;
  readonly value: Scalar;
  readonly squares: Readonly<Record<string, { readonly coefficient: Scalar; readonly of: Matrix }>>;
  readonly frames: NonNullable<Letters['frames']>;
  readonly construction: Readonly<Record<string, Matrix>>;
  readonly conclusions: readonly { readonly id: string; readonly left: Matrix; readonly right: Matrix }[];
  readonly cofactors: Readonly<Record<string, Matrix>>;
}

/** What is left of an identity that should vanish: nothing, if it holds. */
export type Remainder = readonly string[];

export interface SignFinding {
  readonly what: string;
  readonly value: string;
  readonly sign: Sign;
  readonly required: 'non-negative' | 'positive' | 'non-zero';
  readonly holds: boolean;
}

export interface EqualityFinding {
  readonly conclusion: string;
  readonly remainder: Remainder;
  /** Why the combination proves nothing, if so. */
  readonly defect?: string;
}

export interface SquaresFindings {
  readonly identity: Remainder;
  readonly signs: readonly SignFinding[];
  readonly attainment: readonly { readonly square: string; readonly remainder: Remainder }[];
  readonly equality: readonly EqualityFinding[];
  /** The contributions to each monomial of the identity before they cancel: what second opinions are asked about. */
  readonly contributions: readonly (readonly Fraction[])[];
}

/** Words of the parameters: each λ as a quotient of polynomials in generators. */
export const parameterFractions = (
  blocks: Letters['blocks'],
  parameters: ReadonlyMap<string, Scalar>,
  adjoined: Adjoined,
): ReadonlyMap<string, Fraction> => {
  const context = wordContext({ alphabet: alphabetOf({ blocks }), adjoined });
  return new Map([...parameters].map(([name, value]) => [name, context.fraction(value)]));
};

/** The comparisons of a case as chart conditions; undefined for a case that is not a conjunction of comparisons. */
export const chartConditions = (context: WordContext, when: Proposition): ChartCondition[] | undefined => {
  if (when.kind === 'equal' || when.kind === 'differs') return undefined;
  // That something is not one value bounds nothing.
  if (when.kind === 'neq') return [];
  if (when.kind === 'and') {
    const parts = when.parts.map((part) => chartConditions(context, part));
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }
  return [{ kind: when.kind, left: context.fraction(when.left), right: context.fraction(when.right) }];
};

const SATISFIES: Readonly<Record<SignFinding['required'], readonly Sign[]>> = {
  'non-negative': ['zero', 'positive', 'non-negative'],
  positive: ['positive'],
  'non-zero': ['positive', 'negative'],
};

const vanishing = (context: WordContext, expression: WordMatrix | TraceScalar): Remainder =>
  T.formatTerms(context.reduced(expression));

/** Checks all four parts; throws UsageError where a statement has no meaning in words. */
export const examineSumOfSquares = (claim: SquaresClaim): SquaresFindings => {
  const adjoined = nothingAdjoined();
  const symbols = parameterFractions(claim.blocks, claim.parameters, adjoined);
  const complements = lettersIn(Object.values(claim.construction)).complements;
  const alphabet = alphabetOf({ blocks: claim.blocks, frames: claim.frames, complements });
  const context = wordContext({ alphabet, symbols, adjoined });
  const { scalar, matrix } = context;
  const names = Object.keys(claim.squares);
  const squareOf = new Map(Object.entries(claim.squares).map(([name, s]) => [name, matrix(s.of)]));
  const coefficientOf = new Map(
    Object.entries(claim.squares).map(([name, s]) => [name, context.fraction(s.coefficient)]),
  );

  // (i) the identity
  const minus = T.scalar(F.negate(F.ONE));
  const parts = [
    scalar(claim.objective),
    // `fraction` refuses a value that depends on the point: it would make any identity true and bound nothing.
    T.multiplyScalars(minus, T.scalar(context.fraction(claim.value))),
    ...Object.values(claim.squares).map((s) =>
      T.multiplyScalars(
        minus,
        T.multiplyScalars(scalar(s.coefficient), T.innerProduct(alphabet, matrix(s.of), matrix(s.of))),
      ),
    ),
  ].map((part) => context.reduced(part));
  const identity = vanishing(context, parts.reduce(T.addScalars, T.scalarZero));

  // (iii) attainment: the squares at the construction
  const point = new Map(Object.entries(claim.construction).map(([name, value]) => [name, matrix(value)]));
  const attainment = [...squareOf].map(([name, square]) => ({
    square: name,
    // A square that enters with the coefficient zero may be anything.
    remainder: F.isZero(coefficientOf.get(name) ?? F.ONE)
      ? []
      : vanishing(context, substituteLetters(alphabet, square, point)),
  }));

  // (ii) signs: coefficients, what a root is taken of, and what is divided by
  const conditions = chartConditions(context, claim.when);
  const region = conditions === undefined ? undefined : regionOf(conditions, context.roots.keys());
  const finding = (what: string, value: Fraction, required: SignFinding['required']): SignFinding => {
    const sign = region === undefined ? 'unknown' : signIn(region, value, context.roots.keys());
    return { what, value: F.formatFraction(value), sign, required, holds: SATISFIES[required].includes(sign) };
  };
  const coefficientSigns = names.map((name) =>
    finding(`coefficient of ‖${name}‖²`, coefficientOf.get(name) ?? F.ZERO, 'non-negative'),
  );
  const strict = new Set(names.filter((_, index) => coefficientSigns[index]?.sign === 'positive'));

  // (iv) equality: each conclusion from squares that must vanish
  const equality = claim.conclusions.map(({ id, left, right }): EqualityFinding => {
    const cofactor = claim.cofactors[id];
    if (cofactor === undefined) return { conclusion: id, remainder: [], defect: 'no combination of squares is given' };
    const difference = T.addMatrices(matrix(left), T.scaleMatrix(minus, matrix(right)));
    const combine = (keep: (name: string) => boolean): WordMatrix => {
      const squares = new Map(
        [...squareOf].map(([name, words]) => [name, keep(name) ? words : T.matrixZero(words.type)]),
      );
      return wordContext({ alphabet, symbols, squares, adjoined }).matrix(cofactor);
    };
    const remainder = vanishing(
      context,
      T.addMatrices(
        difference,
        T.scaleMatrix(
          minus,
          combine(() => true),
        ),
      ),
    );
    const withoutStrict = vanishing(
      context,
      combine((name) => !strict.has(name)),
    );
    return withoutStrict.length === 0
      ? { conclusion: id, remainder }
      : { conclusion: id, remainder, defect: 'it does not vanish with the squares of positive coefficient' };
  });

  // Roots and divisors come last, with those of the cofactors among them.
  const rootSigns = [...context.roots.values()].map((square) => finding('under a root', square, 'non-negative'));
  const divisors = [...new Map(context.divisors.map((x) => [F.formatFraction(x), x])).values()];
  const divisorSigns = divisors.map((x) => finding('divisor', x, 'non-zero'));
  return {
    identity,
    signs: [...coefficientSigns, ...rootSigns, ...divisorSigns],
    attainment,
    equality,
    contributions: contributionsByMonomial(parts),
  };
};

/** For each trace monomial, the coefficients that the parts of an identity give to it. */
const contributionsByMonomial = (parts: readonly TraceScalar[]): Fraction[][] => {
  const byKey = new Map<string, Fraction[]>();
  for (const part of parts) {
    for (const [key, term] of part.terms) {
      byKey.set(key, [...(byKey.get(key) ?? []), term.coefficient]);
    }
  }
  return [...byKey.values()];
};

/** What σ has to know at a construction: its frames, and the signs of coefficients in the case. */
const rectifierOf = (
  context: WordContext,
  { frames, when }: Pick<SquaresClaim, 'frames' | 'when'>,
): RectifierOptions => {
  const conditions = chartConditions(context, when);
  const known = conditions === undefined ? undefined : regionOf(conditions, context.roots.keys());
  const region: Region = known ?? [[EVERYWHERE]];
  return {
    alphabet: context.alphabet,
    frames,
    sign: (coefficient) => {
      // A root of something positive is positive; any other is only known to be ≥ 0.
      const roots = [...context.roots];
      const weak = roots.filter(([, square]) => signIn(region, square, context.roots.keys()) !== 'positive');
      return signIn(
        region,
        coefficient,
        weak.map(([name]) => name),
      );
    },
    reduced: (words) => context.reduced(words),
  };
};

/**
 * The gradient of the objective at a construction, block by block, and the value there, in words.
 *
 * @throws NotAWordError where there is a ReLU, and no rule for it at the construction
 */
export const examineCriticalPoint = (claim: {
  readonly blocks: Letters['blocks'];
  readonly objective: Scalar;
  readonly parameters: ReadonlyMap<string, Scalar>;
  readonly when: Proposition;
  readonly value: Scalar;
  readonly frames: NonNullable<Letters['frames']>;
  readonly construction: Readonly<Record<string, Matrix>>;
  readonly conclusions?: SquaresClaim['conclusions'];
}): {
  readonly gradient: readonly { readonly block: string; readonly remainder: Remainder }[];
  readonly value: Remainder;
  /** What is left of left − right of each conclusion there; those without words are not among them. */
  readonly conclusions: readonly { readonly id: string; readonly remainder: Remainder }[];
  readonly signs: readonly SignFinding[];
} => {
  const adjoined = nothingAdjoined();
  const symbols = parameterFractions(claim.blocks, claim.parameters, adjoined);
  const complements = lettersIn(Object.values(claim.construction)).complements;
  const [hidden, nested] = rectifiedIn(claim.objective);
  if (nested !== undefined) throw new NotAWordError('two hidden layers have no words', 'Such statements are measured.');
  const free =
    hidden === undefined ? [] : Object.values(HIDDEN).map((name) => ({ name, rows: hidden.rows, cols: hidden.cols }));
  const alphabet = alphabetOf({ blocks: claim.blocks, frames: claim.frames, complements, free });
  const context = wordContext({
    alphabet,
    symbols,
    adjoined,
    rectify: (of) => T.matrixOfWord(alphabet, [letter(HIDDEN.letter)], of.type),
  });
  const objective = context.scalar(claim.objective);
  const point = new Map(Object.entries(claim.construction).map(([name, value]) => [name, context.matrix(value)]));
  const rectifier = rectifierOf(context, claim);
  const names = claim.blocks.map((x) => x.name);
  const atPoint =
    hidden === undefined
      ? new Map(
          names.map((name) => [name, substituteLetters(alphabet, T.differentiate(alphabet, objective, name), point)]),
        )
      : gradientThroughRelu(rectifier, objective, { ...HIDDEN, input: context.matrix(hidden.of) }, names, point);
  const gradient = [...atPoint].map(([block, words]) => ({ block, remainder: vanishing(context, words) }));
  const here = wordContext({
    alphabet,
    symbols,
    adjoined,
    blocks: point,
    rectify: (of) => rectify(rectifier, of).value,
  });
  const gap = T.addScalars(
    here.scalar(claim.objective),
    T.multiplyScalars(T.scalar(F.negate(F.ONE)), here.scalar(claim.value)),
  );
  const value = vanishing(context, gap);
  const conclusions = (claim.conclusions ?? []).flatMap(({ id, left, right }) => {
    try {
      const minus = T.scalar(F.negate(F.ONE));
      const difference = T.addMatrices(here.matrix(left), T.scaleMatrix(minus, here.matrix(right)));
      return [{ id, remainder: vanishing(context, difference) }];
    } catch (error) {
      if (error instanceof NotAWordError) return [];
      throw error;
    }
  });
  const conditions = chartConditions(context, claim.when);
  const known = conditions === undefined ? undefined : regionOf(conditions, context.roots.keys());
  const region: Region = known ?? [[EVERYWHERE]];
  const signs = [...context.roots.values()].map((square): SignFinding => {
    const sign = signIn(region, square, context.roots.keys());
    const holds = SATISFIES['non-negative'].includes(sign);
    return { what: 'under a root', value: F.formatFraction(square), sign, required: 'non-negative', holds };
  });
  return { gradient, value, conclusions, signs };
};

/**
 * Whether generators reach every positive parameter.
 *
 * Three things, with λ > 0 and sizes as free positive variables: each inverse g(λ) is real and positive (what stands
 * under its roots is, and nothing that it divides by vanishes); each λ(g) is positive wherever the generators are; and
 * λ(g(λ)) = λ, decided through squares, since both sides are then positive. Returns what is missing, per parameter.
 */
export const examineParametrisation = (
  blocks: Letters['blocks'],
  parameters: ReadonlyMap<string, Scalar>,
  inverses: ReadonlyMap<string, Scalar>,
): readonly { readonly parameter: string; readonly remainder: string }[] => {
  const back = wordContext({ alphabet: alphabetOf({ blocks }) });
  const roots = [...inverses].map(([name, inverse]) => [name, back.fraction(inverse)] as const);
  const unreal = roots.filter(([, value]) => signOn(EVERYWHERE, value) !== 'positive').map(([name]) => name);
  const squares = new Map(roots.map(([name, value]): [string, Fraction] => [name, plainSquare(back, value)]));
  const forward = wordContext({ alphabet: alphabetOf({ blocks }) });
  const images = [...parameters].map(([name, expression]) => [name, forward.fraction(expression)] as const);
  const undefinedSomewhere = [...partial(back), ...partial(forward)];
  return images.map(([parameter, image]) => {
    const gap = F.subtract(F.reduceRoots(F.power(image, 2), squares), F.power(F.variable(parameter), 2));
    const missing = [
      ...unreal.map((name) => `the inverse of ${name} is not shown to be positive`),
      ...undefinedSomewhere,
      ...(signOn(EVERYWHERE, image) === 'positive' ? [] : ['not shown to be positive']),
      ...(F.isZero(gap) ? [] : [F.formatFraction(gap)]),
    ];
    return { parameter, remainder: missing.join('; ') };
  });
};

/** Roots of what may be negative or zero, and divisors that may vanish, with every variable positive. */
const partial = ({ roots, divisors }: WordContext): string[] => [
  ...[...roots.values()]
    .filter((square) => signOn(EVERYWHERE, square) !== 'positive')
    .map((square) => `the root of ${F.formatFraction(square)} is not shown to be real and positive`),
  ...divisors
    .filter((divisor) => !SATISFIES['non-zero'].includes(signOn(EVERYWHERE, divisor)))
    .map((divisor) => `the divisor ${F.formatFraction(divisor)} is not shown to be non-zero`),
];

/** A positive scalar of the λ's without roots: itself where it has none, and otherwise its square. */
export const squareOfRoot = (
  blocks: Letters['blocks'],
  node: Scalar,
): { readonly value: Fraction; readonly isRoot: boolean } => {
  const context = wordContext({ alphabet: alphabetOf({ blocks }) });
  const value = context.fraction(node);
  const isRoot = F.variablesOf(value).some((name) => context.roots.has(name));
  return { value: isRoot ? plainSquare(context, value) : value, isRoot };
};

const plainSquare = (context: WordContext, root: Fraction): Fraction => {
  let square = F.power(root, 2);
  for (let level = 0; level <= context.roots.size; level++) square = F.reduceRoots(square, context.roots);
  return square;
};
