/**
 * Hypotheses on the minimizer itself, at the end of a descent: a conclusion is held against a point only where all of
 * them certainly hold, so that "every non-zero global minimizer …" is not accused by a descent that ends near zero.
 */
import type { Proposition } from '../symbolic/expression.js';
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
  (setting.revision.ofMinimizer ?? []).every((x) => certainlyHolds(setting, point, epsilon, x.statement));
