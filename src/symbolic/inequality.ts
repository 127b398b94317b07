/**
 * Proofs of an inequality (or identity) between matrices, for all sizes and all matrices at once:
 *
 *   right − left = Σ coefficient‖square‖²   in the algebra of traces of words, every coefficient ≥ 0.
 *
 * What is no word becomes one by textbook facts, and each use of a fact has to be earned. ‖A‖_* = tr(PᵀAS) with the
 * singular vectors of A, by the singular value decomposition: the rest then holds for all orthonormal columns P, S.
 * ‖A‖_* ≥ tr(QᵀA) on the larger side, by duality: I − QᵀQ has to be a sum of squares. An inverse becomes a letter L
 * with GL = LG = I: G = AᵀA + shift·I with a positive shift has to be shown. X = ZG reaches every X.
 */
import { UsageError } from '../errors.js';
import { add, block, identity, mul, t, trace } from './build.js';
import type { LetterNode, Matrix, Proposition, Scalar } from './expression.js';
import { fingerprint } from './fingerprint.js';
import * as F from './fraction.js';
import type { Fraction } from './fraction.js';
import { lettersIn } from './letters.js';
import { mentions, rewrite, writtenOut } from './rewrite.js';
import { regionOf, signIn } from './signs.js';
import { type Remainder, type SignFinding, chartConditions } from './sum-of-squares.js';
import * as T from './trace-algebra.js';
import type { TraceScalar, WordMatrix } from './trace-algebra.js';
import { type Alphabet, type Relation, letter } from './word.js';
import { type WordContext, alphabetOf, substituteLetters, wordContext } from './words-of.js';

/** left ≤ right or left = right, with its proof. All fields are expressions. */
export interface InequalityClaim {
  readonly blocks: readonly LetterNode[];
  readonly when: readonly Proposition[];
  readonly kind: 'leq' | 'eq';
  readonly left: Scalar;
  readonly right: Scalar;
  readonly proof: {
    readonly singular?: { readonly of: Matrix; readonly left: LetterNode; readonly right: LetterNode };
    readonly dual?: readonly { readonly of: Matrix; readonly by: Matrix; readonly rest: readonly Matrix[] }[];
    readonly inverses?: readonly { readonly of: Matrix; readonly gram: Matrix; readonly shift: Scalar }[];
    readonly substitute?: Readonly<Record<string, Matrix>>;
    readonly squares: Readonly<Record<string, { readonly coefficient: Scalar; readonly of: Matrix }>>;
  };
}

/** A fact that a proof uses, and what is left of what it needs: nothing, if it is earned. */
export interface FactFinding {
  readonly what: string;
  readonly remainder: Remainder;
}

export interface InequalityFindings {
  /** What is left of the identity: nothing, if it holds. */
  readonly identity: Remainder;
  readonly facts: readonly FactFinding[];
  readonly signs: readonly SignFinding[];
  /** Textbook facts that the proof rests on. */
  readonly modulo: readonly string[];
}

const SINGULAR = 'singular value decomposition';
const DUALITY = 'duality of the nuclear and the spectral norm';

/** What is inverted, with the letters that it and its inverse are written with. */
interface Inverted {
  readonly of: Matrix;
  readonly print: string;
  readonly itself: LetterNode;
  readonly inverse: LetterNode;
  readonly gram: Matrix;
  readonly shift: Scalar;
}

const minus = T.scalar(F.negate(F.ONE));
const difference = (x: TraceScalar, y: TraceScalar): TraceScalar => T.addScalars(x, T.multiplyScalars(minus, y));

/** The nuclear norms of the larger side replaced by what they are at least, where they only add to it. */
const atLeast = (
  node: Scalar,
  duals: ReadonlyMap<string, Matrix>,
  factor: (x: Scalar) => void,
): Scalar => {
  const hasNorm = (x: Scalar): boolean => mentions(x, ({ kind }) => kind === 'nuclearNorm');
  if (!hasNorm(node)) return node;
  switch (node.kind) {
    case 'nuclearNorm': {
      const dual = duals.get(fingerprint(writtenOut(node.of)));
      return dual === undefined ? node : trace(mul(t(dual), node.of));
    }
    case 'sum':
      return { ...node, terms: node.terms.map((x) => atLeast(x, duals, factor)) };
    case 'product': {
      const without = node.factors.filter((x) => !hasNorm(x));
      if (node.factors.length - without.length !== 1) return node;
      without.forEach(factor);
      return { ...node, factors: node.factors.map((x) => (hasNorm(x) ? atLeast(x, duals, factor) : x)) };
    }
    case 'quotient':
      if (hasNorm(node.under)) return node;
      factor(node.under);
      return { ...node, over: atLeast(node.over, duals, factor) };
    default:
      return node;
  }
};

