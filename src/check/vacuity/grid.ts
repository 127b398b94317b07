/** Instances of a two-layer problem with a given κ, in λ's that are rational: the cells of a table. */
import * as Q from '../../exact/rational.js';
import type { Rational } from '../../exact/rational.js';
import type { Instance } from '../../theorem/instance.js';

const DENOMINATOR = 1000;

/** κ = μ′²/4. */
export const kappaOf = (mu: Rational): Rational => Q.divide(Q.multiply(mu, mu), Q.rational(4));

/**
 * The instance with κ = K³nλ_{W₂}λ_{W₁}λ_{H₁} exactly, and three λ's that are about equal: two of few digits, and the
 * third as κ wants it.
 */
export const instanceAt = (K: number, n: number, d: number, kappa: Rational): Instance => {
  const third = Math.cbrt(Q.toNumber(kappa) / (K ** 3 * n));
  const short = Q.rational(Math.max(1, Math.round(third * DENOMINATOR)), DENOMINATOR);
  const rest = Q.multiply(Q.rational(BigInt(K) ** 3n * BigInt(n)), Q.multiply(short, short));
  return {
    K,
    n,
    d,
    lambda: { W2: Q.format(short), W1: Q.format(short), H1: Q.format(Q.divide(kappa, rest)) },
  };
};
