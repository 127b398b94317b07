/**
 * The proof of Theorem 4.1 by inequalities, in both of its cases.
 *
 * With A = W₁H₁, α = Knλ_{W₂}, V = Yᵀ/√n (so VᵀV = I_K) and c = √(λ_{W₁}λ_{H₁}), for all W₂, W₁, H₁:
 *
 *   f ≥ 1/(2N)·‖W₂A − Y‖² + (λ_{W₂}/2)‖W₂‖² + c‖A‖_*                    (B1)
 *     ≥ 1/(2N)·tr(Y(I + AᵀA/α)⁻¹Yᵀ) + c‖A‖_*                            (B2)   the best W₂
 *     ≥ 1/(2K)·[tr((I + pTᵀT)⁻¹) + q‖T‖_*]                              (B3)   T = AV up to a factor
 *     ≥ f*                                                             (B4)   each singular value u of T alone
 *
 * For κ < 1/16 take T = W₁H̄₁/(w₁h), p = z/(1−z), q = 2z(1−z); then for u ≥ 0
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
  classMeans,
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

type Proof = Required<Pick<Case, 'chain' | 'equality'>>;

/** What differs between the cases. */
interface Reduction {
  /** √(λ_{W₁}λ_{H₁}) and √(λ_{W₁}/λ_{H₁}), written so that they are rational where the case is. */
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

const isometry = mul(div(1, sqrt(n)), t(Y));

const half = (factor: Scalar | number, x: Scalar): Scalar => mul(div(factor, 2), x);

const chainOf = (
  { block, lambda }: Problem,
  { root, ratio, reduced, p, q, least, value, certificate }: Reduction,
): ChainStep[] => {
  const { W2, W1, H1 } = block as Record<'W2' | 'W1' | 'H1', Matrix>;
  const lambda2 = lambda['W2'];
  const A = mul(W1, H1);
  const alpha = mul(K, n, lambda2);
  const loss = mul(div(1, mul(2, N)), normSquared(sub(mul(W2, A), Y)));
  const nuclear = mul(root, nuclearNorm(A));
  const eliminated = inverse(add(identity('N'), mul(div(1, alpha), t(A), A)));
  const shrunk = inverse(add(identity('K'), mul(p, t(reduced), reduced)));
  return [
    {
      id: 'B1',
      title: 'features and first weights by the nuclear norm of what they make',
      bound: add(loss, half(lambda2, normSquared(W2)), nuclear),
      because: '(ρ‖W₁‖² + ‖H₁‖²/ρ)/2 ≥ ‖W₁H₁‖_* with ρ = √(λ_{W₁}/λ_{H₁})',
      equation: 'eq:balance',
      by: [
        byLemma('nuclear-norm-of-product', {
          weight: root,
          matrices: { U: W1, V: H1 },
          scalars: { ratio },
          fact: 'Balance',
        }),
      ],
    },
    {
      id: 'B2',
      title: 'the best last weights',
      bound: add(mul(div(1, mul(2, N)), trace(mul(Y, eliminated, t(Y)))), nuclear),
      because: 'ridge regression: the difference is ‖DA‖² + α‖D‖² over 2N, with D what W₂ is off by',
      equation: 'eq:best-weights',
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
      id: 'B3',
      title: 'averages over classes',
      bound: mul(div(1, mul(2, K)), add(trace(shrunk), mul(q, nuclearNorm(reduced)))),
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
      id: 'B4',
      title: 'each singular value alone',
      bound: value,
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
};

// The facts of the lemmas, as equations that vanish.
const Balance = square('Balance', 'd', 'd');
const Ridge = square('Ridge', 'K', 'd');
const Collapse = square('Collapse', 'd', 'N');

/** κ < 1/16: the frames. */
export const frameProof = (problem: Problem, constants: TwoLayers): Proof => {
  const { W2, W1, H1 } = problem.block as Record<'W2' | 'W1' | 'H1', Matrix>;
  const { W2: lambda2, W1: lambda1, H1: lambdaH } = problem.lambda as Record<'W2' | 'W1' | 'H1', Scalar>;
  const { z, w1, h } = constants;
  const H1bar = define('H1bar', classMeans(H1), 'H̄₁', '\\bar{H}_{1}');
  const hidden = mul(W1, H1bar);
  const A = mul(W1, H1);
  const size = mul(w1, h);
  const spread = mul(z, sub(1, z));
  const root = div(spread, mul(K, sqrt(n), w1, h));
  const ratio = div(mul(sqrt(n), h), w1);
  const chain = chainOf(problem, {
    root,
    ratio,
    reduced: define('T', mul(div(1, size), hidden)),
    p: div(z, sub(1, z)),
    q: mul(2, spread),
    least: mul(sub(1, z), add(1, mul(2, z))),
    value: constants.frameValue,
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
  });

  const Spread = square('Spread', 'K', 'K');
  const [Gram, Means, Product, Root] = [
    square('Gram', 'N', 'N'),
    square('Means', 'K', 'K'),
    square('Last', 'K', 'd'),
    square('Hidden', 'd', 'd'),
  ] as const;
  const Same = square('Same', 'd', 'N');
  const aligned = div(sub(1, z), mul(K, lambda2));
  const alignedProduct = div(mul(K, n, lambdaH), sub(1, z));
  const offWeights = sub(W2, mul(aligned, t(hidden)));
  const across = sub(identity('N'), mul(div(1, n), t(Y), Y));
  const a2 = pow(size, 2);
  const equality: Derivation[] = [
    {
      id: 'Means2',
      statement: equal(gram(hidden), mul(div(mul(K, lambda2, z), sub(1, z)), identity('K'))),
      rule: 'combination',
      from: mul(a2, Spread),
    },
    {
      id: 'Last',
      statement: equal(W2, mul(aligned, t(hidden))),
      rule: 'squares',
      terms: [
        { coefficient: mul(K, n, lambda2), of: offWeights },
        { coefficient: number(1), of: mul(offWeights, A) },
      ],
      from: mul(
        sub(
          sub(Ridge, mul(aligned, a2, n, Spread, t(hidden))),
          mul(aligned, t(hidden), Collapse, t(A)),
        ),
        t(offWeights),
      ),
    },
    // (H₁ᵀH₁)² = ρ²AᵀA by balance, and AᵀA is a multiple of YᵀY.
    {
      id: 'Gram',
      statement: equal(gram(H1), mul(pow(h, 2), gram(Y))),
      rule: 'root',
      terms: [
        { coefficient: number(1), of: t(H1) },
        { coefficient: pow(h, 2), of: t(Y) },
      ],
      from: sub(
        mul(
          pow(ratio, 2),
          add(mul(a2, t(Y), Spread, Y), mul(t(Y), t(hidden), Collapse), mul(t(Collapse), A)),
        ),
        mul(ratio, t(H1), Balance, H1),
      ),
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
  return { chain, equality };
};

/** κ > 1/16: zero. */
export const zeroProof = (problem: Problem, { kappa }: TwoLayers): Proof => {
  const { W2, W1, H1 } = problem.block as Record<'W2' | 'W1' | 'H1', Matrix>;
  const { W2: lambda2, W1: lambda1, H1: lambdaH } = problem.lambda as Record<'W2' | 'W1' | 'H1', Scalar>;
  const A = mul(W1, H1);
  const alpha = mul(K, n, lambda2);
  const ratio = sqrt(div(lambda1, lambdaH));
  const q = mul(2, sqrt(kappa));
  const chain = chainOf(problem, {
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
  });
  const Spread = square('Spread', 'd', 'K');
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
      from: add(Collapse, mul(sqrt(alpha), Spread, t(isometry))),
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
    {
      id: 'Inner',
      statement: isZero(gram(H1)),
      rule: 'squares',
      terms: [{ coefficient: number(1), of: gram(H1) }],
      from: sub(mul(pow(ratio, 2), t(Nothing), A), mul(ratio, t(H1), Balance, H1)),
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
  return { chain, equality };
};
