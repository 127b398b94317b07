/**
 * The Hessian of the one-layer model with ridge bias at its critical points, by blocks, with their directions.
 *
 * The points considered pair some directions u_i of ℝ^K, orthonormal, each orthogonal to 1_K or along it, with feature
 * directions v_i: W = Σ w_i u_iv_iᵀ, H̄ = Σ h_i v_iu_iᵀ with w_i = sh_i, where h_i² is ρ across 1_K and ρ₀ along it. In
 * these directions, with δW_ij for class u_i and feature v_j, the second derivative is
 *
 *   1/N·Σ_ij (√n h_j·δW_ij + w_i·δH_ij + √N·δb_i[u_j ∥ 1])² − (2/(K√n))·Σ_ij ε_i·δW_ij δH_ji
 *     + λ_W‖δW‖² + λ_H‖δH‖² + λ_b‖δb‖²
 *
 * and (λ_H + w_i²/N)‖·‖² on what δH changes within classes; ε_i = c where direction i is active, and 1 across 1_K, β
 * along it, where it is not.
 */
import {
  K,
  N,
  add,
  complement,
  d,
  div,
  identity,
  mul,
  n,
  number,
  ones,
  parameter,
  sqrt,
  sub,
  t,
  type DirectionSpace,
  type Matrix,
  type Problem,
  type Scalar,
  type SpectrumBlock,
} from 'ufm-check';
import { blockOf, classSpectrum, space, unitLabels, withinClasses } from './one-layer.js';

export interface RidgeSpectra {
  /** With all K directions active. */
  readonly full: readonly SpectrumBlock[];
  /** At the simplex ETF, where that of the mean is not. */
  readonly etf: readonly SpectrumBlock[];
  /** Where that of the mean is the only one. */
  readonly meanAlone: readonly SpectrumBlock[];
  /** Where none is. */
  readonly zero: readonly SpectrumBlock[];
}

/** The constants of the statement, and the frame R in which H = R(…)Y. */
interface Ingredients {
  readonly problem: Problem;
  readonly c: Scalar;
  readonly beta: Scalar;
  readonly balance: Scalar;
  readonly rho: Scalar;
  readonly rhoMean: Scalar;
  readonly R: Matrix;
}

/** A symmetric matrix by the rows of its lower triangle. */
const symmetric = (...rows: readonly (readonly Scalar[])[]): Scalar[][] =>
  rows.map((row, i) => rows.map((_, j) => (j <= i ? row[j] : rows[j]?.[i]) ?? number(0)));

