/**
 * The hunt for one pattern that refutes a claim at every λ: symmetric patterns at a small μ, where the comparison with
 * the frame is hardest, then small integers and the exact decision. A pattern of fewer classes serves for more: the
 * certificate covers direct sums with frames.
 */
import { createStream } from '../../numeric/random.js';
import { bestFrame } from '../collapsed/frame.js';
import { groupsFor, patternsOf } from '../symmetric/enumerate.js';
import { isPrime, net } from '../symmetric/groups.js';
import { type Pattern, patternOf, polishPattern, searchPattern } from '../symmetric/pattern.js';
import { type EveryLambda, type EveryLambdaLabels, roundedPattern } from './rounding.js';

/** As μ → 0 the quotient of the values tends to a limit; here it is within a few thousandths of it. */
const SMALL_MU = 1e-3;

/** A margin below this part of the frame's value is taken for rounding. */
const LEAST_MARGIN = 1e-6;

export interface EveryLambdaOptions {
  /** The pattern must fit into K classes and d units, by a direct sum with a frame. */
  readonly K: number;
  readonly d: number;
  /** Descents for each pattern. */
  readonly starts: number;
  readonly seed: number;
  readonly shouldStop: () => boolean;
  readonly onProgress: (group: string, patterns: number) => void;
}

export interface EveryLambdaResult {
  readonly patterns: number;
  /** Ended by `shouldStop`. */
  readonly interrupted: boolean;
  readonly found?: EveryLambda & {
    /** The group and what it acts on, for people. */
    readonly pattern: string;
  };
}

/** Tries the patterns one by one; the first that is certified ends the hunt. */
export async function huntEveryLambda(
  labels: EveryLambdaLabels,
  { K, d, starts, seed, shouldStop, onProgress }: EveryLambdaOptions,
): Promise<EveryLambdaResult> {
  let patterns = 0;
  for (const { name, effort, all } of families(K, d)) {
    onProgress(name, patterns);
    // Lets signals in between two groups.
    await new Promise((resolve) => setImmediate(resolve));
    for (const pattern of all()) {
      if (shouldStop()) return { patterns, interrupted: true };
      patterns += 1;
      const stream = createStream('every-lambda', seed, pattern.name);
      const rough = searchPattern(pattern, SMALL_MU, effort * starts, stream);
      if (rough.margin < LEAST_MARGIN * pattern.algebra.classes.size * bestFrame(SMALL_MU).value) continue;
      const best = polishPattern(pattern, SMALL_MU, rough.point);
      const found = roundedPattern(labels, pattern, best, SMALL_MU);
      if (found !== undefined) return { patterns, interrupted: false, found: { ...found, pattern: pattern.name } };
    }
  }
  return { patterns, interrupted: false };
}

interface Family {
  readonly name: string;
  /** Descents for each of its patterns, as a multiple of the usual number. */
  readonly effort: number;
  readonly all: () => readonly Pattern[];
}

/** The nets first, which are few but have more unknowns, and then the groups of the hunt at one λ. */
function* families(K: number, d: number): Generator<Family> {
  for (let p = 3; 2 * p * p <= K; p += 2) {
    if (!isPrime(p) || d < K) continue;
    const group = net(p);
    const action = { name: 'points', size: group.degree, generators: group.generators };
    yield { name: group.name, effort: 8, all: () => [patternOf(group.name, action, action)] };
  }
  for (const group of groupsFor(Math.max(K, d))) {
    yield { name: group.name, effort: 1, all: () => patternsOf(group, K, d) };
  }
}
