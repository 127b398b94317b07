/**
 * The UFM objective in floating point: value, gradient and Hessian–vector product, without allocation.
 *
 * f = 1/(2N)·‖W_L σ(… σ(W_1 H)) + b1ᵀ − Y‖² + Σ_l (λ_l/2)‖W_l‖² + (λ_H/2)‖H‖² + (λ_b/2)‖b‖², N = Σ class sizes.
 */
import { allocateLayers, forward } from './forward.js';
import { type Kernels, portableKernels } from './kernels.js';
import { type Rounding, roundingOf } from './rounding.js';
import { type Block, type Layout, type ModelInstance, layoutOf } from './spec.js';

/** An objective on flat points. The workspaces are its own, so one model must not be used re-entrantly. */
export interface Model extends Rounding {
  readonly instance: ModelInstance;
  readonly layout: Layout;
  readonly blocks: readonly Block[];
  /** Number of unknowns. */
  readonly size: number;
  /** N. */
  readonly sampleCount: number;
  /** The stretch of the point that holds a block, row-major; shares memory with the point. */
  view(point: Float64Array, name: string): Float64Array;
  value(point: Float64Array): number;
  /** f, with ∇f written to `gradient`. At a kink of the ReLU the mask is 0. */
  valueAndGradient(point: Float64Array, gradient: Float64Array): number;
  /** ∇²f·direction written to `out`; on the smooth piece of the point where there are kinks. */
  hessianVector(point: Float64Array, direction: Float64Array, out: Float64Array): void;
}

