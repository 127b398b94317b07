/**
 * What Theorems 3.1 and 3.2 share: the constants c, s and ρ of one layer, where instances are drawn, and the Hessian.
 *
 * With s = √(nλ_H/λ_W) and c = K√(nλ_Wλ_H) in place of (λ_W, λ_H), λ_W = c/(Ks) and λ_H = sc/(Kn), every root of the
 * statements becomes rational; with an amplitude h and c = 1 − sh² the constructions do too.
 */
import {
  type Amplitudes,
  type ChainStep,
  type DirectionSpace,
  type Matrix,
  type Parametrisation,
  type Problem,
  type Scalar,
  type SpectrumBlock,
  type Stratum,
  K,
  N,
  add,
  complement,
  d,
  define,
  div,
  labels as Y,
  mul,
  n,
  neg,
  normSquared,
  nuclearNorm,
  number,
  parameter,
  pow,
  sqrt,
  sub,
  symbol,
  t,
  trace,
} from 'ufm-check';

const sFree = symbol('s', 'generator');
const cFree = symbol('c', 'generator');
const hFree = symbol('h', 'generator');

export interface OneLayer {
  /** c = K√(nλ_Wλ_H), with the threshold at 1. */
  readonly c: Scalar;
  /** s = √(nλ_H/λ_W): the weights are s times the class means. */
  readonly balance: Scalar;
  /** ρ = (1 − c)√(λ_W/(nλ_H)): the scale of the Gram matrix of the class means. */
  readonly rho: Scalar;
  readonly parametrisation: Parametrisation;
}

/** 1/(2N)·‖X‖² for a residual X of the outputs. */
export const squaredLoss = (residual: Matrix): Scalar => mul(div(1, mul(2, N)), normSquared(residual));

/** A loss with the regulariser (λ_W/2)‖W‖² + (λ_H/2)‖H‖². */
export const regularised = ({ block, lambda }: Problem, loss: Scalar, H: Matrix): Scalar =>
  add(
    loss,
    mul(div(lambda['W'], 2), normSquared(block['W'])),
    mul(div(lambda['H'], 2), normSquared(H)),
  );

/**
 * The end that all chains share: from the outputs Z = WH̄Y of collapsed features, through ‖Z‖_*, to the value. `loss`
 * is that of Z, the labels (centred, or with their mean shrunk, where there is a bias) have spectral norm at most √n,
 * and `shrunk` is min(c, 1).
 */
export const spectralSteps = (
  { lambda }: Problem,
  ids: readonly [string, string, string],
  claim: {
    readonly outputs: Matrix;
    readonly loss: Scalar;
    readonly labels: Matrix;
    readonly shrunk: Scalar;
    readonly value: Scalar;
  },
): ChainStep[] => {
  const { outputs, loss, labels, shrunk, value } = claim;
  return [
    {
      id: ids[0],
      title: 'the regulariser by the nuclear norm of the outputs',
      bound: add(loss, mul(sqrt(mul(lambda['W'], lambda['H'])), nuclearNorm(outputs))),
      because: 'a² + b² ≥ 2ab and ‖AB‖_* ≤ ‖A‖‖B‖; equality iff λ_W WᵀW = λ_H HHᵀ',
    },
    {
      id: ids[1],
      title: 'the nuclear norm by the alignment with the labels',
      bound: add(loss, mul(div(shrunk, N), trace(mul(outputs, t(labels))))),
      because: '‖Z‖_* ≥ ⟨Z, Q⟩ for Q of spectral norm at most 1, here these labels over √n, as min(c, 1) ≤ c',
    },
    { id: ids[2], title: 'the squares completed', bound: value, because: 'a square is at least 0' },
  ];
};

export const oneLayer = ({ lambda: { W: lambdaW, H: lambdaH } }: Problem): OneLayer => {
  const c = define('c', mul(K, sqrt(mul(n, lambdaW, lambdaH))));
  const rho = define('rho', mul(sub(1, c), sqrt(div(lambdaW, mul(n, lambdaH)))), 'ρ', '\\rho');
  const balance = define('s', sqrt(div(mul(n, lambdaH), lambdaW)));
  return {
    c,
    balance,
    rho,
    parametrisation: {
      generators: [
        { symbol: sFree, inverse: balance, draw: { from: '1/4', to: '4' } },
        { symbol: cFree, inverse: c, draw: { from: '1/20', to: '19/20' } },
      ],
      parameters: { W: div(cFree, mul(K, sFree)), H: div(mul(sFree, cFree), mul(K, n)) },
    },
  };
};

export const amplitudes: Amplitudes = {
  free: [
    { symbol: sFree, draw: { from: '1/4', to: '4' } },
    { symbol: hFree, draw: { from: '1/5', to: '2' } },
  ],
  generators: { s: sFree, c: sub(1, mul(sFree, pow(hFree, 2))) },
};

/** c ≤ 1: the interior, close to the threshold, and on it. */
export const upToThreshold: readonly Stratum[] = [
  { id: 'c < 1', draw: {} },
  { id: 'c just below 1', draw: { c: { from: '24/25', to: '999/1000' } } },
  { id: 'c = 1', draw: { c: { exactly: '1' } } },
];

/** c > 1: close to the threshold, and beyond. */
export const beyondThreshold: readonly Stratum[] = [
  { id: 'c just above 1', draw: { c: { from: '1001/1000', to: '26/25' } } },
  { id: 'c > 1', draw: { c: { from: '11/10', to: '3' } } },
];

/**
 * A critical point W = w·ABᵀ, H = h·BAᵀY of rank r (both zero for r = 0), by what it uses and what it leaves: A (K × r)
 * and B (d × r) have orthonormal columns, and so have the others, which complete them.
 */
