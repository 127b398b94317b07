/**
 * Theorem 4.1: the unconstrained features model with two linear layers.
 *
 * Problem. With K classes of n samples each, N = Kn, Y = I_K ⊗ 1_nᵀ and λ_{W₂}, λ_{W₁}, λ_{H₁} > 0, minimise over
 * W₂ ∈ ℝ^{K×d}, W₁ ∈ ℝ^{d×d}, H₁ ∈ ℝ^{d×N}
 *
 *   f = 1/(2N)·‖W₂W₁H₁ − Y‖² + (λ_{W₂}/2)‖W₂‖² + (λ_{W₁}/2)‖W₁‖² + (λ_{H₁}/2)‖H₁‖².
 *
 * Theorem (reconstructed). Let d ≥ K, κ = K³nλ_{W₂}λ_{W₁}λ_{H₁}, z the largest root in (0, 1) of z(1 − z)³ = κ, and
 * H̄₁ = H₁Yᵀ/n, the class means.
 *
 *   If κ < 1/16, every global minimizer satisfies
 *     (NC1) H₁ = H̄₁ ⊗ 1_nᵀ,
 *     (NC2) H̄₁ᵀH̄₁ = z(1−z)/(Knλ_{H₁})·I_K and (W₁H̄₁)ᵀ(W₁H̄₁) = Kλ_{W₂}z/(1−z)·I_K,
 *     (NC3) W₂ = (1−z)/(Kλ_{W₂})·(W₁H̄₁)ᵀ and W₂W₁ = Knλ_{H₁}/(1−z)·H̄₁ᵀ,
 *     (balance) λ_{W₁}W₁ᵀW₁ = λ_{H₁}H₁H₁ᵀ and λ_{W₂}W₂ᵀW₂ = λ_{W₁}W₁W₁ᵀ,
 *   and the minimum is (1−z)(1+2z)/2. If κ > 1/16, the only global minimizer is zero, with value 1/2.
 *
 * At κ = 1/16 zero and the frames of every rank r ≤ K tie. So the literal reading, "every nonzero global minimizer is
 * an orthogonal frame" for any κ, is false there for K ≥ 2; it is kept as the revision `literal`.
 *
 * Landscape. Zero is a strict local minimum for every λ, and for κ < 27/256 so is, up to rotations, the frame of every
 * rank r < K: W₂ = w₂UQᵀ, W₁ = w₁QVᵀ, H̄₁ = hVUᵀ, of value 1/2 − r/(2K)·z(2z − 1). A descent may end there, and nothing
 * is wrong with the theorem when it does. The frames of the small root, z′ < 1/4, are strict saddles, higher than zero.
 *
 * Reference. Tirer & Bruna, ICML 2022, Theorem 4.1, whose text was not at hand: the abstract says that the structure is
 * an orthogonal frame in every layer; constants, threshold and tie follow from deriving what is true.
 */
import {
  type Case,
  type Conclusion,
  type CriticalFamily,
  type PinnedInstance,
  type Revision,
  type SpectrumBlock,
  K,
  add,
  and,
  classMeans,
  complement,
  d,
  define,
  div,
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
  number,
  r,
  sub,
  t,
  theorem,
  ufm,
  zeros,
} from 'ufm-check';
import { frameProof } from './linear-proof.js';
import { tirerBruna2022 } from './paper.js';
import { zeroProof } from './two-layer-chain.js';
import { spectrumAtZero, twoLayerSpectrum } from './two-layer-spectrum.js';
import {
  type FramesOfRoot,
  aboveThreshold,
  belowThreshold,
  between,
  fold,
  threshold,
  twoLayers,
} from './two-layers.js';

const problem = ufm({ layers: 2, activation: 'linear', bias: 'none' });
const { W2, W1, H1 } = problem.block;
const { W2: lambda2, W1: lambda1, H1: lambdaH } = problem.lambda;

const constants = twoLayers(problem);
const { kappa, z, w2, w1, h, frameValue, parametrisation, frameParametrisation, amplitudes, smallRoot } = constants;
const H1bar = define('H1bar', classMeans(H1), 'H̄₁', '\\bar{H}_{1}');

