import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactError } from '../../src/exact/error.js';
import { householderFrame } from '../../src/exact/frame.js';
import { equals, identity, multiply, toStrings, transpose } from '../../src/exact/matrix.js';

const draws = fc
  .integer({ min: 1, max: 5 })
  .chain((rows) =>
    fc.record({
      rows: fc.constant(rows),
      cols: fc.integer({ min: 1, max: rows }),
      vectors: fc.array(
        fc
          .array(fc.integer({ min: -5, max: 5 }), { minLength: rows, maxLength: rows })
          .filter((vector) => vector.some((value) => value !== 0)),
        { maxLength: 3 },
      ),
    }),
  );

describe('householderFrame', () => {
  it('has orthonormal columns, exactly', () => {
    fc.assert(
      fc.property(draws, ({ rows, cols, vectors }) => {
        const frame = householderFrame(rows, cols, vectors);
        expect([frame.rows, frame.cols]).toEqual([rows, cols]);
        expect(equals(multiply(transpose(frame), frame), identity(cols))).toBe(true);
      }),
    );
  });

  it('multiplies the reflections in the given order', () => {
    expect(toStrings(householderFrame(2, 2, [[1, 2]]))).toEqual([['3/5', '-4/5'], ['-4/5', '-3/5']]);
    expect(toStrings(householderFrame(2, 1, [[1, 2]]))).toEqual([['3/5'], ['-4/5']]);
    const [first, second] = [[1, 2, 0], [0, 1, 3]];
    const product = multiply(householderFrame(3, 3, [first]), householderFrame(3, 3, [second]));
    expect(equals(householderFrame(3, 3, [first, second]), product)).toBe(true);
    expect(equals(householderFrame(3, 3, [second, first]), product)).toBe(false);
    expect(toStrings(householderFrame(3, 2, []))).toEqual([['1', '0'], ['0', '1'], ['0', '0']]);
  });

  it.each<[string, () => unknown]>([
    ['more columns than rows', () => householderFrame(2, 3, [])],
    ['no columns', () => householderFrame(2, 0, [])],
    ['a zero vector', () => householderFrame(2, 2, [[0, 0]])],
    ['a vector of another length', () => householderFrame(2, 2, [[1, 2, 3]])],
    ['a fractional entry', () => householderFrame(2, 2, [[0.5, 1]])],
  ])('refuses %s', (_, action) => {
    expect(action).toThrow(ExactError);
  });
});
