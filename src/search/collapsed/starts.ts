/** Starts of the random hunt in the reduced model: many kinds, each a function of its stream alone. */
import type { Stream } from '../../numeric/random.js';

interface StartKind {
  readonly name: string;
  /** Fills W (d × r) and H (r × K), in this order. */
  readonly fill: (point: Float64Array, sizes: FactorSizes, stream: Stream) => void;
}

interface FactorSizes {
  readonly K: number;
  readonly d: number;
  readonly r: number;
}

const normal = (scale: number): StartKind => ({
  name: `normal, scale ${scale}`,
  fill: (point, _, stream) => void stream.fillNormal(point, scale),
});

const STARTS: readonly StartKind[] = [
  normal(0.6),
  normal(0.3),
  normal(1),
  {
    name: 'entries −1, 0, 1',
    fill: (point, _, stream) => {
      for (let k = 0; k < point.length; k++) point[k] = stream.integer(-1, 1);
    },
  },
  {
    name: 'near a frame',
    fill: (point, { K, d, r }, stream) => {
      stream.fillNormal(point, 0.3);
      for (let k = 0; k < Math.min(K, d, r); k++) {
        point[k * r + k] += 1;
        point[d * r + k * K + k] += 1;
      }
    },
  },
  {
    name: 'points on a circle',
    fill: (point, { K, d, r }, stream) => {
      stream.fillNormal(point, 0.2);
      const [phase, turns] = [stream.uniform(), stream.integer(1, Math.max(1, Math.floor(K / 2)))];
      for (let u = 0; u < d; u++) {
        point[u * r] += Math.cos((2 * Math.PI * (turns * u + phase)) / K);
        if (r > 1) point[u * r + 1] += Math.sin((2 * Math.PI * (turns * u + phase)) / K);
      }
      for (let k = 0; k < K; k++) {
        point[d * r + k] += Math.cos((2 * Math.PI * turns * k) / K);
        if (r > 1) point[d * r + K + k] += Math.sin((2 * Math.PI * turns * k) / K);
      }
    },
  },
];

/** How many kinds of starts there are. */
export const START_KINDS = STARTS.length;

/** Fills the point with a start of the kind with this number, and says which kind that is. */
export function fillStart(kind: number, point: Float64Array, sizes: FactorSizes, stream: Stream): string {
  const { name, fill } = STARTS[kind % STARTS.length];
  fill(point, sizes, stream);
  return name;
}
