/**
 * Theorem 3.2: the unconstrained features model with one layer and a bias that is not regularised.
 *
 * Problem. With K classes of n samples each, N = Kn, Y = I_K ⊗ 1_nᵀ and λ_W, λ_H > 0,
 *
 *   minimise over W ∈ ℝ^{K×d}, H ∈ ℝ^{d×N}, b ∈ ℝ^K:
 *     f = 1/(2N)·‖WH + b1_Nᵀ − Y‖² + (λ_W/2)‖W‖² + (λ_H/2)‖H‖².
 *
 * Theorem (tight). Let d ≥ K, c = K√(nλ_Wλ_H), H̄ = HYᵀ/n the class means, and Π = I_K − 1_K1_Kᵀ/K.
 *
 *   If c ≤ 1, every global minimizer satisfies
 *     (NC1) H = H̄ ⊗ 1_nᵀ,   (NC2) H̄ᵀH̄ = ρΠ with ρ = (1 − c)√(λ_W/(nλ_H)): a simplex ETF,
 *     (NC3) W = √(nλ_H/λ_W)·H̄ᵀ,   (mean) H̄1_K = 0,   (b) b = 1_K/K,
 *   and the minimum is (K−1)/K·(c − c²/2). If c > 1, the only global minimizer is (0, 0, 1_K/K), with value (K−1)/(2K).
 *
 * Proof. With s = √(nλ_H/λ_W), P = 1_N1_Nᵀ/N and Y_c = ΠY, for all matrices (S32)
 *
 *   f = (K−1)/K·(c − c²/2) + 1/(2N)·‖WH(I−P) − (1−c)Y_c‖² + ½‖b − (Y − WH)1_N/N‖²
 *       + (λ_W/2)‖W − (s/n)Y_cHᵀ‖² + (λ_H/2)‖H − H̄Y + HP‖²,
 *
 * and for c > 1 the same with Y_c dropped from the first square, the last two weighted by 1/c, and (1 − 1/c) times the
 * regulariser added.
 *
 * The same by inequalities, step by step, with H₀ = H(I − P), H_c = H̄Y − HP, Z = WH_c and c̃ = min(c, 1); the
 * regulariser of W is understood up to the third:
 *
 *   f ≥ min over b ≥ 1/(2N)·‖WH₀ − Y_c‖² + (λ_H/2)‖H₀‖² ≥ 1/(2N)·‖Z − Y_c‖² + (λ_H/2)‖H_c‖²
 *     ≥ 1/(2N)·‖Z − Y_c‖² + √(λ_Wλ_H)·‖Z‖_* ≥ 1/(2N)·‖Z − Y_c‖² + (c̃/N)·⟨Z, Y_c⟩ ≥ (K−1)/K·(c̃ − c̃²/2).
 *
 * Outside. d ≥ K − 1 is enough. For d < K − 1 the minimizers are W = wUVᵀ, H̄ = hVUᵀ with U ∈ ℝ^{K×d} any orthonormal
 * frame orthogonal to 1_K and V any rotation, and the minimum is (K−1)/(2K) − d/(2K)·(1 − c)².
 *
 * Reference. Tirer & Bruna, ICML 2022, Theorem 3.2. The text of the theorem was not at hand; its constants are derived.
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
  geq,
  gram,
  gt,
  identity,
  isZero,
  labels as Y,
  leq,
  lt,
  mul,
  n,
  ones,
  pow,
  sqrt,
  square,
  sub,
  t,
  theorem,
  ufm,
  zeros,
  number,
  parameter,
  r,
  type ChainStep,
  type DirectionSpace,
  type Matrix,
  type Scalar,
  type SpectrumBlock,
} from 'ufm-check';
import {
  type CriticalFrames,
  amplitudes,
  beyondThreshold,
  blockOf,
  classSpectrum,
  oneLayer,
  regularised,
  space,
  spectralSteps,
  squaredLoss,
  unitLabels,
  upToThreshold,
} from './one-layer.js';
import { tirerBruna2022 } from './paper.js';

const problem = ufm({ layers: 1, activation: 'linear', bias: 'free' });
const { W, H, b } = problem.block;
const { W: lambdaW, H: lambdaH } = problem.lambda;

const { c, balance, rho, parametrisation } = oneLayer(problem);
const Hbar = define('Hbar', classMeans(H), 'H̄', '\\bar{H}');
const one = ones('K');
const average = define('J', mul(div(1, K), one, t(one)), 'J', 'J');
const centring = define('Pi', sub(identity('K'), average), 'Π', '\\Pi');
/** 1_N. */
const oneN = mul(t(Y), one);
const centredLabels = mul(centring, Y);
/** X(I − P), the rows of X without their means. */
const centredRows = (x: typeof Y): typeof Y => sub(x, mul(div(1, N), x, oneN, t(oneN)));
const uniform = mul(div(1, K), one);

