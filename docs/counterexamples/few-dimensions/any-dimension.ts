/**
 * Theorem 3.1 without its hypothesis d ≥ K, which is false: where d < K there is no frame of K columns.
 *
 * Problem. Minimise f = 1/(2N)·‖WH − Y‖² + (λ_W/2)‖W‖² + (λ_H/2)‖H‖² over W ∈ ℝ^{K×d}, H ∈ ℝ^{d×N}.
 *
 * Claim. For all K, n, d, with c = K√(nλ_Wλ_H): if c ≤ 1, the class means of every nonzero global minimizer form an
 * orthogonal frame; if c > 1, zero is the only one.
 */
import {
  K, classMeans, define, div, equal, frame, gram, gt, identity, isNotZero, isZero, labels as Y, leq, mul, n, paper,
  pow, sqrt, sub, t, theorem, ufm, zeros,
} from 'ufm-check';

const problem = ufm({ layers: 1, activation: 'linear', bias: 'none' });
const { W, H } = problem.block;
const { W: lambdaW, H: lambdaH } = problem.lambda;

const c = define('c', mul(K, sqrt(mul(n, lambdaW, lambdaH))));
const s = define('s', sqrt(div(mul(n, lambdaH), lambdaW)));
const rho = define('rho', div(sub(1, c), s), 'ρ', '\\rho');
const Hbar = define('Hbar', classMeans(H), 'H̄', '\\bar{H}');
const R = frame('R', 'd', 'K');

export const anyDimension = theorem({
  paper: paper({
    id: 'any-dimension',
    title: 'Theorem 3.1 without its hypothesis',
    authors: 'N. N.',
    reference: 'a superseded reading',
  }),
  id: '3.1-any-d',
  title: 'bias-free UFM, d not assumed to be at least K',
  source: 'Theorem 3.1, for every d',
  provenance: { kind: 'reconstructed', from: 'Theorem 3.1 with the hypothesis K ≤ d struck out' },
  revisions: [
    {
      id: 'current',
      status: 'current',
      expected: 'refuted',
      problem,
      hypotheses: [],
      ofMinimizer: [{ id: 'nonzero', title: 'the minimizer is not zero', statement: isNotZero(H) }],
      cases: [
        {
          id: 'frame',
          when: leq(c, 1),
          strata: [{ id: 'c ≤ 1', draw: {} }],
          minimizer: { frames: [R], blocks: { W: mul(s, sqrt(rho), t(R)), H: mul(sqrt(rho), R, Y) } },
          value: sub(c, div(pow(c, 2), 2)),
          conclusions: [
            { id: 'NC1', title: 'within-class variability collapses', statement: equal(H, mul(Hbar, Y)) },
            {
              id: 'NC2',
              title: 'the class means form an orthogonal frame',
              statement: equal(gram(Hbar), mul(rho, identity('K'))),
            },
          ],
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
