/**
 * What a revision assumes of the minimizer itself. Of a point that does not meet it the theorem says nothing, however
 * low the point lies.
 */
import type { Matrix, Proposition, Scalar } from '../symbolic/expression.js';
import type { Revision } from '../theorem/contract.js';
import type { DenseMatrix } from '../theorem/evaluate-numeric.js';
import { claimedModel } from './claims.js';

/** Statements in the blocks of one point. */
interface Evaluator {
  readonly scalar: (node: Scalar) => number;
  readonly matrix: (node: Matrix) => DenseMatrix;
}

/** Sides that agree to within this share of their size count as equal. */
const CLOSE = 1e-6;

/** Whether the point meets all of them, as far as doubles can tell; in doubt it does. */
export const meetsMinimizerHypotheses = (revision: Revision, at: Evaluator): boolean =>
  (revision.ofMinimizer ?? []).every(({ statement }) => holds(statement, at));

/**
 * Whether all that is assumed is that weights or features do not vanish, which every form of a certificate leaves open:
 * where one of these blocks is zero at a global minimizer, all of them are. Of the bias that is not so.
 */
export const assumesNonZeroOnly = (revision: Revision): boolean =>
  (revision.ofMinimizer ?? []).every(
    ({ statement }) => statement.kind === 'differs' && statement.left.kind === 'block' &&
      statement.left.name !== 'b' && statement.right.kind === 'zeros',
  );

/** Whether certificates have words for claims of this revision at all: its model, and what it assumes. */
export const labelsSuffice = (revision: Revision): boolean =>
  claimedModel(revision.problem.spec) !== undefined && assumesNonZeroOnly(revision);

function holds(statement: Proposition, at: Evaluator): boolean {
  switch (statement.kind) {
    case 'and':
      return statement.parts.every((part) => holds(part, at));
    case 'equal':
      return !differ(at.matrix(statement.left).data, at.matrix(statement.right).data);
    case 'differs':
      return differ(at.matrix(statement.left).data, at.matrix(statement.right).data);
    default: {
      const [x, y] = [at.scalar(statement.left), at.scalar(statement.right)];
      const slack = CLOSE * Math.max(Math.abs(x), Math.abs(y));
      if (statement.kind === 'eq') return Math.abs(x - y) <= slack;
      if (statement.kind === 'neq') return x !== y;
      return statement.kind === 'leq' || statement.kind === 'lt' ? x <= y + slack : x >= y - slack;
    }
  }
}

const differ = (x: Float64Array, y: Float64Array): boolean => {
  const largest = (from: number, entries: Float64Array): number =>
    entries.reduce((most, entry) => Math.max(most, Math.abs(entry)), from);
  const size = largest(largest(Number.MIN_VALUE, x), y);
  return x.some((entry, k) => Math.abs(entry - y[k]) > CLOSE * size);
};