const R = frame('R', 'd', 'K');

// Critical points of lower rank: U = CP is any K × r frame with Uᵀ1_K = 0.
const C = complement('C', one);
const P = frame('P', 'K-1', 'r');
const V = frame('V', 'd', 'r');
const U = mul(C, P);

// The Hessian at a critical point of rank r ≤ K − 1: centred classes as in Theorem 3.1, and what goes along 1_K.
const unitOne = mul(div(1, sqrt(K)), one);
const centred = sub(K, 1);
const spectrumAt = (frames: Omit<CriticalFrames, 'classes'>): SpectrumBlock[] => {
  const { rank, active, inactiveClasses, inactiveFeatures } = frames;
  // w/√N, with w the amplitude of the weights.
  const meanMixed = div(mul(balance, sqrt(rho)), sqrt(N));
  const activeFeatures = active === undefined ? [] : [active.features];
  const weightsAlongOne = (features: readonly Matrix[]): DirectionSpace[] =>
    features.map((x) => {
      const S = parameter('S', '1', x.cols);
      return space(S, { W: mul(unitOne, S, t(x)) });
    });
  const column = (x: Matrix) => parameter('S', x.cols, '1');
  const meanFeature = (x: Matrix): Matrix => mul(x, column(x), t(unitOne), unitLabels);
  const biasAlong = (x: Matrix): DirectionSpace => space(column(x), { b: mul(x, column(x)) });
  return [
    ...classSpectrum(problem, c, { ...frames, classes: centred }),
    ...blockOf('weights along 1, active', [[div(lambdaW, c)]], rank, weightsAlongOne(activeFeatures)),
    ...blockOf('weights along 1, inactive', [[lambdaW]], sub(d, rank), weightsAlongOne(inactiveFeatures)),
    ...blockOf(
      'mean feature, inactive',
      [[lambdaH]],
      sub(d, rank),
      inactiveFeatures.map((x) => space(column(x), { H: meanFeature(x) })),
    ),
    ...blockOf(
      'mean feature, active, with the bias',
      [
        [div(lambdaH, c), meanMixed],
        [meanMixed, number(1)],
      ],
      rank,
      active === undefined
        ? []
        : [
            space(
              column(active.features),
              { H: meanFeature(active.features) },
              { b: mul(active.classes, column(active.features)) },
            ),
          ],
    ),
    ...blockOf('bias alone', [[number(1)]], sub(K, rank), [unitOne, ...inactiveClasses].map(biasAlong)),
  ];
};
const minimizerSpectrum = spectrumAt({
  rank: centred,
  active: { classes: C, features: mul(R, C) },
  inactiveClasses: [],
  inactiveFeatures: [complement('Rc', R, 'R⊥', 'R_{\\perp}'), mul(R, unitOne)],
});
const saddleSpectrum = spectrumAt({
  rank: r,
  active: { classes: U, features: V },
  inactiveClasses: [mul(C, complement('Pc', P, 'P⊥', 'P_{\\perp}'))],
  inactiveFeatures: [complement('Vc', V, 'V⊥', 'V_{\\perp}')],
});
const spectrumAtZero = spectrumAt({
  rank: number(0),
  inactiveClasses: [C],
  inactiveFeatures: [identity('d')],
});

