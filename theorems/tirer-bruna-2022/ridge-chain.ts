/**
 * The proof of the ridge theorem by inequalities, in the case c ≤ β, β < c ≤ 1 or c > 1.
 *
 * With E = WH − Y, Z = WH̄Y and L(X) = 1/(2N)·(‖(X − Y)(I − P)‖² + β‖(X − Y)P‖²), the least loss over b, step by step
 * (the regulariser of W and H is understood up to the second):
 *
 *   f ≥ L(WH) ≥ L(Z) ≥ L(Z) + √(λ_Wλ_H)·‖Z‖_* ≥ L(Z) + (c̃/N)·⟨Z, (Π + xJ)Y⟩ ≥ f*,
 *
 * where c̃ = min(c, 1), and x = 1, β/c, β in the three cases: x ≤ 1, so that (Π + xJ)Y/√n has spectral norm at most 1.
 */
import {
  add,
  define,
  div,
  identity,
  labels as Y,
  mul,
  N,
  normSquared,
  ones,
  sub,
  t,
  type ChainStep,
  type Matrix,
  type Problem,
  type Scalar,
} from 'ufm-check';
import { regularised, spectralSteps, squaredLoss } from './one-layer.js';

/** What differs between the cases: c̃, (Π + xJ)Y, and the value. */
export interface RidgeChainCase {
  readonly shrunk: Scalar;
  readonly labels: Matrix;
  readonly value: Scalar;
}

export const ridgeChain = (
  problem: Problem,
  { beta, Hbar }: { readonly beta: Scalar; readonly Hbar: Matrix },
): ((of: RidgeChainCase) => ChainStep[]) => {
  const { W, H } = problem.block as Readonly<Record<'W' | 'H', Matrix>>;
  const oneN = mul(t(Y), ones('K'));
  const P = define('P', mul(div(1, N), oneN, t(oneN)));
  const across = sub(identity('N'), P);
  const leastLoss = (outputs: Matrix): Scalar => {
    const residual = sub(outputs, Y);
    return add(squaredLoss(mul(residual, across)), mul(div(beta, mul(2, N)), normSquared(mul(residual, P))));
  };
  const collapsed = mul(Hbar, Y);
  const outputs = define('Z', mul(W, collapsed));
  const loss = leastLoss(outputs);
  return ({ shrunk, labels, value }) => [
    {
      id: 'B1',
      title: 'the best bias',
      bound: regularised(problem, leastLoss(mul(W, H)), H),
      because: 'the difference is (1 + λ_b)/2·‖b − (Y − WH)1_N/(N(1 + λ_b))‖²',
    },
    {
      id: 'B2',
      title: 'features averaged over their class',
      bound: regularised(problem, loss, collapsed),
      because: 'the difference is ‖W(H − H̄Y)‖²/(2N) + (λ_H/2)‖H − H̄Y‖²; the means of the rows do not change',
    },
    ...spectralSteps(problem, ['B3', 'B4', 'B5'], { outputs, loss, labels, shrunk, value }),
  ];
};
