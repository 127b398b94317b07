/**
 * The proof of Theorem 4.2, relaxed: the chain of two-layer-chain.ts with X = W₁H₁ and A = σ(X).
 *
 * For all W₂, W₁, H₁ it gives f ≥ f* − √(λ_{W₁}λ_{H₁})·max(‖σ(X)‖_* − ‖X‖_*, 0). Where (H*) holds nothing is
 * subtracted, so that a global minimizer that meets it has the value f* and equality in every step. Then for κ < 1/16
 *
 *   Q = A/(w₁h√n) has QᵀQ = Π_c = YᵀY/n, a projector, and ‖Q‖_* = ‖Q‖²;
 *   ⟨Q, X⟩ = ⟨Q, A⟩ = ‖A‖_* = ‖X‖_* by (H*), which is equality in Hölder's inequality: X = XQᵀQ = XΠ_c;
 *   so W₁H₁ = W₁H̄₁Y, σ of it is σ(W₁H̄₁)Y, and what is known of A is known of σ(W₁H̄₁);
 *   by balance ‖H₁ᵀH₁(I − Π_c)‖ = ρ‖X(I − Π_c)‖ = 0, and H₁ = H₁Π_c.
 *
 * For κ > 1/16, A = 0 in the same way gives X = 0, and H₁ and W₁ vanish by balance. Without (H*), as the original
 * theorem has it, the second step is ‖σ(X)‖_* ≤ ‖X‖_*: false.
 */
import {
  type ChainStep,
  type Derivation,
  type Matrix,
  type Problem,
  type Scalar,
  K,
  add,
  classMeans,
  define,
  div,
  equal,
  gram,
  identity,
  isZero,
  labels as Y,
  mul,
  n,
  normSquared,
  nuclearNorm,
  number,
  pow,
  relu,
  sqrt,
  square,
  sub,
  t,
  trace,
  zeros,
} from 'ufm-check';
import {
  type Proof,
  type TwoLayerBlocks,
  type TwoLayerLambdas,
  Balance,
  Spread,
  frameChain,
  frameTerms,
  lastWeights,
  outputGram,
  zeroProof,
} from './two-layer-chain.js';
import type { TwoLayers } from './two-layers.js';

const asMatrix = (x: Scalar): Matrix => mul(x, identity('1'));
const preActivations = ({ block }: Problem): Matrix => {
  const { W1, H1 } = block as TwoLayerBlocks;
  return mul(W1, H1);
};

/** ‖σ(X)‖_* − ‖X‖_*, by (H*). */
const EqualNorms = square('EqualNorms', '1', '1');
const Projector = square('Projector', 'N', 'N');
const Norm = square('Norm', '1', '1');
const Aligned = square('Aligned', 'd', 'N');

/** The chain for κ < 1/16 as the original theorem needs it: its second step has no reason. */
export const unpricedFrameChain = (problem: Problem, constants: TwoLayers): ChainStep[] =>
  frameChain(problem, constants, { hidden: relu(preActivations(problem)) });

/** The same for κ > 1/16. */
export const unpricedZeroChain = (problem: Problem, constants: TwoLayers): readonly ChainStep[] =>
  zeroProof(problem, constants, { hidden: relu(preActivations(problem)) }).chain;

