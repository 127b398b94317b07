/** Random polynomials, fractions and well-typed statements, for the property tests of this folder. */
import fc from 'fast-check';
import { rational } from '../../src/exact/rational.js';
import type { Rational } from '../../src/exact/rational.js';
import * as B from '../../src/symbolic/build.js';
import type { Matrix, Scalar } from '../../src/symbolic/expression.js';
import * as F from '../../src/symbolic/fraction.js';
import type { Fraction } from '../../src/symbolic/fraction.js';
import * as P from '../../src/symbolic/polynomial.js';
import type { Polynomial } from '../../src/symbolic/polynomial.js';

export const VARIABLES = ['x', 'y', 'z'] as const;

export const smallRational: fc.Arbitrary<Rational> = fc
  .tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .map(([p, q]) => rational(p, q));

export const positiveRational: fc.Arbitrary<Rational> = fc
  .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 12 }))
  .map(([p, q]) => rational(p, q));

const term: fc.Arbitrary<Polynomial> = fc
  .tuple(smallRational, fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2)))
  .map(([coefficient, exponents]) =>
    exponents.reduce(
      (product, exponent, k) => P.multiply(product, P.power(P.variable(VARIABLES[k]), exponent)),
      P.constant(coefficient),
    ),
  );

export const polynomial: fc.Arbitrary<Polynomial> = fc
  .array(term, { maxLength: 4 })
  .map((terms) => terms.reduce(P.add, P.ZERO));

export const nonZeroPolynomial = polynomial.filter((p) => !P.isZero(p));

export const fraction: fc.Arbitrary<Fraction> = fc
  .tuple(polynomial, nonZeroPolynomial)
  .map(([above, below]) => F.fraction(above, below));

/** Values for x, y and z. */
export const valuesOf = (value: fc.Arbitrary<Rational>): fc.Arbitrary<ReadonlyMap<string, Rational>> =>
  fc.tuple(value, value, value).map((values) => new Map(VARIABLES.map((name, k) => [name, values[k]])));

export const W = B.block('W', 'K', 'd');
export const H = B.block('H', 'd', 'N');
export const bias = B.block('b', 'K', '1');
export const BLOCKS = [W, H, bias];

const lambdas = ['W', 'H'].map((name) => B.symbol(`lambda_${name}`, 'lambda', `λ_${name}`));

/** The matrices of one letter that have a given type, with zeros and identities where there are such. */
const letters = (rows: string, cols: string): Matrix[] => {
  const known = [W, H, bias, B.labels, B.ones('K'), B.ones('N')];
  return [
    ...known.filter((x) => x.rows === rows && x.cols === cols),
    ...known.filter((x) => x.rows === cols && x.cols === rows).map(B.t),
    ...(rows === cols ? [B.identity(rows)] : []),
    B.zeros(rows, cols),
  ];
};

const dimension = fc.constantFrom('K', 'd', 'N', '1');

/** A matrix expression of a given type, every product of which fits. */
export const matrixOf = (rows: string, cols: string, depth: number): fc.Arbitrary<Matrix> => {
  const leaf = fc.constantFrom(...letters(rows, cols));
  if (depth === 0) return leaf;
  const deeper = fc.constant(null).chain(() => matrixOf(rows, cols, depth - 1));
  return fc.oneof(
    leaf,
    fc.tuple(deeper, deeper).map(([x, y]) => B.add(x, y)),
    fc.tuple(deeper, deeper).map(([x, y]) => B.sub(x, y)),
    fc.tuple(scalarOf(Math.min(depth - 1, 1)), deeper).map(([factor, x]) => B.mul(factor, x)),
    fc
      .constant(null)
      .chain(() => matrixOf(cols, rows, depth - 1))
      .map(B.t),
    {
      weight: 4,
      arbitrary: dimension.chain((inner) =>
        fc
          .tuple(matrixOf(rows, inner, depth - 1), matrixOf(inner, cols, depth - 1))
          .map(([x, y]) => B.mul(x, y)),
      ),
    },
  );
};

/** A scalar expression with traces and norms of matrices in it. */
export const scalarOf = (depth: number): fc.Arbitrary<Scalar> => {
  const leaf: fc.Arbitrary<Scalar> = fc.constantFrom(
    B.number(2),
    B.number('-1/3'),
    B.K,
    B.n,
    B.N,
    ...lambdas,
    B.sqrt(B.mul(4, B.pow(B.K, 2), B.pow(lambdas[0], 2))),
  );
  if (depth === 0) return leaf;
  const deeper = fc.constant(null).chain(() => scalarOf(depth - 1));
  return fc.oneof(
    leaf,
    fc.tuple(deeper, deeper).map(([x, y]) => B.add(x, y)),
    fc.tuple(deeper, deeper).map(([x, y]) => B.mul(x, y)),
    fc.tuple(deeper, leaf).map(([x, y]) => B.div(x, y)),
    fc.tuple(deeper, fc.nat(2)).map(([x, exponent]) => B.pow(x, exponent)),
    dimension.chain((size) => matrixOf(size, size, depth)).map(B.trace),
    fc.tuple(dimension, dimension).chain(([rows, cols]) => matrixOf(rows, cols, depth - 1)).map(B.normSquared),
  );
};

/** Any matrix expression. */
export const anyMatrix = (depth: number): fc.Arbitrary<Matrix> =>
  fc.tuple(dimension, dimension).chain(([rows, cols]) => matrixOf(rows, cols, depth));
