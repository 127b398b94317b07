/**
 * The whole Hessian spectrum at the claimed minimizers and at the other known critical points, eigenvalue by
 * eigenvalue and multiplicity by multiplicity, against the closed form that the module states: from the dense Hessian
 * where it is small, and at any size through the invariant spaces of blocks.ts.
 */
import { symmetricEigen } from '../../numeric/dense.js';
import type { SpectrumBlock } from '../../theorem/contract.js';
import { numericInterpreter } from '../../theorem/evaluate-numeric.js';
import { holdsAt } from '../../theorem/instance.js';
import { inFull } from '../../numeric/digits.js';
import type { Placed, Setting } from '../setting.js';
import { blocksOutOfReach, compareBlocks } from './blocks.js';
import { constructionError } from './claim-point.js';
import type { DenseComparison, Measurement, MeasuredCheck } from './context.js';
import { hessianScale } from './hessian-scale.js';
import { isSmooth } from './kinks.js';

/** Beyond this many unknowns a dense spectrum costs more than it tells. */
export const LARGEST_DENSE = 200;

/** The eigenvalues that the blocks predict, ascending; undefined where a multiplicity is not a whole number. */
export const predictedEigenvalues = (
  setting: Setting,
  blocks: readonly SpectrumBlock[],
  rank?: number,
): Float64Array | undefined => {
  const { scalar } = numericInterpreter(setting.instance, new Map(), rank);
  const values: number[] = [];
  for (const { matrix, multiplicity } of blocks) {
    const count = scalar(multiplicity);
    if (!Number.isInteger(count) || count < 0) return undefined;
    if (count === 0) continue;
    const entries = Float64Array.from(matrix.flat(), (x) => scalar(x));
    for (const value of symmetricEigen(matrix.length, entries).values) {
      for (let k = 0; k < count; k++) values.push(value);
    }
  }
  return Float64Array.from(values).sort();
};

const claimSpectra = new WeakMap<Setting, Float64Array>();

/** All eigenvalues of ∇²f at `placeClaim(0)`, ascending; made once for all checks that read them. */
export const claimSpectrum = (setting: Setting): Float64Array => {
  const known = claimSpectra.get(setting) ?? denseSpectrum(setting, setting.placeClaim(0).point);
  claimSpectra.set(setting, known);
  return known;
};

/** All eigenvalues of ∇²f at a point, ascending. */
const denseSpectrum = ({ model }: Setting, point: Float64Array): Float64Array => {
  const { size } = model;
  const hessian = new Float64Array(size * size);
  const unit = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    unit.fill(0);
    unit[k] = 1;
    model.hessianVector(point, unit, hessian.subarray(k * size, (k + 1) * size));
  }
  return symmetricEigen(size, hessian).values;
};

/**
 * How far computed eigenvalues may be off (Weyl): the backward error of the eigensolver, and the change of ∇²f when the
 * blocks of the point are off by the error of their construction.
 */
export const denseAllowance = (setting: Setting, point: Float64Array, eigenvalues: Float64Array): number => {
  const largest = eigenvalues.reduce((top, x) => Math.max(top, Math.abs(x)), 0);
  const scale = Math.max(largest, hessianScale(setting, point).norm);
  return (2e-14 * setting.model.size + 16 * constructionError(setting)) * scale;
};

const compareDense = (
  setting: Setting,
  name: string,
  { point, rank }: Placed,
  blocks: readonly SpectrumBlock[],
): Measurement => {
  const wrong = (margin: string, what: string, measured = 1, bound = 0): Measurement => ({
    outcome: 'fail',
    measured,
    bound,
    violation: { kind: 'wrong-spectrum', margin, what: `${name}: ${what}` },
  });
  if (!isSmooth(setting, point)) {
    const detail = `${name}: a pre-activation is zero, so that ∇²f does not exist`;
    return { outcome: 'inconclusive', measured: 0, bound: 0, detail };
  }
  const claimed = predictedEigenvalues(setting, blocks, rank);
  if (claimed === undefined) return wrong('', 'a claimed multiplicity is not a whole number');
  if (claimed.length !== setting.model.size) {
    return wrong(
      `${claimed.length} instead of ${setting.model.size}`,
      'the claimed multiplicities do not add up to the number of unknowns',
    );
  }
  const found = rank === undefined ? claimSpectrum(setting) : denseSpectrum(setting, point);
  const bound = denseAllowance(setting, point, found);
  const measured = found.reduce((worst, value, k) => Math.max(worst, Math.abs(value - (claimed[k] ?? Infinity))), 0);
  return measured <= bound
    ? { outcome: 'pass', measured, bound }
    : wrong(`off by ${measured.toExponential(2)}`, 'an eigenvalue or a multiplicity differs', measured, bound);
};

