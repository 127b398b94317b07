/**
 * Figures for reports: one small instance of a revision, looked at closely. They show what the checks have measured at
 * many instances, and enter no verdict.
 */
import { descend } from '../numeric/descent/descend.js';
import { gradientDescent } from '../numeric/descent/gradient-descent.js';
import { startIterate, stationaryTolerance } from '../numeric/descent/iterate.js';
import { toText } from '../symbolic/print.js';
import type { Revision } from '../theorem/contract.js';
import { drawInstances } from '../theorem/draw.js';
import type { DenseMatrix } from '../theorem/evaluate-numeric.js';
import type { InstanceRanges } from '../theorem/genome.js';
import type { Instance } from '../theorem/instance.js';
import { isSmooth } from './measured/kinks.js';
import { LARGEST_DENSE, claimSpectrum, denseAllowance, predictedEigenvalues } from './measured/spectrum.js';
import { type Setting, createSetting } from './setting.js';

/** A run of plain gradient descent: f − f* after so many steps. */
export interface GapCurve {
  readonly start: string;
  readonly points: readonly (readonly [step: number, gap: number])[];
}

/** Both sides of a conclusion between K × K matrices, at the end of a descent. */
export interface GramPair {
  readonly id: string;
  readonly left: string;
  readonly right: string;
  readonly found: readonly (readonly number[])[];
  readonly claimed: readonly (readonly number[])[];
}

export interface Illustration {
  readonly instance: Instance;
  readonly caseId: string;
  /** At the claimed minimizer, ascending; absent where it is not stated, or where f is not smooth. */
  readonly spectrum?: { readonly predicted: readonly number[]; readonly measured: readonly number[]; bound: number };
  readonly curves: readonly GapCurve[];
  /** Below this f − f* is rounding. */
  readonly rounding: number;
  /** f − f* at the point where the matrices are taken. */
  readonly end: number;
  readonly grams: readonly GramPair[];
}

const LARGEST = 150;
const STEPS = 20_000;
const CURVES = 3;

/** Small, and with as much as possible to see: the case with a construction, K ≥ 3, n ≥ 2. */
const settingFor = (revision: Revision, ranges: InstanceRanges, seed: number): Setting | undefined => {
  const [home] = revision.cases;
  const candidates = drawInstances(revision, ranges, 30, seed)
    .instances.filter((x) => x.caseId === home?.id)
    .map((x) => x.instance);
  const worth = ({ K, n, d }: Instance): number =>
    K * d * (n + 1) > LARGEST ? -1 : Math.min(K, 4) * 4 + Math.min(n, 2) * 2 + Math.min(d - K, 1);
  const [best] = candidates.sort((a, b) => worth(b) - worth(a));
  if (best === undefined || worth(best) < 0) return undefined;
  const setting = createSetting(revision, best, seed);
  return setting.emptyForm === undefined && setting.model.size <= LARGEST_DENSE ? setting : undefined;
};

const spectrumOf = (setting: Setting): Pick<Illustration, 'spectrum'> => {
  const { point } = setting.placeClaim(0);
  const blocks = setting.case.spectrum;
  if (blocks === undefined || !isSmooth(setting, point)) return {};
  const predicted = predictedEigenvalues(setting, blocks);
  if (predicted?.length !== setting.model.size) return {};
  const measured = claimSpectrum(setting);
  return {
    spectrum: {
      predicted: [...predicted],
      measured: [...measured],
      bound: denseAllowance(setting, point, measured),
    },
  };
};

/** Plain descent from a normal start, looked at after 1, 2, 3, 4, 6, 8, … steps. */
const curveOf = (setting: Setting, index: number): GapCurve => {
  const { model, claimedValue } = setting;
  const start = setting.stream('illustration', index).fillNormal(new Float64Array(model.size), 0.5);
  const iterate = startIterate(model, start);
  const points: [number, number][] = [[0, iterate.value - claimedValue]];
  while (iterate.iterations < STEPS) {
    const before = iterate.iterations;
    const end = gradientDescent(iterate, {
      gradientTolerance: stationaryTolerance(model, iterate.point),
      maximumIterations: Math.max(1, Math.ceil(before / 3)),
    });
    if (iterate.iterations > before) points.push([iterate.iterations, iterate.value - claimedValue]);
    if (end !== 'iteration-limit') break;
  }
  return { start: `normal start ${index + 1}`, points };
};

const rowsOf = ({ rows, cols, data }: DenseMatrix): number[][] =>
  Array.from({ length: rows }, (_, row) => [...data.subarray(row * cols, (row + 1) * cols)]);

/** The lowest end of a few descents, and the conclusions between K × K matrices there. */
const gramsOf = (setting: Setting): Pick<Illustration, 'end' | 'grams'> => {
  const { model, claimedValue, case: home, instance } = setting;
  const ends = Array.from({ length: 4 }, (_, index) => {
    const start = setting.stream('illustration', index).fillNormal(new Float64Array(model.size), 0.5);
    return descend(model, start, { key: setting.key('illustration', index) });
  });
  const best = ends.reduce((a, b) => (b.value < a.value ? b : a));
  const { matrix } = setting.at(best.point);
  const grams = home.conclusions.flatMap(({ id, statement: { left, right } }) => {
    const [found, claimed] = [matrix(left), matrix(right)];
    const square = [found, claimed].every((x) => x.rows === instance.K && x.cols === instance.K);
    // W = sH̄ᵀ is square where d = K, and no Gram matrix.
    if (!square || left.rows !== 'K' || left.cols !== 'K') return [];
    return [{ id, left: toText(left), right: toText(right), found: rowsOf(found), claimed: rowsOf(claimed) }];
  });
  return { end: best.value - claimedValue, grams };
};

/**
 * The figures of one revision; undefined where no small instance of its first case was drawn. A function of the ranges
 * and the seed; takes about a second.
 */
export const illustrate = (revision: Revision, ranges: InstanceRanges, seed: number): Illustration | undefined => {
  const setting = settingFor(revision, ranges, seed);
  if (setting === undefined) return undefined;
  const { model, instance, claimedValue } = setting;
  return {
    instance,
    caseId: setting.case.id,
    ...spectrumOf(setting),
    curves: Array.from({ length: CURVES }, (_, index) => curveOf(setting, index)),
    rounding: model.valueRoundingError(setting.claimedPoint(0)) + 2 ** -52 * Math.abs(claimedValue),
    ...gramsOf(setting),
  };
};
