/**
 * What the proofs of Theorems 4.1 and 4.2 share: one chain of inequalities, in both of its cases.
 *
 * With X = W₁H₁, A = X for linear layers and A = σ(X) for ReLU, α = Knλ_{W₂}, V = Yᵀ/√n (so VᵀV = I_K) and
 * c = √(λ_{W₁}λ_{H₁}), for all W₂, W₁, H₁:
 *
 *   f ≥ 1/(2N)·‖W₂A − Y‖² + (λ_{W₂}/2)‖W₂‖² + c‖X‖_*
 *     ≥ the same with c‖A‖_* − g for c‖X‖_*                               g = c·max(‖A‖_* − ‖X‖_*, 0); ReLU only
 *     ≥ 1/(2N)·tr(Y(I + AᵀA/α)⁻¹Yᵀ) + c‖A‖_* − g                        the best W₂
 *     ≥ 1/(2K)·[tr((I + pTᵀT)⁻¹) + q‖T‖_*] − g                          T = AV up to a factor
 *     ≥ f* − g                                                         each singular value u of T alone
 *
 * For κ < 1/16 take T = AYᵀ/(n·w₁h), p = z/(1−z), q = 2z(1−z); then for u ≥ 0
 *
 *   1/(1 + pu²) + qu − (1−z)(1+2z) = z(1−z)(u − 1)²·(2zu + 2z − 1)/(1 − z + zu²) ≥ 0,   with equality at u = 1 alone.
 *
 * For κ > 1/16 take T₀ = AV/√α, p = 1, q = 2√κ > 1/2; then
 *
 *   1/(1 + u²) + qu − 1 = u(u − 1)²/(2(1 + u²)) + (q − 1/2)u ≥ 0,   with equality at u = 0 alone.
 *
 * Equality in every step says ρW₁ᵀW₁ = H₁H₁ᵀ/ρ with ρ = √(λ_{W₁}/λ_{H₁}), W₂(AAᵀ + αI) = YAᵀ, A = AVVᵀ, and TᵀT = I_K
 * (or T = 0): from these equations all conclusions follow.
 */
import {
  type Case,
  type ChainStep,
  type Derivation,
  type Matrix,
  type Problem,
  type Scalar,
  K,
  N,
  add,
  byLemma,
  define,
  div,
  equal,
  gram,
  identity,
  inverse,
  isZero,
  labels as Y,
  mul,
  n,
  normSquared,
  nuclearNorm,
  number,
  pow,
  singularValue as u,
  sqrt,
  square,
  sub,
  t,
  trace,
} from 'ufm-check';
import type { TwoLayers } from './two-layers.js';

export type Proof = Required<Pick<Case, 'chain' | 'equality'>>;

export type TwoLayerBlocks = Record<'W2' | 'W1' | 'H1', Matrix>;
export type TwoLayerLambdas = Record<'W2' | 'W1' | 'H1', Scalar>;

/** What differs between the cases. */
interface Reduction {
  /** √(λ_{W₁}λ_{H₁}) and ρ = √(λ_{W₁}/λ_{H₁}), written so that they are rational where the case is. */
  readonly root: Scalar;
  readonly ratio: Scalar;
  /** T, as a multiple of AV. */
  readonly reduced: Matrix;
  readonly p: Scalar;
  readonly q: Scalar;
  /** The least value of 1/(1 + pu²) + qu: twice the claimed minimum. */
  readonly least: Scalar;
  readonly value: Scalar;
  readonly certificate: NonNullable<ReturnType<typeof byLemma>['certificate']>;
}

/** The ReLU between the layers: A, and the step from ‖X‖_* to ‖A‖_* at its price, if there is one. */
export interface Rectified {
  readonly hidden: Matrix;
  readonly price?: Scalar;
}

export const isometry = mul(div(1, sqrt(n)), t(Y));

const half = (factor: Scalar | number, x: Scalar): Scalar => mul(div(factor, 2), x);

/** A: what the last layer sees. */
const outputOf = ({ W1, H1 }: TwoLayerBlocks, rectified?: Rectified): Matrix => rectified?.hidden ?? mul(W1, H1);

