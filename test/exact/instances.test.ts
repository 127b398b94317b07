/** The exact rational instances of Theorems 3.1 to 4.2: the gradient is exactly zero at every claimed point. */
import { describe, expect, it } from 'vitest';
import { householderFrame } from '../../src/exact/frame.js';
import * as matrix from '../../src/exact/matrix.js';
import type { ExactMatrix } from '../../src/exact/matrix.js';
import { exactGradient, exactPreActivations, exactValue } from '../../src/exact/objective.js';
import type { ExactPoint, ExactProblem } from '../../src/exact/objective.js';
import * as scalar from '../../src/exact/rational.js';
import type { Rational } from '../../src/exact/rational.js';

const read = scalar.parseRational;
const { add, divide, multiply, subtract, ONE, ZERO } = scalar;
const product = (...factors: readonly Rational[]): Rational => factors.reduce(multiply, ONE);

/** A rational frame of `cols` columns without a zero entry, for rows ≥ 2. */
function frame(rows: number, cols: number, offset = 0): ExactMatrix {
  const vector = Array.from({ length: rows }, (_, index) => 1 + ((index + offset) % rows));
  return householderFrame(rows, cols, [vector]);
}

/** means ⊗ 1_nᵀ. */
function repeatColumns(means: ExactMatrix, n: number): ExactMatrix {
  const labels = Array.from({ length: means.cols * n }, (_, col) => Math.floor(col / n));
  const entries = Array.from({ length: means.rows }, (_, row) =>
    labels.map((label) => matrix.entry(means, row, label)),
  );
  return matrix.exactMatrix(means.rows, labels.length, entries.flat());
}

/** Π = I − 11ᵀ/K. */
function centring(K: number): ExactMatrix {
  return matrix.subtract(matrix.identity(K), matrix.scale(scalar.rational(1, K), matrix.ones(K, K)));
}

const gram = (block: ExactMatrix): ExactMatrix => matrix.multiply(matrix.transpose(block), block);

function isStationary(problem: ExactProblem, point: ExactPoint): boolean {
  return Object.values(exactGradient(problem, point)).every(matrix.isZero);
}

/** The point must be stationary, and stop being so when any one λ is off by a thousandth of itself. */
function expectStationary(problem: ExactProblem, point: ExactPoint): void {
  expect(isStationary(problem, point)).toBe(true);
  for (const [name, value] of Object.entries(problem.lambda)) {
    if (scalar.isZero(value)) continue;
    const lambda = { ...problem.lambda, [name]: multiply(value, scalar.rational(1001, 1000)) };
    expect(isStationary({ ...problem, lambda }, point)).toBe(false);
  }
}

const theorem31 = [
  { K: 2, n: 1, d: 2, s: '1', h: '1/2', c: '3/4', W: '3/8', H: '3/8', rho: '1/4', value: '15/32' },
  { K: 3, n: 2, d: 3, s: '2', h: '1/2', c: '1/2', W: '1/12', H: '1/6', rho: '1/4', value: '3/8' },
  { K: 4, n: 3, d: 5, s: '1/2', h: '1', c: '1/2', W: '1/4', H: '1/48', rho: '1', value: '3/8' },
  { K: 2, n: 5, d: 4, s: '3/4', h: '2/3', c: '2/3', W: '4/9', H: '1/20', rho: '4/9', value: '4/9' },
  { K: 5, n: 2, d: 7, s: '3', h: '1/3', c: '2/3', W: '2/45', H: '1/5', rho: '1/9', value: '4/9' },
  { K: 1, n: 4, d: 1, s: '4', h: '1/4', c: '3/4', W: '3/16', H: '3/4', rho: '1/16', value: '15/32' },
  { K: 3, n: 4, d: 3, s: '2/5', h: '1/2', c: '9/10', W: '3/4', H: '3/100', rho: '1/4', value: '99/200' },
];

