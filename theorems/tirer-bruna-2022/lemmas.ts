/**
 * The lemmas on matrices that the proofs of Tirer & Bruna use, and the false one that the original Theorem 4.2 needs.
 *
 * Notation. ‖·‖ is the Frobenius norm, ‖·‖_* the nuclear norm (the sum of the singular values), σ = max(0, ·) in every
 * entry, Y = I_K ⊗ 1_nᵀ the labels (K × N, N = Kn), Π_c = YᵀY/n the averaging over classes.
 *
 * Where a lemma has a proof, nuclear norms are traced back to the singular value decomposition, ‖A‖_* = tr(PᵀAS) for
 * orthonormal columns P, S, and to duality, ‖A‖_* ≥ tr(QᵀA) for every Q with I − QᵀQ ⪰ 0. What remains is an identity
 * of words, which holds for all sizes.
 *
 * Provenance. The text of the paper was not at hand: the lemmas are reconstructed from what its proofs need.
 */
import {
  N,
  add,
  block,
  d,
  define,
  div,
  eq,
  frame,
  gram,
  identity,
  inverse,
  labels as Y,
  lemma,
  leq,
  minimum,
  mul,
  n,
  normSquared,
  nuclearNorm,
  number,
  parameter,
  positivePart,
  pow,
  relu,
  sqrt,
  sub,
  symbol,
  t,
  trace,
  ufm,
  type Construction,
  type Draw,
  type LemmaProof,
  type LetterNode,
  type Matrix,
  type Scalar,
  type SymbolNode,
} from 'ufm-check';
import { tirerBruna2022 } from './paper.js';
import { threshold, twoLayers } from './two-layers.js';

const reconstructed = { kind: 'reconstructed', from: 'what the proofs of Theorems 4.1 and 4.2 need' } as const;
const positive: Draw = { from: '1/20', to: '20' };

const X = block('X', 'd', 'N');
const A = block('A', 'd', 'N');
const U = block('U', 'd', 'K');
const V = block('V', 'K', 'N');
// Singular vectors, for a matrix of rank r.
const P = frame('P', 'd', 'r');
const S = frame('S', 'N', 'r');
/** (I − FFᵀ)M: what the columns of F leave of M. */
const rest = (F: Matrix, M: Matrix): Matrix => sub(M, mul(F, t(F), M));

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

const a = symbol('a', 'generator');
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

/** Π_c = YᵀY/n, which replaces every column by the mean of its class. */
const averaging = define('Pi_c', mul(div(1, n), t(Y), Y), 'Π_c', '\\Pi_{c}');
/** Matrices whose columns are equal within each class. */
const collapsed: Construction = { blocks: { A: mul(parameter('M', 'd', 'K'), Y) } };

/**
 * ‖AΠ_c‖_* ≤ ‖A‖_*: averaging over classes does not enlarge the nuclear norm.
 *
 * Proof. Let AΠ_c = PΣSᵀ and Q = PSᵀΠ_c. Then I − QᵀQ = (I − Π_c)² + Π_c(I − SSᵀ)²Π_c, so that
 * ‖A‖_* ≥ tr(QᵀA) = tr(PᵀAΠ_cS) = ‖AΠ_c‖_*.
 */
export const pinching = lemma({
  paper: tirerBruna2022,
  id: 'pinching',
  title: 'averaging over classes and the nuclear norm',
  source: 'used for Theorems 4.1 and 4.2',
  provenance: reconstructed,
  expected: 'proved',
  matrices: [A],
  scalars: [],
  hypotheses: [],
  statement: leq(nuclearNorm(mul(A, averaging)), nuclearNorm(A)),
  equality: [{ title: 'columns equal within classes', at: collapsed }],
  proof: {
    singular: { of: mul(A, averaging), left: P, right: S },
    dual: [
      {
        of: A,
        by: mul(P, t(S), averaging),
        rest: [sub(identity('N'), averaging), rest(S, averaging)],
      },
    ],
    squares: {},
  },
  because: 'textbook: Bhatia, Matrix Analysis, Section IV.2; here by duality',
});

const W = block('W', 'K', 'd');

/** ‖WA − Y‖² = ‖WAΠ_c − Y‖² + ‖WA(I − Π_c)‖²: what averaging over classes saves. */
export const classAveraging = lemma({
  paper: tirerBruna2022,
  id: 'class-averaging',
  title: 'what averaging over classes saves',
  source: 'used for Theorems 3.1, 3.2, 4.1 and 4.2',
  provenance: reconstructed,
  expected: 'proved',
  matrices: [W, A],
  scalars: [],
  hypotheses: [],
  statement: eq(
    normSquared(sub(mul(W, A), Y)),
    add(normSquared(sub(mul(W, A, averaging), Y)), normSquared(mul(W, A, sub(identity('N'), averaging)))),
  ),
  proof: { squares: {} },
  because: 'YΠ_c = Y, and Π_c is an orthogonal projector',
});

