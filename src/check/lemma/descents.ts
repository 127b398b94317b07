/**
 * The ends of descents as points for a lemma about an objective. Starts have hidden pre-activations W₁H₁ of low rank,
 * or a non-negative frame times a symmetric matrix that is not semidefinite: near such points ReLU models get lower
 * than from starts in general position.
 */
import { createModel, type Model } from '../../model/model.js';
import { descend } from '../../numeric/descent/descend.js';
import type { Stream } from '../../numeric/random.js';
import * as Q from '../../exact/rational.js';
import { denseMatrix, multiplyChain } from '../../theorem/evaluate-numeric.js';
import type { Instance } from '../../theorem/instance.js';
import type { Lemma } from '../../theorem/lemma/contract.js';
import type { LemmaLayout } from './layout.js';
import { type LemmaPoint, lemmaStream } from './points.js';

/** Descents of one instance. */
const RUNS = 4;
/** Where a descent has not converged by then it is low enough, or never will be. */
const ITERATIONS = 300;

/** The model of the objective at an instance, whose numbers are the λ's; undefined where the lemma has no objective. */
export const modelAlong = ({ along }: Lemma, { K, n, d, scalars = {} }: Instance): Model | undefined => {
  if (along === undefined) return undefined;
  const { spec, lambda } = along;
  return createModel({
    spec,
    K,
    widths: Array.from({ length: spec.layers }, () => d),
    classSizes: Array.from({ length: K }, () => n),
    lambda: Object.fromEntries(
      Object.entries(lambda).map(([name, symbol]) => [name, Q.toNumber(Q.parseRational(scalars[symbol.name] ?? ''))]),
    ),
  });
};

/** Entries of W₁H₁ near those of a frame, √(Kλ_{W₂}), and both factors paying alike: λ_{W₁}‖W₁‖² = λ_{H₁}‖H₁‖². */
const scalesOf = ({ layout: { instance, weights, features } }: Model): { scale: number; balance: number } => {
  const lambda = (name: string | undefined): number => (name === undefined ? 1 : (instance.lambda[name] ?? 1));
  const [first, second] = weights.map((x) => lambda(x.name));
  const samples = features.cols / instance.K;
  return {
    scale: (instance.K * (second ?? 1)) ** 0.25,
    balance: ((samples * lambda(features.name)) / (first ?? 1)) ** 0.25,
  };
};

/** Weights of the first layer and features with a product of rank `rank`; the other blocks are normal. */
export const lowRankStart = (model: Model, stream: Stream, rank: number, entry: () => number): Float64Array => {
  const point = stream.fillNormal(new Float64Array(model.size), 1);
  const { weights, features } = model.layout;
  const [first] = weights;
  if (first === undefined) return point;
  const inner = denseMatrix(rank, first.cols, () => stream.normal() / Math.sqrt(first.cols));
  const { scale, balance } = scalesOf(model);
  const rows = denseMatrix(first.rows, rank, () => scale * balance * entry());
  const cols = denseMatrix(features.cols, rank, () => (scale / balance) * entry());
  const turned = denseMatrix(first.cols, rank, (i, j) => inner.data[j * first.cols + i] ?? 0);
  const right = denseMatrix(rank, features.cols, (i, j) => cols.data[j * rank + i] ?? 0);
  point.set(multiplyChain([rows, inner]).data, first.offset);
  point.set(multiplyChain([turned, right]).data, features.offset);
  return point;
};

/** W₁ = R, H₁ = S ⊗ 1ᵀ with R ≥ 0 of disjoint supports and a symmetric S of unit diagonal, not semidefinite. */
const indefiniteStart = (model: Model, stream: Stream): Float64Array => {
  const point = stream.fillNormal(new Float64Array(model.size), 0.3);
  const { weights, features, instance, labels } = model.layout;
  const [first] = weights;
  if (first === undefined) return point;
  const K = Math.min(instance.K, first.rows);
  const symmetric = denseMatrix(K, K, (i, j) => (i === j ? 1 : -2 * stream.uniform()));
  for (let i = 0; i < K; i++) {
    for (let j = 0; j < first.cols; j++) point[first.offset + i * first.cols + j] = i === j ? 1 : 0;
    for (let sample = 0; sample < features.cols; sample++) {
      const label = labels[sample] ?? 0;
      const [low, high] = [Math.min(i, label), Math.max(i, label)];
      point[features.offset + i * features.cols + sample] = label < K ? (symmetric.data[low * K + high] ?? 0) : 0;
    }
  }
  return point;
};

/** The ends of all descents of an instance; none for a lemma without an objective. */
export const descentPoints = (lemma: Lemma, instance: Instance, layout: LemmaLayout, seed: number): LemmaPoint[] => {
  const model = modelAlong(lemma, instance);
  if (model === undefined) return [];
  return Array.from({ length: RUNS }, (_, index): LemmaPoint => {
    const stream = lemmaStream(lemma, instance, seed, 'descent', index);
    const rank = Math.min(2 + (index % 3), instance.K, instance.d);
    const small = (): number => stream.integer(-1, 1);
    const start =
      index === RUNS - 1
        ? indefiniteStart(model, stream)
        : lowRankStart(model, stream, rank, index === 0 ? small : () => stream.normal());
    const end = descend(model, start, { maximumIterations: ITERATIONS, maximumEscapes: 2 });
    const point = new Float64Array(layout.size);
    for (const slot of layout.slots) {
      const { offset, length } = model.block(slot.name);
      point.set(end.point.subarray(offset, offset + length), slot.offset);
    }
    return { kind: `the end of a descent from ${index === RUNS - 1 ? 'an indefinite start' : `rank ${rank}`}`, point };
  });
};