export interface CriticalFrames {
  readonly rank: Scalar;
  readonly active?: { readonly classes: Matrix; readonly features: Matrix };
  readonly inactiveClasses: readonly Matrix[];
  readonly inactiveFeatures: readonly Matrix[];
  /** The dimension of the space of classes: K, or K − 1 where the direction of 1_K is apart. */
  readonly classes: Scalar;
  /** The dimension of the space of features: d, or d − 1 where that of the direction of 1_K is apart. */
  readonly features?: Scalar;
}

/** Y/√n, which has orthonormal rows. */
export const unitLabels = mul(div(1, sqrt(n)), Y);
/** An orthonormal basis of the columns that have mean zero in every class: N × (N − K). */
export const withinClasses = complement('E', t(Y));

export const space = (S: DirectionSpace['parameter'], ...rows: DirectionSpace['rows']): DirectionSpace => ({
  parameter: S,
  rows,
});

/** The block without its spaces that do not exist, or nothing where none is left. */
export const blockOf = (
  title: string,
  matrix: SpectrumBlock['matrix'],
  multiplicity: Scalar,
  directions: readonly DirectionSpace[],
): SpectrumBlock[] => (directions.length === 0 ? [] : [{ title, matrix, multiplicity, directions }]);

/**
 * The part of the spectrum of ∇²f that involves classes and features, at a critical point of rank r: directions in W
 * and the class means of H together, by what is active; and within classes.
 */
export const classSpectrum = ({ lambda }: Problem, c: Scalar, frames: CriticalFrames): SpectrumBlock[] => {
  const { W: lambdaW, H: lambdaH } = lambda as Record<'W' | 'H', Scalar>;
  const { rank, active, inactiveClasses, inactiveFeatures, classes, features: dimension = d } = frames;
  const q = sqrt(mul(lambdaW, lambdaH));
  const both = add(lambdaW, lambdaH);
  const [shareW, shareH] = [lambdaW, lambdaH].map((x) => div(sqrt(x), sqrt(both))) as [Scalar, Scalar];
  const mixed = mul(div(1, c), sub(1, mul(2, c)), q);
  const coupling = div(-1, mul(K, sqrt(n)));
  const triangular = (sign: 1 | -1): Scalar => div(mul(rank, add(rank, sign)), 2);

  type Side = readonly Matrix[];
  const [A, B]: [Side, Side] = active === undefined ? [[], []] : [[active.classes], [active.features]];
  // S stands between classes a and features b: aSbᵀ in W, and bSᵀaᵀ in the class means of H.
  const between = (a: Matrix, b: Matrix, symmetry: 'general' | 'symmetric' | 'skew' = 'general') => {
    const S = parameter('S', a.cols, b.cols, symmetry);
    return { S, inW: mul(a, S, t(b)), inH: mul(b, t(S), t(a), unitLabels) };
  };
  const pairs = (left: Side, right: Side) => left.flatMap((a) => right.map((b) => between(a, b)));
  type Pair = ReturnType<typeof between>;
  const apart = ({ S, inW, inH }: Pair): DirectionSpace => space(S, { W: inW }, { H: inH });
  // Along the orbit of rotations W and H change in proportion √λ_H : √λ_W; across it the other way.
  const along = ({ S, inW, inH }: Pair): DirectionSpace => space(S, { W: mul(shareH, inW), H: mul(shareW, inH) });
  const across = ({ S, inW, inH }: Pair): DirectionSpace => space(S, { W: mul(shareW, inW), H: neg(mul(shareH, inH)) });
  const inside = (features: Side): DirectionSpace[] =>
    features.map((b) => {
      const S = parameter('S', b.cols, withinClasses.cols);
      return space(S, { H: mul(b, S, t(withinClasses)) });
    });

  const symmetric = A.flatMap((a) => B.map((b) => between(a, b, 'symmetric')));
  const skew = A.flatMap((a) => B.map((b) => between(a, b, 'skew')));
  const newFeatures = pairs(A, inactiveFeatures);
  const newClasses = pairs(inactiveClasses, B);
  const nothing = [[number(0)]];
  return [
    ...blockOf(
      'active, symmetric',
      [
        [div(lambdaW, c), mixed],
        [mixed, div(lambdaH, c)],
      ],
      triangular(1),
      symmetric.map(apart),
    ),
    ...blockOf('active, skew: along the orbit', nothing, triangular(-1), skew.map(along)),
    ...blockOf('active, skew: across', [[div(both, c)]], triangular(-1), skew.map(across)),
    ...blockOf(
      'active class, inactive feature: orbit',
      nothing,
      mul(rank, sub(dimension, rank)),
      newFeatures.map(along),
    ),
    ...blockOf(
      'active class, inactive feature: across',
      [[both]],
      mul(rank, sub(dimension, rank)),
      newFeatures.map(across),
    ),
    ...blockOf(
      'inactive class, active feature: orbit',
      nothing,
      mul(rank, sub(classes, rank)),
      newClasses.map(along),
    ),
    ...blockOf(
      'inactive class, active feature: across',
      [[div(both, c)]],
      mul(rank, sub(classes, rank)),
      newClasses.map(across),
    ),
    ...blockOf(
      'inactive, inactive',
      [
        [lambdaW, coupling],
        [coupling, lambdaH],
      ],
      mul(sub(classes, rank), sub(dimension, rank)),
      pairs(inactiveClasses, inactiveFeatures).map(apart),
    ),
    ...blockOf('within class, active', [[div(lambdaH, c)]], mul(rank, K, sub(n, 1)), inside(B)),
    ...blockOf(
      'within class, inactive',
      [[lambdaH]],
      mul(sub(dimension, rank), K, sub(n, 1)),
      inside(inactiveFeatures),
    ),
  ];
};
