/** How the two sides of a hypothesis on the minimizer lie to each other at a point, within a bound on rounding. */
import { UsageError } from '../../errors.js';
import type { MinimizerHypothesis, Revision } from '../../theorem/contract.js';
import { type Bounded, boundedInterpreter, boundedMatrix } from '../../theorem/evaluate-bounded.js';
import type { Setting } from '../setting.js';

/** Whether the left side is above the right, below it, or neither to within the bound. */
export type Excess = 'above' | 'within' | 'below';

const UNIT_ROUNDOFF = 2 ** -53;

/** The hypothesis of a revision that compares two numbers at the minimizer and has a price, if there is one. */
export const pricedHypothesis = ({ ofMinimizer = [] }: Revision): MinimizerHypothesis | undefined =>
  ofMinimizer.find((x) => x.price !== undefined && x.statement.kind === 'eq');

const letters = ({ model }: Setting, point: Float64Array) =>
  new Map(
    model.blocks.map(({ name, rows, cols, offset, length }) => [
      name,
      boundedMatrix({ rows, cols, data: point.slice(offset, offset + length) }),
    ]),
  );

/** left − right of the hypothesis at a point. @throws UsageError unless it compares two numbers */
export const excessAt = (setting: Setting, { statement }: MinimizerHypothesis, point: Float64Array): Bounded => {
  if (statement.kind !== 'eq') throw new UsageError('the hypothesis compares no numbers', 'Nothing can be above.');
  const { scalar } = boundedInterpreter(setting.instance, letters(setting, point));
  const [left, right] = [scalar(statement.left), scalar(statement.right)];
  const value = left.value - right.value;
  return { value, error: left.error + right.error + 2 * UNIT_ROUNDOFF * Math.abs(value) };
};

export const classOf = ({ value, error }: Bounded): Excess =>
  value > error ? 'above' : value < -error ? 'below' : 'within';
