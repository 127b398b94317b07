/**
 * The proof of Theorem 4.2 by inequalities, with X = W₁H₁, A = σ(X), α = Knλ_{W₂} and B = AYᵀ/√(nα): at every point
 *
 *   f ≥ 1/(2N)·‖W₂A − Y‖² + (λ_{W₂}/2)‖W₂‖² + √(λ_{W₁}λ_{H₁})‖X‖_*           (B1)   balance
 *     ≥ the same with ‖A‖_* − g for ‖X‖_*                                   (B2)   g = max(‖A‖_* − ‖X‖_*, 0)
 *     ≥ 1/(2N)·tr(Y(I + AᵀA/α)⁻¹Yᵀ) + √(λ_{W₁}λ_{H₁})(‖A‖_* − g)               (B3)   ridge
 *     ≥ 1/(2K)·tr((I + BᵀB)⁻¹) + (√κ/K)‖B‖_* − √(λ_{W₁}λ_{H₁})·g                (B4)   averages over classes
 *     ≥ f* − √(λ_{W₁}λ_{H₁})·g                                              (B5)   one singular value at a time
 *
 * Under (H*) the gap g is zero. Without g, as the original theorem needs it, step B2 is ‖σ(X)‖_* ≤ ‖X‖_*: false.
 */
import {
  type ChainStep,
  type Matrix,
  type Problem,
  type Scalar,
  K,
  N,
  add,
  div,
  gram,
  identity,
  inverse,
  labels as Y,
  mul,
  n,
  normSquared,
  nuclearNorm,
  relu,
  sqrt,
  sub,
  t,
  trace,
} from 'ufm-check';

/** The chain that ends at `value`, or at value − price with the price of (H*). */
export const rectifiedChain = (
  { block, lambda }: Problem,
  kappa: Scalar,
  value: Scalar,
  price?: Scalar,
): ChainStep[] => {
  const { W2, W1, H1 } = block as Record<'W2' | 'W1' | 'H1', Matrix>;
  const { W2: lambda2, W1: lambda1, H1: lambdaH } = lambda as Record<'W2' | 'W1' | 'H1', Scalar>;
  const X = mul(W1, H1);
  const A = relu(X);
  const alpha = mul(K, n, lambda2);
  const root = sqrt(mul(lambda1, lambdaH));
  const fit = add(
    mul(div(1, mul(2, N)), normSquared(sub(mul(W2, A), Y))),
    mul(div(lambda2, 2), normSquared(W2)),
  );
  const ridge = mul(
    div(1, mul(2, N)),
    trace(mul(Y, inverse(add(identity('N'), mul(div(1, alpha), gram(A)))), t(Y))),
  );
  const means = mul(div(1, sqrt(mul(n, alpha))), A, t(Y));
  const less = (bound: Scalar): Scalar => (price === undefined ? bound : sub(bound, price));
  return [
    {
      id: 'B1',
      title: 'first weights and features by the nuclear norm of the pre-activations',
      bound: add(fit, mul(root, nuclearNorm(X))),
      because: 'a² + b² ≥ 2ab and ‖AB‖_* ≤ ‖A‖‖B‖; equality iff λ_{W₁}W₁ᵀW₁ = λ_{H₁}H₁H₁ᵀ',
    },
    {
      id: 'B2',
      title: 'from the pre-activations to σ of them',
      bound: less(add(fit, mul(root, nuclearNorm(A)))),
      because: price === undefined ? '‖σ(X)‖_* ≤ ‖X‖_*' : '‖X‖_* ≥ ‖σ(X)‖_* − max(‖σ(X)‖_* − ‖X‖_*, 0)',
    },
    {
      id: 'B3',
      title: 'the best last weights',
      bound: less(add(ridge, mul(root, nuclearNorm(A)))),
      because: 'ridge regression: the difference is tr(D(AAᵀ + αI)Dᵀ)/(2N), with D what W₂ is off by',
    },
    {
      id: 'B4',
      title: 'averages over classes',
      bound: less(
        add(
          mul(div(1, mul(2, K)), trace(inverse(add(identity('K'), gram(means))))),
          mul(div(sqrt(kappa), K), nuclearNorm(means)),
        ),
      ),
      because: "Jensen's operator inequality, and ‖A‖_* ≥ ‖AV‖_* for V = Yᵀ/√n with VᵀV = I",
    },
    {
      id: 'B5',
      title: 'each singular value alone',
      bound: less(value),
      because: '1/(1 + s²) + 2√κ·s is at least twice f* for every s ≥ 0, and there are K of them',
    },
  ];
};
