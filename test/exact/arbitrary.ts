/** Random exact numbers, matrices, problems and points for the property tests of this folder. */
import fc from 'fast-check';
import { exactMatrix } from '../../src/exact/matrix.js';
import type { ExactMatrix } from '../../src/exact/matrix.js';
import { exactBlockShapes } from '../../src/exact/objective.js';
import type { ExactPoint, ExactProblem } from '../../src/exact/objective.js';
import { add, rational } from '../../src/exact/rational.js';
import type { Rational } from '../../src/exact/rational.js';

/** Small rationals with many coincidences (zeros, equal values, shared factors). */
export const smallRational: fc.Arbitrary<Rational> = fc
  .tuple(fc.integer({ min: -12, max: 12 }), fc.integer({ min: 1, max: 12 }))
  .map(([p, q]) => rational(p, q));

/** Rationals of many sizes, the parts up to 300 bits. */
export const anyRational: fc.Arbitrary<Rational> = fc.oneof(
  smallRational,
  fc
    .tuple(fc.bigInt({ min: -(2n ** 300n), max: 2n ** 300n }), fc.bigInt({ min: 1n, max: 2n ** 300n }))
    .map(([p, q]) => rational(p, q)),
  fc.bigInt({ min: -(2n ** 120n), max: 2n ** 120n }).map((p) => rational(p)),
);

export const nonZeroRational: fc.Arbitrary<Rational> = anyRational.filter((value) => value.numerator !== 0n);

export function matrixOf(rows: number, cols: number): fc.Arbitrary<ExactMatrix> {
  return fc
    .array(smallRational, { minLength: rows * cols, maxLength: rows * cols })
    .map((entries) => exactMatrix(rows, cols, entries));
}

/** A double from any bit pattern that is finite: subnormals are as frequent as the largest numbers. */
export const anyFiniteDouble: fc.Arbitrary<number> = fc
  .oneof(
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    fc.bigInt({ min: 0n, max: 2n ** 53n }),
    fc.bigInt({ min: 2n ** 63n, max: 2n ** 63n + 2n ** 53n }),
  )
  .map((bits) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, bits);
    return view.getFloat64(0);
  })
  .filter(Number.isFinite);

/** A random problem of one to three layers with unequal widths and class sizes, and a random point of it. */
export function problemAndPoint(
  activation: 'linear' | 'relu',
): fc.Arbitrary<{ readonly problem: ExactProblem; readonly point: ExactPoint }> {
  const size = fc.integer({ min: 1, max: 3 });
  return fc
    .record({
      layers: size,
      bias: fc.constantFrom('none' as const, 'free' as const, 'ridge' as const),
      sizes: fc.array(size, { minLength: 1, maxLength: 3 }),
      widths: fc.array(size, { minLength: 3, maxLength: 3 }),
      lambdas: fc.array(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 9 })), { minLength: 5, maxLength: 5 }),
    })
    .chain(({ layers, bias, sizes, widths, lambdas }) => {
      const weights = layers === 1 ? ['W'] : Array.from({ length: layers }, (_, index) => `W${index + 1}`);
      const names = [...weights, layers === 1 ? 'H' : 'H1', ...(bias === 'ridge' ? ['b'] : [])];
      const problem: ExactProblem = {
        layers,
        activation,
        bias,
        K: sizes.length,
        widths: widths.slice(0, layers),
        classSizes: sizes,
        lambda: Object.fromEntries(
          names.map((name, index) => [name, rational(lambdas[index][0], lambdas[index][1])]),
        ),
      };
      return pointOf(problem).map((point) => ({ problem, point }));
    });
}

export function pointOf(problem: ExactProblem): fc.Arbitrary<ExactPoint> {
  const blocks = Object.entries(exactBlockShapes(problem)).map(
    ([name, { rows, cols }]) => [name, matrixOf(rows, cols)] as const,
  );
  return fc.record(Object.fromEntries(blocks));
}

export function sum(values: readonly Rational[]): Rational {
  return values.reduce(add, rational(0));
}
