/**
 * Equations derived from others where every step of a chain is an equality: a closed list of rules.
 *
 * - `combination`: left − right is a combination of known equations.
 * - `squares`: Σ cXXᵀ, with one c > 0 and none below, is such a combination; then X = 0.
 * - `root`: two positive semidefinite matrices whose squares are equal are equal.
 * - `rectified-product`: a combination of known equations and of ⟨σ(X), X⟩ = ‖σ(X)‖², which holds entry by entry.
 * - `rectified-copies`: if X = MY then σ(X) = σ(M)Y, since the columns of MY are columns of M.
 * - `projector-norm`: if (QᵀQ)² = QᵀQ then the singular values of Q are 0 and 1, and ‖Q‖_* = ‖Q‖².
 * - `duality`: if moreover ⟨Q, X⟩ = ‖X‖_* then X = XQᵀQ, equality in Hölder's inequality: with X = Σ s_i u_i v_iᵀ and
 *   s_i > 0, ⟨Q, X⟩ = Σ s_i u_iᵀQv_i and u_iᵀQv_i ≤ 1; so Qv_i = u_i and Qᵀu_i = v_i for all i.
 *
 * What a rule needs is decided in words. Each is about all real matrices; none knows of a theorem.
 */
import { add, identity, labels, mul, normSquared, nuclearNorm, relu, sub, t, trace } from './build.js';
import type { Matrix, MatrixEquation, Proposition, Scalar } from './expression.js';
import type { Fraction } from './fraction.js';
import { toText } from './print.js';
import { mentions } from './rewrite.js';
import type { Remainder } from './sum-of-squares.js';
import { SCHATTEN_HOELDER } from './textbook.js';
import * as T from './trace-algebra.js';
import type { WordMatrix } from './trace-algebra.js';
import { REQUIRED, type Workshop, equalWords, lessMatrix } from './workshop.js';

/** The rules by which an equation may be derived. */
export type DerivationRule =
  | 'combination'
  | 'squares'
  | 'root'
  | 'rectified-product'
  | 'rectified-copies'
  | 'projector-norm'
  | 'duality';

/** One equation derived from others. */
export interface DerivationClaim {
  /** The name under which later derivations refer to it. */
  readonly id: string;
  readonly statement: MatrixEquation;
  readonly rule: DerivationRule;
  /** A combination of equations by name, each standing for left − right. */
  readonly from: Matrix;
  /** Of `squares`: Σ cXXᵀ = from, the first X being left − right. Of `root`: left = cXXᵀ and right = cXXᵀ. */
  readonly terms?: readonly { readonly coefficient: Scalar; readonly of: Matrix }[];
  /** X of `rectified-product`, M of `rectified-copies`, Q of `projector-norm` and `duality`. */
  readonly of?: Matrix;
}

/** One thing to be shown, and what is left of it: nothing, where it holds. */
export interface ChainFinding {
  readonly what: string;
  readonly remainder: Remainder;
}

export interface Derived {
  readonly shown: readonly ChainFinding[];
  /** What the rule rests on, if it is a textbook fact. */
  readonly cites?: string;
}

/** Equations between words by name, as left − right. */
export type Facts = Map<string, WordMatrix>;

/** A number as a matrix. */
const asMatrix = (x: Scalar): Matrix => mul(x, identity('1'));

/** Hypotheses that are equations: of numbers, as matrices with one entry, or of matrices. */
export const factsOfHypotheses = (
  { context }: Workshop,
  hypotheses: readonly { readonly fact?: string; readonly statement: Proposition }[],
): Facts =>
  new Map(
    hypotheses.flatMap(({ fact, statement }): [string, WordMatrix][] => {
      if (fact === undefined) return [];
      if (statement.kind === 'eq') return [[fact, context.matrix(asMatrix(sub(statement.left, statement.right)))]];
      return statement.kind === 'equal' ? [[fact, context.matrix(sub(statement.left, statement.right))]] : [];
    }),
  );

/** What a rule looks at. */
interface Situation extends Workshop {
  readonly facts: Facts;
  readonly statement: MatrixEquation;
  /** left − right. */
  readonly gap: WordMatrix;
  readonly from: Matrix;
  /** An expression in which equations are mentioned by name, in words. */
  readonly given: (node: Matrix) => WordMatrix;
  readonly terms: readonly { readonly c: Fraction; readonly X: WordMatrix }[];
  readonly of: Matrix | undefined;
}

/** What has to vanish for the rule to give left = right; undefined for what has the wrong form. */
type Rule = (situation: Situation) => readonly (WordMatrix | undefined)[];

const asTerm = ({ alphabet }: Workshop, { c, X }: Situation['terms'][number]): WordMatrix =>
  T.scaleMatrix(T.scalar(c), T.multiplyMatrices(alphabet, X, T.transposeMatrix(X)));

/** (QᵀQ)² − QᵀQ, which is zero where QᵀQ is a projector. */
const offProjector = (Q: Matrix): Matrix => sub(mul(t(Q), Q, t(Q), Q), mul(t(Q), Q));

