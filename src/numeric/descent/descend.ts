/**
 * A whole descent: a method to get close, polishing to the limit of double precision, and a look for negative curvature, so
 * that a run which stops at a saddle says so by leaving it.
 */
import type { Stream } from '../random.js';
import { lowestCurvature } from './curvature.js';
import { gradientDescent } from './gradient-descent.js';
import { lbfgs } from './lbfgs.js';
import { type Objective, type Stage, norm, stageAt, step } from './objective.js';
import { polish } from './polish.js';

export type DescentMethod = 'gradient-descent' | 'l-bfgs';

/**
 * Why a run ended. `second-order-stationary`: the gradient is at its tolerance and no negative curvature was found.
 * `stationary`: the gradient is at its tolerance, but escapes from negative curvature were used up. `stalled`: no method
 * could reduce the gradient to its tolerance. `diverged`: a value was not finite; the point is the last finite one.
 */
export type DescentReason = 'second-order-stationary' | 'stationary' | 'stalled' | 'diverged';

export interface DescentOptions {
  readonly method: DescentMethod;
  /** Steps of plain gradient descent, or of L-BFGS. */
  readonly iterations: number;
  /** Randomness of the curvature probe. */
  readonly stream: Stream;
  readonly escapes: number;
}

export interface DescentResult {
  readonly point: Float64Array;
  readonly value: number;
  /** Euclidean. */
  readonly gradientNorm: number;
  readonly reason: DescentReason;
  readonly iterations: number;
  readonly evaluations: number;
  /** How often the run left a stationary point along negative curvature. */
  readonly escapes: number;
  readonly lowestCurvature: number;
}

/** Lanczos steps of the probe. */
const PROBE = 40;

/** A gradient counts as zero at a few times its own rounding error, or at 1e-12 of the scale of the point. */
const tolerances = (objective: Objective, stage: Stage) => {
  const floor = objective.gradientRoundingError(stage.point);
  return { floor, stationary: Math.max(4 * floor, 1e-12 * (1 + norm(stage.point))) };
};

export const descend = (objective: Objective, start: Float64Array, options: DescentOptions): DescentResult => {
  let stage = stageAt(objective, start);
  let escapes = 0;
  for (;;) {
    stage = settle(objective, stage, options);
    const { stationary } = tolerances(objective, stage);
    const result = { ...stage, escapes };
    if (!Number.isFinite(stage.value)) {
      return { ...result, reason: 'diverged', lowestCurvature: NaN };
    }
    const probe = lowestCurvature(objective, stage.point, options.stream, PROBE);
    const settled = stage.gradientNorm <= stationary;
    // A Ritz value is a Rayleigh quotient: below zero by more than rounding, it is negative curvature for certain.
    const negative = probe.value < -1e-9 * probe.scale;
    if (!negative) {
      return { ...result, reason: settled ? 'second-order-stationary' : 'stalled', lowestCurvature: probe.value };
    }
    const left = escapes < options.escapes ? leave(objective, stage, probe.direction, probe.scale) : undefined;
    if (left === undefined) {
      return { ...result, reason: settled ? 'stationary' : 'stalled', lowestCurvature: probe.value };
    }
    stage = left;
    escapes += 1;
  }
};

/** The method, then polishing; L-BFGS takes over what gradient descent leaves undone. */
const settle = (objective: Objective, from: Stage, { method, iterations }: DescentOptions): Stage => {
  let stage = from;
  if (method === 'gradient-descent') {
    stage = gradientDescent(objective, stage, { iterations, gradientTolerance: tolerances(objective, stage).stationary });
  }
  for (let round = 0; round < 3; round++) {
    const { floor, stationary } = tolerances(objective, stage);
    if (stage.gradientNorm > stationary) {
      stage = lbfgs(objective, stage, { iterations, gradientTolerance: Math.max(floor, 1e-8 * (1 + norm(stage.point))) });
    }
    stage = polish(objective, stage, { iterations: 60, gradientTolerance: floor });
    if (stage.gradientNorm <= stationary) break;
  }
  return stage;
};

/** A step along ±direction that lowers f by more than its rounding error, or undefined. */
const leave = (
  objective: Objective,
  stage: Stage,
  direction: Float64Array,
  scale: number,
): Stage | undefined => {
  const trial = new Float64Array(objective.size);
  const noise = objective.valueRoundingError(stage.point);
  let length = Math.max(1, norm(stage.point));
  for (let k = 0; k < 40 && length * length * scale > noise; k++) {
    for (const signed of [length, -length]) {
      step(stage.point, signed, direction, trial);
      if (objective.value(trial) < stage.value - 2 * noise) {
        const moved = stageAt(objective, trial);
        return {
          ...moved,
          iterations: stage.iterations,
          evaluations: stage.evaluations + 2 * k + 2,
        };
      }
    }
    length /= 2;
  }
  return undefined;
};