const alpha = symbol('alpha', 'generator', 'α', '\\alpha');
const G = add(gram(A), mul(alpha, identity('N')));
const Z = block('Z', 'K', 'N');
const target = block('T', 'K', 'N');
const gap = sub(W, mul(target, inverse(G), t(A)));

/**
 * ‖WA − T‖² + α‖W‖² = α·tr(T G⁻¹ Tᵀ) + tr(D (AAᵀ + αI) Dᵀ), with G = AᵀA + αI and D = W − T G⁻¹ Aᵀ: the minimum over W
 * and the exact gap to it. (With α = Nλ₂ and T = Y, this eliminates the last layer.)
 *
 * Proof. G is invertible, so T = ZG reaches every T, and then T G⁻¹ = Z.
 */
export const ridgeElimination = lemma({
  paper: tirerBruna2022,
  id: 'ridge-elimination',
  title: 'the last layer eliminated by ridge regression',
  source: 'used for Theorems 4.1 and 4.2',
  provenance: reconstructed,
  expected: 'proved',
  matrices: [W, A, target],
  scalars: [{ symbol: alpha, draw: positive }],
  hypotheses: [],
  statement: eq(
    add(normSquared(sub(mul(W, A), target)), mul(alpha, normSquared(W))),
    add(
      mul(alpha, trace(mul(target, inverse(G), t(target)))),
      trace(mul(gap, add(mul(A, t(A)), mul(alpha, identity('d'))), t(gap))),
    ),
  ),
  proof: {
    inverses: [{ of: G, gram: A, shift: alpha }],
    substitute: { T: mul(Z, G) },
    squares: {},
  },
  because: 'completing the square',
});

const B = mul(div(1, sqrt(mul(n, alpha))), A, t(Y));

/**
 * n·tr((I_K + BᵀB)⁻¹) ≤ tr(Y(I_N + AᵀA/α)⁻¹Yᵀ) with B = AYᵀ/√(nα): Jensen's inequality for the operator convex function
 * 1/(1 + x). By ridge regression: the right side times α is the minimum of ‖WA − Y‖² + α‖W‖² over W, the left side the
 * same for AΠ_c, and averaging over classes only saves.
 */
export const operatorJensen = lemma({
  paper: tirerBruna2022,
  id: 'operator-jensen',
  title: 'class means in the eliminated objective',
  source: 'used for Theorems 4.1 and 4.2',
  provenance: reconstructed,
  expected: 'upheld',
  matrices: [A],
  scalars: [{ symbol: alpha, draw: positive }],
  hypotheses: [],
  statement: leq(
    mul(n, trace(inverse(add(identity('K'), gram(B))))),
    trace(mul(Y, inverse(add(identity('N'), mul(div(1, alpha), gram(A)))), t(Y))),
  ),
  equality: [{ title: 'columns equal within classes', at: collapsed }],
  because: 'textbook: Hansen and Pedersen, "Jensen’s operator inequality", 2003; or lemma:ridge-elimination twice',
});

const s = symbol('s', 'generator');
const mu = symbol('mu', 'generator', 'μ', '\\mu');
/** 1/(1 + x²) + slope·x: twice K times the objective, for one singular value x of the class means. */
const reduced = (x: Scalar, slope: Scalar): Scalar => add(div(1, add(1, pow(x, 2))), mul(slope, x));
/** The slope for which a is a critical point of 1/(1 + x²) + slope·x. */
const slopeAt = div(mul(2, a), pow(add(1, pow(a, 2)), 2));
const one = identity('1');

/**
 * φ(s) ≥ φ(a) for a ≥ 1, where φ(x) = 1/(1 + x²) + μx with μ = 2a/(1 + a²)². The difference is
 * (s − a)²(2as + a² − 1)/((1 + s²)(1 + a²)²).
 */
export const scalarCertificateBelow = lemma({
  paper: tirerBruna2022,
  id: 'scalar-certificate-below',
  title: 'the reduced problem below its threshold',
  source: 'used for Theorems 4.1 and 4.2',
  provenance: reconstructed,
  expected: 'proved',
  matrices: [],
  scalars: [
    { symbol: s, draw: { from: '1/20', to: '20' } },
    { symbol: a, draw: { from: '1/2', to: '20' } },
  ],
  hypotheses: [leq(1, a)],
  statement: leq(reduced(a, slopeAt), reduced(s, slopeAt)),
  proof: {
    squares: {
      distance: {
        coefficient: div(
          add(mul(2, a, s), sub(pow(a, 2), 1)),
          mul(add(1, pow(s, 2)), pow(add(1, pow(a, 2)), 2)),
        ),
        of: mul(sub(s, a), one),
      },
    },
  },
  because: 'the difference of the sides, factored',
});

