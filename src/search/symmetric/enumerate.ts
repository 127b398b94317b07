/**
 * Which groups are tried at a size, and their patterns: made from K and d, smallest degree first, with no list of
 * patterns anywhere.
 */
import { type Action, pairOrbits, subsetActions, sumOf } from './actions.js';
import {
  type PermutationGroup,
  affine,
  cyclic,
  dihedral,
  isPrime,
  product,
  projective,
  symmetric,
  wreath,
} from './groups.js';
import { type Pattern, patternOf } from './pattern.js';

/** Cyclic groups have as many orbits as points, dihedral ones half as many: beyond these the unknowns are too many. */
const LARGEST_CYCLIC = 8;
const LARGEST_DIHEDRAL = 16;
const LARGEST_COMPOSITE = 24;
const LARGEST_PRIME = 31;

/** The groups for patterns of at most `size` classes and units, in the order in which they are tried. */
export function groupsFor(size: number): PermutationGroup[] {
  const groups: PermutationGroup[] = [];
  for (let m = 2; m <= size; m++) {
    groups.push(symmetric(m));
    if (m > 2 && m <= LARGEST_DIHEDRAL) groups.push(dihedral(m));
    if (m > 3 && m <= LARGEST_CYCLIC) groups.push(cyclic(m));
    if (m > 4 && m <= LARGEST_PRIME && isPrime(m)) groups.push(affine(m, false), affine(m, true));
    if (m > 5 && m <= LARGEST_PRIME + 1 && isPrime(m - 1)) groups.push(projective(m - 1));
    if (m > LARGEST_COMPOSITE) continue;
    for (let a = 2; 2 * a <= m; a++) {
      if (m % a === 0) groups.push(wreath(symmetric(a), symmetric(m / a)));
      if (a > 1 && a < m - a && a * (m - a) <= size) groups.push(product(symmetric(a), symmetric(m - a)));
    }
  }
  return groups;
}

/** Orbits on units × classes and on classes × classes together: the number of unknowns. */
const MOST_UNKNOWNS = 9;
const MOST_UNKNOWNS_OF_SUMS = 8;

/**
 * The patterns of a group with at most K classes and d units, such that what is left over can be filled up by a frame;
 * those with fewer unknowns first. Actions that are the same up to renaming are taken once.
 */
export function patternsOf(group: PermutationGroup, K: number, d: number): Pattern[] {
  const actions = distinct(subsetActions(group, Math.max(K, d)));
  const sums = actions.flatMap((left, index) => actions.slice(index).map((right) => sumOf(left, right)));
  const found: { readonly unknowns: number; readonly pattern: Pattern }[] = [];
  for (const classes of actions) {
    const room = d - (K - classes.size);
    if (classes.size < 2 || classes.size > K) continue;
    const inner = pairOrbits(classes, classes).sizes.length;
    if (inner >= MOST_UNKNOWNS) continue;
    const add = (units: Action, most: number): void => {
      if (units.size > room) return;
      const mixed = pairOrbits(units, classes).sizes.length;
      if (mixed < 2 || mixed + inner > most) return;
      found.push({ unknowns: mixed + inner, pattern: patternOf(group.name, units, classes) });
    };
    for (const units of actions) add(units, MOST_UNKNOWNS);
    for (const units of sums) add(units, MOST_UNKNOWNS_OF_SUMS);
  }
  return found.sort((x, y) => x.unknowns - y.unknowns).map((x) => x.pattern);
}

/** An orbit on A × B with as many pairs as A and as B has elements is a bijection that the group respects. */
const distinct = (actions: readonly Action[]): Action[] => {
  const kept: Action[] = [];
  for (const action of actions) {
    const same = kept.some((x) => x.size === action.size && pairOrbits(x, action).sizes.includes(action.size));
    if (!same) kept.push(action);
  }
  return kept;
};
