/**
 * Collapsed points whose entries are tied: every block is a pattern of labels and one number for each label. A point
 * without symmetry has a label of its own in every entry; an invariant point has one for each orbit.
 */

export interface TiedBlock {
  readonly rows: number;
  readonly cols: number;
  /** The label of (row, col) at row·cols + col; −1 where the entry is always 0. */
  readonly labels: Int32Array;
  /** How many entries each label has. */
  readonly counts: Int32Array;
  readonly values: Float64Array;
}

/** W₁ (d × r) and the class means H̄ (r × K); the last layer is for others to choose. */
export interface TiedPoint {
  readonly K: number;
  readonly d: number;
  readonly W1: TiedBlock;
  readonly H1: TiedBlock;
}

export function tiedBlock(rows: number, cols: number, labels: Int32Array, values: Float64Array): TiedBlock {
  const counts = new Int32Array(values.length);
  for (const label of labels) if (label >= 0) counts[label] += 1;
  return { rows, cols, labels, counts, values };
}

/** A block whose entries are not tied; entries that are 0 to within `zero` stay 0 for good. */
export function freeBlock(rows: number, cols: number, entries: Float64Array, zero = 0): TiedBlock {
  const labels = new Int32Array(entries.length).fill(-1);
  const values: number[] = [];
  entries.forEach((entry, place) => {
    if (Math.abs(entry) <= zero) return;
    labels[place] = values.length;
    values.push(entry);
  });
  return tiedBlock(rows, cols, labels, Float64Array.from(values));
}

/** The block as a dense matrix. */
export function expand({ labels, values }: Pick<TiedBlock, 'labels' | 'values'>, out: Float64Array): Float64Array {
  for (let place = 0; place < labels.length; place++) out[place] = labels[place] < 0 ? 0 : values[labels[place]];
  return out;
}

/** The same pattern with other numbers. */
export const withValues = (block: TiedBlock, values: Float64Array): TiedBlock => ({ ...block, values });

/** ‖block‖². */
export const squaredNorm = ({ counts, values }: TiedBlock): number => {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += counts[k] * values[k] * values[k];
  return sum;
};
