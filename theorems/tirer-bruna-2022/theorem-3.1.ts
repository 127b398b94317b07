/**
 * Theorem 3.1: the bias-free unconstrained features model with one layer.
 *
 * Problem. With K classes of n samples each, N = Kn, Y = I_K ⊗ 1_nᵀ and λ_W, λ_H > 0,
 *
 *   minimise over W ∈ ℝ^{K×d}, H ∈ ℝ^{d×N}:   f = 1/(2N)·‖WH − Y‖² + (λ_W/2)‖W‖² + (λ_H/2)‖H‖².
 *
 * Theorem (tight). Let d ≥ K, c = K√(nλ_Wλ_H) and H̄ = HYᵀ/n, the class means.
 *
 *   If c ≤ 1, every global minimizer satisfies
 *     (NC1) H = H̄ ⊗ 1_nᵀ,   (NC2) H̄ᵀH̄ = ρI_K with ρ = (1 − c)√(λ_W/(nλ_H)),   (NC3) W = √(nλ_H/λ_W)·H̄ᵀ,
 *   and the minimum is c − c²/2. If c > 1, the only global minimizer is (0, 0), with value 1/2.
 *
 * Proof. Two identities that hold for all matrices, with s = √(nλ_H/λ_W): for c ≤ 1 (S31)
 *
 *   f = c − c²/2 + 1/(2N)·‖WH − (1−c)Y‖² + (λ_W/2)‖W − (s/n)YHᵀ‖² + (λ_H/2)‖H − H̄Y‖²
 *
 * and for c > 1 the same with Y dropped from the first square, the other two weighted by 1/c, and (1 − 1/c) times the
 * regulariser added (S31z). All squares vanish exactly at the points that the theorem names.
 *
 * The same by inequalities, step by step, with Z = WH̄Y and c̃ = min(c, 1):
 *
 *   f ≥ f(W, H̄Y) ≥ 1/(2N)·‖Z − Y‖² + √(λ_Wλ_H)·‖Z‖_* ≥ 1/(2N)·‖Z − Y‖² + (c̃/N)·⟨Z, Y⟩ ≥ c̃ − c̃²/2.
 *
 * Outside. For d < K no frame has K columns: there the minimizers are W = wUVᵀ, H̄ = hVUᵀ with U ∈ ℝ^{K×d} any
 * orthonormal frame and V any rotation, the minimum is 1/2 − d/(2K)·(1 − c)², and NC2 fails, for a rank is missing.
 *
 * Reference. Tirer & Bruna, ICML 2022, Theorem 3.1; restated as Theorem 2.1 of Tirer, Huang & Niles-Weed, "Perturbation
 * Analysis of Neural Collapse", with λ_W/K and λ_H/(Kn) for λ_W and λ_H.
 */
import {
  K,
  N,
  add,
  and,
  classMeans,
  complement,
  d,
  define,
  div,
  equal,
  frame,
  gram,
  gt,
  identity,
  isZero,
  labels as Y,
  leq,
  lt,
  mul,
  n,
  pow,
  r,
  sqrt,
  square,
  sub,
  t,
  theorem,
  ufm,
  zeros,
  number,
  type ChainStep,
  type Scalar,
} from 'ufm-check';
import {
  amplitudes,
  beyondThreshold,
  classSpectrum,
  oneLayer,
  regularised,
  spectralSteps,
  squaredLoss,
  upToThreshold,
} from './one-layer.js';
import { tirerBruna2022 } from './paper.js';

const problem = ufm({ layers: 1, activation: 'linear', bias: 'none' });
const { W, H } = problem.block;
const { W: lambdaW, H: lambdaH } = problem.lambda;

const { c, balance, rho, parametrisation } = oneLayer(problem);
const Hbar = define('Hbar', classMeans(H), 'H̄', '\\bar{H}');

const R = frame('R', 'd', 'K');
const U = frame('U', 'K', 'r');
const V = frame('V', 'd', 'r');

// The Hessian at a critical point: which classes and features it uses, and which are left.
const minimizerSpectrum = classSpectrum(problem, c, {
  rank: K,
  active: { classes: identity('K'), features: R },
  inactiveClasses: [],
  inactiveFeatures: [complement('Rc', R, 'R⊥', 'R_{\\perp}')],
  classes: K,
});
const saddleSpectrum = classSpectrum(problem, c, {
  rank: r,
  active: { classes: U, features: V },
  inactiveClasses: [complement('Uc', U, 'U⊥', 'U_{\\perp}')],
  inactiveFeatures: [complement('Vc', V, 'V⊥', 'V_{\\perp}')],
  classes: K,
});
/** At zero, where nothing is active; for every c. */
const spectrumAtZero = classSpectrum(problem, c, {
  rank: number(0),
  inactiveClasses: [identity('K')],
  inactiveFeatures: [identity('d')],
  classes: K,
});

const A = square('A', 'K', 'N');
const D = square('D', 'K', 'd');
const G = square('G', 'd', 'N');
const balanced = sub(W, mul(div(balance, n), Y, t(H)));
const withinClass = sub(H, mul(Hbar, Y));

const collapsed = mul(Hbar, Y);
const outputs = define('Z', mul(W, collapsed));
const lossOfOutputs = squaredLoss(sub(outputs, Y));
const chain = (shrunk: Scalar, value: Scalar): ChainStep[] => [
  {
    id: 'B1',
    title: 'features averaged over their class',
    bound: regularised(problem, lossOfOutputs, collapsed),
    because: 'the difference is ‖W(H − H̄Y)‖²/(2N) + (λ_H/2)‖H − H̄Y‖²',
  },
  ...spectralSteps(problem, ['B2', 'B3', 'B4'], { outputs, loss: lossOfOutputs, labels: Y, shrunk, value }),
];
const valueOfFrame = sub(c, div(pow(c, 2), 2));
const valueAtZero = div(1, 2);

