/**
 * Theorem 3.2 with a ridge penalty on the bias: between the orthogonal frame of 3.1 and the simplex ETF of 3.2.
 *
 * Problem. With K classes of n samples each, N = Kn, Y = I_K ⊗ 1_nᵀ and λ_W, λ_H, λ_b > 0,
 *
 *   minimise over W ∈ ℝ^{K×d}, H ∈ ℝ^{d×N}, b ∈ ℝ^K:
 *     f = 1/(2N)·‖WH + b1_Nᵀ − Y‖² + (λ_W/2)‖W‖² + (λ_H/2)‖H‖² + (λ_b/2)‖b‖².
 *
 * Theorem (tight). Let d ≥ K, c = K√(nλ_Wλ_H), β = λ_b/(1 + λ_b), H̄ = HYᵀ/n the class means, J = 1_K1_Kᵀ/K, Π = I_K −
 * J, ρ = (1 − c)√(λ_W/(nλ_H)) and ρ₀ = (1 − c/β)√(λ_W/(nλ_H)).
 *
 *   If c ≤ β, every global minimizer satisfies
 *     (NC1) H = H̄ ⊗ 1_nᵀ,   (NC2) H̄ᵀH̄ = ρΠ + ρ₀J,   (NC3) W = √(nλ_H/λ_W)·H̄ᵀ,   (b) b = c/(Kλ_b)·1_K,
 *   and the minimum is (K−1)/K·(c − c²/2) + (c − c²/(2β))/K. If β < c ≤ 1, it satisfies
 *     (NC1), (NC3),   (NC2) H̄ᵀH̄ = ρΠ: a simplex ETF,   (mean) H̄1_K = 0,   (b) b = 1_K/(K(1 + λ_b)),
 *   and the minimum is (K−1)/K·(c − c²/2) + β/(2K). If c > 1, the only global minimizer is (0, 0, 1_K/(K(1 + λ_b))),
 *   with value (K − 1 + β)/(2K). (At c = β the first form is the second: ρ₀ = 0.)
 *
 * Proof. With s = √(nλ_H/λ_W), P = 1_N1_Nᵀ/N, m = (Y − WH)1_N/N and T = (1 + λ_b)/2·‖b − m/(1 + λ_b)‖², for all
 * matrices: if c ≤ β,
 *
 *   f = (K−1)/K·(c − c²/2) + (c − c²/(2β))/K + 1/(2N)·‖WH(I−P) − (1−c)ΠY‖² + β/(2N)·‖WHP − (1−c/β)JY‖² + T
 *       + (λ_W/2)‖W − (s/n)YHᵀ‖² + (λ_H/2)‖H − H̄Y‖²;
 *
 * if β < c ≤ 1,
 *
 *   f = (K−1)/K·(c − c²/2) + β/(2K) + 1/(2N)·‖WH(I−P) − (1−c)ΠY‖² + β/(2N²)·‖WH1_N‖² + T
 *       + (λ_W/2)‖W − (s/n)(Π + (β/c)J)YHᵀ‖² + (λ_H/2)‖H − H̄Y‖² + (λ_H/2)(1 − β²/c²)‖HP‖²;
 *
 * and if c > 1 the same with 1 for c in value, squares and coefficients, the last three squares weighted by 1/c, and
 * (1 − 1/c) times the regulariser of W and H added. By inequalities: ridge-chain.ts.
 *
 * Outside. For d < K the minimizers are those of Theorem 3.2 for d < K − 1, with this bias, and the minimum is
 * (K − 1 + β)/(2K) − d/(2K)·(1 − c)²; for c ≥ β, d = K − 1 is enough.
 *
 * The limits λ_b → ∞ and λ_b → 0 are Theorems 3.1 and 3.2.
 *
 * Reference. Not in the paper: derived, as the common generalisation of Theorems 3.1 and 3.2 of Tirer & Bruna, ICML
 * 2022.
 */
import {
  K,
  N,
  add,
  and,
  classMeans,
  complement,
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
  d,
  mul,
  n,
  number,
  ones,
  pow,
  sqrt,
  square,
  sub,
  symbol,
  t,
  theorem,
  ufm,
  zeros,
  type Amplitudes,
  type Matrix,
  type Parametrisation,
  type Scalar,
} from 'ufm-check';
import { beyondThreshold, oneLayer } from './one-layer.js';
import { tirerBruna2022 } from './paper.js';
import { ridgeChain } from './ridge-chain.js';
import { ridgeSpectra } from './ridge-spectrum.js';

const problem = ufm({ layers: 1, activation: 'linear', bias: 'ridge' });
const { W, H, b } = problem.block;
const { W: lambdaW, H: lambdaH, b: lambdaB } = problem.lambda;

