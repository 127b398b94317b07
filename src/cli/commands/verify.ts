/** `ufm-check verify`. */
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { CHECK_IDS, NECESSITY } from '../../check/checks.js';
import { type Illustration, illustrate } from '../../check/illustrate.js';
import { type LemmaResult, verifyLemma } from '../../check/lemma/verify.js';
import type { Pool } from '../../check/pool.js';
import { type RevisionResult, verifyRevision } from '../../check/verify.js';
import { UsageError } from '../../errors.js';
import { type BaselineRun, recordName } from '../../report/baseline.js';
import { lemmaAsExpected } from '../../report/lemma.js';
import type { Report } from '../../report/reporters.js';
import { asExpected } from '../../report/terminal.js';
import { createTranscript } from '../../report/transcript.js';
import { fullId } from '../../theorem/contract.js';
import type { InstanceRanges } from '../../theorem/genome.js';
import { type Lemma, fullLemmaId } from '../../theorem/lemma/contract.js';
import type { LemmaRanges } from '../../theorem/lemma/draw.js';
import { findLemma, lemmaName, namesLemma } from '../../theorem/lemma/registry.js';
import { findTargets, targetName, type Target } from '../../theorem/registry.js';
import { type Asked, type Baseline, openBaseline, settleBaseline } from '../baseline.js';
import { DEFAULT_LOCK } from '../defaults.js';
import { EXIT } from '../exit-codes.js';
import { certifier } from '../certifier.js';
import { folderName, prepareFolder, writeLemmaCounterexample } from '../counterexample-files.js';
import { type InstanceOptions, instanceRanges, lemmaRanges } from '../instance-options.js';
import type { Io } from '../io.js';
import { type LoadedTheorems, loadTheorems, naming } from '../modules.js';
import { createProgress } from '../progress.js';
import { instanceWords } from '../options.js';
import { reporterRequests, showsTranscript, writeReports } from '../reporters.js';
import { openPool, workersOf } from '../serve.js';
import { version } from '../version.js';

export interface VerifyArguments extends InstanceOptions {
  readonly theorems: readonly string[];
  readonly revision: string;
  readonly trials: number;
  readonly seed: number;
  readonly workers?: number;
  readonly timeLimit?: number;
  readonly checks?: readonly string[];
  readonly modules: readonly string[];
  readonly json: boolean;
  /** `terminal,json=r.json`, as often as it was given. */
  readonly reporters?: readonly string[];
  /** A lock file to compare with. */
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  /** A folder for the certificates of what is refuted, and the pages about them. */
  readonly out?: string;
  /** The options as they were typed, for the replay command. */
  readonly typed: readonly string[];
}

const exitCode = (
  results: readonly RevisionResult[],
  lemmas: readonly LemmaResult[],
  interrupted: boolean,
  unseen: boolean,
): number => {
  if (interrupted) return EXIT.interrupted;
  const wrong = [...results.filter((x) => !asExpected(x)), ...lemmas.filter((x) => !lemmaAsExpected(x))];
  if (wrong.some((x) => x.judgement.verdict !== 'inconclusive')) return EXIT.different;
  return wrong.length > 0 || unseen ? EXIT.inconclusive : EXIT.asExpected;
};

interface Claims {
  readonly targets: readonly Target[];
  readonly lemmas: readonly Lemma[];
}

/** A revision that was named twice counts once. */
const each = (targets: readonly Target[]): Target[] => [
  ...new Map(targets.map((x) => [`${fullId(x.theorem)}@${x.revision.id}`, x])).values(),
];

/**
 * What the names mean: theorems and lemmas. Without names everything; without names but with a module of the user's,
 * everything in that module.
 */
const claimsOf = (args: VerifyArguments, { registry, lemmas, own, ownLemmas }: LoadedTheorems): Claims => {
  const names = args.theorems.filter((x) => !namesLemma(x));
  const wanted = args.theorems.filter(namesLemma);
  if (args.theorems.length > 0) {
    if (wanted.length > 0 && args.checks !== undefined) {
      throw new UsageError('--checks chooses among the checks of theorems', 'Leave it out for a lemma.');
    }
    return {
      targets: names.length === 0 ? [] : each(findTargets(registry, names, args.revision)),
      lemmas: [...new Set(wanted.map((x) => findLemma(lemmas, x)))],
    };
  }
  const mine = own.length + ownLemmas.length > 0;
  const all = mine ? own.map((x) => `${x.paper.id}/${x.id}`) : [];
  return {
    targets: mine && own.length === 0 ? [] : findTargets(registry, all, args.revision),
    lemmas: args.checks !== undefined ? [] : mine ? ownLemmas : [...lemmas.values()],
  };
};

