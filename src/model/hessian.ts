/**
 * Hessian–vector products by differentiating the forward and the backward pass along a direction V (Pearlmutter).
 *
 *   Ȧ_0 = V_H,  Ż_l = V_l A_{l−1} + W_l Ȧ_{l−1},  Ȧ_l = D_l ∘ Ż_l,  Ġ_L = (Ż_L + v_b 1ᵀ)/N,
 *   Ġ_{l−1} = D_{l−1} ∘ (V_lᵀG_l + W_lᵀĠ_l),
 *   (Hv)_{W_l} = Ġ_l A_{l−1}ᵀ + G_l Ȧ_{l−1}ᵀ + λ_l V_l,  (Hv)_H = V_1ᵀG_1 + W_1ᵀĠ_1 + λ_H V_H,
 *   (Hv)_b = Ġ_L 1 + λ_b v_b.
 */
import { addRowSums } from './backward.js';
import { allocateLayers } from './forward.js';
import type { Kernels } from './kernels.js';
import type { Layout } from './spec.js';

/** (point, direction, activations, adjoints, out): the passes at `point` must be in `activations` and `adjoints`. */
export type HessianProduct = (
  point: Float64Array, direction: Float64Array,
  activations: readonly Float64Array[], adjoints: readonly Float64Array[], out: Float64Array,
) => void;

/** Allocates the tangent workspaces of a layout and returns the product on them. */
export function createHessianProduct(layout: Layout, kernels: Kernels): HessianProduct {
  const { blocks, ridge, weights, features, bias, sampleCount, instance } = layout;
  const last = weights.length - 1;
  const rectified = instance.spec.activation === 'relu';
  const activationTangents = allocateLayers(layout, kernels.allocate);
  const adjointTangents = allocateLayers(layout, kernels.allocate);

  function forwardTangent(
    point: Float64Array, direction: Float64Array, activations: readonly Float64Array[],
  ): void {
    for (let l = 0; l <= last; l++) {
      const { rows, cols, offset } = weights[l]!;
      const out = activationTangents[l]!;
      const value = l === 0 ? point : activations[l - 1]!;
      const tangent = l === 0 ? direction : activationTangents[l - 1]!;
      const at = l === 0 ? features.offset : 0;
      kernels.multiply(rows, cols, sampleCount, direction, offset, value, at, out, 0, false);
      kernels.multiply(rows, cols, sampleCount, point, offset, tangent, at, out, 0, true);
      if (rectified && l < last) kernels.mask(activations[l]!, out);
    }
  }

  function backwardTangent(
    point: Float64Array, direction: Float64Array,
    activations: readonly Float64Array[], adjoints: readonly Float64Array[],
  ): void {
    const top = adjointTangents[last]!;
    kernels.scale(top.length, 1 / sampleCount, activationTangents[last]!, 0, top, 0);
    if (bias !== undefined) {
      for (let i = 0; i < bias.length; i++) {
        const shift = direction[bias.offset + i]! / sampleCount;
        for (let j = 0; j < sampleCount; j++) top[i * sampleCount + j]! += shift;
      }
    }
    for (let l = last; l > 0; l--) {
      const { rows, cols, offset } = weights[l]!;
      const out = adjointTangents[l - 1]!;
      kernels.transposeMultiply(cols, rows, sampleCount, direction, offset, adjoints[l]!, 0, out, 0, false);
      kernels.transposeMultiply(cols, rows, sampleCount, point, offset, adjointTangents[l]!, 0, out, 0, true);
      if (rectified) kernels.mask(activations[l - 1]!, out);
    }
  }

  return (point, direction, activations, adjoints, out) => {
    forwardTangent(point, direction, activations);
    backwardTangent(point, direction, activations, adjoints);
    for (let i = 0; i < blocks.length; i++) {
      const { offset, length } = blocks[i]!;
      kernels.scale(length, ridge[i]!, direction, offset, out, offset);
    }
    for (let l = 0; l <= last; l++) {
      const { rows, cols, offset } = weights[l]!;
      const value = l === 0 ? point : activations[l - 1]!;
      const tangent = l === 0 ? direction : activationTangents[l - 1]!;
      const at = l === 0 ? features.offset : 0;
      kernels.multiplyByTranspose(rows, sampleCount, cols, adjointTangents[l]!, 0, value, at, out, offset, true);
      kernels.multiplyByTranspose(rows, sampleCount, cols, adjoints[l]!, 0, tangent, at, out, offset, true);
    }
    const { rows, cols, offset } = weights[0]!;
    const at = features.offset;
    kernels.transposeMultiply(cols, rows, sampleCount, direction, offset, adjoints[0]!, 0, out, at, true);
    kernels.transposeMultiply(cols, rows, sampleCount, point, offset, adjointTangents[0]!, 0, out, at, true);
    if (bias !== undefined) addRowSums(bias.length, sampleCount, adjointTangents[last]!, out, bias.offset);
  };
}