describe('Theorem 3.1, H̄ = hR, W = sH̄ᵀ', () => {
  it.each(theorem31)('K = $K, n = $n, d = $d, s = $s, h = $h', (row) => {
    const { K, n, d } = row;
    const [s, h, c] = [read(row.s), read(row.h), read(row.c)];
    const problem: ExactProblem = {
      layers: 1,
      activation: 'linear',
      bias: 'none',
      K,
      widths: [d],
      classSizes: Array.from({ length: K }, () => n),
      lambda: { W: read(row.W), H: read(row.H) },
    };
    expect(c).toEqual(subtract(ONE, product(s, h, h)));
    expect(problem.lambda['W']).toEqual(divide(c, multiply(scalar.rational(K), s)));
    expect(problem.lambda['H']).toEqual(divide(multiply(s, c), scalar.rational(K * n)));
    expect(multiply(c, c)).toEqual(product(scalar.rational(K * K * n), problem.lambda['W'], problem.lambda['H']));

    const means = matrix.scale(h, frame(d, K));
    const point = { W: matrix.scale(s, matrix.transpose(means)), H: repeatColumns(means, n) };
    expect(matrix.equals(gram(means), matrix.scale(read(row.rho), matrix.identity(K)))).toBe(true);
    expectStationary(problem, point);
    expect(scalar.format(exactValue(problem, point))).toBe(row.value);
    expect(read(row.value)).toEqual(subtract(c, divide(multiply(c, c), scalar.rational(2))));
  });
});

const theorem32 = [
  {
    K: 2, n: 1, d: 2, s: '1', h: '1/2', ridge: '0',
    W: '3/8', H: '3/8', rho: '1/4', norm: '1/8', b: '1/2', value: '15/64', zero: '1/4',
  },
  {
    K: 3, n: 2, d: 3, s: '2', h: '1/2', ridge: '0',
    W: '1/12', H: '1/6', rho: '1/4', norm: '1/6', b: '1/3', value: '1/4', zero: '1/3',
  },
  {
    K: 4, n: 3, d: 3, s: '1/2', h: '1', ridge: '0',
    W: '1/4', H: '1/48', rho: '1', norm: '3/4', b: '1/4', value: '9/32', zero: '3/8',
  },
  {
    K: 4, n: 2, d: 5, s: '3/4', h: '2/3', ridge: '0',
    W: '2/9', H: '1/16', rho: '4/9', norm: '1/3', b: '1/4', value: '1/3', zero: '3/8',
  },
  {
    K: 5, n: 2, d: 7, s: '3', h: '1/3', ridge: '0',
    W: '2/45', H: '1/5', rho: '1/9', norm: '4/45', b: '1/5', value: '16/45', zero: '2/5',
  },
  {
    K: 3, n: 1, d: 3, s: '1', h: '2/3', ridge: '0',
    W: '5/27', H: '5/27', rho: '4/9', norm: '8/27', b: '1/3', value: '65/243', zero: '1/3',
  },
  {
    K: 3, n: 2, d: 3, s: '2', h: '1/2', ridge: '1/2',
    W: '1/12', H: '1/6', rho: '1/4', norm: '1/6', b: '2/9', value: '11/36', zero: '7/18',
  },
  {
    K: 4, n: 1, d: 3, s: '1', h: '1/2', ridge: '2',
    W: '3/16', H: '3/16', rho: '1/4', norm: '3/16', b: '1/12', value: '167/384', zero: '11/24',
  },
];

describe('Theorem 3.2, H̄ = hF with FᵀF = Π, W = sH̄ᵀ, b constant', () => {
  it.each(theorem32)('K = $K, n = $n, d = $d, s = $s, h = $h, λ_b = $ridge', (row) => {
    const { K, n, d } = row;
    const [s, h, ridge] = [read(row.s), read(row.h), read(row.ridge)];
    const isFree = scalar.isZero(ridge);
    const problem: ExactProblem = {
      layers: 1,
      activation: 'linear',
      bias: isFree ? 'free' : 'ridge',
      K,
      widths: [d],
      classSizes: Array.from({ length: K }, () => n),
      lambda: { W: read(row.W), H: read(row.H), ...(isFree ? {} : { b: ridge }) },
    };
    // With d = K − 1 = 3 there is a rational simplex, turned here by a rational reflection.
    const simplex = matrix.fromStrings([
      ['1/2', '1/2', '-1/2', '-1/2'],
      ['1/2', '-1/2', '1/2', '-1/2'],
      ['1/2', '-1/2', '-1/2', '1/2'],
    ]);
    const F = d >= K ? matrix.multiply(frame(d, K), centring(K)) : matrix.multiply(frame(3, 3), simplex);
    expect(matrix.equals(gram(F), centring(K))).toBe(true);

    const means = matrix.scale(h, F);
    const b = matrix.scale(read(row.b), matrix.ones(K, 1));
    const point = { W: matrix.scale(s, matrix.transpose(means)), H: repeatColumns(means, n), b };
    expect(matrix.equals(gram(means), matrix.scale(read(row.rho), centring(K)))).toBe(true);
    expect(scalar.format(matrix.entry(gram(means), 0, 0))).toBe(row.norm);
    expect(read(row.b)).toEqual(scalar.inverse(multiply(scalar.rational(K), add(ONE, ridge))));
    expectStationary(problem, point);
    expect(scalar.format(exactValue(problem, point))).toBe(row.value);

    const zero = { W: matrix.zeros(K, d), H: matrix.zeros(d, K * n), b };
    expect(isStationary(problem, zero)).toBe(true);
    expect(scalar.format(exactValue(problem, zero))).toBe(row.zero);
    expect(isStationary(problem, { ...zero, b: matrix.zeros(K, 1) })).toBe(false);
  });
});

