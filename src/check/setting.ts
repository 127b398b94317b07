/** One instance set up for measuring: the model, the claimed minimizers, and statements evaluated at points. */
import { createModel, type Model } from '../model/model.js';
import { complementError, orthonormalComplement } from '../numeric/complement.js';
import { type Stream, createStream } from '../numeric/random.js';
import type { ComplementNode } from '../symbolic/expression.js';
import { lettersIn } from '../symbolic/letters.js';
import type { Case, Construction, CriticalFamily, OutsideClaim, Revision } from '../theorem/contract.js';
import { caseAt } from '../theorem/cases.js';
import { dimensionSizes } from '../theorem/evaluate-exact.js';
import { type DenseMatrix, type NumericInterpreter, numericInterpreter } from '../theorem/evaluate-numeric.js';
import { type Instance, lambdaNumbers } from '../theorem/instance.js';
import { drawLetter, impossibleLetter } from './free-letters.js';

/** A point made by a construction, with the frames (and complements) that it was made from. */
export interface Placed {
  readonly point: Float64Array;
  readonly letters: ReadonlyMap<string, DenseMatrix>;
  /** The value of r, for a member of a critical family. */
  readonly rank?: number;
}

export interface Setting {
  readonly revision: Revision;
  readonly case: Case;
  readonly instance: Instance;
  readonly model: Model;
  readonly zero: Float64Array;
  /** The number of independent descents; by default what the size allows (`startsAt`). */
  readonly starts?: number;
  /** The key of a stream of this instance: the run's seed, the instance, and what the stream is for. */
  key(...purpose: readonly (string | number)[]): readonly (string | number)[];
  /** A stream of this instance: a function of its key alone. */
  stream(...key: readonly (string | number)[]): Stream;
  /** A point of the claimed form, with frames drawn by the key; for the key 0 generic ones (see free-letters.ts). */
  claimedPoint(key: number): Float64Array;
  /** A point of a critical family, of the given rank. */
  familyPoint(family: CriticalFamily, rank: number, key: number): Float64Array;
  /** A point of a claim about instances outside the hypotheses; undefined where its frames have no room. */
  outsidePoint(claim: OutsideClaim, key: number): Float64Array | undefined;
  /** The same points with their frames. */
  placeClaim(key: number): Placed;
  placeFamily(family: CriticalFamily, rank: number, key: number): Placed;
  /** The point that a construction gives for these frames. */
  construct(construction: Construction, letters: ReadonlyMap<string, DenseMatrix>, rank?: number): Float64Array;
  /** Whether a family has points of that rank here: its frames have no more columns than rows. */
  hasRoom(family: CriticalFamily, rank: number): boolean;
  /** The number of ranks that a family has here: r = 0, …, ranks − 1. */
  ranks(family: CriticalFamily): number;
  /** Why no point of the claimed form exists here (a frame with more columns than rows), if so. */
  readonly emptyForm: string | undefined;
  /** The claimed value of the minimum. */
  readonly claimedValue: number;
  /** Statements in the blocks of a point. */
  at(point: Float64Array): NumericInterpreter;
}

/** The letters with the values of complements added: one basis for each, the same in every run. */
export const withComplements = (
  instance: Instance,
  letters: ReadonlyMap<string, DenseMatrix>,
  complements: readonly ComplementNode[],
  rank?: number,
): ReadonlyMap<string, DenseMatrix> => {
  const known = new Map(letters);
  for (const node of complements) {
    if (known.has(node.name)) continue;
    const { rows, cols, data } = numericInterpreter(instance, known, rank).matrix(node.of);
    known.set(node.name, { rows, cols: rows - cols, data: orthonormalComplement(rows, cols, data) });
  }
  return known;
};

/** How far the complements may be from exact ones, relative to their columns; the worst of them. */
export const worstComplementError = (
  instance: Instance,
  complements: readonly ComplementNode[],
  rank?: number,
): number => {
  const size = dimensionSizes(instance, rank);
  return complements.reduce((worst, x) => Math.max(worst, complementError(size(x.of.rows), size(x.of.cols))), 0);
};

export const createSetting = (revision: Revision, instance: Instance, seed: number, starts?: number): Setting => {
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

  const place = (construction: Construction, random: Stream, generic: boolean, rank?: number): Placed => {
    const size = dimensionSizes(instance, rank);
    const frames = (construction.frames ?? []).map((frame): [string, DenseMatrix] => [
      frame.name,
      drawLetter(frame, size, random, generic),
    ]);
    const { complements } = lettersIn(Object.values(construction.blocks));
    const letters = withComplements(instance, new Map(frames), complements, rank);
    return { point: construct(construction, letters, rank), letters, ...(rank === undefined ? {} : { rank }) };
  };

  const construct: Setting['construct'] = (construction, letters, rank) => {
    const { matrix } = numericInterpreter(instance, letters, rank);
    const point = new Float64Array(model.size);
    for (const { name, offset } of model.blocks) {
      const formula = construction.blocks[name];
      if (formula !== undefined) point.set(matrix(formula).data, offset);
    }
    return point;
  };

  const placeFamily = (family: CriticalFamily, rank: number, index: number): Placed =>
    place(family.construction, stream('family', family.id, rank, index), index === 0, rank);

  const size = dimensionSizes(instance);
  const impossibleIn = ({ frames = [] }: Construction): string | undefined =>
    frames.map((frame) => impossibleLetter(frame, size)).find((x) => x !== undefined);
  const placeClaim = (index: number): Placed => place(home.minimizer, stream('frame', index), index === 0);

  return {
    revision,
    case: home,
    emptyForm: impossibleIn(home.minimizer),
    instance,
    model,
    zero: new Float64Array(model.size),
    ...(starts === undefined ? {} : { starts }),
    key,
    stream,
    claimedPoint: (index) => placeClaim(index).point,
    familyPoint: (family, rank, index) => placeFamily(family, rank, index).point,
    outsidePoint: ({ id, minimizer }, index) =>
      impossibleIn(minimizer) === undefined
        ? place(minimizer, stream('outside', id, index), index === 0).point
        : undefined,
    placeClaim,
    placeFamily,
    construct,
    hasRoom: ({ construction: { frames = [] } }, rank) =>
      frames.every((frame) => impossibleLetter(frame, dimensionSizes(instance, rank)) === undefined),
    ranks: ({ rankBelow }) => {
      const most = Math.min(K, d);
      if (rankBelow === undefined) return most;
      return Math.min(most, Math.floor(numericInterpreter(instance, new Map()).scalar(rankBelow)));
    },
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
