/** Which case of a theorem an instance belongs to, and whether it meets the hypotheses. */
import { UsageError } from '../errors.js';
import type { Case, Revision } from './contract.js';
import { type Instance, describeInstance, holdsAt } from './instance.js';

/** The one case whose condition holds; UsageError where the cases of a module overlap or leave a gap. */
export const caseAt = (revision: Revision, instance: Instance): Case => {
  const [first, second] = revision.cases.filter((c) => holdsAt(c.when, instance));
  if (first === undefined || second !== undefined) {
    const which = first === undefined ? 'no case holds' : `two cases (${first.id}, ${second?.id ?? ''}) hold`;
    throw new UsageError(
      `${which} at ${describeInstance(instance)}`,
      'The cases of a theorem must partition its parameters.',
    );
  }
  return first;
};

export const meetsHypotheses = (revision: Revision, instance: Instance): boolean =>
  revision.hypotheses.every((hypothesis) => holdsAt(hypothesis, instance));
