/** Small instances with rational matrices for W, H and b. */
import fc from 'fast-check';
import * as M from '../../src/exact/matrix.js';
import type { ExactMatrix } from '../../src/exact/matrix.js';
import * as Q from '../../src/exact/rational.js';
import { dimensionSizes } from '../../src/theorem/evaluate-exact.js';
import { type Instance, symbolValues } from '../../src/theorem/instance.js';
import { BLOCKS, positiveRational, smallRational } from './arbitrary.js';
import type { Interpretation } from './evaluate-words.js';

export interface ExactInstance {
  readonly instance: Instance;
  readonly blocks: ReadonlyMap<string, ExactMatrix>;
  /** Blocks, and the letters Y and 1_K that words use besides. */
  readonly interpretation: Interpretation;
}

export const exactMatrices = (rows: number, cols: number): fc.Arbitrary<ExactMatrix> =>
  fc
    .array(smallRational, { minLength: rows * cols, maxLength: rows * cols })
    .map((entries) => M.exactMatrix(rows, cols, entries));

export const labelsOf = ({ K, n }: Instance): ExactMatrix =>
  M.map(M.zeros(K, K * n), (_, row, col) => (Math.floor(col / n) === row ? Q.ONE : Q.ZERO));

const size = fc.integer({ min: 1, max: 3 });

export const exactInstance: fc.Arbitrary<ExactInstance> = fc
  .record({ K: size, n: fc.integer({ min: 1, max: 2 }), d: size, lambdaW: positiveRational, lambdaH: positiveRational })
  .chain(({ K, n, d, lambdaW, lambdaH }) => {
    const instance: Instance = { K, n, d, lambda: { W: Q.format(lambdaW), H: Q.format(lambdaH) } };
    const sizes = dimensionSizes(instance);
    return fc.tuple(...BLOCKS.map(({ rows, cols }) => exactMatrices(sizes(rows), sizes(cols)))).map((matrices) => {
      const blocks = new Map(BLOCKS.map(({ name }, index) => [name, matrices[index]]));
      const letters = new Map([...blocks, ['Y', labelsOf(instance)], ['1_K', M.ones(K, 1)]]);
      return { instance, blocks, interpretation: { letters, values: symbolValues(instance), size: sizes } };
    });
  });
