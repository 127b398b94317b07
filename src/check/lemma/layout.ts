/** The free matrices of a lemma at an instance, as one flat array. */
import { dimensionSizes } from '../../theorem/evaluate-exact.js';
import type { DenseMatrix } from '../../theorem/evaluate-numeric.js';
import type { Instance } from '../../theorem/instance.js';
import type { Lemma } from '../../theorem/lemma/contract.js';

/** A matrix of the lemma, row-major at `offset`. */
export interface Slot {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  readonly offset: number;
  /** The names of its dimensions. */
  readonly shape: { readonly rows: string; readonly cols: string };
}

export interface LemmaLayout {
  readonly slots: readonly Slot[];
  readonly size: number;
}

export const lemmaLayout = ({ matrices }: Lemma, instance: Instance): LemmaLayout => {
  const sizes = dimensionSizes(instance);
  let size = 0;
  const slots = matrices.map(({ name, rows, cols }): Slot => {
    const slot = { name, rows: sizes(rows), cols: sizes(cols), offset: size, shape: { rows, cols } };
    size += slot.rows * slot.cols;
    return slot;
  });
  return { slots, size };
};

/** The matrices of a point, by name; views, not copies. */
export const matricesAt = ({ slots }: LemmaLayout, point: Float64Array): ReadonlyMap<string, DenseMatrix> =>
  new Map(
    slots.map(({ name, rows, cols, offset }): [string, DenseMatrix] => [
      name,
      { rows, cols, data: point.subarray(offset, offset + rows * cols) },
    ]),
  );
