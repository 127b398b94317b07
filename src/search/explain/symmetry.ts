/** How many permutations of the classes, each with a suitable permutation of the units, leave a matrix as it is. */
import type { ExactMatrix } from '../../exact/matrix.js';
import { format } from '../../exact/rational.js';

/** Factorials beyond this are not gone through. */
const MOST_CLASSES = 7;

/** The number of such permutations of the columns; undefined for more than seven columns. */
export function columnSymmetries({ rows, cols, entries }: ExactMatrix): number | undefined {
  if (cols > MOST_CLASSES) return undefined;
  const text = Array.from({ length: rows }, (_, row) => entries.slice(row * cols, (row + 1) * cols).map(format));
  const rowsOf = (order: readonly number[]): string =>
    text
      .map((row) => order.map((k) => row[k]).join(' '))
      .sort()
      .join('\n');
  const plain = rowsOf(Array.from({ length: cols }, (_, k) => k));
  let count = 0;
  for (const order of permutations(cols)) if (rowsOf(order) === plain) count += 1;
  return count;
}

function* permutations(size: number, taken: readonly number[] = []): Generator<readonly number[]> {
  if (taken.length === size) yield taken;
  for (let k = 0; k < size; k++) if (!taken.includes(k)) yield* permutations(size, [...taken, k]);
}
