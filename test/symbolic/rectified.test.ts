import { describe, expect, it } from 'vitest';
import {
  K,
  add,
  div,
  frame,
  geq,
  identity,
  labels as Y,
  leq,
  mul,
  n,
  neg,
  nonNegativeFrame,
  normSquared,
  number,
  obtuseColumns,
  ones,
  pow,
  r,
  sqrt,
  sub,
  symbol,
  t,
} from '../../src/symbolic/build.js';
import type { LetterNode, Matrix, Scalar } from '../../src/symbolic/expression.js';
import { ufm } from '../../src/symbolic/objective.js';
import { examineCriticalPoint } from '../../src/symbolic/sum-of-squares.js';
import { NotAWordError } from '../../src/symbolic/words-of.js';

const problem = ufm({ layers: 2, activation: 'relu', bias: 'none' });
const [w2, w1, h] = ['w2', 'w1', 'h'].map((x) => symbol(x, 'generator')) as [Scalar, Scalar, Scalar];
const z = mul(w2, w1, h);
const spread = mul(z, sub(1, z));
const parameters = new Map<string, Scalar>([
  ['lambda_W2', div(spread, mul(K, pow(w2, 2)))],
  ['lambda_W1', div(spread, mul(K, pow(w1, 2)))],
  ['lambda_H1', div(spread, mul(K, n, pow(h, 2)))],
]);
const R = nonNegativeFrame('R', 'd', 'K');
const V = obtuseColumns('V', 'd', 'K');
const size = sqrt(div(normSquared(V), K));

const examine = (frames: LetterNode[], blocks: Record<string, Matrix>, value: Scalar, when = leq(z, 1)) =>
  examineCriticalPoint({
    blocks: problem.blocks,
    objective: problem.objective,
    parameters,
    when,
    value,
    frames,
    construction: blocks,
  });

const admissible = {
  W2: mul(w2, t(R)),
  W1: mul(div(w1, size), R, t(V)),
  H1: mul(div(h, size), V, Y),
};
const valueAt = mul('1/2', sub(1, z), add(1, mul(2, z)));
const left = ({ gradient, value }: ReturnType<typeof examine>) => [...gradient.flatMap((x) => x.remainder), ...value];

describe('a ReLU layer in words', () => {
  it('is stationary at the whole admissible family, with the claimed value', () => {
    expect(left(examine([R, V], admissible, valueAt))).toEqual([]);
  });

  it('is stationary at partial families of rank r', () => {
    const U = nonNegativeFrame('U', 'K', 'r');
    const [Rr, Vr] = [nonNegativeFrame('Rr', 'd', 'r'), obtuseColumns('Vr', 'd', 'r')];
    const length = sqrt(div(normSquared(Vr), r));
    const partial = {
      W2: mul(w2, U, t(Rr)),
      W1: mul(div(w1, length), Rr, t(Vr)),
      H1: mul(div(h, length), Vr, t(U), Y),
    };
    const value = sub('1/2', mul(div(r, mul(2, K)), z, sub(mul(2, z), 1)));
    expect(left(examine([U, Rr, Vr], partial, value))).toEqual([]);
    // A frame with signs on the side of the classes: no rule.
    const signed = frame('U', 'K', 'r');
    const blocks = { ...partial, W2: mul(w2, signed, t(Rr)), H1: mul(div(h, length), Vr, t(signed), Y) };
    expect(() => examine([signed, Rr, Vr], blocks, value)).toThrow(NotAWordError);
  });

  it('knows R(aI + b11ᵀ): a simplex ETF', () => {
    const F = frame('F', 'd', 'K');
    const centred = sub(identity('K'), mul(div(1, K), ones('K'), t(ones('K'))));
    const scale = sqrt(div(K, sub(K, 1)));
    const etf = {
      W2: mul(w2, t(R)),
      W1: mul(w1, scale, R, centred, t(F)),
      H1: mul(h, scale, F, centred, Y),
    };
    expect(left(examine([R, F], etf, valueAt, geq(K, 2)))).toEqual([]);
    // At K = 1 there is none.
    expect(() => examine([R, F], etf, valueAt)).toThrow(NotAWordError);
    // The other sign of b: positive entries off the diagonal.
    const acute = add(identity('K'), mul(div(1, K), ones('K'), t(ones('K'))));
    const sharp = { ...etf, W1: mul(w1, R, acute, t(F)), H1: mul(h, F, acute, Y) };
    expect(() => examine([R, F], sharp, valueAt)).toThrow(NotAWordError);
  });

  it('leaves what is wrong', () => {
    const doubled = { ...admissible, W2: mul(2, admissible.W2) };
    expect(left(examine([R, V], doubled, valueAt))).not.toEqual([]);
    expect(left(examine([R, V], admissible, add(valueAt, z)))).not.toEqual([]);
    // Without the norm of V the point depends on it.
    expect(left(examine([R, V], { ...admissible, H1: mul(h, V, Y) }, valueAt))).not.toEqual([]);
  });

  it('has no rule for signed frames, for −R, nor where the derivative lives at kinks', () => {
    const signed = frame('R', 'd', 'K');
    const blocks = { W2: mul(w2, t(signed)), W1: mul(w1, signed, t(signed)), H1: mul(h, signed, Y) };
    expect(() => examine([signed], blocks, valueAt)).toThrow(NotAWordError);
    expect(() => examine([R, V], { ...admissible, W1: neg(admissible.W1) }, valueAt)).toThrow(NotAWordError);
    const zero = mul(number(0), admissible.H1);
    expect(() => examine([R, V], { ...admissible, H1: zero }, valueAt)).toThrow(NotAWordError);
    const origin = { W2: mul(0, t(R)), W1: mul(0, R, t(V)), H1: zero };
    expect(left(examine([R, V], origin, number('1/2')))).toEqual([]);
  });
});
