/**
 * From a floating-point violation to one in small fractions: all entries of W₁ and H̄ multiples of 1/q and those of
 * W₂ of 1/q₂, with q and q₂ as small as the violation allows. Each rounding is followed by descent on the grid, one
 * step of 1/q in one number at a time, as rounding alone may push an activation across its kink.
 */
import { bestLastLayer, lossOfBestLastLayer, multiplyInto } from '../collapsed/objective.js';
import type { CollapsedProblem } from '../collapsed/problem.js';
import { type TiedBlock, type TiedPoint, expand, squaredNorm, tiedBlock, withValues } from '../tied.js';

/** A point on two grids. The values of the blocks are the doubles next to the fractions. */
export interface GridPoint {
  readonly W2: TiedBlock;
  readonly W1: TiedBlock;
  readonly H1: TiedBlock;
  /** Entries of W₁ and H̄ are multiples of 1/q, those of W₂ of 1/q₂. */
  readonly q: number;
  readonly q2: number;
  /** level − 2K f, computed in doubles. */
  readonly margin: number;
}

/** Numerators and denominators keep to four digits as long as entries stay below 10. */
const LARGEST_DENOMINATOR = 999;
const PASSES = 6;
/** Where one pass costs more multiplications than this, finer grids are cheaper than steps on coarse ones. */
const MOST_WORK = 3_000_000;
const passesFor = (work: number): number => (work > MOST_WORK ? 0 : PASSES);
/** Of 2K f for each class: what doubles cannot tell from 0. Exact arithmetic decides afterwards. */
const NOISE = 1e-10;

/** What W₁ and H̄ cost, with the best last layer. */
export interface Cost {
  readonly xOf: (point: TiedPoint) => Float64Array;
  readonly of: (point: TiedPoint) => number;
}

export function costOf({ c2, c1, cH, instance: { K, d } }: CollapsedProblem, inner: number): Cost {
  const w = new Float64Array(d * inner);
  const h = new Float64Array(inner * K);
  const x = new Float64Array(d * K);
  const work = new Float64Array(K * K);
  const xOf = ({ W1, H1 }: TiedPoint): Float64Array => {
    multiplyInto(x, d, inner, K, expand(W1, w), 0, expand(H1, h), 0);
    return x;
  };
  return {
    xOf,
    of: (point) =>
      lossOfBestLastLayer(K, d, xOf(point), c2, work) + c1 * squaredNorm(point.W1) + cH * squaredNorm(point.H1),
  };
}

/** A rounded point keeps this share of the margin: one that holds by a hair has shorter fractions and shows less. */
const KEPT = 0.1;

/**
 * The point on the coarsest grids at which 2K f stays below `level` by a tenth of the margin; undefined where none up
 * to denominators of three digits does.
 */
export function roundToGrid(
  problem: CollapsedProblem,
  point: TiedPoint,
  lastLayer: Int32Array,
  level: number,
  most = LARGEST_DENOMINATOR,
): GridPoint | undefined {
  const cost = costOf(problem, point.W1.cols);
  let best: GridPoint | undefined;
  const reserve = Math.max(NOISE * problem.instance.K, KEPT * (level - cost.of(point)));
  for (let q = 1; q <= most; q = nextDenominator(q)) {
    if (best !== undefined && q >= Math.max(best.q, best.q2)) break;
    const rounded = descendOnGrid(cost, onGrid(point, q), q);
    const margin = level - cost.of(rounded) - reserve;
    if (!(margin > 0)) continue;
    const limit = best === undefined ? most : Math.max(best.q, best.q2) - 1;
    const last = roundLastLayer(problem, cost.xOf(rounded), lastLayer, margin, limit);
    if (last === undefined) continue;
    best = { W2: last.W2, W1: rounded.W1, H1: rounded.H1, q, q2: last.q2, margin: last.margin + reserve };
  }
  return best;
}

