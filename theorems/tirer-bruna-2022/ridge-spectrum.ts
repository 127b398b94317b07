/**
 * The Hessian of the one-layer model with ridge bias at its critical points, by blocks.
 *
 * The points considered pair some directions u_i of ℝ^K, orthonormal, each orthogonal to 1_K or along it, with feature
 * directions v_i: W = Σ w_i u_iv_iᵀ, H̄ = Σ h_i v_iu_iᵀ with w_ih_i = z_i, where z_i = 1 − c across 1_K and 1 − c/β
 * along it. In these directions, with δW_ij for class u_i and feature v_j, the second derivative is
 *
 *   1/N·Σ_ij (√n h_j·δW_ij + w_i·δH_ij + √N·δb_i[u_j ∥ 1])² − (2/(K√n))·Σ_ij ε_i·δW_ij δH_ji
 *     + λ_W‖δW‖² + λ_H‖δH‖² + λ_b‖δb‖²
 *
 * and (λ_H + w_i²/N)‖·‖² on what δH changes within classes; ε_i = c where direction i is active, and 1 across 1_K, β
 * along it, where it is not.
 */
import {
  K,
  add,
  d,
  div,
  mul,
  n,
  number,
  sqrt,
  sub,
  type Problem,
  type Scalar,
  type SpectrumBlock,
} from 'ufm-check';

export interface RidgeSpectra {
  /** At a simplex ETF of rank r ≤ K − 1 without a mean direction; zero is r = 0. */
  readonly centred: (rank: Scalar) => SpectrumBlock[];
  /** At the point whose only active direction is that of the mean. */
  readonly meanAlone: SpectrumBlock[];
  /** With all K directions active. */
  readonly full: SpectrumBlock[];
}

const symmetric = (...rows: readonly (readonly Scalar[])[]): Scalar[][] =>
  rows.map((row, i) => rows.map((_, j) => (j <= i ? row[j] : rows[j]?.[i]) ?? number(0)));