const { c, balance, rho, parametrisation: withoutBias } = oneLayer(problem);
const beta = define('beta', div(lambdaB, add(1, lambdaB)), 'β', '\\beta');
const rhoMean = define('rho0', mul(sub(1, div(c, beta)), sqrt(div(lambdaW, mul(n, lambdaH)))), 'ρ₀', '\\rho_0');
const Hbar = define('Hbar', classMeans(H), 'H̄', '\\bar{H}');
const one = ones('K');
const average = define('J', mul(div(1, K), one, t(one)), 'J', 'J');
const centring = define('Pi', sub(identity('K'), average), 'Π', '\\Pi');
/** 1_N. */
const oneN = mul(t(Y), one);
const centredLabels = mul(centring, Y);
/** XP, each row replaced by its mean, and X(I − P). */
const meanRows = (x: Matrix): Matrix => mul(div(1, N), x, oneN, t(oneN));
const centredRows = (x: Matrix): Matrix => sub(x, meanRows(x));
const uniform = mul(div(1, mul(K, add(1, lambdaB))), one);
const noFeatures = { W: zeros('K', 'd'), H: zeros('d', 'N'), b: uniform };

// In place of (λ_W, λ_H, λ_b): s and c as in 3.1 and 3.2, and λ_b itself, so that β = g/(1 + g) is in (0, 1).
const gFree = symbol('g', 'generator');
const parametrisation: Parametrisation = {
  generators: [{ symbol: gFree, inverse: lambdaB, draw: { from: '1/10', to: '10' } }, ...withoutBias.generators],
  parameters: { ...withoutBias.parameters, b: gFree },
};

// With c = 1 − sh² the amplitude √ρ is h; with 1 − c/β = sh²·x|x|, x = 1 − k, the amplitude √ρ₀ is hx where c ≤ β
// (k ≤ 1), and k > 1 reaches every c > β.
const [sFree, hFree, kFree] = [symbol('s', 'generator'), symbol('h', 'generator'), symbol('k', 'generator')];
const deviation = sub(1, kFree);
const scaleOfRho = mul(sFree, pow(hFree, 2));
const amplitudes: Amplitudes = {
  free: [
    { symbol: sFree, draw: { from: '1/4', to: '4' } },
    { symbol: hFree, draw: { from: '1/5', to: '2' } },
    { symbol: kFree, draw: { from: '1/5', to: '3' } },
  ],
  generators: {
    s: sFree,
    c: sub(1, scaleOfRho),
    g: div(sub(1, scaleOfRho), mul(scaleOfRho, sub(1, mul(deviation, sqrt(pow(deviation, 2)))))),
  },
};

const chain = ridgeChain(problem, { beta, Hbar });

const R = frame('R', 'd', 'K');
const spectra = ridgeSpectra({ problem, c, beta, balance, rho, rhoMean, R });

const acrossValue = mul(div(sub(K, 1), K), sub(c, div(pow(c, 2), 2)));
const meanValue = div(sub(c, div(pow(c, 2), mul(2, beta))), K);
const meanAtZero = div(beta, mul(2, K));
const acrossAtZero = div(sub(K, 1), mul(2, K));

/** dim St(r, d): the d × r frames. */
const frameDimension = (rank: Scalar): Scalar => sub(mul(d, rank), div(mul(rank, add(rank, 1)), 2));

/** W = s·X·Rᵀ and H = R·X·Y, for symmetric X: aligned, and collapsed. */
const aligned = (x: Matrix, bias: Matrix): Readonly<Record<string, Matrix>> => ({
  W: mul(balance, x, t(R)),
  H: mul(R, x, Y),
  b: bias,
});
const etf = aligned(mul(sqrt(rho), centring), uniform);
const biasOfFrame = mul(div(c, mul(K, lambdaB)), one);

// For d < K: a frame of d of the K − 1 centred directions, and a rotation of the features.
const Pd = frame('Pd', 'K-1', 'd', 'P_d', 'P_{d}');
const Ud = mul(complement('C', one), Pd);
const Vd = frame('Vd', 'd', 'd', 'V_d', 'V_{d}');

const A = square('A', 'K', 'N');
const M = square('M', 'K', '1');
const D = square('D', 'K', 'd');
const G = square('G', 'd', 'N');
const acrossMean = sub(centredRows(mul(W, H)), mul(sub(1, c), centredLabels));
const biasMisfit = sub(b, mul(div(1, mul(N, add(1, lambdaB))), sub(Y, mul(W, H)), oneN));
const biasWeight = div(add(1, lambdaB), 2);
const withinClass = sub(H, mul(Hbar, Y));
/** W − (s/n)XHᵀ. */
const misaligned = (x: Matrix): Matrix => sub(W, mul(div(balance, n), x, t(H)));
/** ΠY + x·JY. */
const labelsWithMean = (x: Scalar): Matrix => add(centredLabels, mul(x, average, Y));
/** What b is off by, if WH1_N is off by this. */
const biasFrom = (meanOfOutputs: Matrix): Matrix => sub(M, mul(div(1, mul(N, add(1, lambdaB))), meanOfOutputs));

