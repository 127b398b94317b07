/** The claimed minimizers in floating point: gradient, value and conclusions, each against a derived bound. */
import { frobenius } from '../../theorem/evaluate-numeric.js';
import { inFull } from '../../numeric/digits.js';
import type { Setting } from '../setting.js';
import { type ConclusionResidual, claimedResiduals } from '../tolerance.js';
import { type MeasuredCheck, withinBound } from './context.js';

const norm = (x: Float64Array): number => frobenius({ rows: x.length, cols: 1, data: x });

const UNIT_ROUNDOFF = 2 ** -53;

/**
 * Relative error of each block of a constructed point: rounding of its formula, and of the orthonormality of its
 * frame.
 */
export const constructionError = ({ instance }: Setting): number =>
  // QR leaves ‖RᵀR − I‖ at a small multiple of the unit roundoff times the dimension; dense.ts enforces 2e-14·d.
  (200 * instance.d + 8 * (instance.d + instance.K + instance.n)) * UNIT_ROUNDOFF;

interface Figure {
  readonly measured: number;
  readonly bound: number;
}

/** ‖∇f‖ at a constructed point, and what rounding of it and of its construction explains. */
export const stationarityAt = (setting: Setting, point: Float64Array): Figure => {
  const { model } = setting;
  const gradient = new Float64Array(model.size);
  model.valueAndGradient(point, gradient);
  const bound = model.gradientRoundingError(point) + model.gradientSensitivity(point, constructionError(setting));
  return { measured: norm(gradient), bound };
};

/** |f − claimed| at a constructed point, and what rounding of it and of its construction explains. */
export const valueAt = (setting: Setting, point: Float64Array, claimed: number): Figure & { difference: number } => {
  const { model } = setting;
  const gradient = new Float64Array(model.size);
  const difference = model.valueAndGradient(point, gradient) - claimed;
  // First order: the gradient times the construction's error; the curvature only enters with its square.
  const shift = constructionError(setting) * norm(point);
  const bound =
    model.valueRoundingError(point) +
    4 * UNIT_ROUNDOFF * Math.abs(claimed) +
    shift * (norm(gradient) + model.gradientSensitivity(point, constructionError(setting)));
  return { measured: Math.abs(difference), bound, difference };
};

export const numericStationarityCheck: MeasuredCheck = {
  id: 'numeric-stationarity',
  title: 'the gradient vanishes to rounding at random instances',
  method: 'numeric',
  statement: '‖∇f‖ at the construction',
  measure(setting) {
    const { measured, bound } = stationarityAt(setting, setting.claimedPoint(0));
    return withinBound(measured, bound, () => ({
      kind: 'not-stationary',
      margin: `‖∇f‖ = ${measured.toExponential(3)}, rounding ${bound.toExponential(1)}`,
      what: 'the claimed minimizer is not a critical point',
    }));
  },
};

export const numericValueCheck: MeasuredCheck = {
  id: 'numeric-value',
  title: 'the value at the construction is the claimed one',
  method: 'numeric',
  statement: '|f − f*| at the construction',
  measure(setting) {
    const { measured, bound, difference } = valueAt(setting, setting.claimedPoint(0), setting.claimedValue);
    const result = withinBound(measured, bound, () => ({
      kind: 'wrong-value',
      margin: difference.toExponential(3),
      what: 'f at the claimed minimizer differs from the claimed value',
    }));
    return { ...result, numbers: [`f* = ${inFull(setting.claimedValue)}, f − f* = ${inFull(difference)}`] };
  },
};

/** How far a conclusion is from holding. */
export const residualText = ({ conclusion, measured, bound }: ConclusionResidual): string =>
  `${conclusion}: off by ${inFull(measured)}, bound ${inFull(bound)}`;

export const numericConclusionsCheck: MeasuredCheck = {
  id: 'numeric-conclusions',
  title: 'the construction satisfies every conclusion to rounding',
  method: 'numeric',
  statement: 'conclusions at the construction',
  measure(setting) {
    const residuals = claimedResiduals(setting, setting.claimedPoint(0), constructionError(setting));
    const beyond = residuals.find((x) => !(x.measured <= x.bound));
    const worst = residuals.reduce((a, b) => (b.measured * a.bound > a.measured * b.bound ? b : a));
    const { measured, bound, conclusion } = beyond ?? worst;
    const result = withinBound(measured, bound, () => ({
      kind: 'wrong-form',
      margin: `${measured.toExponential(3)}, rounding ${bound.toExponential(1)}`,
      what: `the claimed minimizer breaks the conclusion ${conclusion}`,
    }));
    return { ...result, numbers: residuals.map(residualText) };
  },
};
