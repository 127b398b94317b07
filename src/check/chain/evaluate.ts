/** One link of a chain at one point: both sides, and the rounding error of their difference. */
import { UsageError } from '../../errors.js';
import { ExactError } from '../../exact/error.js';
import { type BoundedMatrix, boundedInterpreter, boundedMatrix } from '../../theorem/evaluate-bounded.js';
import { frobenius } from '../../theorem/evaluate-numeric.js';
import type { Setting } from '../setting.js';
import type { ChainLink } from './links.js';

/** What a link says at a point: upper ≥ lower, to within the tolerance. */
export interface LinkGap {
  readonly upper: number;
  readonly lower: number;
  /** How far upper − lower may be from its exact value by rounding. */
  readonly tolerance: number;
}

/** By how many tolerances a link is broken: above 1 it surely is. */
export const excess = ({ upper, lower, tolerance }: LinkGap): number => (lower - upper) / tolerance;

/**
 * The links at a point; undefined where a side has no finite value or no finite error there. `relative` is the error
 * of each block relative to its norm: the tolerance then covers that neighbourhood of the point.
 */
export const evaluateLinks = (
  setting: Setting,
  links: readonly ChainLink[],
  point: Float64Array,
  relative = 0,
): (LinkGap | undefined)[] => {
  const letters = new Map(
    setting.model.blocks.map(({ name, rows, cols, offset, length }): [string, BoundedMatrix] => {
      const matrix = { rows, cols, data: point.subarray(offset, offset + length) };
      return [name, boundedMatrix(matrix, relative * frobenius(matrix))];
    }),
  );
  const { scalar } = boundedInterpreter(setting.instance, letters);
  return links.map(({ upper, lower }) => {
    try {
      const [above, below] = [scalar(upper.of), scalar(lower.of)];
      // Twice the smallest double: a tolerance is never 0.
      const tolerance = above.error + below.error + 2 * Number.MIN_VALUE;
      const defined = [above.value, below.value, tolerance].every(Number.isFinite);
      return defined ? { upper: above.value, lower: below.value, tolerance } : undefined;
    } catch (error) {
      // A singular inverse or a zero divisor: the statement has no value at this point.
      if (error instanceof UsageError || error instanceof ExactError) return undefined;
      throw error;
    }
  });
};