export const ridgeSpectra = ({ problem, c, beta, balance, rho, rhoMean, R }: Ingredients): RidgeSpectra => {
  const { W: lambdaW, H: lambdaH, b: lambdaB } = problem.lambda as Record<'W' | 'H' | 'b', Scalar>;
  const unitOne = mul(div(1, sqrt(K)), ones('K'));
  const C = complement('C', ones('K'));
  const [acrossFeatures, meanFeature] = [mul(R, C), mul(R, unitOne)];
  const unused = complement('Rc', R, 'R⊥', 'R_{\\perp}');
  const centred = sub(K, 1);

  const none = number(0);
  const active = mul(-1, sqrt(mul(lambdaW, lambdaH)));
  const inactive = div(-1, mul(K, sqrt(n)));
  const inactiveMean = mul(beta, inactive);
  const overC = (x: Scalar): Scalar => div(x, c);
  const meanShare = sub(1, div(c, beta));
  /** λ(1 + z₀/c), z₀ = 1 − c/β: what λ becomes beside the active mean direction. */
  const besideMean = (x: Scalar): Scalar => mul(x, add(1, overC(meanShare)));
  const biasAndWeights = div(sqrt(rhoMean), sqrt(K));
  const biasAndFeatures = (h: Scalar): Scalar => div(mul(balance, h), sqrt(N));
  const biasItself = add(1, lambdaB);

  // S stands between classes a and features b: aSbᵀ in W, and bSᵀaᵀ in the class means of H; and as aS in b.
  const between = (a: Matrix, b: Matrix) => {
    const S = parameter('S', a.cols, b.cols);
    return { S, inW: mul(a, S, t(b)), inH: mul(b, t(S), t(a), unitLabels), inBias: mul(a, S) };
  };
  const weightsAndFeatures = (b: Matrix): DirectionSpace => {
    const { S, inW, inH } = between(unitOne, b);
    return space(S, { W: inW }, { H: inH });
  };
  const withBias = (a: Matrix): DirectionSpace => {
    const { S, inW, inH, inBias } = between(a, meanFeature);
    return space(S, { W: inW }, { H: inH }, { b: inBias });
  };
  const biasAlone = (a: Matrix): DirectionSpace => {
    const S = parameter('S', a.cols, '1');
    return space(S, { b: mul(a, S) });
  };

  /** The mean class with features that it does not use: `coupling` tells whether it uses another. */
  const meanAndOthers = (coupling: Scalar, count: Scalar, features: readonly Matrix[]): SpectrumBlock[] =>
    blockOf(
      'mean, feature of no class',
      symmetric([lambdaW], [coupling, lambdaH]),
      count,
      features.map(weightsAndFeatures),
    );
  /** Where the mean direction is active: with itself, and within classes. */
  const meanActive = (): SpectrumBlock[] => {
    const S = parameter('S', '1', withinClasses.cols);
    return [
      ...blockOf(
        'mean with itself, bias',
        symmetric(
          [besideMean(lambdaW)],
          [mul(active, sub(1, overC(meanShare))), besideMean(lambdaH)],
          [biasAndWeights, biasAndFeatures(sqrt(rhoMean)), biasItself],
        ),
        number(1),
        [withBias(unitOne)],
      ),
      ...blockOf('within class, mean', [[besideMean(lambdaH)]], mul(K, sub(n, 1)), [
        space(S, { H: mul(meanFeature, S, t(withinClasses)) }),
      ]),
    ];
  };

  const full = (): SpectrumBlock[] => {
    const S = parameter('S', C.cols, '1');
    const joint = div(mul(sqrt(n), balance, sqrt(rho), sqrt(rhoMean)), N);
    return [
      ...classSpectrum(problem, c, {
        rank: centred,
        active: { classes: C, features: acrossFeatures },
        inactiveClasses: [],
        inactiveFeatures: [unused],
        classes: centred,
        features: sub(d, 1),
      }),
      // Singular: turning a feature towards that of the mean changes nothing.
      ...blockOf(
        'class with the mean, bias',
        symmetric(
          [besideMean(lambdaW)],
          [active, besideMean(lambdaH)],
          [none, joint, overC(lambdaW)],
          [joint, none, active, overC(lambdaH)],
          [biasAndWeights, none, none, biasAndFeatures(sqrt(rho)), biasItself],
        ),
        centred,
        [
          space(
            S,
            { W: mul(C, S, t(meanFeature)) },
            { H: mul(meanFeature, t(S), t(C), unitLabels) },
            { W: mul(unitOne, t(S), t(acrossFeatures)) },
            { H: mul(acrossFeatures, S, t(unitOne), unitLabels) },
            { b: mul(C, S) },
          ),
        ],
      ),
      ...meanActive(),
      ...meanAndOthers(active, sub(d, K), [unused]),
    ];
  };

  const etf = (): SpectrumBlock[] => {
    const S = parameter('S', C.cols, '1');
    const inactiveFeatures = [unused, meanFeature];
    return [
      ...classSpectrum(problem, c, {
        rank: centred,
        active: { classes: C, features: acrossFeatures },
        inactiveClasses: [],
        inactiveFeatures,
        classes: centred,
      }),
      ...blockOf(
        'mean, feature of a class, bias',
        symmetric([overC(lambdaW)], [inactiveMean, overC(lambdaH)], [none, biasAndFeatures(sqrt(rho)), biasItself]),
        centred,
        [
          space(
            S,
            { W: mul(unitOne, t(S), t(acrossFeatures)) },
            { H: mul(acrossFeatures, S, t(unitOne), unitLabels) },
            { b: mul(C, S) },
          ),
        ],
      ),
      ...meanAndOthers(inactiveMean, sub(d, centred), inactiveFeatures),
      ...blockOf('bias alone', [[biasItself]], number(1), [biasAlone(unitOne)]),
    ];
  };

  const meanAlone = (): SpectrumBlock[] => {
    const inactiveFeatures = [unused, acrossFeatures];
    return [
      ...classSpectrum(problem, c, {
        rank: none,
        inactiveClasses: [C],
        inactiveFeatures,
        classes: centred,
        features: sub(d, 1),
      }),
      ...blockOf(
        'class, feature of the mean, bias',
        symmetric([besideMean(lambdaW)], [inactive, besideMean(lambdaH)], [biasAndWeights, none, biasItself]),
        centred,
        [withBias(C)],
      ),
      ...meanActive(),
      ...meanAndOthers(active, sub(d, 1), inactiveFeatures),
    ];
  };

  const zero = (): SpectrumBlock[] => [
    ...classSpectrum(problem, c, {
      rank: none,
      inactiveClasses: [C],
      inactiveFeatures: [identity('d')],
      classes: centred,
    }),
    ...meanAndOthers(inactiveMean, d, [identity('d')]),
    ...blockOf('bias alone', [[biasItself]], K, [unitOne, C].map(biasAlone)),
  ];

  return { full: full(), etf: etf(), meanAlone: meanAlone(), zero: zero() };
};
