import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactError } from '../../src/exact/error.js';
import * as matrix from '../../src/exact/matrix.js';
import {
  exactBlockShapes,
  exactGradient,
  exactLabels,
  exactPreActivations,
  exactValue,
} from '../../src/exact/objective.js';
import type { ExactPoint, ExactProblem } from '../../src/exact/objective.js';
import * as scalar from '../../src/exact/rational.js';
import type { Rational } from '../../src/exact/rational.js';
import { pointOf, problemAndPoint, sum } from './arbitrary.js';

const read = scalar.parseRational;
const blocks = (point: Record<string, string[][]>): ExactPoint =>
  Object.fromEntries(Object.entries(point).map(([name, rows]) => [name, matrix.fromStrings(rows)]));
const lambdas = (values: Record<string, string>): Record<string, Rational> =>
  Object.fromEntries(Object.entries(values).map(([name, text]) => [name, read(text)]));
const texts = (point: ExactPoint): Record<string, string[][]> =>
  Object.fromEntries(Object.entries(point).map(([name, block]) => [name, matrix.toStrings(block)]));

/** base + step · direction, block by block. */
function move(base: ExactPoint, direction: ExactPoint, step: Rational): ExactPoint {
  return Object.fromEntries(
    Object.entries(base).map(([name, block]) => [name, matrix.add(block, matrix.scale(step, direction[name]))]),
  );
}

function innerProduct(left: ExactPoint, right: ExactPoint): Rational {
  return sum(Object.keys(left).map((name) => matrix.innerProduct(left[name], right[name])));
}

/**
 * The derivative at 0 of a polynomial of degree at most 2·order, exactly, from its values at the 2·order nodes
 * ±spacing, …, ±order·spacing: Σ_k (−1)^(k+1) (m!)²/(k (m−k)! (m+k)!) (p(k) − p(−k)) with m = order.
 */
function derivativeAtZero(polynomial: (t: Rational) => Rational, order: number, spacing: Rational): Rational {
  const factorial = (k: number): bigint => (k <= 1 ? 1n : BigInt(k) * factorial(k - 1));
  const terms = Array.from({ length: order }, (_, index) => {
    const k = index + 1;
    const weight = scalar.rational(
      (k % 2 === 1 ? 1n : -1n) * factorial(order) ** 2n,
      BigInt(k) * factorial(order - k) * factorial(order + k),
    );
    const node = scalar.multiply(scalar.rational(k), spacing);
    return scalar.multiply(weight, scalar.subtract(polynomial(node), polynomial(scalar.negate(node))));
  });
  return scalar.divide(sum(terms), spacing);
}

describe('hand-computed values', () => {
  it('one layer with ridge bias', () => {
    const problem: ExactProblem = {
      layers: 1,
      activation: 'linear',
      bias: 'ridge',
      K: 2,
      widths: [1],
      classSizes: [1, 2],
      lambda: lambdas({ W: '1/2', H: '1/3', b: '4' }),
    };
    const point = blocks({ W: [['1'], ['2']], H: [['1', '0', '-1']], b: [['1/2'], ['-1']] });
    // W H + b1ᵀ − Y = [[1/2, 1/2, −1/2], [1, −2, −4]]: squares 3/4 + 21, N = 3.
    expect(matrix.toStrings(exactLabels(problem))).toEqual([['1', '0', '0'], ['0', '1', '1']]);
    expect(scalar.format(exactValue(problem, point))).toBe(
      scalar.format(sum([read('87/24'), read('5/4'), read('2/6'), read('10/4')])),
    );
    expect(texts(exactGradient(problem, point))).toEqual({
      W: [['5/6'], ['8/3']],
      H: [['7/6', '-7/6', '-19/6']],
      b: [['13/6'], ['-17/3']],
    });
  });

  it('two ReLU layers, with one dead entry', () => {
    const problem: ExactProblem = {
      layers: 2,
      activation: 'relu',
      bias: 'none',
      K: 1,
      widths: [1, 2],
      classSizes: [2],
      lambda: lambdas({ W2: '1', W1: '0', H1: '1/5' }),
    };
    const point = blocks({ W2: [['3', '1']], W1: [['1'], ['-1']], H1: [['1', '-2']] });
    expect(exactPreActivations(problem, point).map(matrix.toStrings)).toEqual([[['1', '-2'], ['-1', '2']]]);
    // The output is (3, 2), the error (2, 1): f = 5/4 + 10/2 + (1/5)·5/2.
    expect(scalar.format(exactValue(problem, point))).toBe('27/4');
    expect(texts(exactGradient(problem, point))).toEqual({
      W2: [['4', '2']],
      W1: [['3'], ['-1']],
      H1: [['16/5', '-9/10']],
    });
  });

  it('at zero the value is 1/2 without a bias, whatever the sizes', () => {
    fc.assert(
      fc.property(problemAndPoint('relu'), ({ problem, point }) => {
        const zero = move(point, point, scalar.rational(-1));
        expect(exactValue(problem, zero)).toEqual(scalar.rational(1, 2));
      }),
    );
  });
});

