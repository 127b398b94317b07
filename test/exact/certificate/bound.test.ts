/**
 * The lower bounds over forms, against what they claim: random points of each form, with every block that the form
 * leaves free at its best, never fall below; and the bounds are as good as the formulas they come from.
 */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { cSquared, isBelowForm, kappa } from '../../../src/exact/certificate/bound.js';
import { greatestBoundOverForm } from '../../../src/exact/certificate/write.js';
import type { ClaimedForm, ClaimedModel, FormMatrix } from '../../../src/exact/certificate/schema.js';
import type { ExactProblem } from '../../../src/exact/objective.js';
import * as scalar from '../../../src/exact/rational.js';
import type { Rational } from '../../../src/exact/rational.js';
import { nuclearNorm, randomOrthonormalFrame, symmetricEigen } from '../../../src/numeric/dense.js';
import { createStream } from '../../../src/numeric/random.js';
import type { Stream } from '../../../src/numeric/random.js';
import {
  ONE_LAYER,
  problemOf,
  RELU,
  TWO_LINEAR_LAYERS,
  WITH_FREE_BIAS,
  WITH_RIDGE_BIAS,
} from './builders.js';

const BITS = 40;
/** What doubles may add: the reduced values are sums of some 10² terms below 10. */
const ROUNDING = 1e-11;

const frame = (of: FormMatrix, collapsed = false): ClaimedForm => ({ form: 'orthogonal-frame', of, collapsed });
const etf: ClaimedForm = { form: 'simplex-etf', of: 'H', collapsed: false };

interface Sizes {
  readonly K: number;
  readonly n: number;
  readonly d: number;
  readonly lambda: readonly number[];
}

type Rows = readonly Float64Array[];

const rowsOf = (rows: number, cols: number, entry: (row: number, col: number) => number): Rows =>
  Array.from({ length: rows }, (_, row) => Float64Array.from({ length: cols }, (__, col) => entry(row, col)));

const flat = (matrix: Rows): Float64Array => Float64Array.from(matrix.flatMap((row) => [...row]));

const product = (left: Rows, right: Rows): Rows =>
  rowsOf(left.length, right[0]!.length, (row, col) =>
    left[row]!.reduce((sum, value, k) => sum + value * right[k]![col]!, 0),
  );

const squares = (matrix: Rows): number => matrix.reduce((sum, row) => row.reduce((s, x) => s + x * x, sum), 0);

/**
 * The least value over W and b of 1/(2N)‖WA + b1ᵀ − Y‖² + (λ/2)‖W‖² + (λ_b/2)‖b‖²:
 * 1/(2N)·tr Y(I + (AᵀA/λ + 11ᵀ/λ_b)/N)⁻¹Yᵀ, the second term only with a bias.
 */
function fitted({ K, n }: Sizes, features: Rows, lambda: number, lambdaB = Infinity): number {
  const N = K * n;
  const gram = rowsOf(N, N, (i, j) => features.reduce((sum, row) => sum + row[i]! * row[j]!, 0) / lambda + 1 / lambdaB);
  const { values, vectors } = symmetricEigen(N, flat(gram));
  let total = 0;
  for (let index = 0; index < N; index += 1) {
    for (let label = 0; label < K; label += 1) {
      let component = 0;
      for (let i = label * n; i < (label + 1) * n; i += 1) component += vectors[i * N + index]!;
      total += component ** 2 / (1 + Math.max(0, values[index]!) / N);
    }
  }
  return total / (2 * N);
}

const relu = (matrix: Rows): Rows => matrix.map((row) => row.map((x) => Math.max(0, x)));

/** The least value over W2, W1 and H1 with W1 H1 = X. */
const reduced = (sizes: Sizes, X: Rows, activation: 'linear' | 'relu'): number => {
  const [lambda2, lambda1, lambdaH] = sizes.lambda as [number, number, number];
  const fit = fitted(sizes, activation === 'relu' ? relu(X) : X, lambda2);
  return fit + Math.sqrt(lambda1 * lambdaH) * nuclearNorm(X.length, X[0]!.length, flat(X));
};

/** Columns with the given class means (d × K), apart by `spread` within their classes. */
function spreadOut({ K, n, d }: Sizes, means: Rows, spread: number, stream: Stream): Rows {
  const noise = rowsOf(d, K * n, () => spread * stream.normal());
  const mean = (row: number, label: number): number =>
    noise[row]!.subarray(label * n, (label + 1) * n).reduce((sum, x) => sum + x, 0) / n;
  return rowsOf(d, K * n, (row, col) => {
    const label = Math.floor(col / n);
    return means[row]![label]! + noise[row]![col]! - mean(row, label);
  });
}

