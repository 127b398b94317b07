/**
 * How much the gradient can change when the point moves a little, from Frobenius norms alone.
 *
 * Let every entry of block B move by at most r‖B‖, so that ‖δB‖ ≤ t_B = r √|B| ‖B‖ with |B| the number of entries.
 * With norms w, a, g of W, A, G at the point and δ· their changes, submultiplicativity of the Frobenius norm gives
 *
 *   δz_l ≤ t_l (a_{l−1} + δa_{l−1}) + w_l δa_{l−1},  δa_l ≤ δz_l,  δg_L ≤ (δz_L + √N t_b)/N,
 *   δg_{l−1} ≤ t_l (g_l + δg_l) + w_l δg_l
 *              + ‖W_lᵀG_l restricted to |Z_{l−1}| ≤ δz_{l−1}‖   (ReLU only: units that may flip),
 *   ‖δ∇W_l‖ ≤ δg_l (a_{l−1} + δa_{l−1}) + g_l δa_{l−1} + λ_l t_l,  ‖δ∇H‖ ≤ t_1 (g_1 + δg_1) + w_1 δg_1 + λ_H t_H,
 *   ‖δ∇b‖ ≤ √N δg_L + λ_b t_b.
 *
 * First-order terms dominate for small r, but the bound holds for every r ≥ 0. Rounding of the bound is covered by a
 * factor; rounding of the gradient itself is a different question (`gradientRoundingError`).
 */
import { backward } from './backward.js';
import { allocateLayers, forward, preActivation } from './forward.js';
import type { Kernels } from './kernels.js';
import type { Block, Layout } from './spec.js';

const SLACK = 1 + 2 ** -20;

/**
 * (point, relative, flips) → bound on ‖∇f(point + δ) − ∇f(point)‖₂; without `flips`, of the formulas for ∇f with one
 * and the same mask. Allocates its workspaces once.
 */
export function createSensitivity(
  layout: Layout, kernels: Kernels,
): (point: Float64Array, relative: number, flips: boolean) => number {
  const { blocks, ridge, weights, features, bias, sampleCount, instance } = layout;
  const last = weights.length - 1;
  const rectified = instance.spec.activation === 'relu';
  const activations = allocateLayers(layout);
  const adjoints = allocateLayers(layout);
  const unmasked = allocateLayers(layout);
  const shifts = new Float64Array(last + 1);
  const ridgeOf = new Map(blocks.map((block, index) => [block, ridge[index]!]));
  const rootN = Math.sqrt(sampleCount);

  function norm(values: Float64Array, at: number, length: number): number {
    return Math.sqrt(kernels.dot(length, values, at, values, at));
  }

  return (point, relative, flips) => {
    const size = (block: Block): number => norm(point, block.offset, block.length);
    const shift = (block: Block): number => relative * Math.sqrt(block.length) * size(block);
    const layerNorm = (matrix: Float64Array): number => norm(matrix, 0, matrix.length);
    forward(layout, kernels, point, activations);
    backward(layout, kernels, point, activations, adjoints);

    let inputShift = shift(features);
    for (let l = 0; l <= last; l++) {
      const input = l === 0 ? size(features) : layerNorm(activations[l - 1]!);
      inputShift = shift(weights[l]!) * (input + inputShift) + size(weights[l]!) * inputShift;
      shifts[l] = inputShift;
    }
    let total = 0;
    const biasShift = bias === undefined ? 0 : shift(bias);
    let adjointShift = (shifts[last]! + rootN * biasShift) / sampleCount;
    if (bias !== undefined) total += (rootN * adjointShift + ridgeOf.get(bias)! * biasShift) ** 2;
    for (let l = last; l >= 0; l--) {
      const weight = weights[l]!;
      const input = l === 0 ? size(features) : layerNorm(activations[l - 1]!);
      const before = l === 0 ? shift(features) : shifts[l - 1]!;
      const adjoint = layerNorm(adjoints[l]!);
      total += (adjointShift * (input + before) + adjoint * before + ridgeOf.get(weight)! * shift(weight)) ** 2;
      adjointShift = shift(weight) * (adjoint + adjointShift) + size(weight) * adjointShift;
      if (l > 0 && rectified && flips) adjointShift += mayFlip(point, l);
    }
    total += (adjointShift + ridgeOf.get(features)! * shift(features)) ** 2;
    return SLACK * Math.sqrt(total);
  };

  /** ‖W_lᵀG_l‖ over the units of the layer below whose pre-activation is within reach of zero. */
  function mayFlip(point: Float64Array, l: number): number {
    const { rows, cols, offset } = weights[l]!;
    const values = unmasked[l - 1]!;
    const reach = shifts[l - 1]!;
    kernels.transposeMultiply(cols, rows, sampleCount, point, offset, adjoints[l]!, 0, values, 0, false);
    // The layer below is not needed as an activation any more: recompute it with its signs.
    preActivation(layout, kernels, point, activations, l - 1);
    const signed = activations[l - 1]!;
    let sum = 0;
    for (let k = 0; k < values.length; k++) if (Math.abs(signed[k]!) <= reach) sum += values[k]! ** 2;
    return Math.sqrt(sum);
  }
}
