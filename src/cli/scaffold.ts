/**
 * The module that `new` writes: a small theorem that holds, in the order of a paper, with the places to fill in marked.
 * It runs as it stands, so that every change can be checked from the first one on.
 */

export interface ScaffoldName {
  /** `my-paper`. */
  readonly paper: string;
  /** `theorem-1`. */
  readonly theorem: string;
  /** Where the module goes, as it is typed. */
  readonly file: string;
}

/** `theorem-1` as a name of JavaScript: `theorem1`; with a letter in front where it needs one. */
const identifier = (text: string): string => {
  const joined = text.replaceAll(/[^a-z0-9]+(\w?)/g, (_, next: string) => next.toUpperCase());
  return /^[a-z]/.test(joined) ? joined : `theorem${joined}`;
};

/** The source of a module whose theorem is `paper/theorem`. */
export const scaffold = ({ paper, theorem, file }: ScaffoldName): string => `/**
 * ${theorem}: the class means form an orthogonal frame. TODO: the theorem in one line
 *
 * **Problem** (TODO: the objective, and what it ranges over). With N = Kn and Y = I_K ⊗ 1_nᵀ,
 *
 *   minimise f = 1/(2N)·‖WH − Y‖² + (λ_W/2)‖W‖² + (λ_H/2)‖H‖²   over W ∈ ℝ^{K×d}, H ∈ ℝ^{d×N}.
 *
 * **This module claims** the minimum of f, and the form of all its global minimizers, for all K, n, d ≥ K and all
 * λ_W, λ_H > 0. In short: with enough features and little regularisation, class means are orthogonal and of one length.
 *
 * **Theorem** (TODO: as in the paper). Let d ≥ K, c = K√(nλ_Wλ_H), s = √(nλ_H/λ_W), and H̄ the class means of H.
 *
 * - c ≤ 1: the minimum is c − c²/2, which is **tight**, and at every global minimizer H = H̄ ⊗ 1_nᵀ,
 *   H̄ᵀH̄ = (1 − c)/s·I_K and W = s·H̄ᵀ.
 * - c > 1: the minimum is 1/2, and W = 0, H = 0.
 *
 * **Reference.** TODO: [1] authors, title, where it appeared, arXiv number with version, number of the theorem.
 *
 * **Provenance.** TODO: verbatim from which version, or reconstructed from what.
 *
 * **Check it**: npx ufm-check verify --theorems ${file}
 */
import {
  K,
  classMeans,
  d,
  define,
  div,
  equal,
  frame,
  gram,
  gt,
  identity,
  isZero,
  labels as Y,
  leq,
  mul,
  n,
  paper,
  pow,
  sqrt,
  sub,
  t,
  theorem,
  ufm,
  zeros,
} from 'ufm-check';

const source = paper({
  id: '${paper}',
  title: 'TODO: title of the paper',
  authors: 'TODO: authors',
  reference: 'TODO: where it appeared',
});

// The objective. layers: 1 or more; activation: 'linear' or 'relu'; bias: 'none', 'free' or 'ridge'.
const problem = ufm({ layers: 1, activation: 'linear', bias: 'none' });
const { W, H } = problem.block;
const { W: lambdaW, H: lambdaH } = problem.lambda;

// Constants of the statement, by the names that the paper gives them.
const c = define('c', mul(K, sqrt(mul(n, lambdaW, lambdaH))));
const s = define('s', sqrt(div(mul(n, lambdaH), lambdaW)));
const rho = define('rho', div(sub(1, c), s), 'ρ', '\\\\rho');
const Hbar = define('Hbar', classMeans(H), 'H̄', '\\\\bar{H}');

// RᵀR = I_K: the freedom that the minimizers have.
const R = frame('R', 'd', 'K');

export const ${identifier(theorem)} = theorem({
  paper: source,
  id: '${theorem}',
  title: 'the class means form an orthogonal frame',
  source: 'TODO: Theorem 1',
  provenance: { kind: 'reconstructed', from: 'TODO: the draft of which day' },
  revisions: [
    {
      id: 'current',
      status: 'current',
      // What a run is to say: 'upheld' without a proof in the module, 'proved' with one that is verified.
      expected: 'upheld',
      problem,
      hypotheses: [leq(K, d)],
      // The cases share the parameters out among them: each instance belongs to exactly one.
      cases: [
        {
          id: 'frame',
          when: leq(c, 1),
          // What instances must cover; thresholds deserve a stratum of their own.
          strata: [{ id: 'c ≤ 1', draw: {} }],
          // A point that is claimed to be a global minimizer, by formulas.
          minimizer: { frames: [R], blocks: { W: mul(s, sqrt(rho), t(R)), H: mul(sqrt(rho), R, Y) } },
          value: sub(c, div(pow(c, 2), 2)),
          // What is claimed of every global minimizer.
          conclusions: [
            { id: 'NC1', title: 'within-class variability collapses', statement: equal(H, mul(Hbar, Y)) },
            {
              id: 'NC2',
              title: 'the class means form an orthogonal frame',
              statement: equal(gram(Hbar), mul(rho, identity('K'))),
            },
            { id: 'NC3', title: 'the weights are aligned with them', statement: equal(W, mul(s, t(Hbar))) },
          ],
          // A proof, critical points, the Hessian spectrum: docs/encode-your-theorem.md of ufm-check.
        },
        {
          id: 'zero',
          when: gt(c, 1),
          strata: [{ id: 'c > 1', draw: {} }],
          minimizer: { blocks: { W: zeros('K', 'd'), H: zeros('d', 'N') } },
          value: div(1, 2),
          conclusions: [
            { id: 'W = 0', title: 'the weights vanish', statement: isZero(W) },
            { id: 'H = 0', title: 'the features vanish', statement: isZero(H) },
          ],
        },
      ],
    },
  ],
});
`;
