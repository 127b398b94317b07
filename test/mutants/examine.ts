/** What the checks say of a mutant: few and small instances, one run for all tests that ask. */
import type { RevisionResult } from '../../src/check/verify.js';
import type { InstanceRanges } from '../../src/theorem/genome.js';
import { SMALL, examine } from '../check/run.js';
import type { Mutant } from './rewrite.js';

/** Every stratum once, and some rational instances. */
const TRIALS = 8;
/** One descent of each kind. */
const STARTS = 8;

interface Examined extends Pick<Mutant, 'theorem' | 'instances'> {
  /** Where the instances are drawn from, if not from small sizes. */
  readonly ranges?: InstanceRanges;
}

/** By theorem, and for each by what else was asked. */
const examined = new WeakMap<object, Map<string, Promise<RevisionResult>>>();

/** The result of all checks, or of those given; nothing is shrunk, since only the outcome is asked for. */
export const examineMutant = (
  { theorem, instances = TRIALS, ranges = SMALL }: Examined,
  only?: readonly string[],
): Promise<RevisionResult> => {
  const known = examined.get(theorem) ?? new Map<string, Promise<RevisionResult>>();
  examined.set(theorem, known);
  const asked = JSON.stringify([instances, ranges, only]);
  const result =
    known.get(asked) ??
    examine(theorem, {
      ranges,
      trials: instances,
      starts: STARTS,
      shrinkBudget: 0,
      ...(only === undefined ? {} : { only }),
    });
  known.set(asked, result);
  return result;
};
