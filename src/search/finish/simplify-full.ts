/**
 * Fewer different numbers in a point of the full model whose entries are multiples of 1/q: entries are set to 0, then to
 * the size of others, as long as the value stays low enough.
 */

/** Beyond so many unknowns trying them one by one costs more than it tells. */
const MOST_UNKNOWNS = 400;

/** Changes the point in place; `value` may be called about four times for each entry. */
export function simplifyPoint(point: Float64Array, most: number, value: (point: Float64Array) => number): void {
  if (point.length > MOST_UNKNOWNS) return;
  const tried = (k: number, entry: number): boolean => {
    const old = point[k];
    point[k] = entry;
    if (value(point) <= most) return true;
    point[k] = old;
    return false;
  };
  const bySize = Array.from(point.keys()).sort((i, j) => Math.abs(point[i]) - Math.abs(point[j]) || i - j);
  for (const k of bySize) if (point[k] !== 0) tried(k, 0);
  for (const k of bySize) {
    const old = Math.abs(point[k]);
    if (old === 0) continue;
    const counts = new Map<number, number>();
    for (const x of point) counts.set(Math.abs(x), (counts.get(Math.abs(x)) ?? 0) + 1);
    const others = [...counts]
      .filter(([size, count]) => size !== old && size !== 0 && count >= (counts.get(old) ?? 0))
      .map(([size]) => size)
      .sort((x, y) => Math.abs(x - old) - Math.abs(y - old));
    for (const size of others.slice(0, 3)) if (tried(k, Math.sign(point[k]) * size)) break;
  }
}
