/** From what one check measured at all instances to its lines in a report. */
import type { DrawnInstance } from '../../theorem/draw.js';
import type { Instance } from '../../theorem/instance.js';
import { shrinkInstance } from '../../theorem/shrink.js';
import type { Finding } from '../evidence.js';
import { createSetting } from '../setting.js';
import { type Judged, type JudgeContext, type MeasuredCheck, judge } from './context.js';

/** Calls of a check while an instance is shrunk. */
const SHRINK_BUDGET = 60;

export interface FindingsContext extends JudgeContext {
  /** Independent descents of each instance, where it is not left to the size. */
  readonly starts?: number;
  readonly shrinkBudget?: number;
  readonly abort?: AbortSignal;
}

export interface MeasuredFindings {
  readonly findings: readonly Finding[];
  /** Why a check that had something to look at could do so at no instance. */
  readonly notTried?: string;
}

/** What a report says of a check. */
export const findingsOfMeasured = (
  check: MeasuredCheck,
  judged: readonly Judged[],
  { starts, shrinkBudget = SHRINK_BUDGET, abort, ...context }: FindingsContext,
): MeasuredFindings => {
  const { revision, ranges, seed, identity } = context;
  if (check.judge !== undefined) return { findings: check.judge(judged, context) };
  const stillFails = (candidate: Instance, drawn: DrawnInstance): boolean => {
    if (abort?.aborted === true) return false;
    const setting = createSetting(revision, candidate, seed, starts);
    return setting.emptyForm === undefined && check.measure(setting, drawn).outcome === 'fail';
  };
  const shrink = (drawn: DrawnInstance): Instance =>
    shrinkInstance(revision, ranges, drawn, (candidate) => stillFails(candidate, drawn), shrinkBudget);
  const finding = judge(check, judged, identity, shrink);
  if (finding !== undefined) return { findings: [finding] };
  const why = judged.find((x) => x.measurement.skipped === true && x.measurement.detail !== undefined);
  return { findings: [], ...(why?.measurement.detail === undefined ? {} : { notTried: why.measurement.detail }) };
};
