/**
 * Bounds of ∇²f from Frobenius norms of the blocks, for tolerances.
 *
 * f = ‖F − Y‖²/(2N) + ridge with F = W_L σ(… σ(W_1 H)) + b1ᵀ, so ∇²f[v, v] = ‖F′v‖²/N + ⟨F − Y, F″[v, v]⟩/N + ridge.
 * F is linear in each block and σ is 1-Lipschitz: ‖F′‖ ≤ Σ_l Π_{m≠l}‖B_m‖ (+ √N for b), ‖F″‖ ≤ 2Σ_{l<m} Π of the
 * others.
 */
import { roundingFactor } from '../../model/rounding.js';
import { frobenius } from '../../theorem/evaluate-numeric.js';
import type { Setting } from '../setting.js';

export interface HessianScale {
  /** At least ‖∇²f‖₂ at the point; it changes by at most 16 times the relative change of the blocks. */
  readonly norm: number;
  /** At least the rounding of a computed ∇²f·v with ‖v‖ = 1. */
  readonly rounding: number;
}

/** The elementary symmetric polynomials of the numbers: out[k] is the sum of all products of k of them. */
const elementary = (numbers: readonly number[]): number[] =>
  numbers.reduce((known, x) => [...known, 0].map((value, k) => value + x * (known[k - 1] ?? 0)), [1]);

export const hessianScale = ({ model, instance }: Setting, point: Float64Array): HessianScale => {
  const { blocks, sampleCount } = model;
  const norms = blocks
    .filter((x) => x.name !== 'b')
    .map(({ rows, cols, offset, length }) => frobenius({ rows, cols, data: point.subarray(offset, offset + length) }));
  const symmetric = elementary(norms);
  const count = norms.length;
  const bias = blocks.find((x) => x.name === 'b');
  const biasNorm =
    bias === undefined
      ? 0
      : frobenius({ rows: bias.rows, cols: 1, data: point.subarray(bias.offset, bias.offset + bias.length) });
  const first = (symmetric[count - 1] ?? 0) + (bias === undefined ? 0 : Math.sqrt(sampleCount));
  const second = 2 * (symmetric[count - 2] ?? 0);
  // ‖F − Y‖ from norms too, so that the bound covers how the residual itself changes with the blocks.
  const residual = (symmetric[count] ?? 0) + Math.sqrt(sampleCount) * (1 + biasNorm);
  const ridge = Object.values(model.instance.lambda).reduce((top, x) => Math.max(top, x), 0);
  const norm = first ** 2 / sampleCount + (residual * second) / sampleCount + ridge;
  // Each layer of either pass is a product with as many roundings as its inner dimension.
  const depth = 4 * count * (sampleCount + instance.d + instance.K + 8);
  return { norm, rounding: roundingFactor(depth) * norm };
};
