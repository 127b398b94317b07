/** Statements in floating point, on dense row-major matrices. */
import { UsageError } from '../errors.js';
import { portableKernels as kernels } from '../model/kernels.js';
import * as I from '../exact/interval.js';
import type { Interval } from '../exact/interval.js';
import * as Q from '../exact/rational.js';
import { toNumber } from '../exact/rational.js';
import { inverseMatrix, nuclearNorm } from '../numeric/dense.js';
import type { Matrix, Scalar } from '../symbolic/expression.js';
import { type Algebra, type Known, interpreter } from '../symbolic/interpret.js';
import { encloseRoot } from '../symbolic/root.js';
import { dimensionSizes } from './evaluate-exact.js';
import { type Instance, symbolValues } from './instance.js';

/** A dense matrix, row-major. */
export interface DenseMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

export const denseMatrix = (rows: number, cols: number, fill?: (row: number, col: number) => number): DenseMatrix => {
  const data = new Float64Array(rows * cols);
  if (fill !== undefined) {
    for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) data[i * cols + j] = fill(i, j);
  }
  return { rows, cols, data };
};

/** Between these no square that matters has lost digits, and no sum of them has overflowed. */
const [FAINT, HUGE] = [1e-200, 1e300];

/** ‖X‖, the Frobenius norm; scaled against underflow and overflow where they would tell. */
export const frobenius = ({ data }: DenseMatrix): number => {
  const { length } = data;
  let sum = 0;
  for (let k = 0; k < length; k++) sum += (data[k] ?? 0) * (data[k] ?? 0);
  if (sum > FAINT && sum < HUGE) return Math.sqrt(sum);
  const largest = data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  return largest * Math.sqrt(data.reduce((total, x) => total + (x / largest) * (x / largest), 0));
};

export const subtractDense = (x: DenseMatrix, y: DenseMatrix): DenseMatrix => ({
  ...x,
  data: x.data.map((value, index) => value - (y.data[index] ?? 0)),
});

const addDense = (x: DenseMatrix, y: DenseMatrix): DenseMatrix => ({
  ...x,
  data: x.data.map((value, index) => value + (y.data[index] ?? 0)),
});

const multiplyDense = (x: DenseMatrix, y: DenseMatrix): DenseMatrix => {
  const product = denseMatrix(x.rows, y.cols);
  kernels.multiply(x.rows, x.cols, y.cols, x.data, 0, y.data, 0, product.data, 0, false);
  return product;
};

const transposeDense = (x: DenseMatrix): DenseMatrix =>
  denseMatrix(x.cols, x.rows, (row, col) => x.data[col * x.cols + row] ?? 0);

/** A chain of products in the order that needs the fewest multiplications. */
export const multiplyChain = (factors: readonly DenseMatrix[]): DenseMatrix => {
  const [first] = factors;
  if (first === undefined) throw new UsageError('an empty product of matrices', 'Give it a factor.');
  if (factors.length === 1) return first;
  let cheapest = 0;
  let least = Infinity;
  for (let k = 0; k + 1 < factors.length; k++) {
    const left = factors[k];
    const right = factors[k + 1];
    if (left === undefined || right === undefined) continue;
    // Greedy: shrink the chain where the product costs least and leaves least behind.
    const cost = left.rows * left.cols * right.cols;
    if (cost < least) [least, cheapest] = [cost, k];
  }
  const product = multiplyDense(factors[cheapest] ?? first, factors[cheapest + 1] ?? first);
  return multiplyChain([...factors.slice(0, cheapest), product, ...factors.slice(cheapest + 2)]);
};

/**
 * A scalar: an enclosure as long as it comes from the instance alone, so that 1 − c keeps its digits near c = 1; a
 * double once a matrix has entered.
 */
type Value = Interval | number;

/** Enclosures that were rounded once: they are shared between points. */
const doubles = new WeakMap<Interval, number>();

const double = (x: Value): number => {
  if (typeof x === 'number') return x;
  const value = doubles.get(x) ?? (toNumber(x.lower) + toNumber(x.upper)) / 2;
  doubles.set(x, value);
  return value;
};

/** Bits of the enclosures of square roots: far below the rounding of a double. */
const BITS = 128;

const combine = (
  values: readonly Value[],
  exact: (x: Interval, y: Interval) => Interval,
  rounded: (x: number, y: number) => number,
): Value => {
  if (values.every((x) => typeof x !== 'number')) return values.reduce(exact);
  return values.map(double).reduce(rounded);
};