function orthogonalMeans({ K, d }: Sizes, size: number, stream: Stream): Rows {
  const R = randomOrthonormalFrame(stream, d, K);
  return rowsOf(d, K, (row, col) => size * R[row * K + col]!);
}

/** X whose σ(X) has orthogonal class means of norm `size`: disjoint supports, any signs elsewhere. */
function activationFrame({ K, n, d }: Sizes, size: number, stream: Stream): Rows {
  const spread = stream.integer(0, 2);
  const owner = Array.from({ length: d }, (_, row) => (row < K ? row : stream.integer(0, K - 1)));
  const weights = owner.map(() => Math.abs(stream.normal()) + 0.01);
  const norm = (label: number): number =>
    Math.sqrt(weights.reduce((sum, weight, row) => (owner[row] === label ? sum + weight ** 2 : sum), 0));
  const negative = stream.uniform() < 0.5 ? 0 : stream.uniform();
  return owner.map((label, row) => {
    const share = (): number => (spread === 0 ? 1 : Math.max(0, 1 + spread * stream.normal()));
    const shares = Float64Array.from({ length: n }, share);
    const total = shares.reduce((sum, x) => sum + x, 0);
    if (total === 0) shares.fill(1);
    const mean = (size * weights[row]!) / norm(label);
    return Float64Array.from({ length: K * n }, (_, col) => {
      const own = Math.floor(col / n) === label ? shares[col % n]! : 0;
      return own > 0 ? (mean * n * own) / (total === 0 ? n : total) : -negative * Math.abs(stream.normal());
    });
  });
}

interface Family {
  readonly name: string;
  readonly model: ClaimedModel;
  readonly form: ClaimedForm;
  readonly n?: number;
  /** A value of f at a random point of the form; `size` is √ρ up to the scale of the problem. */
  readonly draw: (sizes: Sizes, size: number, stream: Stream) => number;
}

const ofFeatures =
  (activation: 'linear' | 'relu', spread: number) =>
  (sizes: Sizes, size: number, stream: Stream): number => {
    const [lambda2, lambda1, lambdaH] = sizes.lambda as [number, number, number];
    const means = orthogonalMeans(sizes, size, stream);
    const H = spreadOut(sizes, means, spread * stream.uniform(), stream);
    const noise = stream.uniform() < 0.5 ? 0.1 : 1;
    const target = activationFrame({ ...sizes, n: 1 }, size * Math.sqrt((lambdaH * sizes.n) / lambda1), stream);
    // W1 takes the means to about a frame of activations.
    const transposed = rowsOf(sizes.K, sizes.d, (row, col) => means[col]![row]! / size ** 2);
    const W1 = product(target, transposed).map((row) => row.map((x) => x * size + noise * 0.2 * stream.normal()));
    const X = product(W1, H);
    const fit = fitted(sizes, activation === 'relu' ? relu(X) : X, lambda2);
    return fit + (lambda1 / 2) * squares(W1) + (lambdaH / 2) * squares(H);
  };

const ofOneLayer =
  (centered: boolean, lambdaB?: (sizes: Sizes) => number) =>
  (sizes: Sizes, size: number, stream: Stream): number => {
    const { K } = sizes;
    const means = orthogonalMeans(sizes, size, stream).map((row) => {
      const average = row.reduce((sum, x) => sum + x, 0) / K;
      return centered ? row.map((x) => x - average) : row;
    });
    const H = spreadOut(sizes, means, stream.uniform() < 0.5 ? 0 : stream.uniform(), stream);
    const [lambdaW, lambdaH] = sizes.lambda as [number, number];
    return fitted(sizes, H, lambdaW, lambdaB?.(sizes)) + (lambdaH / 2) * squares(H);
  };