/** @throws UsageError for sizes that are not positive integers and λ's that are missing, unknown or not positive */
export function createModel(instance: ModelInstance, kernels: Kernels = portableKernels): Model {
  const layout = layoutOf(instance);
  const { blocks, weights, features, bias, ridge, size, sampleCount } = layout;
  const last = weights.length - 1;
  const relu = instance.spec.activation === 'relu';
  const perSample = 1 / sampleCount;
  const activations = allocateLayers(layout);
  const backward = allocateLayers(layout);
  const tangents = allocateLayers(layout);
  const backwardTangents = allocateLayers(layout);

  const residual = (): Float64Array => activations[last]!;

  /** ½Σ λ‖block‖², by blocks in order. */
  const penalty = (point: Float64Array): number => {
    let total = 0;
    for (let k = 0; k < blocks.length; k++) {
      const { offset, length } = blocks[k]!;
      total += ridge[k]! * kernels.dot(length, point, offset, point, offset);
    }
    return 0.5 * total;
  };

  const fit = (): number => {
    const error = residual();
    return 0.5 * perSample * kernels.dot(error.length, error, 0, error, 0);
  };

  const value = (point: Float64Array): number => {
    forward(layout, kernels, point, activations);
    return fit() + penalty(point);
  };

  /** out ← out masked by the active pattern of layer l. */
  const mask = (l: number, out: Float64Array): void => {
    const active = activations[l]!;
    for (let k = 0; k < out.length; k++) if (!(active[k]! > 0)) out[k] = 0;
  };

  const sumRows = (source: Float64Array, out: Float64Array, at: number): void => {
    for (let i = 0; i < source.length / sampleCount; i++) {
      let sum = 0;
      for (let j = 0; j < sampleCount; j++) sum += source[i * sampleCount + j]!;
      out[at + i]! += sum;
    }
  };

  const valueAndGradient = (point: Float64Array, gradient: Float64Array): number => {
    forward(layout, kernels, point, activations);
    const top = backward[last]!;
    kernels.scale(top.length, perSample, residual(), 0, top, 0);
    for (let k = 0; k < blocks.length; k++) {
      const { offset, length } = blocks[k]!;
      kernels.scale(length, ridge[k]!, point, offset, gradient, offset);
    }
    if (bias !== undefined) sumRows(top, gradient, bias.offset);
    for (let l = last; l >= 0; l--) {
      const { rows, cols, offset } = weights[l]!;
      const delta = backward[l]!;
      const input = l === 0 ? point : activations[l - 1]!;
      const inputAt = l === 0 ? features.offset : 0;
      kernels.multiplyByTranspose(rows, sampleCount, cols, delta, 0, input, inputAt, gradient, offset, true);
      if (l === 0) {
        kernels.transposeMultiply(cols, rows, sampleCount, point, offset, delta, 0, gradient, features.offset, true);
      } else {
        kernels.transposeMultiply(cols, rows, sampleCount, point, offset, delta, 0, backward[l - 1]!, 0, false);
        if (relu) mask(l - 1, backward[l - 1]!);
      }
    }
    return fit() + penalty(point);
  };

  const hessianVector = (point: Float64Array, direction: Float64Array, out: Float64Array): void => {
    forward(layout, kernels, point, activations);
    // Tangents of the forward pass.
    for (let l = 0; l <= last; l++) {
      const { rows, cols, offset } = weights[l]!;
      const tangent = tangents[l]!;
      const input = l === 0 ? point : activations[l - 1]!;
      const inputTangent = l === 0 ? direction : tangents[l - 1]!;
      const inputAt = l === 0 ? features.offset : 0;
      kernels.multiply(rows, cols, sampleCount, direction, offset, input, inputAt, tangent, 0, false);
      kernels.multiply(rows, cols, sampleCount, point, offset, inputTangent, inputAt, tangent, 0, true);
      if (relu && l < last) mask(l, tangent);
    }
    if (bias !== undefined) {
      const tangent = tangents[last]!;
      for (let i = 0; i < bias.rows; i++) {
        for (let j = 0; j < sampleCount; j++) tangent[i * sampleCount + j]! += direction[bias.offset + i]!;
      }
    }
    for (let k = 0; k < blocks.length; k++) {
      const { offset, length } = blocks[k]!;
      kernels.scale(length, ridge[k]!, direction, offset, out, offset);
    }
    kernels.scale(backward[last]!.length, perSample, residual(), 0, backward[last]!, 0);
    kernels.scale(backwardTangents[last]!.length, perSample, tangents[last]!, 0, backwardTangents[last]!, 0);
    if (bias !== undefined) sumRows(backwardTangents[last]!, out, bias.offset);
    for (let l = last; l >= 0; l--) {
      const { rows, cols, offset } = weights[l]!;
      const delta = backward[l]!;
      const deltaTangent = backwardTangents[l]!;
      const input = l === 0 ? point : activations[l - 1]!;
      const inputTangent = l === 0 ? direction : tangents[l - 1]!;
      const inputAt = l === 0 ? features.offset : 0;
      kernels.multiplyByTranspose(rows, sampleCount, cols, deltaTangent, 0, input, inputAt, out, offset, true);
      kernels.multiplyByTranspose(rows, sampleCount, cols, delta, 0, inputTangent, inputAt, out, offset, true);
      if (l === 0) {
        kernels.transposeMultiply(cols, rows, sampleCount, direction, offset, delta, 0, out, features.offset, true);
        kernels.transposeMultiply(cols, rows, sampleCount, point, offset, deltaTangent, 0, out, features.offset, true);
      } else {
        const below = backward[l - 1]!;
        const belowTangent = backwardTangents[l - 1]!;
        kernels.transposeMultiply(cols, rows, sampleCount, point, offset, delta, 0, below, 0, false);
        kernels.transposeMultiply(cols, rows, sampleCount, direction, offset, delta, 0, belowTangent, 0, false);
        kernels.transposeMultiply(cols, rows, sampleCount, point, offset, deltaTangent, 0, belowTangent, 0, true);
        if (relu) {
          mask(l - 1, below);
          mask(l - 1, belowTangent);
        }
      }
    }
  };

  const residualNorm = (point: Float64Array): number => {
    forward(layout, kernels, point, activations);
    const error = residual();
    return Math.sqrt(kernels.dot(error.length, error, 0, error, 0));
  };

  return {
    instance,
    layout,
    blocks,
    size,
    sampleCount,
    view: (point, name) => {
      const { offset, length } = blocks.find((x) => x.name === name)!;
      return point.subarray(offset, offset + length);
    },
    value,
    valueAndGradient,
    hessianVector,
    ...roundingOf(layout, kernels, residualNorm, value),
  };
}
