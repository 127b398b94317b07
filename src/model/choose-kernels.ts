/** Which kernels a model runs on, by its size. The choice changes no bit of any result. */
import { portableKernels, type Kernels } from './kernels.js';
import { createSimdKernels } from './simd/kernels.js';
import type { Layout } from './spec.js';

/** Multiplications in one product W_l A_{l−1} from which SIMD outruns its calls and copies. */
const WORTHWHILE = 4_000;

/** Vectors that the methods of descent keep for a model: 25 of L-BFGS, 4 of Newton's, 4 of plain descent. */
const DESCENT_VECTORS = 33;

/** SIMD kernels sized for the passes over this layout; the portable ones where those are as fast or SIMD is missing. */
export function kernelsFor({ blocks, weights, size, sampleCount }: Layout): Kernels {
  const heaviest = Math.max(...weights.map(({ length }) => length * sampleCount));
  if (heaviest < WORTHWHILE) return portableKernels;
  const layers = weights.map(({ rows }) => rows * sampleCount);
  const largest = Math.max(...blocks.map(({ length }) => length), ...layers);
  const longest = Math.max(sampleCount, ...blocks.flatMap(({ rows, cols }) => [rows, cols]));
  // Activations, adjoints and the tangents of both, and what the descents keep; each rounded up to two numbers.
  const arena = 4 * layers.reduce((sum, length) => sum + length + 1, 0) + DESCENT_VECTORS * (size + 1);
  return createSimdKernels(arena, largest, longest) ?? portableKernels;
}
