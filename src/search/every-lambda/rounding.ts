/**
 * Small integers for a symmetric pattern that beats the frame at small λ, and the certificate for all λ. It
 * does not depend on the scale of either factor, so each is rounded by itself: entries to −t, …, t, the largest to ±t.
 */
import { checkCertificate } from '../../exact/certificate/judge.js';
import type { Json } from '../../exact/certificate/json.js';
import type { ClaimedForm, ClaimedModel } from '../../exact/certificate/schema.js';
import { certificateText, completed } from '../../exact/certificate/write.js';
import { ExactError } from '../../exact/error.js';
import { exactMatrix } from '../../exact/matrix.js';
import type { ExactMatrix } from '../../exact/matrix.js';
import { rational } from '../../exact/rational.js';
import { singularDecomposition } from '../../numeric/dense.js';
import { bestFrame } from '../collapsed/frame.js';
import type { PairOrbits } from '../symmetric/actions.js';
import type { OrbitAlgebra } from '../symmetric/algebra.js';
import { multiplyInto } from '../collapsed/objective.js';
import { invariantObjective } from '../symmetric/objective.js';
import type { Pattern, PatternBest } from '../symmetric/pattern.js';

/** The largest t of both factors together. */
const LARGEST_SUM = 60;

/** Singular values below this share of the largest are zeros of a converged point. */
const ZERO = 1e-5;

/** What the certificate says besides the pattern. */
export interface EveryLambdaLabels {
  readonly theorem: string;
  readonly revision: string;
  readonly model: ClaimedModel;
  readonly form: Exclude<ClaimedForm, { readonly form: 'zero' }>;
  readonly provenance: ReadonlyMap<string, Json>;
}

/** An accepted certificate for all λ. */
export interface EveryLambda {
  readonly K: number;
  readonly d: number;
  readonly U: ExactMatrix;
  readonly V: ExactMatrix;
  readonly text: string;
  readonly sentence: string;
}

/**
 * What part of the margin a rounding must keep, and up to which sum of both t: first all, so that a pattern of small
 * integers is met that is the best one itself.
 */
const KEPT = [
  { share: 0.999, most: 24 },
  { share: 0.9, most: LARGEST_SUM },
  { share: 0.5, most: LARGEST_SUM },
  { share: 0, most: LARGEST_SUM },
];

/** The certificate with the smallest t among those that keep most; undefined if none up to the limit is accepted. */
export function roundedPattern(
  labels: EveryLambdaLabels,
  { algebra }: Pattern,
  { point, margin }: PatternBest,
  mu: number,
): EveryLambda | undefined {
  const objective = invariantObjective(algebra, mu);
  const frame = algebra.classes.size * bestFrame(mu).value;
  const { left, right } = symmetricFactors(algebra, point);
  const gradient = new Float64Array(point.length);
  for (const [sum, t, kept] of attempts()) {
    const [U, V] = [rounded(left, t), rounded(right, sum - t)];
    const back = Float64Array.of(...scaled(U, largest(left) / t), ...scaled(V, largest(right) / (sum - t)));
    // In doubles first: most roundings are too coarse.
    if (objective.valueAndGradient(back, gradient) >= frame - kept * margin) continue;
    const found = certificateOf(labels, matrixOf(algebra.mixed, U), matrixOf(algebra.inner, V));
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Of all factors of the same X and the same cost, which differ by an invariant rotation between them, the symmetric
 * ones H = (XᵀX)^¼ and W = X(XᵀX)^(−¼): where orbits fuse, their entries are equal.
 */
function symmetricFactors(
  { mixed, inner, units, classes }: OrbitAlgebra,
  point: Float64Array,
): { readonly left: Float64Array; readonly right: Float64Array } {
  const [d, K, p] = [units.size, classes.size, mixed.sizes.length];
  const W = Float64Array.from(mixed.labels, (label) => point[label]);
  const H = Float64Array.from(inner.labels, (label) => point[p + label]);
  const X = product(d, K, K, W, H);
  const { left, values, right } = singularDecomposition(d, K, X);
  const width = values.length;
  const rootsOf = (vectors: Float64Array): Float64Array =>
    vectors.map((x, k) => x * Math.sqrt(values[k % width] > ZERO * values[0] ? values[k % width] : 0));
  const turned = new Float64Array(width * K);
  for (let k = 0; k < K; k++) for (let j = 0; j < width; j++) turned[j * K + k] = right[k * width + j];
  return {
    left: meansOf(mixed, product(d, width, K, rootsOf(left), turned)),
    right: meansOf(inner, product(K, width, K, rootsOf(right), turned)),
  };
}

const product = (rows: number, inner: number, cols: number, x: Float64Array, y: Float64Array): Float64Array => {
  const out = new Float64Array(rows * cols);
  multiplyInto(out, rows, inner, cols, x, 0, y, 0);
  return out;
};

/** The mean of the entries on each orbit. */
function meansOf({ labels, sizes }: PairOrbits, entries: Float64Array): Float64Array {
  const sums = new Float64Array(sizes.length);
  labels.forEach((label, place) => (sums[label] += entries[place]));
  return sums.map((sum, label) => sum / sizes[label]);
}

function* attempts(): Generator<readonly [sum: number, t: number, kept: number]> {
  for (const { share, most } of KEPT) {
    for (let sum = 2; sum <= most; sum++) {
      for (let t = 1; t < sum; t++) yield [sum, t, share];
    }
  }
}

/** The certificate about U V, if the checker accepts it. */
export function certificateOf(labels: EveryLambdaLabels, U: ExactMatrix, V: ExactMatrix): EveryLambda | undefined {
  const { theorem, revision, model, form, provenance } = labels;
  const [K, d] = [V.cols, U.rows];
  const claim = { model, ...form };
  try {
    const text = certificateText(
      completed({ theorem, revision, provenance, violation: 'parametric', claim, K, d, U, V }),
    );
    const judgement = checkCertificate(text);
    return judgement.accepted ? { K, d, U, V, text, sentence: judgement.sentence } : undefined;
  } catch (error) {
    if (error instanceof ExactError) return undefined;
    throw error;
  }
}

const largest = (values: Float64Array): number => values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

const rounded = (values: Float64Array, t: number): Float64Array =>
  values.map((x) => Math.round((x * t) / largest(values)));

const scaled = (values: Float64Array, by: number): Float64Array => values.map((x) => x * by);

const matrixOf = ({ rows, cols, labels }: PairOrbits, values: Float64Array): ExactMatrix => {
  const entries = Array.from(values, (x) => rational(BigInt(Math.round(x))));
  return exactMatrix(rows, cols, Array.from(labels, (label) => entries[label]));
};
