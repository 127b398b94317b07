/**
 * The UFM objective as a statement: the same family as the numeric model, written in the expression language.
 *
 * f = 1/(2N)·‖W_L σ(… σ(W_1 H)) + b1ᵀ − Y‖² + Σ_l (λ_l/2)‖W_l‖² + (λ_H/2)‖H‖² + (λ_b/2)‖b‖², N = Kn, balanced classes,
 * all hidden widths equal to d.
 */
import { N, add, block, div, labels, mul, normSquared, ones, relu, sub, symbol, t } from './build.js';
import type { LetterNode, Matrix, Scalar, SymbolNode } from './expression.js';

/** Which member of the family a problem is; `bias: 'free'` means λ_b = 0, `'ridge'` means λ_b > 0. */
export interface ProblemSpec {
  readonly layers: number;
  readonly activation: 'linear' | 'relu';
  readonly bias: 'none' | 'free' | 'ridge';
}

/** An objective of the family, with its blocks and parameters as symbols. */
export interface Problem {
  readonly spec: ProblemSpec;
  /** The blocks in the order W_L, …, W_1, H, b (3.x: W, H, b; deeper: W2, W1, H1, b). */
  readonly blocks: readonly LetterNode[];
  /** The same blocks by name: `const { W, H } = problem.block`. */
  readonly block: Readonly<Record<string, LetterNode>>;
  /** The regularisation parameter of each block, by block name; a free bias has none. */
  readonly lambda: Readonly<Record<string, SymbolNode>>;
  readonly objective: Scalar;
  /** Y. */
  readonly labels: Matrix;
}

const subscript = (level: number): string => Array.from(String(level), (ch) => '₀₁₂₃₄₅₆₇₈₉'[Number(ch)] ?? ch).join('');

const made = new WeakSet<object>();

/** Whether a problem was made by `ufm`, so that its objective is that of the numeric model. */
export const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && made.has(value);

/** The problem of a specification, with its blocks and parameters as symbols for statements to use. */
export const ufm = ({ layers, activation, bias: biasKind }: ProblemSpec): Problem => {
  const spec: ProblemSpec = Object.freeze({ layers, activation, bias: biasKind });
  const single = spec.layers === 1;
  const weights = Array.from({ length: spec.layers }, (_, index) => {
    const level = spec.layers - index;
    const rows = level === spec.layers ? 'K' : 'd';
    return single ? block('W', rows, 'd') : block(`W${level}`, rows, 'd', `W${subscript(level)}`, `W_{${level}}`);
  });
  const features = single ? block('H', 'd', 'N') : block('H1', 'd', 'N', 'H₁', 'H_{1}');
  const bias = block('b', 'K', '1');
  const blocks = [...weights, features, ...(spec.bias === 'none' ? [] : [bias])];

  const penalised = spec.bias === 'ridge' ? blocks : blocks.filter((x) => x !== bias);
  const lambda = Object.fromEntries(
    penalised.map((x): [string, SymbolNode] => [
      x.name,
      symbol(`lambda_${x.name}`, 'lambda', `λ_${x.text}`, `\\lambda_{${x.latex}}`),
    ]),
  );

  const hidden = weights.slice(1).reduceRight<Matrix>((input, weight) => {
    const product = mul(weight, input);
    return spec.activation === 'relu' ? relu(product) : product;
  }, features);
  const outputs = weights[0] === undefined ? hidden : mul(weights[0], hidden);
  const shifted = spec.bias === 'none' ? outputs : add(outputs, mul(bias, t(ones('K')), labels));
  const objective = add(
    mul(div(1, mul(2, N)), normSquared(sub(shifted, labels))),
    ...blocks.flatMap((x) => {
      const parameter = lambda[x.name];
      return parameter === undefined ? [] : [mul(div(parameter, 2), normSquared(x))];
    }),
  );
  const byName = Object.fromEntries(blocks.map((x): [string, LetterNode] => [x.name, x]));
  for (const part of [blocks, byName, lambda]) Object.freeze(part);
  const problem: Problem = Object.freeze({ spec, blocks, block: byName, lambda, objective, labels });
  made.add(problem);
  return problem;
};