/** φ(s) ≥ 1 = φ(0) for μ ≥ ½. The difference is s(s − 1)²/(2(1 + s²)) + (μ − ½)s. */
export const scalarCertificateAbove = lemma({
  paper: tirerBruna2022,
  id: 'scalar-certificate-above',
  title: 'the reduced problem above its threshold',
  source: 'used for Theorems 4.1 and 4.2',
  provenance: reconstructed,
  expected: 'proved',
  matrices: [],
  scalars: [
    { symbol: s, draw: { from: '1/20', to: '20' } },
    { symbol: mu, draw: { from: '1/4', to: '4' } },
  ],
  hypotheses: [leq('1/2', mu)],
  statement: leq(1, reduced(s, mu)),
  proof: {
    squares: {
      distance: { coefficient: div(s, mul(2, add(1, pow(s, 2)))), of: mul(sub(s, 1), one) },
      slope: { coefficient: mul(sub(mu, '1/2'), s), of: one },
    },
  },
  because: 'the difference of the sides, factored',
});

/**
 * Both in one: φ(s) ≥ min(1, φ(a)) for every a ≥ 1/√3, the larger of the two critical points that belong to μ. For
 * 1/√3 ≤ a ≤ 1 it is above the threshold: μ = 2a/(1 + a²)² falls from 3√3/8 to ½.
 */
export const scalarCertificate = lemma({
  paper: tirerBruna2022,
  id: 'scalar-certificate',
  title: 'the reduced problem on both sides of its threshold',
  source: 'used for Theorems 4.1 and 4.2',
  provenance: reconstructed,
  expected: 'upheld',
  matrices: [],
  scalars: [
    { symbol: s, draw: { from: '1/20', to: '20' } },
    { symbol: a, draw: { from: '1/4', to: '20' } },
  ],
  hypotheses: [leq(1, mul(3, pow(a, 2)))],
  statement: leq(minimum(1, reduced(a, slopeAt)), reduced(s, slopeAt)),
  because: 'lemma:scalar-certificate-below for a ≥ 1, lemma:scalar-certificate-above otherwise',
});

const reluModel = ufm({ layers: 2, activation: 'relu', bias: 'none' });
const { W1, H1 } = reluModel.block as Record<'W1' | 'H1', LetterNode>;
const { W1: lambda1, H1: lambdaH } = reluModel.lambda as Record<'W1' | 'H1', SymbolNode>;
const { kappa, frameValue } = twoLayers(reluModel);
const preActivations = define('X', mul(W1, H1));
/** By how much σ enlarges the nuclear norm of the pre-activations. */
const enlargement = sub(nuclearNorm(relu(preActivations)), nuclearNorm(preActivations));
const priced = (value: Scalar): Scalar => sub(value, mul(sqrt(mul(lambda1, lambdaH)), positivePart(enlargement)));
const ofReluModel = {
  paper: tirerBruna2022,
  source: 'the proof of Theorem 4.2',
  provenance: reconstructed,
  expected: 'upheld',
  matrices: reluModel.blocks,
  scalars: Object.values(reluModel.lambda).map((symbol) => ({ symbol, draw: { from: '1/100', to: '1/2' } })),
  sizes: { K: [4, 8], n: [1, 2], beyondK: [0, 1] },
  along: reluModel,
  because: 'the chain of the proof, with the step ‖σ(X)‖_* ≤ ‖X‖_* replaced by what it costs',
} as const;

/**
 * The robust inequality: at every point of the ReLU model,
 *
 *   f ≥ f* − √(λ_{W₁}λ_{H₁})·max(‖σ(X)‖_* − ‖X‖_*, 0),   X = W₁H₁,   f* = (1 − z)(1 + 2z)/2 for κ ≤ 1/16.
 *
 * It implies the relaxed theorem's value, and needs no tolerance on "equal nuclear norms".
 */
export const robustInequality = lemma({
  ...ofReluModel,
  id: 'robust-inequality',
  title: 'what breaking (H*) can gain, below the threshold',
  hypotheses: [leq(kappa, threshold)],
  statement: leq(priced(frameValue), reluModel.objective),
});

/** The same for κ ≥ 1/16, where f* = ½ is the value at zero. */
export const robustInequalityAbove = lemma({
  ...ofReluModel,
  id: 'robust-inequality-above',
  title: 'what breaking (H*) can gain, above the threshold',
  hypotheses: [leq(threshold, kappa)],
  statement: leq(priced(number('1/2')), reluModel.objective),
});
