/** What the checks say of a mutant: few and small instances, one run for all tests that ask. */
import type { RevisionResult } from '../../src/check/verify.js';
import type { InstanceRanges } from '../../src/theorem/genome.js';
import { SMALL, examine } from '../check/run.js';
import type { Mutant } from './rewrite.js';

/** Every stratum once, and some rational instances. */
const TRIALS = 8;
/** One descent of each kind. */
const STARTS = 8;

const together = new WeakMap<object, Promise<RevisionResult>>();

interface Examined extends Pick<Mutant, 'theorem' | 'instances'> {
  /** Where the instances are drawn from, if not from small sizes. */
  readonly ranges?: InstanceRanges;
}

/** The result of all checks, or of those given; nothing is shrunk, since only the outcome is asked for. */
export const examineMutant = (
  { theorem, instances = TRIALS, ranges = SMALL }: Examined,
  only?: readonly string[],
): Promise<RevisionResult> => {
  const run = (): Promise<RevisionResult> =>
    examine(theorem, {
      ranges,
      trials: instances,
      starts: STARTS,
      shrinkBudget: 0,
      ...(only === undefined ? {} : { only }),
    });
  if (only !== undefined) return run();
  const result = together.get(theorem) ?? run();
  together.set(theorem, result);
  return result;
};
