/**
 * Whether the generators of one case reach every parameter of the case.
 *
 * Take λ > 0 with the case's condition and give every generator its inverse there. Three things make a proof in
 * generators a proof for this λ: every root that is a generator exists; the generators lie in the stated domain; and
 * λ(g(λ)) = λ. The first two are read off the condition: p is strictly monotone between the ends of the root, so z > a
 * says the same as κ < p(a) (or κ > p(a)). The third is decided through squares, with powers of z from the degree of p
 * on rewritten by its own equation.
 */
import * as P from '../exact/polynomial.js';
import * as Q from '../exact/rational.js';
import type { Rational } from '../exact/rational.js';
import type { Proposition, RootNode, Scalar } from './expression.js';
import * as F from './fraction.js';
import type { Fraction } from './fraction.js';
import * as Poly from './polynomial.js';
import { toText } from './print.js';
import { endsOf, polynomialOf } from './root.js';
import { type ChartCondition, type Region, EVERYWHERE, regionOf, signIn, signOn } from './signs.js';
import { chartConditions } from './sum-of-squares.js';
import { type Letters, type WordContext, alphabetOf, wordContext } from './words-of.js';

export interface CaseParametrisation {
  readonly blocks: Letters['blocks'];
  readonly when: Proposition;
  readonly generators: readonly { readonly name: string; readonly inverse: Scalar }[];
  /** λ's by symbol name. */
  readonly parameters: ReadonlyMap<string, Scalar>;
  readonly domain: readonly Proposition[];
}

/** Something to be shown, and what is missing of it: nothing, where it holds. */
export interface ReachFinding {
  readonly what: string;
  readonly missing: string;
}

/** What a case gives: comparisons, and differences that are not zero (κ ≤ a and κ ≠ a together are κ < a). */
interface Given {
  readonly conditions: readonly ChartCondition[];
  readonly unequal: readonly Fraction[];
}

const conjuncts = (when: Proposition): readonly Proposition[] =>
  when.kind === 'and' ? when.parts.flatMap(conjuncts) : [when];

const givenBy = (context: WordContext, when: Proposition): Given => ({
  conditions: chartConditions(context, when) ?? [],
  unequal: conjuncts(when).flatMap((x) =>
    x.kind === 'neq' ? [F.subtract(context.fraction(x.left), context.fraction(x.right))] : [],
  ),
});

/** Whether target > 0 (or ≥ 0) follows from one condition alone: it is one of them, plus something non-negative. */
const follows = ({ conditions, unequal }: Given, target: Fraction, strict: boolean): boolean => {
  const fine = (extra: Fraction, known: boolean): boolean => {
    const sign = signOn(EVERYWHERE, extra);
    return sign === 'positive' || ((sign === 'zero' || sign === 'non-negative') && (known || !strict));
  };
  if (fine(target, false)) return true;
  return conditions.some(({ kind, left, right }) => {
    const apart = [F.subtract(left, right), F.subtract(right, left)];
    const strictly =
      kind === 'lt' || kind === 'gt' || apart.some((x) => unequal.some((difference) => F.equals(x, difference)));
    const differences =
      kind === 'eq'
        ? [F.subtract(right, left), F.subtract(left, right)]
        : [kind === 'lt' || kind === 'leq' ? F.subtract(right, left) : F.subtract(left, right)];
    return differences.some((least) => fine(F.subtract(target, least), strictly));
  });
};

interface Bound {
  readonly generator: string;
  readonly lower: boolean;
  readonly strict: boolean;
  readonly at: Rational;
}

/** A domain condition as a bound on one generator by a number. */
const boundOf = (context: WordContext, condition: Proposition): Bound | undefined => {
  if (condition.kind !== 'lt' && condition.kind !== 'leq' && condition.kind !== 'gt' && condition.kind !== 'geq') {
    return undefined;
  }
  const { kind, left, right } = condition;
  const limit = context.fraction(right);
  if (left.kind !== 'symbol' || F.variablesOf(limit).length > 0) return undefined;
  return {
    generator: left.name,
    lower: kind === 'gt' || kind === 'geq',
    strict: kind === 'lt' || kind === 'gt',
    at: F.evaluate(limit, new Map()),
  };
};