describe('shapes', () => {
  it('blocks are named, ordered and sized as the family says', () => {
    const one: ExactProblem = {
      layers: 1,
      activation: 'linear',
      bias: 'free',
      K: 2,
      widths: [3],
      classSizes: [2, 1],
      lambda: lambdas({ W: '1', H: '1' }),
    };
    expect(Object.entries(exactBlockShapes(one))).toEqual([
      ['W', { rows: 2, cols: 3 }],
      ['H', { rows: 3, cols: 3 }],
      ['b', { rows: 2, cols: 1 }],
    ]);
    const three: ExactProblem = {
      layers: 3,
      activation: 'relu',
      bias: 'none',
      K: 2,
      widths: [3, 4, 5],
      classSizes: [1, 1],
      lambda: lambdas({ W1: '1', W2: '1', W3: '1', H1: '1' }),
    };
    expect(Object.entries(exactBlockShapes(three))).toEqual([
      ['W3', { rows: 2, cols: 5 }],
      ['W2', { rows: 5, cols: 4 }],
      ['W1', { rows: 4, cols: 3 }],
      ['H1', { rows: 3, cols: 2 }],
    ]);
  });

  it('the gradient has exactly the blocks of the problem', () => {
    fc.assert(
      fc.property(problemAndPoint('relu'), ({ problem, point }) => {
        const gradient = exactGradient(problem, point);
        const shapes = Object.fromEntries(
          Object.entries(gradient).map(([name, { rows, cols }]) => [name, { rows, cols }]),
        );
        expect(shapes).toEqual(exactBlockShapes(problem));
        expect(exactPreActivations(problem, point)).toHaveLength(problem.layers - 1);
      }),
    );
  });
});

describe('gradient against exact differences', () => {
  const linearCase = problemAndPoint('linear').chain(({ problem, point }) =>
    pointOf(problem).map((direction) => ({ problem, point, direction })),
  );

  it('linear: f on a line is a polynomial of degree 2(L + 1), and its slope is the gradient, exactly', () => {
    fc.assert(
      fc.property(linearCase, ({ problem, point, direction }) => {
        const along = (t: Rational): Rational => exactValue(problem, move(point, direction, t));
        const slope = derivativeAtZero(along, problem.layers + 1, scalar.ONE);
        expect(innerProduct(exactGradient(problem, point), direction)).toEqual(slope);
      }),
    );
  });

  it('ReLU: the same on a piece on which no pre-activation changes its sign', () => {
    const spacing = read('1e-40');
    let smooth = 0;
    const reluCase = problemAndPoint('relu').chain(({ problem, point }) =>
      pointOf(problem).map((direction) => ({ problem, point, direction })),
    );
    const signs = (problem: ExactProblem, point: ExactPoint): string =>
      exactPreActivations(problem, point)
        .flatMap((block) => block.entries.map((value) => scalar.sign(value)))
        .join();
    fc.assert(
      fc.property(reluCase, ({ problem, point, direction }) => {
        const pattern = signs(problem, point);
        if (pattern.split(',').includes('0')) return;
        for (let step = -problem.layers - 1; step <= problem.layers + 1; step += 1) {
          const shifted = move(point, direction, scalar.multiply(scalar.rational(step), spacing));
          expect(signs(problem, shifted)).toBe(pattern);
        }
        const along = (t: Rational): Rational => exactValue(problem, move(point, direction, t));
        const slope = derivativeAtZero(along, problem.layers + 1, spacing);
        const gradient = exactGradient(problem, point);
        expect(innerProduct(gradient, direction)).toEqual(slope);
        expect(texts(exactGradient(problem, point, scalar.ONE))).toEqual(texts(gradient));
        if (problem.layers > 1) smooth += 1;
      }),
      { numRuns: 200 },
    );
    expect(smooth).toBeGreaterThan(20);
  });

  it('at a kink the mask stands for the derivative between the one-sided ones', () => {
    const problem: ExactProblem = {
      layers: 2,
      activation: 'relu',
      bias: 'none',
      K: 1,
      widths: [1, 1],
      classSizes: [1],
      lambda: lambdas({ W2: '0', W1: '0', H1: '0' }),
    };
    // h ↦ (σ(h) − 1)²/2 has slopes 0 and −1 at h = 0.
    const point = blocks({ W2: [['1']], W1: [['1']], H1: [['0']] });
    expect(texts(exactGradient(problem, point))['H1']).toEqual([['0']]);
    expect(texts(exactGradient(problem, point, scalar.ONE))['H1']).toEqual([['-1']]);
    expect(texts(exactGradient(problem, point, read('1/4')))['H1']).toEqual([['-1/4']]);
    expect(() => exactGradient(problem, point, read('-1/4'))).toThrow(ExactError);
    expect(() => exactGradient(problem, point, read('5/4'))).toThrow(ExactError);
  });
});

