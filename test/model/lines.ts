/**
 * Slopes by central differences without truncation error: along a line, f of a linear model is a polynomial of degree
 * 2(L + 1), and of a ReLU model too as long as no unit changes its state.
 */
import { activePattern } from '../../src/model/kinks.js';
import type { Model } from '../../src/model/model.js';
import { norm } from './instances.js';

/** w_k with p′(0) = Σ w_k (p(kh) − p(−kh))/h for every polynomial of degree ≤ 2·order. */
export function weights(order: number): number[] {
  const factorial = (k: number): number => (k <= 1 ? 1 : k * factorial(k - 1));
  return Array.from({ length: order }, (_, index) => {
    const k = index + 1;
    const sign = k % 2 === 1 ? 1 : -1;
    return (sign * factorial(order) ** 2) / (k * factorial(order - k) * factorial(order + k));
  });
}

export interface Line {
  readonly model: Model;
  readonly point: Float64Array;
  readonly direction: Float64Array;
  readonly spacing: number;
  at(step: number): Float64Array;
}

/** The line through a point off the kinks, so short that no unit of a ReLU model changes its state on it. */
export function lineThrough(model: Model, point: Float64Array, direction: Float64Array): Line {
  const order = model.spec.layers + 1;
  const at = (step: number): Float64Array => point.map((x, k) => x + step * direction[k]!);
  const pattern = (step: number): string => activePattern(model, at(step)).map((bits) => bits.join('')).join();
  let spacing = 0.1;
  // Checked at many places: a unit could still turn twice in between, but not on these short lines.
  const constant = (): boolean =>
    Array.from({ length: 41 }, (_, k) => (k / 20 - 1) * order * spacing).every((step) => pattern(step) === pattern(0));
  while (!constant()) spacing /= 4;
  return { model, point, direction, spacing, at };
}

/** The slope of f at the point by its gradient and by differences, and how far rounding may set them apart. */
export function slopes({ model, point, direction, spacing, at }: Line): {
  readonly slope: number;
  readonly difference: number;
  readonly tolerance: number;
} {
  const gradient = new Float64Array(model.size);
  model.valueAndGradient(point, gradient);
  const slope = gradient.reduce((sum, g, k) => sum + g * direction[k]!, 0);
  let difference = 0;
  let tolerance = norm(direction) * (2 * model.gradientRoundingError(point) + 1e-15 * norm(gradient));
  weights(model.spec.layers + 1).forEach((weight, index) => {
    const [ahead, behind] = [at((index + 1) * spacing), at(-(index + 1) * spacing)];
    difference += (weight * (model.value(ahead) - model.value(behind))) / spacing;
    // The nodes themselves are rounded: each entry by half an ulp, which moves f by its slope there.
    for (const node of [ahead, behind]) {
      model.valueAndGradient(node, gradient);
      const moved = model.valueRoundingError(node) + norm(gradient) * norm(node) * 2 ** -51;
      tolerance += (Math.abs(weight) * moved) / spacing;
    }
  });
  return { slope, difference, tolerance };
}
