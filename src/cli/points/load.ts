/**
 * From a user's files to a point of a theorem's problem: which arrays are meant, how they are oriented, in which order
 * the samples come, and which λ's they were trained with. Whatever is not certain is asked for, never guessed.
 */
import { createSetting } from '../../check/setting.js';
import { UsageError } from '../../errors.js';
import * as Q from '../../exact/rational.js';
import { allocateLayers, forward } from '../../model/forward.js';
import type { Model } from '../../model/model.js';
import type { Instance } from '../../theorem/instance.js';
import { type Target, targetName } from '../../theorem/registry.js';
import { lambdaOption } from '../../check/command.js';
import { parseLambdaRange } from '../ranges.js';
import { type Convention, convertLambdas } from './conventions.js';
import { readLabels } from './labels.js';
import { nameArrays } from './names.js';
import { readPointFiles } from './read.js';
import { type Reading, readingsOf, withTransposed } from './readings.js';

export interface PointOptions {
  readonly files: readonly string[];
  readonly convention: Convention;
  readonly lambda?: string;
  /** By option name: `lambda-w2`. */
  readonly lambdas: Readonly<Record<string, string>>;
  readonly names?: string;
  /** Blocks, or nothing of them; absent where it was not said. */
  readonly transpose?: readonly string[];
  readonly classMajor: boolean;
  readonly K?: number;
  readonly n?: number;
  readonly d?: number;
}

export interface LoadedPoint {
  readonly instance: Instance;
  readonly point: Float64Array;
  readonly transposed: readonly string[];
  /** Where the classes of the samples are known from. */
  readonly labels: string;
  /** Arrays of the files that are no part of the point. */
  readonly ignored: readonly string[];
  readonly conversion: readonly string[];
  readonly trainedLoss?: { readonly formula: string; readonly factor: number };
  /** Unit roundoff of the numbers as they were saved. */
  readonly precision: number;
}

/** λ of each block as given. @throws UsageError for one that is missing, unknown, or a range */
const givenLambdas = (
  target: Target,
  options: PointOptions,
  stated: Readonly<Record<string, string>> | undefined,
): Record<string, Q.Rational> => {
  const blocks = Object.keys(target.revision.problem.lambda);
  const one = (option: string, text: string): Q.Rational => {
    const { lower, upper } = parseLambdaRange(option, text);
    if (Q.equals(lower, upper)) return lower;
    throw new UsageError(`--${option} ${text}: a point was found at one λ`, 'Give one number.');
  };
  const texts = new Map(Object.entries(options.lambdas));
  for (const option of texts.keys()) {
    if (!blocks.some((block) => lambdaOption(block) === `--${option}`)) {
      const known = blocks.map(lambdaOption).join(', ');
      throw new UsageError(`--${option} does not belong to theorem ${targetName(target)}`, `It has ${known}.`);
    }
  }
  return Object.fromEntries(
    blocks.map((block) => {
      const option = lambdaOption(block).slice(2);
      const text = texts.get(option) ?? options.lambda;
      if (text !== undefined) return [block, one(texts.has(option) ? option : 'lambda', text)];
      const known = stated?.[block];
      if (known !== undefined && options.convention === 'tirer-bruna') return [block, one(option, known)];
      const missing = blocks.map((x) => `${lambdaOption(x)} …`).join(' ');
      throw new UsageError(`λ of ${block} is not given`, `Add ${missing}, or --lambda … for all.`);
    }),
  );
};

/** Whether the model's largest output of every sample is that of its class. */
const outputsAgree = (model: Model, point: Float64Array): boolean => {
  const { layout, kernels, labels, sampleCount } = model;
  const activations = allocateLayers(layout);
  forward(layout, kernels, point, activations);
  const residual = activations.at(-1);
  if (residual === undefined) return false;
  const K = residual.length / sampleCount;
  const output = (k: number, j: number): number => (residual[k * sampleCount + j] ?? NaN) + (labels[j] === k ? 1 : 0);
  for (let j = 0; j < sampleCount; j++) {
    const own = labels[j] ?? 0;
    for (let k = 0; k < K; k++) if (k !== own && !(output(own, j) > output(k, j))) return false;
  }
  return true;
};

