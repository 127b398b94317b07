/**
 * Statements in floating point with a bound on their rounding error: a value, and how far it may be from what exact
 * arithmetic would give.
 *
 * Running error analysis with u = 2⁻⁵³ and γ_m = mu/(1 − mu), normwise in Frobenius norms: a product AB is off by at
 * most ‖A‖e_B + e_A‖B‖ + e_Ae_B + γ_k‖A‖‖B‖, a sum by the errors of its terms and one rounding for each, ‖·‖_* by
 * √r·e_A and what the SVD is held to, σ and min by no more than their arguments; an inverse X of A by ‖X‖ρ/(1 − ρ),
 * where ρ bounds ‖I − AX‖. Matrices of a point may come with an error of their own: the bound then covers a
 * neighbourhood of it.
 */
import { UsageError } from '../errors.js';
import * as I from '../exact/interval.js';
import type { Interval } from '../exact/interval.js';
import * as Q from '../exact/rational.js';
import { toNumber } from '../exact/rational.js';
import { portableKernels as kernels } from '../model/kernels.js';
import { roundingFactor } from '../model/rounding.js';
import { inverseMatrix, nuclearNormWithError } from '../numeric/dense.js';
import type { Matrix, Scalar } from '../symbolic/expression.js';
import { type Algebra, type Known, interpreter } from '../symbolic/interpret.js';
import { encloseRoot } from '../symbolic/root.js';
import { dimensionSizes } from './evaluate-exact.js';
import { type DenseMatrix, denseMatrix, frobenius } from './evaluate-numeric.js';
import { type Instance, symbolValues } from './instance.js';

/** A number and a bound on its error; Infinity where nothing is known. */
export interface Bounded {
  readonly value: number;
  readonly error: number;
}

/** A matrix, its Frobenius norm, and a bound on its error in that norm. */
export interface BoundedMatrix extends DenseMatrix {
  readonly norm: number;
  readonly error: number;
}

const UNIT = 2 ** -53;
/** Covers the roundings of the bounds themselves. */
const SLACK = 1 + 2 ** -20;
/** Bits of the enclosures of square roots of the instance's scalars. */
const BITS = 128;

/** Exact as long as it comes from the instance alone. */
type Value = Interval | Bounded;

const isExact = (x: Value): x is Interval => 'lower' in x;

const midpoint = ({ lower, upper }: Interval): Bounded => {
  const [low, high] = [toNumber(lower), toNumber(upper)];
  const value = (low + high) / 2;
  return { value, error: high - low + 4 * UNIT * Math.abs(value) };
};

/** Enclosures that were rounded once: they are shared between points. */
const midpoints = new WeakMap<Interval, Bounded>();

const bounded = (x: Value): Bounded => {
  if (!isExact(x)) return x;
  const known = midpoints.get(x) ?? midpoint(x);
  midpoints.set(x, known);
  return known;
};

/** A result off by `error` before its own rounding. */
const rounded = (value: number, error: number): Bounded => ({ value, error: SLACK * (error + UNIT * Math.abs(value)) });

const times = (x: Bounded, y: Bounded): Bounded =>
  rounded(x.value * y.value, Math.abs(x.value) * y.error + x.error * Math.abs(y.value) + x.error * y.error);

const over = (x: Bounded, y: Bounded): Bounded => {
  const value = x.value / y.value;
  const room = Math.abs(y.value) - y.error;
  return room > 0 ? rounded(value, (x.error + Math.abs(value) * y.error) / room) : { value, error: Infinity };
};

const plus = (x: Bounded, y: Bounded): Bounded => rounded(x.value + y.value, x.error + y.error);

const rootOf = ({ value, error }: Bounded): Bounded => {
  const root = Math.sqrt(Math.max(value, 0));
  const [low, high] = [value - error, value + error].map((x) => Math.sqrt(Math.max(x, 0)));
  // What is surely negative has no root, and no error makes it one.
  return high === 0 && value < 0 ? { value: NaN, error: 0 } : rounded(root, Math.max(root - low, high - root));
};

/** `exact` while every operand is, else the rounded operation. */
const combine = (
  values: readonly Value[],
  exact: (x: Interval, y: Interval) => Interval,
  inexact: (x: Bounded, y: Bounded) => Bounded,
): Value => (values.every(isExact) ? values.reduce(exact) : values.map(bounded).reduce(inexact));

/** A matrix with its norm, and an error before the rounding of the norm. */
export const boundedMatrix = (matrix: DenseMatrix, error = 0): BoundedMatrix => ({
  ...matrix,
  norm: SLACK * frobenius(matrix),
  error: SLACK * error,
});

const product = (x: BoundedMatrix, y: BoundedMatrix): BoundedMatrix => {
  const result = denseMatrix(x.rows, y.cols);
  kernels.multiply(x.rows, x.cols, y.cols, x.data, 0, y.data, 0, result.data, 0, false);
  const rounding = roundingFactor(x.cols) * x.norm * y.norm;
  return boundedMatrix(result, x.norm * y.error + x.error * y.norm + x.error * y.error + rounding);
};

const sum = (x: BoundedMatrix, y: BoundedMatrix): BoundedMatrix => {
  const result = boundedMatrix({ ...x, data: x.data.map((value, k) => value + (y.data[k] ?? 0)) });
  return { ...result, error: SLACK * (x.error + y.error + UNIT * result.norm) };
};

