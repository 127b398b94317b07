/** What a worker does with one instance: every measured check, and a summary of its descents. */
import { findTargets } from '../theorem/registry.js';
import type { Theorem } from '../theorem/contract.js';
import type { DrawnInstance } from '../theorem/draw.js';
import { MEASURED_CHECKS } from './checks.js';
import type { DescentRecord } from './descents.js';
import { descentsOf, plantedOf } from './measured/descent.js';
import type { InstanceMeasurements, Measurement } from './measured/context.js';
import { createSetting } from './setting.js';
import { type DescentPlace, placeOf } from './vacuity/place.js';

/** One instance to measure; plain data. */
export interface MeasureTask {
  /** `tirer-bruna-2022/3.1@current`. */
  readonly target: string;
  readonly drawn: DrawnInstance;
  readonly seed: number;
  readonly checks: readonly string[];
  /** The number of independent descents, where it is not left to the size. */
  readonly starts?: number;
  /** Whether measurements keep the figures behind them. */
  readonly numbers?: boolean;
}

export type DescentSummary = Pick<
  DescentRecord,
  'start' | 'planted' | 'landing' | 'reason' | 'escapes' | 'againstPrice'
>;

export interface MeasureResult {
  readonly measurements: InstanceMeasurements;
  readonly descents: readonly DescentSummary[];
  /** Of two layers with a ReLU, where descents were run. */
  readonly place?: DescentPlace;
}

const DESCENT_CHECKS = new Set(['descent-value', 'descent-form', 'planted-saddles']);

const withoutNumbers = ({ numbers: _, ...measurement }: Measurement): Measurement => measurement;

/**
 * Where the construction does not exist, what is claimed may still hold of other points (a simplex ETF needs no d ≥ K),
 * so nobody is accused; but nothing is upheld either.
 */
const emptyForm = (why: string): Measurement => ({
  outcome: 'inconclusive',
  measured: 0,
  bound: 0,
  detail: `the construction does not exist here, though the hypotheses hold: ${why}`,
});

export const measureInstance = (registry: ReadonlyMap<string, Theorem>, task: MeasureTask): MeasureResult => {
  const [target] = findTargets(registry, [task.target], 'current');
  if (target === undefined) return { measurements: {}, descents: [] };
  const setting = createSetting(target.revision, task.drawn.instance, task.seed, task.starts);
  const wanted = MEASURED_CHECKS.filter((check) => task.checks.includes(check.id));
  if (setting.emptyForm !== undefined) {
    const measurement = emptyForm(setting.emptyForm);
    return { measurements: Object.fromEntries(wanted.map((check) => [check.id, measurement])), descents: [] };
  }
  const kept = task.numbers === true ? (x: Measurement): Measurement => x : withoutNumbers;
  const measurements = Object.fromEntries(wanted.map((check) => [check.id, kept(check.measure(setting, task.drawn))]));
  const ran = wanted.some((check) => DESCENT_CHECKS.has(check.id));
  const descents = ran ? [...descentsOf(setting), ...plantedOf(setting)] : [];
  const place = placeOf(setting, descents);
  return {
    measurements,
    descents: descents.map(({ start, planted, landing, reason, escapes, againstPrice }) => ({
      start,
      planted,
      landing,
      reason,
      escapes,
      ...(againstPrice === undefined ? {} : { againstPrice }),
    })),
    ...(place === undefined ? {} : { place }),
  };
};
