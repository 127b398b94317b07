/** Nuclear norms of rational matrices whose polar factor is known. */
import { equals, identity, multiply, trace, transpose } from './matrix.js';
import type { ExactMatrix } from './matrix.js';
import type { Rational } from './rational.js';
import { isPositiveSemidefinite } from './semidefinite.js';

/**
 * ‖X‖_* = tr S, exactly, where X = QS for the given Q with QᵀQ = I and S = QᵀX positive semidefinite; undefined where Q
 * is no such factor. Then S² = XᵀX, so S holds the singular values of X.
 *
 * @throws {ExactError} if the shapes of Q and X do not fit
 */
export function nuclearNormByPolar(x: ExactMatrix, q: ExactMatrix): Rational | undefined {
  if (!equals(multiply(transpose(q), q), identity(q.cols))) return undefined;
  const s = multiply(transpose(q), x);
  if (!equals(s, transpose(s)) || !equals(multiply(q, s), x) || !isPositiveSemidefinite(s)) return undefined;
  return trace(s);
}