describe('validation', () => {
  const problem: ExactProblem = {
    layers: 2,
    activation: 'relu',
    bias: 'none',
    K: 2,
    widths: [2, 3],
    classSizes: [1, 2],
    lambda: lambdas({ W2: '1', W1: '0', H1: '1/3' }),
  };
  const point: ExactPoint = { W2: matrix.zeros(2, 3), W1: matrix.zeros(3, 2), H1: matrix.zeros(2, 3) };

  it('accepts the well-formed case', () => {
    expect(scalar.format(exactValue(problem, point))).toBe('1/2');
  });

  it.each<[string, Partial<ExactProblem>, RegExp]>([
    ['no layers', { layers: 0 }, /layers/],
    ['too few widths', { widths: [2] }, /widths/],
    ['a zero width', { widths: [2, 0] }, /width/],
    ['a fractional class size', { classSizes: [1, 1.5] }, /class size/],
    ['an empty class', { classSizes: [1, 0] }, /class size/],
    ['class sizes that do not fit K', { classSizes: [1] }, /class sizes/],
    ['a missing lambda', { lambda: lambdas({ W2: '1', H1: '1' }) }, /lambda for the block W1/],
    ['a negative lambda', { lambda: lambdas({ W2: '1', W1: '-1/2', H1: '1' }) }, /negative: -1\/2/],
    ['a lambda of no block', { lambda: lambdas({ W2: '1', W1: '1', H1: '1', b: '1' }) }, /block b/],
    ['a ridge bias without lambda', { bias: 'ridge' }, /lambda for the block b/],
    ['an unknown activation', { activation: 'tanh' as 'relu' }, /activation/],
    ['an unknown bias', { bias: 'some' as 'free' }, /bias/],
  ])('refuses %s', (_, change, message) => {
    const changed = { ...problem, ...change };
    for (const action of [exactValue, exactGradient, exactPreActivations]) {
      expect(() => action(changed, point)).toThrow(ExactError);
      expect(() => action(changed, point)).toThrow(message);
    }
    expect(() => exactBlockShapes(changed)).toThrow(message);
    expect(() => exactLabels(changed)).toThrow(message);
  });

  it.each<[string, ExactPoint, RegExp]>([
    ['a missing block', { W2: point['W2'], H1: point['H1'] }, /no block W1/],
    ['a transposed block', { ...point, W1: matrix.zeros(2, 3) }, /W1 must be 3 x 2, not 2 x 3/],
    ['a stray block', { ...point, b: matrix.zeros(2, 1) }, /no block b/],
  ])('refuses %s', (_, changed, message) => {
    for (const action of [exactValue, exactGradient, exactPreActivations]) {
      expect(() => action(problem, changed)).toThrow(ExactError);
      expect(() => action(problem, changed)).toThrow(message);
    }
  });
});
