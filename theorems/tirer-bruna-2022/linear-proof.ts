/**
 * The proof of Theorem 4.1: the chain of two-layer-chain.ts with A = W₁H₁, and all conclusions from equality in it.
 *
 * (W₁H̄₁)ᵀ(W₁H̄₁) is a multiple of I_K and W₂ is aligned with it. By balance (H₁ᵀH₁)² = ρ²AᵀA, and AᵀA is a multiple of
 * YᵀY, which has one positive semidefinite root: so H₁ᵀH₁ is one too. W₁W₁ᵀ is found in the same way.
 */
import {
  type Derivation,
  type Problem,
  K,
  add,
  classMeans,
  define,
  div,
  equal,
  gram,
  identity,
  labels as Y,
  mul,
  n,
  number,
  pow,
  square,
  sub,
  t,
} from 'ufm-check';
import {
  type Proof,
  type TwoLayerBlocks,
  type TwoLayerLambdas,
  Balance,
  Collapse,
  Spread,
  frameChain,
  frameTerms,
  lastWeights,
  outputGram,
} from './two-layer-chain.js';
import type { TwoLayers } from './two-layers.js';

/** κ < 1/16: the frames. */
export const frameProof = (problem: Problem, constants: TwoLayers): Proof => {
  const { W2, W1, H1 } = problem.block as TwoLayerBlocks;
  const { W2: lambda2, W1: lambda1, H1: lambdaH } = problem.lambda as TwoLayerLambdas;
  const { z, h } = constants;
  const { size, ratio, root, aligned } = frameTerms(problem, constants);
  const H1bar = define('H1bar', classMeans(H1), 'H̄₁', '\\bar{H}_{1}');
  const hidden = mul(W1, H1bar);
  const A = mul(W1, H1);
  const spread = mul(z, sub(1, z));
  const a2 = pow(size, 2);
  const [Outputs, Gram, Means, Product, Root] = [
    square('Outputs', 'N', 'N'),
    square('Gram', 'N', 'N'),
    square('Means', 'K', 'K'),
    square('Last', 'K', 'd'),
    square('Hidden', 'd', 'd'),
  ] as const;
  const Same = square('Same', 'd', 'N');
  const alignedProduct = div(mul(K, n, lambdaH), sub(1, z));
  const across = sub(identity('N'), mul(div(1, n), t(Y), Y));
  const equality: Derivation[] = [
    {
      id: 'Means2',
      statement: equal(gram(hidden), mul(div(mul(K, lambda2, z), sub(1, z)), identity('K'))),
      rule: 'combination',
      from: mul(a2, Spread),
    },
    lastWeights(problem, constants),
    outputGram(problem, constants),
    {
      id: 'Gram',
      statement: equal(gram(H1), mul(pow(h, 2), gram(Y))),
      rule: 'root',
      terms: [
        { coefficient: number(1), of: t(H1) },
        { coefficient: pow(h, 2), of: t(Y) },
      ],
      from: sub(mul(pow(ratio, 2), Outputs), mul(ratio, t(H1), Balance, H1)),
    },
    {
      id: 'Same',
      statement: equal(H1, mul(H1bar, Y)),
      rule: 'squares',
      terms: [{ coefficient: number(1), of: t(sub(H1, mul(H1bar, Y))) }],
      from: mul(across, Gram, across),
    },
    {
      id: 'Means',
      statement: equal(gram(H1bar), mul(div(spread, mul(K, n, lambdaH)), identity('K'))),
      rule: 'combination',
      from: mul(div(1, pow(n, 2)), Y, Gram, t(Y)),
    },
    {
      id: 'Product',
      statement: equal(mul(W2, W1), mul(alignedProduct, t(H1bar))),
      rule: 'combination',
      from: add(
        mul(Product, W1),
        mul(div(aligned, ratio), t(H1bar), Balance),
        mul(
          div(aligned, pow(ratio, 2)),
          add(mul(n, Means, t(H1bar)), mul(t(H1bar), Same, t(H1))),
        ),
      ),
    },
    {
      id: 'First',
      statement: equal(mul(lambda1, gram(W1)), mul(lambdaH, H1, t(H1))),
      rule: 'combination',
      from: mul(root, Balance),
    },
    // (W₁W₁ᵀ)² = AAᵀ/ρ², and AAᵀ is a multiple of a projector.
    {
      id: 'Hidden',
      statement: equal(mul(W1, t(W1)), mul(div(1, pow(h, 2)), hidden, t(hidden))),
      rule: 'root',
      terms: [
        { coefficient: number(1), of: W1 },
        { coefficient: div(1, pow(h, 2)), of: hidden },
      ],
      from: sub(
        add(mul(div(1, pow(ratio, 2)), Collapse, t(A)), mul(div(1, ratio), W1, Balance, t(W1))),
        mul(div(a2, pow(h, 4)), hidden, Spread, t(hidden)),
      ),
    },
    {
      id: 'Balance2',
      statement: equal(mul(lambda2, gram(W2)), mul(lambda1, W1, t(W1))),
      rule: 'combination',
      from: sub(
        mul(lambda2, add(mul(aligned, hidden, Product), mul(t(Product), W2))),
        mul(lambda1, Root),
      ),
    },
  ];
  return { chain: frameChain(problem, constants), equality };
};
