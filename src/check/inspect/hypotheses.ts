/**
 * The hypotheses of a theorem at a point: those on the instance are decided exactly, those on the minimizer only beyond
 * what rounding explains, of the computation and of numbers that were kept in 32 or 64 bits.
 */
import type { Proposition } from '../../symbolic/expression.js';
import { toText } from '../../symbolic/print.js';
import { boundedInterpreter, boundedMatrix } from '../../theorem/evaluate-bounded.js';
import { frobenius } from '../../theorem/evaluate-numeric.js';
import { holdsAt } from '../../theorem/instance.js';
import type { Setting } from '../setting.js';
import { equationResidual, roundedResidual } from '../tolerance.js';

export interface InspectedHypothesis {
  readonly of: 'instance' | 'minimizer';
  readonly id?: string;
  readonly statement: string;
  /** undefined: not decided by floating point; `to rounding`: an equality that rounding does not deny. */
  readonly holds: boolean | 'to rounding' | undefined;
  /** The figures behind it. */
  readonly detail?: string;
}

type Judgement = Pick<InspectedHypothesis, 'holds' | 'detail'>;

/** What the sign of left − right says, known to within an error. */
const ORDER: Readonly<Record<string, (x: number, error: number) => boolean | undefined>> = {
  eq: (x, error) => (Math.abs(x) > error ? false : undefined),
  neq: (x, error) => (Math.abs(x) > error ? true : undefined),
  leq: (x, error) => (x <= -error ? true : x > error ? false : undefined),
  lt: (x, error) => (x < -error ? true : x >= error ? false : undefined),
  geq: (x, error) => (x >= error ? true : x < -error ? false : undefined),
  gt: (x, error) => (x > error ? true : x <= -error ? false : undefined),
};

const judgeAt = (
  setting: Setting,
  point: Float64Array,
  epsilon: number,
  precision: number,
  statement: Proposition,
): Judgement => {
  if (statement.kind === 'and') {
    const parts = statement.parts.map((part) => judgeAt(setting, point, epsilon, precision, part));
    const holds = parts.some((x) => x.holds === false) ? false : parts.every((x) => x.holds === true) || undefined;
    return { holds, detail: parts.flatMap((x) => x.detail ?? []).join('; ') };
  }
  if (statement.kind === 'equal' || statement.kind === 'differs') {
    const equation = { ...statement, kind: 'equal' } as const;
    const { measured, bound: tolerance } = equationResidual(setting, point, epsilon, equation);
    const bound = Math.max(tolerance, roundedResidual(setting, point, precision, equation).bound);
    const apart = measured > bound ? true : undefined;
    const detail = `the sides differ by ${measured.toExponential(2)}, beyond doubt from ${bound.toExponential(1)} on`;
    return { holds: statement.kind === 'differs' ? apart : apart === true ? false : undefined, detail };
  }
  const letters = setting.model.blocks.map(({ name, rows, cols, offset, length }) => {
    const matrix = { rows, cols, data: point.slice(offset, offset + length) };
    return [name, boundedMatrix(matrix, precision * frobenius(matrix))] as const;
  });
  const { scalar } = boundedInterpreter(setting.instance, new Map(letters));
  const [left, right] = [scalar(statement.left), scalar(statement.right)];
  const error = left.error + right.error;
  const difference = left.value - right.value;
  const [shownLeft, shownRight] = [left, right].map((x) => String(Number(x.value.toPrecision(8))));
  const detail =
    `${shownLeft} beside ${shownRight}, a difference of ${difference.toExponential(1)}, ` +
    `of which rounding explains at most ${error.toExponential(1)}`;
  const decided = ORDER[statement.kind]?.(difference, error);
  return { holds: decided ?? (statement.kind === 'eq' ? 'to rounding' : undefined), detail };
};

/**
 * Every hypothesis of the revision.
 *
 * @param epsilon the point is within this of the minimum, if the theorem is true
 * @param precision unit roundoff of the numbers as they were saved
 */
export const hypothesesAt = (
  setting: Setting,
  point: Float64Array,
  epsilon: number,
  precision: number,
): readonly InspectedHypothesis[] => [
  ...setting.revision.hypotheses.map((x): InspectedHypothesis => ({
    of: 'instance',
    statement: toText(x),
    holds: holdsAt(x, setting.instance),
  })),
  ...(setting.revision.ofMinimizer ?? []).map(({ id, statement }): InspectedHypothesis => ({
    of: 'minimizer',
    id,
    statement: toText(statement),
    ...judgeAt(setting, point, epsilon, precision, statement),
  })),
];
