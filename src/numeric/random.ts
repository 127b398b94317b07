/** Seeded randomness: a stream is a function of its key alone, whoever asks and in whatever order. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface Stream {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform on the integers lo…hi. */
  integer(lo: number, hi: number): number;
  /** Fills the array with normals of the given standard deviation. */
  fillNormal(array: Float64Array, scale: number): Float64Array;
}

/** FNV-1a: 32 bits from the text of the key. */
const hash = (text: string): number => {
  let state = 0x811c9dc5;
  for (let k = 0; k < text.length; k++) {
    state ^= text.charCodeAt(k);
    state = Math.imul(state, 0x01000193);
  }
  return state | 0;
};

/** The stream of a key: `createStream(seed, 'start', 3)`. */
export const createStream = (...key: readonly (string | number)[]): Stream => {
  const generator = xoroshiro128plus(hash(JSON.stringify(key)));
  const uniform = (): number => uniformFloat64(generator);
  let spare: number | undefined;
  // Marsaglia's polar method: two normals from one pair of uniforms in the unit disc.
  const normal = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) {
        const factor = Math.sqrt((-2 * Math.log(square)) / square);
        spare = y * factor;
        return x * factor;
      }
    }
  };
  return {
    uniform,
    normal,
    integer: (lo, hi) => uniformInt(generator, lo, hi),
    fillNormal: (array, scale) => {
      for (let k = 0; k < array.length; k++) array[k] = scale * normal();
      return array;
    },
  };
};
