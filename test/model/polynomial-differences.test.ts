/**
 * Along a line, f of a linear model is a polynomial of degree 2(L + 1) and ∇f one of degree 2L + 1, so that central
 * differences of high enough order have no truncation error at all: what remains is rounding, which is bounded.
 */
import { expect, test } from 'vitest';
import { nearestKink } from '../../src/model/kinks.js';
import { createStream } from '../../src/numeric/random.js';
import { norm, randomModel, randomPoint } from './instances.js';
import { type Line, lineThrough, slopes, weights } from './lines.js';

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
  return lineThrough(model, point, direction);
}

test('the gradient is the slope of the value', () => {
  for (let trial = 0; trial < 150; trial++) {
    const { slope, difference, tolerance } = slopes(lineOf(trial));
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
