/**
 * What a run says about the hypotheses of a revision: whether each is needed, and what is true where it fails. It
 * stands beside the evidence and enters no verdict: outside its hypotheses a theorem claims nothing.
 *
 * As with evidence, only this folder makes such results; the brand cannot be written elsewhere.
 */
import type { Instance } from '../../theorem/instance.js';
import type { Figure, OutsideViolation } from './measure.js';

/** `needed` by a violation of the theorem without the hypothesis; `not needed` on what was tried; else `unknown`. */
export type Necessity = 'needed' | 'not needed' | 'unknown';

/** The theorem broken at an instance that violates the hypothesis. */
export interface OutsideWitness {
  readonly kind: OutsideViolation;
  readonly instance: Instance;
  readonly caseId: string;
  readonly what: string;
  readonly margin: string;
  readonly claimed: number;
  /** The least value that descents found there. */
  readonly lowest: number;
  readonly runs: number;
  readonly reproduce: string;
}

declare const judged: unique symbol;

export interface HypothesisResult {
  readonly [judged]: true;
  readonly hypothesis: string;
  readonly outcome: Necessity;
  /** Instances that violate it, and of those where the theorem held, was violated, or nothing was decided. */
  readonly tried: number;
  readonly held: number;
  readonly violated: number;
  readonly open: number;
  readonly witness?: OutsideWitness;
  /** A weaker hypothesis on sizes that was enough wherever it was tried. */
  readonly enough?: { readonly statement: string; readonly instances: number };
  /** Why nothing more is said. */
  readonly detail?: string;
}

/** A claim of the module about instances outside the hypotheses. */
export interface OutsideResult {
  readonly [judged]: true;
  readonly id: string;
  readonly title: string;
  readonly when: string;
  readonly value: string;
  readonly outcome: 'pass' | 'fail' | 'inconclusive';
  /** The construction is stationary and has the value in the algebra of words, for all parameters. */
  readonly symbolic: boolean;
  readonly instances: number;
  readonly stationarity: Figure;
  readonly gap: Figure;
  readonly below: Figure;
  readonly runs: number;
  readonly landed: number;
  readonly detail?: string;
}

export interface NecessityResult {
  readonly hypotheses: readonly HypothesisResult[];
  readonly outside: readonly OutsideResult[];
}

export const mintHypothesis = (result: Omit<HypothesisResult, typeof judged>): HypothesisResult =>
  Object.freeze({ ...result }) as HypothesisResult;

export const mintOutside = (result: Omit<OutsideResult, typeof judged>): OutsideResult =>
  Object.freeze({ ...result }) as OutsideResult;
