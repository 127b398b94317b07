/**
 * Thresholds in the vocabulary of certificates: a case that applies where c or κ lies on one side of a fixed number,
 * read off its condition. As with claims, what is written in another way is not recognised.
 */
import * as Q from '../exact/rational.js';
import type { Rational } from '../exact/rational.js';
import type { Scalar } from '../symbolic/expression.js';
import type { ProblemSpec } from '../symbolic/objective.js';
import type { Case } from '../theorem/contract.js';

export interface ClaimedThreshold {
  readonly parameter: 'c' | 'kappa';
  readonly threshold: Rational;
  /** Where the case applies. */
  readonly side: 'above' | 'below';
}

/** The threshold that bounds a case; undefined where its condition is not one comparison of c or κ with a number. */
export function claimedThreshold({ when }: Case, { layers }: ProblemSpec): ClaimedThreshold | undefined {
  if (when.kind !== 'gt' && when.kind !== 'geq' && when.kind !== 'lt' && when.kind !== 'leq') return undefined;
  const [left, right] = [monomial(when.left), monomial(when.right)];
  if (left === undefined || right === undefined) return undefined;
  const parameter = layers === 1 ? 'c' : 'kappa';
  const powers = layers === 1 ? POWERS_OF_C : POWERS_OF_KAPPA;
  const greater = when.kind === 'gt' || when.kind === 'geq';
  const sided = (of: Monomial, than: Monomial, above: boolean): ClaimedThreshold | undefined =>
    isParameter(of, powers) && than.powers.size === 0 && Q.sign(than.factor) > 0
      ? { parameter, threshold: than.factor, side: above ? 'above' : 'below' }
      : undefined;
  return sided(left, right, greater) ?? sided(right, left, !greater);
}

/** factor · ∏ symbol^power, with powers in halves. */
interface Monomial {
  readonly factor: Rational;
  readonly powers: ReadonlyMap<string, number>;
}

/** c = K√(nλ_Wλ_H) and κ = K³nλ_{W₂}λ_{W₁}λ_{H₁}. */
const POWERS_OF_C = { K: 1, n: 0.5, lambda_W: 0.5, lambda_H: 0.5 };
const POWERS_OF_KAPPA = { K: 3, n: 1, lambda_W2: 1, lambda_W1: 1, lambda_H1: 1 };

const isParameter = ({ factor, powers }: Monomial, wanted: Readonly<Record<string, number>>): boolean =>
  Q.equals(factor, Q.ONE) &&
  powers.size === Object.keys(wanted).length &&
  Object.entries(wanted).every(([symbol, power]) => powers.get(symbol) === power);

const constant = (factor: Rational): Monomial => ({ factor, powers: new Map() });

const product = (x: Monomial, y: Monomial): Monomial => {
  const powers = new Map(x.powers);
  for (const [symbol, power] of y.powers) {
    const sum = (powers.get(symbol) ?? 0) + power;
    if (sum === 0) powers.delete(symbol);
    else powers.set(symbol, sum);
  }
  return { factor: Q.multiply(x.factor, y.factor), powers };
};

const inverse = ({ factor, powers }: Monomial): Monomial => ({
  factor: Q.inverse(factor),
  powers: new Map([...powers].map(([symbol, power]) => [symbol, -power])),
});

/** The monomial that a scalar is; all symbols are positive, so that roots may be taken factor by factor. */
function monomial(node: Scalar): Monomial | undefined {
  switch (node.kind) {
    case 'number':
      return constant(Q.parseRational(node.value));
    case 'symbol':
      return { factor: Q.ONE, powers: new Map([[node.name, 1]]) };
    case 'defined':
      return monomial(node.value);
    case 'product':
      return node.factors.reduce<Monomial | undefined>((all, factor) => {
        const next = all && monomial(factor);
        return all && next && product(all, next);
      }, constant(Q.ONE));
    case 'quotient': {
      const [over, under] = [monomial(node.over), monomial(node.under)];
      return over && under && !Q.isZero(under.factor) ? product(over, inverse(under)) : undefined;
    }
    case 'power': {
      const base = monomial(node.base);
      if (base === undefined || node.exponent < 0) return undefined;
      const powers = [...base.powers].map(([symbol, power]) => [symbol, power * node.exponent] as const);
      return {
        factor: Q.power(base.factor, node.exponent),
        powers: new Map(powers.filter(([, power]) => power !== 0)),
      };
    }
    case 'sqrt': {
      const of = monomial(node.of);
      // The number under a root of c is 1; roots of others need not be rational.
      if (of === undefined || !Q.equals(of.factor, Q.ONE)) return undefined;
      return { factor: Q.ONE, powers: new Map([...of.powers].map(([symbol, power]) => [symbol, power / 2])) };
    }
    default:
      return undefined;
  }
}