/** Scalars of the instance alone, by instance and rank: their enclosures are costly, and the same at every point. */
const enclosures = new WeakMap<Instance, Map<number | undefined, Map<Scalar, Interval>>>();

const enclosuresOf = (instance: Instance, rank: number | undefined): Map<Scalar, Interval> => {
  const byRank = enclosures.get(instance) ?? new Map<number | undefined, Map<Scalar, Interval>>();
  enclosures.set(instance, byRank);
  const known = byRank.get(rank) ?? new Map<Scalar, Interval>();
  byRank.set(rank, known);
  return known;
};

export interface NumericInterpreter {
  scalar(node: Scalar): number;
  matrix(node: Matrix): DenseMatrix;
}

/** The interpreter at an instance, with dense matrices for blocks and frames; `rank` is the value of r. */
export const numericInterpreter = (
  instance: Instance,
  letters: ReadonlyMap<string, DenseMatrix>,
  rank?: number,
): NumericInterpreter => {
  const sizes = dimensionSizes(instance, rank);
  const values = symbolValues(instance, rank);
  const { n } = instance;
  const shared = enclosuresOf(instance, rank);
  const own = new Map<Scalar, number>();
  const scalars: Known<Value> = {
    get: (node) => shared.get(node) ?? own.get(node),
    set: (node, value) => (typeof value === 'number' ? own.set(node, value) : shared.set(node, value)),
  };
  const algebra: Algebra<Value, DenseMatrix> = {
    number: I.point,
    symbol: (node) => {
      const value = values.get(node.name);
      if (value === undefined) throw new UsageError(`${node.text} has no value here`, 'Use sizes and λ.');
      return I.point(value);
    },
    root: (node, equals) => {
      if (typeof equals !== 'number') return encloseRoot(node, equals, BITS);
      throw new UsageError(`the equation of ${node.text} mentions a matrix`, 'Roots are of sizes and λ.');
    },
    sum: (terms) => combine(terms, I.add, (x, y) => x + y),
    product: (factors) => combine(factors, I.multiply, (x, y) => x * y),
    quotient: (over, under) => combine([over, under], I.divide, (x, y) => x / y),
    power: (base, exponent) => (typeof base === 'number' ? base ** exponent : I.power(base, exponent)),
    squareRoot: (of) => (typeof of === 'number' ? Math.sqrt(of) : I.squareRoot(of, BITS)),
    normSquared: (of) => frobenius(of) ** 2,
    trace: (of) => {
      let sum = 0;
      for (let i = 0; i < of.rows; i++) sum += of.data[i * of.cols + i] ?? 0;
      return sum;
    },
    nuclearNorm: (of) => nuclearNorm(of.rows, of.cols, of.data),
    minimum: (left, right) =>
      combine(
        [left, right],
        (x, y) => I.interval(Q.minimum(x.lower, y.lower), Q.minimum(x.upper, y.upper)),
        (x, y) => Math.min(x, y),
      ),
    positivePart: (of) =>
      typeof of === 'number'
        ? Math.max(of, 0)
        : I.interval(Q.maximum(of.lower, Q.ZERO), Q.maximum(of.upper, Q.ZERO)),
    letter: (node) => {
      const value = letters.get(node.name);
      if (value === undefined) {
        throw new UsageError(`the matrix ${node.text} has no value here`, 'Declare it as a block or frame.');
      }
      return value;
    },
    labels: () => denseMatrix(sizes('K'), sizes('N'), (row, col) => (Math.floor(col / n) === row ? 1 : 0)),
    identity: (dimension) => denseMatrix(sizes(dimension), sizes(dimension), (row, col) => (row === col ? 1 : 0)),
    ones: (dimension) => denseMatrix(sizes(dimension), 1, () => 1),
    zeros: (rows, cols) => denseMatrix(sizes(rows), sizes(cols)),
    matrixSum: (terms) => terms.reduce(addDense),
    matrixProduct: multiplyChain,
    scaled: (factor, of) => {
      const by = double(factor);
      return { ...of, data: of.data.map((x) => by * x) };
    },
    transpose: transposeDense,
    relu: (of) => ({ ...of, data: of.data.map((x) => Math.max(x, 0)) }),
    inverse: (of) => ({ ...of, data: inverseMatrix(of.rows, of.data) }),
  };
  const { scalar, matrix } = interpreter(algebra, scalars);
  return { matrix, scalar: (node) => double(scalar(node)) };
};
