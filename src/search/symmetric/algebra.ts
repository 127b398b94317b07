/**
 * The orbit algebra of a group that permutes K classes and d units, and the reduced objective on its invariant points.
 *
 * An invariant matrix is a combination of 0–1 matrices, one for each orbit on pairs. Products of such matrices are
 * combinations again, and the coefficients are counted at one representative of each orbit. For a symmetric invariant
 * K × K matrix M let L be multiplication by M on the algebra of all invariant K × K matrices, in the basis of orbits
 * scaled to norm 1: a symmetric matrix as large as there are orbits of classes × classes. Then tr g(M) = eᵀ g(L) e with
 * e the coordinates of I, whatever the group: nothing of size K is ever decomposed.
 */
import type { Action, PairOrbits } from './actions.js';
import { pairOrbits } from './actions.js';

/** Products of basis matrices: (left_i · right_j) has the coefficient `count` at orbit k. */
interface Products {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly result: Int32Array;
  readonly count: Float64Array;
}

export interface OrbitAlgebra {
  readonly classes: Action;
  readonly units: Action;
  /** Orbits on units × classes: where W₁ (units × classes) and X are constant. */
  readonly mixed: PairOrbits;
  /** Orbits on classes × classes: where H and XᵀX are constant. */
  readonly inner: PairOrbits;
  /** W H for W on `mixed`, H on `inner`. */
  readonly preActivation: Products;
  /** AᵀB for A, B on `mixed`. */
  readonly gram: Products;
  /** M N for M, N on `inner`. */
  readonly multiplication: Products;
  /** Coordinates of I in the normalised basis of `inner`. */
  readonly unit: Float64Array;
}

export function orbitAlgebra(units: Action, classes: Action): OrbitAlgebra {
  const mixed = pairOrbits(units, classes);
  const inner = pairOrbits(classes, classes);
  const K = classes.size;
  const d = units.size;
  const unit = new Float64Array(inner.sizes.length);
  for (let k = 0; k < K; k++) unit[inner.labels[k * K + k]] = Math.sqrt(inner.sizes[inner.labels[k * K + k]]);
  return {
    classes,
    units,
    mixed,
    inner,
    unit,
    preActivation: countProducts(mixed, K, (at, k) => {
      const row = Math.floor(at / K);
      return [mixed.labels[row * K + k], inner.labels[k * K + (at % K)]];
    }),
    gram: countProducts(inner, d, (at, u) => [
      mixed.labels[u * K + Math.floor(at / K)],
      mixed.labels[u * K + (at % K)],
    ]),
    multiplication: countProducts(inner, K, (at, k) => [
      inner.labels[Math.floor(at / K) * K + k],
      inner.labels[k * K + (at % K)],
    ]),
  };
}

/** Counts, at a representative of each orbit, the pairs of factors over `middles` places between. */
function countProducts(
  orbits: PairOrbits,
  middles: number,
  factors: (at: number, middle: number) => readonly [number, number],
): Products {
  const left: number[] = [];
  const right: number[] = [];
  const result: number[] = [];
  const count: number[] = [];
  for (const [orbit, at] of orbits.representatives.entries()) {
    const found = new Map<string, number>();
    for (let middle = 0; middle < middles; middle++) {
      const [i, j] = factors(at, middle);
      const key = `${i} ${j}`;
      const place = found.get(key);
      if (place === undefined) {
        found.set(key, count.length);
        left.push(i);
        right.push(j);
        result.push(orbit);
        count.push(1);
      } else count[place] += 1;
    }
  }
  return {
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    result: Int32Array.from(result),
    count: Float64Array.from(count),
  };
}
