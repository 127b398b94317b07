/**
 * Proofs by a chain of inequalities, for all sizes and all parameters at once: f ≥ B1 ≥ … ≥ value.
 *
 * A step holds if the difference of its bounds is a sum of lemmas of the list in textbook.ts, each with a weight ≥ 0:
 * decided in the algebra of words, in which nuclear norms and inverses are names of their own. The construction attains
 * the value, so at every global minimizer all steps are equalities, and what equality in each lemma says are equations
 * between words. From these the conclusions are derived, step by step, by three rules: combining equations; a sum of
 * squares that is zero has zero terms; a positive semidefinite matrix has one square root.
 */
import { symbol } from './build.js';
import type { Matrix, MatrixEquation, Proposition, Scalar } from './expression.js';
import * as F from './fraction.js';
import type { Fraction } from './fraction.js';
import { opaqueAtoms } from './opaque.js';
import { mentions } from './rewrite.js';
import { type Region, type Sign, EVERYWHERE, regionOf, signIn } from './signs.js';
import { type Remainder, type SignFinding, chartConditions, parameterFractions } from './sum-of-squares.js';
import { LEMMAS, type LemmaInstance, type LemmaUse, ridgeIdentities, singularValue } from './textbook.js';
import { toText } from './print.js';
import * as T from './trace-algebra.js';
import type { TraceScalar, WordMatrix } from './trace-algebra.js';
import type { Alphabet, LetterType } from './word.js';
import { type Letters, type WordContext, alphabetOf, nothingAdjoined, wordContext } from './words-of.js';

/** One equation derived from others. */
export interface DerivationClaim {
  /** The name under which later derivations refer to it. */
  readonly id: string;
  readonly statement: MatrixEquation;
  readonly rule: 'combination' | 'squares' | 'root';
  /** A combination of equations by name, each standing for left − right. */
  readonly from: Matrix;
  /** Of `squares`: Σ cXXᵀ = from, the first X being left − right. Of `root`: left = cXXᵀ and right = cXXᵀ. */
  readonly terms?: readonly { readonly coefficient: Scalar; readonly of: Matrix }[];
}

export interface ChainClaim {
  readonly blocks: Letters['blocks'];
  readonly objective: Scalar;
  readonly parameters: ReadonlyMap<string, Scalar>;
  readonly when: Proposition;
  readonly value: Scalar;
  readonly steps: readonly { readonly id: string; readonly bound: Scalar; readonly by: readonly LemmaUse[] }[];
  readonly conclusions: readonly { readonly id: string; readonly statement: MatrixEquation }[];
  readonly derivations: readonly DerivationClaim[];
}

/** One thing to be shown, and what is left of it: nothing, where it holds. */
export interface ChainFinding {
  readonly what: string;
  readonly remainder: Remainder;
}

export interface ChainFindings {
  readonly steps: readonly (ChainFinding & { readonly step: string })[];
  readonly signs: readonly (SignFinding & { readonly step: string })[];
  readonly derivations: readonly ChainFinding[];
  readonly conclusions: readonly (ChainFinding & { readonly conclusion: string })[];
  /** The lemmas that are cited and not shown. */
  readonly modulo: readonly string[];
}

const minus = T.scalar(F.negate(F.ONE));
const lessMatrix = (x: WordMatrix, y: WordMatrix): WordMatrix => T.addMatrices(x, T.scaleMatrix(minus, y));
const lessScalar = (x: TraceScalar, y: TraceScalar): TraceScalar => T.addScalars(x, T.multiplyScalars(minus, y));

/** The words of a chain, with signs in the domain of its case. */
interface Workshop {
  readonly context: WordContext;
  readonly alphabet: Alphabet;
  /** The sign of a number in the case, u ≥ 0 being the variable of certificates. */
  readonly signOf: (x: Fraction) => Sign;
  readonly left: (words: WordMatrix | TraceScalar) => Remainder;
}

