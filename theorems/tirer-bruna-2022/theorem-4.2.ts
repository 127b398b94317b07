/**
 * Theorem 4.2: the unconstrained features model with two layers and a ReLU between them.
 *
 * Problem. With K classes of n samples each, N = Kn, Y = I_K ⊗ 1_nᵀ, σ(x) = max(x, 0) and λ_{W₂}, λ_{W₁}, λ_{H₁} > 0,
 * minimise over W₂ ∈ ℝ^{K×d}, W₁ ∈ ℝ^{d×d}, H₁ ∈ ℝ^{d×N}
 *
 *   f = 1/(2N)·‖W₂σ(W₁H₁) − Y‖² + (λ_{W₂}/2)‖W₂‖² + (λ_{W₁}/2)‖W₁‖² + (λ_{H₁}/2)‖H₁‖².
 *
 * Let d ≥ K, κ = K³nλ_{W₂}λ_{W₁}λ_{H₁}, z the largest root in (0, 1) of z(1 − z)³ = κ, and H̄₁ = H₁Yᵀ/n.
 *
 * Theorem, relaxed (reconstructed). Let κ ≠ 1/16, and let (W₂, W₁, H₁) be a global minimizer with
 *
 *   (H*)  ‖σ(W₁H₁)‖_* = ‖W₁H₁‖_*.
 *
 *   If κ < 1/16, then (NC1) H₁ = H̄₁ ⊗ 1_nᵀ, (NC2) σ(W₁H̄₁)ᵀσ(W₁H̄₁) = Kλ_{W₂}z/(1−z)·I_K,
 *   (NC3) W₂ = (1−z)/(Kλ_{W₂})·σ(W₁H̄₁)ᵀ, and f = (1−z)(1+2z)/2. If κ > 1/16, it is zero.
 *
 * These minimizers are W₂ = w₂Rᵀ, W₁ = w₁RVᵀ, H̄₁ = hV with w₂, w₁, h as in Theorem 4.1: R ≥ 0 with RᵀR = I_K, so that
 * its columns have disjoint supports, and V with columns of norm 1 and no acute angle between them. Then
 * W₁H̄₁ = w₁h·RVᵀV is w₁h·R after σ, and both have the nuclear norm w₁hK. Orthogonal V, a simplex ETF and pairs v, −v
 * all occur: neither H̄₁ nor W₁H̄₁ need be an orthogonal frame.
 *
 * Superseded. `original` claims the same of every nonzero global minimizer, without (H*) and for every κ; `strong` adds
 * that H̄₁ is an orthogonal frame. The step of the proof that fails is ‖σ(X)‖_* ≤ ‖X‖_*, false from 3 × 3 on, and so
 * are both statements: `strong` by the family above, `original` near κ = 1/16 from K = 4 on, by pre-activations of low
 * rank.
 *
 * Second order. On a smooth piece, where R uses every row and no two columns of V are orthogonal, the whole spectrum of
 * ∇²f is known, and its nullity is the dimension Kd + d − 2K of the family. At kinks stationarity is Clarke's, and f is
 * differentiable there: ∂f/∂σ(X) vanishes wherever X = 0.
 *
 * What (H*) costs. For every point, f ≥ f* − √(λ_{W₁}λ_{H₁})·max(‖σ(W₁H₁)‖_* − ‖W₁H₁‖_*, 0): no tolerance is needed to
 * tell whether a point below f* meets (H*).
 *
 * Reference. Tirer & Bruna, ICML 2022, Theorem 4.2, whose text was not at hand in any of its forms. The three revisions
 * are reconstructed from the abstract, from the note "Relaxed Theorem 4.2 and clarified proofs" in the comments of a
 * later version, and from deriving what is true.
 */
import {
  type Case,
  type Conclusion,
  type Construction,
  type CriticalFamily,
  type MinimizerHypothesis,
  type PinnedInstance,
  type Revision,
  K,
  and,
  classMeans,
  d,
  define,
  div,
  eq,
  equal,
  frame,
  geq,
  gram,
  gt,
  identity,
  isNotZero,
  isZero,
  labels as Y,
  leq,
  lt,
  mul,
  n,
  neq,
  nonNegativeFrame,
  normSquared,
  nuclearNorm,
  number,
  obtuseColumns,
  positivePart,
  r,
  relu,
  sqrt,
  sub,
  t,
  theorem,
  ufm,
  zeros,
} from 'ufm-check';
import { tirerBruna2022 } from './paper.js';
import {
  rectifiedFrameProof,
  rectifiedZeroProof,
  unpricedFrameChain,
  unpricedZeroChain,
} from './rectified-proof.js';
import { familyDimension, rectifiedSpectrum, rectifiedSpectrumAtZero } from './rectified-spectrum.js';
import { aboveThreshold, belowThreshold, between, fold, threshold, twoLayers } from './two-layers.js';

