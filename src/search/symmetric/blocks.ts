/**
 * Blocks: patterns of few classes and units, which a direct sum with a frame carries to any more of them. The margin in
 * 2K f is that of the block itself, whatever K is, and a small block is searched in milliseconds; so where classes or
 * units are many, blocks are tried before patterns on all of them.
 */
import { groupsFor, patternsOf } from './enumerate.js';
import { type PermutationGroup, isPrime, net } from './groups.js';
import { type Pattern, patternOf } from './pattern.js';

/** Up to so many classes and units all patterns together are tried soon enough. */
const FEW = 20;

/** The largest blocks, apart from nets. */
const LARGEST = { K: 20, d: 30 };

/** Groups of this degree or less have many actions on few classes; they come before the nets, the others after. */
const SMALL_DEGREE = 10;

/** The blocks of one group. */
export interface Blocks {
  /** Descents for each pattern. */
  readonly starts: number;
  readonly patterns: () => readonly Pattern[];
}

const STARTS = 24;
/** Nets are few and have more unknowns than the others. */
const STARTS_OF_NETS = 64;

/** The blocks for K classes and d units, group by group; none where there is no need of them. */
export function blocksFor(K: number, d: number): Blocks[] {
  if (Math.max(K, d) <= FEW) return [];
  const most = { K: Math.min(K, LARGEST.K), d: Math.min(LARGEST.d, Math.min(K, LARGEST.K) + d - K) };
  const groups = groupsFor(Math.max(most.K, most.d));
  const of = (group: PermutationGroup): Blocks => ({
    starts: STARTS,
    patterns: () => patternsOf(group, most.K, most.d),
  });
  const small = groups.filter((group) => group.degree <= SMALL_DEGREE);
  const others = groups.filter((group) => group.degree > SMALL_DEGREE);
  return [...small.map(of), ...netsFor(K), ...others.map(of)];
}

/** The points and lines over the integers modulo primes, as many units as classes; they need d ≥ K. */
function netsFor(K: number): Blocks[] {
  const found: Blocks[] = [];
  for (let p = 3; 2 * p * p <= K; p += 2) {
    if (!isPrime(p)) continue;
    const patterns = (): Pattern[] => {
      const group = net(p);
      const points = { name: 'points', size: group.degree, generators: group.generators };
      return [patternOf(group.name, points, points)];
    };
    found.push({ starts: STARTS_OF_NETS, patterns });
  }
  return found;
}
