import { expect, test } from 'vitest';
import { lowestCurvature } from '../../src/numeric/descent/curvature.js';
import { symmetricEigen } from '../../src/numeric/dense.js';
import { createStream } from '../../src/numeric/random.js';
import { norm, randomModel, randomPoint } from '../model/instances.js';
import { criticalPoint, singleTruth } from './truths.js';

test('the lowest Ritz value is the lowest eigenvalue of the dense Hessian', () => {
  for (let trial = 0; trial < 60; trial++) {
    const stream = createStream('lowest', trial);
    const model = randomModel(stream, 3);
    const point = randomPoint(stream, model, 0.7);
    const hessian = new Float64Array(model.size ** 2);
    for (let k = 0; k < model.size; k++) {
      const unit = new Float64Array(model.size);
      unit[k] = 1;
      model.hessianVector(point, unit, hessian.subarray(k * model.size, (k + 1) * model.size));
    }
    const { values } = symmetricEigen(model.size, hessian);
    const found = lowestCurvature(model, point, stream);
    const scale = Math.max(Math.abs(values[0]!), Math.abs(values.at(-1)!));
    expect(Math.abs(found.lowest - values[0]!)).toBeLessThan(1e-9 * scale);
    expect(found.residual).toBeLessThan(1e-7 * scale);
    expect(norm(found.vector)).toBeCloseTo(1, 12);
    expect(found.scale).toBeLessThanOrEqual(scale * (1 + 1e-12));
  }
});

test('at critical points the Krylov space closes after the distinct eigenvalues of THEORY.md 1.5', () => {
  const stream = createStream('closed');
  for (let trial = 0; trial < 30; trial++) {
    const truth = singleTruth(stream, 0.5);
    for (let rank = 0; rank <= truth.K; rank++) {
      const { complete, lowest, products, scale } = lowestCurvature(
        truth.model, criticalPoint(stream, truth, rank), stream,
      );
      expect(complete).toBe(true);
      // About ten in exact arithmetic; rounding splits clusters where λ_W and λ_H are four decades apart.
      expect(products).toBeLessThanOrEqual(60);
      if (rank === truth.K) expect(lowest).toBeGreaterThan(-1e-13 * scale);
      else expect(lowest).toBeLessThan(-1e-6 * scale);
    }
  }
});

test('deflated vectors do not count: the lowest value is that of the Hessian between the others', () => {
  for (let trial = 0; trial < 20; trial++) {
    const stream = createStream('deflated', trial);
    const model = randomModel(stream, 3);
    const point = randomPoint(stream, model, 0.7);
    const { size } = model;
    const hessian = new Float64Array(size ** 2);
    for (let k = 0; k < size; k++) {
      const unit = new Float64Array(size);
      unit[k] = 1;
      model.hessianVector(point, unit, hessian.subarray(k * size, (k + 1) * size));
    }
    const { values, vectors } = symmetricEigen(size, hessian);
    const count = Math.min(3, size - 1);
    const deflated = Array.from({ length: count }, (_, j) =>
      Float64Array.from({ length: size }, (__, i) => vectors[i * size + j]!),
    );
    const found = lowestCurvature(model, point, stream, size, deflated);
    const scale = Math.max(Math.abs(values[0]!), Math.abs(values.at(-1)!));
    expect(Math.abs(found.lowest - values[count]!)).toBeLessThan(1e-9 * scale);
    const overlap = (x: Float64Array): number => Math.abs(x.reduce((sum, y, k) => sum + y * found.vector[k]!, 0));
    for (const x of deflated) expect(overlap(x)).toBeLessThan(1e-12);
  }
});