const problem = ufm({ layers: 2, activation: 'relu', bias: 'none' });
const { W2, W1, H1 } = problem.block;
const { W2: lambda2, W1: lambda1, H1: lambdaH } = problem.lambda;

const constants = twoLayers(problem);
const { kappa, z, w2, w1, h, frameValue, parametrisation, frameParametrisation, amplitudes } = constants;
const H1bar = define('H1bar', classMeans(H1), 'H̄₁', '\\bar{H}_{1}');
const hidden = relu(mul(W1, H1bar));
const spread = mul(z, sub(1, z));

const R = nonNegativeFrame('R', 'd', 'K');
const V = obtuseColumns('V', 'd', 'K');

/** W₂ = w₂Rᵀ, W₁ = w₁RVᵀ, H̄₁ = hV, with V of any column norm: w₁ and h are for columns of norm 1. */
const admissible: Construction = {
  frames: [R, V],
  blocks: {
    W2: mul(w2, t(R)),
    W1: mul(sqrt(div(spread, mul(lambda1, normSquared(V)))), R, t(V)),
    H1: mul(sqrt(div(spread, mul(n, lambdaH, normSquared(V)))), V, Y),
  },
};

const conclusions: readonly Conclusion[] = [
  { id: 'NC1', title: 'within-class variability collapses', statement: equal(H1, mul(H1bar, Y)) },
  {
    id: 'NC2',
    title: 'the means of the hidden layer form an orthogonal frame',
    statement: equal(gram(hidden), mul(div(mul(K, lambda2, z), sub(1, z)), identity('K'))),
  },
  {
    id: 'NC3',
    title: 'the last weights are aligned with the means of the hidden layer',
    statement: equal(W2, mul(div(sub(1, z), mul(K, lambda2)), t(hidden))),
  },
];

const frameCase: Case = {
  id: 'frame',
  when: leq(kappa, threshold),
  strata: belowThreshold,
  parametrisation: frameParametrisation(between(div(1, 2), geq)),
  minimizer: admissible,
  value: frameValue,
  conclusions,
  spectrum: rectifiedSpectrum(problem, constants),
  manifold: { when: leq(kappa, threshold), dimension: familyDimension },
};

const zeroCase: Case = {
  id: 'zero',
  when: gt(kappa, threshold),
  strata: aboveThreshold,
  minimizer: { blocks: { W2: zeros('K', 'd'), W1: zeros('d', 'd'), H1: zeros('d', 'N') } },
  value: div(1, 2),
  conclusions: [
    { id: 'W₂ = 0', title: 'the last weights vanish', statement: isZero(W2) },
    { id: 'W₁ = 0', title: 'the first weights vanish', statement: isZero(W1) },
    { id: 'H₁ = 0', title: 'the features vanish', statement: isZero(H1) },
  ],
  spectrum: rectifiedSpectrumAtZero(problem),
  manifold: { when: gt(kappa, threshold), dimension: number(0) },
};

// The same on r of the classes, the others at zero.
const U = nonNegativeFrame('U', 'K', 'r');
const P = nonNegativeFrame('P', 'd', 'r');
const F = frame('F', 'd', 'r');

const partialFrames: CriticalFamily = {
  id: 'rank-r',
  title: 'frames of rank r < K, and zero',
  when: lt(kappa, fold),
  parametrisation: frameParametrisation(between(div(1, 4))),
  construction: {
    frames: [U, P, F],
    blocks: {
      W2: mul(w2, U, t(P)),
      W1: mul(w1, P, t(F)),
      H1: mul(h, F, t(U), Y),
    },
  },
  value: sub(div(1, 2), mul(div(r, mul(2, K)), z, sub(mul(2, z), 1))),
  nature: 'local-minimum',
};

/** Past the threshold the frames are still critical, and higher than zero. */
const framesPastThreshold: CriticalFamily = {
  id: 'frame',
  title: 'the admissible family past the threshold',
  when: and(gt(kappa, threshold), lt(kappa, fold)),
  parametrisation: frameParametrisation((x) => [gt(x, div(1, 4)), lt(x, div(1, 2))]),
  construction: admissible,
  value: frameValue,
  nature: 'local-minimum',
};

