/** The rank of a rational matrix, by elimination. */
import type { ExactMatrix } from '../../exact/matrix.js';
import * as Q from '../../exact/rational.js';

export function exactRank({ rows, cols, entries }: ExactMatrix): number {
  let rest = Array.from({ length: rows }, (_, row) => entries.slice(row * cols, (row + 1) * cols));
  let rank = 0;
  for (let col = 0; col < cols && rest.length > 0; col++) {
    const at = rest.findIndex((row) => !Q.isZero(row[col]));
    if (at < 0) continue;
    const pivot = rest[at];
    rank += 1;
    rest = rest
      .filter((_, index) => index !== at)
      .map((row) => {
        const factor = Q.divide(row[col], pivot[col]);
        return Q.isZero(factor) ? row : row.map((x, k) => Q.subtract(x, Q.multiply(factor, pivot[k])));
      });
  }
  return rank;
}