const chainOf = (
  { block, lambda }: Problem,
  { root, ratio, reduced, p, q, least, value, certificate }: Reduction,
  rectified?: Rectified,
): ChainStep[] => {
  const { W2, W1, H1 } = block as TwoLayerBlocks;
  const lambda2 = lambda['W2'];
  const X = mul(W1, H1);
  const A = outputOf({ W2, W1, H1 }, rectified);
  const alpha = mul(K, n, lambda2);
  const fit = add(mul(div(1, mul(2, N)), normSquared(sub(mul(W2, A), Y))), half(lambda2, normSquared(W2)));
  const nuclear = mul(root, nuclearNorm(A));
  const eliminated = inverse(add(identity('N'), mul(div(1, alpha), t(A), A)));
  const shrunk = inverse(add(identity('K'), mul(p, t(reduced), reduced)));
  const less = (bound: Scalar): Scalar => (rectified?.price === undefined ? bound : sub(bound, rectified.price));
  // The paper writes the chain out for linear layers alone.
  const named = (equation: string): { readonly equation?: string } => (rectified === undefined ? { equation } : {});
  const steps: readonly Omit<ChainStep, 'id'>[] = [
    {
      title: 'features and first weights by the nuclear norm of what they make',
      bound: add(fit, mul(root, nuclearNorm(X))),
      because: '(ρ‖W₁‖² + ‖H₁‖²/ρ)/2 ≥ ‖W₁H₁‖_* with ρ = √(λ_W₁/λ_H₁)',
      ...named('eq:balance'),
      by: [
        byLemma('nuclear-norm-of-product', {
          weight: root,
          matrices: { U: W1, V: H1 },
          scalars: { ratio },
          fact: 'Balance',
        }),
      ],
    },
    ...(rectified === undefined
      ? []
      : [
          {
            title: 'from the pre-activations to σ of them',
            bound: less(add(fit, nuclear)),
            ...(rectified.price === undefined
              ? { because: '‖σ(X)‖_* ≤ ‖X‖_*' }
              : {
                  because: '‖X‖_* ≥ ‖σ(X)‖_* − max(‖σ(X)‖_* − ‖X‖_*, 0)',
                  by: [
                    byLemma('positive-part', {
                      weight: root,
                      matrices: {},
                      scalars: { x: sub(nuclearNorm(A), nuclearNorm(X)) },
                    }),
                  ],
                }),
          },
        ]),
    {
      title: 'the best last weights',
      bound: less(add(mul(div(1, mul(2, N)), trace(mul(Y, eliminated, t(Y)))), nuclear)),
      because: 'ridge regression: the difference is ‖DA‖² + α‖D‖² over 2N, with D what W₂ is off by',
      ...named('eq:best-weights'),
      by: [
        byLemma('ridge-elimination', {
          weight: div(1, mul(2, N)),
          matrices: { W: W2, A, B: Y },
          scalars: { alpha },
          fact: 'Ridge',
        }),
      ],
    },
    {
      title: 'averages over classes',
      bound: less(mul(div(1, mul(2, K)), add(trace(shrunk), mul(q, nuclearNorm(reduced))))),
      because: "Jensen's operator inequality, and ‖A‖_* ≥ ‖AV‖_*, for V = Yᵀ/√n with VᵀV = I",
      by: [
        byLemma('operator-jensen', {
          weight: div(1, mul(2, K)),
          matrices: { X: A, V: isometry },
          scalars: { p: div(1, alpha) },
        }),
        byLemma('nuclear-norm-under-isometry', {
          weight: root,
          matrices: { X: A, V: isometry },
          fact: 'Collapse',
        }),
      ],
    },
    {
      title: 'each singular value alone',
      bound: less(value),
      because: 'a sum over the K singular values of T, each term at least its minimum over u ≥ 0',
      by: [
        byLemma('sum-over-singular-values', {
          weight: div(1, mul(2, K)),
          matrices: { T: reduced },
          scalars: { p, q, m: least },
          certificate,
          fact: 'Spread',
        }),
      ],
    },
  ];
  return steps.map((step, index) => ({ id: `B${index + 1}`, ...step }));
};

/** The facts of the lemmas, as equations that vanish. */
export const Balance = square('Balance', 'd', 'd');
export const Ridge = square('Ridge', 'K', 'd');
export const Collapse = square('Collapse', 'd', 'N');
/** TᵀT = I_K, for κ < 1/16. */
export const Spread = square('Spread', 'K', 'K');

/** What the derivations for κ < 1/16 are written with. */
export interface FrameTerms {
  /** w₁h, the norm of each column of the means of A. */
  readonly size: Scalar;
  readonly ratio: Scalar;
  readonly root: Scalar;
  /** Means of A over classes. */
  readonly means: Matrix;
  /** W₂ is this times the means, transposed. */
  readonly aligned: Scalar;
}

export const frameTerms = (problem: Problem, { z, w1, h }: TwoLayers, rectified?: Rectified): FrameTerms => ({
  size: mul(w1, h),
  ratio: div(mul(sqrt(n), h), w1),
  root: div(mul(z, sub(1, z)), mul(K, sqrt(n), w1, h)),
  means: mul(div(1, n), outputOf(problem.block as TwoLayerBlocks, rectified), t(Y)),
  aligned: div(sub(1, z), mul(K, (problem.lambda as TwoLayerLambdas).W2)),
});

/** The chain for κ < 1/16. */
export const frameChain = (problem: Problem, constants: TwoLayers, rectified?: Rectified): ChainStep[] => {
  const { z, frameValue } = constants;
  const { size, ratio, root, means } = frameTerms(problem, constants, rectified);
  const spread = mul(z, sub(1, z));
  const reduction: Reduction = {
    root,
    ratio,
    reduced: define('T', mul(div(1, size), means)),
    p: div(z, sub(1, z)),
    q: mul(2, spread),
    least: mul(sub(1, z), add(1, mul(2, z))),
    value: frameValue,
    certificate: {
      terms: [
        {
          coefficient: div(
            mul(spread, add(mul(2, z, u), sub(mul(2, z), 1))),
            add(sub(1, z), mul(z, pow(u, 2))),
          ),
          square: sub(u, 1),
        },
      ],
      onlyAt: '1',
    },
  };
  return chainOf(problem, reduction, rectified);
};

