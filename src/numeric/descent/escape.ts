/** Leaving a saddle along a direction of negative curvature. */
import { evaluate, norm, type Iterate } from './iterate.js';

const MAXIMUM_DOUBLINGS = 30;
const MAXIMUM_HALVINGS = 40;

/**
 * Moves the iterate along ±`direction`, to the side where f goes down, by a step that is doubled as long as f falls.
 * False, with the iterate untouched, when no step lowers f by more than its rounding error.
 */
export function escapeAlong(iterate: Iterate, direction: Float64Array): boolean {
  const { model, point } = iterate;
  const { size, kernels } = model;
  const origin = point.slice();
  const originValue = iterate.value;
  const unit = 1 / norm(model, direction);
  const side = kernels.dot(size, iterate.gradient, 0, direction, 0) > 0 ? -unit : unit;
  const noise = 2 * model.valueRoundingError(point);
  const place = (step: number): void => {
    point.set(origin);
    kernels.axpy(size, side * step, direction, 0, point, 0);
  };
  const valueAt = (step: number): number => {
    place(step);
    iterate.evaluations++;
    return model.value(point);
  };
  let step = 0.1 * Math.max(norm(model, origin), 0.1);
  let value = valueAt(step);
  for (let k = 0; k < MAXIMUM_HALVINGS && !(value < originValue - noise); k++) value = valueAt((step /= 4));
  if (!(value < originValue - noise)) {
    point.set(origin);
    return false;
  }
  for (let k = 0; k < MAXIMUM_DOUBLINGS; k++) {
    const further = valueAt(2 * step);
    if (!(further < value)) break;
    step *= 2;
    value = further;
  }
  place(step);
  evaluate(iterate);
  iterate.iterations++;
  return true;
}