const FAMILIES: readonly Family[] = [
  {
    name: 'ReLU, activations',
    model: RELU,
    form: frame('sigma(W1 H1)'),
    draw: (sizes, size, stream) => reduced(sizes, activationFrame(sizes, size, stream), 'relu'),
  },
  {
    name: 'linear, pre-activations',
    model: TWO_LINEAR_LAYERS,
    form: frame('W1 H1'),
    draw: (sizes, size, stream) =>
      reduced(sizes, spreadOut(sizes, orthogonalMeans(sizes, size, stream), stream.uniform(), stream), 'linear'),
  },
  {
    name: 'ReLU, collapsed pre-activations',
    model: RELU,
    form: frame('W1 H1', true),
    draw: (sizes, size, stream) =>
      reduced(
        sizes,
        spreadOut(
          sizes,
          stream.uniform() < 0.5
            ? orthogonalMeans(sizes, size, stream)
            : rowsOf(sizes.d, sizes.K, (row, col) => (row === col ? size : 0)),
          0,
          stream,
        ),
        'relu',
      ),
  },
  { name: 'linear, features', model: TWO_LINEAR_LAYERS, form: frame('H1'), draw: ofFeatures('linear', 1) },
  { name: 'ReLU, collapsed features', model: RELU, form: frame('H1', true), draw: ofFeatures('relu', 0) },
  { name: 'ReLU, features, one sample', model: RELU, form: frame('H1'), n: 1, draw: ofFeatures('relu', 1) },
  { name: 'one layer, frames', model: ONE_LAYER, form: frame('H'), draw: ofOneLayer(false) },
  { name: 'one layer, ETFs', model: ONE_LAYER, form: etf, draw: ofOneLayer(true) },
  // A free bias is a ridge bias with λ_b → 0, and f falls with λ_b.
  { name: 'free bias, frames', model: WITH_FREE_BIAS, form: frame('H'), draw: ofOneLayer(false, () => 1e-4) },
  { name: 'free bias, ETFs', model: WITH_FREE_BIAS, form: etf, draw: ofOneLayer(true, () => 1e-4) },
  { name: 'ridge, frames', model: WITH_RIDGE_BIAS, form: frame('H'), draw: ofOneLayer(false, (s) => s.lambda[2]!) },
  { name: 'ridge, ETFs', model: WITH_RIDGE_BIAS, form: etf, draw: ofOneLayer(true, (s) => s.lambda[2]!) },
];

function drawProblem(family: Family, stream: Stream): { readonly problem: ExactProblem; readonly sizes: Sizes } {
  const K = stream.integer(2, 4);
  const n = family.n ?? stream.integer(1, 3);
  const d = K + stream.integer(0, 2);
  const layers = family.model.layers;
  // Around the interesting ranges: κ from 1/200 to 1/10, c from 1/5 to 6/5.
  const strength = layers === 1 ? (0.2 + stream.uniform()) / K : Math.cbrt(0.005 + 0.095 * stream.uniform()) / K;
  const ratio = [Math.exp(0.5 * stream.normal()), Math.exp(0.5 * stream.normal())] as const;
  const lambda =
    layers === 1
      ? [strength * ratio[0], strength / ratio[0] / n, 0.1 + stream.uniform()]
      : [strength * ratio[0], strength * ratio[1], strength / (ratio[0] * ratio[1]) / n];
  const exact = lambda.map((x) => scalar.rational(Math.round(x * 2 ** 20), 2 ** 20));
  const count = layers === 1 && family.model.bias !== 'ridge' ? 2 : 3;
  const text = exact.slice(0, count).map(scalar.format).join(' ');
  return { problem: problemOf(family.model, K, n, d, text), sizes: { K, n, d, lambda: exact.map(scalar.toNumber) } };
}

describe('no point of a form is below its bound', () => {
  it.each(FAMILIES)('$name', (family) => {
    const stream = createStream(2022, 'forms', family.name);
    let least = Infinity;
    for (let trial = 0; trial < 15; trial += 1) {
      const { problem, sizes } = drawProblem(family, stream);
      const bound = scalar.toNumber(greatestBoundOverForm(family.form, problem, BITS));
      // The scale at which features or activations have s, or √t, about 1.
      const scale = Math.sqrt(sizes.K * sizes.lambda[0]!);
      const ofH = family.form.form === 'orthogonal-frame' && family.form.of === 'H1';
      const unit = ofH ? Math.sqrt(0.25 / (sizes.K * sizes.n * sizes.lambda[2]!)) : scale;
      for (let each = 0; each < 10; each += 1) {
        const value = family.draw(sizes, unit * 3 * stream.uniform(), stream);
        expect(value).toBeGreaterThan(bound - ROUNDING);
        least = Math.min(least, value - bound);
      }
    }
    // The draws come close, so that a bound too high would show.
    expect(least).toBeLessThan(0.02);
  });
});

