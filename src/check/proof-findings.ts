/** What keeps the written proof of a revision from holding, by the symbolic checks alone. */
import type { Target } from '../theorem/registry.js';
import { targetName } from '../theorem/registry.js';
import { casesCheck } from './claim/cases.js';
import { parametrisationCheck } from './claim/parametrisation.js';
import { attainmentCheck, equalityCheck, identityCheck, signsCheck } from './claim/sum-of-squares.js';

/** The first part that is not shown, in one line; undefined where the sums of squares prove every case. */
export const missingInProof = async (target: Target): Promise<string | undefined> => {
  const { revision } = target;
  const without = revision.cases.find(({ proof }) => proof === undefined);
  if (without !== undefined) return `the case ${without.id} has none`;
  const context = { revision, identity: { target: targetName(target), seed: 0 } };
  for (const check of [casesCheck, parametrisationCheck, identityCheck, signsCheck, attainmentCheck, equalityCheck]) {
    const open = (await check.run(context)).find(({ outcome }) => outcome !== 'pass');
    if (open !== undefined) {
      const { part, statement, detail } = open;
      const where = part === undefined ? check.id : `${check.id} (${part})`;
      return `${where}: ${statement}${detail === undefined ? '' : `: ${detail}`}`;
    }
  }
  return undefined;
};
