import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as M from '../../src/exact/matrix.js';
import { exactGradient, exactValue, type ExactProblem } from '../../src/exact/objective.js';
import * as Q from '../../src/exact/rational.js';
import * as B from '../../src/symbolic/build.js';
import { ufm, type ProblemSpec } from '../../src/symbolic/objective.js';
import * as T from '../../src/symbolic/trace-algebra.js';
import { alphabetOf, wordContext } from '../../src/symbolic/words-of.js';
import { dimensionSizes } from '../../src/theorem/evaluate-exact.js';
import { type Instance, symbolValues } from '../../src/theorem/instance.js';
import { H, W, positiveRational } from './arbitrary.js';
import { matrixOfWords, scalarOfWords } from './evaluate-words.js';
import { exactMatrices, labelsOf } from './instances.js';

const SPECS = [1, 2, 3].flatMap((layers) =>
  (['none', 'free', 'ridge'] as const).map((bias): ProblemSpec => ({ layers, activation: 'linear', bias })),
);

describe('the objective differentiated as words', () => {
  it.each(SPECS.map((spec) => [spec.layers, spec.bias, spec] as const))(
    'is the exact gradient, block by block, for %d layers and bias %s',
    (_, __, spec) => {
      const problem = ufm(spec);
      const alphabet = alphabetOf({ blocks: problem.blocks });
      const objective = wordContext({ alphabet }).scalar(problem.objective);
      const gradient = problem.blocks.map(({ name }) => T.differentiate(alphabet, objective, name));
      const size = fc.integer({ min: 1, max: 3 });
      const parameters = fc.array(positiveRational, { minLength: 5, maxLength: 5 });
      const points = fc.record({ K: size, n: size, d: size, parameters }).chain(({ parameters: draws, ...sizes }) => {
        const lambda = Object.fromEntries(Object.keys(problem.lambda).map((name, k) => [name, Q.format(draws[k])]));
        const instance: Instance = { ...sizes, lambda };
        const at = dimensionSizes(instance);
        return fc.record({
          instance: fc.constant(instance),
          blocks: fc.tuple(...problem.blocks.map(({ rows, cols }) => exactMatrices(at(rows), at(cols)))),
        });
      });
      fc.assert(
        fc.property(points, ({ instance, blocks }) => {
          const { K, n, d, lambda } = instance;
          const point = Object.fromEntries(problem.blocks.map(({ name }, k) => [name, blocks[k]]));
          const exact: ExactProblem = {
            ...spec, K, widths: Array.from({ length: spec.layers }, () => d),
            classSizes: Array.from({ length: K }, () => n),
            lambda: Object.fromEntries(Object.entries(lambda).map(([name, value]) => [name, Q.parseRational(value)])),
          };
          const given = {
            letters: new Map([...Object.entries(point), ['Y', labelsOf(instance)], ['1_K', M.ones(K, 1)]]),
            values: symbolValues(instance),
            size: dimensionSizes(instance),
          };
          expect(Q.format(scalarOfWords(objective, given))).toBe(Q.format(exactValue(exact, point)));
          const expected = exactGradient(exact, point);
          problem.blocks.forEach(({ name }, k) => {
            expect(M.toStrings(matrixOfWords(gradient[k], given))).toEqual(M.toStrings(expected[name]));
          });
        }),
        { numRuns: spec.layers === 3 ? 6 : 20 },
      );
    },
  );
});

describe('rules of differentiation', () => {
  const alphabet = alphabetOf({ blocks: [W, H] });
  const derivative = (node: ReturnType<typeof B.trace>, name: string): string[] =>
    T.formatTerms(T.differentiate(alphabet, wordContext({ alphabet }).scalar(node), name));

  it('∂tr(XᵀX) = 2X, and blocks that do not occur give nothing', () => {
    expect(derivative(B.normSquared(W), 'W')).toEqual(['(2)·W']);
    expect(derivative(B.normSquared(W), 'H')).toEqual([]);
  });

  it('∂⟨WH, Y⟩ = YHᵀ and WᵀY', () => {
    const inner = B.trace(B.mul(B.t(B.labels), W, H));
    expect(derivative(inner, 'W')).toEqual(['(1)·Y·Hᵀ']);
    expect(derivative(inner, 'H')).toEqual(['(1)·Wᵀ·Y']);
  });

  it('follows Leibniz for products of traces', () => {
    expect(derivative(B.pow(B.normSquared(W), 2), 'W')).toEqual(['(4)·tr(W·Wᵀ)·W']);
  });
});
