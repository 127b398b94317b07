/**
 * Hypotheses on the minimizer itself, at the end of a descent: a conclusion is held against a point only where all of
 * them certainly hold, so that "every non-zero global minimizer …" is not accused by a descent that ends near zero.
 *
 * A hypothesis with a price needs no such decision: f ≥ value − price at every point, so only what is below value −
 * price contradicts the theorem; and for the conclusions a point within ε of value − price is as good as one that meets
 * the hypothesis and is within ε of the value.
 */
import type { Proposition } from '../symbolic/expression.js';
import { type Bounded, boundedInterpreter, boundedMatrix } from '../theorem/evaluate-bounded.js';
import type { Setting } from './setting.js';
import { equationResidual } from './tolerance.js';

/**
 * A ≠ B holds for certain where A and B differ by more than the end of a descent, within ε of the minimum, is held to
 * where A = B is concluded. Of any other proposition nothing is certain.
 */
const certainlyHolds = (setting: Setting, point: Float64Array, epsilon: number, statement: Proposition): boolean => {
  if (statement.kind === 'and') return statement.parts.every((x) => certainlyHolds(setting, point, epsilon, x));
  if (statement.kind !== 'differs') return false;
  const { measured, bound } = equationResidual(setting, point, epsilon, { ...statement, kind: 'equal' });
  return measured > bound;
};

/** Whether the point, whose value is within ε of the claimed minimum, certainly meets every such hypothesis. */
export const certainlyMeets = (setting: Setting, point: Float64Array, epsilon: number): boolean =>
  (setting.revision.ofMinimizer ?? []).every(
    (x) => x.price !== undefined || certainlyHolds(setting, point, epsilon, x.statement),
  );

/** The blocks of a point, by name, as letters of a statement that is evaluated with a bound on rounding. */
export const boundedBlocks = (
  { model }: Setting,
  point: Float64Array,
): ReadonlyMap<string, ReturnType<typeof boundedMatrix>> =>
  new Map(
    model.blocks.map(({ name, rows, cols, offset, length }) => [
      name,
      boundedMatrix({ rows, cols, data: point.slice(offset, offset + length) }),
    ]),
  );

/** The sum of the prices of the hypotheses that have one, at a point, with a bound on its error. */
export const boundedPriceAt = (setting: Setting, point: Float64Array): Bounded => {
  const prices = (setting.revision.ofMinimizer ?? []).flatMap(({ price }) => (price === undefined ? [] : [price]));
  if (prices.length === 0) return { value: 0, error: 0 };
  const { scalar } = boundedInterpreter(setting.instance, boundedBlocks(setting, point));
  return prices
    .map(scalar)
    .reduce((sum, x) => ({ value: sum.value + x.value, error: sum.error + x.error }), { value: 0, error: 0 });
};

/** The most that a point may gain by breaking the hypotheses that have a price: their sum, rounded up. */
export const priceAt = (setting: Setting, point: Float64Array): number => {
  const { value, error } = boundedPriceAt(setting, point);
  return value + error;
};
