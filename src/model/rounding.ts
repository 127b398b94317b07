/**
 * How far a computed value or gradient can be from the exact one, and how far the gradient can move.
 *
 * With u = 2⁻⁵³ and γ_m = mu/(1 − mu), a product of rounded matrices obeys |fl(AB) − AB| ≤ γ_k |A||B| entrywise in any
 * order of summation. Each pass is therefore re-run on matrices D of error bounds next to the computed matrices:
 *
 *   D(Z_l)  = |W_l| (D(A_{l−1}) + γ_{d_l} |A_{l−1}|),   D(A_l) = D(Z_l)   (σ is 1-Lipschitz and exact),
 *   D(E)    = D(Z_L) + rounding of + b and − Y,          D(G_L) = D(E)/N + γ_2 |G_L|,
 *   D(G_{l−1}) = |W_l|ᵀ (D(G_l) + γ_{d_{l+1}} |G_l|),    and where the sign of Z may be wrong, |W_lᵀG_l| is added,
 *   D(∇W_l) = D(G_l)(|A_{l−1}| + D(A_{l−1}))ᵀ + |G_l|(D(A_{l−1}) + γ_N |A_{l−1}|)ᵀ + rounding of + λW,
 *
 * and likewise for ∇H and ∇b. Value: |fl(‖E‖²) − ‖E‖²| ≤ Σ (2|E|D(E) + D(E)²) + γ‖E‖², ridge terms γ λ‖B‖². All terms
 * are non-negative, so the roundings of the bound itself cost a factor that `SLACK` covers. Underflow is neglected.
 */
import { addRowSums, backward } from './backward.js';
import { allocateLayers, forward } from './forward.js';
import type { Kernels } from './kernels.js';
import { createSensitivity } from './sensitivity.js';
import type { Layout } from './spec.js';

const UNIT = 2 ** -53;
const SLACK = 1 + 2 ** -20;

/**
 * Which ReLU pattern the exact gradient is taken on: `any` (the true one, so that an entry whose sign is in doubt
 * counts in full) or `computed` (that of the computed mask, right or wrong; what an iteration on one piece needs).
 */
export type PatternChoice = 'any' | 'computed';

/** The three bounds of a model; see `Model` for what each promises. */
export interface RoundingBounds {
  value(point: Float64Array): number;
  gradient(point: Float64Array, pattern: PatternChoice): number;
  sensitivity(point: Float64Array, relative: number, flips: boolean): number;
}

/** γ_m = mu/(1 − mu), the relative error of m successive roundings. */
export function roundingFactor(count: number): number {
  return (count * UNIT) / (1 - count * UNIT);
}

