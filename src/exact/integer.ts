/**
 * The few functions on big integers that the rest of the folder stands on.
 */
import { ExactError } from './error.js';

const LARGEST_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** |value|. */
export function absoluteInteger(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/**
 * The greatest common divisor, never negative; gcd(0, 0) = 0. Euclid's algorithm; once both numbers are safe
 * integers it goes on in machine numbers, whose remainder is exact there.
 */
export function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let larger = absoluteInteger(left);
  let smaller = absoluteInteger(right);
  while (larger > LARGEST_SAFE || smaller > LARGEST_SAFE) {
    if (smaller === 0n) return larger;
    [larger, smaller] = [smaller, larger % smaller];
  }
  let first = Number(larger);
  let second = Number(smaller);
  while (second !== 0) {
    [first, second] = [second, first % second];
  }
  return BigInt(first);
}

/** The least common multiple of two positive integers. */
export function leastCommonMultiple(left: bigint, right: bigint): bigint {
  if (left === right || right === 1n) return left;
  if (left === 1n) return right;
  return (left / greatestCommonDivisor(left, right)) * right;
}

/** The number of binary digits of |value|; 0 for 0. So 2^(bits−1) ≤ |value| < 2^bits for a non-zero value. */
export function bitLength(value: bigint): number {
  if (value === 0n) return 0;
  const digits = absoluteInteger(value).toString(16);
  return 4 * digits.length - Math.clz32(Number.parseInt(digits.charAt(0), 16)) + 28;
}

/**
 * ⌊√value⌋ by Newton's iteration, which falls monotonically to the answer from any start above it.
 *
 * @throws {ExactError} on a negative value
 */
export function integerSquareRoot(value: bigint): bigint {
  if (value < 0n) throw new ExactError('a negative integer has no real square root');
  if (value < 2n) return value;
  let root = 1n << BigInt(Math.ceil(bitLength(value) / 2));
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
