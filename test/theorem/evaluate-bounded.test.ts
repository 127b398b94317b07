/** The rounding bounds of statements: against exact arithmetic at doubles, which are rationals. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as M from '../../src/exact/matrix.js';
import * as Q from '../../src/exact/rational.js';
import { createStream } from '../../src/numeric/random.js';
import { randomOrthonormalFrame } from '../../src/numeric/dense.js';
import * as B from '../../src/symbolic/build.js';
import type { Matrix, Scalar } from '../../src/symbolic/expression.js';
import { boundedInterpreter, boundedMatrix, type Bounded } from '../../src/theorem/evaluate-bounded.js';
import { dimensionSizes, exactInterpreter } from '../../src/theorem/evaluate-exact.js';
import type { Instance } from '../../src/theorem/instance.js';
import { BLOCKS, W, matrixOf, scalarOf } from '../symbolic/arbitrary.js';

const instance: Instance = { K: 3, n: 2, d: 2, lambda: { W: '1/3', H: '2/7' } };
const size = dimensionSizes(instance);

/** Random doubles of many scales for the blocks, as doubles and as the rationals that they are. */
const blocksOf = (seed: number) => {
  const stream = createStream('bounded', seed);
  const doubles = BLOCKS.map(({ name, rows, cols }) => {
    const data = stream.fillNormal(new Float64Array(size(rows) * size(cols)), 10 ** stream.integer(-2, 2));
    return { name, rows: size(rows), cols: size(cols), data };
  });
  return {
    bounded: new Map(doubles.map((x) => [x.name, boundedMatrix(x)])),
    exact: new Map(
      doubles.map((x) => [x.name, M.exactMatrix(x.rows, x.cols, Array.from(x.data, (y) => Q.fromNumber(y)))]),
    ),
  };
};

const off = ({ value }: Bounded, exact: Q.Rational): number =>
  Math.abs(Q.toNumber(Q.subtract(Q.fromNumber(value), exact)));

describe('statements with a bound on their rounding error', () => {
  it('are no further from exact arithmetic than the bound says', () => {
    const any = scalarOf(2).chain((x) => scalarOf(1).map((y): Scalar[] => [x, B.minimum(x, y), B.positivePart(x)]));
    fc.assert(
      fc.property(any, fc.nat(50), (nodes, seed) => {
        const { bounded, exact } = blocksOf(seed);
        for (const node of nodes) {
          const result = boundedInterpreter(instance, bounded).scalar(node);
          const truth = exactInterpreter(instance, exact).scalar(node);
          expect(off(result, truth)).toBeLessThanOrEqual(result.error);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('cover σ, differences that cancel, and inverses', () => {
    const shifted = (x: Matrix): Matrix => B.add(B.identity('K'), B.mul(x, B.t(x)));
    fc.assert(
      fc.property(matrixOf('K', 'K', 1), fc.nat(50), (x, seed) => {
        const { bounded, exact } = blocksOf(seed);
        const nodes = [
          B.normSquared(B.relu(x)),
          B.sub(B.normSquared(B.mul(W, B.t(W))), B.trace(B.mul(W, B.t(W), W, B.t(W)))),
          B.trace(B.mul(x, B.inverse(shifted(x)))),
        ];
        for (const node of nodes) {
          const result = boundedInterpreter(instance, bounded).scalar(node);
          const truth = exactInterpreter(instance, exact).scalar(node);
          expect(off(result, truth)).toBeLessThanOrEqual(result.error);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('bound the nuclear norm of a matrix that is known to have one, and of its neighbours', () => {
    const stream = createStream('nuclear');
    for (let trial = 0; trial < 40; trial++) {
      // Y has the singular values √n; a rotation does not change them, up to its own rounding.
      const rotation = { rows: 2, cols: 2, data: randomOrthonormalFrame(stream, 2, 2) };
      const letters = new Map([['Q', boundedMatrix(rotation, 1e-15)]]);
      const norm = B.nuclearNorm(B.mul(B.frame('Q', 'd', 'd'), B.mul('1/3', B.identity('d'))));
      const { value, error } = boundedInterpreter(instance, letters).scalar(norm);
      expect(Math.abs(value - 2 / 3)).toBeLessThanOrEqual(error);
      expect(error).toBeLessThan(1e-11);
    }
  });

  it('know where a statement has no value', () => {
    const { bounded } = blocksOf(1);
    const { scalar } = boundedInterpreter(instance, bounded);
    expect(scalar(B.sqrt(B.sub(-1, B.normSquared(W)))).value).toBeNaN();
    expect(scalar(B.div(1, B.sub(B.normSquared(W), B.normSquared(W)))).error).toBe(Infinity);
  });
});
