/**
 * Signs on a case, read off coefficients.
 *
 * A case bounds one generator g by quotients of the others. With a slack t in its place (g = b/(1 + t) for g ≤ b, g =
 * a + t for g ≥ a, g = (a + bt)/(1 + t) and its mirror image for a ≤ g ≤ b) every point of the case is reached, and a
 * polynomial in positive variables whose coefficients all have one sign has that sign. Nothing else is concluded.
 */
import { ExactError } from '../error.js';
import * as scalar from '../rational.js';
import {
  ONE,
  addPolynomials,
  add,
  denominatorOf,
  multiplyPolynomials,
  negate,
  polynomialOf,
  powerOfPolynomial,
  quotientText,
  variable,
  variablesOf,
} from './polynomial.js';
import type { Polynomial, Quotient } from './polynomial.js';

/** A bound, and whether it may be reached. */
export interface Bound {
  readonly at: Quotient;
  readonly reached: boolean;
}

/** The part of the parameters where a generator lies between bounds; everything where no generator is named. */
export interface Region {
  readonly generator?: string;
  readonly lower?: Bound;
  readonly upper?: Bound;
}

export type Sign = 'zero' | 'positive' | 'non-negative' | 'negative' | 'non-positive' | 'unknown';

/** generator = above/below with below > 0; weak variables may be zero, all others are positive. */
interface Chart {
  readonly generator?: string;
  readonly above: Polynomial;
  readonly below: Polynomial;
  readonly weak: ReadonlySet<string>;
}

/** What signs are asked of: the charts that cover a case. */
export type Charts = readonly Chart[];

/** No text of a proof can name it. */
const SLACK = '?';

/** No condition: all variables are positive. */
export const EVERYWHERE: Charts = [{ above: ONE, below: ONE, weak: new Set() }];

/**
 * The charts of a case. `roots` are variables that are only known not to be negative.
 *
 * @throws {ExactError} if bounds are not shown to be positive, or the lower one not to lie below the upper one, with
 *   all generators positive
 */
export function chartsOf({ generator, lower, upper }: Region, roots: Iterable<string> = []): Charts {
  const weak = new Set(roots);
  if (generator === undefined) return [{ above: ONE, below: ONE, weak }];
  for (const bound of [lower, upper]) {
    if (bound !== undefined && signOf(bound.at, EVERYWHERE) !== 'positive') {
      throw new ExactError(`the bound ${quotientText(bound.at)} of a case is not shown to be positive`);
    }
  }
  const slack = variable(SLACK);
  const onePlus = addPolynomials(ONE, slack);
  const chart = (above: Polynomial, below: Polynomial, closed: boolean): Chart => ({
    generator,
    above,
    below,
    weak: closed ? new Set([...weak, SLACK]) : weak,
  });
  const [a, aBelow] = lower === undefined ? [ONE, ONE] : [lower.at.numerator, denominatorOf(lower.at)];
  const [b, bBelow] = upper === undefined ? [ONE, ONE] : [upper.at.numerator, denominatorOf(upper.at)];
  if (lower === undefined && upper === undefined) throw new ExactError('a case names a generator without a bound');
  if (lower === undefined) return [chart(b, multiplyPolynomials(bBelow, onePlus), upper?.reached === true)];
  if (upper === undefined) {
    return [chart(addPolynomials(a, multiplyPolynomials(aBelow, slack)), aBelow, lower.reached)];
  }
  if (signOf(add(upper.at, negate(lower.at)), EVERYWHERE) !== 'positive') {
    throw new ExactError('the lower bound of a case is not shown to lie below the upper one');
  }
  const from = multiplyPolynomials(a, bBelow);
  const to = multiplyPolynomials(b, aBelow);
  const below = multiplyPolynomials(multiplyPolynomials(aBelow, bBelow), onePlus);
  const between = (near: Polynomial, far: Polynomial, closed: boolean): Chart =>
    chart(addPolynomials(near, multiplyPolynomials(far, slack)), below, closed);
  // Each chart leaves out the end that its slack only approaches.
  if (!upper.reached) return [between(from, to, lower.reached)];
  return lower.reached ? [between(from, to, true), between(to, from, true)] : [between(to, from, true)];
}

/** The sign of a quotient on all charts; `unknown` where its denominator is not shown to have no zero there. */
export function signOf(x: Quotient, charts: Charts): Sign {
  const signs = charts.map((chart) =>
    [...x.denominator.values()].reduce((sign, { polynomial, exponent }) => {
      const below = signOnChart(polynomial, chart);
      if (below !== 'positive' && below !== 'negative') return 'unknown';
      return below === 'negative' && exponent % 2 === 1 ? OPPOSITE[sign] : sign;
    }, signOnChart(x.numerator, chart)),
  );
  return signs.reduce(joined);
}

const OPPOSITE: Readonly<Record<Sign, Sign>> = {
  zero: 'zero',
  positive: 'negative',
  'non-negative': 'non-positive',
  negative: 'positive',
  'non-positive': 'non-negative',
  unknown: 'unknown',
};

/** What holds on both of two parts. */
function joined(one: Sign, two: Sign): Sign {
  if (one === two) return one;
  const both = new Set([one, two]);
  const within = (...signs: readonly Sign[]): boolean => [...both].every((sign) => signs.includes(sign));
  if (within('zero', 'positive', 'non-negative')) return 'non-negative';
  if (within('zero', 'negative', 'non-positive')) return 'non-positive';
  return 'unknown';
}

/** The sign of p, times a power of the positive `below`, from its coefficients. */
function signOnChart(p: Polynomial, chart: Chart): Sign {
  const terms = [...rewritten(p, chart).values()];
  const [first] = terms;
  if (first === undefined) return 'zero';
  if (terms.some(({ coefficient }) => scalar.sign(coefficient) !== scalar.sign(first.coefficient))) return 'unknown';
  const strict = terms.some(({ monomial }) => monomial.every(([name]) => !chart.weak.has(name)));
  const sign: Sign = strict ? 'positive' : 'non-negative';
  return scalar.sign(first.coefficient) > 0 ? sign : OPPOSITE[sign];
}

/** p·below^m with above/below for the generator, m being its highest power in p. */
function rewritten(p: Polynomial, { generator, above, below }: Chart): Polynomial {
  if (generator === undefined || !variablesOf(p).includes(generator)) return p;
  const terms = [...p.values()].map((term) => {
    const exponent = term.monomial.find(([name]) => name === generator)?.[1] ?? 0;
    return { exponent, rest: { ...term, monomial: term.monomial.filter(([name]) => name !== generator) } };
  });
  const highest = Math.max(...terms.map(({ exponent }) => exponent));
  return terms
    .map(({ exponent, rest }) =>
      multiplyPolynomials(
        polynomialOf([rest]),
        multiplyPolynomials(powerOfPolynomial(above, exponent), powerOfPolynomial(below, highest - exponent)),
      ),
    )
    .reduce(addPolynomials);
}
