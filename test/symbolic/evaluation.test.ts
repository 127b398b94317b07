import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as M from '../../src/exact/matrix.js';
import * as Q from '../../src/exact/rational.js';
import type { Matrix, Scalar } from '../../src/symbolic/expression.js';
import * as T from '../../src/symbolic/trace-algebra.js';
import { alphabetOf, substituteLetters, wordContext } from '../../src/symbolic/words-of.js';
import * as B from '../../src/symbolic/build.js';
import { exactInterpreter } from '../../src/theorem/evaluate-exact.js';
import { BLOCKS, H, W, anyMatrix, matrixOf, scalarOf } from './arbitrary.js';
import { matrixOfWords, scalarOfWords } from './evaluate-words.js';
import { exactInstance } from './instances.js';

const alphabet = alphabetOf({ blocks: BLOCKS });
const words = () => wordContext({ alphabet });

describe('evaluation of statements commutes with the algebra of words', () => {
  it('for matrices', () => {
    fc.assert(
      fc.property(anyMatrix(3), exactInstance, (expression, { instance, blocks, interpretation }) => {
        const expected = exactInterpreter(instance, blocks).matrix(expression);
        const actual = matrixOfWords(words().matrix(expression), interpretation);
        expect(M.toStrings(actual)).toEqual(M.toStrings(expected));
      }),
      { numRuns: 400 },
    );
  });

  it('for scalars with traces, norms and roots', () => {
    fc.assert(
      fc.property(scalarOf(2), exactInstance, (expression, { instance, blocks, interpretation }) => {
        const expected = exactInterpreter(instance, blocks).scalar(expression);
        const actual = scalarOfWords(words().scalar(expression), interpretation);
        expect(Q.format(actual)).toBe(Q.format(expected));
      }),
      { numRuns: 400 },
    );
  });

  it('also after letters are replaced by words', () => {
    const pairs = fc.tuple(scalarOf(2), matrixOf('K', 'd', 1), matrixOf('d', 'N', 1), exactInstance);
    fc.assert(
      fc.property(pairs, ([expression, newW, newH, { instance, blocks, interpretation }]) => {
        const exact = exactInterpreter(instance, blocks);
        const moved = new Map([...blocks, ['W', exact.matrix(newW)], ['H', exact.matrix(newH)]]);
        const expected = exactInterpreter(instance, moved).scalar(expression);
        const context = words();
        const letters = new Map([
          ['W', context.matrix(newW)],
          ['H', context.matrix(newH)],
        ]);
        const substituted = substituteLetters(alphabet, context.scalar(expression), letters);
        expect(Q.format(scalarOfWords(substituted, interpretation))).toBe(Q.format(expected));
      }),
      { numRuns: 150 },
    );
  });
});

describe('laws of matrices are identities of words', () => {
  const remainder = (node: Scalar | Matrix): string[] => {
    const context = words();
    return T.formatTerms(node.sort === 'matrix' ? context.matrix(node) : context.scalar(node));
  };

  it.each([0, 1, 2])('for random factors of depth %d', (depth) => {
    const factors = fc.tuple(
      matrixOf('K', 'd', depth),
      matrixOf('d', 'N', depth),
      matrixOf('d', 'N', depth),
      matrixOf('N', 'K', depth),
    );
    fc.assert(
      fc.property(factors, ([x, y, z, w]) => {
        const { mul, add, sub, t, trace } = B;
        for (const law of [
          sub(mul(x, add(y, z)), add(mul(x, y), mul(x, z))),
          sub(t(mul(x, y)), mul(t(y), t(x))),
          sub(mul(mul(x, y), w), mul(x, mul(y, w))),
          sub(trace(mul(x, y, w)), trace(mul(w, x, y))),
          sub(trace(mul(x, y, w)), trace(t(mul(x, y, w)))),
          sub(B.normSquared(mul(x, y)), trace(mul(x, y, t(y), t(x)))),
        ]) {
          expect(remainder(law)).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('and what is no law is no identity', () => {
    expect(remainder(B.sub(B.mul(B.t(W), W), B.mul(H, B.t(H))))).toHaveLength(2);
    expect(remainder(B.sub(B.normSquared(W), B.normSquared(H)))).toHaveLength(2);
  });
});
