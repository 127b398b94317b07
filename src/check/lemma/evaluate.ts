/** A lemma at one point: by how much it is broken there, and how far rounding may have moved that. */
import { UsageError } from '../../errors.js';
import { ExactError } from '../../exact/error.js';
import { boundedInterpreter, boundedMatrix } from '../../theorem/evaluate-bounded.js';
import { frobenius, subtractDense } from '../../theorem/evaluate-numeric.js';
import type { Instance } from '../../theorem/instance.js';
import { type Lemma, type LemmaComparison, statementOf } from '../../theorem/lemma/contract.js';
import type { MatrixEquation } from '../../symbolic/expression.js';
import { type LemmaLayout, matricesAt } from './layout.js';

/** What the statement says at a point; it is surely broken where `breach` is beyond `tolerance`. */
export interface LemmaGap {
  readonly left: number;
  readonly right: number;
  /** left − right for ≤, |left − right| for =; of matrices, the norm of the difference. */
  readonly breach: number;
  /** How far `breach` may be from its exact value by rounding. */
  readonly tolerance: number;
}

/** By how many tolerances the statement is broken: above 1 it surely is. */
export const excess = ({ breach, tolerance }: LemmaGap): number => breach / tolerance;

/** Twice the smallest double: a tolerance is never 0. */
const LEAST = 2 * Number.MIN_VALUE;

/**
 * The statement at a point; undefined where a side has no finite value or no finite error. `relative` is the error of
 * each matrix relative to its norm.
 */
export const evaluateLemma = (
  lemma: Lemma,
  instance: Instance,
  layout: LemmaLayout,
  point: Float64Array,
  relative = 0,
): LemmaGap | undefined => {
  const statement = statementOf(lemma);
  const letters = new Map(
    [...matricesAt(layout, point)].map(([name, x]) => [name, boundedMatrix(x, relative * frobenius(x))]),
  );
  const { scalar, matrix } = boundedInterpreter(instance, letters);
  try {
    const gap = statement.kind === 'equal' ? ofMatrices(statement) : ofScalars(statement);
    return Object.values(gap).every(Number.isFinite) ? gap : undefined;
  } catch (error) {
    // A singular inverse or a zero divisor: the statement has no value at this point.
    if (error instanceof UsageError || error instanceof ExactError) return undefined;
    throw error;
  }

  function ofScalars({ kind, left, right }: LemmaComparison): LemmaGap {
    const [below, above] = [scalar(left), scalar(right)];
    const difference = below.value - above.value;
    return {
      left: below.value,
      right: above.value,
      breach: kind === 'leq' ? difference : Math.abs(difference),
      // The subtraction rounds once more.
      tolerance: below.error + above.error + 2 ** -52 * Math.abs(difference) + LEAST,
    };
  }

  function ofMatrices(equation: MatrixEquation): LemmaGap {
    const [left, right] = [matrix(equation.left), matrix(equation.right)];
    const breach = frobenius(subtractDense(left, right));
    return {
      left: left.norm,
      right: right.norm,
      breach,
      tolerance: left.error + right.error + 2 ** -50 * (left.norm + right.norm) * Math.sqrt(left.data.length) + LEAST,
    };
  }
};
