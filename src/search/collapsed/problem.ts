/**
 * One instance of the two-layer ReLU model without bias, as its collapsed points see it:
 *
 *   2K f = ‖W₂ σ(W₁H̄) − I‖² + c₂‖W₂‖² + c₁‖W₁‖² + c_H‖H̄‖²,   c₂ = Kλ_{W2}, c₁ = Kλ_{W1}, c_H = Knλ_{H1},
 *
 * for H₁ = H̄ ⊗ 1ᵀ. With μ = 2√(c₁c₂c_H) it is the reduced objective up to the scales of the three blocks.
 */
import * as Q from '../../exact/rational.js';
import type { Rational } from '../../exact/rational.js';
import type { Instance } from '../../theorem/instance.js';
import { bestFrame } from './frame.js';

export interface CollapsedProblem {
  readonly instance: Instance;
  readonly c2: number;
  readonly c1: number;
  readonly cH: number;
  /** μ = 2√κ, rounded. */
  readonly mu: number;
}

export function collapsedProblem(instance: Instance): CollapsedProblem {
  const { K, n, lambda } = instance;
  const times = (factor: number, block: string): Rational =>
    Q.multiply(Q.rational(factor), Q.parseRational(lambda[block] ?? '0'));
  const [c2, c1, cH] = [times(K, 'W2'), times(K, 'W1'), times(K * n, 'H1')];
  return {
    instance,
    c2: Q.toNumber(c2),
    c1: Q.toNumber(c1),
    cH: Q.toNumber(cH),
    mu: 2 * Math.sqrt(Q.toNumber(Q.multiply(c2, Q.multiply(c1, cH)))),
  };
}

/** κ = K³nλ_{W2}λ_{W1}λ_{H1}. */
export const kappaOf = ({ K, n, lambda }: Instance): Rational =>
  Object.values(lambda).reduce(
    (product, x) => Q.multiply(product, Q.parseRational(x)),
    Q.rational(BigInt(K) ** 3n * BigInt(n)),
  );

/** The instance with these sizes and this μ whose collapsed points need no scaling: c₂ = 1, c₁ = c_H = μ/2. */
export const unscaledInstance = (K: number, n: number, d: number, mu: Rational): Instance => ({
  K,
  n,
  d,
  lambda: {
    W2: Q.format(Q.rational(1, K)),
    W1: Q.format(Q.divide(mu, Q.rational(2 * K))),
    H1: Q.format(Q.divide(mu, Q.rational(2 * K * n))),
  },
});

/** What a claim bounds 2K f by, from below, over the points that it allows. */
export const claimedLevel = (form: 'orthogonal-frame' | 'zero', { K, d }: Instance, mu: number): number =>
  form === 'zero' || d < K ? K : K * bestFrame(mu).value;
