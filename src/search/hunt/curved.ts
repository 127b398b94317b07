/** Curvature, in exact arithmetic: a direction in which a claimed point is a maximum rather than a minimum. */
import { problemOf } from '../../check/measured/exact.js';
import type { Setting } from '../../check/setting.js';
import { exactMatrix } from '../../exact/matrix.js';
import { type ExactPoint, exactPreActivations } from '../../exact/objective.js';
import * as Q from '../../exact/rational.js';
import { CURVATURE_TOLERANCE, lowestCurvature } from '../../numeric/descent/curvature.js';
import { claimedPoint, ifExact } from '../claimed-point.js';
import { certified } from '../exact/lift.js';
import type { Labels } from '../finish/full.js';
import type { KnownFinding } from './claimed.js';

/** Denominators of the direction, in which the length does not matter. */
const DENOMINATORS = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 50, 100, 1000, 100_000];

/** The direction of lowest curvature by Lanczos, rounded; with ReLU only where no pre-activation is zero. */
export function negativeCurvature(setting: Setting, labels: Labels): KnownFinding | undefined {
  const point = claimedPoint(setting);
  if (point === undefined) return undefined;
  const problem = problemOf(setting);
  if (problem.activation === 'relu') {
    const kink = exactPreActivations(problem, point).some((x) => x.entries.some(Q.isZero));
    if (kink) return undefined;
  }
  const { model } = setting;
  const flat = new Float64Array(model.size);
  for (const { name, offset } of model.blocks) {
    flat.set(Float64Array.from(point[name]?.entries ?? [], Q.toNumber), offset);
  }
  const { lowest, scale, vector } = lowestCurvature(model, flat, setting.stream('claimed curvature'));
  if (lowest >= -10 * CURVATURE_TOLERANCE * scale) return undefined;
  const largest = Math.max(...vector.map(Math.abs));
  const { theorem, revision, model: named, provenance } = labels;
  for (const q of DENOMINATORS) {
    const fraction = (x: number): Q.Rational => Q.rational(BigInt(Math.round((x / largest) * q)), BigInt(q));
    const direction: ExactPoint = Object.fromEntries(
      model.blocks.map(({ name, rows, cols, offset, length }) => [
        name,
        exactMatrix(rows, cols, Array.from(vector.subarray(offset, offset + length), fraction)),
      ]),
    );
    const accepted = ifExact(() =>
      certified({
        theorem, revision, provenance, violation: 'negative-curvature', problem, point, direction,
        claim: { model: named, point: 'local-minimizer' },
      }),
    );
    if (accepted !== undefined) return { certified: accepted, how: 'the claimed point itself' };
  }
  return undefined;
}
