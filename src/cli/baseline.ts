/** `verify --baseline FILE` and `--update-baseline`: results beside those that were recorded in a lock file. */
import { z } from 'zod';
import { UsageError } from '../errors.js';
import {
  type BaselineComparison,
  type BaselineRecord,
  type BaselineRun,
  differencesOf,
  lemmaRecord,
  lemmaRecordName,
  recordName,
  revisionRecord,
} from '../report/baseline.js';
import type { Report } from '../report/reporters.js';
import { readLock, requireWritableLock, writeLockPart } from './lock.js';

/** The part of the lock file that belongs to `verify`. */
const PART = 'verdicts';

const facts = z.record(z.string(), z.string());
const records = z.record(
  z.string(),
  z.strictObject({
    version: z.string(),
    run: z.string(),
    // Records of before there was this part have all ranges in `run`, and no run of now has the same.
    ranges: facts.default({}),
    module: z.string().optional(),
    fingerprint: z.string(),
    verdict: z.string(),
    proof: z.string(),
    statement: facts,
    checks: facts,
    steps: facts,
    necessity: facts,
    coverage: facts,
    figures: facts,
  }),
);

export interface Baseline {
  readonly file: string;
  readonly update: boolean;
  readonly recorded: Readonly<Record<string, BaselineRecord>>;
}

const recordsIn = (file: string): Readonly<Record<string, BaselineRecord>> | undefined => {
  const part = readLock(file)?.[PART];
  if (part === undefined) return undefined;
  const parsed = records.safeParse(part);
  if (parsed.success) return parsed.data as Readonly<Record<string, BaselineRecord>>;
  const [issue] = parsed.error.issues;
  const where = [PART, ...(issue?.path.map(String) ?? [])].join('.');
  throw new UsageError(`${file} is no baseline: ${where}: ${issue?.message ?? ''}`, 'Record it again.');
};

/**
 * Opened before the run. `runs` says for each claim how it is going to be examined.
 *
 * @throws UsageError where there is nothing to compare with, or what was recorded comes from another version or from
 *   other options
 */
export const openBaseline = (
  file: string,
  update: boolean,
  version: string,
  runs: ReadonlyMap<string, BaselineRun>,
): Baseline => {
  if (update) requireWritableLock(file);
  const recorded = recordsIn(file);
  if (update) return { file, update, recorded: recorded ?? {} };
  if (recorded === undefined) {
    throw new UsageError(`there is no baseline in ${file}`, 'Record one with --update-baseline.');
  }
  for (const [claim, { run }] of runs) {
    const known = recorded[claim];
    if (known !== undefined && known.version !== version) {
      const from = `${claim} in ${file} was recorded by ufm-check ${known.version}`;
      throw new UsageError(`${from}, and this is ${version}`, 'Record it again with --update-baseline.');
    }
    if (known !== undefined && known.run !== run) {
      const from = `${claim} in ${file} was recorded with ${known.run}`;
      throw new UsageError(`${from}, and this run has ${run}`, 'Give the same options, or record again.');
    }
  }
  return { file, update, recorded };
};

/** What a run was asked for, beside what it has found. */
export interface Asked {
  readonly runs: ReadonlyMap<string, BaselineRun>;
  /** Everything that its modules hold was examined, or without modules everything that is shipped. */
  readonly whole: boolean;
  /** The names of all claims there are, of shipped ones and of the user's own. */
  readonly known: ReadonlySet<string>;
  /** The file of the user's own that a claim is from. */
  readonly moduleOf: (claim: string) => string | undefined;
  /** The files that were loaded. */
  readonly modules: readonly string[];
}

/** The records of a run, by claim. */
const recordsOf = (
  { header, results, lemmas }: Report,
  { runs, moduleOf }: Asked,
): Readonly<Record<string, BaselineRecord>> => {
  const from = (name: string): { readonly module?: string } => {
    const module = moduleOf(name);
    return module === undefined ? {} : { module };
  };
  const { version } = header;
  const runOf = (name: string): BaselineRun => runs.get(name) ?? { run: '', ranges: {} };
  return Object.fromEntries([
    ...results.map((x): [string, BaselineRecord] => {
      const name = recordName(x.target);
      return [name, { ...revisionRecord(x, version, runOf(name)), ...from(name) }];
    }),
    ...lemmas.map((x): [string, BaselineRecord] => {
      const name = lemmaRecordName(x);
      return [name, { ...lemmaRecord(x, version, runOf(name)), ...from(name) }];
    }),
  ]);
};

/**
 * What has changed since the baseline was recorded. Gone is what is recorded of the modules of this run (of what is
 * shipped, if it has none) and is no longer in them; of other modules the run says nothing. An update replaces the
 * records of what was examined, removes those that are gone and keeps all others, unless the run was interrupted.
 */
export const settleBaseline = (
  { file, update, recorded }: Baseline,
  report: Report,
  asked: Asked,
): BaselineComparison => {
  const found = recordsOf(report, asked);
  const changed = Object.entries(found).flatMap(([claim, record]) => {
    const before = recorded[claim];
    return before === undefined
      ? [{ claim, what: 'not in the baseline', before: 'nothing', after: record.verdict }]
      : differencesOf(claim, before, record);
  });
  const { whole, known, modules, runs } = asked;
  const isOfThisRun = ({ module }: BaselineRecord): boolean =>
    module === undefined ? modules.length === 0 : modules.includes(module);
  const gone = Object.entries(recorded).filter(([claim, x]) => whole && !known.has(claim) && isOfThisRun(x));
  const { interrupted } = report.header;
  if (update && !interrupted) {
    const kept = Object.entries(recorded).filter(([claim]) => gone.every(([name]) => name !== claim));
    writeLockPart(file, PART, { ...Object.fromEntries(kept), ...found });
  }
  const missing = gone.map(([claim, { verdict }]) => ({ claim, what: 'gone', before: verdict, after: 'nothing' }));
  const unexamined = Object.keys(recorded).filter(
    (claim) => found[claim] === undefined && !runs.has(claim) && gone.every(([name]) => name !== claim),
  );
  return {
    file,
    updated: update && !interrupted,
    ...(update && interrupted ? { notRecorded: true } : {}),
    differences: [...changed, ...missing],
    unexamined,
  };
};
