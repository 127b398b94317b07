/**
 * Morse–Bott: where the module states the dimension of the manifold of minimizers, it is that of the claimed form, and
 * ∇²f is singular along the manifold and nowhere else.
 */
import { symmetricEigen } from '../../numeric/dense.js';
import type { SpectrumBlock } from '../../theorem/contract.js';
import { numericInterpreter } from '../../theorem/evaluate-numeric.js';
import { holdsAt } from '../../theorem/instance.js';
import type { Setting } from '../setting.js';
import type { Measurement, MeasuredCheck } from './context.js';
import { LARGEST_DENSE, denseAllowance, denseSpectrum } from './spectrum.js';
import { tangentBasis } from './tangent.js';

/** Zero eigenvalues are told from the others across a gap of at least this factor. */
const GAP = 1e3;

const SKIPPED: Measurement = { skipped: true, outcome: 'pass', measured: 0, bound: 0 };

/** How many of the numbers are zero, to within `bound`; undefined without a clear gap above them. */
const countZeros = (numbers: readonly number[], bound: number): number | undefined => {
  const sizes = numbers.map(Math.abs).sort((x, y) => x - y);
  const zeros = sizes.filter((x) => x <= bound).length;
  const next = sizes[zeros];
  return next !== undefined && next < GAP * bound ? undefined : zeros;
};

/** The nullity that the blocks predict. */
const nullityOfBlocks = (setting: Setting, blocks: readonly SpectrumBlock[]): number | undefined => {
  const { scalar } = numericInterpreter(setting.instance, new Map());
  const values = blocks.map(({ matrix, multiplicity }) => {
    const entries = Float64Array.from(matrix.flat(), (x) => scalar(x));
    return { count: scalar(multiplicity), values: [...symmetricEigen(matrix.length, entries).values] };
  });
  const present = values.filter((x) => x.count > 0);
  const all = present.flatMap((x) => x.values);
  const largest = all.reduce((top, x) => Math.max(top, Math.abs(x)), 0);
  // Entries are correctly rounded; the small eigenproblems are solved to a few roundings of their size.
  const bound = 1e-14 * largest;
  if (countZeros(all, bound) === undefined) return undefined;
  return present.reduce((sum, x) => sum + x.count * x.values.filter((value) => Math.abs(value) <= bound).length, 0);
};

export const nullityCheck: MeasuredCheck = {
  id: 'nullity',
  title: 'the nullity of the Hessian is the dimension of the minimizers',
  method: 'numeric',
  statement: 'nullity against the dimension of the minimizers',
  measure(setting): Measurement {
    const { case: home, instance, model } = setting;
    const { manifold, spectrum } = home;
    if (manifold === undefined || !holdsAt(manifold.when, instance)) return SKIPPED;
    const claimed = numericInterpreter(instance, new Map()).scalar(manifold.dimension);
    const placed = setting.placeClaim(0);
    const counts: { readonly what: string; readonly count: number | undefined }[] = [];
    // A form too large for that is left to the blocks.
    const basis = tangentBasis(setting);
    if (basis !== undefined) counts.push({ what: 'the claimed form has dimension', count: basis.length });
    if (spectrum !== undefined) {
      counts.push({ what: 'the blocks of the spectrum have nullity', count: nullityOfBlocks(setting, spectrum) });
    }
    if (model.size <= LARGEST_DENSE) {
      const eigenvalues = denseSpectrum(setting, placed.point);
      const bound = denseAllowance(setting, placed.point, eigenvalues);
      counts.push({ what: 'the Hessian has nullity', count: countZeros([...eigenvalues], bound) });
    }
    const different = counts.find(({ count }) => count !== undefined && count !== claimed);
    if (different?.count !== undefined) {
      const measured = Math.abs(different.count - claimed);
      const what = `${different.what} ${different.count}, the claimed manifold of minimizers dimension ${claimed}`;
      const violation = { kind: 'wrong-spectrum' as const, margin: `off by ${measured}`, what };
      return { outcome: 'fail', measured, bound: 0, violation };
    }
    const open = counts.find(({ count }) => count === undefined);
    if (open !== undefined) {
      return { outcome: 'inconclusive', measured: 0, bound: 0, detail: `${open.what} … : no clear gap above zero` };
    }
    return counts.length === 0 ? SKIPPED : { outcome: 'pass', measured: 0, bound: 0 };
  },
};
