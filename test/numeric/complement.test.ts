import { expect, test } from 'vitest';
import { complementError, orthonormalComplement } from '../../src/numeric/complement.js';
import { randomOrthonormalFrame } from '../../src/numeric/dense.js';
import { createStream } from '../../src/numeric/random.js';

/** The largest entry of XᵀY − (the identity, if asked for). */
const defect = (rows: number, x: Float64Array, y: Float64Array, identity: boolean): number => {
  const [p, q] = [x.length / rows, y.length / rows];
  let worst = 0;
  for (let a = 0; a < p; a++) {
    for (let b = 0; b < q; b++) {
      let sum = identity && a === b ? -1 : 0;
      for (let i = 0; i < rows; i++) sum += x[i * p + a] * y[i * q + b];
      worst = Math.max(worst, Math.abs(sum));
    }
  }
  return worst;
};

test('complements are orthonormal, and orthogonal to what they complement', () => {
  for (let trial = 0; trial < 40; trial++) {
    const stream = createStream('complement', trial);
    const rows = stream.integer(1, 30);
    const cols = stream.integer(0, rows);
    const frame = randomOrthonormalFrame(stream, rows, cols);
    const scaled = frame.map((x) => 3 * x);
    const basis = orthonormalComplement(rows, cols, scaled);
    expect(basis).toHaveLength(rows * (rows - cols));
    if (cols === rows) continue;
    const allowed = complementError(rows, cols) + 1e-15 * rows;
    expect(defect(rows, basis, basis, true)).toBeLessThanOrEqual(allowed);
    if (cols > 0) expect(defect(rows, frame, basis, false)).toBeLessThanOrEqual(allowed);
  }
});

test('columns that depend on each other, or too many of them, are refused', () => {
  expect(() => orthonormalComplement(3, 1, new Float64Array(3))).toThrow(/independent/);
  expect(() => orthonormalComplement(1, 2, Float64Array.of(1, 2))).toThrow(/no complement/);
  expect(() => orthonormalComplement(2, 1, Float64Array.of(NaN, 2))).toThrow(/independent/);
});