const isIncreasing = (root: RootNode): boolean => {
  const { from, to } = endsOf(root);
  const p = polynomialOf(root);
  return Q.compare(P.evaluate(p, from), P.evaluate(p, to)) < 0;
};

/** p(a) − κ if z > a says that this is positive, κ − p(a) otherwise: signed so that "≥ 0" is the bound. */
const throughEquation = (root: RootNode, equals: Fraction, { lower, at }: Pick<Bound, 'lower' | 'at'>): Fraction => {
  const value = F.constant(P.evaluate(polynomialOf(root), at));
  // z > a ⇔ p(z) < p(a) where p decreases, p(z) > p(a) where it increases.
  return lower === isIncreasing(root) ? F.subtract(equals, value) : F.subtract(value, equals);
};

/** x with powers of the unknown from the degree of its equation on rewritten by p(z) = κ, above the line only. */
const reduceByEquation = (x: Fraction, name: string, root: RootNode, equals: Fraction): Fraction => {
  const p = polynomialOf(root);
  const degree = P.degree(p);
  const leading = p[degree];
  // z^degree = (κ − p_0 − p_1 z − …)/p_degree
  const replacement = F.multiply(
    F.constant(Q.inverse(leading)),
    p
      .slice(0, degree)
      .reduce(
        (sum, c, k) => F.subtract(sum, F.multiply(F.constant(c), F.power(F.variable(name), k))),
        equals,
      ),
  );
  const lowered = (numerator: Fraction): Fraction => {
    let [total, changed] = [F.ZERO, false];
    for (const { monomial, coefficient } of numerator.numerator.terms.values()) {
      const exponent = Poly.exponentOf(monomial, name);
      const others = monomial
        .filter(([variable]) => variable !== name)
        .reduce((total, [other, k]) => F.multiply(total, F.power(F.variable(other), k)), F.constant(coefficient));
      const power =
        exponent < degree
          ? F.power(F.variable(name), exponent)
          : F.multiply(replacement, F.power(F.variable(name), exponent - degree));
      changed ||= exponent >= degree;
      total = F.add(total, F.multiply(others, power));
    }
    const result = F.divide(total, F.fromPolynomial(numerator.denominator));
    return changed ? lowered(F.fromPolynomial(result.numerator)) : result;
  };
  return lowered(F.fromPolynomial(x.numerator));
};

/** Roots of what may be negative or zero, and divisors that may vanish, in the domain. */
const partial = ({ roots, divisors }: WordContext, region: Region): string[] => [
  ...[...roots.values()]
    .filter((square) => signIn(region, square) !== 'positive')
    .map((square) => `the root of ${F.formatFraction(square)} is not shown to be real and positive`),
  ...divisors
    .filter((divisor) => !['positive', 'negative'].includes(signIn(region, divisor)))
    .map((divisor) => `the divisor ${F.formatFraction(divisor)} is not shown to be non-zero`),
];

