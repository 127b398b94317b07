/** What a worker does with one instance: every measured check, and a summary of its descents. */
import { findTargets } from '../theorem/registry.js';
import type { Theorem } from '../theorem/contract.js';
import type { DrawnInstance } from '../theorem/draw.js';
import { MEASURED_CHECKS } from './checks.js';
import type { DescentRecord } from './descents.js';
import { descentsOf, plantedOf } from './measured/descent.js';
import type { InstanceMeasurements, Measurement } from './measured/context.js';
import { createSetting } from './setting.js';

/** One instance to measure; plain data. */
export interface MeasureTask {
  /** `tirer-bruna-2022/3.1@current`. */
  readonly target: string;
  readonly drawn: DrawnInstance;
  readonly seed: number;
  readonly checks: readonly string[];
}

export type DescentSummary = Pick<DescentRecord, 'start' | 'planted' | 'landing' | 'reason' | 'escapes'>;

export interface MeasureResult {
  readonly measurements: InstanceMeasurements;
  readonly descents: readonly DescentSummary[];
}

const DESCENT_CHECKS = new Set(['descent-value', 'descent-form', 'planted-saddles']);

/** A theorem whose form has no point at an instance of its hypotheses is false there. */
const emptyForm = (why: string): Measurement => ({
  outcome: 'fail',
  measured: 1,
  bound: 0,
  violation: { kind: 'wrong-form', margin: 'no such point', what: `the claimed form is empty: ${why}` },
});

export const measureInstance = (registry: ReadonlyMap<string, Theorem>, task: MeasureTask): MeasureResult => {
  const [target] = findTargets(registry, [task.target], 'current');
  if (target === undefined) return { measurements: {}, descents: [] };
  const setting = createSetting(target.revision, task.drawn.instance, task.seed);
  const wanted = MEASURED_CHECKS.filter((check) => task.checks.includes(check.id));
  if (setting.emptyForm !== undefined) {
    const measurement = emptyForm(setting.emptyForm);
    return { measurements: Object.fromEntries(wanted.map((check) => [check.id, measurement])), descents: [] };
  }
  const measurements = Object.fromEntries(wanted.map((check) => [check.id, check.measure(setting, task.drawn)]));
  const ran = wanted.some((check) => DESCENT_CHECKS.has(check.id));
  const descents = ran ? [...descentsOf(setting), ...plantedOf(setting)] : [];
  return {
    measurements,
    descents: descents.map(({ start, planted, landing, reason, escapes }) => ({
      start,
      planted,
      landing,
      reason,
      escapes,
    })),
  };
};
