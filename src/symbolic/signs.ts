/**
 * Signs under a hypothesis, read off coefficients.
 *
 * A chart rewrites the generators of a case so that the case's inequalities become "slack ≥ 0": g ≤ a is g = a/(1 + t),
 * g ≥ a is g = a + t. A polynomial in positive generators and non-negative slacks whose coefficients all have one
 * sign has that sign; anything else is `unknown`, which accuses nobody and proves nothing.
 */
import * as Q from '../exact/rational.js';
import * as F from './fraction.js';
import type { Fraction } from './fraction.js';
import type { Polynomial } from './polynomial.js';

export type Sign = 'zero' | 'positive' | 'non-negative' | 'negative' | 'non-positive' | 'unknown';

export interface ChartCondition {
  readonly kind: 'eq' | 'leq' | 'lt' | 'geq' | 'gt';
  readonly left: Fraction;
  readonly right: Fraction;
}

export interface Chart {
  /** Generators in terms of the others and of slacks. */
  readonly substitution: ReadonlyMap<string, Fraction>;
  /** Slacks and roots: variables known only to be ≥ 0. Every other variable is positive. */
  readonly weak: ReadonlySet<string>;
}

const flip: Readonly<Record<Sign, Sign>> = {
  zero: 'zero',
  positive: 'negative',
  'non-negative': 'non-positive',
  negative: 'positive',
  'non-positive': 'non-negative',
  unknown: 'unknown',
};

const signOfPolynomial = (p: Polynomial, weak: ReadonlySet<string>): Sign => {
  if (p.terms.size === 0) return 'zero';
  const terms = [...p.terms.values()];
  const signs = new Set(terms.map((term) => Q.sign(term.coefficient)));
  if (signs.size > 1) return 'unknown';
  const strict = terms.some((term) => term.monomial.every(([name]) => !weak.has(name)));
  const sign: Sign = strict ? 'positive' : 'non-negative';
  return signs.has(1) ? sign : flip[sign];
};

/** The sign of x everywhere on the chart; `weak` adds variables that are only known to be ≥ 0. */
export const signOn = (chart: Chart, x: Fraction, weak: Iterable<string> = []): Sign => {
  // The rank r of a partial frame may be 0.
  const loose = new Set([...chart.weak, ...weak, 'r']);
  const there = F.substitute(x, chart.substitution);
  const above = signOfPolynomial(there.numerator, loose);
  const below = signOfPolynomial(there.denominator, loose);
  if (above === 'zero') return 'zero';
  if (below === 'positive') return above;
  return below === 'negative' ? flip[above] : 'unknown';
};

/** A variable on its own that no earlier condition has rewritten. */
const freeGenerator = (x: Fraction, substitution: ReadonlyMap<string, Fraction>): string | undefined => {
  const [name, ...others] = F.variablesOf(x);
  if (name === undefined || others.length > 0 || substitution.has(name)) return undefined;
  return F.equals(x, F.variable(name)) ? name : undefined;
};

const mirrored = { eq: 'eq', leq: 'geq', lt: 'gt', geq: 'leq', gt: 'lt' } as const;

/**
 * The chart of a conjunction of conditions, each comparing a generator with something already known; undefined where a
 * condition has another form. Every point of the case is reached: for 0 < g ≤ a take t = (a − g)/g, for g ≥ a t = g −
 * a.
 */
export const chartOf = (conditions: readonly ChartCondition[]): Chart | undefined => {
  const substitution = new Map<string, Fraction>();
  const weak = new Set<string>();
  for (const [index, { kind, left, right }] of conditions.entries()) {
    const [name, bound, relation] =
      freeGenerator(left, substitution) !== undefined
        ? [freeGenerator(left, substitution), right, kind]
        : [freeGenerator(right, substitution), left, mirrored[kind]];
    if (name === undefined || F.variablesOf(bound).includes(name)) return undefined;
    const limit = F.substitute(bound, substitution);
    if (signOn({ substitution: new Map(), weak }, limit) !== 'positive') return undefined;
    // No symbol can be called so.
    const slackName = `slack:${index + 1}`;
    const slack = F.variable(slackName);
    const value =
      relation === 'eq'
        ? limit
        : relation === 'leq' || relation === 'lt'
          ? F.divide(limit, F.add(F.ONE, slack))
          : F.add(limit, slack);
    if (relation === 'leq' || relation === 'geq') weak.add(slackName);
    for (const [known, expression] of substitution) {
      substitution.set(known, F.substitute(expression, new Map([[name, value]])));
    }
    substitution.set(name, value);
  }
  return { substitution, weak };
};
