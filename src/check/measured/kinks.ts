/**
 * Stationarity where a ReLU has kinks: the claimed minimizers are Clarke stationary, and f has no negative one-sided
 * slope there.
 *
 * Zero belongs to the Clarke subdifferential exactly if some choice of masks D ∈ [0, 1] at the kinks makes the gradient
 * vanish, as far as the choices of different entries are independent; their distance from zero is bounded from both
 * sides (model/clarke.ts). A pre-activation counts as zero where it may be: within its error at a constructed point.
 */
import { clarkeStationarity } from '../../model/clarke.js';
import { directionalDerivative, preActivations } from '../../model/kinks.js';
import { roundingFactor } from '../../model/rounding.js';
import { frobenius } from '../../theorem/evaluate-numeric.js';
import { inFull } from '../../numeric/digits.js';
import type { Setting } from '../setting.js';
import { constructionError } from './claim-point.js';
import { type Measurement, type MeasuredCheck, withinBound } from './context.js';

/** Points of the form that are looked at: one in general position, the others with zeros. */
const POINTS = 4;
/** Directions in which slopes are taken at each of them, forwards and backwards. */
const DIRECTIONS = 3;

/** How far a pre-activation of a constructed point may be from what exact arithmetic would give. */
export const preActivationError = (setting: Setting, point: Float64Array): number => {
  const { model, instance } = setting;
  const norm = (name: string): number => {
    const { rows, cols } = model.block(name);
    return frobenius({ rows, cols, data: model.view(point, name) });
  };
  // Z = W₁H₁, each factor off by that share of its norm.
  const share = (1 + constructionError(setting)) ** 2 - 1 + roundingFactor(instance.d);
  return share * norm('W1') * norm('H1');
};

/**
 * Whether ∇²f exists at a constructed point: no pre-activation can be zero, or the point is, where f differs from its
 * regulariser by terms of third order only.
 */
export const isSmooth = (setting: Setting, point: Float64Array): boolean => {
  if (setting.model.spec.activation !== 'relu' || point.every((x) => x === 0)) return true;
  const error = preActivationError(setting, point);
  return preActivations(setting.model, point).every(({ nearest }) => nearest > error);
};

const atPoint = (setting: Setting, index: number): Measurement => {
  const { model } = setting;
  const point = setting.claimedPoint(index);
  const error = constructionError(setting);
  // Masks are free at kinks, so none of them can be wrong there; slopes go by the computed ones.
  const [bound, slopeBound] = (['computed', 'any'] as const).map(
    (pattern) => model.gradientRoundingError(point, pattern) + model.gradientSensitivity(point, error, pattern),
  ) as [number, number];
  const { distance, lowerBound, freeEntries } = clarkeStationarity(model, point, preActivationError(setting, point));
  const where = `${freeEntries} pre-activations at a kink`;
  const numbers = [`point ${index + 1}: ${where}, Clarke distance ${inFull(distance)}, bound ${inFull(bound)}`];
  const stationary: Measurement = { ...withinBound(distance, bound, () => ({
    kind: 'not-stationary',
    margin: `distance ${lowerBound.toExponential(3)}, rounding ${bound.toExponential(1)}`,
    what: `the claimed minimizer is not Clarke stationary (${where})`,
  })), numbers };
  if (stationary.outcome !== 'pass') {
    return lowerBound > bound
      ? stationary
      : { outcome: 'inconclusive', measured: distance, bound, detail: `no masks found that make the gradient vanish` };
  }
  const stream = setting.stream('slopes', index);
  const slopes = Array.from({ length: DIRECTIONS }, () => {
    const direction = stream.fillNormal(new Float64Array(model.size), 1);
    const length = frobenius({ rows: direction.length, cols: 1, data: direction });
    const unit = direction.map((x) => x / length);
    return Math.min(
      directionalDerivative(model, point, unit),
      directionalDerivative(
        model,
        point,
        unit.map((x) => -x),
      ),
    );
  });
  const steepest = Math.max(0, -Math.min(...slopes));
  const slope = `  the lowest one-sided slope is ${inFull(Math.min(...slopes))}, bound ${inFull(slopeBound)}`;
  const lines = [...numbers, slope];
  if (steepest <= slopeBound) return { ...stationary, numbers: lines };
  return {
    outcome: 'fail',
    measured: steepest,
    bound: slopeBound,
    numbers: lines,
    violation: {
      kind: 'not-stationary',
      margin: `slope ${(-steepest).toExponential(3)}, rounding ${slopeBound.toExponential(1)}`,
      what: `f falls in a direction from the claimed minimizer (${where})`,
    },
  };
};

export const kinksCheck: MeasuredCheck = {
  id: 'kinks',
  title: 'the claimed minimizers are Clarke stationary, and no slope goes down',
  method: 'numeric',
  statement: 'Clarke distance and downward slopes at kinks',
  measure(setting): Measurement {
    const { spec } = setting.model;
    if (spec.activation !== 'relu' || spec.layers !== 2) {
      return { skipped: true, outcome: 'pass', measured: 0, bound: 0, numbers: ['no ReLU between two layers'] };
    }
    const results = Array.from({ length: POINTS }, (_, index) => atPoint(setting, index));
    const wrong = results.find((x) => x.outcome === 'fail') ?? results.find((x) => x.outcome !== 'pass');
    const numbers = results.flatMap((x) => x.numbers ?? []);
    return { ...(wrong ?? results.reduce((a, b) => (b.measured * a.bound > a.measured * b.bound ? b : a))), numbers };
  },
};
