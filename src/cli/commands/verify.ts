/** `ufm-check verify`. */
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { CHECK_IDS, NECESSITY } from '../../check/checks.js';
import { createPool, type Pool } from '../../check/pool.js';
import { type RevisionResult, verifyRevision } from '../../check/verify.js';
import { UsageError } from '../../errors.js';
import { plural, seconds } from '../../report/figures.js';
import { reportJson } from '../../report/json.js';
import { asExpected, revisionText } from '../../report/terminal.js';
import { findTargets, targetName, type Target } from '../../theorem/registry.js';
import { type InstanceOptions, instanceRanges } from '../instance-options.js';
import type { Io } from '../io.js';
import { loadTheorems } from '../modules.js';
import { createProgress } from '../progress.js';
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
  /** The options as they were typed, for the replay command. */
  readonly typed: readonly string[];
}

export const EXIT = { asExpected: 0, different: 1, usage: 2, inconclusive: 3, defect: 70, interrupted: 130 } as const;

const exitCode = (results: readonly RevisionResult[], interrupted: boolean): number => {
  if (interrupted) return EXIT.interrupted;
  const wrong = results.filter((x) => !asExpected(x));
  if (wrong.some((x) => x.judgement.verdict !== 'inconclusive')) return EXIT.different;
  return wrong.length > 0 ? EXIT.inconclusive : EXIT.asExpected;
};

export const verify = async (args: VerifyArguments, io: Io): Promise<number> => {
  const known = [...CHECK_IDS, NECESSITY];
  const unknown = args.checks?.filter((id) => !known.includes(id)) ?? [];
  if (unknown.length > 0) {
    throw new UsageError(`there is no check "${unknown.join('", "')}"`, `Checks: ${known.join(', ')}.`);
  }
  const started = performance.now();
  const { registry, codes, modulePath, own } = await loadTheorems(args.modules);
  // Without names, a user who brings a module means the theorems of that module.
  const names = args.theorems.length === 0 && own.length > 0 ? own.map((x) => `${x.paper.id}/${x.id}`) : args.theorems;
  const targets = findTargets(registry, names, args.revision);
  const outside = args.checks?.every((id) => id === NECESSITY) === true;
  const ranges = new Map<Target, ReturnType<typeof instanceRanges>>(
    targets.map((target) => [target, instanceRanges(target, { ...args, outside })]),
  );

  const workers = args.workers ?? Math.min(availableParallelism(), 16);
  const pool: Pool = createPool({
    workers,
    workerFile: new URL('../worker.js', import.meta.url),
    workerData: { codes },
  });
  const progress = createProgress(args.json ? { quiet: true } : {});
  const abort = new AbortController();
  const timer = args.timeLimit === undefined ? undefined : setTimeout(() => abort.abort(), args.timeLimit * 1000);
  const header = `ufm-check ${version} · seed ${args.seed} · ${plural(workers, 'worker')}`;
  if (!args.json) io.out(`${header}\n`);

  const results: RevisionResult[] = [];
  let paper: string | undefined;
  try {
    for (const target of targets) {
      const targetRanges = ranges.get(target);
      if (targetRanges === undefined || io.interrupted()) continue;
      const result = await verifyRevision(target, pool, {
        ranges: targetRanges,
        trials: args.trials,
        seed: args.seed,
        modulePath,
        ...(args.checks === undefined ? {} : { only: args.checks }),
        shouldStop: () => io.interrupted() || abort.signal.aborted,
        abort: abort.signal,
        onProgress: ({ target: label, done, total }) => {
          progress.update({ task: `verify ${label}`, stage: 'instances', done, total });
        },
      });
      results.push(result);
      progress.clear();
      if (args.json) continue;
      const { title, authors, reference } = target.theorem.paper;
      if (paper !== title) io.out(`${authors}, ${reference}`);
      paper = title;
      io.out(`${revisionText(result)}\n`);
    }
  } finally {
    clearTimeout(timer);
    progress.clear();
    await pool.close();
  }

  const elapsedMs = Math.round(performance.now() - started);
  const interrupted = io.interrupted() || results.some((x) => x.interrupted);
  const replay = `npx ufm-check verify${args.typed.length > 0 ? ` ${args.typed.join(' ')}` : ''}`;
  if (args.json) {
    io.out(
      JSON.stringify(
        reportJson({ version, seed: args.seed, command: replay, interrupted, timing: { elapsedMs } }, results),
        null,
        2,
      ),
    );
  } else {
    io.out(summary(results, elapsedMs, interrupted));
    io.out(`again: ${replay}`);
  }
  return exitCode(results, io.interrupted());
};

const summary = (results: readonly RevisionResult[], elapsedMs: number, interrupted: boolean): string => {
  const theorems = new Set(results.map((x) => x.target.theorem)).size;
  const wrong = results.filter((x) => !asExpected(x)).map((x) => targetName(x.target));
  const count = `${plural(theorems, 'theorem')}, ${plural(results.length, 'revision')}, ${seconds(elapsedMs)}.`;
  const ending = interrupted
    ? 'Stopped early: what is above is what is known so far.'
    : wrong.length === 0
      ? 'Every verdict is as expected.'
      : `Not as expected: ${wrong.join(', ')}.`;
  return `${count} ${ending}`;
};