const Q = frame('Q', 'd', 'K');
const R = frame('R', 'd', 'K');

const conclusions: readonly Conclusion[] = [
  { id: 'NC1', title: 'within-class variability collapses', statement: equal(H1, mul(H1bar, Y)) },
  {
    id: 'NC2',
    title: 'the class means form an orthogonal frame',
    statement: equal(gram(H1bar), mul(div(mul(z, sub(1, z)), mul(K, n, lambdaH)), identity('K'))),
  },
  {
    id: 'NC2-hidden',
    title: 'so do the means of the hidden layer',
    statement: equal(gram(mul(W1, H1bar)), mul(div(mul(K, lambda2, z), sub(1, z)), identity('K'))),
  },
  {
    id: 'NC3',
    title: 'the last weights are aligned with the means of the hidden layer',
    statement: equal(W2, mul(div(sub(1, z), mul(K, lambda2)), t(mul(W1, H1bar)))),
  },
  {
    id: 'NC3-product',
    title: 'the product of the weights is aligned with the class means',
    statement: equal(mul(W2, W1), mul(div(mul(K, n, lambdaH), sub(1, z)), t(H1bar))),
  },
  {
    id: 'balance-1',
    title: 'the first layer balances the features',
    statement: equal(mul(lambda1, gram(W1)), mul(lambdaH, H1, t(H1))),
  },
  {
    id: 'balance-2',
    title: 'the last layer balances the first',
    statement: equal(mul(lambda2, gram(W2)), mul(lambda1, W1, t(W1))),
  },
];

/** The Hessian at the frames of a root, wherever they exist. */
const framesSpectrum = (root: FramesOfRoot): SpectrumBlock[] =>
  twoLayerSpectrum(problem, root, {
    rank: K,
    classes: identity('K'),
    hidden: Q,
    features: R,
    inactiveClasses: [],
    inactiveHidden: complement('Qc', Q, 'Q⊥', 'Q_{\\perp}'),
    inactiveFeatures: complement('Rc', R, 'R⊥', 'R_{\\perp}'),
  });
const frameSpectrum = framesSpectrum(constants);

const frameCase: Case = {
  id: 'frame',
  when: leq(kappa, threshold),
  strata: belowThreshold,
  parametrisation: frameParametrisation(between(div(1, 2), geq)),
  minimizer: {
    frames: [Q, R],
    blocks: { W2: mul(w2, t(Q)), W1: mul(w1, Q, t(R)), H1: mul(h, R, Y) },
  },
  value: frameValue,
  conclusions,
  spectrum: frameSpectrum,
  // W₂ says what Q is, H₁ what R is: twice dim St(K, d).
  manifold: { when: leq(kappa, threshold), dimension: sub(mul(2, d, K), mul(K, add(K, 1))) },
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
  spectrum: spectrumAtZero(problem),
  manifold: { when: gt(kappa, threshold), dimension: number(0) },
};

const U = frame('U', 'K', 'r');
const P = frame('P', 'd', 'r');
const V = frame('V', 'd', 'r');

/** Frames of rank r with the largest root, zero among them: local minima for every κ at which they exist. */
const partialFrames: CriticalFamily = {
  id: 'rank-r',
  title: 'frames of rank r < K, and zero',
  when: lt(kappa, fold),
  parametrisation: frameParametrisation(between(div(1, 4))),
  construction: {
    frames: [U, P, V],
    blocks: { W2: mul(w2, U, t(P)), W1: mul(w1, P, t(V)), H1: mul(h, V, t(U), Y) },
  },
  value: sub(div(1, 2), mul(div(r, mul(2, K)), z, sub(mul(2, z), 1))),
  spectrum: twoLayerSpectrum(problem, constants, {
    rank: r,
    classes: U,
    hidden: P,
    features: V,
    inactiveClasses: [complement('Uc', U, 'U⊥', 'U_{\\perp}')],
    inactiveHidden: complement('Pc', P, 'P⊥', 'P_{\\perp}'),
    inactiveFeatures: complement('Vc', V, 'V⊥', 'V_{\\perp}'),
  }),
  nature: 'local-minimum',
};