export const ridgeSpectra = (
  { lambda: { W: lambdaW, H: lambdaH, b: lambdaB } }: Problem,
  c: Scalar,
  beta: Scalar,
): RidgeSpectra => {
  const zero = number(0);
  const both = add(lambdaW, lambdaH);
  /** √(λ_Wλ_H) = c/(K√n): how strongly δW_ij and δH_ji are coupled where direction i is active. */
  const q = sqrt(mul(lambdaW, lambdaH));
  const active = mul(-1, q);
  const inactive = div(-1, mul(K, sqrt(n)));
  const inactiveMean = mul(beta, inactive);
  const share = sub(1, c);
  const meanShare = sub(1, div(c, beta));
  const overC = (x: Scalar): Scalar => div(x, c);
  /** λ(1 + z₀/c): what λ becomes beside the active mean direction. */
  const besideMean = (x: Scalar): Scalar => mul(x, add(1, overC(meanShare)));
  const biasPenalty = add(1, lambdaB);
  const biasWithWeights = sqrt(mul(meanShare, overC(lambdaW)));
  const biasWithFeatures = sqrt(mul(share, overC(lambdaH)));
  const within = (title: string, value: Scalar, features: Scalar): SpectrumBlock => ({
    title: `within class, ${title}`,
    matrix: [[value]],
    multiplicity: mul(features, K, sub(n, 1)),
  });
  const mixed = mul(overC(sub(1, mul(2, c))), q);

  /** Among directions across 1_K: `rank` active ones of K − 1. */
  const across = (rank: Scalar): SpectrumBlock[] => {
    const pairs = (sign: 1 | -1): Scalar => div(mul(rank, add(rank, sign)), 2);
    return [
      {
        title: 'active, symmetric',
        matrix: symmetric([overC(lambdaW)], [mixed, overC(lambdaH)]),
        multiplicity: pairs(1),
      },
      { title: 'active, skew: along the orbit', matrix: [[zero]], multiplicity: pairs(-1) },
      { title: 'active, skew: across', matrix: [[overC(both)]], multiplicity: pairs(-1) },
    ];
  };
  /** Active classes with features that no class uses. */
  const unused = (classes: Scalar, features: Scalar): SpectrumBlock[] => [
    { title: 'active class, inactive feature: orbit', matrix: [[zero]], multiplicity: mul(classes, features) },
    { title: 'active class, inactive feature: across', matrix: [[both]], multiplicity: mul(classes, features) },
  ];

  const centred = (rank: Scalar): SpectrumBlock[] => {
    const [others, features] = [sub(sub(K, 1), rank), sub(d, rank)];
    return [
      ...across(rank),
      ...unused(rank, features),
      { title: 'inactive class, active feature: orbit', matrix: [[zero]], multiplicity: mul(rank, others) },
      { title: 'inactive class, active feature: across', matrix: [[overC(both)]], multiplicity: mul(rank, others) },
      {
        title: 'inactive, inactive',
        matrix: symmetric([lambdaW], [inactive, lambdaH]),
        multiplicity: mul(others, features),
      },
      {
        title: 'mean, inactive feature',
        matrix: symmetric([lambdaW], [inactiveMean, lambdaH]),
        multiplicity: features,
      },
      {
        title: 'mean, active feature, bias',
        matrix: symmetric([overC(lambdaW)], [inactiveMean, overC(lambdaH)], [zero, biasWithFeatures, biasPenalty]),
        multiplicity: rank,
      },
      { title: 'bias alone', matrix: [[biasPenalty]], multiplicity: sub(K, rank) },
      within('active', overC(lambdaH), rank),
      within('inactive', lambdaH, features),
    ];
  };

  /** Class and feature of the active mean direction, and the bias along 1_K. */
  const meanItself: SpectrumBlock = {
    title: 'mean with itself, bias',
    matrix: symmetric(
      [besideMean(lambdaW)],
      [mul(q, sub(overC(meanShare), 1)), besideMean(lambdaH)],
      [biasWithWeights, sqrt(mul(meanShare, overC(lambdaH))), biasPenalty],
    ),
    multiplicity: number(1),
  };

  const meanAlone: SpectrumBlock[] = [
    meanItself,
    {
      title: 'inactive class, mean feature, bias',
      matrix: symmetric([besideMean(lambdaW)], [inactive, besideMean(lambdaH)], [biasWithWeights, zero, biasPenalty]),
      multiplicity: sub(K, 1),
    },
    ...unused(number(1), sub(d, 1)),
    {
      title: 'inactive, inactive',
      matrix: symmetric([lambdaW], [inactive, lambdaH]),
      multiplicity: mul(sub(K, 1), sub(d, 1)),
    },
    within('active', besideMean(lambdaH), number(1)),
    within('inactive', lambdaH, sub(d, 1)),
  ];

  // The 5 × 5 matrix in δW (class i, mean feature), δH (mean feature, class i), δW (mean class, feature i), δH (feature
  // i, mean class) and δb_i. It is singular: turning v_i towards the mean feature changes nothing.
  const joint = overC(mul(q, sqrt(mul(share, meanShare))));
  const full: SpectrumBlock[] = [
    ...across(sub(K, 1)),
    {
      title: 'class across 1 with the mean, bias',
      matrix: symmetric(
        [besideMean(lambdaW)],
        [active, besideMean(lambdaH)],
        [zero, joint, overC(lambdaW)],
        [joint, zero, active, overC(lambdaH)],
        [biasWithWeights, zero, zero, biasWithFeatures, biasPenalty],
      ),
      multiplicity: sub(K, 1),
    },
    meanItself,
    ...unused(K, sub(d, K)),
    within('across 1', overC(lambdaH), sub(K, 1)),
    within('mean', besideMean(lambdaH), number(1)),
    within('inactive', lambdaH, sub(d, K)),
  ];
  return { centred, meanAlone, full };
};
