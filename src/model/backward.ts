/** The backward pass: from activations to the adjoints G_l of every layer, and from those to the gradient. */
import type { Kernels } from './kernels.js';
import type { Layout } from './spec.js';

/** Fills `adjoints[l − 1]` with G_l = ∂(data term)/∂Z_l from the activations and the residual. */
export function backward(
  layout: Layout, kernels: Kernels, point: Float64Array,
  activations: readonly Float64Array[], adjoints: readonly Float64Array[],
): void {
  const { weights, sampleCount } = layout;
  const last = weights.length - 1;
  const residual = activations[last]!;
  kernels.scale(residual.length, 1 / sampleCount, residual, 0, adjoints[last]!, 0);
  for (let l = last; l > 0; l--) {
    const { rows, cols, offset } = weights[l]!;
    kernels.transposeMultiply(cols, rows, sampleCount, point, offset, adjoints[l]!, 0, adjoints[l - 1]!, 0, false);
    if (layout.instance.spec.activation === 'relu') kernels.mask(activations[l - 1]!, adjoints[l - 1]!);
  }
}

/** ∇f from activations and adjoints: λ_B B first, then each product added once. */
export function gradientFrom(
  layout: Layout, kernels: Kernels, point: Float64Array,
  activations: readonly Float64Array[], adjoints: readonly Float64Array[], out: Float64Array,
): void {
  const { blocks, ridge, weights, features, bias, sampleCount } = layout;
  for (let i = 0; i < blocks.length; i++) {
    const { offset, length } = blocks[i]!;
    kernels.scale(length, ridge[i]!, point, offset, out, offset);
  }
  for (let l = 0; l < weights.length; l++) {
    const { rows, cols, offset } = weights[l]!;
    const input = l === 0 ? point : activations[l - 1]!;
    const inputAt = l === 0 ? features.offset : 0;
    kernels.multiplyByTranspose(rows, sampleCount, cols, adjoints[l]!, 0, input, inputAt, out, offset, true);
  }
  const first = weights[0]!;
  kernels.transposeMultiply(
    first.cols, first.rows, sampleCount, point, first.offset, adjoints[0]!, 0, out, features.offset, true,
  );
  if (bias !== undefined) addRowSums(bias.length, sampleCount, adjoints.at(-1)!, out, bias.offset);
}

/** out_i += Σ_j matrix_ij, ascending j. */
export function addRowSums(
  rows: number, cols: number, matrix: Float64Array, out: Float64Array, outAt: number,
): void {
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0; j < cols; j++) sum += matrix[i * cols + j]!;
    out[outAt + i]! += sum;
  }
}