const workshop = ({ blocks, parameters, when }: ChainClaim): Workshop => {
  const adjoined = nothingAdjoined();
  const symbols = parameterFractions(blocks, parameters, adjoined);
  const base = alphabetOf({ blocks });
  const letters = new Map<string, LetterType>(base.letters);
  const alphabet: Alphabet = { ...base, letters };
  let region: Region = [[EVERYWHERE]];
  const signOf = (x: Fraction): Sign => {
    // A root of what is positive is positive; of others no more is known than that they are not negative.
    const weak = [...context.roots].filter(([, square]) => signIn(region, square) !== 'positive').map(([name]) => name);
    return signIn(region, x, [...weak, singularValue.name]);
  };
  const context: WordContext = wordContext({
    alphabet,
    symbols,
    adjoined,
    opaque: (reduced) => opaqueAtoms({ reduced, signOf, letters }),
  });
  const conditions = chartConditions(context, when);
  region = (conditions === undefined ? undefined : regionOf(conditions, context.roots.keys())) ?? region;
  return { context, alphabet, signOf, left: (words) => T.formatTerms(context.reduced(words)) };
};

const REQUIRED: Readonly<Record<SignFinding['required'], readonly Sign[]>> = {
  'non-negative': ['zero', 'positive', 'non-negative'],
  positive: ['positive'],
  'non-zero': ['positive', 'negative'],
};

const signFinding = (
  { signOf }: Workshop,
  what: string,
  value: Fraction,
  required: SignFinding['required'],
): SignFinding => {
  const sign = signOf(value);
  return { what, value: F.formatFraction(value), sign, required, holds: REQUIRED[required].includes(sign) };
};

/** The certificate of a sum over singular values: an identity in u, coefficients ≥ 0, and where alone it vanishes. */
const certificateFindings = (
  shop: Workshop,
  { certificate }: LemmaUse,
  ofSingularValue: Scalar,
): { readonly shown: ChainFinding[]; readonly signs: SignFinding[] } => {
  if (certificate === undefined) {
    return { shown: [{ what: 'the bound in one singular value', remainder: ['no certificate'] }], signs: [] };
  }
  const { context } = shop;
  const terms = certificate.terms.map(({ coefficient, square }) => ({
    coefficient: context.fraction(coefficient),
    square: context.fraction(square),
  }));
  const sum = terms.reduce(
    (total, x) => F.add(total, F.multiply(x.coefficient, F.power(x.square, 2))),
    F.ZERO,
  );
  const u = F.variable(singularValue.name);
  const vanishing = certificate.onlyAt === '0' ? u : F.power(F.subtract(u, F.ONE), 2);
  // Where the sum vanishes each of its terms does; one of them has this factor, and is positive otherwise.
  const positive = (...factors: readonly Fraction[]): boolean => factors.every((x) => shop.signOf(x) === 'positive');
  const strict = terms.some(({ coefficient, square }) => {
    const whole = F.power(square, 2);
    return positive(F.divide(coefficient, vanishing), whole) || positive(coefficient, F.divide(whole, vanishing));
  });
  return {
    shown: [
      {
        what: `${toText(ofSingularValue)} is the sum of its certificate`,
        remainder: shop.left(T.scalar(F.subtract(context.fraction(ofSingularValue), sum))),
      },
      {
        what: `it vanishes at u = ${certificate.onlyAt} alone`,
        remainder: strict ? [] : ['no term is positive elsewhere'],
      },
    ],
    signs: terms.map(({ coefficient }, k) =>
      signFinding(shop, `coefficient ${k + 1} of the certificate`, coefficient, 'non-negative'),
    ),
  };
};