/** Allocates the workspaces of the bounds for a layout. */
export function createRoundingBounds(layout: Layout, kernels: Kernels): RoundingBounds {
  const { blocks, ridge, weights, features, bias, size, sampleCount, labels, instance } = layout;
  const last = weights.length - 1;
  const rectified = instance.spec.activation === 'relu';
  const activations = allocateLayers(layout);
  const adjoints = allocateLayers(layout);
  const activationErrors = allocateLayers(layout);
  const adjointErrors = allocateLayers(layout);
  const magnitude = new Float64Array(size);
  const gradientErrors = new Float64Array(size);
  const largest = Math.max(features.length, ...activations.map((matrix) => matrix.length));
  const left = new Float64Array(largest);
  const right = new Float64Array(largest);
  const sensitivity = createSensitivity(layout, kernels);

  /** target[k] = weight · |values[k]| + errors[k] over a whole matrix; no errors means exact values. */
  function inflate(
    target: Float64Array, length: number, weight: number,
    values: Float64Array, at: number, errors: Float64Array | undefined,
  ): void {
    for (let k = 0; k < length; k++) {
      target[k] = weight * Math.abs(values[at + k]!) + (errors === undefined ? 0 : errors[k]!);
    }
  }

  function forwardErrors(point: Float64Array): void {
    forward(layout, kernels, point, activations);
    for (let k = 0; k < size; k++) magnitude[k] = Math.abs(point[k]!);
    for (let l = 0; l <= last; l++) {
      const { rows, cols, offset } = weights[l]!;
      const input = l === 0 ? point : activations[l - 1]!;
      const errors = l === 0 ? undefined : activationErrors[l - 1]!;
      inflate(left, cols * sampleCount, roundingFactor(cols), input, l === 0 ? features.offset : 0, errors);
      kernels.multiply(rows, cols, sampleCount, magnitude, offset, left, 0, activationErrors[l]!, 0, false);
    }
    const residual = activations[last]!;
    const errors = activationErrors[last]!;
    for (let k = 0; k < residual.length; k++) {
      const label = (labels[k % sampleCount]!) === Math.floor(k / sampleCount) ? 1 : 0;
      const size = Math.abs(residual[k]!);
      // Subtracting the label rounds to within u|E|; adding the bias to within u|Z + b| ≤ u(1 + u)(|E| + label).
      errors[k]! += UNIT * (label * size + (bias === undefined ? 0 : (1 + 4 * UNIT) * (size + label)));
    }
  }

  function backwardErrors(point: Float64Array, pattern: PatternChoice): void {
    backward(layout, kernels, point, activations, adjoints);
    inflate(left, adjoints[last]!.length, roundingFactor(2), adjoints[last]!, 0, undefined);
    for (let k = 0; k < adjoints[last]!.length; k++) {
      adjointErrors[last]![k] = activationErrors[last]![k]! / sampleCount + left[k]!;
    }
    for (let l = last; l > 0; l--) {
      const { rows, cols, offset } = weights[l]!;
      const errors = adjointErrors[l - 1]!;
      inflate(left, rows * sampleCount, roundingFactor(rows), adjoints[l]!, 0, adjointErrors[l]!);
      kernels.transposeMultiply(cols, rows, sampleCount, magnitude, offset, left, 0, errors, 0, false);
      if (!rectified) continue;
      // `right` holds W_lᵀG_l before the mask: what a wrong bit of the mask would add or remove.
      kernels.transposeMultiply(cols, rows, sampleCount, point, offset, adjoints[l]!, 0, right, 0, false);
      maskErrors(point, l - 1, errors, pattern);
    }
  }

  /** Off units carry no error; units whose sign is in doubt carry the whole of W_lᵀG_l besides. */
  function maskErrors(point: Float64Array, l: number, errors: Float64Array, pattern: PatternChoice): void {
    const active = activations[l]!;
    const doubt = activationErrors[l]!;
    const preActivations = signedPreActivations(point, l);
    for (let k = 0; k < errors.length; k++) {
      const inDoubt = pattern === 'any' && doubt[k]! > 0 && Math.abs(preActivations[k]!) <= doubt[k]!;
      if (inDoubt) errors[k]! += Math.abs(right[k]!);
      else if (!(active[k]! > 0)) errors[k] = 0;
    }
  }

  /** Z_l again, because ReLU has overwritten its negative entries; in `left`, which is free at that time. */
  function signedPreActivations(point: Float64Array, l: number): Float64Array {
    const { rows, cols, offset } = weights[l]!;
    const input = l === 0 ? point : activations[l - 1]!;
    kernels.multiply(rows, cols, sampleCount, point, offset, input, l === 0 ? features.offset : 0, left, 0, false);
    return left;
  }

  function gradient(point: Float64Array, pattern: PatternChoice): number {
    forwardErrors(point);
    backwardErrors(point, pattern);
    // λB rounds to within u|λB|, and the one addition to within u|λB + sum| ≤ u|λB| + u|sum|.
    for (let i = 0; i < blocks.length; i++) {
      const { offset, length } = blocks[i]!;
      kernels.scale(length, ridge[i]! * roundingFactor(2), magnitude, offset, gradientErrors, offset);
    }
    for (let l = 0; l <= last; l++) addWeightErrors(point, l);
    addFeatureErrors();
    if (bias !== undefined) {
      const count = bias.length * sampleCount;
      inflate(left, count, roundingFactor(sampleCount + 1), adjoints[last]!, 0, adjointErrors[last]!);
      addRowSums(bias.length, sampleCount, left, gradientErrors, bias.offset);
    }
    return SLACK * Math.sqrt(kernels.dot(size, gradientErrors, 0, gradientErrors, 0));
  }

  function addWeightErrors(point: Float64Array, l: number): void {
    const { rows, cols, offset } = weights[l]!;
    const input = l === 0 ? point : activations[l - 1]!;
    const inputAt = l === 0 ? features.offset : 0;
    const errors = l === 0 ? undefined : activationErrors[l - 1]!;
    const length = cols * sampleCount;
    inflate(left, length, 1, input, inputAt, errors);
    kernels.multiplyByTranspose(
      rows, sampleCount, cols, adjointErrors[l]!, 0, left, 0, gradientErrors, offset, true,
    );
    inflate(left, length, roundingFactor(sampleCount + 1), input, inputAt, errors);
    inflate(right, rows * sampleCount, 1, adjoints[l]!, 0, undefined);
    kernels.multiplyByTranspose(rows, sampleCount, cols, right, 0, left, 0, gradientErrors, offset, true);
  }

  function addFeatureErrors(): void {
    const { rows, cols, offset } = weights[0]!;
    inflate(left, rows * sampleCount, roundingFactor(rows + 1), adjoints[0]!, 0, adjointErrors[0]!);
    kernels.transposeMultiply(
      cols, rows, sampleCount, magnitude, offset, left, 0, gradientErrors, features.offset, true,
    );
  }

  function value(point: Float64Array): number {
    forwardErrors(point);
    const residual = activations[last]!;
    const errors = activationErrors[last]!;
    let twice = 0;
    for (let k = 0; k < residual.length; k++) twice += errors[k]! * (2 * Math.abs(residual[k]!) + errors[k]!);
    // Each square also passes through the division by N or the product with λ, and the sum over blocks.
    const rest = blocks.length + 3;
    const depth = kernels.dotDepth(residual.length) + rest;
    twice += roundingFactor(depth) * kernels.dot(residual.length, residual, 0, residual, 0);
    twice /= sampleCount;
    for (let i = 0; i < blocks.length; i++) {
      const { offset, length } = blocks[i]!;
      const factor = ridge[i]! * roundingFactor(kernels.dotDepth(length) + rest);
      twice += factor * kernels.dot(length, point, offset, point, offset);
    }
    return SLACK * 0.5 * twice;
  }

  return { value, gradient, sensitivity };
}
