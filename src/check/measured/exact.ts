/**
 * Rational instances in BigInt arithmetic: the gradient is zero, the value is the claimed one, the conclusions hold.
 */
import { type ExactMatrix, isZero, normSquared, subtract } from '../../exact/matrix.js';
import { type ExactPoint, type ExactProblem, exactGradient, exactValue } from '../../exact/objective.js';
import * as Q from '../../exact/rational.js';
import { lettersIn } from '../../symbolic/letters.js';
import { IrrationalError, dimensionSizes, exactInterpreter } from '../../theorem/evaluate-exact.js';
import { exactLetter } from '../free-letters.js';
import type { Setting } from '../setting.js';
import type { Measurement, MeasuredCheck } from './context.js';

const SKIPPED: Measurement = { skipped: true, outcome: 'pass', measured: 0, bound: 0 };
const PASS: Measurement = { outcome: 'pass', measured: 0, bound: 0 };

export const problemOf = ({ instance, revision }: Setting): ExactProblem => ({
  ...revision.problem.spec,
  K: instance.K,
  widths: Array.from({ length: revision.problem.spec.layers }, () => instance.d),
  classSizes: Array.from({ length: instance.K }, () => instance.n),
  lambda: Object.fromEntries(Object.entries(instance.lambda).map(([block, x]) => [block, Q.parseRational(x)])),
});

/** The construction at given rational frames. @throws IrrationalError where a formula is irrational there */
export const exactConstruction = (
  { instance, case: home }: Setting,
  letters: ReadonlyMap<string, ExactMatrix>,
): ExactPoint => {
  const { complements } = lettersIn(Object.values(home.minimizer.blocks));
  if (complements.length > 0) throw new IrrationalError('a complement is irrational', 'Such points are measured.');
  const { matrix } = exactInterpreter(instance, letters);
  return Object.fromEntries(Object.entries(home.minimizer.blocks).map(([name, formula]) => [name, matrix(formula)]));
};

/** The construction with rational frames. */
const exactPoint = (setting: Setting): ExactPoint => {
  const size = dimensionSizes(setting.instance);
  const stream = setting.stream('exact frame');
  const frames = (setting.case.minimizer.frames ?? []).map((frame): [string, ExactMatrix] => [
    frame.name,
    exactLetter(frame, size, stream),
  ]);
  return exactConstruction(setting, new Map(frames));
};

/** Runs a measurement at the exact construction, or skips where it is not rational. */
const atExactPoint = (
  setting: Setting,
  rational: boolean,
  examine: (point: ExactPoint) => Measurement,
): Measurement => {
  if (!rational) return { ...SKIPPED, numbers: ['the instance was not drawn to make its roots rational'] };
  try {
    return examine(exactPoint(setting));
  } catch (error) {
    if (error instanceof IrrationalError) return { ...SKIPPED, numbers: [error.message] };
    throw error;
  }
};

/** ∇f = 0 exactly; at kinks with the mask 0. */
export const stationaryAt = (setting: Setting, point: ExactPoint): Measurement => {
  const gradient = exactGradient(problemOf(setting), point);
  const wrong = Object.entries(gradient).find(([, block]) => !isZero(block));
  if (wrong === undefined) {
    return { ...PASS, numbers: [Object.keys(gradient).map((name) => `∇_${name} f = 0`).join(', ')] };
  }
  const [name, block] = wrong;
  const size = normSquared(block);
  return {
    outcome: 'fail',
    measured: Math.sqrt(Q.toNumber(size)),
    bound: 0,
    violation: {
      kind: 'not-stationary',
      margin: `‖∇_${name} f‖² = ${Q.format(size)}`,
      what: `the claimed minimizer is not a critical point: ∇_${name} f ≠ 0`,
    },
  };
};

/** f is exactly the claimed value. */
export const valueAt = (setting: Setting, point: ExactPoint): Measurement => {
  const value = exactValue(problemOf(setting), point);
  const claimed = exactInterpreter(setting.instance, new Map()).scalar(setting.case.value);
  const difference = Q.subtract(value, claimed);
  if (Q.isZero(difference)) return { ...PASS, numbers: [`f = f* = ${Q.format(value)}`] };
  return {
    outcome: 'fail',
    measured: Math.abs(Q.toNumber(difference)),
    bound: 0,
    violation: {
      kind: 'wrong-value',
      margin: Q.format(difference),
      what: `f at the claimed minimizer is ${Q.format(value)}, the claimed value ${Q.format(claimed)}`,
    },
  };
};

/** Every conclusion holds exactly. */
export const conclusionsAt = (setting: Setting, point: ExactPoint): Measurement => {
  const { matrix } = exactInterpreter(setting.instance, new Map(Object.entries(point)));
  for (const { id, statement } of setting.case.conclusions) {
    const difference = subtract(matrix(statement.left), matrix(statement.right));
    if (isZero(difference)) continue;
    const size = normSquared(difference);
    return {
      outcome: 'fail',
      measured: Math.sqrt(Q.toNumber(size)),
      bound: 0,
      violation: {
        kind: 'wrong-form',
        margin: `squared distance ${Q.format(size)}`,
        what: `the claimed minimizer breaks the conclusion ${id}`,
      },
    };
  }
  return { ...PASS, numbers: setting.case.conclusions.map((x) => `${x.id}: both sides are the same`) };
};

export const exactStationarityCheck: MeasuredCheck = {
  id: 'exact-stationarity',
  title: 'the gradient is exactly zero at rational instances',
  method: 'exact',
  statement: '∇f = 0 exactly',
  measure: (setting, { rational }) => atExactPoint(setting, rational, (point) => stationaryAt(setting, point)),
};

export const exactValueCheck: MeasuredCheck = {
  id: 'exact-value',
  title: 'the value is exactly the claimed one at rational instances',
  method: 'exact',
  statement: 'f = f* exactly',
  measure: (setting, { rational }) => atExactPoint(setting, rational, (point) => valueAt(setting, point)),
};

export const exactConclusionsCheck: MeasuredCheck = {
  id: 'exact-conclusions',
  title: 'the construction satisfies every conclusion exactly at rational instances',
  method: 'exact',
  statement: 'every conclusion holds exactly',
  measure: (setting, { rational }) => atExactPoint(setting, rational, (point) => conclusionsAt(setting, point)),
};