// For d < K: a frame of d of the K directions, and a rotation of the features.
const Ud = frame('Ud', 'K', 'd', 'U_d', 'U_{d}');
const Vd = frame('Vd', 'd', 'd', 'V_d', 'V_{d}');

export const theorem31 = theorem({
  paper: tirerBruna2022,
  id: '3.1',
  title: 'bias-free UFM: orthogonal frame',
  source: 'Theorem 3.1',
  label: 'thm:bias-free',
  provenance: {
    kind: 'verbatim',
    from: 'the constants as published; restated as Theorem 2.1 of "Perturbation Analysis of Neural Collapse"',
  },
  revisions: [
    {
      id: 'current',
      status: 'current',
      expected: 'proved',
      problem,
      hypotheses: [leq(K, d)],
      parametrisation,
      amplitudes,
      cases: [
        {
          id: 'frame',
          when: leq(c, 1),
          strata: upToThreshold,
          minimizer: {
            frames: [R],
            blocks: { W: mul(balance, sqrt(rho), t(R)), H: mul(sqrt(rho), R, Y) },
          },
          value: valueOfFrame,
          conclusions: [
            { id: 'NC1', title: 'within-class variability collapses', statement: equal(H, mul(Hbar, Y)) },
            {
              id: 'NC2',
              title: 'the class means form an orthogonal frame',
              statement: equal(gram(Hbar), mul(rho, identity('K'))),
            },
            {
              id: 'NC3',
              title: 'the weights are aligned with the class means',
              statement: equal(W, mul(balance, t(Hbar))),
            },
          ],
          spectrum: minimizerSpectrum,
          // dim St(K, d)
          manifold: { when: lt(c, 1), dimension: sub(mul(d, K), div(mul(K, add(K, 1)), 2)) },
          proof: {
            equation: 'eq:identity',
            squares: {
              A: { coefficient: div(1, mul(2, N)), of: sub(mul(W, H), mul(sub(1, c), Y)) },
              D: { coefficient: div(lambdaW, 2), of: balanced },
              G: { coefficient: div(lambdaH, 2), of: withinClass },
            },
            cofactors: {
              NC1: G,
              NC2: mul(div(1, mul(balance, n)), sub(mul(A, t(Y)), mul(D, H, t(Y)))),
              NC3: D,
            },
          },
          chain: chain(c, valueOfFrame),
        },
        {
          id: 'zero',
          when: gt(c, 1),
          strata: beyondThreshold,
          minimizer: { blocks: { W: zeros('K', 'd'), H: zeros('d', 'N') } },
          value: valueAtZero,
          conclusions: [
            { id: 'W = 0', title: 'the weights vanish', statement: isZero(W) },
            { id: 'H = 0', title: 'the features vanish', statement: isZero(H) },
          ],
          spectrum: spectrumAtZero,
          manifold: { when: gt(c, 1), dimension: number(0) },
          proof: {
            squares: {
              A: { coefficient: div(1, mul(2, N)), of: mul(W, H) },
              D: { coefficient: mul(div(1, c), div(lambdaW, 2)), of: balanced },
              G: { coefficient: mul(div(1, c), div(lambdaH, 2)), of: withinClass },
              W: { coefficient: mul(sub(1, div(1, c)), div(lambdaW, 2)), of: W },
              H: { coefficient: mul(sub(1, div(1, c)), div(lambdaH, 2)), of: H },
            },
            cofactors: { 'W = 0': square('W', 'K', 'd'), 'H = 0': square('H', 'd', 'N') },
          },
          chain: chain(number(1), valueAtZero),
        },
      ],
      criticalPoints: [
        {
          id: 'rank-r',
          title: 'frames of rank r < K, and zero',
          when: lt(c, 1),
          construction: {
            frames: [U, V],
            blocks: { W: mul(balance, sqrt(rho), U, t(V)), H: mul(sqrt(rho), V, t(U), Y) },
          },
          value: sub(div(1, 2), mul(div(r, mul(2, K)), pow(sub(1, c), 2))),
          spectrum: saddleSpectrum,
          nature: 'saddle',
        },
      ],
      outside: [
        {
          id: 'd < K',
          title: 'frames of the highest rank that d leaves room for',
          when: and(lt(d, K), leq(c, 1)),
          minimizer: {
            frames: [Ud, Vd],
            blocks: { W: mul(balance, sqrt(rho), Ud, t(Vd)), H: mul(sqrt(rho), Vd, t(Ud), Y) },
          },
          value: sub(div(1, 2), mul(div(d, mul(2, K)), pow(sub(1, c), 2))),
        },
      ],
      pinned: [
        { K: 2, n: 1, d: 2, amplitudes: { s: '1', h: '1/2' } },
        { K: 3, n: 2, d: 3, amplitudes: { s: '2', h: '1/2' } },
        { K: 4, n: 3, d: 5, amplitudes: { s: '1/2', h: '1' } },
        { K: 2, n: 5, d: 4, amplitudes: { s: '3/4', h: '2/3' } },
        { K: 5, n: 2, d: 7, amplitudes: { s: '3', h: '1/3' } },
        { K: 1, n: 4, d: 1, amplitudes: { s: '4', h: '1/4' } },
        { K: 3, n: 4, d: 3, amplitudes: { s: '2/5', h: '1/2' } },
      ],
    },
  ],
});
