/** Which class each sample belongs to, and the order that puts samples of a class side by side. */
import { UsageError } from '../../errors.js';
import type { NumericArray } from './array.js';

export interface Labels {
  readonly K: number;
  /** Samples of each class. */
  readonly n: number;
  /** For each class-major position the sample that belongs there. */
  readonly order: readonly number[];
}

/**
 * Labels are consecutive whole numbers, from 0 or any other number on: the first row of the last weights belongs to the
 * smallest.
 *
 * @throws UsageError for anything else, and for classes of different sizes, of which no theorem here speaks
 */
export const readLabels = ({ shape, data }: NumericArray): Labels => {
  const hint = 'One whole number for each sample, such as 0, 0, 1, 1.';
  if (shape.filter((side) => side !== 1).length > 1 || data.length === 0) {
    const oneHot = shape.length === 2 ? ' Of one-hot rows: y.argmax(1).' : '';
    throw new UsageError(`the labels y have the shape ${shape.join(' × ')}`, `${hint}${oneHot}`);
  }
  const other = data.find((x) => !Number.isSafeInteger(x));
  if (other !== undefined) throw new UsageError(`a label is ${other}, which is no whole number`, hint);
  const [least, most] = [data.reduce((x, y) => Math.min(x, y)), data.reduce((x, y) => Math.max(x, y))];
  const K = most - least + 1;
  const counts = new Map<number, number>();
  for (const label of data) counts.set(label, (counts.get(label) ?? 0) + 1);
  if (counts.size !== K) throw new UsageError(`the labels go from ${least} to ${most}, but not all occur`, hint);
  const sizes = [...counts].sort(([x], [y]) => x - y).map(([, count]) => count);
  const [n = 0] = sizes;
  if (sizes.some((size) => size !== n)) {
    const listed = sizes.length <= 12 ? sizes.join(', ') : `${Math.min(...sizes)} to ${Math.max(...sizes)}`;
    throw new UsageError(`the classes have ${listed} samples`, 'The theorems speak of classes of one size.');
  }
  const order = Array.from(data, (_, index) => index).sort((x, y) => (data[x] ?? 0) - (data[y] ?? 0) || x - y);
  return { K, n, order };
};