export const verify = async (args: VerifyArguments, io: Io): Promise<number> => {
  const known = [...CHECK_IDS, NECESSITY];
  const unknown = args.checks?.filter((id) => !known.includes(id)) ?? [];
  if (unknown.length > 0) {
    throw new UsageError(`there is no check "${unknown.join('", "')}"`, `Checks: ${known.join(', ')}.`);
  }
  const requests = reporterRequests(args.reporters ?? [], args.json);
  const started = performance.now();
  const loaded = await loadTheorems(args.modules);
  const { modulePath } = loaded;
  const { targets, lemmas } = claimsOf(args, loaded);
  const outside = args.checks?.every((id) => id === NECESSITY) === true;
  const ranges = new Map<Target, ReturnType<typeof instanceRanges>>(
    targets.map((target) => [target, instanceRanges(target, { ...args, outside })]),
  );
  const namedLemmas = args.theorems.some(namesLemma);
  const sizes = new Map(lemmas.map((lemma) => [lemma, lemmaRanges(lemma, args, namedLemmas)]));

  const runs = new Map([
    ...[...ranges].map(([target, x]) => [recordName(target), runOf(args, x, true)] as const),
    ...[...sizes].map(([lemma, x]) => [fullLemmaId(lemma), runOf(args, x, namedLemmas)] as const),
  ]);
  const baseline = baselineOf(args, runs);
  if (args.out !== undefined) prepareFolder(args.out);

  const workers = workersOf(args.workers);
  const pool: Pool = openPool(workers, loaded);
  const shown = showsTranscript(requests);
  const progress = createProgress(args.json ? { quiet: true } : {});
  const abort = new AbortController();
  const timer = args.timeLimit === undefined ? undefined : setTimeout(() => abort.abort(), args.timeLimit * 1000);
  const transcript = createTranscript(shown ? io.out : () => undefined);
  transcript.begin({ version, seed: args.seed, workers });

  const command = `npx ufm-check verify${args.typed.length > 0 ? ` ${args.typed.join(' ')}` : ''}`;
  const asked = instanceWords(args.typed);
  const trialsAsked = args.typed.some((x) => x.startsWith('--trials')) ? [`--trials ${args.trials}`] : [];
  const results: RevisionResult[] = [];
  const lemmaResults: LemmaResult[] = [];
  const shouldStop = (): boolean => io.interrupted() || abort.signal.aborted;
  try {
    for (const target of targets) {
      const targetRanges = ranges.get(target);
      if (targetRanges === undefined || io.interrupted()) continue;
      const path = modulePath(target.theorem);
      const result = await naming(target, path, () => verifyRevision(target, pool, {
        ranges: targetRanges,
        trials: args.trials,
        seed: args.seed,
        modulePath,
        asked,
        ...(args.checks === undefined ? {} : { only: args.checks }),
        shouldStop,
        abort: abort.signal,
        certify: certifier(target, pool, {
          ...args,
          ...(path === undefined ? {} : { modulePath: path }),
          shouldStop,
          abort: abort.signal,
          onProgress: ({ stage, batches, total }) => {
            const task = `certify ${targetName(target)}`;
            progress.update({ task, stage: `${stage}, batches`, done: batches, total });
          },
        }),
        onProgress: ({ target: label, done, total }) => {
          progress.update({ task: `verify ${label}`, stage: 'instances', done, total });
        },
      }));
      results.push(result);
      progress.clear();
      transcript.result(result);
    }
    for (const [lemma, ranges] of sizes) {
      if (shouldStop()) break;
      const path = modulePath(lemma);
      const result = await verifyLemma(lemma, {
        ranges,
        trials: args.trials,
        seed: args.seed,
        name: lemmaName(lemma, loaded.lemmas),
        asked: namedLemmas ? asked : trialsAsked,
        ...(path === undefined ? {} : { modulePath: path }),
        pool,
        shouldStop,
        abort: abort.signal,
        onProgress: (done, total) => {
          progress.update({ task: `verify ${lemmaName(lemma, loaded.lemmas)}`, stage: 'instances', done, total });
        },
      });
      lemmaResults.push(result);
      progress.clear();
      transcript.lemma(result);
      if (args.out === undefined) continue;
      const folder = join(args.out, folderName(fullLemmaId(lemma)));
      for (const file of writeLemmaCounterexample(folder, result, command)) {
        if (shown) io.out(`  wrote      ${file}`);
      }
    }
  } finally {
    clearTimeout(timer);
    progress.clear();
    await pool.close();
  }

  const elapsedMs = Math.round(performance.now() - started);
  const unseen = lemmaResults.length < lemmas.length;
  const interrupted = io.interrupted() || unseen || [...results, ...lemmaResults].some((x) => x.interrupted);
  const notReached = [
    ...targets.filter((x) => results.every(({ target }) => target !== x)).map(targetName),
    ...lemmas.filter((x) => lemmaResults.every(({ lemma }) => lemma !== x)).map((x) => lemmaName(x, loaded.lemmas)),
  ];
  const found: Report = {
    header: { version, seed: args.seed, command, interrupted, notReached, workers, timing: { elapsedMs } },
    results,
    lemmas: lemmaResults,
    ...(requests.some((x) => x.reporter.pictures) ? { illustrations: illustrations(results, ranges, args.seed) } : {}),
  };
  const compared = baseline === undefined ? undefined : settleBaseline(baseline, found, askedOf(args, loaded, runs));
  const report: Report = compared === undefined ? found : { ...found, baseline: compared };
  transcript.end(report);
  writeReports(requests, report, io);
  const code = exitCode(results, lemmaResults, io.interrupted(), unseen);
  const drift = (compared?.differences.length ?? 0) > 0 && baseline?.update === false;
  return drift && code !== EXIT.interrupted ? EXIT.different : code;
};

