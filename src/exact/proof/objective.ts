/**
 * The objective as a sum of traces, derived from the model alone:
 *
 *   f = 1/(2N)·‖W H + b 1ᵀ Y − Y‖² + Σ (λ/2)‖block‖²,   N = Kn,
 *
 * with W2 W1 H1 in place of W H for two linear layers, W2 S for two layers with a ReLU, S = σ(W1 H1), and 1ᵀY = 1_Nᵀ.
 */
import * as scalar from '../rational.js';
import { ONE, ONE_QUOTIENT, constant, fromPolynomial, multiply, polynomialOf, quotient } from './polynomial.js';
import type { Quotient } from './polynomial.js';
import { addTraces, normSquared, scaleTraces } from './words.js';
import type { Alphabet, Matrix, Shape, TraceSum } from './words.js';

/** One or two layers, linear but where a ReLU is said to be between two. A free bias has no λ. */
export interface ProofModel {
  readonly layers: 1 | 2;
  readonly bias: 'none' | 'free' | 'ridge';
  readonly activation?: 'relu';
}

/** The letter of σ(W1 H1), of shape d × N. */
export const HIDDEN = 'S';

/** What the model says that Y is, as a word. */
const outputsOf = ({ layers, activation }: ProofModel): string[] => {
  if (layers === 1) return ['W', 'H'];
  return activation === 'relu' ? ['W2', HIDDEN] : ['W2', 'W1', 'H1'];
};

/** The blocks and their shapes. */
export function blockShapes({ layers, bias }: ProofModel): [string, Shape][] {
  const one: [string, Shape][] = [
    ['W', { rows: 'K', cols: 'd' }],
    ['H', { rows: 'd', cols: 'N' }],
  ];
  const two: [string, Shape][] = [
    ['W2', { rows: 'K', cols: 'd' }],
    ['W1', { rows: 'd', cols: 'd' }],
    ['H1', { rows: 'd', cols: 'N' }],
  ];
  const shift: [string, Shape][] = bias === 'none' ? [] : [['b', { rows: 'K', cols: '1' }]];
  return [...(layers === 1 ? one : two), ...shift];
}

const HALF = fromPolynomial(constant(scalar.rational(1, 2)));
const OVER_TWO_N = quotient(
  ONE,
  polynomialOf([
    {
      monomial: [
        ['K', 1],
        ['n', 1],
      ],
      coefficient: scalar.rational(2),
    },
  ]),
);

/** f, with each λ given as a quotient; at a point, if `at` puts one in place of the blocks. */
export function objectiveOf(
  model: ProofModel,
  parameters: ReadonlyMap<string, Quotient>,
  alphabet: Alphabet,
  at: (matrix: Matrix) => Matrix = (matrix) => matrix,
): TraceSum {
  const plain = (...word: string[]) => ({ coefficient: ONE_QUOTIENT, word });
  const misfit: Matrix = {
    rows: 'K',
    cols: 'N',
    terms: [
      plain(...outputsOf(model)),
      ...(model.bias === 'none' ? [] : [plain('b', "1'", 'Y')]),
      { coefficient: fromPolynomial(constant(scalar.rational(-1))), word: ['Y'] },
    ],
  };
  const penalties = blockShapes(model).flatMap(([name, shape]) => {
    const lambda = parameters.get(name);
    if (lambda === undefined) return [];
    return [scaleTraces(multiply(HALF, lambda), normSquared(alphabet, at({ ...shape, terms: [plain(name)] })))];
  });
  return addTraces(scaleTraces(OVER_TWO_N, normSquared(alphabet, at(misfit))), ...penalties);
}
