/** Random models for tests: every depth, activation and bias, unequal widths and class sizes, distinct λ. */
import { createModel, type Model } from '../../src/model/model.js';
import type { ModelInstance } from '../../src/model/spec.js';
import type { Stream } from '../../src/numeric/random.js';

export function randomModel(stream: Stream, largest = 4): Model {
  const layers = stream.integer(1, 4);
  const K = stream.integer(1, largest);
  const bias = (['none', 'free', 'ridge'] as const)[stream.integer(0, 2)]!;
  const names = layers === 1 ? ['W', 'H'] : [...Array.from({ length: layers }, (_, l) => `W${l + 1}`), 'H1'];
  if (bias === 'ridge') names.push('b');
  const instance: ModelInstance = {
    spec: { layers, activation: stream.integer(0, 1) === 0 ? 'linear' : 'relu', bias },
    K,
    widths: Array.from({ length: layers }, () => stream.integer(1, largest + 2)),
    classSizes: Array.from({ length: K }, () => stream.integer(1, 3)),
    lambda: Object.fromEntries(names.map((name) => [name, 10 ** (-3 + 3 * stream.uniform())])),
  };
  return createModel(instance);
}

export function randomPoint(stream: Stream, model: Model, scale = 1): Float64Array {
  return stream.fillNormal(new Float64Array(model.size), scale);
}

/** One bias-free layer with K classes of n samples. */
export function singleLayer(K: number, n: number, d: number, lambdaW: number, lambdaH: number): Model {
  return createModel({
    spec: { layers: 1, activation: 'linear', bias: 'none' },
    K, widths: [d], classSizes: Array.from({ length: K }, () => n), lambda: { W: lambdaW, H: lambdaH },
  });
}

/** Two bias-free layers; `lambda` is (λ_{W2}, λ_{W1}, λ_{H1}). */
export function twoLayers(
  activation: 'linear' | 'relu', K: number, n: number, d: number, lambda: readonly [number, number, number],
): Model {
  return createModel({
    spec: { layers: 2, activation, bias: 'none' },
    K, widths: [d, d], classSizes: Array.from({ length: K }, () => n),
    lambda: { W2: lambda[0], W1: lambda[1], H1: lambda[2] },
  });
}

export function norm(x: Iterable<number>): number {
  return Math.hypot(...x);
}