/**
 * How a claim is examined: what was asked for, in which a baseline has to agree, and the ranges that follow from the
 * statement instead. The options about instances are not about every claim: lemmas heed them where they are named.
 */
const runOf = (args: VerifyArguments, ranges: InstanceRanges | LemmaRanges, heeded: boolean): BaselineRun => {
  const { K, d, n } = ranges;
  const lambda = 'lambda' in ranges ? Object.entries(ranges.lambda) : [];
  const generators = 'generators' in ranges ? Object.entries(ranges.generators ?? {}) : [];
  const blocks = heeded && (args.lambda !== undefined || args.mu !== undefined || Object.keys(args.lambdas).length > 0);
  const all: readonly (readonly [name: string, text: string, given: boolean])[] = [
    ['K', K.text, heeded && args.K !== undefined],
    ['d', d.text, heeded && args.d !== undefined],
    ['n', n.text, heeded && args.n !== undefined],
    ...[...lambda, ...generators].map(([name, range]) => [name, range.text, blocks] as const),
  ];
  const given = all.flatMap(([name, text, asked]) => (asked ? [`${name} ${text}`] : []));
  return {
    run: [`seed ${args.seed}`, `${args.trials} trials`, ...given].join(', '),
    ranges: Object.fromEntries(all.flatMap(([name, text, asked]) => (asked ? [] : [[name, text] as const]))),
  };
};

/** What a baseline has to know of a run; files by their names alone, as they lie elsewhere on other machines. */
const askedOf = (
  { theorems, modules, checks }: VerifyArguments,
  { registry, lemmas, modulePath }: LoadedTheorems,
  runs: ReadonlyMap<string, BaselineRun>,
): Asked => {
  const claims = [
    ...[...registry.values()].flatMap((theorem) =>
      theorem.revisions.map((revision) => [recordName({ theorem, revision }), theorem] as const),
    ),
    ...[...lemmas.values()].map((lemma) => [fullLemmaId(lemma), lemma] as const),
  ];
  const files = new Map(claims.map(([name, claim]) => [name, modulePath(claim)]));
  return {
    runs,
    whole: theorems.length === 0 && checks === undefined,
    known: new Set(files.keys()),
    moduleOf: (name) => {
      const path = files.get(name);
      return path === undefined ? undefined : basename(path);
    },
    modules: modules.map((x) => basename(x)),
  };
};

/** @throws UsageError as `openBaseline` does, or where only some checks run */
const baselineOf = (args: VerifyArguments, runs: ReadonlyMap<string, BaselineRun>): Baseline | undefined => {
  const update = args.updateBaseline === true;
  const file = args.baseline ?? (update ? DEFAULT_LOCK : undefined);
  if (file === undefined) return undefined;
  if (args.checks !== undefined) {
    throw new UsageError('a baseline is about whole verifications', 'Leave --checks out.');
  }
  return openBaseline(file, update, version, runs);
};

const illustrations = (
  results: readonly RevisionResult[],
  ranges: ReadonlyMap<Target, InstanceRanges>,
  seed: number,
): ReadonlyMap<Target, Illustration> =>
  new Map(
    results.flatMap(({ target }): [Target, Illustration][] => {
      const range = ranges.get(target);
      const picture = range === undefined ? undefined : illustrate(target.revision, range, seed);
      return picture === undefined ? [] : [[target, picture]];
    }),
  );
