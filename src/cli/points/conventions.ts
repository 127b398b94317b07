/**
 * Regularisation parameters in the conventions in which people state them, converted exactly.
 *
 * - `tirer-bruna`: f = 1/(2N)·‖…‖² + Σ (λ/2)‖block‖², as in the theorems here.
 * - `perturbation`: 1/(2Kn)·‖WH − Y‖² + λ_W/(2K)·‖W‖² + λ_H/(2Kn)·‖H‖², for one layer without bias.
 * - `pytorch`: `nn.MSELoss()`, the mean over all NK entries, with weight decay wd, which adds wd·w to the gradient:
 *   1/(NK)·‖…‖² + Σ (wd/2)‖block‖². That is f·2/K with λ = (K/2)·wd, so the minimizers are the same.
 */
import { UsageError } from '../../errors.js';
import * as Q from '../../exact/rational.js';
import type { Problem } from '../../symbolic/objective.js';

export const CONVENTIONS = ['tirer-bruna', 'perturbation', 'pytorch'] as const;
export type Convention = (typeof CONVENTIONS)[number];

/** @throws UsageError for another name */
export const conventionOf = (name: string): Convention => {
  const found = CONVENTIONS.find((x) => x === name);
  if (found === undefined) throw new UsageError(`--convention ${name}`, `Conventions: ${CONVENTIONS.join(', ')}.`);
  return found;
};

export interface Converted {
  /** λ of each block, as `p/q`. */
  readonly lambda: Readonly<Record<string, string>>;
  /** What was done, one line for each block. */
  readonly lines: readonly string[];
  /** What the loss of the convention is in terms of f, where they differ. */
  readonly loss?: { readonly formula: string; readonly factor: number };
}

/** The factor of each block, and how it is written. */
const factor = (
  convention: Convention,
  block: string,
  { K, n }: { readonly K: number; readonly n: number },
): readonly [Q.Rational, string, string] => {
  if (convention === 'pytorch') return [Q.rational(K, 2), `(K/2)·wd`, `${K}/2`];
  if (block === 'H') return [Q.rational(1, K * n), `λ_H/(Kn)`, `1/${K * n}`];
  return [Q.rational(1, K), `λ_${block}/K`, `1/${K}`];
};

/** @throws UsageError where the convention says nothing about the problem */
export const convertLambdas = (
  convention: Convention,
  given: Readonly<Record<string, Q.Rational>>,
  sizes: { readonly K: number; readonly n: number },
  { spec }: Problem,
): Converted => {
  if (convention === 'perturbation' && (spec.layers !== 1 || spec.bias !== 'none')) {
    throw new UsageError(
      '--convention perturbation is about one layer without bias',
      'Use tirer-bruna or pytorch, or convert by hand.',
    );
  }
  const lambda: Record<string, string> = {};
  const lines: string[] = [];
  for (const [block, value] of Object.entries(given)) {
    if (convention === 'tirer-bruna') {
      lambda[block] = Q.format(value);
      continue;
    }
    const [by, formula, numbers] = factor(convention, block, sizes);
    const result = Q.format(Q.multiply(by, value));
    lambda[block] = result;
    lines.push(`λ_${block} = ${formula} = ${numbers} · ${Q.format(value)} = ${result}`);
  }
  return { lambda, lines, ...(convention === 'pytorch' ? { loss: { formula: '(2/K)·f', factor: 2 / sizes.K } } : {}) };
};
