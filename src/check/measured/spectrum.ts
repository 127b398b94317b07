/**
 * The whole Hessian spectrum at the claimed minimizers and at the other known critical points, eigenvalue by
 * eigenvalue and multiplicity by multiplicity, against the closed form that the module states.
 */
import { symmetricEigen } from '../../numeric/dense.js';
import type { SpectrumBlock } from '../../theorem/contract.js';
import { frobenius, numericInterpreter } from '../../theorem/evaluate-numeric.js';
import { holdsAt } from '../../theorem/instance.js';
import type { Setting } from '../setting.js';
import { constructionError } from './claim-point.js';
import type { Measurement, MeasuredCheck } from './context.js';

/** Beyond this many unknowns a dense spectrum costs more than it tells. */
const LARGEST_DENSE = 200;

/** Zero eigenvalues are told from the others across a gap of at least this factor. */
const GAP = 1e3;

/** The eigenvalues that the blocks predict, ascending; undefined where a multiplicity is not a whole number. */
const predicted = (setting: Setting, blocks: readonly SpectrumBlock[], rank?: number): Float64Array | undefined => {
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

/** All eigenvalues of ∇²f at a point, ascending. */
const measuredSpectrum = ({ model }: Setting, point: Float64Array): Float64Array => {
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
 * blocks of the point are off by the error of their construction; second derivatives of a product of L + 1 blocks are
 * at most of the order of the 2L-th power of the norms.
 */
const allowance = (setting: Setting, point: Float64Array, largest: number): number => {
  const { model, revision } = setting;
  const norms = model.blocks.map((x) =>
    frobenius({ rows: x.rows, cols: x.cols, data: point.subarray(x.offset, x.offset + x.length) }),
  );
  const total = norms.reduce((sum, x) => sum + x, 1);
  const scale = Math.max(largest, total ** (2 * revision.problem.spec.layers) / model.sampleCount);
  return (2e-14 * model.size + 16 * constructionError(setting)) * scale;
};

const compare = (
  setting: Setting,
  name: string,
  point: Float64Array,
  blocks: readonly SpectrumBlock[],
  rank?: number,
): Measurement => {
  const wrong = (margin: string, what: string, measured = 1, bound = 0): Measurement => ({
    outcome: 'fail',
    measured,
    bound,
    violation: { kind: 'wrong-spectrum', margin, what: `${name}: ${what}` },
  });
  const claimed = predicted(setting, blocks, rank);
  if (claimed === undefined) return wrong('', 'a claimed multiplicity is not a whole number');
  if (claimed.length !== setting.model.size) {
    return wrong(
      `${claimed.length} instead of ${setting.model.size}`,
      'the claimed multiplicities do not add up to the number of unknowns',
    );
  }
  const found = measuredSpectrum(setting, point);
  const largest = found.reduce((top, x) => Math.max(top, Math.abs(x)), 0);
  const bound = allowance(setting, point, largest);
  const measured = found.reduce((worst, value, k) => Math.max(worst, Math.abs(value - (claimed[k] ?? Infinity))), 0);
  if (measured > bound) {
    return wrong(`off by ${measured.toExponential(2)}`, 'an eigenvalue or a multiplicity differs', measured, bound);
  }
  const sizes = claimed.map(Math.abs).sort();
  const nullity = sizes.filter((x) => x <= bound).length;
  const next = sizes[nullity];
  if (nullity > 0 && next !== undefined && next < GAP * bound) {
    return { outcome: 'inconclusive', measured, bound, detail: `${name}: no clear gap between zero and ${next}` };
  }
  return { outcome: 'pass', measured, bound };
};

const ratio = ({ measured, bound }: Measurement): number => (bound > 0 ? measured / bound : measured);

export const spectrumCheck: MeasuredCheck = {
  id: 'spectrum',
  title: 'the Hessian spectrum is the claimed one, with multiplicities',
  method: 'numeric',
  statement: 'Hessian spectrum against its closed form',
  measure(setting): Measurement {
    const { model, case: home, revision, instance } = setting;
    if (model.size > LARGEST_DENSE) return { skipped: true, outcome: 'pass', measured: 0, bound: 0 };
    const results: Measurement[] = [];
    if (home.spectrum !== undefined) {
      results.push(compare(setting, 'at the claimed minimizer', setting.claimedPoint(0), home.spectrum));
    }
    for (const family of revision.criticalPoints ?? []) {
      if (family.spectrum === undefined || !holdsAt(family.when, instance)) continue;
      const rank = setting.stream('spectrum', family.id).integer(0, Math.min(instance.K, instance.d) - 1);
      const point = setting.familyPoint(family, rank, 1);
      results.push(compare(setting, `at ${family.id}, r = ${rank}`, point, family.spectrum, rank));
    }
    const [first, ...others] = results;
    if (first === undefined) return { skipped: true, outcome: 'pass', measured: 0, bound: 0 };
    const failed = results.find((x) => x.outcome !== 'pass');
    return failed ?? others.reduce((a, b) => (ratio(b) > ratio(a) ? b : a), first);
  },
};
