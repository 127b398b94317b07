/**
 * Seeded draws. A stream is a function of its key alone: the same key gives the same numbers on any machine, in any
 * order of work and with any number of workers, and different keys give unrelated streams.
 *
 * The generator is xoroshiro128+ of pure-rand, its 128 bits of state filled by hashing the key.
 */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { InternalError } from '../errors.js';

/** A sequence of draws; each call advances it. */
export interface Stream {
  /** Uniform on [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform on the integers lo … hi, both included. @throws InternalError unless lo ≤ hi are safe integers. */
  integer(lo: number, hi: number): number;
  /** Fills `array` with independent normal draws of standard deviation `scale`, and returns it. */
  fillNormal(array: Float64Array, scale: number): Float64Array;
}

/**
 * The stream of a key such as `(seed, 'descents', 17)`. Numbers and strings are told apart: 1 is not '1'.
 *
 * @throws InternalError when a number in the key is not finite.
 */
export function createStream(...key: readonly (string | number)[]): Stream {
  const generator = xoroshiro128plusFromState(stateOf(key));
  let spare: number | undefined;

  const uniform = (): number => uniformFloat64(generator);

  /** Marsaglia's polar method: needs log and sqrt only, and gives two draws for each accepted pair. */
  function normal(): number {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * factor;
      return x * factor;
    }
  }

  return {
    uniform,
    normal,
    integer(lo, hi) {
      if (!Number.isSafeInteger(lo) || !Number.isSafeInteger(hi) || lo > hi) {
        throw new InternalError(`Cannot draw an integer from ${lo} to ${hi}.`);
      }
      return uniformInt(generator, lo, hi);
    },
    fillNormal(array, scale) {
      for (let k = 0; k < array.length; k++) array[k] = scale * normal();
      return array;
    },
  };
}

/** Four 32-bit words from the key: four differently seeded passes of a multiply–xor hash, each finished as murmur3. */
function stateOf(key: readonly (string | number)[]): readonly number[] {
  for (const part of key) {
    if (typeof part === 'number' && !Number.isFinite(part)) {
      throw new InternalError(`A stream cannot be keyed by ${part}.`);
    }
  }
  const text = JSON.stringify(key);
  const words = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6a09e667].map((seed) => hashOf(text, seed));
  // All zeros is the one state that the generator cannot leave.
  return words.every((word) => word === 0) ? [1, 0, 0, 0] : words;
}

function hashOf(text: string, seed: number): number {
  let hash = seed;
  for (let k = 0; k < text.length; k++) {
    hash = Math.imul(hash ^ text.charCodeAt(k), 0x85ebca6b);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0x38495ab5) | 0;
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