/** Every denominator up to 60, then coarser steps: the cost of a fraction is its length. */
const nextDenominator = (q: number): number => (q < 60 ? q + 1 : Math.ceil(q * 1.2));

const onGrid = (point: TiedPoint, q: number): TiedPoint => {
  const round = (block: TiedBlock): TiedBlock => withValues(block, block.values.map((x) => Math.round(x * q) / q));
  return { ...point, W1: round(point.W1), H1: round(point.H1) };
};

/** Steps of 1/q in single numbers as long as they lower the cost. */
function descendOnGrid(cost: Cost, start: TiedPoint, q: number): TiedPoint {
  const W1 = withValues(start.W1, start.W1.values.slice());
  const H1 = withValues(start.H1, start.H1.values.slice());
  const point = { ...start, W1, H1 };
  let value = cost.of(point);
  const { K, d } = start;
  const passes = passesFor((W1.values.length + H1.values.length) * K * K * (K + d));
  for (let pass = 0; pass < passes; pass++) {
    let improved = false;
    for (const { values } of [W1, H1]) {
      for (let k = 0; k < values.length; k++) {
        const old = values[k];
        for (const step of [1, -1]) {
          values[k] = Math.round(old * q + step) / q;
          const next = cost.of(point);
          if (next < value - 1e-13) {
            value = next;
            improved = true;
            break;
          }
          values[k] = old;
        }
      }
    }
    if (!improved) break;
  }
  return point;
}

/**
 * The last layer on the coarsest grid that costs less than `margin`; `labels` ties its entries (K × d). The loss over
 * the best last layer W* is tr (W₂ − W*)(AAᵀ + c₂I)(W₂ − W*)ᵀ.
 */
export function roundLastLayer(
  { c2, instance: { K, d } }: CollapsedProblem,
  x: Float64Array,
  labels: Int32Array,
  margin: number,
  limit: number,
): { readonly W2: TiedBlock; readonly q2: number; readonly margin: number } | undefined {
  const best = bestLastLayer(K, d, x, c2);
  const size = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  const sums = new Float64Array(size);
  const ideal = tiedBlock(K, d, labels, sums);
  labels.forEach((label, place) => {
    if (label >= 0) sums[label] += best[place] / ideal.counts[label];
  });
  const metric = new Float64Array(d * d);
  for (let u = 0; u < d; u++) {
    for (let v = 0; v < d; v++) {
      let sum = u === v ? c2 : 0;
      for (let k = 0; k < K; k++) sum += Math.max(0, x[u * K + k]) * Math.max(0, x[v * K + k]);
      metric[u * d + v] = sum;
    }
  }
  const entries = new Float64Array(K * d);
  const loss = (values: Float64Array): number => {
    expand({ labels, values }, entries);
    for (let place = 0; place < entries.length; place++) entries[place] -= best[place];
    return quadratic(K, d, entries, metric);
  };
  const passes = passesFor(size * K * d * d);
  for (let q2 = 1; q2 <= limit; q2 = nextDenominator(q2)) {
    const values = ideal.values.map((value) => Math.round(value * q2) / q2);
    let reached = loss(values);
    for (let pass = 0; pass < passes && reached >= margin; pass++) {
      const before = reached;
      for (let k = 0; k < size; k++) {
        const old = values[k];
        values[k] = Math.round(old * q2 + Math.sign(ideal.values[k] - old)) / q2;
        const next = loss(values);
        if (next < reached) reached = next;
        else values[k] = old;
      }
      if (!(reached < before)) break;
    }
    if (reached < margin) return { W2: withValues(ideal, values), q2, margin: margin - reached };
  }
  return undefined;
}

/** tr E M Eᵀ for E of shape rows × size. */
function quadratic(rows: number, size: number, e: Float64Array, m: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    for (let u = 0; u < size; u++) {
      const left = e[i * size + u];
      if (left === 0) continue;
      let row = 0;
      for (let v = 0; v < size; v++) row += m[u * size + v] * e[i * size + v];
      sum += left * row;
    }
  }
  return sum;
}