const theorem41 = [
  {
    K: 2, n: 2, d: 3, w2: '1', w1: '1', h: '2/3', z: '2/3',
    l2: '1/9', l1: '1/9', lh: '1/8', kappa: '2/81', value: '7/18',
  },
  {
    K: 3, n: 2, d: 3, w2: '3/2', w1: '1/2', h: '1', z: '3/4',
    l2: '1/36', l1: '1/4', lh: '1/32', kappa: '3/256', value: '5/16',
  },
  {
    K: 4, n: 1, d: 4, w2: '1', w1: '4/5', h: '1', z: '4/5',
    l2: '1/25', l1: '1/16', lh: '1/25', kappa: '4/625', value: '13/50',
  },
  {
    K: 3, n: 3, d: 5, w2: '2', w1: '1/2', h: '3/5', z: '3/5',
    l2: '1/50', l1: '8/25', lh: '2/27', kappa: '24/625', value: '11/25',
  },
  {
    K: 5, n: 2, d: 5, w2: '3/2', w1: '2/3', h: '9/10', z: '9/10',
    l2: '1/125', l1: '81/2000', lh: '1/90', kappa: '9/10000', value: '7/50',
  },
  {
    K: 1, n: 3, d: 2, w2: '1', w1: '1/2', h: '3/2', z: '3/4',
    l2: '3/16', l1: '3/4', lh: '1/36', kappa: '3/256', value: '5/16',
  },
  {
    K: 2, n: 1, d: 2, w2: '1', w1: '1', h: '1/2', z: '1/2',
    l2: '1/8', l1: '1/8', lh: '1/2', kappa: '1/16', value: '1/2',
  },
  {
    K: 3, n: 1, d: 3, w2: '1/2', w1: '1/2', h: '1', z: '1/4',
    l2: '1/4', l1: '1/4', lh: '1/16', kappa: '27/256', value: '9/16',
  },
];

type Row41 = (typeof theorem41)[number];

function problem41({ K, n, d, l2, l1, lh }: Row41, activation: 'linear' | 'relu'): ExactProblem {
  const classSizes = Array.from({ length: K }, () => n);
  const lambda = { W2: read(l2), W1: read(l1), H1: read(lh) };
  return { layers: 2, activation, bias: 'none', K, widths: [d, d], classSizes, lambda };
}

/** W2 = w2 U Qᵀ, W1 = w1 Q Vᵀ, H̄ = h V Uᵀ, H = H̄ ⊗ 1ᵀ. */
function point41({ n, w2, w1, h }: Row41, U: ExactMatrix, Q: ExactMatrix, V: ExactMatrix): ExactPoint {
  const scaledProduct = (factor: string, left: ExactMatrix, right: ExactMatrix): ExactMatrix =>
    matrix.scale(read(factor), matrix.multiply(left, matrix.transpose(right)));
  return {
    W2: scaledProduct(w2, U, Q),
    W1: scaledProduct(w1, Q, V),
    H1: repeatColumns(scaledProduct(h, V, U), n),
  };
}

