/** Instances with known minima and saddles, from THEORY.md, for the tests of descents. */
import type { Model } from '../../src/model/model.js';
import { randomOrthonormalFrame } from '../../src/numeric/dense.js';
import type { Stream } from '../../src/numeric/random.js';
import { singleLayer, twoLayers } from '../model/instances.js';

/** One layer (THEORY.md 1.1). */
export interface SingleTruth {
  readonly model: Model;
  readonly K: number;
  readonly n: number;
  readonly d: number;
  readonly lambdaW: number;
  readonly lambdaH: number;
  /** K √(n λ_W λ_H), as computed. */
  readonly c: number;
  readonly minimum: number;
}

/** A random instance with c near `target` and λ_W, λ_H up to four decades apart. */
export function singleTruth(stream: Stream, target: number, largest = 5): SingleTruth {
  const K = stream.integer(1, largest);
  const n = stream.integer(1, 5);
  const d = stream.integer(K, K + 5);
  const ratio = 10 ** (2 - 4 * stream.uniform());
  const geometric = target / (K * Math.sqrt(n));
  const lambdaW = geometric * ratio;
  const lambdaH = geometric / ratio;
  const c = K * Math.sqrt(n * lambdaW * lambdaH);
  const minimum = c <= 1 ? c - (c * c) / 2 : 0.5;
  return { model: singleLayer(K, n, d, lambdaW, lambdaH), K, n, d, lambdaW, lambdaH, c, minimum };
}

/** W = wUVᵀ, H = hVUᵀ ⊗ 1ᵀ with U ∈ St(r, K), V ∈ St(r, d): a critical point of rank r (THEORY.md 1.6), c < 1. */
export function criticalPoint(stream: Stream, truth: SingleTruth, rank: number): Float64Array {
  const { model, K, n, d, lambdaW, lambdaH, c } = truth;
  const point = new Float64Array(model.size);
  if (rank === 0) return point;
  const h = Math.sqrt((1 - c) * Math.sqrt(lambdaW / (n * lambdaH)));
  const w = Math.sqrt((n * lambdaH) / lambdaW) * h;
  const U = randomOrthonormalFrame(stream, K, rank);
  const V = randomOrthonormalFrame(stream, d, rank);
  const [W, H] = [model.view(point, 'W'), model.view(point, 'H')];
  for (let k = 0; k < K; k++) {
    for (let i = 0; i < d; i++) {
      let entry = 0;
      for (let p = 0; p < rank; p++) entry += U[k * rank + p]! * V[i * rank + p]!;
      W[k * d + i] = w * entry;
      H.fill(h * entry, i * K * n + k * n, i * K * n + (k + 1) * n);
    }
  }
  return point;
}

/** Two layers (THEORY.md 3.7): the values of all critical points with r_− = 0, for rank 0 … min(K, d). */
export interface DoubleTruth {
  readonly model: Model;
  readonly K: number;
  readonly z: number;
  readonly values: readonly number[];
}

export function doubleTruth(stream: Stream, activation: 'linear' | 'relu'): DoubleTruth {
  const K = stream.integer(1, 4);
  const n = stream.integer(1, 4);
  const d = stream.integer(1, K + 4);
  const z = 0.3 + 0.65 * stream.uniform();
  const draws = [0, 1, 2].map(() => 10 ** (-1 + 2 * stream.uniform()));
  const factor = ((z * (1 - z) ** 3) / (K ** 3 * n * draws[0]! * draws[1]! * draws[2]!)) ** (1 / 3);
  const model = twoLayers(activation, K, n, d, [factor * draws[0]!, factor * draws[1]!, factor * draws[2]!]);
  const values = Array.from({ length: Math.min(K, d) + 1 }, (_, r) => 0.5 - (r / (2 * K)) * z * (2 * z - 1));
  return { model, K, z, values };
}
