import { describe, expect, it } from 'vitest';
import * as B from '../../src/symbolic/build.js';
import { ufm } from '../../src/symbolic/objective.js';
import * as F from '../../src/symbolic/fraction.js';
import * as T from '../../src/symbolic/trace-algebra.js';
import { alphabetOf, substituteLetters, wordContext } from '../../src/symbolic/words-of.js';
import { toLatex, toText } from '../../src/symbolic/print.js';

const problem = ufm({ layers: 1, activation: 'linear', bias: 'none' });
const [W, H] = problem.blocks;
const { K, n, N, mul, div, add, sub, t, labels, normSquared, sqrt, number } = B;
if (W === undefined || H === undefined) throw new Error('blocks');
const s = F.variable('s');
const c = F.variable('c');
const symbols = new Map([
  ['lambda_W', F.divide(c, F.multiply(F.variable('K'), s))],
  ['lambda_H', F.divide(F.multiply(s, c), F.multiply(F.variable('K'), F.variable('n')))],
]);
const lambdaW = problem.lambda['W'];
const lambdaH = problem.lambda['H'];
const cNode = B.define('c', mul(K, sqrt(mul(n, lambdaW, lambdaH))));
const Hbar = B.define('Hbar', B.classMeans(H), 'H̄', '\\bar H');
const sNode = sqrt(div(mul(n, lambdaH), lambdaW));

const identityS31 = (factors: [number, number, number]) => {
  const context = wordContext({ alphabet: alphabetOf({ blocks: problem.blocks }), symbols });
  const a = sub(mul(W, H), mul(sub(1, cNode), labels));
  const dd = sub(W, mul(div(sNode, n), labels, t(H)));
  const g = sub(H, mul(Hbar, labels));
  const rest = sub(
    problem.objective,
    add(
      sub(cNode, mul(number('1/2'), cNode, cNode)),
      mul(factors[0], div(1, mul(2, N)), normSquared(a)),
      mul(factors[1], div(lambdaW, 2), normSquared(dd)),
      mul(factors[2], div(lambdaH, 2), normSquared(g)),
    ),
  );
  return T.formatTerms(context.reduced(context.scalar(rest)));
};

describe('the word algebra', () => {
  it('decides (S31) for all sizes', () => {
    expect(identityS31([1, 1, 1])).toEqual([]);
  });
  it.each([[[2, 1, 1]], [[1, 2, 1]], [[1, 1, 2]]] as [[number, number, number]][])(
    'rejects (S31) with %j',
    (factors) => {
      expect(identityS31(factors)).not.toEqual([]);
    },
  );
  it('differentiates the objective and substitutes the construction', () => {
    const R = B.frame('R', 'd', 'K');
    const alphabet = alphabetOf({ blocks: problem.blocks, frames: [R] });
    const context = wordContext({ alphabet, symbols });
    const rho = mul(sub(1, cNode), sqrt(div(lambdaW, mul(n, lambdaH))));
    const point = new Map([
      ['H', context.matrix(mul(sqrt(rho), R, labels))],
      ['W', context.matrix(mul(sNode, sqrt(rho), t(R)))],
    ]);
    const f = context.scalar(problem.objective);
    for (const name of ['W', 'H']) {
      const gradient = T.differentiate(alphabet, f, name);
      expect(T.vanishes(gradient)).toBe(false);
      expect(T.formatTerms(context.reduced(substituteLetters(alphabet, gradient, point)))).toEqual([]);
    }
    expect(T.formatTerms(context.reduced(substituteLetters(alphabet, f, point)))).toEqual(['(-1/2*c^2 + c)']);
  });
  it('prints', () => {
    expect(toText(problem.objective)).toBe('1/(2·N)·‖W H − Y‖² + λ_W/2·‖W‖² + λ_H/2·‖H‖²');
    expect(toLatex(cNode)).toBe('c');
    expect(toText(B.equal(B.gram(Hbar), mul(cNode, B.identity('K'))))).toBe('H̄ᵀ H̄ = c·I_K');
    expect(toText(sub(cNode, div(B.pow(cNode, 2), 2)))).toBe('c − c²/2');
  });
});
