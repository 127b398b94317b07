/**
 * What descents say: nothing falls below the claimed value, all that reach it have the claimed form, saddles are left
 * and local minima are not.
 */
import { inFull } from '../../numeric/digits.js';
import { type DescentRecord, runDescents, runPlanted, runPlantedMinima } from '../descents.js';
import type { Setting } from '../setting.js';
import type { ConclusionResidual } from '../tolerance.js';
import { residualText } from './claim-point.js';
import { type Measurement, type MeasuredCheck, withinBound } from './context.js';

const memory = new WeakMap<Setting, { runs?: readonly DescentRecord[]; planted?: readonly DescentRecord[] }>();

const remembered = (setting: Setting) => {
  const known = memory.get(setting) ?? {};
  memory.set(setting, known);
  return known;
};

/** The runs of an instance, made once for all checks that read them. */
export const descentsOf = (setting: Setting): readonly DescentRecord[] =>
  (remembered(setting).runs ??= runDescents(setting));
export const plantedOf = (setting: Setting): readonly DescentRecord[] =>
  (remembered(setting).planted ??= runPlanted(setting));

/** Where runs ended, counted, and the lowest end. */
const endsText = (runs: readonly DescentRecord[], lowest: DescentRecord): string[] => {
  const ends = [...new Set(runs.map((x) => x.landing))].map((end) => {
    const count = runs.filter((x) => x.landing === end).length;
    return `${count} ${end}`;
  });
  return [
    `${runs.length} descents: ${ends.join(', ')}`,
    `the lowest, from "${lowest.start}": f = ${inFull(lowest.value)}, f − f* = ${inFull(lowest.gap)}`,
  ];
};

/** Share of runs that may end without converging before the instance says nothing. */
const UNCONVERGED = 1 / 8;

export const descentValueCheck: MeasuredCheck = {
  id: 'descent-value',
  title: 'no descent falls below the claimed value',
  method: 'numeric',
  statement: 'f* − f at the end of every descent',
  measure(setting): Measurement {
    const runs = [...descentsOf(setting), ...plantedOf(setting)];
    const lowest = runs.reduce((a, b) => (b.gap / b.allowance < a.gap / a.allowance ? b : a));
    const measured = Math.max(0, -lowest.gap);
    const bound = lowest.allowance;
    const numbers = endsText(runs, lowest);
    const beaten = runs.filter((x) => x.landing === 'below' && x.accountable);
    if (beaten[0] !== undefined) {
      const { start, gap, allowance } = beaten.reduce((a, b) => (b.gap / b.allowance < a.gap / a.allowance ? b : a));
      return {
        outcome: 'fail',
        measured: -gap,
        bound: allowance,
        numbers,
        violation: {
          kind: 'beaten',
          margin: gap.toExponential(3),
          what: `a descent from "${start}" ends below the claimed minimum`,
        },
      };
    }
    const lost = runs.filter((x) => x.landing === 'unconverged').length;
    if (lost <= UNCONVERGED * runs.length) return { outcome: 'pass', measured, bound, numbers };
    const detail = `${lost} of ${runs.length} descents did not converge`;
    return { outcome: 'inconclusive', measured, bound, numbers, detail };
  },
};

const worse = <X extends ConclusionResidual>(a: X, b: X): X => (b.measured * a.bound > a.measured * b.bound ? b : a);

export const descentFormCheck: MeasuredCheck = {
  id: 'descent-form',
  title: 'every descent that reaches the value has the claimed form',
  method: 'numeric',
  statement: 'conclusions where a descent reached f*',
  measure(setting): Measurement {
    const reached = [...descentsOf(setting), ...plantedOf(setting)].filter((x) => x.landing === 'at the value');
    const residuals = reached.flatMap((x) => x.residuals.map((residual) => ({ ...residual, start: x.start })));
    const [first] = residuals;
    if (first === undefined) {
      const detail = 'no end of a descent certainly meets the hypotheses on the minimizer';
      return reached.length > 0
        ? { skipped: true, untested: true, outcome: 'pass', measured: 0, bound: 0, detail }
        : { outcome: 'inconclusive', measured: 0, bound: 0, detail: 'no descent reached the claimed value' };
    }
    const worst = residuals.reduce(worse, first);
    const { measured, bound } = worst;
    const result = withinBound(measured, bound, () => ({
      kind: 'wrong-form',
      margin: `${measured.toExponential(3)}, tolerance ${bound.toExponential(1)}`,
      what: `a descent from "${worst.start}" reaches the claimed value and breaks ${worst.conclusion}`,
    }));
    const numbers = [
      `${reached.length} descents at the value; the worst of each conclusion:`,
      ...[...new Set(residuals.map((x) => x.conclusion))].map((name) =>
        residualText(residuals.filter((x) => x.conclusion === name).reduce(worse)),
      ),
    ];
    return { ...result, numbers };
  },
};

/** Where a run may end that has left its saddle. */
const LEFT: readonly DescentRecord['landing'][] = ['at the value', 'local minimum'];

export const plantedCheck: MeasuredCheck = {
  id: 'planted-saddles',
  title: 'descents planted on saddles leave them, and stay at local minima',
  method: 'numeric',
  statement: 'planted: saddles not left, minima left',
  measure(setting): Measurement {
    const runs = plantedOf(setting);
    const minima = runPlantedMinima(setting);
    if (runs.length + minima.length === 0) {
      const numbers = ['no other critical point is stated here'];
      return { skipped: true, outcome: 'pass', measured: 0, bound: 0, numbers };
    }
    const fallen = minima.filter((x) => !(x.fall <= x.rounding));
    const stayed = runs.filter((x) => x.escapes === 0 || !LEFT.includes(x.landing));
    const numbers = [
      `${runs.length} started on saddles, ${runs.length - stayed.length} left them; ` +
        `${minima.length} started at local minima, ${minima.length - fallen.length} stayed`,
    ];
    const [first] = stayed;
    if (first === undefined) {
      const [lost] = fallen;
      if (lost === undefined) return { outcome: 'pass', measured: 0, bound: 0, numbers };
      // A long step may leave a true minimum too: curvature says more, where f is smooth.
      const fall = lost.fall.toExponential(2);
      const detail = `a descent from "${lost.start}", called a local minimum, ends lower by ${fall}`;
      return { outcome: 'inconclusive', measured: fallen.length, bound: 0, numbers, detail };
    }
    // Only a start that is at the value is no saddle for certain; others may be beyond double precision.
    if (!stayed.some((x) => x.escapes === 0 && x.landing === 'at the value')) {
      const detail = `a start on "${first.start}" ended ${first.landing} after ${first.escapes} escapes`;
      return { outcome: 'inconclusive', measured: stayed.length, bound: 0, numbers, detail };
    }
    return {
      outcome: 'fail',
      measured: stayed.length,
      bound: 0,
      numbers,
      violation: {
        kind: 'wrong-form',
        margin: `gap ${first.gap.toExponential(2)} after ${first.escapes} escapes`,
        what: `a start on "${first.start}" ends ${first.landing}, not at the value`,
      },
    };
  },
};