const pinned: readonly PinnedInstance[] = [
  { K: 2, n: 1, d: 2, amplitudes: { z: '2/3', w2: '1', w1: '1' } },
  { K: 2, n: 3, d: 2, amplitudes: { z: '3/5', w2: '3/4', w1: '1' } },
  { K: 3, n: 1, d: 3, amplitudes: { z: '3/4', w2: '1', w1: '1' } },
  { K: 3, n: 2, d: 5, amplitudes: { z: '9/10', w2: '3/2', w1: '1' } },
  { K: 4, n: 2, d: 4, amplitudes: { z: '3/5', w2: '4/5', w1: '1' } },
  // The threshold itself, where zero and the frames of every rank tie.
  { K: 6, n: 1, d: 6, amplitudes: { z: '1/2', w2: '1', w1: '1' } },
  { K: 5, n: 1, d: 5, amplitudes: { z: '1/2', w2: '1', w1: '1' } },
];

const nonzero: MinimizerHypothesis = {
  id: 'nonzero',
  title: 'the minimizer is not zero',
  statement: isNotZero(H1),
};

const X = mul(W1, H1);
const price = mul(sqrt(mul(lambda1, lambdaH)), positivePart(sub(nuclearNorm(relu(X)), nuclearNorm(X))));
const equalNorms: MinimizerHypothesis = {
  id: 'H*',
  title: 'σ keeps the nuclear norm of the pre-activations',
  statement: eq(nuclearNorm(relu(X)), nuclearNorm(X)),
  price,
  fact: 'EqualNorms',
};

/** Instances on the threshold too, for statements that speak of every κ. */
const everyKappa = [...belowThreshold, { id: 'κ = 1/16', draw: { kappa: { exactly: '1/16' } } }];

const shared: Omit<Revision, 'id' | 'status' | 'expected' | 'hypotheses' | 'cases'> = {
  problem,
  parametrisation,
  amplitudes,
  criticalPoints: [partialFrames, framesPastThreshold],
  pinned,
};

// The strong form knows orthogonal features alone; the others of the family are as low.
const Q = frame('Q', 'd', 'K');
const obtuseFeatures: CriticalFamily = {
  id: 'obtuse',
  title: 'frames of the hidden layer with features at obtuse angles',
  when: leq(kappa, threshold),
  parametrisation: frameParametrisation(between(div(1, 2), geq)),
  construction: admissible,
  value: frameValue,
  nature: 'local-minimum',
};

export const theorem42 = theorem({
  paper: tirerBruna2022,
  id: '4.2',
  title: 'two layers with ReLU',
  source: 'Theorem 4.2',
  label: 'thm:relu',
  provenance: {
    kind: 'reconstructed',
    from: 'the abstract and the note "Relaxed Theorem 4.2 and clarified proofs"; constants and (H*) derived',
  },
  revisions: [
    {
      ...shared,
      id: 'original',
      status: 'superseded',
      expected: 'refuted',
      hypotheses: [leq(K, d)],
      ofMinimizer: [nonzero],
      cases: [
        { ...frameCase, strata: everyKappa, chain: unpricedFrameChain(problem, constants) },
        { ...zeroCase, chain: unpricedZeroChain(problem, constants) },
      ],
    },
    {
      ...shared,
      id: 'strong',
      status: 'superseded',
      expected: 'refuted',
      criticalPoints: [partialFrames, framesPastThreshold, obtuseFeatures],
      hypotheses: [leq(K, d)],
      ofMinimizer: [nonzero],
      cases: [
        {
          // Orthogonal columns of V put zeros among the pre-activations: nothing is said of second order there.
          id: frameCase.id,
          when: frameCase.when,
          strata: everyKappa,
          ...(frameCase.parametrisation === undefined ? {} : { parametrisation: frameCase.parametrisation }),
          value: frameCase.value,
          minimizer: {
            frames: [R, Q],
            blocks: { W2: mul(w2, t(R)), W1: mul(w1, R, t(Q)), H1: mul(h, Q, Y) },
          },
          conclusions: [
            ...conclusions,
            {
              id: 'NC2-features',
              title: 'the class means form an orthogonal frame',
              statement: equal(gram(H1bar), mul(div(spread, mul(K, n, lambdaH)), identity('K'))),
            },
          ],
        },
        zeroCase,
      ],
    },
    {
      ...shared,
      id: 'relaxed',
      status: 'current',
      expected: 'proved',
      hypotheses: [leq(K, d), neq(kappa, threshold)],
      ofMinimizer: [equalNorms],
      cases: [
        {
          ...frameCase,
          parametrisation: frameParametrisation(between(div(1, 2))),
          ...rectifiedFrameProof(problem, constants, price),
        },
        { ...zeroCase, ...rectifiedZeroProof(problem, constants, price) },
      ],
    },
  ],
});
