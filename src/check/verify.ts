/** A whole verification: claims, instances, judgement. */
import { UsageError } from '../errors.js';
import type { Theorem } from '../theorem/contract.js';
import { fullId } from '../theorem/contract.js';
import { type Coverage, type HypothesisCounts, drawInstances } from '../theorem/draw.js';
import type { InstanceRanges } from '../theorem/genome.js';
import type { Instance } from '../theorem/instance.js';
import { type Target, targetName } from '../theorem/registry.js';
import { CLAIM_CHECKS, MEASURED_CHECKS, NECESSITY } from './checks.js';
import type { ClaimCheck, ClaimContext } from './claim/context.js';
import type { RunIdentity } from './command.js';
import { type Extent, extentOf } from './extent.js';
import { type Evidence, type Finding, type Violation, mintEvidence } from './evidence.js';
import type { Judged } from './measured/context.js';
import { findingsOfMeasured } from './measured/findings.js';
import { type DescentSummary, type MeasureResult, type MeasureTask, measureInstance } from './measure.js';
import { type NecessityMeasurement, type NecessityTask, measureNecessity } from './necessity/measure.js';
import type { NecessityResult } from './necessity/result.js';
import { examineNecessity } from './necessity/run.js';
import type { Pool } from './pool.js';
import { secondOpinions, type SecondOpinion } from './second-opinion.js';
import { type VacuityCell, type VacuityTask, measureVacuity } from './vacuity/cell.js';
import { type DescentMap, descentMap } from './vacuity/place.js';
import { type Judgement, citedBy, judgeRevision } from './verdict.js';

export interface VerifyOptions {
  readonly ranges: InstanceRanges;
  readonly trials: number;
  readonly seed: number;
  /** Only these checks; all by default. */
  readonly only?: readonly string[];
  /** Independent descents of each instance; as many as its size allows by default. */
  readonly starts?: number;
  /** Calls of a check while a failing instance is shrunk: 60 by default; with 0 it is shown as it was drawn. */
  readonly shrinkBudget?: number;
  /** Asked for a certificate, made elsewhere, where the evidence contradicts the statement or does not prove it. */
  readonly certify?: Certify;
  /** Where a target's module lies, if it is the user's own. */
  readonly modulePath?: (theorem: Theorem) => string | undefined;
  /** The words with which the user chose the instances, for commands that repeat the run. */
  readonly asked?: readonly string[];
  /** Asked between instances: a time limit, Ctrl-C. */
  readonly shouldStop?: () => boolean;
  /** Gives up the instances in flight too: a time limit. */
  readonly abort?: AbortSignal;
  readonly onProgress?: (state: { readonly target: string; readonly done: number; readonly total: number }) => void;
}

/**
 * What comes of looking for a certificate: evidence from one (`certifiedEvidence`), or what is missing without it. The
 * violations are those found so far; without any it is a short look.
 */
export type Certify = (
  violations: readonly Violation[],
) => Promise<{ readonly evidence: Evidence } | { readonly missing: string } | undefined>;

/** Start kind × where its runs ended. */
export type LandingTable = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface RevisionResult {
  readonly target: Target;
  readonly judgement: Judgement;
  /** Textbook facts that a verdict `proved` rests on: cited, not shown. */
  readonly modulo: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly secondOpinions: readonly SecondOpinion[];
  readonly coverage: readonly Coverage[];
  /** How many of the instances that were drawn met the hypotheses. */
  readonly hypotheses: HypothesisCounts;
  /** What each hypothesis is needed for, and what is true beyond them; undefined where that was not asked. */
  readonly necessity: NecessityResult | undefined;
  readonly trials: number;
  readonly instances: number;
  readonly largest: Instance | undefined;
  /** Checks that had something to look at, and could do so at no instance. */
  readonly notTried: readonly { readonly check: string; readonly reason: string }[];
  /** The sizes and λ's of the instances that were measured; undefined where none was. */
  readonly extent: Extent | undefined;
  readonly landing: LandingTable;
  /** Where descents ended by K and μ′; of two layers with a ReLU. */
  readonly map: DescentMap | undefined;
  readonly descents: { readonly independent: number; readonly planted: number; readonly plantedLeft: number };
  readonly interrupted: boolean;
  /** The checks that were picked, where not all were to run. */
  readonly only?: readonly string[];
}