const inverseOf = (a: BoundedMatrix): BoundedMatrix => {
  const x = boundedMatrix({ ...a, data: inverseMatrix(a.rows, a.data) });
  const residual = product(a, x);
  for (let k = 0; k < a.rows; k++) residual.data[k * a.rows + k] = (residual.data[k * a.rows + k] ?? 0) - 1;
  const rho = frobenius(residual) + residual.error + UNIT * (Math.sqrt(a.rows) + residual.norm);
  return { ...x, error: rho < 1 ? (SLACK * x.norm * rho) / (1 - rho) : Infinity };
};

export interface BoundedInterpreter {
  scalar(node: Scalar): Bounded;
  matrix(node: Matrix): BoundedMatrix;
}

/** Scalars of the instance alone, which many points share: their enclosures are costly. */
const enclosures = new WeakMap<Instance, Map<Scalar, Interval>>();

/** The interpreter at an instance, with matrices and their errors for blocks and frames. */
export const boundedInterpreter = (
  instance: Instance,
  letters: ReadonlyMap<string, BoundedMatrix>,
): BoundedInterpreter => {
  const shared = enclosures.get(instance) ?? new Map<Scalar, Interval>();
  enclosures.set(instance, shared);
  const own = new Map<Scalar, Bounded>();
  const scalars: Known<Value> = {
    get: (node) => shared.get(node) ?? own.get(node),
    set: (node, value) => (isExact(value) ? shared.set(node, value) : own.set(node, value)),
  };
  const sizes = dimensionSizes(instance);
  const values = symbolValues(instance);
  const given = (rows: number, cols: number, fill?: (row: number, col: number) => number): BoundedMatrix =>
    boundedMatrix(denseMatrix(rows, cols, fill));
  const algebra: Algebra<Value, BoundedMatrix> = {
    number: I.point,
    symbol: (node) => {
      const value = values.get(node.name);
      if (value === undefined) throw new UsageError(`${node.text} has no value here`, 'Use sizes and λ.');
      return I.point(value);
    },
    root: (node, equals) => {
      if (isExact(equals)) return encloseRoot(node, equals, BITS);
      throw new UsageError(`the equation of ${node.text} mentions a matrix`, 'Roots are of sizes and λ.');
    },
    sum: (terms) => combine(terms, I.add, plus),
    product: (factors) => combine(factors, I.multiply, times),
    quotient: (above, below) => combine([above, below], I.divide, over),
    power: (base, exponent) => {
      if (isExact(base)) return I.power(base, exponent);
      const one: Bounded = { value: 1, error: 0 };
      const power = Array.from({ length: Math.abs(exponent) }, () => base).reduce(times, one);
      return exponent < 0 ? over(one, power) : power;
    },
    squareRoot: (of) => (isExact(of) ? I.squareRoot(of, BITS) : rootOf(of)),
    normSquared: (of) => {
      const value = frobenius(of) ** 2;
      const rounding = roundingFactor(of.data.length + 8) * value;
      return { value, error: SLACK * (2 * of.norm * of.error + of.error ** 2 + rounding) };
    },
    trace: (of) => {
      let [value, size] = [0, 0];
      for (let k = 0; k < of.rows; k++) {
        value += of.data[k * of.cols + k] ?? 0;
        size += Math.abs(of.data[k * of.cols + k] ?? 0);
      }
      return { value, error: SLACK * (Math.sqrt(of.rows) * of.error + roundingFactor(of.rows) * size) };
    },
    nuclearNorm: (of) => {
      const { value, error } = nuclearNormWithError(of.rows, of.cols, of.data);
      return { value, error: SLACK * (error + Math.sqrt(Math.min(of.rows, of.cols)) * of.error) };
    },
    minimum: (left, right) =>
      combine(
        [left, right],
        (x, y) => I.interval(Q.minimum(x.lower, y.lower), Q.minimum(x.upper, y.upper)),
        (x, y) => ({ value: Math.min(x.value, y.value), error: Math.max(x.error, y.error) }),
      ),
    positivePart: (of) =>
      isExact(of)
        ? I.interval(Q.maximum(of.lower, Q.ZERO), Q.maximum(of.upper, Q.ZERO))
        : { value: Math.max(of.value, 0), error: of.error },
    letter: (node) => {
      const value = letters.get(node.name);
      if (value === undefined) {
        throw new UsageError(`the matrix ${node.text} has no value here`, 'Declare it as a block or frame.');
      }
      return value;
    },
    labels: () => given(sizes('K'), sizes('N'), (row, col) => (Math.floor(col / instance.n) === row ? 1 : 0)),
    identity: (dimension) => given(sizes(dimension), sizes(dimension), (row, col) => (row === col ? 1 : 0)),
    ones: (dimension) => given(sizes(dimension), 1, () => 1),
    zeros: (rows, cols) => given(sizes(rows), sizes(cols)),
    matrixSum: (terms) => terms.reduce(sum),
    matrixProduct: (factors) => factors.reduce(product),
    scaled: (factor, of) => {
      const { value, error } = bounded(factor);
      const result = boundedMatrix({ ...of, data: of.data.map((x) => value * x) });
      const spread = Math.abs(value) * of.error + error * of.norm + error * of.error;
      return { ...result, error: SLACK * (spread + UNIT * result.norm) };
    },
    transpose: (of) => ({
      ...of,
      ...denseMatrix(of.cols, of.rows, (row, col) => of.data[col * of.cols + row] ?? 0),
    }),
    relu: (of) => boundedMatrix({ ...of, data: of.data.map((x) => Math.max(x, 0)) }, of.error),
    inverse: inverseOf,
  };
  const { scalar, matrix } = interpreter(algebra, scalars);
  return { matrix, scalar: (node) => bounded(scalar(node)) };
};
