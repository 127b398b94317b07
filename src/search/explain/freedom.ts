/**
 * How far single entries of a point may be moved, all others fixed, before the violation is lost. As long as no
 * pre-activation changes its sign, f is a convex quadratic function of one entry; so where both ends of a segment are
 * below the bound, all of it is, and the ends are checked exactly.
 */
import { type ExactPoint, type ExactProblem, exactPreActivations, exactValue } from '../../exact/objective.js';
import type { ExactMatrix } from '../../exact/matrix.js';
import * as Q from '../../exact/rational.js';
import type { Rational } from '../../exact/rational.js';

/** Steps that are tried, long ones first. */
const STEPS: readonly Rational[] = [2, 4, 10, 20, 50, 100, 200, 500, 1000, 10_000].map((q) => Q.rational(1, q));

export interface EntryFreedom {
  readonly block: string;
  /** From 1. */
  readonly row: number;
  readonly col: number;
  /** The entry may be moved by at most this, either way; undefined where none of the steps is allowed. */
  readonly by?: Rational;
}

/** More entries than this are not looked at. */
export const MOST_ENTRIES = 120;

/** The freedom of every entry of the blocks; undefined where there are too many. */
export function entryFreedom(problem: ExactProblem, point: ExactPoint, bound: Rational): EntryFreedom[] | undefined {
  const count = Object.values(point).reduce((sum, { entries }) => sum + entries.length, 0);
  if (count > MOST_ENTRIES) return undefined;
  const [before] = exactPreActivations(problem, point);
  const allowed = (block: string, place: number, step: Rational): boolean => {
    const moved = { ...point, [block]: withStep(point[block], place, step) };
    const [after] = exactPreActivations(problem, moved);
    const sameSigns = after.entries.every((x, k) => Q.sign(x) * Q.sign(before.entries[k]) >= 0);
    return sameSigns && Q.compare(exactValue(problem, moved), bound) < 0;
  };
  return Object.entries(point).flatMap(([block, { entries, cols }]) =>
    entries.map((_, place): EntryFreedom => {
      const by = STEPS.find((step) => allowed(block, place, step) && allowed(block, place, Q.negate(step)));
      const at = { block, row: Math.floor(place / cols) + 1, col: (place % cols) + 1 };
      return by === undefined ? at : { ...at, by };
    }),
  );
}

const withStep = (matrix: ExactMatrix, place: number, step: Rational): ExactMatrix => ({
  ...matrix,
  entries: matrix.entries.map((x, k) => (k === place ? Q.add(x, step) : x)),
});
