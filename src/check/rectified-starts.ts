/**
 * Starts for problems with a ReLU: pre-activations of low rank, constant in every class.
 *
 * σ lifts the rank: a point of low rank pays little for W₁H₁ and may still fit all classes. Entries have the size that
 * balanced blocks have where W₂σ(W₁H₁) is about Y/2; nothing else is taken from any claim.
 */
import type { Stream } from '../numeric/random.js';
import type { Setting } from './setting.js';

/** The size of a balanced block: λ·size² is the same for all of them, per class. */
const balancedSize = (lambda: number, K: number, samples: number): number => 1 / (2 * Math.sqrt(K * samples * lambda));

/** W₁ (d × rank) and H̄₁ (rank × K) normal, the other features zero, and W₂ along σ(W₁H̄₁)ᵀ. */
export const lowRankPreActivations = ({ model, instance }: Setting, stream: Stream, rank: number): Float64Array => {
  const { K, n, d } = instance;
  const point = new Float64Array(model.size);
  const [W2, W1, H1] = ['W2', 'W1', 'H1'].map((name) => model.view(point, name)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const lambda = (name: string): number => model.instance.lambda[name] ?? 1;
  const factor = 0.5 + 0.7 * stream.uniform();
  const inner = factor * balancedSize(lambda('W1'), K, 1);
  const outer = factor * balancedSize(lambda('H1'), K, n);
  const used = Math.min(rank, d);
  for (let i = 0; i < d; i++) for (let q = 0; q < used; q++) W1[i * d + q] = inner * stream.normal();
  for (let q = 0; q < used; q++) {
    for (let k = 0; k < K; k++) H1.fill(outer * stream.normal(), q * K * n + k * n, q * K * n + (k + 1) * n);
  }
  const scale = (balancedSize(lambda('W2'), K, 1) * factor ** 2) / (inner * outer);
  for (let k = 0; k < K; k++) {
    for (let i = 0; i < d; i++) {
      let sum = 0;
      for (let q = 0; q < used; q++) sum += W1[i * d + q] * H1[q * K * n + k * n];
      W2[k * d + i] = scale * Math.max(sum, 0);
    }
  }
  return point;
};
