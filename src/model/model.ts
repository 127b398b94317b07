/**
 * The objective of an unconstrained features model: value, gradient and Hessian–vector product.
 *
 *   f = 1/(2N)·‖W_L σ(… σ(W_1 H)) + b1ᵀ − Y‖² + Σ_l (λ_l/2)‖W_l‖² + (λ_H/2)‖H‖² + (λ_b/2)‖b‖²
 *
 * (THEORY.md section 0; gradients 1.4, 2.4, 3.4, 4.4). With G_L = E/N and G_{l−1} = D_{l−1} ∘ W_lᵀG_l, where
 * D = 1[Z > 0] for ReLU and 1 otherwise: ∇W_l = G_l A_{l−1}ᵀ + λ_l W_l, ∇H = W_1ᵀG_1 + λ_H H, ∇b = G_L 1 + λ_b b.
 */
import { UsageError } from '../errors.js';
import { backward, gradientFrom } from './backward.js';
import { kernelsFor } from './choose-kernels.js';
import { allocateLayers, forward } from './forward.js';
import { createHessianProduct } from './hessian.js';
import type { Kernels } from './kernels.js';
import { createRoundingBounds, type PatternChoice, type RoundingBounds } from './rounding.js';
import { layoutOf, type Block, type Layout, type ModelInstance, type ModelSpec } from './spec.js';

/**
 * An objective on flat points of `size` numbers.
 *
 * A model owns the workspaces that its functions write to, so that no call allocates: it is *not re-entrant* and not
 * to be shared between threads. Points are never modified, and nothing returned aliases a workspace.
 */
export interface Model {
  readonly spec: ModelSpec;
  readonly instance: ModelInstance;
  readonly layout: Layout;
  readonly kernels: Kernels;
  readonly blocks: readonly Block[];
  /** Number of unknowns. */
  readonly size: number;
  /** N. */
  readonly sampleCount: number;
  /** Class of each sample column. */
  readonly labels: Int32Array;
  /** The block of that name. @throws UsageError when there is none. */
  block(name: string): Block;
  /** The entries of a block as a live view into `point`, row-major. @throws UsageError when there is no such block. */
  view(point: Float64Array, name: string): Float64Array;
  /** f(point); the same bits as `valueAndGradient` returns. */
  value(point: Float64Array): number;
  /** f(point); writes ∇f(point) to `gradientOut`. For ReLU the gradient of the piece given by the mask Z > 0. */
  valueAndGradient(point: Float64Array, gradientOut: Float64Array): number;
  /** Writes ∇²f(point)·direction to `out`, on the smooth piece of the mask Z > 0. No argument may alias another. */
  hessianVector(point: Float64Array, direction: Float64Array, out: Float64Array): void;
  /** A rigorous bound on |fl(f) − f| at this point; see `rounding.ts`. */
  valueRoundingError(point: Float64Array): number;
  /** A rigorous bound on ‖fl(∇f) − ∇f‖₂ at this point; see `rounding.ts`. */
  gradientRoundingError(point: Float64Array, pattern?: PatternChoice): number;
  /**
   * A bound on ‖∇f(point + δ) − ∇f(point)‖₂ over all δ whose entries are at most `relative` times the Frobenius norm
   * of their block; see `rounding.ts`. With the pattern `computed`, of the gradient's formulas with the mask as it is.
   */
  gradientSensitivity(point: Float64Array, relative: number, pattern?: PatternChoice): number;
}

/**
 * Builds the objective of an instance.
 *
 * @throws UsageError when the instance is not well formed (see `layoutOf`).
 */
export function createModel(instance: ModelInstance, chosen?: Kernels): Model {
  const layout = layoutOf(instance);
  const kernels = chosen ?? kernelsFor(layout);
  const { blocks, size, sampleCount, labels } = layout;
  const byName = new Map(blocks.map((block) => [block.name, block]));
  const activations = allocateLayers(layout, kernels.allocate);
  const adjoints = allocateLayers(layout, kernels.allocate);
  let hessian: ReturnType<typeof createHessianProduct> | undefined;
  let bounds: RoundingBounds | undefined;

  function block(name: string): Block {
    const found = byName.get(name);
    if (found === undefined) {
      throw new UsageError(`The model has no block '${name}'.`, `Its blocks are ${[...byName.keys()].join(', ')}.`);
    }
    return found;
  }

  function value(point: Float64Array): number {
    forward(layout, kernels, point, activations);
    return valueOf(layout, kernels, point, activations.at(-1)!);
  }

  return {
    spec: instance.spec, instance, layout, kernels, blocks, size, sampleCount, labels, block, value,
    view(point, name) {
      const { offset, length } = block(name);
      return point.subarray(offset, offset + length);
    },
    valueAndGradient(point, gradientOut) {
      const result = value(point);
      backward(layout, kernels, point, activations, adjoints);
      gradientFrom(layout, kernels, point, activations, adjoints, gradientOut);
      return result;
    },
    hessianVector(point, direction, out) {
      forward(layout, kernels, point, activations);
      backward(layout, kernels, point, activations, adjoints);
      hessian ??= createHessianProduct(layout, kernels);
      hessian(point, direction, activations, adjoints, out);
    },
    valueRoundingError(point) {
      return (bounds ??= createRoundingBounds(layout, kernels)).value(point);
    },
    gradientRoundingError(point, pattern = 'any') {
      return (bounds ??= createRoundingBounds(layout, kernels)).gradient(point, pattern);
    },
    gradientSensitivity(point, relative, pattern = 'any') {
      return (bounds ??= createRoundingBounds(layout, kernels)).sensitivity(point, relative, pattern === 'any');
    },
  };
}

/** f from the residual: (‖E‖²/N + Σ λ_B ‖B‖²)/2, blocks in order. */
function valueOf(layout: Layout, kernels: Kernels, point: Float64Array, residual: Float64Array): number {
  let twice = kernels.dot(residual.length, residual, 0, residual, 0) / layout.sampleCount;
  for (let i = 0; i < layout.blocks.length; i++) {
    const { offset, length } = layout.blocks[i]!;
    twice += layout.ridge[i]! * kernels.dot(length, point, offset, point, offset);
  }
  return 0.5 * twice;
}
