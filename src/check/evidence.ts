/**
 * Evidence: what a check found, how it is known, and how to see it again.
 *
 * Only the checks of this folder mint evidence. Modules supply claims; whatever else looks like evidence is not
 * counted, in the types (the brand cannot be written outside) and at run time (unminted objects are not in the
 * register).
 */
import { InternalError } from '../errors.js';
import type { Instance } from '../theorem/instance.js';
import type { Refutation } from './refutation.js';

export type Method = 'symbolic' | 'exact' | 'numeric';
export type Outcome = 'pass' | 'fail' | 'inconclusive';

export type ViolationKind =
  | 'not-stationary'
  | 'negative-curvature'
  | 'beaten'
  | 'wrong-form'
  | 'wrong-value'
  | 'wrong-threshold'
  | 'wrong-spectrum'
  | 'inequality';

/** A statement broken at an instance. */
export interface Violation {
  readonly kind: ViolationKind;
  readonly instance: Instance;
  /** By how much, in the units of the check: a decimal, or an exact rational. */
  readonly margin: string;
  readonly what: string;
  /** The larger instance at which it was first seen. */
  readonly shrunkFrom?: Instance;
  /** The file that holds its certificate, where one was written. */
  readonly certificate?: string;
  readonly reproduce: string;
}

/** Two numbers in the wrong order at a point; entries row by row, as integers, fractions or doubles. */
export interface Witness {
  readonly instance: Instance;
  readonly point: Readonly<Record<string, readonly (readonly string[])[]>>;
  readonly upper: string;
  readonly lower: string;
}

/** A step of a written proof at the worst of all points: upper − lower is at least −tolerance where it holds. */
export interface StepMargin {
  /** `step 2, B1 ≥ B2`. */
  readonly name: string;
  readonly margin: number;
  readonly tolerance: number;
  readonly holds: boolean;
}

/** What a check says before it is minted. */
export interface Finding {
  readonly check: string;
  /** The case, conclusion or family that the finding is about. */
  readonly part?: string;
  readonly method: Method;
  readonly scope: 'all-parameters' | { readonly instances: number };
  readonly outcome: Outcome;
  readonly statement: string;
  readonly measured?: number;
  readonly bound?: number;
  /** What was seen, where the figures do not say it. */
  readonly detail?: string;
  /** How far it reaches, where that is less than the statement. */
  readonly reach?: string;
  /** Textbook facts that the finding rests on, and that are cited instead of shown. */
  readonly cites?: readonly string[];
  /** The finding is about the proof, not about the statement. */
  readonly aboutProof?: boolean;
  readonly violation?: Violation;
  /** The point behind `detail`, entry by entry, and the two numbers that it compares. */
  readonly witness?: Witness;
  /** Of the check of chains: every step at its worst point; a step that has a value nowhere is left out. */
  readonly steps?: readonly StepMargin[];
  /** The exact certificate of a violation of the statement: with it, and only with it, the verdict is `refuted`. */
  readonly refutation?: Refutation;
  readonly reproduce: string;
}

declare const minted: unique symbol;

export interface Evidence extends Finding {
  readonly [minted]: true;
}

const register = new WeakSet<Finding>();

/** Turns a finding into evidence. Only files of this folder may call it. */
export const mintEvidence = (finding: Finding): Evidence => {
  const evidence = Object.freeze({ ...finding }) as Evidence;
  register.add(evidence);
  return evidence;
};

/** @throws InternalError for anything that was not minted by a check */
export const requireMinted = (evidence: readonly Evidence[]): void => {
  if (!evidence.every((x) => register.has(x))) throw new InternalError('evidence that no check has minted');
};