/** W₂ is a multiple of the means of A: with D what it is off by, ‖DA‖² + α‖D‖² = 0. */
export const lastWeights = (problem: Problem, constants: TwoLayers, rectified?: Rectified): Derivation => {
  const { W2, W1, H1 } = problem.block as TwoLayerBlocks;
  const { W2: lambda2 } = problem.lambda as TwoLayerLambdas;
  const { size, means, aligned } = frameTerms(problem, constants, rectified);
  const A = outputOf({ W2, W1, H1 }, rectified);
  const off = sub(W2, mul(aligned, t(means)));
  return {
    id: 'Last',
    statement: equal(W2, mul(aligned, t(means))),
    rule: 'squares',
    terms: [
      { coefficient: mul(K, n, lambda2), of: off },
      { coefficient: number(1), of: mul(off, A) },
    ],
    from: mul(
      sub(sub(Ridge, mul(aligned, pow(size, 2), n, Spread, t(means))), mul(aligned, t(means), Collapse, t(A))),
      t(off),
    ),
  };
};

/** AᵀA is a multiple of YᵀY. */
export const outputGram = (problem: Problem, constants: TwoLayers, rectified?: Rectified): Derivation => {
  const { size, means } = frameTerms(problem, constants, rectified);
  const A = outputOf(problem.block as TwoLayerBlocks, rectified);
  const a2 = pow(size, 2);
  return {
    id: 'Outputs',
    statement: equal(gram(A), mul(a2, gram(Y))),
    rule: 'combination',
    from: add(mul(a2, t(Y), Spread, Y), mul(t(Y), t(means), Collapse), mul(t(Collapse), A)),
  };
};

/**
 * The chain for κ > 1/16, and zero from equality in it: A and W₂ first, then H₁ and W₁ from X = 0, which is what
 * `silent` derives from A = 0 where A is not X.
 */
export const zeroProof = (
  problem: Problem,
  { kappa }: TwoLayers,
  rectified?: Rectified,
  silent?: { readonly derivations: readonly Derivation[]; readonly last: Matrix },
): Proof => {
  const { W2, W1, H1 } = problem.block as TwoLayerBlocks;
  const { W2: lambda2, W1: lambda1, H1: lambdaH } = problem.lambda as TwoLayerLambdas;
  const X = mul(W1, H1);
  const A = outputOf({ W2, W1, H1 }, rectified);
  const alpha = mul(K, n, lambda2);
  const ratio = sqrt(div(lambda1, lambdaH));
  const q = mul(2, sqrt(kappa));
  const reduction: Reduction = {
    root: sqrt(mul(lambda1, lambdaH)),
    ratio,
    reduced: define('T0', mul(div(1, sqrt(alpha)), A, isometry), 'T₀', 'T_{0}'),
    p: number(1),
    q,
    least: number(1),
    value: div(1, 2),
    certificate: {
      terms: [
        { coefficient: div(u, mul(2, add(1, pow(u, 2)))), square: sub(u, 1) },
        // (q − 1/2)u, in a form whose sign is that of κ − 1/16.
        { coefficient: mul(div(sub(mul(4, kappa), div(1, 4)), add(q, div(1, 2))), u), square: number(1) },
      ],
      onlyAt: '0',
    },
  };
  const Spread0 = square('Spread', 'd', 'K');
  const [Nothing, Inner, Features] = [
    square('Nothing', 'd', 'N'),
    square('Inner', 'N', 'N'),
    square('Features', 'd', 'N'),
  ] as const;
  const equality: Derivation[] = [
    {
      id: 'Nothing',
      statement: isZero(A),
      rule: 'combination',
      from: add(Collapse, mul(sqrt(alpha), Spread0, t(isometry))),
    },
    {
      id: 'Last',
      statement: isZero(W2),
      rule: 'squares',
      terms: [
        { coefficient: alpha, of: W2 },
        { coefficient: number(1), of: mul(W2, A) },
      ],
      from: mul(add(Ridge, mul(Y, t(Nothing))), t(W2)),
    },
    ...(silent?.derivations ?? []),
    {
      id: 'Inner',
      statement: isZero(gram(H1)),
      rule: 'squares',
      terms: [{ coefficient: number(1), of: gram(H1) }],
      from: sub(mul(pow(ratio, 2), t(silent?.last ?? Nothing), X), mul(ratio, t(H1), Balance, H1)),
    },
    {
      id: 'Features',
      statement: isZero(H1),
      rule: 'squares',
      terms: [{ coefficient: number(1), of: t(H1) }],
      from: Inner,
    },
    {
      id: 'First',
      statement: isZero(W1),
      rule: 'squares',
      terms: [{ coefficient: number(1), of: t(W1) }],
      from: mul(div(1, ratio), add(Balance, mul(div(1, ratio), Features, t(H1)))),
    },
  ];
  return { chain: chainOf(problem, reduction, rectified), equality };
};
