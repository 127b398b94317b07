import { describe, expect, it } from 'vitest';
import * as B from '../../src/symbolic/build.js';
import type { Scalar } from '../../src/symbolic/expression.js';
import { examineParametrisation } from '../../src/symbolic/sum-of-squares.js';
import { generators, parameters, problem } from './theorem-claims.js';

const { K, n, mul, div, sub, neg, add } = B;
const inverses = new Map(generators.map(({ symbol, inverse }) => [symbol.name, inverse]));
const [s, c] = generators.map(({ symbol }) => symbol);
const left = (changed: Readonly<Record<string, Scalar>>, back: ReadonlyMap<string, Scalar> = inverses): string[] =>
  examineParametrisation(problem.blocks, new Map([...parameters, ...Object.entries(changed)]), back)
    .filter((x) => x.remainder !== '')
    .map((x) => x.parameter);

describe('a parametrisation', () => {
  it('of Theorem 3.1 reaches every λ', () => {
    expect(left({})).toEqual([]);
  });

  it('that reaches only λ_W = λ_H is seen', () => {
    expect(left({ lambda_H: div(c, mul(K, s)) })).toEqual(['lambda_H']);
  });

  it('that misses a factor, or swaps two parameters, is seen', () => {
    expect(left({ lambda_W: div(c, s) })).toEqual(['lambda_W']);
    const swapped = { lambda_W: div(mul(s, c), mul(K, n)), lambda_H: div(c, mul(K, s)) };
    expect(left(swapped)).toEqual(['lambda_W', 'lambda_H']);
  });

  it('by parameters that may be zero or negative is seen', () => {
    expect(left({ lambda_W: neg(div(c, mul(K, s))) })).toEqual(['lambda_W']);
    expect(left({ lambda_W: sub(1, c) })).toEqual(['lambda_W']);
  });

  it('whose inverse is not real for every λ, or divides by what may vanish, is seen', () => {
    const { W: lambdaW, H: lambdaH } = problem.lambda as Readonly<Record<'W' | 'H', Scalar>>;
    const names = ['lambda_W', 'lambda_H'];
    const free = (W: Scalar, H: Scalar, back: readonly [Scalar, Scalar]): string[] =>
      left({ lambda_W: W, lambda_H: H }, new Map(['s', 'c'].map((name, k) => [name, back[k]!])));
    // λ_W = 1 + s² is reached from s = √(λ_W − 1) alone: not for λ_W < 1.
    expect(free(add(1, mul(s!, s!)), c!, [B.sqrt(sub(lambdaW, 1)), lambdaH])).toEqual(names);
    // λ(λ − 1)/(λ − 1) is λ, but not at λ = 1.
    expect(free(s!, c!, [div(mul(lambdaW, sub(lambdaW, 1)), sub(lambdaW, 1)), lambdaH])).toEqual(names);
    expect(free(s!, c!, [div(mul(lambdaW, sub(lambdaW, 1)), sub(lambdaW, 2)), lambdaH])).toEqual(names);
    expect(free(s!, c!, [lambdaW, lambdaH])).toEqual([]);
  });

  it('with a wrong inverse is seen', () => {
    const back = new Map([...inverses, ['c', add(inverses.get('c') ?? 0, 1)]]);
    expect(left({}, back)).toEqual(['lambda_W', 'lambda_H']);
  });
});
