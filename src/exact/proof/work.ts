/**
 * How much a check of a proof may do. Polynomials can grow without end from short texts, so every product of two terms
 * is counted, and a check that needs too many gives up: which says nothing about the proof.
 */
import { ExactError } from '../error.js';

/** Products of two terms of polynomials in one check. */
export const MAXIMUM_PRODUCTS = 3_000_000;

/** The most terms of one polynomial. */
export const MAXIMUM_TERMS = 20_000;

// Outside of a check nothing is counted.
let left = Infinity;

/** Runs a check with a fresh allowance. */
export function withinWork<Result>(check: () => Result): Result {
  left = MAXIMUM_PRODUCTS;
  try {
    return check();
  } finally {
    left = Infinity;
  }
}

/** Takes so many products from the allowance. Throws {@link ExactError} where it is used up. */
export function spend(products: number): void {
  left -= products;
  if (left < 0) throw new ExactError('checking this proof takes more work than is allowed');
}
