/** What the checks say of a mutant: few and small instances, one run for all tests that ask. */
import type { RevisionResult } from '../../src/check/verify.js';
import { SMALL, examine } from '../check/run.js';
import type { Mutant } from './rewrite.js';

/** Every stratum once, and some rational instances. */
const TRIALS = 8;
/** One descent of each kind. */
const STARTS = 8;

const together = new WeakMap<object, Promise<RevisionResult>>();

/** The result of all checks, or of those given; nothing is shrunk, since only the outcome is asked for. */
export const examineMutant = (
  { theorem, instances = TRIALS }: Pick<Mutant, 'theorem' | 'instances'>,
  only?: readonly string[],
): Promise<RevisionResult> => {
  const run = (): Promise<RevisionResult> =>
    examine(theorem, {
      ranges: SMALL,
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