/** What is missing for the generators to reach every λ of the case, one finding for each part of the argument. */
export const examineCaseParametrisation = (claim: CaseParametrisation): ReachFinding[] => {
  const alphabet = alphabetOf({ blocks: claim.blocks });
  const roots = claim.generators.flatMap(({ name, inverse }) =>
    inverse.kind === 'root' ? [{ name, root: inverse }] : [],
  );
  const back = wordContext({
    alphabet,
    symbols: new Map(roots.map(({ name, root }) => [root.name, F.variable(name)])),
  });
  const given = givenBy(back, claim.when);
  const equalsOf = (root: RootNode): Fraction => back.fraction(root.equals);

  const existence = roots.map(({ root }): ReachFinding => {
    const { from, to } = endsOf(root);
    const [low, high] = [
      throughEquation(root, equalsOf(root), { lower: true, at: from }),
      throughEquation(root, equalsOf(root), { lower: false, at: to }),
    ];
    // Generators are positive: a root is not to be 0.
    const exists = follows(given, low, Q.isZero(from)) && follows(given, high, false);
    const what = `${root.text} exists${Q.isZero(from) ? ' and is positive' : ''} if ${toText(claim.when)}`;
    const least = `${F.formatFraction(low)} is ${Q.isZero(from) ? 'positive' : 'not negative'}`;
    return { what, missing: exists ? '' : `not shown: ${least}, ${F.formatFraction(high)} is not negative` };
  });

  const bounds = claim.domain.map((condition): ReachFinding => {
    const what = `${toText(condition)} if ${toText(claim.when)}`;
    const bound = boundOf(back, condition);
    const generator = claim.generators.find((x) => x.name === bound?.generator);
    if (bound === undefined || generator === undefined) {
      return { what, missing: 'no bound of one generator by a number' };
    }
    const { inverse } = generator;
    if (inverse.kind === 'root') {
      const { from, to } = endsOf(inverse);
      const inside = Q.compare(from, bound.at) <= 0 && Q.compare(bound.at, to) <= 0;
      if (!inside) return { what, missing: 'it lies outside the interval of the root' };
      const target = throughEquation(inverse, equalsOf(inverse), bound);
      return { what, missing: follows(given, target, bound.strict) ? '' : F.formatFraction(target) };
    }
    const [value, at] = [back.fraction(inverse), F.constant(bound.at)];
    const target = bound.lower ? F.subtract(value, at) : F.subtract(at, value);
    return { what, missing: follows(given, target, bound.strict) ? '' : F.formatFraction(target) };
  });

  // In generators that are roots, the domain is what is known of them.
  const rootNames = new Set(roots.map((x) => x.name));
  const inRoots = claim.domain.filter((x) => rootNames.has(boundOf(back, x)?.generator ?? ''));
  const region = regionOf(inRoots.flatMap((x) => chartConditions(back, x) ?? [])) ?? [[EVERYWHERE]];
  const forward = wordContext({ alphabet });
  const domain = regionOf(claim.domain.flatMap((x) => chartConditions(forward, x) ?? [])) ?? [[EVERYWHERE]];
  const inverses = claim.generators
    .filter((x) => x.inverse.kind !== 'root')
    .map(({ name, inverse }) => [name, back.fraction(inverse)] as const);
  const squares = new Map(
    inverses.map(([name, value]): [string, Fraction] => {
      let square = F.power(value, 2);
      for (let level = 0; level <= back.roots.size; level++) square = F.reduceRoots(square, back.roots);
      return [name, square];
    }),
  );
  const unreal = inverses
    .filter(([, value]) => signIn(region, value, []) !== 'positive')
    .map(([name]) => `the inverse of ${name} is not shown to be positive`);
  const images = [...claim.parameters].map(([name, formula]) => [name, forward.fraction(formula)] as const);
  const holes = [...partial(back, region), ...partial(forward, domain)];
  const reached = images.map(([name, image]): ReachFinding => {
    let gap = F.subtract(F.reduceRoots(F.power(image, 2), squares), F.power(F.variable(name), 2));
    for (const { name: unknown, root } of roots) gap = reduceByEquation(gap, unknown, root, equalsOf(root));
    const positive = signIn(domain, image) === 'positive';
    const missing = [
      ...unreal,
      ...holes,
      ...(positive ? [] : ['not shown to be positive']),
      ...(F.isZero(gap) ? [] : [`left over: ${F.formatFraction(gap)}`]),
    ];
    return { what: `${name.replace(/^lambda_/, 'λ_')} is reached`, missing: missing.join('; ') };
  });
  return [...existence, ...bounds, ...reached];
};
