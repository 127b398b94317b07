/** Lemmas on nuclear norms: of σ(X), true and false, and of products. */
import {
  N,
  add,
  d,
  div,
  frame,
  lemma,
  leq,
  minimum,
  mul,
  normSquared,
  nuclearNorm,
  number,
  parameter,
  relu,
  sqrt,
  sub,
  symbol,
  t,
  type Construction,
  type LemmaProof,
  type Scalar,
} from 'ufm-check';
import { a, P, positive, reconstructed, rest, S, U, V, X } from './lemma-letters.js';
import { tirerBruna2022 } from './paper.js';

/**
 * ‖σ(X)‖_* ≤ ‖X‖_* for every X. False from 3 × 3 on, where entries −1, 0, 1 are enough: cutting off negative entries
 * can destroy cancellations. It is the step that the proof of the original Theorem 4.2 needs.
 */
export const reluNuclearNorm = lemma({
  paper: tirerBruna2022,
  id: 'relu-nuclear-norm',
  title: 'σ does not enlarge the nuclear norm',
  source: 'used for Theorem 4.2 in its original form',
  provenance: reconstructed,
  expected: 'refuted',
  matrices: [X],
  scalars: [],
  hypotheses: [],
  statement: leq(nuclearNorm(relu(X)), nuclearNorm(X)),
  because: 'false: σ never enlarges the Frobenius norm, but it can enlarge the nuclear norm',
});

/**
 * The same for matrices with two rows or two columns, where it is true. With columns x, y, ‖X‖_*² = ‖X‖² + 2√det(XᵀX);
 * let p = |x₊|², q = |y₊|², p′ = |x₋|², q′ = |y₋|², and a = x₊·y₊, a′ = x₋·y₋, b = x₊·y₋ + x₋·y₊. To show:
 *
 *   2√(pq − a²) ≤ p′ + q′ + 2√((p + p′)(q + q′) − (a + a′ − b)²).
 *
 * If |a + a′ − b| ≤ a + a′, the root on the right is at least that on the left, since √det(G + G′) ≥ √det G for G,
 * G′ ⪰ 0. Otherwise |a + a′ − b| ≤ b ≤ √(pq′) + √(p′q), so that the root is at least |√(pq) − √(p′q′)|, and
 * p′ + q′ + 2|√(pq) − √(p′q′)| ≥ 2√(pq).
 */
export const reluNuclearNormThin = lemma({
  paper: tirerBruna2022,
  id: 'relu-nuclear-norm-thin',
  title: 'σ and the nuclear norm of two rows or columns',
  source: 'the case K = 2 of Theorem 4.2 in its original form',
  provenance: reconstructed,
  expected: 'upheld',
  matrices: [X],
  scalars: [],
  hypotheses: [leq(minimum(N, d), 2)],
  statement: leq(nuclearNorm(relu(X)), nuclearNorm(X)),
  equality: [{ title: 'X ≥ 0', at: { blocks: { X: relu(parameter('M', 'd', 'N')) } } }],
  because:
    'by hand: ‖X‖_*² = ‖X‖² + 2√det(XᵀX), Cauchy and Schwarz, and det(G + G′) ≥ det G for semidefinite G, G′',
});

/**
 * Balanced factors: U = M and V = cMᵀRᵀ for any M and any R with orthonormal columns, so that UV = cMMᵀRᵀ has the
 * singular values of cMMᵀ.
 */
const balanced = (c: Scalar): Construction => {
  const M = parameter('M', 'd', 'K');
  const R = frame('R', 'N', 'd');
  return { frames: [R], blocks: { U: M, V: mul(c, t(M), t(R)) } };
};

/**
 * √(ab)·‖UV‖_* ≤ (a/2)‖U‖² + (b/2)‖V‖²: what the regularisers of two factors cost at least.
 *
 * Proof. For UV = PΣSᵀ, ‖UV‖_* = tr(PᵀUVS), and the difference of the sides is
 * ½‖√a·UᵀP − √b·VS‖² + (a/2)‖(I − PPᵀ)U‖² + (b/2)‖V(I − SSᵀ)‖².
 */
const regularisersOf = (a: Scalar, b: Scalar): LemmaProof => ({
  singular: { of: mul(U, V), left: P, right: S },
  squares: {
    balance: { coefficient: number('1/2'), of: sub(mul(sqrt(a), t(U), P), mul(sqrt(b), V, S)) },
    left: { coefficient: div(a, 2), of: rest(P, U) },
    right: { coefficient: div(b, 2), of: rest(S, t(V)) },
  },
});

/** ‖UV‖_* ≤ (‖U‖² + ‖V‖²)/2, with equality for balanced factors. */
export const variationalForm = lemma({
  paper: tirerBruna2022,
  id: 'variational-form',
  title: 'variational form of the nuclear norm',
  source: 'used for Theorems 3.1, 3.2, 4.1 and 4.2',
  label: 'lem:balance',
  provenance: reconstructed,
  expected: 'proved',
  matrices: [U, V],
  scalars: [],
  hypotheses: [],
  statement: leq(nuclearNorm(mul(U, V)), div(add(normSquared(U), normSquared(V)), 2)),
  equality: [{ title: 'balanced factors', at: balanced(number(1)) }],
  proof: regularisersOf(number(1), number(1)),
  because: 'textbook: Srebro, Rennie and Jaakkola, "Maximum-margin matrix factorization", NIPS 2004, Lemma 1',
});

const b = symbol('b', 'generator');

/** The same with weights: (λ₁/2)‖W₁‖² + (λ_H/2)‖H‖² ≥ √(λ₁λ_H)·‖W₁H‖_*. */
export const weightedVariationalForm = lemma({
  paper: tirerBruna2022,
  id: 'weighted-variational-form',
  title: 'what the regularisers of two factors cost',
  source: 'used for Theorems 3.1, 3.2, 4.1 and 4.2',
  provenance: reconstructed,
  expected: 'proved',
  matrices: [U, V],
  scalars: [
    { symbol: a, draw: positive },
    { symbol: b, draw: positive },
  ],
  hypotheses: [],
  statement: leq(
    mul(sqrt(mul(a, b)), nuclearNorm(mul(U, V))),
    add(mul(div(a, 2), normSquared(U)), mul(div(b, 2), normSquared(V))),
  ),
  equality: [{ title: 'balanced factors', at: balanced(sqrt(div(a, b))) }],
  proof: regularisersOf(a, b),
  because: 'the variational form for √a·U and √b·V',
});

/** ‖UV‖_* ≤ ‖U‖·‖V‖, Hölder's inequality for Schatten norms with exponents 2 and 2. */
export const schattenHoelder = lemma({
  paper: tirerBruna2022,
  id: 'schatten-hoelder',
  title: 'Hölder inequality of Schatten norms',
  source: 'used for Theorems 4.1 and 4.2',
  provenance: reconstructed,
  expected: 'upheld',
  matrices: [U, V],
  scalars: [],
  hypotheses: [],
  statement: leq(nuclearNorm(mul(U, V)), mul(sqrt(normSquared(U)), sqrt(normSquared(V)))),
  equality: [{ title: 'balanced factors', at: balanced(number(2)) }],
  because: 'textbook: Bhatia, Matrix Analysis, Corollary IV.2.6; or the weighted variational form, weights at best',
});
