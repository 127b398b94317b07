/** The reduced objective as a function of the numbers of a tied point, and descent in them. */
import { collapsedObjective } from './collapsed/objective.js';
import { type Objective, minimize } from './minimize.js';
import { type TiedBlock, type TiedPoint, expand, withValues } from './tied.js';

/** 2K f at μ, at points (values of W₁, values of H̄). */
function tiedObjective({ K, d, W1, H1 }: TiedPoint, mu: number): Objective {
  const dense = collapsedObjective(K, d, W1.cols, mu);
  const split = W1.rows * W1.cols;
  const point = new Float64Array(dense.size);
  const byEntry = new Float64Array(dense.size);
  const first = W1.values.length;
  const parts = [
    { block: W1, at: 0, entries: point.subarray(0, split), gradients: byEntry.subarray(0, split) },
    { block: H1, at: first, entries: point.subarray(split), gradients: byEntry.subarray(split) },
  ];
  return {
    size: first + H1.values.length,
    valueAndGradient(values, gradient) {
      for (const { block, at, entries } of parts) {
        expand({ labels: block.labels, values: values.subarray(at, at + block.values.length) }, entries);
      }
      const value = dense.valueAndGradient(point, byEntry);
      gradient.fill(0);
      for (const { block: { labels }, at, gradients } of parts) {
        for (let place = 0; place < labels.length; place++) {
          if (labels[place] >= 0) gradient[at + labels[place]] += gradients[place];
        }
      }
      return value;
    },
  };
}

/** Descends from the point in the numbers that it is made of. */
export function polishTied(point: TiedPoint, mu: number): { readonly point: TiedPoint; readonly value: number } {
  const split = point.W1.values.length;
  const start = new Float64Array(split + point.H1.values.length);
  start.set(point.W1.values);
  start.set(point.H1.values, split);
  const reached = minimize(tiedObjective(point, mu), start, { maximumIterations: 2000, decrease: 1e-13 });
  const part = (block: TiedBlock, from: number, to: number): TiedBlock =>
    withValues(block, reached.point.slice(from, to));
  return {
    value: reached.value,
    point: { ...point, W1: part(point.W1, 0, split), H1: part(point.H1, split, reached.point.length) },
  };
}
