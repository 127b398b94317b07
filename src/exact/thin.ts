/**
 * Nuclear norms of matrices with at most two rows or two columns, compared exactly.
 *
 * With singular values s, t of such a matrix, ‖X‖_*² = s² + t² + 2st = ‖X‖² + 2√det G, where G is the Gram matrix of
 * the two rows or columns (and det G = 0 where there is only one): no singular value is needed, and one square root.
 */
import { ExactError } from './error.js';
import * as I from './interval.js';
import type { Interval } from './interval.js';
import { entry, multiply, normSquared, transpose } from './matrix.js';
import type { ExactMatrix } from './matrix.js';
import * as scalar from './rational.js';
import type { Rational } from './rational.js';

/** Whether a matrix has at most two rows or at most two columns. */
export function isThin({ rows, cols }: ExactMatrix): boolean {
  return Math.min(rows, cols) <= 2;
}

/**
 * The sign of ‖X‖_* − ‖Y‖_*.
 *
 * @throws {ExactError} unless both are thin
 */
export function compareThinNuclearNorms(X: ExactMatrix, Y: ExactMatrix): -1 | 0 | 1 {
  return compareWithRoots(squareOf(X), squareOf(Y));
}

/** An interval around ‖X‖_*², for a thin X; a point where √det G is rational. */
export function thinNuclearNormSquared(X: ExactMatrix, bits: number): Interval {
  const { rational, root } = squareOf(X);
  return I.add(I.point(rational), I.multiply(I.point(scalar.rational(2)), I.squareRoot(I.point(root), bits)));
}

/** The number rational + 2√root. */
interface WithRoot {
  readonly rational: Rational;
  readonly root: Rational;
}

/** ‖X‖_*². */
function squareOf(X: ExactMatrix): WithRoot {
  if (!isThin(X)) throw new ExactError(`a ${X.rows} x ${X.cols} matrix has more than two rows and columns`);
  const rational = normSquared(X);
  if (Math.min(X.rows, X.cols) < 2) return { rational, root: scalar.ZERO };
  const gram = X.rows === 2 ? multiply(X, transpose(X)) : multiply(transpose(X), X);
  const product = scalar.multiply(entry(gram, 0, 0), entry(gram, 1, 1));
  return { rational, root: scalar.subtract(product, scalar.power(entry(gram, 0, 1), 2)) };
}

/** The sign of (a + 2√b) − (c + 2√d), for b, d ≥ 0. */
function compareWithRoots(left: WithRoot, right: WithRoot): -1 | 0 | 1 {
  // The sign of 2√b − 2√d + u.
  const u = scalar.subtract(left.rational, right.rational);
  const roots = scalar.compare(left.root, right.root);
  const sign = scalar.sign(u);
  if (roots === 0 || sign === 0 || roots === sign) return sign === 0 ? roots : sign;
  // The signs differ: 2|√b − √d| against |u|, that is 4(b + d) − u² against 8√(bd).
  const four = scalar.rational(4);
  const sum = scalar.multiply(four, scalar.add(left.root, right.root));
  const rest = scalar.subtract(sum, scalar.power(u, 2));
  const product = scalar.multiply(scalar.rational(64), scalar.multiply(left.root, right.root));
  const larger = scalar.sign(rest) < 0 ? -1 : scalar.compare(scalar.power(rest, 2), product);
  if (larger === 0) return 0;
  return larger > 0 ? roots : sign;
}
