/**
 * Fewer different numbers in a point on its grids: entries are set to 0, then to numbers that already occur, as long as
 * half of the margin is left. The grids stay; the last layer is rounded once more at the end.
 */
import type { CollapsedProblem } from '../collapsed/problem.js';
import { type GridPoint, costOf, roundLastLayer } from '../exact/rounding.js';
import { type TiedBlock, type TiedPoint, withValues } from '../tied.js';

const SHARE = 0.5;

export function simplifyEntries(problem: CollapsedProblem, start: GridPoint, level: number): GridPoint {
  const { K, d } = problem.instance;
  const cost = costOf(problem, start.W1.cols);
  const copy = (block: TiedBlock): TiedBlock => withValues(block, block.values.slice());
  const point: TiedPoint = { K, d, W1: copy(start.W1), H1: copy(start.H1) };
  const margin = (): number => level - cost.of(point);
  // What rounding the last layer has cost is needed again.
  const needed = margin() - SHARE * start.margin;
  for (const { values } of [point.W1, point.H1]) {
    const smallest = Array.from(values.keys()).sort((i, j) => Math.abs(values[i]) - Math.abs(values[j]));
    for (const k of smallest) {
      const old = values[k];
      if (old === 0) continue;
      values[k] = 0;
      if (margin() < needed) values[k] = old;
    }
  }
  for (const { values } of [point.W1, point.H1]) {
    for (let k = 0; k < values.length; k++) mergeValue([point.W1.values, point.H1.values], values, k, margin, needed);
  }
  const left = margin();
  const limit = Math.max(start.q2, start.q);
  const last = roundLastLayer(problem, cost.xOf(point), start.W2.labels, left, limit);
  return last === undefined
    ? start
    : { ...start, W1: point.W1, H1: point.H1, W2: last.W2, q2: last.q2, margin: last.margin };
}

/** Gives a number the size of the nearest other one, if that leaves fewer sizes and the margin allows it. */
function mergeValue(
  all: readonly Float64Array[],
  values: Float64Array,
  k: number,
  margin: () => number,
  needed: number,
): void {
  const old = values[k];
  const sizes = new Map<number, number>();
  for (const list of all) for (const x of list) sizes.set(Math.abs(x), (sizes.get(Math.abs(x)) ?? 0) + 1);
  const own = sizes.get(Math.abs(old)) ?? 0;
  const others = [...sizes]
    .filter(([size, count]) => size !== Math.abs(old) && size !== 0 && count >= own)
    .map(([size]) => size)
    .sort((x, y) => Math.abs(x - Math.abs(old)) - Math.abs(y - Math.abs(old)));
  for (const size of others.slice(0, 3)) {
    values[k] = Math.sign(old) * size;
    if (old !== 0 && margin() >= needed) return;
  }
  values[k] = old;
}
