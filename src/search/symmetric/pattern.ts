/**
 * A pattern: one group acting on classes and on units. Its best invariant points are sought with a few starts in a few
 * unknowns; a direct sum with one-class frames carries them to more classes.
 */
import { bestFrame } from '../collapsed/frame.js';
import { minimize } from '../minimize.js';
import type { Stream } from '../../numeric/random.js';
import { type TiedPoint, tiedBlock } from '../tied.js';
import type { Action } from './actions.js';
import { type OrbitAlgebra, orbitAlgebra } from './algebra.js';
import { invariantObjective } from './objective.js';

export interface Pattern {
  /** The group and what it acts on, for people. */
  readonly name: string;
  readonly algebra: OrbitAlgebra;
}

export const patternOf = (group: string, units: Action, classes: Action): Pattern => ({
  name: `${group} on ${classes.name} as classes and ${units.name} as units`,
  algebra: orbitAlgebra(units, classes),
});

/** The least value found, how far below as many frames it is, and where. */
export interface PatternBest {
  /** C·φ* − 2K f, summed over the C classes of the pattern: positive where the pattern beats the frame. */
  readonly margin: number;
  /** The invariant W on the orbits of units × classes, then H on those of classes × classes. */
  readonly point: Float64Array;
}

/** The best of `starts` descents at μ. */
export function searchPattern({ algebra }: Pattern, mu: number, starts: number, stream: Stream): PatternBest {
  const objective = invariantObjective(algebra, mu);
  const frame = algebra.classes.size * bestFrame(mu).value;
  let best: PatternBest = { margin: -Infinity, point: new Float64Array(objective.size) };
  for (let index = 0; index < starts; index++) {
    const start = startOf(algebra, index, stream);
    const { value, point } = minimize(objective, start, { maximumIterations: 200, decrease: 1e-7 });
    if (frame - value > best.margin) best = { margin: frame - value, point };
  }
  return best;
}

/** Normal numbers, or a normal W with H near a multiple of the identity; about one in four finds what there is. */
function startOf({ mixed, unit }: OrbitAlgebra, index: number, stream: Stream): Float64Array {
  const start = stream.fillNormal(new Float64Array(mixed.sizes.length + unit.length), index % 2 === 0 ? 1 : 0.5);
  if (index % 2 === 0) return start;
  unit.forEach((entry, k) => {
    const place = mixed.sizes.length + k;
    start[place] = entry > 0 ? 0.8 : 0.2 * start[place];
  });
  return start;
}

/** Descends further from an invariant point, perhaps at another μ. */
export function polishPattern({ algebra }: Pattern, mu: number, start: Float64Array): PatternBest {
  const { value, point } = minimize(invariantObjective(algebra, mu), start, { decrease: 1e-14 });
  return { margin: algebra.classes.size * bestFrame(mu).value - value, point };
}

/**
 * The invariant point as one of K classes and d units: units and classes that the pattern leaves over are paired off,
 * one unit for each class, with the amplitude of the frame. Needs d − (units) ≥ K − (classes) ≥ 0.
 */
export function placePattern({ algebra }: Pattern, point: Float64Array, mu: number, K: number, d: number): TiedPoint {
  const { mixed, inner, classes, units } = algebra;
  const p = mixed.sizes.length;
  const r = inner.sizes.length;
  const alone = K - classes.size;
  const side = Math.sqrt(bestFrame(mu).amplitude);
  const blockOf = (rows: number, from: Int32Array, fromRows: number, labelsOf: number, values: Float64Array) => {
    const labels = new Int32Array(rows * K).fill(-1);
    for (let row = 0; row < fromRows; row++) {
      for (let col = 0; col < classes.size; col++) labels[row * K + col] = from[row * classes.size + col];
    }
    for (let k = 0; k < alone; k++) labels[(fromRows + k) * K + classes.size + k] = labelsOf;
    return tiedBlock(rows, K, labels, alone > 0 ? Float64Array.of(...values, side) : values);
  };
  return {
    K,
    d,
    W1: blockOf(d, mixed.labels, units.size, p, point.slice(0, p)),
    H1: blockOf(K, inner.labels, classes.size, r, point.slice(p)),
  };
}
