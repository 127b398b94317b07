/** `ufm-check search`: the hunt for a counterexample. */
import { performance } from 'node:perf_hooks';
import { UsageError } from '../../errors.js';
import { type SearchResult, search } from '../../search/run.js';
import { searchJson } from '../../search/report/json.js';
import { rangesText, searchText } from '../../search/report/terminal.js';
import { findTargets, targetName } from '../../theorem/registry.js';
import { prepareFolder, writeCounterexample } from '../counterexample-files.js';
import { huntRanges } from '../hunt-ranges.js';
import type { InstanceOptions } from '../instance-options.js';
import type { Io } from '../io.js';
import { loadTheorems } from '../modules.js';
import { createProgress } from '../progress.js';
import { openPool, workersOf } from '../serve.js';
import { settledBy, settledText } from '../settled.js';
import { version } from '../version.js';
import { searchEveryLambda } from './search-every-lambda.js';
import { EXIT } from '../exit-codes.js';

export interface SearchArguments extends InstanceOptions {
  readonly theorem: string;
  readonly trials: number;
  readonly seed: number;
  readonly workers?: number;
  readonly timeLimit?: number;
  readonly modules: readonly string[];
  /** One pattern for all n and λ. */
  readonly everyLambda: boolean;
  readonly json: boolean;
  /** A folder for the certificate and the write-up. */
  readonly out?: string;
  /** The options as they were typed, for the replay command. */
  readonly typed: readonly string[];
}

/** How often it is asked whether the user has pressed Ctrl-C, which ends the threads as a time limit does. */
const POLL_MS = 100;

/** 0: certified; 1: a violation that could not be certified; 3: none; 130: stopped by hand. */
const exitCode = ({ found }: SearchResult, stopped: boolean): number => {
  if (found?.certified !== undefined) return EXIT.asExpected;
  if (stopped) return EXIT.interrupted;
  return found === undefined ? EXIT.inconclusive : EXIT.different;
};

export const searchCommand = async (args: SearchArguments, io: Io): Promise<number> => {
  const started = performance.now();
  const loaded = await loadTheorems(args.modules);
  const { registry } = loaded;
  const [target, another] = findTargets(registry, [args.theorem], 'current');
  if (target === undefined || another !== undefined) {
    throw new UsageError(`"${args.theorem}" is not one revision`, 'Name one, for example 4.2@original.');
  }
  if (args.everyLambda) {
    if ([args.n, args.lambda, args.mu, ...Object.values(args.lambdas)].some((x) => x !== undefined)) {
      throw new UsageError('--every-lambda leaves n, the λ and μ free', 'Only --K and --d can be set.');
    }
    return searchEveryLambda(target, args, io);
  }
  const ranges = huntRanges(target, args);
  if (args.out !== undefined) prepareFolder(args.out);
  const settled = settledBy(target, ranges);
  const workers = workersOf(args.workers);
  const pool = openPool(workers, loaded);
  const progress = createProgress(args.json ? { quiet: true } : {});
  const abort = new AbortController();
  const timer = args.timeLimit === undefined ? undefined : setTimeout(() => abort.abort(), args.timeLimit * 1000);
  const byHand = setInterval(() => {
    if (io.interrupted()) abort.abort();
  }, POLL_MS);
  const command = `npx ufm-check search ${args.typed.join(' ')}`;
  if (!args.json) {
    io.out(`ufm-check ${version} · seed ${args.seed} · ${workers} ${workers === 1 ? 'worker' : 'workers'}\n`);
    io.out(`search ${targetName(target)}  ${rangesText(target, ranges)}`);
    if (settled !== undefined) io.out(settledText(settled));
  }
  let result: SearchResult;
  try {
    result = await search(target, pool, {
      ranges,
      trials: args.trials,
      seed: args.seed,
      command,
      version,
      shouldStop: () => io.interrupted() || abort.signal.aborted,
      abort: abort.signal,
      onProgress: ({ stage, batches, total, starts, best }) => {
        const margin = Number.isFinite(best) ? `, best margin ${best.toExponential(1)}` : '';
        progress.update({
          task: `search ${targetName(target)}`,
          stage: `${stage}, ${starts} starts${margin}, batches`,
          done: batches,
          total,
        });
      },
    });
  } finally {
    clearTimeout(timer);
    clearInterval(byHand);
    progress.clear();
    await pool.close();
  }
  const paths = args.out === undefined ? [] : writeCounterexample(args.out, result, command);
  const elapsedMs = Math.round(performance.now() - started);
  const [certificate] = paths;
  if (args.json) {
    const run = { version, seed: args.seed, command, ...(settled && { settled }), timing: { elapsedMs } };
    io.out(JSON.stringify(searchJson(run, ranges, result, certificate), null, 2));
  } else {
    io.out(searchText(result, elapsedMs));
    for (const path of paths) io.out(`  wrote      ${path}`);
    if (result.found?.certified !== undefined && certificate === undefined) {
      io.out('  --out DIR writes the certificate and a page about it');
    }
    io.out(`again: ${command}`);
  }
  return exitCode(result, io.interrupted());
};
