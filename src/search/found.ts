/** What a hunt has found, and where it was first met. */
import type { Instance } from '../theorem/instance.js';
import type { Certified, CertifiedViolation } from './exact/lift.js';
import type { FinishedPoint } from './finish/collapsed.js';

/** Where a violation was first met. */
export interface FirstSight {
  /** Its number; there is none for a known point. */
  readonly batch?: number;
  readonly instance: Instance;
  /** By how much f was below the claim. */
  readonly margin: number;
  readonly how: string;
}

/** A certificate, and how it came about. */
export interface CertifiedFound {
  readonly certified: Certified;
  readonly violation: CertifiedViolation;
  readonly instance: Instance;
  readonly first: FirstSight;
  /** How the point of the certificate was found, after shrinking. */
  readonly how: string;
  /** In the reduced model: the point on its grids. */
  readonly finished?: FinishedPoint;
  readonly symmetry?: string;
  /** The hunt was stopped while it looked for fewer classes and features. */
  readonly cutShort?: true;
  /** Sizes beyond those of a certificate, to which a direct sum with a frame carries the point. */
  readonly carriedTo?: { readonly K: number; readonly d: number };
}

/** A violation in doubles that could not be certified. */
export interface Suspect {
  readonly certified?: undefined;
  readonly violation: 'beaten' | 'wrong-form';
  readonly instance: Instance;
  readonly first: FirstSight;
  readonly how: string;
  readonly detail: string;
}

export type Found = CertifiedFound | Suspect;
