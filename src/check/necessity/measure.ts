/**
 * What a worker finds at an instance outside the hypotheses: whether the theorem still holds there, and whether the
 * claims about the outside do. Nothing is assumed of the claimed form, which may be empty.
 */
import { UsageError } from '../../errors.js';
import { ExactError } from '../../exact/error.js';
import type { OutsideClaim, Theorem } from '../../theorem/contract.js';
import { numericInterpreter } from '../../theorem/evaluate-numeric.js';
import { type Instance, holdsAt } from '../../theorem/instance.js';
import { findTargets } from '../../theorem/registry.js';
import { AT_VALUE, type DescentRecord, runDescents } from '../descents.js';
import { stationarityAt, valueAt } from '../measured/claim-point.js';
import { type Setting, createSetting } from '../setting.js';
import { impossibleConclusion } from './empty-form.js';

/** One instance to look at; plain data. */
export interface NecessityTask {
  readonly kind: 'necessity';
  /** `tirer-bruna-2022/3.1@current`. */
  readonly target: string;
  readonly instance: Instance;
  readonly seed: number;
}

/** How the theorem fails outside its hypotheses. */
export type OutsideViolation = 'empty-form' | 'beaten' | 'wrong-form';

/** A figure beside its bound. */
export interface Figure {
  readonly measured: number;
  readonly bound: number;
}

export interface OutsideMeasurement {
  readonly id: string;
  /** No point of the claimed form exists. */
  readonly empty: boolean;
  readonly stationarity: Figure;
  readonly value: Figure;
  /** How far the lowest descent is below the claimed value. */
  readonly below: Figure;
  readonly runs: number;
  readonly landed: number;
}

export interface NecessityMeasurement {
  readonly outcome: 'holds' | 'violated' | 'open';
  readonly violation?: { readonly kind: OutsideViolation; readonly what: string; readonly margin: string };
  readonly detail?: string;
  readonly claimed?: number;
  /** The least value of all descents. */
  readonly lowest?: number;
  readonly runs: number;
  readonly outside: readonly OutsideMeasurement[];
}

/** Descents of one instance: two of each kind of start that needs no claim. */
const STARTS = 14;
/** Share of them that may end without converging before the instance says nothing. */
const UNCONVERGED = 1 / 8;
/** The best run must come this close to the claimed value, in rounding errors of f, before the value is called kept. */
const REACHED = 4;

const UNIT_ROUNDOFF = 2 ** -53;

const lowestOf = (runs: readonly DescentRecord[]): DescentRecord => runs.reduce((a, b) => (b.value < a.value ? b : a));

type Theoretical = Omit<NecessityMeasurement, 'outside'>;

const measureTheorem = (setting: Setting, runs: readonly DescentRecord[]): Theoretical => {
  const lowest = lowestOf(runs);
  const base = { claimed: setting.claimedValue, lowest: lowest.value, runs: runs.length };
  const violated = (kind: OutsideViolation, what: string, margin: string): Theoretical => ({
    ...base,
    outcome: 'violated',
    violation: { kind, what, margin },
  });
  const impossible = impossibleConclusion(setting);
  if (impossible !== undefined) {
    const { conclusion, statement, needed, most } = impossible;
    const margin = `one side has rank ${needed}, the other at most ${most}`;
    return violated('empty-form', `no point satisfies ${conclusion}, ${statement}`, margin);
  }
  if (lowest.landing === 'below') {
    return violated('beaten', 'a descent ends below the claimed minimum', `f − f* = ${lowest.gap.toExponential(3)}`);
  }
  const reached = runs.filter((x) => x.landing === 'at the value');
  const broken = reached.flatMap((x) => x.residuals).find((x) => !(x.measured <= x.bound));
  if (broken !== undefined) {
    const { conclusion, measured, bound } = broken;
    const margin = `off by ${measured.toExponential(3)}, tolerance ${bound.toExponential(1)}`;
    return violated('wrong-form', `a descent reaches the claimed value and breaks ${conclusion}`, margin);
  }
  if (!(lowest.gap <= REACHED * lowest.allowance)) {
    const detail = `the least of ${runs.length} descents stays above the claimed value, which decides nothing`;
    return { ...base, outcome: 'open', detail };
  }
  const lost = runs.filter((x) => x.landing === 'unconverged').length;
  if (lost > UNCONVERGED * runs.length) {
    return { ...base, outcome: 'open', detail: `${lost} of ${runs.length} descents did not converge` };
  }
  return { ...base, outcome: 'holds' };
};

const measureOutside = (
  setting: Setting,
  claim: OutsideClaim,
  runs: readonly DescentRecord[],
): OutsideMeasurement => {
  const nothing: Figure = { measured: 0, bound: 0 };
  const point = setting.outsidePoint(claim, 0);
  const { model, zero, instance } = setting;
  const value = numericInterpreter(instance, new Map()).scalar(claim.value);
  const gap = (x: DescentRecord): number => x.value - value;
  const room = (x: DescentRecord): number => x.allowance + 2 * UNIT_ROUNDOFF * Math.abs(value);
  const scale = Math.max(model.value(zero), Math.abs(value));
  const lowest = lowestOf(runs);
  return {
    id: claim.id,
    empty: point === undefined,
    stationarity: point === undefined ? nothing : stationarityAt(setting, point),
    value: point === undefined ? nothing : valueAt(setting, point, value),
    below: { measured: Math.max(0, -gap(lowest)), bound: room(lowest) },
    runs: runs.length,
    landed: runs.filter((x) => Math.abs(gap(x)) <= AT_VALUE * scale).length,
  };
};

const OPEN: NecessityMeasurement = { outcome: 'open', runs: 0, outside: [] };

export const measureNecessity = (registry: ReadonlyMap<string, Theorem>, task: NecessityTask): NecessityMeasurement => {
  const [target] = findTargets(registry, [task.target], 'current');
  if (target === undefined) return OPEN;
  const { revision } = target;
  try {
    const setting = createSetting(revision, task.instance, task.seed);
    const runs = runDescents(setting, STARTS);
    const claims = (revision.outside ?? []).filter((x) => holdsAt(x.when, task.instance));
    return { ...measureTheorem(setting, runs), outside: claims.map((x) => measureOutside(setting, x, runs)) };
  } catch (error) {
    // A formula without a value here (it divides by K − 1, say): outside its hypotheses a theorem may do so.
    if (error instanceof UsageError || error instanceof ExactError) return { ...OPEN, detail: error.message };
    throw error;
  }
};
