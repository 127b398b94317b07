/** The vector loops of the SIMD kernels, for workspaces in the memory; others are left to the portable loops. */
import { portableKernels as portable, type Kernels } from '../kernels.js';
import type { SimdMemory } from './memory.js';

type VectorKernels = Pick<
  Kernels, 'dot' | 'axpy' | 'axpyDot' | 'scale' | 'addScaled' | 'moveTo' | 'rectify' | 'mask'
>;

/** Every function falls back unless all its vectors lie in the memory. */
export function createSimdVectors({ calls, buffer }: SimdMemory): VectorKernels {
  const dot = calls['dot']!, axpyDot = calls['axpyDot']!, addScaled = calls['addScaled']!, scale = calls['scale']!;
  const moveTo = calls['moveTo']!, rectify = calls['rectify']!, mask = calls['mask']!;
  const here = (x: Float64Array): boolean => x.buffer === buffer;
  const address = (x: Float64Array, at: number): number => x.byteOffset + 8 * at;

  return {
    dot: (length, x, xAt, y, yAt) =>
      here(x) && here(y) ? dot(length, address(x, xAt), address(y, yAt)) : portable.dot(length, x, xAt, y, yAt),
    axpy(length, alpha, x, xAt, y, yAt) {
      if (here(x) && here(y)) addScaled(length, address(y, yAt), alpha, address(x, xAt), address(y, yAt));
      else portable.axpy(length, alpha, x, xAt, y, yAt);
    },
    axpyDot: (length, alpha, x, xAt, y, yAt, z, zAt) =>
      here(x) && here(y) && here(z)
        ? axpyDot(length, alpha, address(x, xAt), address(y, yAt), address(z, zAt))
        : portable.axpyDot(length, alpha, x, xAt, y, yAt, z, zAt),
    scale(length, alpha, x, xAt, out, outAt) {
      if (here(x) && here(out)) scale(length, alpha, address(x, xAt), address(out, outAt));
      else portable.scale(length, alpha, x, xAt, out, outAt);
    },
    addScaled(length, x, alpha, y, out) {
      if (here(x) && here(y) && here(out)) addScaled(length, x.byteOffset, alpha, y.byteOffset, out.byteOffset);
      else portable.addScaled(length, x, alpha, y, out);
    },
    moveTo(length, x, next, difference) {
      if (here(x) && here(next) && here(difference)) {
        moveTo(length, x.byteOffset, next.byteOffset, difference.byteOffset);
      } else portable.moveTo(length, x, next, difference);
    },
    rectify(z) {
      if (here(z)) rectify(z.length, z.byteOffset);
      else portable.rectify(z);
    },
    mask(activation, values) {
      if (here(activation) && here(values)) mask(values.length, activation.byteOffset, values.byteOffset);
      else portable.mask(activation, values);
    },
  };
}
