/**
 * Remainders of polynomials up to positive factors, in whole numbers. Euclid's algorithm over the rationals ends with
 * coefficients of quadratically many digits; with the factors of subresultants divided out they stay as short as the
 * determinants that they are (Knuth, The Art of Computer Programming, vol. 2, 4.6.1, Algorithm C).
 */
import { leastCommonMultiple } from './integer.js';
import type { Polynomial } from './polynomial.js';
import { rational } from './rational.js';

/** Coefficients, the constant first; the last one is not 0. */
type Whole = readonly bigint[];

/**
 * p, q, −(p mod q), … up to positive factors, as in Sturm's chain, each the negative remainder of the two before it, in
 * whole numbers. The last one is a greatest common divisor of p and q. Neither may be 0.
 */
export function signedRemainders(p: Polynomial, q: Polynomial): Polynomial[] {
  const chain: [Whole, Whole, ...Whole[]] = [cleared(p), cleared(q)];
  // The leading coefficient of the polynomial before the last one, and what has to be divided out besides, or ±.
  let leading = 1n;
  let rest = 1n;
  for (;;) {
    const [before, last] = chain.slice(-2) as [Whole, Whole];
    const drop = before.length - last.length;
    // Where the first degree is the smaller one the two change places.
    const divisor = drop < 0 ? 1n : absolute(leading * rest ** BigInt(drop));
    const next = scaledRemainder(before, last).map((x) => -x / divisor);
    if (next.length === 0) return chain.map((each) => each.map((x) => rational(x)));
    if (drop >= 0) {
      leading = last[last.length - 1];
      rest = drop === 0 ? rest : leading ** BigInt(drop) / rest ** BigInt(drop - 1);
    }
    chain.push(next);
  }
}

/** A positive multiple with whole coefficients. */
function cleared(p: Polynomial): Whole {
  const common = p.reduce((multiple, { denominator }) => leastCommonMultiple(multiple, denominator), 1n);
  return p.map(({ numerator, denominator }) => numerator * (common / denominator));
}

/** |leading coefficient of q|^(deg p − deg q + 1) · p mod q; p itself where its degree is the smaller one. */
function scaledRemainder(p: Whole, q: Whole): Whole {
  const leading = q[q.length - 1];
  const [size, sign] = [absolute(leading), leading < 0n ? -1n : 1n];
  const remainder = [...p];
  for (let shift = p.length - q.length; shift >= 0; shift -= 1) {
    const factor = sign * (remainder.pop() ?? 0n);
    remainder.forEach((x, k) => (remainder[k] = size * x - (k < shift ? 0n : factor * q[k - shift])));
  }
  while (remainder.length > 0 && remainder[remainder.length - 1] === 0n) remainder.pop();
  return remainder;
}

const absolute = (x: bigint): bigint => (x < 0n ? -x : x);