const A = square('A', 'K', 'N');
const M = square('M', 'K', '1');
const D = square('D', 'K', 'd');
const G = square('G', 'd', 'N');
const WeightSquare = square('W', 'K', 'd');
const residualMean = sub(b, mul(div(1, N), sub(Y, mul(W, H)), oneN));
const balanced = sub(W, mul(div(balance, n), centredLabels, t(H)));
const withinClass = add(sub(H, mul(Hbar, Y)), mul(div(1, N), H, oneN, t(oneN)));

// What the squares say: H1_N = G1_N, so the means vanish with G; then NC3 and NC2 follow one after the other.
const nc3 = sub(D, mul(div(balance, mul(n, K)), one, t(one), Y, t(G)));
const nc2 = sub(
  mul(div(1, mul(balance, n)), add(mul(A, t(Y)), mul(div(1, K), W, G, t(Y), one, t(one)))),
  mul(div(1, balance), nc3, Hbar),
);

const centredFeatures = define('H0', centredRows(H), 'H₀', 'H_{0}');
const collapsed = define('Hc', sub(mul(Hbar, Y), mul(div(1, N), H, oneN, t(oneN))), 'H_c', 'H_{c}');
const outputs = define('Z', mul(W, collapsed));
const lossOfOutputs = squaredLoss(sub(outputs, centredLabels));
const chain = (shrunk: Scalar, value: Scalar): ChainStep[] => [
  {
    id: 'B1',
    title: 'the best bias',
    bound: regularised(problem, squaredLoss(centredRows(sub(mul(W, H), Y))), H),
    because: 'the difference is ½‖b − (Y − WH)1_N/N‖²',
  },
  {
    id: 'B2',
    title: 'features without their mean',
    bound: regularised(problem, squaredLoss(sub(mul(W, centredFeatures), centredLabels)), centredFeatures),
    because: 'the outputs less their mean do not see HP, and ‖H‖² = ‖H(I − P)‖² + ‖HP‖²',
  },
  {
    id: 'B3',
    title: 'features averaged over their class',
    bound: regularised(problem, lossOfOutputs, collapsed),
    because: 'the difference is ‖W(H − H̄Y)‖²/(2N) + (λ_H/2)‖H − H̄Y‖²',
  },
  ...spectralSteps(problem, ['B4', 'B5', 'B6'], {
    outputs,
    loss: lossOfOutputs,
    labels: centredLabels,
    shrunk,
    value,
  }),
];
const valueOfEtf = mul(div(sub(K, 1), K), sub(c, div(pow(c, 2), 2)));
const valueAtZero = div(sub(K, 1), mul(2, K));

// For d < K − 1: a frame of d of the K − 1 centred directions, and a rotation of the features.
const Pd = frame('Pd', 'K-1', 'd', 'P_d', 'P_{d}');
const Vd = frame('Vd', 'd', 'd', 'V_d', 'V_{d}');
const Ud = mul(C, Pd);

