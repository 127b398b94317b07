/**
 * The Hessian of the two-layer ReLU problem at the frames, where f is smooth: every row of R is used and no two columns
 * of V are orthogonal, so that a unit in the support of column k is active on class k and on no other.
 *
 * There f falls apart into K problems of rank one, W₂ restricted to a class and its units, W₁ to those units, H₁ to the
 * class. With ℓ = (√λ_{W₂}, √λ_{W₁}, √λ_{H₁}) and L = diag(ℓ)², each contributes the eigenvalues of
 * 2L + (2z−1)/(1−z)·ℓℓᵀ, positive for z > 1/4, and the others below. Zero is an eigenvalue (d−K) + K(d−1) times, the
 * dimension of the admissible family: R moves in Σ(d_k − 1) = d − K directions, V in K(d − 1).
 */
import {
  type Problem,
  type Scalar,
  type SpectrumBlock,
  K,
  N,
  add,
  d,
  div,
  mul,
  n,
  number,
  pow,
  sqrt,
  sub,
} from 'ufm-check';
import type { TwoLayers } from './two-layers.js';

const block = (title: string, value: Scalar, multiplicity: Scalar): SpectrumBlock => ({
  title,
  matrix: [[value]],
  multiplicity,
});

/** (d−K) + K(d−1), the dimension of the admissible family. */
export const familyDimension = add(sub(d, K), mul(K, sub(d, 1)));

export const rectifiedSpectrum = ({ lambda }: Problem, { z }: TwoLayers): SpectrumBlock[] => {
  const { W2: lambda2, W1: lambda1, H1: lambdaH } = lambda as Record<'W2' | 'W1' | 'H1', Scalar>;
  const all = [lambda2, lambda1, lambdaH];
  const spare = sub(d, K);
  const others = sub(d, 1);
  const mixed = div(sub(mul(2, z), 1), sub(1, z));
  return [
    {
      title: 'one mode of each class',
      matrix: all.map((x, i) =>
        all.map((y, j) => add(i === j ? mul(2, x) : number(0), mul(mixed, i === j ? x : sqrt(mul(x, y))))),
      ),
      multiplicity: K,
    },
    block('along the admissible family', number(0), familyDimension),
    block('units of one class against each other', add(lambda1, lambda2), spare),
    block('directions of features against each other', add(lambda1, lambdaH), mul(K, others)),
    block('W₁ off the mode of its class', lambda1, mul(spare, others)),
    block('W₂ to other classes, along their mode', div(lambda2, sub(1, z)), mul(K, sub(K, 1))),
    block('W₂ to other classes, off their mode', lambda2, mul(sub(K, 1), spare)),
    block('within class, along its mode', div(lambdaH, sub(1, z)), mul(K, sub(n, 1))),
    block('within class, off its mode', lambdaH, mul(K, others, sub(n, 1))),
  ];
};

/** At zero W₂σ(W₁H₁) is of third order: the regulariser is all that is left. */
export const rectifiedSpectrumAtZero = ({ lambda }: Problem): SpectrumBlock[] => {
  const { W2: lambda2, W1: lambda1, H1: lambdaH } = lambda as Record<'W2' | 'W1' | 'H1', Scalar>;
  return [
    block('W₂', lambda2, mul(K, d)),
    block('W₁', lambda1, pow(d, 2)),
    block('H₁', lambdaH, mul(d, N)),
  ];
};
