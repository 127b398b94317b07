/**
 * `Kernels` that run in WebAssembly SIMD: the bits of the portable ones, several times as fast.
 *
 * They hold a memory of fixed size, and belong to one model, with which it is collected. Workspaces that `allocate`
 * puts there are used where they lie; other operands of products are copied in, and other vectors are left to the
 * portable loops.
 */
import { portableKernels, type Kernels } from '../kernels.js';
import { createSimdMemory } from './memory.js';
import { createSimdProducts, productScratch } from './products.js';
import { createSimdVectors } from './vectors.js';

/**
 * Kernels with room for workspaces of `arena` numbers in all, and for products of matrices of at most `largest` entries
 * and `longest` rows or columns; larger products go to the portable kernels. Undefined where there is no SIMD, or no
 * memory of that size.
 */
export function createSimdKernels(arena: number, largest: number, longest: number): Kernels | undefined {
  const memory = createSimdMemory(arena + productScratch(largest, longest));
  if (memory === undefined) return undefined;
  return {
    dotDepth: portableKernels.dotDepth,
    ...createSimdProducts(memory, largest, longest),
    ...createSimdVectors(memory),
    allocate(length) {
      const at = memory.reserve(length);
      return at === undefined ? new Float64Array(length) : memory.all.subarray(at, at + length);
    },
  };
}
