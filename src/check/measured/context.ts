/** Checks that measure instances: a worker measures, the parent judges what all workers measured. */
import type { RunIdentity } from '../command.js';
import { instanceCommand, runCommand } from '../command.js';
import type { Finding, Method, Outcome, Violation, ViolationKind } from '../evidence.js';
import type { ChainMeasurement } from '../chain/search.js';
import type { Setting } from '../setting.js';
import type { Revision } from '../../theorem/contract.js';
import type { InstanceRanges } from '../../theorem/genome.js';
import type { DrawnInstance } from '../../theorem/draw.js';
import type { Instance } from '../../theorem/instance.js';

/** A stated spectrum that no algebra holds, at one instance. */
export interface DenseComparison {
  /** The case or family. */
  readonly part: string;
  readonly K: number;
  readonly unknowns: number;
  /** False where it is too large to be compared. */
  readonly compared: boolean;
}

/** What one check measured at one instance; plain data, since it crosses threads. */
export interface Measurement {
  /** Nothing to measure here (say, no rational construction). */
  readonly skipped?: boolean;
  /** Skipped though there was something to measure: a check that nowhere did so is open. */
  readonly untested?: boolean;
  readonly outcome: Outcome;
  readonly measured: number;
  readonly bound: number;
  readonly detail?: string;
  /** The figures behind it, for who asks about this check alone (`MeasureTask.numbers`). */
  readonly numbers?: readonly string[];
  readonly violation?: { readonly kind: ViolationKind; readonly margin: string; readonly what: string };
  /** Of the check of spectra: what was compared eigenvalue by eigenvalue alone, since no directions are stated. */
  readonly dense?: readonly DenseComparison[];
  /** Of the check of chains: every link. */
  readonly chain?: ChainMeasurement;
}

/** The run that measurements belong to, for checks that judge them in their own way. */
export interface JudgeContext {
  readonly revision: Revision;
  readonly ranges: InstanceRanges;
  readonly seed: number;
  readonly identity: RunIdentity;
}

/** A figure against its bound: a pass within it, otherwise the violation. Written so that NaN is beyond. */
export const withinBound = (
  measured: number,
  bound: number,
  violation: () => NonNullable<Measurement['violation']>,
): Measurement =>
  measured <= bound
    ? { outcome: 'pass', measured, bound }
    : { outcome: 'fail', measured, bound, violation: violation() };

export interface MeasuredCheck {
  readonly id: string;
  readonly title: string;
  readonly method: Method;
  readonly statement: string;
  measure(setting: Setting, drawn: Pick<DrawnInstance, 'rational'>): Measurement;
  /** How far what passes reaches, where it is less than all sizes and nothing else says so. */
  reach?(measured: readonly Measurement[]): string | undefined;
  /** In place of `judge`: findings about something else than the statement. */
  judge?(measured: readonly Judged[], context: JudgeContext): Finding[];
}

/** Measurement of one instance by several checks, keyed by check id. */
export type InstanceMeasurements = Readonly<Record<string, Measurement>>;

export interface Judged {
  readonly drawn: DrawnInstance;
  readonly measurement: Measurement;
}

/** How close a measurement came to its bound: above 1 is beyond. */
const closeness = ({ measured, bound }: Measurement): number =>
  bound > 0 ? measured / bound : measured > 0 ? Infinity : 0;

/** One finding from all measurements of a check: the worst figure, and the first violation at its shrunk instance. */
export const judge = (
  check: MeasuredCheck,
  measured: readonly Judged[],
  identity: RunIdentity,
  shrink: (drawn: DrawnInstance) => Instance,
): Finding | undefined => {
  const seen = measured.filter((x) => x.measurement.skipped !== true);
  if (seen.length === 0) {
    const untested = measured.find((x) => x.measurement.untested === true);
    if (untested === undefined) return undefined;
    return {
      check: check.id,
      method: check.method,
      scope: { instances: 0 },
      statement: check.statement,
      outcome: 'inconclusive',
      ...(untested.measurement.detail === undefined ? {} : { detail: untested.measurement.detail }),
      reproduce: instanceCommand(identity, untested.drawn.instance),
    };
  }
  const failed = seen.find((x) => x.measurement.outcome === 'fail');
  const open = seen.filter((x) => x.measurement.outcome === 'inconclusive');
  const skipped = measured.filter((x) => x.measurement.skipped === true && x.measurement.detail !== undefined);
  const worst = seen.reduce((a, b) => (closeness(b.measurement) > closeness(a.measurement) ? b : a));
  const shown = failed ?? open[0] ?? worst;
  const left = skipped.length === 0 ? '' : `left out at ${skipped.length}: ${skipped[0]?.measurement.detail ?? ''}`;
  const detail = [shown.measurement.detail ?? '', left].filter((x) => x !== '').join('; ');
  const base = {
    check: check.id,
    method: check.method,
    scope: { instances: seen.length },
    statement: check.statement,
    measured: shown.measurement.measured,
    bound: shown.measurement.bound,
    ...(detail === '' ? {} : { detail }),
  };
  if (failed === undefined) {
    const reach = check.reach?.(seen.map((x) => x.measurement));
    return {
      ...base,
      ...(reach === undefined ? {} : { reach }),
      outcome: open.length > 0 ? 'inconclusive' : 'pass',
      reproduce: open[0] === undefined ? runCommand(identity) : instanceCommand(identity, open[0].drawn.instance),
    };
  }
  const first = failed.drawn.instance;
  const instance = shrink(failed.drawn);
  const reproduce = instanceCommand(identity, instance);
  const { kind, margin, what } = failed.measurement.violation ?? {
    kind: 'wrong-form' as const,
    margin: '',
    what: check.statement,
  };
  const violation: Violation = {
    kind,
    margin,
    what,
    instance,
    reproduce,
    ...(instance === first ? {} : { shrunkFrom: first }),
  };
  return { ...base, outcome: 'fail', violation, reproduce };
};
