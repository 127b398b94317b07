/** How the two sides of a hypothesis on the minimizer lie to each other at a point, within a bound on rounding. */
import { UsageError } from '../../errors.js';
import type { MinimizerHypothesis, Revision } from '../../theorem/contract.js';
import { type Bounded, boundedInterpreter } from '../../theorem/evaluate-bounded.js';
import { lambdaNumbers } from '../../theorem/instance.js';
import { boundedBlocks } from '../of-minimizer.js';
import type { Setting } from '../setting.js';

/** Whether the left side is above the right, below it, or neither to within the bound. */
export type Excess = 'above' | 'within' | 'below';

const UNIT_ROUNDOFF = 2 ** -53;

/** The hypothesis of a revision that compares two numbers at the minimizer and has a price, if there is one. */
export const pricedHypothesis = ({ ofMinimizer = [] }: Revision): MinimizerHypothesis | undefined =>
  ofMinimizer.find((x) => x.price !== undefined && x.statement.kind === 'eq');

/** left − right of the hypothesis at a point. @throws UsageError unless it compares two numbers */
export const excessAt = (setting: Setting, { statement }: MinimizerHypothesis, point: Float64Array): Bounded => {
  if (statement.kind !== 'eq') throw new UsageError('the hypothesis compares no numbers', 'Nothing can be above.');
  const { scalar } = boundedInterpreter(setting.instance, boundedBlocks(setting, point));
  const [left, right] = [scalar(statement.left), scalar(statement.right)];
  const value = left.value - right.value;
  return { value, error: left.error + right.error + 2 * UNIT_ROUNDOFF * Math.abs(value) };
};

export const classOf = ({ value, error }: Bounded): Excess =>
  value > error ? 'above' : value < -error ? 'below' : 'within';

/**
 * A ball around zero in which zero is the only point with ∇f = 0, of two layers without a bias: a descent that stops in
 * it was on its way there. For ‖θ‖ ≤ 1 the loss has a gradient of norm at most √3·(√n + 1)/N·‖θ‖², the ridge one of at
 * least λ_min‖θ‖, which is more for ‖θ‖ < λ_min·K√n/4.
 */
const isOnItsWayToZero = ({ model, instance }: Setting, point: Float64Array): boolean => {
  const { layers, bias } = model.spec;
  if (layers !== 2 || bias !== 'none') return false;
  const least = Math.min(...Object.values(lambdaNumbers(instance)));
  const size = Math.sqrt(point.reduce((sum, x) => sum + x * x, 0));
  return size < Math.min(1, (least * instance.K * Math.sqrt(instance.n)) / 4);
};

/** How the sides lie at the end of a descent; on its way to zero as there, since its last digits say nothing. */
export const classAt = (setting: Setting, hypothesis: MinimizerHypothesis, end: Float64Array): Excess =>
  classOf(excessAt(setting, hypothesis, isOnItsWayToZero(setting, end) ? setting.zero : end));
