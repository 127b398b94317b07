/**
 * The root of a polynomial that is strictly monotone on an interval: between two rationals, or exactly where it is
 * rational.
 */
import { ExactError } from './error.js';
import { leastCommonMultiple } from './integer.js';
import {
  type Polynomial,
  add as addPolynomials,
  degree,
  derivative,
  evaluate,
  multiply,
  polynomial,
} from './polynomial.js';
import * as scalar from './rational.js';
import type { Rational } from './rational.js';
import { countRootsAbove } from './sturm.js';
import { simplestBetween } from './simplest.js';

/** Whether p is strictly monotone between the ends: p′ has no zero strictly between them. */
export function isStrictlyMonotone(p: Polynomial, from: Rational, to: Rational): boolean {
  const slope = derivative(p);
  if (slope.length === 0) return false;
  const atEnd = scalar.isZero(evaluate(slope, to)) ? 1 : 0;
  return countRootsAbove(slope, from) - countRootsAbove(slope, to) - atEnd === 0;
}

/** p(from + (to − from)·u) as a polynomial in u. */
const onUnitInterval = (p: Polynomial, from: Rational, to: Rational): Polynomial => {
  const inner = polynomial([from, scalar.subtract(to, from)]);
  return p.reduceRight<Polynomial>((total, c) => addPolynomials(multiply(total, inner), polynomial([c])), []);
};

/**
 * The x in [from, to] with p(x) = target, for a polynomial that is strictly monotone there: neighbouring multiples of
 * 2^(−bits)·(to − from) around it, or x itself twice where it is a rational of a denominator up to 2^(bits/2).
 * Undefined where p does not take the value.
 *
 * @throws {ExactError} if 0 ≤ from < to fails
 */
export function monotoneRootEnclosure(
  p: Polynomial,
  target: Rational,
  from: Rational,
  to: Rational,
  bits: number,
): { readonly lower: Rational; readonly upper: Rational } | undefined {
  if (scalar.sign(from) < 0 || scalar.compare(from, to) >= 0) throw new ExactError('a root needs 0 <= from < to');
  const shifted = addPolynomials(onUnitInterval(p, from, to), polynomial([scalar.negate(target)]));
  const common = shifted.reduce((multiple, c) => leastCommonMultiple(multiple, c.denominator), 1n);
  const coefficients = shifted.map((c) => (c.numerator * common) / c.denominator);
  // The sign of p − target at u = a/2^k, in integers.
  const signAt = (a: bigint, k: number): number => {
    let [value, scale] = [0n, 1n];
    for (let index = degree(shifted); index >= 0; index -= 1) {
      value = value * a + (coefficients[index] ?? 0n) * scale;
      scale <<= BigInt(k);
    }
    return Number(value > 0n) - Number(value < 0n);
  };
  const [first, last] = [signAt(0n, 0), signAt(1n, 0)];
  if (first === 0) return { lower: from, upper: from };
  if (last === 0) return { lower: to, upper: to };
  if (first === last) return undefined;
  const width = scalar.subtract(to, from);
  const at = (a: bigint, k: number): Rational =>
    scalar.add(from, scalar.multiply(width, scalar.rational(a, 1n << BigInt(k))));
  let low = 0n;
  for (let k = 1; k <= bits; k += 1) {
    const middle = 2n * low + 1n;
    const here = signAt(middle, k);
    if (here === 0) return { lower: at(middle, k), upper: at(middle, k) };
    low = here === first ? middle : middle - 1n;
  }
  const [lower, upper] = [at(low, bits), at(low + 1n, bits)];
  const simplest = simplestBetween(lower, upper);
  const exact = scalar.equals(evaluate(p, simplest), target);
  return exact ? { lower: simplest, upper: simplest } : { lower, upper };
}