describe('Theorem 4.1, W2 = w2 Qᵀ, W1 = w1 QRᵀ, H̄ = hR', () => {
  it.each(theorem41)('K = $K, n = $n, d = $d, z = $z', (row) => {
    const { K, n, d } = row;
    const [w2, w1, h, z] = [read(row.w2), read(row.w1), read(row.h), read(row.z)];
    const problem = problem41(row, 'linear');
    const { W2: lambda2, W1: lambda1, H1: lambdaH } = problem.lambda;
    const oneMinusZ = subtract(ONE, z);
    const numerator = multiply(z, oneMinusZ);
    expect(product(w2, w1, h)).toEqual(z);
    expect(lambda2).toEqual(divide(numerator, product(scalar.rational(K), w2, w2)));
    expect(lambda1).toEqual(divide(numerator, product(scalar.rational(K), w1, w1)));
    expect(lambdaH).toEqual(divide(numerator, product(scalar.rational(K * n), h, h)));
    expect(product(scalar.rational(K ** 3 * n), lambda2, lambda1, lambdaH)).toEqual(read(row.kappa));
    expect(product(z, oneMinusZ, oneMinusZ, oneMinusZ)).toEqual(read(row.kappa));

    const point = point41(row, matrix.identity(K), frame(d, K), frame(d, K, 1));
    const labelled = matrix.multiply(matrix.multiply(point['W2'], point['W1']), point['H1']);
    expect(matrix.equals(labelled, repeatColumns(matrix.scale(z, matrix.identity(K)), n))).toBe(true);
    expectStationary(problem, point);
    expect(scalar.format(exactValue(problem, point))).toBe(row.value);
    const twoZ = multiply(scalar.rational(2), z);
    expect(read(row.value)).toEqual(divide(multiply(oneMinusZ, add(ONE, twoZ)), scalar.rational(2)));

    // The relations between the squares fix w2 w1 h only up to sign: the other sign is not stationary.
    const flipped = { ...point, H1: matrix.scale(scalar.rational(-1), point['H1']) };
    expect(isStationary(problem, flipped)).toBe(false);
  });

  it('partial frames of every rank are stationary with value 1/2 − (r/2K) z(2z − 1)', () => {
    for (const row of theorem41) {
      const z = read(row.z);
      const problem = problem41(row, 'linear');
      for (let rank = 1; rank <= row.K; rank += 1) {
        const point = point41(row, frame(row.K, rank), frame(row.d, rank), frame(row.d, rank, 1));
        const gain = product(z, subtract(multiply(scalar.rational(2), z), ONE), scalar.rational(rank, 2 * row.K));
        expect(isStationary(problem, point)).toBe(true);
        expect(exactValue(problem, point)).toEqual(subtract(scalar.rational(1, 2), gain));
      }
    }
  });

  it('the same points solve the ReLU model when Q is non-negative, but not when it has mixed signs', () => {
    for (const row of theorem41) {
      const problem = problem41(row, 'relu');
      const Q = householderFrame(row.d, row.K, []);
      const point = point41(row, matrix.identity(row.K), Q, frame(row.d, row.K));
      for (const mask of [ZERO, scalar.rational(1, 3), ONE]) {
        expect(Object.values(exactGradient(problem, point, mask)).every(matrix.isZero)).toBe(true);
      }
      const atKinks = exactPreActivations(problem, point).some((block) => block.entries.some(scalar.isZero));
      expect(atKinks).toBe(row.d > 1);
      expect(scalar.format(exactValue(problem, point))).toBe(row.value);
      if (row.d > 1) {
        const signed = point41(row, matrix.identity(row.K), frame(row.d, row.K), frame(row.d, row.K, 1));
        expect(isStationary(problem, signed)).toBe(false);
      }
    }
  });
});

const cross = [['1', '-1', '0', '0'], ['0', '0', '1', '-1']];
const simplexOfFour = [['1', '1', '-1', '-1'], ['1', '-1', '1', '-1'], ['1', '-1', '-1', '1']];
const slanted = [['1', '-3/5', '0'], ['0', '-4/5', '0'], ['0', '0', '1']];
const identityRows = (K: number): string[][] => matrix.toStrings(matrix.identity(K));
const centringRows = (K: number): string[][] => matrix.toStrings(centring(K));

/** Non-negative columns of length 1 with disjoint supports. */
const spread = [['3/5', '0', '0'], ['4/5', '0', '0'], ['0', '1', '0'], ['0', '0', '5/13'], ['0', '0', '12/13']];