/** κ < 1/16, with the price of (H*). */
export const rectifiedFrameProof = (problem: Problem, constants: TwoLayers, price: Scalar): Proof => {
  const { W2, W1, H1 } = problem.block as TwoLayerBlocks;
  const { W2: lambda2 } = problem.lambda as TwoLayerLambdas;
  const { z } = constants;
  const X = mul(W1, H1);
  const A = relu(X);
  const rectified = { hidden: A, price };
  const { size, ratio, means, aligned } = frameTerms(problem, constants, rectified);
  const H1bar = define('H1bar', classMeans(H1), 'H̄₁', '\\bar{H}_{1}');
  const hidden = relu(mul(W1, H1bar));
  const a2 = pow(size, 2);
  const scale = mul(size, sqrt(n));
  const Q = mul(div(1, scale), A);
  const averaging = mul(div(1, n), t(Y), Y);
  const across = sub(identity('N'), averaging);
  const [Product, Outputs, Within, Copies, Last, Inner] = [
    square('Product', '1', '1'),
    square('Outputs', 'N', 'N'),
    square('Within', 'd', 'N'),
    square('Copies', 'd', 'N'),
    square('Last', 'K', 'd'),
    square('Inner', 'N', 'N'),
  ] as const;
  // QᵀQ − Π_c.
  const off = mul(div(1, mul(a2, n)), Outputs);
  const equality: Derivation[] = [
    lastWeights(problem, constants, rectified),
    outputGram(problem, constants, rectified),
    {
      id: 'Product',
      statement: equal(asMatrix(trace(mul(t(A), X))), asMatrix(normSquared(A))),
      rule: 'rectified-product',
      of: X,
      from: zeros('1', '1'),
    },
    {
      id: 'Projector',
      statement: equal(mul(t(Q), Q, t(Q), Q), mul(t(Q), Q)),
      rule: 'combination',
      from: sub(add(mul(averaging, off), mul(off, averaging), mul(off, off)), off),
    },
    {
      id: 'Norm',
      statement: equal(asMatrix(nuclearNorm(Q)), asMatrix(normSquared(Q))),
      rule: 'projector-norm',
      of: Q,
      from: Projector,
    },
    {
      id: 'Aligned',
      statement: equal(X, mul(X, t(Q), Q)),
      rule: 'duality',
      of: Q,
      from: add(sub(mul(div(1, scale), Product), mul(scale, Norm)), EqualNorms),
    },
    {
      id: 'Within',
      statement: equal(X, mul(W1, H1bar, Y)),
      rule: 'combination',
      from: add(Aligned, mul(X, off)),
    },
    {
      id: 'Copies',
      statement: equal(A, mul(hidden, Y)),
      rule: 'rectified-copies',
      of: mul(W1, H1bar),
      from: Within,
    },
    {
      id: 'Means2',
      statement: equal(gram(hidden), mul(div(mul(K, lambda2, z), sub(1, z)), identity('K'))),
      rule: 'combination',
      from: sub(
        mul(a2, Spread),
        mul(div(1, n), add(mul(t(hidden), Copies, t(Y)), mul(Y, t(Copies), means))),
      ),
    },
    {
      id: 'LastOfMeans',
      statement: equal(W2, mul(aligned, t(hidden))),
      rule: 'combination',
      from: add(Last, mul(div(aligned, n), Y, t(Copies))),
    },
    {
      id: 'Inner',
      statement: isZero(mul(gram(H1), across)),
      rule: 'squares',
      terms: [{ coefficient: number(1), of: mul(across, gram(H1)) }],
      from: sub(
        mul(pow(ratio, 2), t(Within), Within),
        mul(ratio, across, t(H1), Balance, H1, across),
      ),
    },
    {
      id: 'Same',
      statement: equal(H1, mul(H1bar, Y)),
      rule: 'squares',
      terms: [{ coefficient: number(1), of: mul(across, t(H1)) }],
      from: mul(across, Inner),
    },
  ];
  return { chain: frameChain(problem, constants, rectified), equality };
};

/** κ > 1/16, with the price of (H*). */
export const rectifiedZeroProof = (problem: Problem, constants: TwoLayers, price: Scalar): Proof => {
  const X = preActivations(problem);
  const A = relu(X);
  const Nothing = square('Nothing', 'd', 'N');
  const derivations: Derivation[] = [
    {
      id: 'Projector',
      statement: equal(mul(t(A), A, t(A), A), mul(t(A), A)),
      rule: 'combination',
      from: sub(mul(t(A), A, t(A), Nothing), mul(t(A), Nothing)),
    },
    {
      id: 'Norm',
      statement: equal(asMatrix(nuclearNorm(A)), asMatrix(normSquared(A))),
      rule: 'projector-norm',
      of: A,
      from: Projector,
    },
    {
      id: 'Aligned',
      statement: equal(X, mul(X, t(A), A)),
      rule: 'duality',
      of: A,
      from: add(
        sub(asMatrix(sub(trace(mul(t(Nothing), X)), trace(mul(t(A), Nothing)))), Norm),
        EqualNorms,
      ),
    },
    {
      id: 'Silent',
      statement: isZero(X),
      rule: 'combination',
      from: add(Aligned, mul(X, t(A), Nothing)),
    },
  ];
  return zeroProof(problem, constants, { hidden: A, price }, { derivations, last: square('Silent', 'd', 'N') });
};
