/**
 * The claims of modules as a plan of tests, for any framework: a verdict for each revision, and one test for each check
 * of a revision that is meant to hold.
 */
import { CHECK_IDS, CLAIM_CHECKS, MEASURED_CHECKS } from '../check/checks.js';
import type { Evidence } from '../check/evidence.js';
import { verifyLemma } from '../check/lemma/verify.js';
import { createPool } from '../check/pool.js';
import { type RevisionResult, measureHandler, verifyRevision } from '../check/verify.js';
import { DEFAULT_SEED, DEFAULT_TRIALS } from '../cli/defaults.js';
import { instanceRanges, lemmaRanges } from '../cli/instance-options.js';
import { besideShipped } from '../cli/modules.js';
import { InternalError, UsageError } from '../errors.js';
import { asExpected } from '../report/terminal.js';
import { describeInstance } from '../theorem/instance.js';
import type { Lemma } from '../theorem/lemma/contract.js';
import { lemmaName, lemmasOf } from '../theorem/lemma/registry.js';
import { type Target, findTargets, registryOf, targetName, theoremsOf } from '../theorem/registry.js';

/** What a suite draws, as on the command line. */
export interface SuiteOptions {
  /** Seed of everything random; 1 by default. The environment variable `UFM_CHECK_SEED` goes before it. */
  readonly seed?: number;
  /** Instances of each theorem; 20 by default. With few of them a case may stay without one, which is a failure. */
  readonly trials?: number;
  /** Which revisions: `current` by default, `all`, or the id of one. */
  readonly revision?: string;
  /** Ranges as on the command line: `3..6`, `K..2K`, `1e-4..1e-1`. */
  readonly K?: string;
  readonly d?: string;
  readonly n?: string;
  readonly lambda?: string;
  readonly mu?: string;
  /** Which checks become tests of their own; all by default. The verdict rests on all of them in any case. */
  readonly checks?: readonly string[];
  /** Milliseconds that a theorem may take; ten minutes by default. */
  readonly timeout?: number;
}

/** What a test of a plan finds: nothing to look at, or why it fails; undefined is a pass. */
export type Finding = { readonly nothing: string } | { readonly failure: string } | undefined;

export interface PlannedTest {
  readonly name: string;
  run(): Finding;
}

/** Tests that share one verification. */
export interface PlannedSuite {
  readonly name: string;
  /** To be run once, before the tests. */
  prepare(): Promise<void>;
  readonly tests: readonly PlannedTest[];
}

/** @throws UsageError unless the seed is a whole number from 0 on */
const seedOf = (given: number | undefined): number => {
  const text = process.env['UFM_CHECK_SEED'];
  const seed = text === undefined || text === '' ? (given ?? DEFAULT_SEED) : Number(text);
  if (Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31) return seed;
  throw new UsageError(`the seed ${text ?? seed} is no whole number from 0 to 2147483647`, 'For example 7.');
};

/** What a failed check says: the claim, the figures, and how to see it again. */
const explanation = (x: Evidence): string =>
  [
    `${x.outcome}: ${x.statement}${x.part === undefined ? '' : ` (${x.part})`}`,
    ...(x.measured === undefined ? [] : [`measured ${x.measured}, bound ${x.bound ?? 0}`]),
    ...(x.detail === undefined ? [] : [x.detail]),
    ...(x.violation === undefined
      ? []
      : [`${x.violation.kind}: ${x.violation.what} at ${describeInstance(x.violation.instance)}`]),
    `again: ${x.reproduce}`,
  ].join('\n');

const failures = (evidence: readonly Evidence[]): string =>
  evidence
    .filter((x) => x.outcome !== 'pass')
    .map(explanation)
    .join('\n\n');

/** A verdict beside the expected one. */
const verdictFinding = (verdict: string, expected: string, because: string): Finding =>
  verdict === expected ? undefined : { failure: `the verdict is ${verdict}, expected ${expected}\n\n${because}` };

const promises = (target: Target): boolean => ['proved', 'upheld'].includes(target.revision.expected);

