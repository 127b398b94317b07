/**
 * One interpreter for the statement language, over any algebra: floating point, exact rationals, rational intervals,
 * words. What a statement means is written down once, here.
 */
import { UsageError } from '../errors.js';
import { type Rational, parseRational } from '../exact/rational.js';
import type { ComplementNode, LetterNode, Matrix, ParameterNode, RootNode, Scalar, SymbolNode } from './expression.js';
import { toText } from './print.js';
import type { Dimension } from './word.js';

/** The operations that an algebra gives to the nodes; S are its scalars, M its matrices. */
export interface Algebra<S, M> {
  number(value: Rational): S;
  symbol(node: SymbolNode): S;
  /** The root that the node defines; `equals` is the right side of its equation. */
  root(node: RootNode, equals: S): S;
  sum(terms: readonly S[]): S;
  product(factors: readonly S[]): S;
  quotient(over: S, under: S): S;
  power(base: S, exponent: number): S;
  squareRoot(of: S): S;
  normSquared(of: M): S;
  trace(of: M): S;
  nuclearNorm(of: M): S;
  minimum(left: S, right: S): S;
  positivePart(of: S): S;
  letter(node: LetterNode | ParameterNode | ComplementNode): M;
  labels(): M;
  identity(dimension: Dimension): M;
  ones(dimension: Dimension): M;
  zeros(rows: Dimension, cols: Dimension): M;
  matrixSum(terms: readonly M[]): M;
  matrixProduct(factors: readonly M[]): M;
  scaled(factor: S, of: M): M;
  transpose(of: M): M;
  /** σ(X); the node is that of σ(X) itself. */
  relu(of: M, node: Matrix): M;
  /** X⁻¹; the node is that of the inverse, for algebras that need more of X than its image. */
  inverse(of: M, node: Matrix): M;
}

export interface Interpreter<S, M> {
  scalar(node: Scalar): S;
  matrix(node: Matrix): M;
}

/** What is known of scalars, by node: a map, or what reaches beyond one. */
export interface Known<S> {
  get(node: Scalar): S | undefined;
  set(node: Scalar, value: S): void;
}

/** The numbers that nodes write: nodes are never changed, and are read at every instance. */
const numbers = new WeakMap<Scalar, Rational>();

const numberOf = (node: Extract<Scalar, { kind: 'number' }>): Rational => {
  const value = numbers.get(node) ?? parseRational(node.value);
  numbers.set(node, value);
  return value;
};

/** An interpreter that evaluates each node (by identity) once; `scalars` holds what is known, and is added to. */
export const interpreter = <S, M>(
  algebra: Algebra<S, M>,
  scalars: Known<S> = new Map<Scalar, S>(),
): Interpreter<S, M> => {
  const matrices = new Map<Matrix, M>();

  const scalar = (node: Scalar): S => {
    const known = scalars.get(node);
    if (known !== undefined) return known;
    const value = evaluateScalar(node);
    scalars.set(node, value);
    return value;
  };

  const matrix = (node: Matrix): M => {
    const known = matrices.get(node);
    if (known !== undefined) return known;
    const value = evaluateMatrix(node);
    matrices.set(node, value);
    return value;
  };

  const evaluateScalar = (node: Scalar): S => {
    switch (node.kind) {
      case 'number':
        return algebra.number(numberOf(node));
      case 'symbol':
        return algebra.symbol(node);
      case 'root':
        return algebra.root(node, scalar(node.equals));
      case 'defined':
        return scalar(node.value);
      case 'sum':
        return algebra.sum(node.terms.map(scalar));
      case 'product':
        return algebra.product(node.factors.map(scalar));
      case 'quotient':
        return named(node, () => algebra.quotient(scalar(node.over), scalar(node.under)));
      case 'power':
        return named(node, () => algebra.power(scalar(node.base), node.exponent));
      case 'sqrt':
        return algebra.squareRoot(scalar(node.of));
      case 'normSquared':
        return algebra.normSquared(matrix(node.of));
      case 'trace':
        return algebra.trace(matrix(node.of));
      case 'nuclearNorm':
        return algebra.nuclearNorm(matrix(node.of));
      case 'minimum':
        return algebra.minimum(scalar(node.left), scalar(node.right));
      case 'positivePart':
        return algebra.positivePart(scalar(node.of));
      default:
        return unknownNode(node);
    }
  };

  const evaluateMatrix = (node: Matrix): M => {
    switch (node.kind) {
      case 'block':
      case 'frame':
      case 'nonNegativeFrame':
      case 'obtuse':
      case 'square':
      case 'parameter':
      case 'complement':
        return algebra.letter(node);
      case 'labels':
        return algebra.labels();
      case 'identity':
        return algebra.identity(node.rows);
      case 'ones':
        return algebra.ones(node.rows);
      case 'zeros':
        return algebra.zeros(node.rows, node.cols);
      case 'definedMatrix':
        return matrix(node.value);
      case 'matrixSum':
        return algebra.matrixSum(node.terms.map(matrix));
      case 'matrixProduct':
        return algebra.matrixProduct(node.factors.map(matrix));
      case 'scaled':
        return algebra.scaled(scalar(node.factor), matrix(node.of));
      case 'transpose':
        return algebra.transpose(matrix(node.of));
      case 'relu':
        return algebra.relu(matrix(node.of), node);
      case 'inverse':
        return named(node, () => algebra.inverse(matrix(node.of), node));
      default:
        return unknownNode(node);
    }
  };

  return { scalar, matrix };
};

const WITHOUT_NAME = /^(?:a statement divides by zero|a statement inverts a singular matrix|division by zero)/;

/** What an operation gives; where it has no value, the error says which formula that was. */
const named = <T>(node: Scalar | Matrix, operation: () => T): T => {
  try {
    return operation();
  } catch (error) {
    if (error instanceof Error && WITHOUT_NAME.test(error.message)) {
      error.message = `in ${toText(node)}, ${error.message}`;
    }
    throw error;
  }
};

const unknownNode = (node: never): never => {
  throw new UsageError(
    `a statement contains ${JSON.stringify(node).slice(0, 60)}, which is no expression`,
    'Build statements with the functions that ufm-check exports.',
  );
};
