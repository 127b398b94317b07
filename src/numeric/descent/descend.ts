/** A whole descent: method → polish → look for negative curvature → escape and repeat, with a reason at the end. */
import { nearestKink } from '../../model/kinks.js';
import type { Model } from '../../model/model.js';
import { createStream } from '../random.js';
import { CURVATURE_TOLERANCE, lowestCurvature } from './curvature.js';
import { escapeAlong } from './escape.js';
import { gradientDescent } from './gradient-descent.js';
import { gradientUnit, startIterate, stationaryTolerance, type Iterate } from './iterate.js';
import { lbfgs } from './lbfgs.js';
import { polish } from './polish.js';

/** All optional; the defaults suit models of 20 to a few thousand unknowns with λ from 1e-4 to 1. */
export interface DescentOptions {
  /** `lbfgs` (default), or `gradient`: plain gradient descent. */
  readonly method?: 'lbfgs' | 'gradient';
  /**
   * Limit on the iterations of the method, over all rounds: 20,000 for lbfgs, 50,000 for gradient, whose last iterate
   * is then finished by quasi-Newton steps.
   */
  readonly maximumIterations?: number;
  /** Limit on escapes from saddles: 8. */
  readonly maximumEscapes?: number;
  /** Key of the random start of the curvature probe; the descent is a function of (model, start, options). */
  readonly key?: readonly (string | number)[];
}

/**
 * Why a descent ended.
 *
 * - `second-order-stationary`: stationary, on a smooth piece, and Lanczos saw no curvature below −1e-11·‖∇²f‖.
 * - `stationary`: the gradient norm is at most the bound on its own rounding error (`stationaryTolerance`), but
 *   second order is unsettled: a ReLU kink is within rounding, the Krylov space did not close, or a direction of
 *   negative curvature lowers f by less than its rounding error or was met after the last escape.
 * - `stalled`: no method could lower the gradient norm to that bound.
 * - `iteration-limit`: the limit came first.
 * - `diverged`: value or gradient is not finite at the start; the point returned is the start.
 */
export type DescentReason = 'second-order-stationary' | 'stationary' | 'stalled' | 'iteration-limit' | 'diverged';

/** The best point reached, never NaN, with its value and gradient norm recomputable from the model bit for bit. */
export interface DescentResult {
  readonly point: Float64Array;
  readonly value: number;
  /** Euclidean. */
  readonly gradientNorm: number;
  readonly reason: DescentReason;
  /** Steps of all stages together. */
  readonly iterations: number;
  /** Values, gradients and Hessian–vector products, all stages together. */
  readonly evaluations: number;
  /** Times that a direction of negative curvature was followed. */
  readonly escapes: number;
  /** Lowest Ritz value of the Hessian at `point`; absent when it was not probed there. */
  readonly lowestCurvature?: number;
}

/** The gradient norms, in units of √(min λ), at which the method hands over to Newton steps, one after the other. */
const HANDOVER = [1e-2, 1e-4, 1e-6, 1e-9, 0];
/** From here down quasi-Newton steps replace plain gradient steps, and negative curvature is taken for a saddle. */
const FINISHING = 1e-6;
const FINISHING_ITERATIONS = 2_000;
const POLISH_ITERATIONS = 100;

/**
 * Descends from `start`, which is not modified. Deterministic; allocates per call, not per iteration.
 *
 * @throws UsageError when `start` has the wrong length or an entry that is not finite.
 */
export function descend(model: Model, start: Float64Array, options: DescentOptions = {}): DescentResult {
  const { method = 'lbfgs', maximumEscapes = 8, key = ['curvature'] } = options;
  let budget = options.maximumIterations ?? (method === 'lbfgs' ? 20_000 : 50_000);
  const stream = createStream(...key);
  const iterate = startIterate(model, start);
  let escapes = 0;
  const finish = (reason: DescentReason, curvature?: number): DescentResult => ({
    point: iterate.point, value: iterate.value, gradientNorm: iterate.gradientNorm, reason,
    iterations: iterate.iterations, evaluations: iterate.evaluations, escapes,
    ...(curvature === undefined ? {} : { lowestCurvature: curvature }),
  });
  if (!Number.isFinite(iterate.value) || !Number.isFinite(iterate.gradientNorm)) return finish('diverged');

  for (;;) {
    const settled = settle();
    if (settled.reason === 'negative-curvature') {
      if (escapes < maximumEscapes && escapeAlong(iterate, settled.direction)) {
        escapes++;
        continue;
      }
      return finish(isStationary(iterate) ? 'stationary' : 'stalled');
    }
    if (settled.reason !== 'stationary') return finish(settled.reason);
    if (!isSmooth(iterate)) return finish('stationary');
    const curvature = lowestCurvature(model, iterate.point, stream);
    iterate.evaluations += curvature.products;
    if (curvature.lowest < -CURVATURE_TOLERANCE * curvature.scale) {
      if (escapes < maximumEscapes && escapeAlong(iterate, curvature.vector)) {
        escapes++;
        continue;
      }
      return finish('stationary', curvature.lowest);
    }
    return finish(curvature.complete ? 'second-order-stationary' : 'stationary', curvature.lowest);
  }

  /** Method and polish in turn, with ever later hand-overs, until stationary or nothing helps. */
  function settle(): Settled {
    const unit = gradientUnit(model);
    for (const handover of HANDOVER) {
      const gradientTolerance = Math.max(handover * unit, stationaryTolerance(model, iterate.point));
      const before = iterate.iterations;
      // Ill-conditioned problems exhaust plain descent: what it has reached is finished like the rest.
      const finishing = method === 'gradient' && (handover <= FINISHING || budget <= 0);
      const stage = method === 'lbfgs' || finishing ? lbfgs : gradientDescent;
      const end = stage(iterate, {
        gradientTolerance, maximumIterations: finishing ? FINISHING_ITERATIONS : budget,
      });
      if (!finishing) budget -= iterate.iterations - before;
      if (end === 'diverged') return { reason: 'stalled' };
      const polished = polish(iterate, POLISH_ITERATIONS);
      if (polished.reason === 'stationary') return { reason: 'stationary' };
      if (polished.reason === 'negative-curvature' && handover <= FINISHING) {
        return { reason: 'negative-curvature', direction: polished.direction! };
      }
      if (end === 'iteration-limit' && (method !== 'gradient' || finishing)) return { reason: 'iteration-limit' };
    }
    return { reason: 'stalled' };
  }
}

type Settled =
  | { readonly reason: 'stationary' | 'stalled' | 'iteration-limit' }
  | { readonly reason: 'negative-curvature'; readonly direction: Float64Array };

function isStationary({ model, point, gradientNorm }: Iterate): boolean {
  return gradientNorm <= stationaryTolerance(model, point);
}

/** Whether no ReLU kink is so near that rounding decides the piece. */
function isSmooth({ model, point }: Iterate): boolean {
  return model.gradientRoundingError(point, 'any') <= 2 * model.gradientRoundingError(point, 'computed')
    && nearestKink(model, point) > 0;
}