export const theorem32 = theorem({
  paper: tirerBruna2022,
  id: '3.2',
  title: 'UFM with free bias: simplex ETF',
  source: 'Theorem 3.2',
  label: 'thm:bias',
  provenance: { kind: 'reconstructed', from: 'the abstract, and what is true: (S32) proves it for all parameters' },
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
          id: 'etf',
          when: leq(c, 1),
          strata: upToThreshold,
          minimizer: {
            frames: [R],
            blocks: {
              W: mul(balance, sqrt(rho), centring, t(R)),
              H: mul(sqrt(rho), R, centredLabels),
              b: uniform,
            },
          },
          value: valueOfEtf,
          conclusions: [
            { id: 'NC1', title: 'within-class variability collapses', statement: equal(H, mul(Hbar, Y)) },
            {
              id: 'NC2',
              title: 'the class means form a simplex ETF',
              statement: equal(gram(Hbar), mul(rho, centring)),
            },
            {
              id: 'NC3',
              title: 'the weights are aligned with the class means',
              statement: equal(W, mul(balance, t(Hbar))),
            },
            { id: 'mean', title: 'the class means are centred', statement: isZero(mul(Hbar, one)) },
            { id: 'bias', title: 'the bias is uniform', statement: equal(b, uniform) },
          ],
          spectrum: minimizerSpectrum,
          // dim St(K − 1, d)
          manifold: { when: lt(c, 1), dimension: sub(mul(d, centred), div(mul(K, centred), 2)) },
          proof: {
            squares: {
              A: {
                coefficient: div(1, mul(2, N)),
                of: sub(centredRows(mul(W, H)), mul(sub(1, c), centredLabels)),
              },
              M: { coefficient: div(1, 2), of: residualMean },
              D: { coefficient: div(lambdaW, 2), of: balanced },
              G: { coefficient: div(lambdaH, 2), of: withinClass },
            },
            cofactors: {
              NC1: centredRows(G),
              NC2: nc2,
              NC3: nc3,
              mean: mul(div(1, n), G, oneN),
              bias: sub(M, mul(div(1, N), W, G, oneN)),
            },
          },
          chain: chain(c, valueOfEtf),
        },
        {
          id: 'zero',
          when: gt(c, 1),
          strata: beyondThreshold,
          minimizer: { blocks: { W: zeros('K', 'd'), H: zeros('d', 'N'), b: uniform } },
          value: valueAtZero,
          conclusions: [
            { id: 'W = 0', title: 'the weights vanish', statement: isZero(W) },
            { id: 'H = 0', title: 'the features vanish', statement: isZero(H) },
            { id: 'bias', title: 'the bias is uniform', statement: equal(b, uniform) },
          ],
          spectrum: spectrumAtZero,
          manifold: { when: gt(c, 1), dimension: number(0) },
          proof: {
            squares: {
              A: { coefficient: div(1, mul(2, N)), of: centredRows(mul(W, H)) },
              M: { coefficient: div(1, 2), of: residualMean },
              D: { coefficient: mul(div(1, c), div(lambdaW, 2)), of: balanced },
              G: { coefficient: mul(div(1, c), div(lambdaH, 2)), of: withinClass },
              W: { coefficient: mul(sub(1, div(1, c)), div(lambdaW, 2)), of: W },
              H: { coefficient: mul(sub(1, div(1, c)), div(lambdaH, 2)), of: H },
            },
            cofactors: {
              'W = 0': WeightSquare,
              'H = 0': square('H', 'd', 'N'),
              bias: sub(M, mul(div(1, N), WeightSquare, H, oneN)),
            },
          },
          chain: chain(number(1), valueAtZero),
        },
      ],
      criticalPoints: [
        {
          id: 'rank-r',
          title: 'centred frames of rank r < K − 1, and zero',
          when: and(lt(c, 1), geq(K, 2)),
          construction: {
            frames: [P, V],
            blocks: {
              W: mul(balance, sqrt(rho), U, t(V)),
              H: mul(sqrt(rho), V, t(U), Y),
              b: uniform,
            },
          },
          value: sub(div(centred, mul(2, K)), mul(div(r, mul(2, K)), pow(sub(1, c), 2))),
          spectrum: saddleSpectrum,
          rankBelow: centred,
          nature: 'saddle',
        },
      ],
      outside: [
        {
          id: 'd < K − 1',
          title: 'centred frames of the highest rank that d leaves room for',
          when: and(lt(d, sub(K, 1)), leq(c, 1)),
          minimizer: {
            frames: [Pd, Vd],
            blocks: { W: mul(balance, sqrt(rho), Ud, t(Vd)), H: mul(sqrt(rho), Vd, t(Ud), Y), b: uniform },
          },
          value: sub(valueAtZero, mul(div(d, mul(2, K)), pow(sub(1, c), 2))),
        },
      ],
      pinned: [
        { K: 2, n: 1, d: 2, amplitudes: { s: '1', h: '1/2' } },
        { K: 3, n: 2, d: 3, amplitudes: { s: '2', h: '1/2' } },
        { K: 4, n: 2, d: 5, amplitudes: { s: '3/4', h: '2/3' } },
        { K: 5, n: 2, d: 7, amplitudes: { s: '3', h: '1/3' } },
        { K: 3, n: 1, d: 3, amplitudes: { s: '1', h: '2/3' } },
      ],
    },
  ],
});