const nc1 = { id: 'NC1', title: 'within-class variability collapses', statement: equal(H, mul(Hbar, Y)) };
const nc3 = {
  id: 'NC3',
  title: 'the weights are aligned with the class means',
  statement: equal(W, mul(balance, t(Hbar))),
};
const uniformBias = { id: 'bias', title: 'the bias is uniform and shrunk', statement: equal(b, uniform) };

export const theorem32Ridge = theorem({
  paper: tirerBruna2022,
  id: '3.2-ridge',
  title: 'UFM with ridge bias: ETF or between',
  source: 'after Theorems 3.1 and 3.2',
  provenance: {
    kind: 'reconstructed',
    from: 'not stated in the paper; derived, and proved by three identities for all parameters',
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
          when: leq(c, beta),
          strata: [
            { id: 'c < β', draw: {} },
            { id: 'c just below β', draw: { g: { exactly: '1' }, c: { from: '12/25', to: '499/1000' } } },
            { id: 'c = β', draw: { g: { exactly: '1' }, c: { exactly: '1/2' } } },
          ],
          minimizer: {
            frames: [R],
            blocks: aligned(add(mul(sqrt(rho), centring), mul(sqrt(rhoMean), average)), biasOfFrame),
          },
          value: add(acrossValue, meanValue),
          conclusions: [
            nc1,
            {
              id: 'NC2',
              title: 'the class means are between an orthogonal frame and a simplex ETF',
              statement: equal(gram(Hbar), add(mul(rho, centring), mul(rhoMean, average))),
            },
            nc3,
            { id: 'bias', title: 'the bias is uniform', statement: equal(b, biasOfFrame) },
          ],
          spectrum: spectra.full,
          // dim St(K, d); one more null direction at c = β
          manifold: { when: lt(c, beta), dimension: frameDimension(K) },
          proof: {
            squares: {
              A: { coefficient: div(1, mul(2, N)), of: acrossMean },
              B: {
                coefficient: div(beta, mul(2, N)),
                of: sub(meanRows(mul(W, H)), mul(sub(1, div(c, beta)), average, Y)),
              },
              M: { coefficient: biasWeight, of: biasMisfit },
              D: { coefficient: div(lambdaW, 2), of: misaligned(Y) },
              G: { coefficient: div(lambdaH, 2), of: withinClass },
            },
            // A + B is WH less its claim; WH̄ = sH̄ᵀH̄ + DH̄.
            cofactors: {
              NC1: G,
              NC2: mul(div(1, balance), sub(mul(div(1, n), add(A, square('B', 'K', 'N')), t(Y)), mul(D, Hbar))),
              NC3: D,
              bias: biasFrom(mul(square('B', 'K', 'N'), oneN)),
            },
          },
          chain: chain({ shrunk: c, labels: Y, value: add(acrossValue, meanValue) }),
        },
        {
          id: 'etf',
          when: and(lt(beta, c), leq(c, 1)),
          strata: [
            { id: 'c just above β', draw: { g: { exactly: '1' }, c: { from: '501/1000', to: '13/25' } } },
            { id: 'β < c < 1', draw: {} },
            { id: 'c just below 1', draw: { c: { from: '24/25', to: '999/1000' } } },
            { id: 'c = 1', draw: { c: { exactly: '1' } } },
          ],
          minimizer: { frames: [R], blocks: etf },
          value: add(acrossValue, meanAtZero),
          conclusions: [
            nc1,
            {
              id: 'NC2',
              title: 'the class means form a simplex ETF',
              statement: equal(gram(Hbar), mul(rho, centring)),
            },
            nc3,
            { id: 'mean', title: 'the class means are centred', statement: isZero(mul(Hbar, one)) },
            uniformBias,
          ],
          spectrum: spectra.etf,
          // dim St(K − 1, d); at c = 1 the manifold is a point
          manifold: { when: lt(c, 1), dimension: frameDimension(sub(K, 1)) },
          proof: {
            squares: {
              A: { coefficient: div(1, mul(2, N)), of: acrossMean },
              B: { coefficient: div(beta, mul(2, pow(N, 2))), of: mul(W, H, oneN) },
              M: { coefficient: biasWeight, of: biasMisfit },
              D: { coefficient: div(lambdaW, 2), of: misaligned(labelsWithMean(div(beta, c))) },
              G: { coefficient: div(lambdaH, 2), of: withinClass },
              Q: { coefficient: mul(div(lambdaH, 2), sub(1, pow(div(beta, c), 2))), of: meanRows(H) },
            },
            // WH̄ = (1−c)Π + AYᵀ/n + B1ᵀ/N and W = s(Π + (β/c)J)H̄ᵀ + D; and H1_N = Q1_N.
            cofactors: {
              NC1: G,
              NC2: mul(
                div(1, balance),
                add(centring, mul(div(c, beta), average)),
                sub(add(mul(div(1, n), A, t(Y)), mul(div(1, N), square('B', 'K', '1'), t(one))), mul(D, Hbar)),
              ),
              NC3: sub(D, mul(div(mul(balance, sub(1, div(beta, c))), N), one, t(oneN), t(square('Q', 'd', 'N')))),
              mean: mul(div(1, n), square('Q', 'd', 'N'), oneN),
              bias: biasFrom(square('B', 'K', '1')),
            },
          },
          chain: chain({ shrunk: c, labels: labelsWithMean(div(beta, c)), value: add(acrossValue, meanAtZero) }),
        },
        {
          id: 'zero',
          when: gt(c, 1),
          strata: beyondThreshold,
          minimizer: { blocks: noFeatures },
          value: add(acrossAtZero, meanAtZero),
          conclusions: [
            { id: 'W = 0', title: 'the weights vanish', statement: isZero(W) },
            { id: 'H = 0', title: 'the features vanish', statement: isZero(H) },
            uniformBias,
          ],
          spectrum: spectra.zero,
          manifold: { when: gt(c, 1), dimension: number(0) },
          proof: {
            squares: {
              A: { coefficient: div(1, mul(2, N)), of: centredRows(mul(W, H)) },
              B: { coefficient: div(beta, mul(2, pow(N, 2))), of: mul(W, H, oneN) },
              M: { coefficient: biasWeight, of: biasMisfit },
              D: { coefficient: mul(div(1, c), div(lambdaW, 2)), of: misaligned(labelsWithMean(beta)) },
              G: { coefficient: mul(div(1, c), div(lambdaH, 2)), of: withinClass },
              Q: { coefficient: mul(div(1, c), div(lambdaH, 2), sub(1, pow(beta, 2))), of: meanRows(H) },
              W: { coefficient: mul(sub(1, div(1, c)), div(lambdaW, 2)), of: W },
              H: { coefficient: mul(sub(1, div(1, c)), div(lambdaH, 2)), of: H },
            },
            cofactors: {
              'W = 0': square('W', 'K', 'd'),
              'H = 0': square('H', 'd', 'N'),
              bias: biasFrom(square('B', 'K', '1')),
            },
          },
          chain: chain({ shrunk: number(1), labels: labelsWithMean(beta), value: add(acrossAtZero, meanAtZero) }),
        },
      ],
      criticalPoints: [
        {
          id: 'zero',
          title: 'no features and the shrunk bias',
          when: and(lt(c, 1), geq(K, 2)),
          construction: { blocks: noFeatures },
          value: add(acrossAtZero, meanAtZero),
          spectrum: spectra.zero,
          nature: 'saddle',
        },
        {
          id: 'etf',
          title: 'the simplex ETF where c < β (zero if K = 1)',
          when: lt(c, beta),
          construction: { frames: [R], blocks: etf },
          value: add(acrossValue, meanAtZero),
          spectrum: spectra.etf,
          nature: 'saddle',
        },
        {
          id: 'mean',
          title: 'the mean direction alone',
          when: and(lt(c, beta), geq(K, 2)),
          construction: { frames: [R], blocks: aligned(mul(sqrt(rhoMean), average), biasOfFrame) },
          value: add(acrossAtZero, meanValue),
          spectrum: spectra.meanAlone,
          nature: 'saddle',
        },
      ],
      outside: [
        {
          id: 'd < K',
          title: 'centred frames of the highest rank that d leaves room for',
          when: and(lt(d, K), leq(c, 1)),
          minimizer: {
            frames: [Pd, Vd],
            blocks: { W: mul(balance, sqrt(rho), Ud, t(Vd)), H: mul(sqrt(rho), Vd, t(Ud), Y), b: uniform },
          },
          value: sub(add(acrossAtZero, meanAtZero), mul(div(d, mul(2, K)), pow(sub(1, c), 2))),
        },
      ],
      pinned: [
        { K: 3, n: 2, d: 3, amplitudes: { s: '2', h: '1/2', k: '2' } },
        { K: 4, n: 1, d: 4, amplitudes: { s: '1', h: '1/2', k: '3/2' } },
        { K: 2, n: 3, d: 4, amplitudes: { s: '3/4', h: '2/3', k: '1' } },
        { K: 3, n: 2, d: 5, amplitudes: { s: '3', h: '1/3', k: '1/2' } },
        { K: 4, n: 2, d: 5, amplitudes: { s: '1/2', h: '1', k: '1/3' } },
        { K: 1, n: 4, d: 2, amplitudes: { s: '2', h: '2/5', k: '1/4' } },
      ],
    },
  ],
});