const between = (lo: number, hi: number): fc.Arbitrary<Rational> =>
  fc.integer({ min: lo * 10_000, max: hi * 10_000 }).map((p) => scalar.rational(p, 10_000));

describe('the comparison with a bound', () => {
  const problemWith = (lambdaH: Rational): ExactProblem => {
    const bare = problemOf(RELU, 2, 1, 2, '1/2 1/2 1');
    return { ...bare, lambda: { ...bare.lambda, H1: lambdaH } };
  };
  /** Rule (5) of docs/certificates.md. */
  const byDiscriminant = (bound: Rational, ofProblem: Rational): boolean => {
    const B = scalar.toNumber(bound);
    if (B > 0.5) return false;
    const D = scalar.subtract(scalar.rational(9), scalar.multiply(scalar.rational(16), bound));
    const T = [
      scalar.multiply(scalar.rational(256), ofProblem),
      scalar.rational(-27),
      scalar.multiply(scalar.rational(18), D),
      scalar.power(D, 2),
    ].reduce(scalar.add);
    const enough = scalar.compare(scalar.power(T, 2), scalar.multiply(scalar.rational(64), scalar.power(D, 3))) >= 0;
    return B <= 0 || (scalar.sign(T) >= 0 && enough);
  };

  it('by Sturm is that by the discriminant', () => {
    fc.assert(
      fc.property(between(-0.1, 0.6), between(0.0001, 0.2), (bound, lambdaH) => {
        const problem = problemWith(lambdaH);
        expect(isBelowForm(frame('sigma(W1 H1)'), problem, bound)).toBe(byDiscriminant(bound, kappa(problem)));
      }),
      { numRuns: 2000 },
    );
  });

  it('is exact where the minimum is rational', () => {
    // κ = z(1 − z)³ gives the minimum (1 − z)(1 + 2z)/2 for z ≥ ½; here φ touches it.
    for (const [p, q] of [[1, 2], [3, 5], [2, 3], [3, 4], [9, 10]] as const) {
      const z = scalar.rational(p, q);
      const rest = scalar.subtract(scalar.ONE, z);
      const problem = problemWith(scalar.divide(scalar.multiply(z, scalar.power(rest, 3)), scalar.rational(2)));
      const minimum = scalar.divide(
        scalar.multiply(rest, scalar.add(scalar.ONE, scalar.multiply(scalar.rational(2), z))),
        scalar.rational(2),
      );
      const tiny = scalar.rational(1n, 10n ** 30n);
      expect(isBelowForm(frame('sigma(W1 H1)'), problem, minimum)).toBe(true);
      expect(isBelowForm(frame('sigma(W1 H1)'), problem, scalar.add(minimum, tiny))).toBe(false);
    }
  });

  it('is that with the minimum on a grid, one layer', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(ONE_LAYER, WITH_FREE_BIAS, WITH_RIDGE_BIAS),
        fc.boolean(),
        fc.integer({ min: 1, max: 5 }),
        between(0.01, 0.6),
        between(0.01, 2),
        (model, isFrame, K, lambda, lambdaB) => {
          const text = [lambda, lambda, ...(model.bias === 'ridge' ? [lambdaB] : [])].map(scalar.format).join(' ');
          const problem = problemOf(model, K, 2, 6, text);
          const b = scalar.toNumber(lambdaB);
          const beta = model.bias === 'none' ? 1 : model.bias === 'free' ? 0 : b / (1 + b);
          const slope = scalar.toNumber(cSquared(problem));
          const share = (K - 1) / K;
          const g = (t: number): number =>
            isFrame
              ? share / (1 + t) + beta / K / (1 + beta * t) + slope * t
              : share * (1 / (1 + t) + slope * t) + beta / K;
          let least = Infinity;
          // t = x/(1 − x); the minimum lies at t ≤ 1/c² ≤ 100, where g'' ≤ 4 and the grid is at most 5 wide.
          for (let x = 0; x < 0.999; x += 0.0002) least = Math.min(least, g(x / (1 - x)) / 2);
          const bound = scalar.toNumber(greatestBoundOverForm(isFrame ? frame('H') : etf, problem, BITS));
          expect(bound).toBeLessThan(least + ROUNDING);
          expect(bound).toBeGreaterThan(least - 1e-5);
        },
      ),
      { numRuns: 60 },
    );
  });
});