/** What a use of a lemma has to earn besides the identity of its step. */
const lemmaFindings = (
  shop: Workshop,
  use: LemmaUse,
  instance: LemmaInstance,
): { readonly shown: ChainFinding[]; readonly signs: SignFinding[] } => {
  const { context } = shop;
  const weight = signFinding(
    shop,
    `weight of ${use.lemma}`,
    context.fraction(use.weight),
    use.fact === undefined ? 'non-negative' : 'positive',
  );
  const positive = instance.positive.map((x) => signFinding(shop, toText(x), context.fraction(x), 'positive'));
  const needs = instance.needs.map(({ what, zero }): ChainFinding => ({
    what,
    remainder: shop.left(context.matrix(zero)),
  }));
  const certificate =
    instance.ofSingularValue === undefined
      ? { shown: [], signs: [] }
      : certificateFindings(shop, use, instance.ofSingularValue);
  const ridge = use.lemma === 'ridge-elimination' ? ridgeFindings() : [];
  return { shown: [...needs, ...certificate.shown, ...ridge], signs: [weight, ...positive, ...certificate.signs] };
};

/** Ridge elimination for free matrices, shown once and for all. */
const ridgeFindings = (): ChainFinding[] => {
  const sized = (name: string, rows: string, cols: string) => ({ name, rows, cols });
  const free = [sized('W', 'K', 'd'), sized('A', 'd', 'N'), sized('G', 'K', 'N')];
  const context = wordContext({ alphabet: alphabetOf({ blocks: [], free }) });
  const [W, A, G] = free.map(
    (x): Matrix => ({ sort: 'matrix', kind: 'block', ...x, text: x.name, latex: x.name }),
  ) as [Matrix, Matrix, Matrix];
  const { difference, equality } = ridgeIdentities(W, A, G, symbol('alpha', 'generator'));
  return [
    { what: 'ridge elimination', remainder: T.formatTerms(context.reduced(context.scalar(difference))) },
    { what: 'its equality', remainder: T.formatTerms(context.reduced(context.matrix(equality))) },
  ];
};

/** Derives equations from the facts of the lemmas; the map of facts grows as they are shown. */
const derive = (
  shop: Workshop,
  facts: Map<string, WordMatrix>,
  { id, statement, rule, from, terms = [] }: DerivationClaim,
): ChainFinding[] => {
  const { context, alphabet } = shop;
  const what = `${id}: ${toText(statement)}`;
  const unfit = mentions(from, (node) => {
    if (node.kind !== 'square') return false;
    const type = facts.get(node.name)?.type;
    return type?.rows !== node.rows || type.cols !== node.cols;
  });
  if (unfit) return [{ what, remainder: ['it uses an equation that is not there, or of another shape'] }];
  const combination = (known: ReadonlyMap<string, WordMatrix>): WordMatrix => context.withSquares(known).matrix(from);
  const nothing = new Map([...facts].map(([name, words]) => [name, T.matrixZero(words.type)]));
  const given = combination(facts);
  const [left, right] = [context.matrix(statement.left), context.matrix(statement.right)];
  const gap = lessMatrix(left, right);
  const parts = terms.map(({ coefficient, of }) => ({ c: context.fraction(coefficient), X: context.matrix(of) }));
  const psd = ({ c, X }: (typeof parts)[number]): WordMatrix =>
    T.scaleMatrix(T.scalar(c), T.multiplyMatrices(alphabet, X, T.transposeMatrix(X)));
  const [first, second] = parts;

  const remainders = (): (WordMatrix | undefined)[] => {
    if (rule === 'combination') return [lessMatrix(gap, given)];
    if (first === undefined) return [undefined];
    if (rule === 'squares') {
      const shown = [gap, T.transposeMatrix(gap)].find((x) => sameShape(x, first.X) && equalWords(shop, x, first.X));
      const sum = parts.map(psd).reduce(T.addMatrices);
      return [shown === undefined ? undefined : T.matrixZero(gap.type), lessMatrix(sum, given)];
    }
    if (second === undefined) return [undefined];
    const square = (x: WordMatrix): WordMatrix => T.multiplyMatrices(alphabet, x, x);
    return [
      lessMatrix(left, psd(first)),
      lessMatrix(right, psd(second)),
      lessMatrix(lessMatrix(square(left), square(right)), given),
    ];
  };
  const [leading, ...others] = parts;
  const signs = [
    ...(leading === undefined ? [] : [shop.signOf(leading.c) === 'positive']),
    ...others.map((x) => REQUIRED['non-negative'].includes(shop.signOf(x.c))),
  ];
  facts.set(id, gap);
  return [
    ...remainders().map((x): ChainFinding => {
      return { what, remainder: x === undefined ? ['the terms do not fit'] : shop.left(x) };
    }),
    { what: `${what}: from equations alone`, remainder: shop.left(combination(nothing)) },
    { what: `${what}: positive coefficients`, remainder: signs.every(Boolean) ? [] : ['a coefficient has no sign'] },
  ];
};