const inversionRelations = ({ itself, inverse }: Inverted): Relation[] =>
  [itself, inverse].flatMap((first) =>
    [false, true].flatMap((left) =>
      [false, true].map((right): Relation => ({
        first: letter(first.name, left),
        second: letter((first === itself ? inverse : itself).name, right),
        factor: F.ONE,
      })),
    ),
  );

/** @throws UsageError (NotAWordError) where the claim or its proof has no meaning in words */
export const examineInequality = (claim: InequalityClaim): InequalityFindings => {
  const { proof, blocks } = claim;
  const { singular, dual = [], substitute = {} } = proof;
  const inverted = (proof.inverses ?? []).map(({ of, gram, shift }, index): Inverted => ({
    of: writtenOut(of),
    print: fingerprint(writtenOut(of)),
    itself: block(`G${index + 1}`, of.rows, of.cols),
    inverse: block(`L${index + 1}`, of.rows, of.cols),
    gram,
    shift,
  }));
  const reach = Object.entries(substitute).map(([name, by]) => reachOf(name, by, blocks, inverted));
  const byName = new Map(reach.map((x) => [x.name, x.formula]));

  /** Inverses, what is inverted, and substituted blocks, as letters. */
  const asLetters = <E extends Scalar | Matrix>(node: E): E =>
    rewrite(writtenOut(node), (x) => {
      if (x.sort !== 'matrix') return undefined;
      if (x.kind === 'block') return byName.get(x.name);
      if (x.kind === 'inverse') return inverted.find((g) => g.print === fingerprint(x.of))?.inverse;
      return x.kind === 'matrixSum' ? inverted.find((g) => g.print === fingerprint(x))?.itself : undefined;
    });

  const ofSingular = singular === undefined ? undefined : fingerprint(writtenOut(singular.of));
  const withVectors = <E extends Scalar>(node: E): E =>
    rewrite(writtenOut(node), (x) =>
      singular !== undefined && x.kind === 'nuclearNorm' && fingerprint(x.of) === ofSingular
        ? trace(mul(t(singular.left), x.of, singular.right))
        : undefined,
    );

  const free = [
    ...inverted.flatMap((x) => [x.itself, x.inverse]),
    ...reach.map((x) => x.free),
  ];
  const frames = singular === undefined ? [] : [singular.left, singular.right];
  const base = alphabetOf({ blocks, frames, free });
  const alphabet: Alphabet = { ...base, relations: [...base.relations, ...inverted.flatMap(inversionRelations)] };
  const context = wordContext({ alphabet });
  const expansion = new Map(inverted.map((x) => [x.itself.name, context.matrix(x.of)]));
  const settled = <E extends WordMatrix | TraceScalar>(words: E): E =>
    context.reduced(substituteLetters(alphabet, words, expansion));
  const scalar = (node: Scalar): TraceScalar => context.scalar(asLetters(node));
  const matrix = (node: Matrix): WordMatrix => context.matrix(asLetters(node));
  const left = (words: WordMatrix | TraceScalar): Remainder => T.formatTerms(settled(words));

  const factors: Scalar[] = [];
  const duals = new Map(dual.map(({ of, by }) => [fingerprint(writtenOut(of)), by]));
  if (dual.length > 0 && claim.kind === 'eq') {
    throw new UsageError('duality bounds a nuclear norm from below and shows no equality', 'State an inequality.');
  }
  const larger = atLeast(writtenOut(claim.right), duals, (x) => factors.push(x));
  const squares = Object.entries(proof.squares);
  const total = squares
    .map(([, { coefficient, of }]) => {
      const words = matrix(of);
      return T.multiplyScalars(scalar(coefficient), T.innerProduct(alphabet, words, words));
    })
    .reduce(T.addScalars, T.scalarZero);
  const gap = difference(scalar(withVectors(larger)), scalar(withVectors(claim.left)));

  const facts: FactFinding[] = [
    ...dual.map(({ of, by, rest }): FactFinding => {
      const parts = [mul(t(by), by), ...rest.map((x) => mul(t(x), x))];
      const sum = T.addMatrices(matrix(identity(of.cols)), T.scaleMatrix(minus, matrix(add(...parts))));
      return { what: 'I − QᵀQ is a sum of squares', remainder: left(sum) };
    }),
    ...inverted.map(({ of, gram, shift }): FactFinding => {
      const sum = add(mul(t(gram), gram), mul(shift, identity(of.rows)));
      const words = T.addMatrices(context.matrix(of), T.scaleMatrix(minus, context.matrix(writtenOut(sum))));
      return { what: 'what is inverted is AᵀA + shift·I', remainder: left(words) };
    }),
  ];

  return {
    identity: left(difference(gap, total)),
    facts,
    signs: signsOf(context, claim, factors, inverted),
    modulo: [...(singular === undefined ? [] : [SINGULAR]), ...(dual.length === 0 ? [] : [DUALITY])],
  };
};