/** What a check finds in the claims; an error that a statement causes names the theorem. */
const findingsOf = async (check: ClaimCheck, context: ClaimContext): Promise<Finding[]> => {
  try {
    return await check.run(context);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${context.identity.target}: ${error.message}`, error.hint);
  }
};

const landingTable = (descents: readonly DescentSummary[]): LandingTable => {
  const table: Record<string, Record<string, number>> = {};
  for (const { start, landing, planted } of descents) {
    const row = (table[planted ? start.replace(/, r = .*/, '') : start] ??= {});
    row[landing] = (row[landing] ?? 0) + 1;
  }
  return table;
};

const unknowns = ({ K, n, d }: Instance): number => d * K * n + K * d;

/** Verifies one revision on a pool of workers (see `measureInstance` for what they do). */
export const verifyRevision = async (target: Target, pool: Pool, options: VerifyOptions): Promise<RevisionResult> => {
  const { theorem, revision } = target;
  const { ranges, trials, seed } = options;
  const modulePath = options.modulePath?.(theorem);
  const identity: RunIdentity = {
    target: targetName(target),
    seed,
    ...(modulePath === undefined ? {} : { modulePath }),
    ...(options.asked === undefined ? {} : { asked: options.asked }),
  };
  const wanted = (id: string): boolean => options.only === undefined || options.only.includes(id);

  const evidence: Evidence[] = [];
  for (const check of CLAIM_CHECKS.filter((x) => wanted(x.id))) {
    const findings = await findingsOf(check, { revision, identity });
    evidence.push(...findings.map(mintEvidence));
  }
  const opinions = wanted('identity') && wanted('symbolic-stationarity') ? secondOpinions(revision) : [];

  const measured = MEASURED_CHECKS.filter((x) => wanted(x.id));
  const sample = drawInstances(revision, ranges, trials, seed);
  const name = `${fullId(theorem)}@${revision.id}`;
  const tasks = sample.instances.map((drawn): MeasureTask => ({
    target: name,
    drawn,
    seed,
    checks: measured.map((x) => x.id),
    ...(options.starts === undefined ? {} : { starts: options.starts }),
  }));
  const results: MeasureResult[] = [];
  const { stopped } = await pool.run<MeasureTask, MeasureResult>(measured.length === 0 ? [] : tasks, {
    onResult: (_, result) => {
      results.push(result);
      options.onProgress?.({ target: identity.target, done: results.length, total: tasks.length });
    },
    ...(options.shouldStop === undefined ? {} : { shouldStop: options.shouldStop }),
    ...(options.abort === undefined ? {} : { abort: options.abort }),
  });

  const done = sample.instances.slice(0, results.length);
  const notTried: { readonly check: string; readonly reason: string }[] = [];
  for (const check of measured) {
    const judged = done.flatMap((drawn, index): Judged[] => {
      const measurement = results[index]?.measurements[check.id];
      return measurement === undefined ? [] : [{ drawn, measurement }];
    });
    const { findings, notTried: reason } = findingsOfMeasured(check, judged, {
      revision,
      ranges,
      seed,
      identity,
      ...(options.starts === undefined ? {} : { starts: options.starts }),
      ...(options.shrinkBudget === undefined ? {} : { shrinkBudget: options.shrinkBudget }),
      ...(options.abort === undefined ? {} : { abort: options.abort }),
    });
    evidence.push(...findings.map(mintEvidence));
    if (reason !== undefined) notTried.push({ check: check.id, reason });
  }

  const uncovered =
    measured.length === 0 || stopped
      ? []
      : sample.coverage.filter((x) => x.reachable && x.instances === 0).map((x) => `${x.caseId}: ${x.stratum}`);
  const descents = results.flatMap((x) => x.descents);
  const map = descentMap(
    revision,
    results.flatMap((x) => (x.place === undefined ? [] : [x.place])),
  );
  // Also where only some checks run, and those of the proof are not among them.
  const excused = options.only !== undefined && map?.hypothesis !== undefined && map.unproved === undefined;
  const run = {
    instances: sample.instances.length,
    uncovered,
    interrupted: stopped,
    unasked: options.only?.every((id) => id === NECESSITY) === true,
    priced: excused ? 0 : descents.filter((x) => x.landing === 'priced').length,
    againstPrice: descents.filter((x) => x.landing === 'priced' && x.againstPrice === true).length,
    ...(options.only === undefined ? {} : { only: options.only }),
  };
  const contradicting = (): readonly Evidence[] =>
    evidence.filter((x) => x.outcome === 'fail' && x.aboutProof !== true);
  const unproved = options.only === undefined && judgeRevision(revision, evidence, run).verdict !== 'proved';
  const certified =
    (contradicting().length > 0 || unproved) && !stopped
      ? await options.certify?.(contradicting().flatMap((x) => (x.violation === undefined ? [] : [x.violation])))
      : undefined;
  if (certified !== undefined && 'evidence' in certified) evidence.push(certified.evidence);

  // Of a theorem that is false under its hypotheses nobody asks whether they are needed.
  const accused = contradicting().length > 0;
  const asked = wanted(NECESSITY) && revision.hypotheses.length > 0 && !accused && !stopped;
  const examined = asked
    ? await examineNecessity(revision, pool, {
        target: name,
        identity,
        ranges,
        trials,
        seed,
        ...(options.shouldStop === undefined ? {} : { shouldStop: options.shouldStop }),
        onProgress: (count, total) => options.onProgress?.({ target: identity.target, done: count, total }),
      })
    : undefined;

  const planted = descents.filter((x) => x.planted);
  const largest = [...done].sort((a, b) => unknowns(b.instance) - unknowns(a.instance))[0]?.instance;
  const judgement = judgeRevision(revision, evidence, {
    ...run,
    ...(certified !== undefined && 'missing' in certified ? { uncertified: certified.missing } : {}),
  });
  return {
    target,
    judgement,
    modulo: judgement.verdict === 'proved' ? citedBy(evidence) : [],
    evidence,
    secondOpinions: opinions,
    coverage: sample.coverage,
    hypotheses: sample.hypotheses,
    necessity: examined === undefined ? undefined : { hypotheses: examined.hypotheses, outside: examined.outside },
    trials,
    instances: done.length,
    largest,
    notTried,
    extent: extentOf(done.map((x) => x.instance)),
    landing: landingTable(descents),
    map,
    descents: {
      independent: descents.length - planted.length,
      planted: planted.length,
      plantedLeft: planted.filter((x) => x.escapes > 0).length,
    },
    interrupted: stopped || examined?.stopped === true,
    ...(options.only === undefined ? {} : { only: options.only }),
  };
};

/** What a worker is asked: to measure an instance of a theorem, one outside its hypotheses, or a cell of a table. */
export type WorkerTask = MeasureTask | NecessityTask | VacuityTask;

/** What it answers. */
export type WorkerResult = MeasureResult | NecessityMeasurement | VacuityCell;

/** What a worker serves. */
export const measureHandler =
  (registry: ReadonlyMap<string, Theorem>) =>
  (task: WorkerTask): WorkerResult => {
    if (!('kind' in task)) return measureInstance(registry, task);
    return task.kind === 'vacuity' ? measureVacuity(registry, task) : measureNecessity(registry, task);
  };
