/**
 * What a revision assumes of the minimizer itself. Of a point that does not meet it the theorem says nothing, however
 * low the point lies.
 */
import type { Matrix, Proposition, Scalar } from '../symbolic/expression.js';
import type { Revision } from '../theorem/contract.js';
import type { DenseMatrix } from '../theorem/evaluate-numeric.js';

/** A property that a theorem assumes of the minimizer: `isNotZero(H1)`, an equation between nuclear norms, … */
interface MinimizerHypothesis {
  readonly statement: Proposition;
}

interface Evaluator {
  scalar(node: Scalar): number;
  matrix(node: Matrix): DenseMatrix;
}

/** Sides that agree to within this share of their size count as equal. */
const CLOSE = 1e-6;

export const minimizerHypotheses = (revision: Revision): readonly MinimizerHypothesis[] =>
  revision.ofMinimizer ?? [];

/** Whether the point meets all of them, as far as doubles can tell; in doubt it does. */
export const meetsMinimizerHypotheses = (revision: Revision, at: Evaluator): boolean =>
  minimizerHypotheses(revision).every(({ statement }) => holds(statement, at));

/** Whether all that is assumed is that a block does not vanish, which every form of a certificate leaves open. */
export const assumesNonZeroOnly = (revision: Revision): boolean =>
  minimizerHypotheses(revision).every(({ statement }) => (statement.kind as string) === 'differs');

function holds(statement: Proposition, at: Evaluator): boolean {
  if (statement.kind === 'and') return statement.parts.every((part) => holds(part, at));
  const { left, right } = statement;
  if (left.sort === 'matrix' || right.sort === 'matrix') {
    if (left.sort !== 'matrix' || right.sort !== 'matrix') return true;
    const [x, y] = [at.matrix(left).data, at.matrix(right).data];
    const size = Math.max(...x.map(Math.abs), ...y.map(Math.abs), Number.MIN_VALUE);
    const differ = x.some((entry, k) => Math.abs(entry - y[k]) > CLOSE * size);
    return (statement.kind as string) === 'differs' ? differ : !differ;
  }
  const [x, y] = [at.scalar(left), at.scalar(right)];
  const slack = CLOSE * Math.max(Math.abs(x), Math.abs(y));
  switch (statement.kind) {
    case 'eq':
      return Math.abs(x - y) <= slack;
    case 'leq':
    case 'lt':
      return x <= y + slack;
    case 'geq':
    case 'gt':
      return x >= y - slack;
    default:
      return true;
  }
}