const sumOfSquares: Rule = (situation) => {
  const { terms, gap, given, from } = situation;
  const [first] = terms;
  if (first === undefined) return [undefined];
  const shown = [gap, T.transposeMatrix(gap)].some((x) => equalWords(situation, x, first.X));
  const sum = terms.map((x) => asTerm(situation, x)).reduce(T.addMatrices);
  return [shown ? T.matrixZero(gap.type) : undefined, lessMatrix(sum, given(from))];
};

const uniqueRoot: Rule = (situation) => {
  const { terms, statement, context, alphabet, given, from } = situation;
  const [first, second] = terms;
  if (first === undefined || second === undefined) return [undefined];
  const [left, right] = [context.matrix(statement.left), context.matrix(statement.right)];
  const square = (x: WordMatrix): WordMatrix => T.multiplyMatrices(alphabet, x, x);
  return [
    lessMatrix(left, asTerm(situation, first)),
    lessMatrix(right, asTerm(situation, second)),
    lessMatrix(lessMatrix(square(left), square(right)), given(from)),
  ];
};

const rectifiedProduct: Rule = ({ of: X, gap, context, given, from }) => {
  if (X === undefined) return [undefined];
  const identical = asMatrix(sub(trace(mul(t(relu(X)), X)), normSquared(relu(X))));
  return [lessMatrix(lessMatrix(gap, context.matrix(identical)), given(from))];
};

/** The X with X − MY = from. */
const rectifiedCopies: Rule = ({ of: M, gap, given, from }) => {
  if (M === undefined) return [undefined];
  const X = add(mul(M, labels), from);
  return [lessMatrix(gap, given(sub(relu(X), mul(relu(M), labels))))];
};

const projectorNorm: Rule = ({ of: Q, gap, context, given, from }) => {
  if (Q === undefined) return [undefined];
  return [
    lessMatrix(gap, context.matrix(asMatrix(sub(nuclearNorm(Q), normSquared(Q))))),
    lessMatrix(context.matrix(offProjector(Q)), given(from)),
  ];
};

const duality: Rule = (situation) => {
  const { of: Q, statement, gap, context, facts, given, from } = situation;
  if (Q === undefined) return [undefined];
  const X = statement.left;
  const off = context.matrix(offProjector(Q));
  const isProjector = [...facts.values()].some((fact) => equalWords(situation, fact, off));
  return [
    lessMatrix(gap, context.matrix(sub(X, mul(X, t(Q), Q)))),
    isProjector ? T.matrixZero(gap.type) : undefined,
    lessMatrix(context.matrix(asMatrix(sub(trace(mul(t(Q), X)), nuclearNorm(X)))), given(from)),
  ];
};

const RULES: Readonly<Record<DerivationRule, { readonly rule: Rule; readonly cites?: string }>> = {
  combination: { rule: ({ gap, given, from }) => [lessMatrix(gap, given(from))] },
  squares: { rule: sumOfSquares },
  root: { rule: uniqueRoot },
  'rectified-product': { rule: rectifiedProduct },
  'rectified-copies': { rule: rectifiedCopies },
  'projector-norm': { rule: projectorNorm },
  duality: { rule: duality, cites: SCHATTEN_HOELDER },
};

/** The rules by name. */
export const DERIVATION_RULES = Object.keys(RULES) as [DerivationRule, ...DerivationRule[]];

/** Derives one equation, and adds it to the known ones: whoever trusts them looks at everything that is to be shown. */
export const derive = (
  shop: Workshop,
  facts: Facts,
  { id, statement, rule: name, from, terms = [], of }: DerivationClaim,
): Derived => {
  const { context } = shop;
  const what = `${id}: ${toText(statement)}`;
  const unfit = mentions(from, (node) => {
    if (node.kind !== 'square') return false;
    const type = facts.get(node.name)?.type;
    return type?.rows !== node.rows || type.cols !== node.cols;
  });
  if (unfit) return { shown: [{ what, remainder: ['it uses an equation that is not there, or of another shape'] }] };
  const nothing = new Map([...facts].map(([known, words]) => [known, T.matrixZero(words.type)]));
  const withFacts = context.withSquares(facts);
  const gap = lessMatrix(context.matrix(statement.left), context.matrix(statement.right));
  const parts = terms.map(({ coefficient, of: X }) => ({ c: context.fraction(coefficient), X: context.matrix(X) }));
  const { rule, cites } = RULES[name];
  const remainders = rule({
    ...shop,
    facts,
    statement,
    gap,
    from,
    given: (node) => withFacts.matrix(node),
    terms: parts,
    of,
  });
  const [leading, ...others] = parts;
  const signs = [
    ...(leading === undefined ? [] : [shop.signOf(leading.c) === 'positive']),
    ...others.map((x) => REQUIRED['non-negative'].includes(shop.signOf(x.c))),
  ];
  facts.set(id, gap);
  const shown = [
    ...remainders.map((x): ChainFinding => ({ what, remainder: x === undefined ? ['it does not fit'] : shop.left(x) })),
    { what: `${what}: from equations alone`, remainder: shop.left(context.withSquares(nothing).matrix(from)) },
    { what: `${what}: positive coefficients`, remainder: signs.every(Boolean) ? [] : ['a coefficient has no sign'] },
  ];
  return cites === undefined ? { shown } : { shown, cites };
};
