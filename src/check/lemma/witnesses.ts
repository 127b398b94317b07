/**
 * Rational witnesses for nuclear norms, which need no singular value: a Q of spectral norm at most 1 near the polar
 * factor of A, so that ‖A‖_* ≥ ⟨A, Q⟩, and a factorisation B = UV near the balanced one, so that
 * ‖B‖_* ≤ (‖U‖² + ‖V‖²)/2. Coarse ones come first.
 */
import * as M from '../../exact/matrix.js';
import type { ExactMatrix } from '../../exact/matrix.js';
import * as Q from '../../exact/rational.js';
import { isPositiveSemidefinite } from '../../exact/semidefinite.js';
import { singularDecomposition } from '../../numeric/dense.js';

/** Denominators of the witnesses, the most readable first. */
const DENOMINATORS = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 16, 20, 24, 30, 32, 40, 48, 60, 64, 96, 128, 256, 1024, 2 ** 20];

const toDoubles = ({ entries }: ExactMatrix): Float64Array => Float64Array.from(entries, Q.toNumber);

const rounded = (rows: number, cols: number, x: Float64Array, denominator: number): ExactMatrix =>
  M.exactMatrix(rows, cols, Array.from(x, (entry) => Q.rational(Math.round(entry * denominator), denominator)));

/** U diag(values^power) Vᵀ of the singular decomposition, over the singular values that are not zero. */
const polarFactor = ({ rows, cols, entries }: ExactMatrix): Float64Array => {
  const { left, values, right } = singularDecomposition(rows, cols, toDoubles({ rows, cols, entries }));
  const width = values.length;
  const isPositive = (k: number): boolean => (values[k] ?? 0) > 1e-10 * (values[0] ?? 0);
  const result = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      for (let k = 0; k < width; k++) {
        if (isPositive(k)) result[i * cols + j] += (left[i * width + k] ?? 0) * (right[j * width + k] ?? 0);
      }
    }
  }
  return result;
};

/** Rational matrices Q with I − QᵀQ ⪰ 0 near the polar factor, from coarse to fine; of these the ones worth a look. */
export function* contractions(
  of: ExactMatrix,
  isWorthIt: (candidate: ExactMatrix) => boolean = () => true,
): Generator<ExactMatrix> {
  const polar = polarFactor(of);
  for (const denominator of DENOMINATORS) {
    // Rounding moves the spectral norm by at most this; scaling by less may do.
    const most = Math.sqrt(of.rows * of.cols) / (2 * denominator);
    for (const share of [0, 0.25, 0.5, 1.01]) {
      const scaled = polar.map((x) => x / (1 + share * most));
      const candidate = rounded(of.rows, of.cols, scaled, denominator);
      if (!isWorthIt(candidate)) continue;
      const rest = M.subtract(M.identity(of.cols), M.multiply(M.transpose(candidate), candidate));
      if (isPositiveSemidefinite(rest)) yield candidate;
    }
  }
}

/** X = C·M with the pivot columns C of X, exactly: both of the rank of X. */
const rankFactors = (x: ExactMatrix): { readonly columns: ExactMatrix; readonly mixture: ExactMatrix } | undefined => {
  const rows = Array.from({ length: x.rows }, (_, i) => x.entries.slice(i * x.cols, (i + 1) * x.cols));
  const pivots: number[] = [];
  for (let col = 0; col < x.cols && pivots.length < x.rows; col++) {
    const top = pivots.length;
    const found = rows.findIndex((row, index) => index >= top && !Q.isZero(row[col] ?? Q.ZERO));
    if (found < 0) continue;
    [rows[top], rows[found]] = [rows[found] ?? [], rows[top] ?? []];
    const pivot = (rows[top] ?? []).map((value) => Q.divide(value, rows[top]?.[col] ?? Q.ONE));
    rows.forEach((row, index) => {
      const factor = row[col] ?? Q.ZERO;
      rows[index] =
        index === top ? pivot : row.map((value, k) => Q.subtract(value, Q.multiply(factor, pivot[k] ?? Q.ZERO)));
    });
    pivots.push(col);
  }
  if (pivots.length === 0) return undefined;
  const rank = pivots.length;
  const columns = M.exactMatrix(
    x.rows,
    rank,
    Array.from({ length: x.rows }, (_, i) => pivots.map((p) => M.entry(x, i, p))).flat(),
  );
  return { columns, mixture: M.exactMatrix(rank, x.cols, rows.slice(0, rank).flat()) };
};

/** Exact factorisations X = UV near the balanced one, from coarse to fine. */
export function* factorisations(x: ExactMatrix): Generator<{ readonly U: ExactMatrix; readonly V: ExactMatrix }> {
  const factors = rankFactors(x);
  if (factors === undefined) {
    yield { U: M.zeros(x.rows, 1), V: M.zeros(1, x.cols) };
    return;
  }
  const { columns, mixture } = factors;
  const rank = columns.cols;
  const { left, values } = singularDecomposition(x.rows, x.cols, toDoubles(x));
  const width = values.length;
  // U = C·T for the T that makes it nearest to the singular vectors scaled by the roots of the singular values.
  const gram = M.multiply(M.transpose(columns), columns);
  const inverse = M.inverse(gram);
  if (inverse === undefined) return;
  const pseudo = toDoubles(M.multiply(inverse, M.transpose(columns)));
  const target = new Float64Array(rank * rank);
  for (let i = 0; i < rank; i++) {
    for (let k = 0; k < rank; k++) {
      let sum = 0;
      for (let row = 0; row < x.rows; row++) sum += (pseudo[i * x.rows + row] ?? 0) * (left[row * width + k] ?? 0);
      target[i * rank + k] = sum * Math.sqrt(values[k] ?? 0);
    }
  }
  for (const denominator of DENOMINATORS) {
    const T = rounded(rank, rank, target, denominator);
    const back = M.inverse(T);
    if (back !== undefined) yield { U: M.multiply(columns, T), V: M.multiply(back, mixture) };
  }
}

const half = Q.rational(1, 2);

/** (‖U‖² + ‖V‖²)/2 ≥ ‖UV‖_*. */
export const costOfFactors = ({ U, V }: { readonly U: ExactMatrix; readonly V: ExactMatrix }): Q.Rational =>
  Q.multiply(half, Q.add(M.normSquared(U), M.normSquared(V)));
