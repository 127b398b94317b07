/**
 * Proofs by a chain of inequalities, for all sizes and all parameters at once: f ≥ B1 ≥ … ≥ value.
 *
 * A step holds if the difference of its bounds is a sum of lemmas of the list in textbook.ts, each with a weight ≥ 0:
 * decided in the algebra of words, in which nuclear norms and inverses are names of their own. The construction attains
 * the value, so at every global minimizer all steps are equalities, and what equality in each lemma says are equations
 * between words. From these the conclusions are derived by the rules of derivation.ts.
 *
 * Hypotheses on the minimizer are equations that derivations may use. One with a price turns the chain into
 * f ≥ value − price at every point; it has to be shown that the price is 0 where the hypothesis holds, so that equality
 * in every step follows for the minimizers that meet it.
 */
import { block, number, symbol } from './build.js';
import { type ChainFinding, type DerivationClaim, derive, factsOfHypotheses } from './derivation.js';
import type { Matrix, MatrixEquation, Proposition, Scalar } from './expression.js';
import * as F from './fraction.js';
import type { Fraction } from './fraction.js';
import { rewrite } from './rewrite.js';
import type { SignFinding } from './sum-of-squares.js';
import { LEMMAS, type LemmaInstance, type LemmaUse, ridgeIdentities, singularValue } from './textbook.js';
import { toText } from './print.js';
import * as T from './trace-algebra.js';
import type { TraceScalar } from './trace-algebra.js';
import { alphabetOf, wordContext } from './words-of.js';
import { type Problem, REQUIRED, type Workshop, equalWords, lessMatrix, lessScalar, workshop } from './workshop.js';

/** An assumption on the minimizer, and what breaking it gains at most. */
export interface AssumedOfMinimizer {
  readonly id: string;
  readonly statement: Proposition;
  readonly price?: Scalar;
  /** The name under which derivations refer to it. */
  readonly fact?: string;
}

export interface ChainClaim extends Problem {
  readonly objective: Scalar;
  readonly value: Scalar;
  readonly steps: readonly { readonly id: string; readonly bound: Scalar; readonly by: readonly LemmaUse[] }[];
  readonly hypotheses?: readonly AssumedOfMinimizer[];
  readonly conclusions: readonly { readonly id: string; readonly statement: MatrixEquation }[];
  readonly derivations: readonly DerivationClaim[];
}

export interface ChainFindings {
  readonly steps: readonly (ChainFinding & { readonly step: string })[];
  readonly signs: readonly (SignFinding & { readonly step: string })[];
  readonly derivations: readonly ChainFinding[];
  readonly conclusions: readonly (ChainFinding & { readonly conclusion: string })[];
  /** The lemmas that are cited and not shown. */
  readonly modulo: readonly string[];
}

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
  const [W, A, G] = free.map(({ name, rows, cols }) => block(name, rows, cols)) as [Matrix, Matrix, Matrix];
  const { difference, equality } = ridgeIdentities(W, A, G, symbol('alpha', 'generator'));
  return [
    { what: 'ridge elimination', remainder: T.formatTerms(context.reduced(context.scalar(difference))) },
    { what: 'its equality', remainder: T.formatTerms(context.reduced(context.matrix(equality))) },
  ];
};

/** What every point is shown to be above: the value, less the prices, each of them 0 where its hypothesis holds. */
const endFindings = (
  shop: Workshop,
  last: TraceScalar,
  { value, hypotheses = [] }: ChainClaim,
): ChainFinding[] => {
  const { context } = shop;
  const priced = hypotheses.flatMap(({ price, ...rest }) => (price === undefined ? [] : [{ price, ...rest }]));
  const above = priced.reduce((sum, { price }) => T.addScalars(sum, context.scalar(price)), last);
  return [
    {
      what: priced.length === 0 ? 'the last bound is the value' : 'the last bound is the value less what it may cost',
      remainder: shop.left(lessScalar(above, T.scalar(context.fraction(value)))),
    },
    ...priced.map(({ id, statement, price }): ChainFinding => ({
      what: `${toText(price)} = 0 under ${id}`,
      remainder: shop.left(priceUnder(shop, statement, price)),
    })),
  ];
};

/** The price where left = right: max(left − right, 0) and max(right − left, 0) are 0 there. */
const priceUnder = (shop: Workshop, statement: Proposition, price: Scalar): TraceScalar => {
  const { context } = shop;
  if (statement.kind !== 'eq') return context.scalar(price);
  const gap = lessScalar(context.scalar(statement.left), context.scalar(statement.right));
  const there = rewrite(price, (node) => {
    if (node.kind !== 'positivePart') return undefined;
    const of = context.scalar(node.of);
    const isGap = [lessScalar(of, gap), T.addScalars(of, gap)].some((x) => shop.left(x).length === 0);
    return isGap ? number(0) : undefined;
  });
  return context.scalar(there);
};

/** Checks steps, lemmas, signs and derivations; throws UsageError where a statement has no meaning in words. */
export const examineChain = (claim: ChainClaim): ChainFindings => {
  const shop = workshop(claim);
  const { context } = shop;
  const steps: (ChainFinding & { step: string })[] = [];
  const signs: (SignFinding & { step: string })[] = [];
  const facts = factsOfHypotheses(shop, claim.hypotheses ?? []);
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
  steps.push(...endFindings(shop, above, claim).map((x) => ({ ...x, step: 'end' })));

  const derived = claim.derivations.map((x) => derive(shop, facts, x));
  for (const { cites } of derived) if (cites !== undefined) cited.add(cites);
  const conclusions = claim.conclusions.map(({ id, statement }) => {
    const words = lessMatrix(context.matrix(statement.left), context.matrix(statement.right));
    const shown = claim.derivations.some(({ id: name }) => {
      const fact = facts.get(name);
      return fact !== undefined && equalWords(shop, fact, words);
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
    derivations: derived.flatMap((x) => x.shown),
    conclusions,
    modulo: [...cited],
  };
};