/** Past the threshold the frames are still critical, and higher than zero. */
const framesPastThreshold: CriticalFamily = {
  id: 'frame',
  title: 'the orthogonal frames past the threshold',
  when: and(gt(kappa, threshold), lt(kappa, fold)),
  parametrisation: frameParametrisation((x) => [gt(x, div(1, 4)), lt(x, div(1, 2))]),
  construction: frameCase.minimizer,
  value: frameValue,
  spectrum: frameSpectrum,
  nature: 'local-minimum',
};

/** The frames of the small root: a pass between zero and the frames of the largest one, down on both sides. */
const passes: CriticalFamily = {
  id: 'pass',
  title: 'the orthogonal frames of the small root',
  when: lt(kappa, fold),
  parametrisation: smallRoot.frameParametrisation((x) => [lt(x, div(1, 4))]),
  construction: {
    frames: [Q, R],
    blocks: {
      W2: mul(smallRoot.w2, t(Q)),
      W1: mul(smallRoot.w1, Q, t(R)),
      H1: mul(smallRoot.h, R, Y),
    },
  },
  value: smallRoot.frameValue,
  spectrum: framesSpectrum(smallRoot),
  nature: 'saddle',
};

const pinned: readonly PinnedInstance[] = [
  { K: 2, n: 2, d: 3, amplitudes: { z: '2/3', w2: '1', w1: '1' } },
  { K: 3, n: 2, d: 3, amplitudes: { z: '3/4', w2: '3/2', w1: '1/2' } },
  { K: 4, n: 1, d: 4, amplitudes: { z: '4/5', w2: '1', w1: '4/5' } },
  { K: 3, n: 3, d: 5, amplitudes: { z: '3/5', w2: '2', w1: '1/2' } },
  { K: 5, n: 2, d: 5, amplitudes: { z: '9/10', w2: '3/2', w1: '2/3' } },
  { K: 1, n: 3, d: 2, amplitudes: { z: '3/4', w2: '1', w1: '1/2' } },
  // The threshold itself, where zero and the frames of every rank tie, and the fold.
  { K: 2, n: 1, d: 2, amplitudes: { z: '1/2', w2: '1', w1: '1' } },
  { K: 3, n: 1, d: 3, amplitudes: { z: '1/4', w2: '1/2', w1: '1/2' } },
];

const shared: Omit<Revision, 'id' | 'status' | 'expected' | 'hypotheses' | 'cases'> = {
  problem,
  parametrisation,
  amplitudes,
  criticalPoints: [partialFrames, framesPastThreshold, passes],
  pinned,
};

export const theorem41 = theorem({
  paper: tirerBruna2022,
  id: '4.1',
  title: 'two linear layers: orthogonal frames',
  source: 'Theorem 4.1',
  label: 'thm:linear',
  provenance: {
    kind: 'reconstructed',
    from: 'the abstract (orthogonal frames across the layers); constants, threshold and tie derived',
  },
  revisions: [
    {
      ...shared,
      id: 'literal',
      status: 'superseded',
      expected: 'refuted',
      hypotheses: [leq(K, d)],
      ofMinimizer: [{ id: 'nonzero', title: 'the minimizer is not zero', statement: isNotZero(H1) }],
      cases: [
        { ...frameCase, strata: [...belowThreshold, { id: 'κ = 1/16', draw: { kappa: { exactly: '1/16' } } }] },
        // Past the threshold it speaks of nothing: no global minimizer but zero.
        zeroCase,
      ],
    },
    {
      ...shared,
      id: 'current',
      status: 'current',
      expected: 'proved',
      hypotheses: [leq(K, d), neq(kappa, threshold)],
      cases: [
        {
          ...frameCase,
          parametrisation: frameParametrisation(between(div(1, 2))),
          ...frameProof(problem, constants),
        },
        { ...zeroCase, ...zeroProof(problem, constants) },
      ],
    },
  ],
});
