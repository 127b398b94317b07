/**
 * The neural-collapse metrics that papers plot, for a layer of features and the weights after it.
 *
 * With class means h_k, their mean h_G, Σ_W the mean of (h_ik − h_k)(h_ik − h_k)ᵀ and Σ_B that of
 * (h_k − h_G)(h_k − h_G)ᵀ:
 *
 * - NC1 = tr(Σ_W Σ_B†)/K,
 * - NC2 = ‖M/‖M‖ − T/‖T‖‖ for the Gram matrix M of the means, with T = I_K (an orthogonal frame, means as they are) or
 *   T = I_K − 11ᵀ/K (a simplex ETF, means centred),
 * - NC3 = ‖W H̄/‖W H̄‖ − T/‖T‖‖, centred likewise for the ETF.
 *
 * All are blind to scale, which the conclusions of a theorem are not. What would be 0/0, or overflows, is undefined.
 */
import { symmetricEigen } from '../../numeric/dense.js';
import { type DenseMatrix, denseMatrix, frobenius, multiplyChain } from '../../theorem/evaluate-numeric.js';

export interface CollapseMetrics {
  /** The layer: `H`, or `σ(W1 H1)`. */
  readonly of: string;
  /** undefined where the class means do not differ. */
  readonly nc1?: number;
  readonly nc2Frame?: number;
  readonly nc2Etf?: number;
  readonly nc3Frame?: number;
  readonly nc3Etf?: number;
}

const transposed = ({ rows, cols, data }: DenseMatrix): DenseMatrix =>
  denseMatrix(cols, rows, (i, j) => data[j * cols + i] ?? 0);

/** I_K − 11ᵀ/K, times a matrix of K columns from the right: its columns less their mean. */
const centred = ({ rows, cols, data }: DenseMatrix): DenseMatrix => {
  const mean = Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < cols; j++) sum += data[i * cols + j] ?? 0;
    return sum / cols;
  });
  return denseMatrix(rows, cols, (i, j) => (data[i * cols + j] ?? 0) - (mean[i] ?? 0));
};

/** ‖M/‖M‖ − T/‖T‖‖; undefined where either vanishes. */
const normalisedDistance = (M: DenseMatrix, T: DenseMatrix): number | undefined => {
  const [m, target] = [frobenius(M), frobenius(T)];
  if (m === 0 || target === 0 || !Number.isFinite(m)) return undefined;
  return frobenius({ ...M, data: M.data.map((x, k) => x / m - (T.data[k] ?? 0) / target) });
};

/**
 * tr(Σ_W Σ_B†)/K. Σ_B has rank at most K − 1, and its eigenvalues below the rounding of the largest are taken for zero.
 */
const variability = (layer: DenseMatrix, means: DenseMatrix, n: number): number | undefined => {
  const { rows, cols, data } = layer;
  const K = means.cols;
  const within = denseMatrix(
    rows,
    cols,
    (i, j) => (data[i * cols + j] ?? 0) - (means.data[i * K + Math.floor(j / n)] ?? 0),
  );
  const between = centred(means);
  const spread = multiplyChain([between, transposed(between)]).data;
  if (!spread.every((x) => Number.isFinite(x))) return undefined;
  const { values, vectors } = symmetricEigen(rows, spread);
  const least = rows * 2 ** -52 * Math.max(...values.map(Math.abs), 0);
  const kept = [...values.keys()].slice(-Math.max(1, K - 1)).filter((k) => (values[k] ?? 0) > least);
  if (kept.length === 0) return undefined;
  const rotated = multiplyChain([transposed({ rows, cols: rows, data: vectors }), within]);
  const sum = kept.reduce((total, k) => {
    const along = rotated.data.subarray(k * cols, (k + 1) * cols).reduce((squares, x) => squares + x * x, 0);
    return total + along / cols / ((values[k] ?? 0) / K);
  }, 0);
  return Number.isFinite(sum) ? sum / K : undefined;
};

/** The metrics of a layer (d × Kn, class-major), and of the weights (K × d) that read it, where there are some. */
export const collapseMetrics = (
  of: string,
  layer: DenseMatrix,
  K: number,
  weights: DenseMatrix | undefined,
): CollapseMetrics => {
  const n = layer.cols / K;
  const means = denseMatrix(layer.rows, K, (i, k) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += layer.data[i * layer.cols + k * n + j] ?? 0;
    return sum / n;
  });
  const identity = denseMatrix(K, K, (i, j) => (i === j ? 1 : 0));
  const etf = centred(identity);
  const gramOf = (x: DenseMatrix): DenseMatrix => multiplyChain([transposed(x), x]);
  const defined = (name: keyof CollapseMetrics, value: number | undefined) =>
    value === undefined ? {} : { [name]: value };
  return {
    of,
    ...defined('nc1', variability(layer, means, n)),
    ...defined('nc2Frame', normalisedDistance(gramOf(means), identity)),
    ...defined('nc2Etf', normalisedDistance(gramOf(centred(means)), etf)),
    ...(weights === undefined
      ? {}
      : {
          ...defined('nc3Frame', normalisedDistance(multiplyChain([weights, means]), identity)),
          ...defined('nc3Etf', normalisedDistance(multiplyChain([weights, centred(means)]), etf)),
        }),
  };
};
