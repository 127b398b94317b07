/** A whole verification of a lemma: its proof in words, exact and numeric tests, and a certificate if it is false. */
import type { Instance } from '../../theorem/instance.js';
import { type Lemma, fullLemmaId } from '../../theorem/lemma/contract.js';
import { type LemmaRanges, drawLemmaInstances } from '../../theorem/lemma/draw.js';
import { lemmaName, lemmaRegistry } from '../../theorem/lemma/registry.js';
import { runCommand } from '../command.js';
import { type Evidence, mintEvidence } from '../evidence.js';
import { type Pool, createPool } from '../pool.js';
import { claimOfLemma } from './certify.js';
import { equalityFindings } from './equality.js';
import { excess } from './evaluate.js';
import { exactFindings, sturmFindings } from './exact-findings.js';
import { type LemmaJudgement, judgeLemma } from './judge.js';
import { numericFindings } from './numeric.js';
import { lemmaProof } from './proof.js';
import type { LemmaMeasurement } from './search.js';
import { type LemmaTask, lemmaHandler } from './task.js';
import { ternaryTurns } from './ternary.js';

export interface LemmaOptions {
  readonly ranges: LemmaRanges;
  /** Instances of a lemma without a proof; never fewer than `least`. */
  readonly trials: number;
  /** `LEAST_INSTANCES` unless given. */
  readonly least?: number;
  readonly seed: number;
  /** What commands call the lemma; `lemma:ID` by default. */
  readonly name?: string;
  readonly modulePath?: string;
  /** The words with which the user chose the instances, for commands that repeat the run. */
  readonly asked?: readonly string[];
  /** Who searches the instances (see `lemmaHandler`); this thread by default. */
  readonly pool?: Pool;
  readonly shouldStop?: () => boolean;
  /** Gives up the instances in flight too: a time limit. */
  readonly abort?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface LemmaResult {
  readonly lemma: Lemma;
  /** What commands call it. */
  readonly name: string;
  /** This verification, as one command. */
  readonly command: string;
  readonly judgement: LemmaJudgement;
  readonly evidence: readonly Evidence[];
  readonly instances: number;
  /** Draws that it took to find them. */
  readonly drawn: number;
  readonly points: number;
  readonly interrupted: boolean;
}

/** Fewer would not meet what fails for few matrices only; they cost little. */
export const LEAST_INSTANCES = 40;

/** So many instances that break a lemma leave a choice of small ones to certify; more say nothing new. */
const ENOUGH = 6;
const ENOUGH_UNCERTIFIED = 2;

/** After so many instances that break a lemma the search ends. */
export const enoughBroken = (lemma: Lemma): number =>
  claimOfLemma(lemma) === undefined ? ENOUGH_UNCERTIFIED : ENOUGH;

/** What is shown for all matrices is only looked at. */
const INSTANCES_OF_PROVED = 20;

const ownThread = (lemma: Lemma): Pool =>
  createPool({
    workers: 0,
    workerFile: new URL(import.meta.url),
    handler: lemmaHandler(lemmaRegistry([lemma])),
  });

/**
 * The instances that a verification looks at, fewer where the lemma is shown for all matrices; and at which of them
 * matrices with entries −1, 0, 1 are tried by the thousand (see `ternaryTurns`).
 */
export const instancesOf = (
  lemma: Lemma,
  { ranges, trials, least = LEAST_INSTANCES, seed }: Pick<LemmaOptions, 'ranges' | 'trials' | 'least' | 'seed'>,
  proved: boolean,
): ReturnType<typeof drawLemmaInstances> & { readonly ternary: readonly boolean[] } => {
  const unproved = Math.max(least, lemma.along === undefined ? trials : Math.ceil(trials / 4));
  const drawn = drawLemmaInstances(lemma, ranges, proved ? INSTANCES_OF_PROVED : unproved, seed);
  return { ...drawn, ternary: proved ? drawn.instances.map(() => false) : ternaryTurns(lemma, drawn.instances) };
};

/** Verifies a lemma. */
export const verifyLemma = async (lemma: Lemma, options: LemmaOptions): Promise<LemmaResult> => {
  const { seed, name = lemmaName(lemma) } = options;
  const identity = {
    target: name,
    seed,
    ...(options.modulePath === undefined ? {} : { modulePath: options.modulePath }),
    ...(options.asked === undefined ? {} : { asked: options.asked }),
  };
  const command = runCommand(identity);
  const proof = lemmaProof(lemma, command);
  const { instances, drawn, ternary } = instancesOf(lemma, options, proof.holds);

  const measured: LemmaMeasurement[] = [];
  const enough = enoughBroken(lemma);
  let broken = 0;
  const tasks = instances.map(
    (instance, k): LemmaTask => ({
      kind: 'lemma',
      lemma: fullLemmaId(lemma),
      instance,
      seed,
      ternary: ternary[k] ?? false,
    }),
  );
  const { completed, stopped } = await (options.pool ?? ownThread(lemma)).run<LemmaTask, LemmaMeasurement>(tasks, {
    onResult: (_, measurement) => {
      measured.push(measurement);
      if (measurement.worst !== undefined && excess(measurement.worst) > 1) broken += 1;
      options.onProgress?.(measured.length, instances.length);
      return broken >= enough ? 'stop' : undefined;
    },
    ...(options.shouldStop === undefined ? {} : { shouldStop: options.shouldStop }),
    ...(options.abort === undefined ? {} : { abort: options.abort }),
  });
  const interrupted = stopped && broken < enough && completed < instances.length;
  const done: readonly Instance[] = measured.map((x) => x.instance);
  const findings = [
    ...proof.findings,
    ...exactFindings(lemma, done, seed, command),
    ...sturmFindings(lemma, done, command),
    ...numericFindings(lemma, measured, seed, command),
    ...equalityFindings(lemma, done, seed, command),
  ];
  const evidence = findings.map(mintEvidence);
  return {
    lemma,
    name,
    command,
    judgement: judgeLemma(evidence, {
      proof: { holds: proof.holds, modulo: proof.modulo },
      instances: done.length,
      interrupted,
    }),
    evidence,
    instances: done.length,
    drawn,
    points: measured.reduce((sum, x) => sum + x.points, 0),
    interrupted,
  };
};