const theoremPlan = (target: Target, options: SuiteOptions, seed: number): PlannedSuite => {
  const { trials = DEFAULT_TRIALS, K, d, n, lambda, mu } = options;
  const { expected } = target.revision;
  const ranges = instanceRanges(target, {
    lambdas: {},
    ...(K === undefined ? {} : { K }),
    ...(d === undefined ? {} : { d }),
    ...(n === undefined ? {} : { n }),
    ...(lambda === undefined ? {} : { lambda }),
    ...(mu === undefined ? {} : { mu }),
  });
  let known: RevisionResult | undefined;
  const result = (): RevisionResult => {
    if (known === undefined) throw new InternalError('a test of a plan ran before its verification');
    return known;
  };
  const verdict: PlannedTest = {
    name: `the verdict is ${expected}`,
    run: () => {
      const { judgement, evidence } = result();
      const missing = judgement.missing.join('; ');
      const found = verdictFinding(judgement.verdict, expected, failures(evidence) || missing);
      if (found !== undefined || asExpected(result())) return found;
      return { failure: 'what is claimed outside the hypotheses is false there' };
    },
  };
  const unknown = options.checks?.filter((id) => !CHECK_IDS.includes(id)) ?? [];
  if (unknown.length > 0) {
    throw new UsageError(`there is no check "${unknown.join('", "')}"`, `Checks: ${CHECK_IDS.join(', ')}.`);
  }
  const chosen = [...CLAIM_CHECKS, ...MEASURED_CHECKS].filter((x) => options.checks?.includes(x.id) ?? true);
  const checks = chosen.map(({ id, title }): PlannedTest => ({
    name: `${id}: ${title}`,
    run: () => {
      const evidence = result().evidence.filter((x) => x.check === id);
      if (evidence.length === 0) return { nothing: 'the module claims nothing for it to check' };
      const failure = failures(evidence);
      return failure === '' ? undefined : { failure };
    },
  }));
  return {
    name: `${targetName(target)} (seed ${seed})`,
    prepare: async () => {
      const pool = createPool({
        workers: 0,
        workerFile: new URL('../cli/worker.js', import.meta.url),
        handler: measureHandler(registryOf([target.theorem])),
      });
      try {
        known = await verifyRevision(target, pool, { ranges, trials, seed });
      } finally {
        await pool.close();
      }
    },
    // What a false statement breaks is in its verdict: some of its checks are meant to fail.
    tests: promises(target) ? [verdict, ...checks] : [verdict],
  };
};

const lemmaPlan = (lemma: Lemma, { trials = DEFAULT_TRIALS }: SuiteOptions, seed: number): PlannedSuite => {
  const ranges = lemmaRanges(lemma, { lambdas: {} }, false);
  const name = lemmaName(lemma, besideShipped([], [lemma]).lemmas);
  let found: Finding = { nothing: 'it has not been verified' };
  return {
    name: `${name} (seed ${seed})`,
    prepare: async () => {
      const { judgement, evidence } = await verifyLemma(lemma, { ranges, trials, seed, name });
      found = verdictFinding(judgement.verdict, lemma.expected, failures(evidence));
    },
    tests: [{ name: `the verdict is ${lemma.expected}`, run: () => found }],
  };
};

/**
 * The tests of every theorem and lemma that a module exports.
 *
 * @throws UsageError where nothing is exported, or options are malformed or impossible
 */
export const planOf = (exports: Readonly<Record<string, unknown>>, options: SuiteOptions): PlannedSuite[] => {
  const seed = seedOf(options.seed);
  const theorems = theoremsOf(exports, 'the module');
  const names = theorems.map((x) => `${x.paper.id}/${x.id}`);
  const known = besideShipped(theorems, []).registry;
  const targets = names.length === 0 ? [] : findTargets(known, names, options.revision ?? 'current');
  return [
    ...targets.map((target) => theoremPlan(target, options, seed)),
    ...lemmasOf(exports).map((lemma) => lemmaPlan(lemma, options, seed)),
  ];
};
