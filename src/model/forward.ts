/** The forward pass: from a point to the activations of every layer and the residual of the last one. */
import { portableKernels, type Kernels } from './kernels.js';
import type { Layout } from './spec.js';

/** Allocates one rows(W_l)×N matrix for each layer, the shape of Z_l = W_l A_{l−1}; on the heap, or by `allocate`. */
export function allocateLayers(
  { weights, sampleCount }: Layout, allocate: Kernels['allocate'] = portableKernels.allocate,
): readonly Float64Array[] {
  return weights.map((weight) => allocate(weight.rows * sampleCount));
}

/**
 * Fills `activations[l − 1]` with A_l = σ(W_l A_{l−1}) for hidden layers, and the last one with the residual
 * E = W_L A_{L−1} + b1ᵀ − Y, where A_0 = H and Y = the one-hot labels.
 *
 * ReLU overwrites the pre-activation: A > 0 exactly where Z > 0, so nothing that the gradient needs is lost.
 */
export function forward(
  layout: Layout, kernels: Kernels, point: Float64Array, activations: readonly Float64Array[],
): void {
  const { weights } = layout;
  const last = weights.length - 1;
  for (let l = 0; l <= last; l++) {
    preActivation(layout, kernels, point, activations, l);
    if (l < last && layout.instance.spec.activation === 'relu') kernels.rectify(activations[l]!);
  }
  subtractLabels(layout, point, activations[last]!);
}

/** activations[l] = W · input, the input being H for the first layer and the layer before otherwise. */
export function preActivation(
  { weights, features, sampleCount }: Layout, kernels: Kernels, point: Float64Array,
  activations: readonly Float64Array[], l: number,
): void {
  const { rows, cols, offset } = weights[l]!;
  const input = l === 0 ? point : activations[l - 1]!;
  const inputAt = l === 0 ? features.offset : 0;
  kernels.multiply(rows, cols, sampleCount, point, offset, input, inputAt, activations[l]!, 0, false);
}

function subtractLabels({ weights, bias, sampleCount, labels }: Layout, point: Float64Array, out: Float64Array): void {
  if (bias !== undefined) {
    for (let i = 0; i < weights.at(-1)!.rows; i++) {
      const shift = point[bias.offset + i]!;
      const row = i * sampleCount;
      for (let j = 0; j < sampleCount; j++) out[row + j]! += shift;
    }
  }
  for (let j = 0; j < sampleCount; j++) out[labels[j]! * sampleCount + j]! -= 1;
}
