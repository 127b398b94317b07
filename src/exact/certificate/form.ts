/**
 * Which points have a claimed form: the definitions of docs/certificates.md, word for word.
 */
import * as matrix from '../matrix.js';
import type { ExactMatrix } from '../matrix.js';
import { exactPreActivations } from '../objective.js';
import type { ExactPoint, ExactProblem } from '../objective.js';
import * as scalar from '../rational.js';
import type { ClaimedForm, FormMatrix } from './schema.js';

/**
 * Whether the point has the form.
 *
 * @throws {ExactError} if the point does not fit the problem
 */
export function hasForm(claim: ClaimedForm, problem: ExactProblem, point: ExactPoint): boolean {
  if (claim.form === 'zero') {
    return Object.entries(point).every(([name, block]) => name === 'b' || matrix.isZero(block));
  }
  const columns = formMatrix(claim.of, problem, point);
  const spread = spreadOf(problem);
  const means = matrix.multiply(columns, matrix.transpose(spread));
  if (claim.collapsed) {
    const collapsed = matrix.scale(scalar.rational(1, problem.classSizes[0]), matrix.multiply(means, spread));
    if (!matrix.equals(columns, collapsed)) return false;
  }
  const pattern = claim.form === 'simplex-etf' ? centering(problem.K) : matrix.identity(problem.K);
  return isNonNegativeMultiple(matrix.multiply(matrix.transpose(means), means), pattern);
}

/** M, with one column for each sample. */
export function formMatrix(of: FormMatrix, problem: ExactProblem, point: ExactPoint): ExactMatrix {
  if (of === 'H' || of === 'H1') return point[of];
  const [preActivation] = exactPreActivations(problem, point);
  return of === 'sigma(W1 H1)' && problem.activation === 'relu' ? matrix.relu(preActivation) : preActivation;
}

/** Y, the K × N matrix of labels: M Yᵀ sums the columns of each class. */
function spreadOf(problem: ExactProblem): ExactMatrix {
  const { K, classSizes } = problem;
  const perClass = classSizes[0];
  return matrix.map(matrix.zeros(K, K * perClass), (_, row, col) =>
    Math.floor(col / perClass) === row ? scalar.ONE : scalar.ZERO,
  );
}

/** Π = I − 11ᵀ/K. */
function centering(K: number): ExactMatrix {
  return matrix.subtract(matrix.identity(K), matrix.scale(scalar.rational(1, K), matrix.ones(K, K)));
}

/** Whether gram = ρ·pattern for some ρ ≥ 0. A Gram matrix has a trace ≥ 0, which gives ρ. */
function isNonNegativeMultiple(gram: ExactMatrix, pattern: ExactMatrix): boolean {
  const ofPattern = matrix.trace(pattern);
  if (scalar.isZero(ofPattern)) return matrix.isZero(gram);
  return matrix.equals(gram, matrix.scale(scalar.divide(matrix.trace(gram), ofPattern), pattern));
}
