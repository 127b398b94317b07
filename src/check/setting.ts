/** One instance set up for measuring: the model, the claimed minimizers, and statements evaluated at points. */
import { createModel, type Model } from '../model/model.js';
import { randomCentredFrame, randomOrthonormalFrame } from '../numeric/dense.js';
import { type Stream, createStream } from '../numeric/random.js';
import type { Case, Construction, CriticalFamily, OutsideClaim, Revision } from '../theorem/contract.js';
import type { LetterNode } from '../symbolic/expression.js';
import { caseAt } from '../theorem/cases.js';
import { dimensionSizes } from '../theorem/evaluate-exact.js';
import { type DenseMatrix, type NumericInterpreter, numericInterpreter } from '../theorem/evaluate-numeric.js';
import { type Instance, lambdaNumbers } from '../theorem/instance.js';

export interface Setting {
  readonly revision: Revision;
  readonly case: Case;
  readonly instance: Instance;
  readonly model: Model;
  readonly zero: Float64Array;
  /** The key of a stream of this instance: the run's seed, the instance, and what the stream is for. */
  key(...purpose: readonly (string | number)[]): readonly (string | number)[];
  /** A stream of this instance: a function of its key alone. */
  stream(...key: readonly (string | number)[]): Stream;
  /** A point of the claimed form, with frames drawn by the key. */
  claimedPoint(key: number): Float64Array;
  /** A point of a critical family, of the given rank. */
  familyPoint(family: CriticalFamily, rank: number, key: number): Float64Array;
  /** A point of a claim about instances outside the hypotheses; undefined where its frames have no room. */
  outsidePoint(claim: OutsideClaim, key: number): Float64Array | undefined;
  /** Why no point of the claimed form exists here (a frame with more columns than rows), if so. */
  readonly emptyForm: string | undefined;
  /** The claimed value of the minimum. */
  readonly claimedValue: number;
  /** Statements in the blocks of a point. */
  at(point: Float64Array): NumericInterpreter;
}

export const createSetting = (revision: Revision, instance: Instance, seed: number): Setting => {
  const { K, n, d, lambda } = instance;
  const { spec } = revision.problem;
  const model = createModel({
    spec,
    K,
    widths: Array.from({ length: spec.layers }, () => d),
    classSizes: Array.from({ length: K }, () => n),
    lambda: lambdaNumbers(instance),
  });
  const home = caseAt(revision, instance);
  const identity = [K, n, d, ...Object.entries(lambda).flat()].join(' ');
  const key = (...purpose: readonly (string | number)[]): readonly (string | number)[] => [seed, identity, ...purpose];
  const stream = (...purpose: readonly (string | number)[]): Stream => createStream(...key(...purpose));

  const construct = (construction: Construction, random: Stream, rank?: number): Float64Array => {
    const size = dimensionSizes(instance, rank);
    const frames = (construction.frames ?? []).map((frame): [string, DenseMatrix] => {
      const [rows, cols] = [size(frame.rows), size(frame.cols)];
      const draw = frame.centred === true ? randomCentredFrame : randomOrthonormalFrame;
      return [frame.name, { rows, cols, data: draw(random, rows, cols) }];
    });
    const { matrix } = numericInterpreter(instance, new Map(frames), rank);
    const point = new Float64Array(model.size);
    for (const { name, offset } of model.blocks) {
      const formula = construction.blocks[name];
      if (formula !== undefined) point.set(matrix(formula).data, offset);
    }
    return point;
  };

  const size = dimensionSizes(instance);
  const impossibleIn = ({ frames = [] }: Construction): LetterNode | undefined =>
    frames.find(({ rows, cols, centred }) => size(rows) < size(cols) + (centred === true ? 1 : 0));
  const impossible = impossibleIn(home.minimizer);

  return {
    revision,
    case: home,
    emptyForm:
      impossible === undefined
        ? undefined
        : `${impossible.text} needs ${impossible.rows} ${impossible.centred === true ? '>' : '≥'} ${impossible.cols}`,
    instance,
    model,
    zero: new Float64Array(model.size),
    key,
    stream,
    claimedPoint: (index) => construct(home.minimizer, stream('frame', index)),
    familyPoint: (family, rank, index) =>
      construct(family.construction, stream('family', family.id, rank, index), rank),
    outsidePoint: ({ id, minimizer }, index) =>
      impossibleIn(minimizer) === undefined ? construct(minimizer, stream('outside', id, index)) : undefined,
    claimedValue: numericInterpreter(instance, new Map()).scalar(home.value),
    at: (point) =>
      numericInterpreter(
        instance,
        new Map(
          model.blocks.map(({ name, rows, cols, offset, length }): [string, DenseMatrix] => [
            name,
            { rows, cols, data: point.subarray(offset, offset + length) },
          ]),
        ),
      ),
  };
};