const sameShape = (x: WordMatrix, y: WordMatrix): boolean =>
  x.type.rows === y.type.rows && x.type.cols === y.type.cols;
const equalWords = (shop: Workshop, x: WordMatrix, y: WordMatrix): boolean => shop.left(lessMatrix(x, y)).length === 0;

/** Checks steps, lemmas, signs and derivations; throws UsageError where a statement has no meaning in words. */
export const examineChain = (claim: ChainClaim): ChainFindings => {
  const shop = workshop(claim);
  const { context } = shop;
  const steps: (ChainFinding & { step: string })[] = [];
  const signs: (SignFinding & { step: string })[] = [];
  const facts = new Map<string, WordMatrix>();
  const cited = new Set<string>();
  let above = context.scalar(claim.objective);
  for (const { id, bound, by } of claim.steps) {
    const below = context.scalar(bound);
    let gap = lessScalar(above, below);
    for (const use of by) {
      const lemma = LEMMAS[use.lemma];
      const instance = lemma.instantiate(use);
      const gain = lessScalar(context.scalar(instance.larger), context.scalar(instance.smaller));
      gap = lessScalar(gap, T.multiplyScalars(context.scalar(use.weight), gain));
      const earned = lemmaFindings(shop, use, instance);
      steps.push(...earned.shown.map((x) => ({ ...x, step: id })));
      signs.push(...earned.signs.map((x) => ({ ...x, step: id })));
      if (lemma.citation !== undefined) cited.add(lemma.citation);
      if (use.fact !== undefined && instance.equality !== undefined) {
        facts.set(use.fact, context.matrix(instance.equality));
      }
    }
    steps.push({ step: id, what: `step ${id}, by ${by.map((x) => x.lemma).join(' and ')}`, remainder: shop.left(gap) });
    above = below;
  }
  const end = lessScalar(above, T.scalar(context.fraction(claim.value)));
  steps.push({ step: 'end', what: 'the last bound is the value', remainder: shop.left(end) });

  const derivations = claim.derivations.flatMap((x) => derive(shop, facts, x));
  const conclusions = claim.conclusions.map(({ id, statement }) => {
    const words = lessMatrix(context.matrix(statement.left), context.matrix(statement.right));
    const shown = claim.derivations.some(({ id: name }) => {
      const fact = facts.get(name);
      return fact !== undefined && sameShape(fact, words) && equalWords(shop, fact, words);
    });
    return { conclusion: id, what: toText(statement), remainder: shown ? [] : ['it is not among what is derived'] };
  });

  const divisors = [...new Map(context.divisors.map((x) => [F.formatFraction(x), x])).values()];
  const divisorSigns = divisors.map((x) => ({ ...signFinding(shop, 'divisor', x, 'non-zero'), step: 'all' }));
  const rootSigns = [...context.roots.values()].map((x) => ({
    ...signFinding(shop, 'under a root', x, 'non-negative'),
    step: 'all',
  }));
  return {
    steps,
    signs: [...signs, ...rootSigns, ...divisorSigns],
    derivations,
    conclusions,
    modulo: [...cited],
  };
};
