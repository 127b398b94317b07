/** `ufm-check search --every-lambda`: one pattern that refutes a claim for all n and all λ. */
import { performance } from 'node:perf_hooks';
import { UsageError } from '../../errors.js';
import type { Json } from '../../exact/certificate/json.js';
import { type EveryLambdaResult, huntEveryLambda } from '../../search/every-lambda/hunt.js';
import { everyLambdaPage } from '../../search/every-lambda/page.js';
import { everyLambdaLabels } from '../../search/every-lambda/target.js';
import { fullId } from '../../theorem/contract.js';
import { type Target, targetName } from '../../theorem/registry.js';
import { prepareFolder, writePage } from '../counterexample-files.js';
import type { Io } from '../io.js';
import { createProgress } from '../progress.js';
import { version } from '../version.js';
import { EXIT } from '../exit-codes.js';

export interface EveryLambdaArguments {
  readonly K?: string;
  readonly d?: string;
  readonly seed: number;
  readonly timeLimit?: number;
  readonly json: boolean;
  readonly out?: string;
  readonly typed: readonly string[];
}

/** Where nothing is given: patterns of up to so many classes and units. */
const USUAL_SIZES = { K: 20, d: 30 };

const LARGEST_SIZE = 200;

/** Descents for each pattern. */
const STARTS = 8;

export const searchEveryLambda = async (target: Target, args: EveryLambdaArguments, io: Io): Promise<number> => {
  const started = performance.now();
  const K = sizeOf('K', args.K) ?? USUAL_SIZES.K;
  const d = sizeOf('d', args.d) ?? (args.K === undefined ? USUAL_SIZES.d : K);
  const command = `npx ufm-check search ${args.typed.join(' ')}`;
  const provenance = new Map<string, Json>([['seed', args.seed], ['command', command], ['version', version]]);
  const labels = everyLambdaLabels(target, K, d, provenance);
  if (args.out !== undefined) prepareFolder(args.out);
  if (!args.json) {
    io.out(`ufm-check ${version} · seed ${args.seed}\n`);
    io.out(`search ${targetName(target)}  at every λ and n, symmetric patterns that fit into K = ${K}, d = ${d}`);
  }
  const progress = createProgress(args.json ? { quiet: true } : {});
  const limit = args.timeLimit === undefined ? Infinity : started + args.timeLimit * 1000;
  const result = await huntEveryLambda(labels, {
    K,
    d,
    starts: STARTS,
    seed: args.seed,
    shouldStop: () => io.interrupted() || performance.now() > limit,
    onProgress: (group, patterns) => {
      progress.update({ task: `search ${targetName(target)}`, stage: `every λ, ${group}, patterns`, done: patterns });
    },
  });
  progress.clear();
  const paths = args.out === undefined ? [] : write(args.out, target, result, command);
  const elapsedMs = Math.round(performance.now() - started);
  if (args.json) io.out(JSON.stringify(jsonOf(target, args.seed, result, paths[0], command, elapsedMs), null, 2));
  else {
    for (const line of linesOf(result, elapsedMs)) io.out(line);
    for (const path of paths) io.out(`  wrote      ${path}`);
    if (result.found !== undefined && paths.length === 0) {
      io.out('  --out DIR writes the certificate and a page about it');
    }
    io.out(`again: ${command}`);
  }
  if (result.found !== undefined) return EXIT.asExpected;
  return io.interrupted() ? EXIT.interrupted : EXIT.inconclusive;
};

const sizeOf = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  if (value >= 1 && value <= LARGEST_SIZE) return value;
  throw new UsageError(`--${name} ${text} is not a size`, `It must be one number up to ${LARGEST_SIZE}.`);
};

const linesOf = ({ found, patterns, interrupted }: EveryLambdaResult, elapsedMs: number): string[] => {
  const time = `${(elapsedMs / 1000).toFixed(1)} s`;
  if (found === undefined) {
    const stopped = interrupted ? ' before it was stopped' : '';
    return [`  none found in ${patterns} patterns${stopped}, ${time}; that proves nothing`];
  }
  return [
    `  certified  K = ${found.K}, d = ${found.d}: ${found.pattern}`,
    `  ${found.sentence}`,
    `  pattern ${patterns}, ${time}`,
  ];
};

const jsonOf = (
  target: Target,
  seed: number,
  { found, patterns, interrupted }: EveryLambdaResult,
  certificate: string | undefined,
  command: string,
  elapsedMs: number,
): object => ({
  format: 'ufm-check-search/1',
  version,
  theorem: fullId(target.theorem),
  revision: target.revision.id,
  seed,
  command,
  found: found !== undefined,
  ...(found === undefined
    ? {}
    : {
        violation: 'parametric',
        K: found.K,
        d: found.d,
        pattern: found.pattern,
        sentence: found.sentence,
        ...(certificate === undefined ? {} : { certificate }),
      }),
  patterns,
  interrupted,
  timing: { elapsedMs },
});

const write = (folder: string, target: Target, { found }: EveryLambdaResult, command: string): string[] =>
  found === undefined ? [] : writePage(folder, found.text, everyLambdaPage(target, found, command));
