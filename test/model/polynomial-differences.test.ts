/**
 * Along a line, f of a linear model is a polynomial of degree 2(L + 1) and ∇f one of degree 2L + 1, so that central
 * differences of high enough order have no truncation error at all: what remains is rounding, which is bounded.
 */
import { expect, test } from 'vitest';
import { activePattern, nearestKink } from '../../src/model/kinks.js';
import type { Model } from '../../src/model/model.js';
import { createStream } from '../../src/numeric/random.js';
import { norm, randomModel, randomPoint } from './instances.js';

/** w_k with p′(0) = Σ w_k (p(kh) − p(−kh))/h for every polynomial of degree ≤ 2·order. */
function weights(order: number): number[] {
  const factorial = (k: number): number => (k <= 1 ? 1 : k * factorial(k - 1));
  return Array.from({ length: order }, (_, index) => {
    const k = index + 1;
    const sign = k % 2 === 1 ? 1 : -1;
    return (sign * factorial(order) ** 2) / (k * factorial(order - k) * factorial(order + k));
  });
}

interface Line {
  readonly model: Model;
  readonly point: Float64Array;
  readonly direction: Float64Array;
  readonly spacing: number;
  at(step: number): Float64Array;
}

/** A line on which no unit of a ReLU model changes its state between the outermost nodes. */
function lineOf(key: number): Line {
  const stream = createStream('line', key);
  let model = randomModel(stream, 3);
  let point = randomPoint(stream, model, 0.6);
  // Above a layer that is off altogether every unit sits on its kink.
  while (nearestKink(model, point) === 0) {
    model = randomModel(stream, 3);
    point = randomPoint(stream, model, 0.6);
  }
  const direction = randomPoint(stream, model, 0.6);
  const order = model.spec.layers + 1;
  const origin = point;
  const chosen = model;
  const at = (step: number): Float64Array => origin.map((x, k) => x + step * direction[k]);
  const pattern = (step: number): string => activePattern(chosen, at(step)).map((bits) => bits.join('')).join();
  let spacing = 0.1;
  // Checked at many places: a unit could still turn twice in between, but not on these short lines.
  const constant = (): boolean =>
    Array.from({ length: 41 }, (_, k) => (k / 20 - 1) * order * spacing).every((step) => pattern(step) === pattern(0));
  while (!constant()) spacing /= 4;
  return { model, point: origin, direction, spacing, at };
}

test('the gradient is the slope of the value', () => {
  for (let trial = 0; trial < 150; trial++) {
    const { model, point, direction, spacing, at } = lineOf(trial);
    const gradient = new Float64Array(model.size);
    model.valueAndGradient(point, gradient);
    const slope = gradient.reduce((sum, g, k) => sum + g * direction[k], 0);
    let difference = 0;
    let tolerance = norm(direction) * (2 * model.gradientRoundingError(point) + 1e-15 * norm(gradient));
    weights(model.spec.layers + 1).forEach((weight, index) => {
      const [ahead, behind] = [at((index + 1) * spacing), at(-(index + 1) * spacing)];
      difference += (weight * (model.value(ahead) - model.value(behind))) / spacing;
      // The nodes themselves are rounded: each entry by half an ulp, which moves f by its slope there.
      const moved = [ahead, behind].map((node) => {
        model.valueAndGradient(node, gradient);
        return model.valueRoundingError(node) + norm(gradient) * norm(node) * 2 ** -51;
      });
      tolerance += (Math.abs(weight) * (moved[0] + moved[1])) / spacing;
    });
    expect(Math.abs(difference - slope)).toBeLessThanOrEqual(tolerance);
    expect(tolerance).toBeLessThan(1e-8);
  }
});

test('the Hessian–vector product is the slope of the gradient, and symmetric', () => {
  for (let trial = 0; trial < 150; trial++) {
    const { model, point, direction, spacing, at } = lineOf(trial);
    const [product, gradient, other, image] = Array.from({ length: 4 }, () => new Float64Array(model.size));
    model.hessianVector(point, direction, product);
    const difference = new Float64Array(model.size);
    let tolerance = 1e-13 * (norm(product) + norm(direction));
    weights(model.spec.layers + 1).forEach((weight, index) => {
      for (const sign of [1, -1]) {
        const node = at(sign * (index + 1) * spacing);
        model.valueAndGradient(node, gradient);
        for (let k = 0; k < gradient.length; k++) difference[k] += (sign * weight * gradient[k]) / spacing;
        const moved = model.gradientRoundingError(node, 'computed') + model.gradientSensitivity(node, 2 ** -52);
        tolerance += (Math.abs(weight) * moved) / spacing;
      }
    });
    expect(norm(product.map((h, k) => h - difference[k]))).toBeLessThanOrEqual(tolerance);

    randomPoint(createStream('other', trial), model).forEach((x, k) => (other[k] = x));
    model.hessianVector(point, other, image);
    expect(tolerance).toBeLessThan(1e-6);
    const [uHv, vHu] = [product, image].map((h, index) =>
      h.reduce((sum, x, k) => sum + x * (index === 0 ? other[k] : direction[k]), 0));
    const size = norm(product) * norm(other) + norm(image) * norm(direction);
    expect(Math.abs(uHv - vHu)).toBeLessThanOrEqual(1e-13 * size);
  }
});
