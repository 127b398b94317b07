/**
 * How much a check of a proof may do. Short texts can stand for endless polynomials, so steps are counted: a product of
 * two polynomials is 1 and the pairs of their terms, a sum the terms of both, the trace of a word its length squared.
 * A check that needs too many gives up, which says nothing about the proof.
 */
import { ExactError } from '../error.js';

/** The most steps of one check. */
export const MAXIMUM_STEPS = 200_000;

/** The most terms of one polynomial. */
export const MAXIMUM_TERMS = 5_000;

/** The most digits of the numerator and of the denominator of a coefficient: they bound what a step costs. */
export const MAXIMUM_DIGITS = 250;

// Outside of a check nothing is counted.
let left = Infinity;

/** Runs a check with a fresh allowance. */
export function withinWork<Result>(check: () => Result): Result {
  left = MAXIMUM_STEPS;
  try {
    return check();
  } finally {
    left = Infinity;
  }
}

/** Takes so many steps from the allowance. Throws {@link ExactError} where it is used up. */
export function spend(steps: number): void {
  left -= steps;
  if (left < 0) throw new ExactError('checking this proof takes more work than is allowed');
}
