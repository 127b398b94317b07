/**
 * Conclusions that no point can satisfy at an instance, for want of rank: X = M where M has no unknowns and a larger
 * rank than any X of that form. Then the claimed form is empty, and whatever the minimizers are, the theorem is false.
 */
import { singularValues } from '../../numeric/dense.js';
import type { Matrix } from '../../symbolic/expression.js';
import { toText } from '../../symbolic/print.js';
import { UsageError } from '../../errors.js';
import { boundedInterpreter } from '../../theorem/evaluate-bounded.js';
import { dimensionSizes } from '../../theorem/evaluate-exact.js';
import type { Setting } from '../setting.js';

/** The largest rank that a matrix can have whatever its blocks are. */
const rankBound = (node: Matrix, size: (dimension: string) => number): number => {
  const whole = Math.min(size(node.rows), size(node.cols));
  const inner = (child: Matrix): number => rankBound(child, size);
  switch (node.kind) {
    case 'zeros':
      return 0;
    case 'definedMatrix':
      return inner(node.value);
    case 'matrixSum':
      return Math.min(whole, node.terms.map(inner).reduce((x, y) => x + y, 0));
    case 'matrixProduct':
      return Math.min(...node.factors.map(inner));
    case 'scaled':
    case 'transpose':
      return inner(node.of);
    default:
      return whole;
  }
};

/** A rank that a matrix without blocks has for certain; undefined where it has blocks. */
const certainRank = ({ instance }: Setting, node: Matrix): number | undefined => {
  try {
    const { rows, cols, data, norm, error } = boundedInterpreter(instance, new Map()).matrix(node);
    // Singular values move by at most ‖M − computed M‖ (Weyl); the SVD is held to 2e-14·size·‖M‖.
    const doubt = error + 1e-12 * Math.max(rows, cols) * norm;
    return singularValues(rows, cols, data).filter((x) => x > doubt).length;
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
};

export interface ImpossibleConclusion {
  readonly conclusion: string;
  readonly statement: string;
  /** The rank that one side has, and the most that the other can have. */
  readonly needed: number;
  readonly most: number;
}

/** The first conclusion that no point satisfies at this instance. */
export const impossibleConclusion = (setting: Setting): ImpossibleConclusion | undefined => {
  const size = dimensionSizes(setting.instance);
  for (const { id, statement } of setting.case.conclusions) {
    for (const [form, given] of [
      [statement.left, statement.right],
      [statement.right, statement.left],
    ] as const) {
      const needed = certainRank(setting, given);
      const most = rankBound(form, size);
      if (needed !== undefined && needed > most) return { conclusion: id, statement: toText(statement), needed, most };
    }
  }
  return undefined;
};
