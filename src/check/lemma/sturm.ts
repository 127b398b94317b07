/**
 * A lemma without matrices, in one of its numbers: for all x ≥ 0 at once, the others fixed at rationals, by Sturm's
 * theorem. right − left is a quotient of polynomials p/q in x, and p/q ≥ 0 wherever pq ≥ 0 and q ≠ 0.
 */
import * as P from '../../exact/polynomial.js';
import type { Polynomial } from '../../exact/polynomial.js';
import * as Q from '../../exact/rational.js';
import { isNonNegativeFrom } from '../../exact/sturm.js';
import { UsageError } from '../../errors.js';
import type { SymbolNode } from '../../symbolic/expression.js';
import { interpreter } from '../../symbolic/interpret.js';
import { mentions } from '../../symbolic/rewrite.js';
import { type Instance, symbolValues } from '../../theorem/instance.js';
import { type Lemma, statementOf } from '../../theorem/lemma/contract.js';

interface Quotient {
  readonly over: Polynomial;
  readonly under: Polynomial;
}

const constant = (x: Q.Rational): Quotient => ({ over: P.polynomial([x]), under: P.polynomial([Q.ONE]) });
const X: Quotient = { over: P.polynomial([Q.ZERO, Q.ONE]), under: P.polynomial([Q.ONE]) };

const plus = (x: Quotient, y: Quotient): Quotient => ({
  over: P.add(P.multiply(x.over, y.under), P.multiply(y.over, x.under)),
  under: P.multiply(x.under, y.under),
});
const times = (x: Quotient, y: Quotient): Quotient => ({
  over: P.multiply(x.over, y.over),
  under: P.multiply(x.under, y.under),
});
const inverse = ({ over, under }: Quotient): Quotient => {
  if (over.length === 0) throw new UsageError('a statement divides by zero', 'Check its denominators.');
  return { over: under, under: over };
};

/** The value of a quotient that does not depend on x. @throws UsageError for any other */
const valueOf = ({ over, under }: Quotient): Q.Rational => {
  if (over.length > 1 || under.length > 1) throw new UsageError('not a polynomial in one number', 'It is measured.');
  return Q.divide(over[0] ?? Q.ZERO, under[0] ?? Q.ONE);
};

const noMatrix = (): never => {
  throw new UsageError('a matrix is no polynomial in one number', 'It is measured.');
};

/** The numbers that the hypotheses leave free; one of them can be all of [0, ∞). */
export const freeScalars = (lemma: Lemma): readonly SymbolNode[] =>
  lemma.matrices.length > 0
    ? []
    : lemma.scalars
        .map((x) => x.symbol)
        .filter(({ name }) => {
          const isIt = (node: object): boolean => 'name' in node && node.name === name;
          return !lemma.hypotheses.some((x) => mentions(x, isIt));
        });

/** What decides the statement for every x ≥ 0, the rest as in the instance: a polynomial that must not be negative. */
export const gapFor = (lemma: Lemma, x: SymbolNode, instance: Instance): Polynomial | undefined => {
  const statement = statementOf(lemma);
  if (statement.kind !== 'leq') return undefined;
  const values = symbolValues(instance);
  const { scalar } = interpreter<Quotient, never>({
    number: constant,
    symbol: ({ name }) => (name === x.name ? X : constant(values.get(name) ?? Q.ZERO)),
    root: noMatrix,
    sum: (terms) => terms.reduce(plus, constant(Q.ZERO)),
    product: (factors) => factors.reduce(times, constant(Q.ONE)),
    quotient: (over, under) => times(over, inverse(under)),
    power: (base, exponent) => {
      const power = Array.from({ length: Math.abs(exponent) }, () => base).reduce(times, constant(Q.ONE));
      return exponent < 0 ? inverse(power) : power;
    },
    squareRoot: noMatrix,
    normSquared: noMatrix,
    trace: noMatrix,
    nuclearNorm: noMatrix,
    // Only where neither depends on x.
    minimum: (left, right) => constant(Q.minimum(valueOf(left), valueOf(right))),
    positivePart: (of) => constant(Q.maximum(valueOf(of), Q.ZERO)),
    letter: noMatrix,
    labels: noMatrix,
    identity: noMatrix,
    ones: noMatrix,
    zeros: noMatrix,
    matrixSum: noMatrix,
    matrixProduct: noMatrix,
    scaled: noMatrix,
    transpose: noMatrix,
    relu: noMatrix,
    inverse: noMatrix,
  });
  try {
    const gap = plus(scalar(statement.right), times(constant(Q.rational(-1)), scalar(statement.left)));
    return P.multiply(gap.over, gap.under);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
};

/** Whether the statement holds for every x ≥ 0, the rest as in the instance; undefined if it is no such quotient. */
export const holdsForAll = (lemma: Lemma, x: SymbolNode, instance: Instance): boolean | undefined => {
  const gap = gapFor(lemma, x, instance);
  return gap === undefined ? undefined : isNonNegativeFrom(gap, Q.ZERO);
};
