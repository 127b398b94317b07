/** The reduced objective: its gradient, its invariant form against the dense one, and the full model it stands for. */
import { describe, expect, it } from 'vitest';
import { createModel } from '../../src/model/model.js';
import { createStream } from '../../src/numeric/random.js';
import { bestFrame } from '../../src/search/collapsed/frame.js';
import { bestLastLayer, collapsedObjective, multiplyInto } from '../../src/search/collapsed/objective.js';
import type { Objective } from '../../src/search/minimize.js';
import { minimize } from '../../src/search/minimize.js';
import { dihedral, projective, symmetric, wreath } from '../../src/search/symmetric/groups.js';
import { patternsOf } from '../../src/search/symmetric/enumerate.js';
import { invariantObjective } from '../../src/search/symmetric/objective.js';
import { placePattern } from '../../src/search/symmetric/pattern.js';
import { expand } from '../../src/search/tied.js';

/** The largest difference between the gradient and central differences, relative to the largest slope. */
function gradientError(objective: Objective, point: Float64Array): number {
  const gradient = new Float64Array(objective.size);
  const other = new Float64Array(objective.size);
  objective.valueAndGradient(point, gradient);
  const step = 1e-6;
  let worst = 0;
  for (let k = 0; k < point.length; k++) {
    const at = (shift: number): number => {
      const moved = point.slice();
      moved[k]! += shift;
      return objective.valueAndGradient(moved, other);
    };
    worst = Math.max(worst, Math.abs((at(step) - at(-step)) / (2 * step) - gradient[k]!));
  }
  return worst / Math.max(...gradient.map(Math.abs));
}

describe('the reduced objective', () => {
  it.each([
    [3, 4, 2],
    [4, 4, 4],
    [5, 7, 3],
  ])('has the gradient of its differences: K = %i, d = %i, r = %i', (K, d, r) => {
    const objective = collapsedObjective(K, d, r, 0.3);
    const point = createStream('gradient', K, d, r).fillNormal(new Float64Array(objective.size), 0.7);
    expect(gradientError(objective, point)).toBeLessThan(1e-7);
  });

  it('is 2K f of the full model with the best last layer', () => {
    const [K, d, n] = [4, 5, 3];
    const mu = 0.4;
    const objective = collapsedObjective(K, d, d, mu);
    const point = createStream('full').fillNormal(new Float64Array(objective.size), 0.7);
    const lambda = { W2: 1 / K, W1: mu / (2 * K), H1: mu / (2 * K * n) };
    const model = createModel({
      spec: { layers: 2, activation: 'relu', bias: 'none' }, K, widths: [d, d], classSizes: [n, n, n, n], lambda,
    });
    const x = new Float64Array(d * K);
    multiplyInto(x, d, d, K, point, 0, point, d * d);
    const full = new Float64Array(model.size);
    model.view(full, 'W2').set(bestLastLayer(K, d, x, 1));
    model.view(full, 'W1').set(point.subarray(0, d * d));
    const features = model.view(full, 'H1');
    for (let row = 0; row < d; row++) {
      for (let col = 0; col < K * n; col++) features[row * K * n + col] = point[d * d + row * K + Math.floor(col / n)]!;
    }
    const reduced = objective.valueAndGradient(point, new Float64Array(objective.size));
    expect(2 * K * model.value(full)).toBeCloseTo(reduced, 12);
  });

  it('has frames at the value of their scalar problem', () => {
    for (const mu of [0.05, 0.2, 0.49, 0.5, 0.7]) {
      const { amplitude, value } = bestFrame(mu);
      const K = 3;
      const objective = collapsedObjective(K, K, K, mu);
      const point = new Float64Array(2 * K * K);
      for (let k = 0; k < K; k++) point[k * K + k] = point[K * K + k * K + k] = Math.sqrt(amplitude);
      const gradient = new Float64Array(point.length);
      expect(objective.valueAndGradient(point, gradient)).toBeCloseTo(K * value, 12);
      expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-12);
      // No amplitude on a fine grid does better.
      for (let a = 0; a < 8; a += 0.001) expect(1 / (1 + a * a) + mu * a).toBeGreaterThanOrEqual(value - 1e-12);
    }
  });
});

describe('on invariant points', () => {
  const cases = [
    { group: symmetric(5), K: 10, d: 12 },
    { group: dihedral(6), K: 6, d: 6 },
    { group: wreath(symmetric(2), symmetric(3)), K: 6, d: 8 },
    { group: projective(5), K: 6, d: 10 },
  ];

  it.each(cases)('of $group.name the orbit algebra gives the dense value', ({ group, K, d }) => {
    const mu = 0.35;
    const patterns = patternsOf(group, K, d);
    expect(patterns.length).toBeGreaterThan(0);
    for (const pattern of patterns) {
      const { classes, units } = pattern.algebra;
      const invariant = invariantObjective(pattern.algebra, mu);
      const point = createStream('invariant', pattern.name).fillNormal(new Float64Array(invariant.size), 0.6);
      const placed = placePattern(pattern, point, mu, K, d);
      const dense = collapsedObjective(K, d, K, mu);
      const whole = Float64Array.of(
        ...expand(placed.W1, new Float64Array(d * K)),
        ...expand(placed.H1, new Float64Array(K * K)),
      );
      const value = invariant.valueAndGradient(point, new Float64Array(invariant.size));
      const alone = (K - classes.size) * bestFrame(mu).value;
      const total = dense.valueAndGradient(whole, new Float64Array(dense.size));
      expect(total, `${pattern.name} (${units.size})`).toBeCloseTo(value + alone, 10);
      expect(gradientError(invariant, point), pattern.name).toBeLessThan(1e-6);
    }
  });
});

describe('minimize', () => {
  it('solves a badly scaled quadratic problem', () => {
    const scales = [1, 10, 100, 1000];
    const objective: Objective = {
      size: 4,
      valueAndGradient(point, gradient) {
        let value = 0;
        scales.forEach((scale, k) => {
          gradient[k] = scale * (point[k]! - k);
          value += 0.5 * scale * (point[k]! - k) ** 2;
        });
        return value;
      },
    };
    const { point, value } = minimize(objective, Float64Array.of(5, -3, 2, 8), { decrease: 1e-16 });
    expect(value).toBeLessThan(1e-12);
    point.forEach((x, k) => expect(x).toBeCloseTo(k, 5));
  });

  it('never ends above its start, kinks or not', () => {
    for (let key = 0; key < 20; key++) {
      const objective = collapsedObjective(4, 4, 3, 0.45);
      const start = createStream('kinks', key).fillNormal(new Float64Array(objective.size), 1);
      const before = objective.valueAndGradient(start, new Float64Array(objective.size));
      const { point, value } = minimize(objective, start);
      expect(value).toBeLessThanOrEqual(before);
      expect(objective.valueAndGradient(point, new Float64Array(objective.size))).toBe(value);
    }
  });
});