const theorem42 = [
  {
    n: 1, d: 2, V: identityRows(2), w2: '1', p: '1', q: '2/3', sigma: '1',
    l2: '1/9', l1: '1/9', lh: '1/4', value: '7/18',
  },
  {
    n: 1, d: 2, V: [['1', '-1']], w2: '1', p: '1', q: '2/3', sigma: '1',
    l2: '1/9', l1: '1/9', lh: '1/4', value: '7/18',
  },
  {
    n: 3, d: 2, V: [['1', '-1']], w2: '3/4', p: '1', q: '4/5', sigma: '1',
    l2: '16/75', l1: '3/25', lh: '1/16', value: '11/25',
  },
  {
    n: 1, d: 3, V: identityRows(3), w2: '1', p: '1', q: '3/4', sigma: '1',
    l2: '1/16', l1: '1/16', lh: '1/9', value: '5/16',
  },
  {
    n: 1, d: 3, V: centringRows(3), w2: '1', p: '1', q: '9/8', sigma: '2/3',
    l2: '1/16', l1: '3/32', lh: '2/27', value: '5/16',
  },
  {
    n: 2, d: 5, V: centringRows(3), w2: '3/2', p: '1', q: '3/5', sigma: '2/3',
    l2: '8/225', l1: '3/25', lh: '1/6', value: '11/25',
  },
  {
    n: 2, d: 5, V: slanted, w2: '3/2', p: '1', q: '3/5', sigma: '1',
    l2: '1/75', l1: '3/100', lh: '1/24', value: '7/50',
  },
  {
    n: 1, d: 4, V: simplexOfFour, w2: '1', p: '1/2', q: '1/2', sigma: '3',
    l2: '3/64', l1: '1/16', lh: '1/16', value: '5/16',
  },
  {
    n: 1, d: 4, V: cross, w2: '1', p: '1', q: '3/4', sigma: '1',
    l2: '3/64', l1: '3/64', lh: '1/12', value: '5/16',
  },
  {
    n: 2, d: 4, V: identityRows(4), w2: '4/5', p: '1', q: '3/4', sigma: '1',
    l2: '3/32', l1: '3/50', lh: '4/75', value: '11/25',
  },
];

describe('Theorem 4.2, W2 = w2 Rᵀ, W1 = p R V0ᵀQᵀ, H̄ = q Q V0 with R ≥ 0: a whole family at one value', () => {
  it.each(theorem42.map((row, index) => ({ index, ...row })))('row $index: n = $n, d = $d, V0 = $V', (row) => {
    const { n, d } = row;
    const V = matrix.fromStrings(row.V);
    const K = V.cols;
    const [w2, p, q, sigma] = [read(row.w2), read(row.p), read(row.q), read(row.sigma)];
    const z = product(w2, p, q, sigma);
    const numerator = multiply(z, subtract(ONE, z));
    const problem: ExactProblem = {
      layers: 2,
      activation: 'relu',
      bias: 'none',
      K,
      widths: [d, d],
      classSizes: Array.from({ length: K }, () => n),
      lambda: { W2: read(row.l2), W1: read(row.l1), H1: read(row.lh) },
    };
    expect(problem.lambda).toEqual({
      W2: divide(numerator, product(scalar.rational(K), w2, w2)),
      W1: divide(numerator, product(scalar.rational(K), p, p, sigma)),
      H1: divide(numerator, product(scalar.rational(K * n), q, q, sigma)),
    });

    const R = d === 5 ? matrix.fromStrings(spread) : householderFrame(d, K, []);
    const Q = frame(d, V.rows);
    const QV = matrix.multiply(Q, V);
    const point = {
      W2: matrix.scale(w2, matrix.transpose(R)),
      W1: matrix.scale(p, matrix.multiply(R, matrix.transpose(QV))),
      H1: repeatColumns(matrix.scale(q, QV), n),
    };
    for (const mask of [ZERO, scalar.rational(2, 7), ONE]) {
      expect(Object.values(exactGradient(problem, point, mask)).every(matrix.isZero)).toBe(true);
    }
    expectStationary(problem, point);
    expect(scalar.format(exactValue(problem, point))).toBe(row.value);
    const active = matrix.relu(exactPreActivations(problem, point)[0]);
    expect(matrix.equals(active, repeatColumns(matrix.scale(product(p, q, sigma), R), n))).toBe(true);
  });
});
