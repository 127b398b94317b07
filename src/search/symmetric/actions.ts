/**
 * Sets on which a group acts: points, and orbits of subsets of points (pairs, blocks, corners of a cube, …). Two
 * actions of one group have orbits on pairs, which is where an invariant matrix is constant.
 */
import type { Permutation, PermutationGroup } from './groups.js';

/** A set of `size` elements with the image of each under every generator of the group. */
export interface Action {
  /** For people: `points`, `2-subsets`. */
  readonly name: string;
  readonly size: number;
  readonly generators: readonly Permutation[];
}

/** The orbits of a group on rows × columns. */
export interface PairOrbits {
  readonly rows: number;
  readonly cols: number;
  /** The orbit of (row, col) at row·cols + col. */
  readonly labels: Int32Array;
  /** How many pairs each orbit has. */
  readonly sizes: readonly number[];
  /** A pair of each orbit, as row·cols + col. */
  readonly representatives: readonly number[];
}

/** Subsets are enumerated up to this many, for each k. */
const MOST_SUBSETS = 20_000;

/**
 * The orbits of the group on the k-subsets of its points, 1 ≤ k ≤ m/2, that have at most `largest` elements. (A subset
 * and its complement are the same to the group.)
 */
export function subsetActions(group: PermutationGroup, largest: number): Action[] {
  const found: Action[] = [];
  for (let k = 1; 2 * k <= Math.max(2, group.degree); k++) {
    if (binomial(group.degree, k) > MOST_SUBSETS) break;
    const seen = new Set<string>();
    let inThisSize = 0;
    for (const start of subsets(group.degree, k)) {
      if (seen.has(start.join())) continue;
      const orbit = orbitOf(start, group.generators, seen);
      if (orbit.length > largest) continue;
      inThisSize += 1;
      const index = new Map(orbit.map((set, position) => [set.join(), position]));
      found.push({
        name: (k === 1 ? 'points' : `${k}-subsets`) + (inThisSize === 1 ? '' : `, orbit ${inThisSize}`),
        size: orbit.length,
        generators: group.generators.map((g) => orbit.map((set) => index.get(imageOf(set, g).join()) ?? 0)),
      });
    }
  }
  return found;
}

/** The elements of both, each moved as before. */
export const sumOf = (left: Action, right: Action): Action => ({
  name: `${left.name} + ${right.name}`,
  size: left.size + right.size,
  generators: left.generators.map((g, index) => [
    ...g,
    ...(right.generators[index] ?? []).map((k) => k + left.size),
  ]),
});

/** The orbits on pairs (row, col); those of an action with itself are the orbitals of the group. */
export function pairOrbits(rows: Action, cols: Action): PairOrbits {
  const labels = new Int32Array(rows.size * cols.size).fill(-1);
  const sizes: number[] = [];
  const representatives: number[] = [];
  const queue = new Int32Array(labels.length);
  for (let start = 0; start < labels.length; start++) {
    if (labels[start] !== -1) continue;
    const label = sizes.length;
    let end = 0;
    queue[end++] = start;
    labels[start] = label;
    for (let next = 0; next < end; next++) {
      const row = Math.floor(queue[next] / cols.size);
      const col = queue[next] % cols.size;
      for (let g = 0; g < rows.generators.length; g++) {
        const image = rows.generators[g][row] * cols.size + cols.generators[g][col];
        if (labels[image] !== -1) continue;
        labels[image] = label;
        queue[end++] = image;
      }
    }
    sizes.push(end);
    representatives.push(start);
  }
  return { rows: rows.size, cols: cols.size, labels, sizes, representatives };
}

const imageOf = (set: readonly number[], g: Permutation): number[] => set.map((k) => g[k]).sort((x, y) => x - y);

/** The orbit of a subset; every member is noted in `seen`. */
function orbitOf(start: readonly number[], generators: readonly Permutation[], seen: Set<string>): number[][] {
  const orbit = [[...start]];
  seen.add(start.join());
  for (let next = 0; next < orbit.length; next++) {
    for (const g of generators) {
      const image = imageOf(orbit[next], g);
      const key = image.join();
      if (seen.has(key)) continue;
      seen.add(key);
      orbit.push(image);
    }
  }
  return orbit;
}

function* subsets(m: number, k: number, from = 0): Generator<number[]> {
  if (k === 0) {
    yield [];
    return;
  }
  for (let first = from; first + k <= m; first++) {
    for (const rest of subsets(m, k - 1, first + 1)) yield [first, ...rest];
  }
}

const binomial = (m: number, k: number): number => {
  let result = 1;
  for (let i = 1; i <= k; i++) result = (result * (m - k + i)) / i;
  return result;
};
