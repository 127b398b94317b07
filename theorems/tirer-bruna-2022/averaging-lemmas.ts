/** Lemmas on averages over classes, and on the last layer eliminated by ridge regression. */
import {
  add,
  block,
  define,
  div,
  eq,
  gram,
  identity,
  inverse,
  labels as Y,
  lemma,
  leq,
  mul,
  n,
  normSquared,
  nuclearNorm,
  parameter,
  sqrt,
  sub,
  symbol,
  t,
  trace,
  type Construction,
} from 'ufm-check';
import { A, P, positive, reconstructed, rest, S } from './lemma-letters.js';
import { tirerBruna2022 } from './paper.js';

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