/** X = ZG (or GZ) with Z free and G inverted. @throws UsageError for anything else */
const reachOf = (
  name: string,
  by: Matrix,
  blocks: readonly LetterNode[],
  inverted: readonly Inverted[],
): { readonly name: string; readonly formula: Matrix; readonly free: LetterNode } => {
  const factors = by.kind === 'matrixProduct' ? by.factors : [];
  const free = factors.find((x): x is LetterNode => x.kind === 'block');
  const other = factors.find((x) => x !== free);
  const base = other === undefined ? undefined : inverted.find((x) => x.print === fingerprint(writtenOut(other)));
  const isNew = free !== undefined && blocks.every((x) => x.name !== free.name);
  const mentioned = base === undefined ? [] : lettersIn([base.of]).blocks.map((x) => x.name);
  if (factors.length !== 2 || !isNew || base === undefined || mentioned.includes(name)) {
    throw new UsageError(`${name} is substituted by a formula that may not reach every ${name}`, 'Write Z·G.');
  }
  return { name, formula: mul(...factors.map((x) => (x === free ? x : base.itself))), free };
};

/** Coefficients, factors of nuclear norms, shifts of inverses, roots and divisors, under the hypotheses. */
const signsOf = (
  context: WordContext,
  { proof, when, kind }: InequalityClaim,
  factors: readonly Scalar[],
  inverted: readonly Inverted[],
): SignFinding[] => {
  const wanted = [
    ...Object.entries(proof.squares).map(([name, x]) => ({
      what: `coefficient of ‖${name}‖²`,
      value: context.fraction(x.coefficient),
      required: 'non-negative' as const,
    })),
    ...factors.map((x) => ({
      what: 'factor of a nuclear norm',
      value: context.fraction(x),
      required: 'non-negative' as const,
    })),
    ...inverted.map((x) => ({ what: 'shift', value: context.fraction(x.shift), required: 'positive' as const })),
  ];
  const conditions = when.map((x) => chartConditions(context, x));
  const region = conditions.includes(undefined)
    ? undefined
    : regionOf(conditions.flatMap((x) => x ?? []), context.roots.keys());
  const finding = (what: string, value: Fraction, required: SignFinding['required']): SignFinding => {
    const sign = region === undefined ? 'unknown' : signIn(region, value, context.roots.keys());
    const good = {
      'non-negative': ['zero', 'positive', 'non-negative'],
      positive: ['positive'],
      'non-zero': ['positive', 'negative'],
    }[required];
    // An equation has no room for squares.
    const holds = kind === 'eq' && what.startsWith('coefficient') ? sign === 'zero' : good.includes(sign);
    return { what, value: F.formatFraction(value), sign, required, holds };
  };
  const divisors = [...new Map(context.divisors.map((x) => [F.formatFraction(x), x])).values()];
  return [
    ...wanted.map(({ what, value, required }) => finding(what, value, required)),
    ...[...context.roots.values()].map((x) => finding('under a root', x, 'non-negative')),
    ...divisors.map((x) => finding('divisor', x, 'non-zero')),
  ];
};

