/** Statements at an exact point: every scalar a rational, every matrix rational. */
import { UsageError } from '../errors.js';
import * as M from '../exact/matrix.js';
import type { ExactMatrix } from '../exact/matrix.js';
import * as Q from '../exact/rational.js';
import type { Rational } from '../exact/rational.js';
import { exactSquareRoot } from '../exact/root.js';
import { dimensionParts, isNumeral } from '../symbolic/dimension.js';
import { type Algebra, type Interpreter, interpreter } from '../symbolic/interpret.js';
import { rationalRoot } from '../symbolic/root.js';
import { type Instance, symbolValues } from './instance.js';

/** An irrational root was met where everything should be rational: the instance is not a rational one. */
export class IrrationalError extends UsageError {}

/**
 * The interpreter at an instance, with rational matrices for blocks and frames; `rank` is the number of columns of
 * partial frames.
 */
export const exactInterpreter = (
  instance: Instance,
  letters: ReadonlyMap<string, ExactMatrix>,
  rank?: number,
): Interpreter<Rational, ExactMatrix> => interpreter(exactAlgebra(instance, letters, rank));

/** The operations of that interpreter. */
export const exactAlgebra = (
  instance: Instance,
  letters: ReadonlyMap<string, ExactMatrix>,
  rank?: number,
): Algebra<Rational, ExactMatrix> => {
  const values = symbolValues(instance, rank);
  const sizes = dimensionSizes(instance, rank);
  return {
    number: (value) => value,
    symbol: (node) => {
      const value = values.get(node.name);
      if (value === undefined) throw new UsageError(`${node.text} has no value here`, 'Use sizes and λ.');
      return value;
    },
    root: (node, equals) => {
      const root = rationalRoot(node, equals);
      if (root !== undefined) return root;
      throw new IrrationalError(`${node.text} is irrational`, 'Use an instance with rational roots.');
    },
    sum: (terms) => terms.reduce(Q.add),
    product: (factors) => factors.reduce(Q.multiply, Q.ONE),
    quotient: (over, under) => {
      if (Q.isZero(under)) {
        throw new UsageError('a statement divides by zero at this instance', 'Check its hypotheses.');
      }
      return Q.divide(over, under);
    },
    power: Q.power,
    squareRoot: (of) => {
      const root = exactSquareRoot(of);
      if (root === undefined) {
        throw new IrrationalError(`√${Q.format(of)} is irrational`, 'Use an instance with rational roots.');
      }
      return root;
    },
    normSquared: M.normSquared,
    trace: M.trace,
    nuclearNorm: (of) => {
      if (M.isZero(of)) return Q.ZERO;
      throw new IrrationalError('a nuclear norm is irrational in general', 'It is measured in floating point.');
    },
    minimum: Q.minimum,
    positivePart: (of) => Q.maximum(of, Q.ZERO),
    letter: (node) => {
      const value = letters.get(node.name);
      if (value === undefined) {
        throw new UsageError(`the matrix ${node.text} has no value here`, 'Declare it as a block or frame.');
      }
      return value;
    },
    labels: () => exactLabelMatrix(instance),
    identity: (dimension) => M.identity(sizes(dimension)),
    ones: (dimension) => M.ones(sizes(dimension), 1),
    zeros: (rows, cols) => M.zeros(sizes(rows), sizes(cols)),
    matrixSum: (terms) => terms.reduce(M.add),
    matrixProduct: (factors) => factors.reduce(M.multiply),
    scaled: M.scale,
    transpose: M.transpose,
    relu: M.relu,
    inverse: (of) => {
      const inverse = M.inverse(of);
      if (inverse !== undefined) return inverse;
      throw new UsageError('a statement inverts a singular matrix at this instance', 'Check its hypotheses.');
    },
  };
};

const exactLabelMatrix = ({ K, n }: Instance): ExactMatrix =>
  M.map(M.zeros(K, K * n), (_, row, col) => (Math.floor(col / n) === row ? Q.ONE : Q.ZERO));

/** The number behind the name of a dimension; a negative difference is an error. */
export const dimensionSizes = ({ K, n, d }: Instance, rank?: number) => {
  const known: Readonly<Record<string, number | undefined>> = { K, d, n, N: K * n, r: rank };
  return (dimension: string): number => {
    const valueOf = (part: string): number => {
      const size = isNumeral(part) ? Number(part) : known[part];
      if (size === undefined) throw new UsageError(`the dimension ${dimension} has no size`, 'Use K, d, N, r or 1.');
      return size;
    };
    const { first, subtracted } = dimensionParts(dimension);
    const size = subtracted.map(valueOf).reduce((left, right) => left - right, valueOf(first));
    if (size < 0) throw new UsageError(`the dimension ${dimension} is negative here`, 'Check the hypotheses.');
    return size;
  };
};