/** The eigenvalues that blocks claim, each with its multiplicity. */
const claimedText = ({ instance }: Setting, blocks: readonly SpectrumBlock[], rank?: number): string => {
  const { scalar } = numericInterpreter(instance, new Map(), rank);
  const values = blocks.flatMap(({ matrix, multiplicity }) => {
    const count = scalar(multiplicity);
    if (!(count > 0)) return [];
    const entries = Float64Array.from(matrix.flat(), (x) => scalar(x));
    return [...symmetricEigen(matrix.length, entries).values].map((value) => ({ value, count }));
  });
  values.sort((x, y) => x.value - y.value);
  const counts = new Map<string, number>();
  for (const { value, count } of values) {
    const text = inFull(Number(value.toPrecision(6)));
    counts.set(text, (counts.get(text) ?? 0) + count);
  }
  return [...counts].map(([text, count]) => `${text} × ${count}`).join(', ');
};

const ratio = ({ measured, bound }: Measurement): number => (bound > 0 ? measured / bound : measured);

/** Densely where small, through the invariant spaces where they are stated; both where both are possible. */
const compare = (
  setting: Setting,
  name: string,
  placed: Placed,
  blocks: readonly SpectrumBlock[],
): readonly Measurement[] => {
  const small = setting.model.size <= LARGEST_DENSE;
  const why = blocksOutOfReach(setting, blocks, placed.rank);
  const told = (how: string, result: Measurement): Measurement => {
    const line = `  ${how}: off by ${inFull(result.measured)}, bound ${inFull(result.bound)}`;
    return { ...result, numbers: [line] };
  };
  const results = [
    ...(why === undefined ? [told('through invariant spaces', compareBlocks(setting, name, placed, blocks))] : []),
    ...(small ? [told('eigenvalue by eigenvalue', compareDense(setting, name, placed, blocks))] : []),
  ];
  const [first, ...others] = results;
  if (first !== undefined) {
    const heading = `${name}: ${claimedText(setting, blocks, placed.rank)}`;
    return [{ ...first, numbers: [heading, ...(first.numbers ?? [])] }, ...others];
  }
  return [{ skipped: true, outcome: 'pass', measured: 0, bound: 0, detail: `${setting.model.size} unknowns: ${why}` }];
};

/** Up to which size each spectrum without directions was compared: beyond it nothing is known of it. */
const reachOf = (measured: readonly Measurement[]): string | undefined => {
  const all = measured.flatMap((x) => x.dense ?? []);
  const parts = [...new Set(all.map((x) => x.part))].map((part) => {
    const own = all.filter((x) => x.part === part && x.compared);
    if (own.length === 0) return `${part} nowhere`;
    const most = (of: (x: DenseComparison) => number): number => Math.max(...own.map(of));
    return `${part} up to K = ${most((x) => x.K)}, ${most((x) => x.unknowns)} unknowns`;
  });
  return parts.length === 0 ? undefined : `compared at ${parts.join('; ')}; not proved`;
};

export const spectrumCheck: MeasuredCheck = {
  id: 'spectrum',
  title: 'the Hessian spectrum is the claimed one, with multiplicities',
  method: 'numeric',
  statement: 'Hessian spectrum against its closed form',
  reach: reachOf,
  measure(setting): Measurement {
    const { case: home, revision, instance } = setting;
    const results: Measurement[] = [];
    const dense: DenseComparison[] = [];
    const note = (part: string, blocks: readonly SpectrumBlock[]): void => {
      const unknowns = setting.model.size;
      if (blocks.every((x) => x.directions !== undefined)) return;
      dense.push({ part, K: instance.K, unknowns, compared: unknowns <= LARGEST_DENSE });
    };
    if (home.spectrum !== undefined) {
      note(home.id, home.spectrum);
      results.push(...compare(setting, 'at the claimed minimizer', setting.placeClaim(0), home.spectrum));
    }
    for (const family of revision.criticalPoints ?? []) {
      const count = holdsAt(family.when, instance) ? setting.ranks(family) : 0;
      if (family.spectrum === undefined || count < 1) continue;
      const rank = setting.stream('spectrum', family.id).integer(0, count - 1);
      const placed = setting.placeFamily(family, rank, 1);
      note(family.id, family.spectrum);
      results.push(...compare(setting, `at ${family.id}, r = ${rank}`, placed, family.spectrum));
    }
    const measured = results.filter((x) => x.skipped !== true);
    const skipped = results.find((x) => x.skipped === true);
    const [first, ...others] = measured;
    const none = ['no spectrum is stated here'];
    if (first === undefined) return skipped ?? { skipped: true, outcome: 'pass', measured: 0, bound: 0, numbers: none };
    const failed = measured.find((x) => x.outcome !== 'pass');
    const worst = failed ?? others.reduce((a, b) => (ratio(b) > ratio(a) ? b : a), first);
    return {
      ...worst,
      numbers: results.flatMap((x) => x.numbers ?? []),
      ...(dense.length === 0 ? {} : { dense }),
      ...(skipped?.detail === undefined ? {} : { detail: `not everywhere (${skipped.detail})` }),
    };
  },
};