/** @throws UsageError for whatever is missing, malformed or ambiguous */
export const loadPoint = (target: Target, options: PointOptions, seed: number): LoadedPoint => {
  const { problem } = target.revision;
  const files = readPointFiles(options.files);
  const arrays = nameArrays(problem, files.arrays, options.names);
  const labels = arrays.labels === undefined ? undefined : readLabels(arrays.labels);
  if (options.classMajor && labels?.order.some((sample, place) => sample !== place) === true) {
    throw new UsageError(
      '--class-major: the labels y say that the samples are not sorted by class',
      'Leave the option out; y is read then.',
    );
  }
  const given = givenLambdas(target, options, files.lambda);
  const { K, n, d } = options;
  const all = readingsOf(problem, arrays.blocks, {
    ...(labels === undefined ? {} : { labels }),
    ...(K === undefined ? {} : { K }),
    ...(n === undefined ? {} : { n }),
    ...(d === undefined ? {} : { d }),
  });
  const readings = options.transpose === undefined ? all : withTransposed(all, options.transpose);
  const at = (reading: Reading) => {
    const { lambda, lines, loss } = convertLambdas(options.convention, given, reading, problem);
    const instance: Instance = { K: reading.K, n: reading.n, d: reading.d, lambda };
    const { model } = createSetting(target.revision, instance, seed);
    const point = new Float64Array(model.size);
    for (const { name, offset } of model.blocks) point.set(reading.blocks[name] ?? [], offset);
    return { reading, instance, model, point, lines, ...(loss === undefined ? {} : { trainedLoss: loss }) };
  };
  const [chosen, another] = readings;
  if (chosen === undefined || another !== undefined) throw ambiguous((readings.length > 0 ? readings : all).map(at));
  const { instance, model, point, lines, reading, trainedLoss } = at(chosen);
  if (labels === undefined && !options.classMajor && !outputsAgree(model, point)) {
    throw new UsageError(
      'there is no array y, and the outputs do not say that the samples are sorted by class',
      'Save the labels as y, or say --class-major.',
    );
  }
  const single = [...arrays.blocks.values()].some((x) => x.single === true);
  return {
    instance,
    point,
    transposed: reading.transposed,
    ignored: arrays.ignored,
    labels:
      labels !== undefined ? 'y' : options.classMajor ? 'class-major, as was said' : 'class-major, as all outputs say',
    conversion: lines,
    ...(trainedLoss === undefined ? {} : { trainedLoss }),
    precision: single ? 2 ** -24 : 2 ** -53,
  };
};

/** The loss under each reading, lowest first. */
const ambiguous = (
  readings: readonly { readonly reading: Reading; readonly model: Model; readonly point: Float64Array }[],
): UsageError => {
  const losses = readings
    .map(({ reading: { transposed, K, d, n }, model, point }) => ({
      transposed,
      sizes: `K = ${K}, d = ${d}, n = ${n}`,
      loss: model.value(point),
    }))
    .sort((x, y) => x.loss - y.loss);
  const sizesDiffer = new Set(losses.map((x) => x.sizes)).size > 1;
  const listed = losses.map(({ transposed, sizes, loss }) => {
    const which = transposed.length === 0 ? 'none' : transposed.join(',');
    return `--transpose ${which}: loss ${String(Number(loss.toPrecision(7)))}${sizesDiffer ? ` (${sizes})` : ''}`;
  });
  return new UsageError(
    `the shapes do not say which blocks are transposed (${listed.join('; ')})`,
    'Choose the reading that is meant; a point of a minimizer has the lowest loss, as a rule.',
  );
};
