/** What keeps the written proof of a revision from holding, by the symbolic checks alone. */
import type { Target } from '../theorem/registry.js';
import { targetName } from '../theorem/registry.js';
import { casesCheck } from './claim/cases.js';
import { chainEqualityCheck, chainStepsCheck, isProvedByChainAlone } from './claim/chain-proof.js';
import { parametrisationCheck } from './claim/parametrisation.js';
import { symbolicValueCheck } from './claim/stationarity.js';
import { attainmentCheck, equalityCheck, identityCheck, signsCheck } from './claim/sum-of-squares.js';

const OF_SQUARES = [identityCheck, signsCheck, attainmentCheck, equalityCheck];
const OF_CHAINS = [symbolicValueCheck, chainStepsCheck, chainEqualityCheck];

/** The first part that is not shown, in one line; undefined where sums of squares, or chains, prove every case. */
export const missingInProof = async (target: Target): Promise<string | undefined> => {
  const { revision } = target;
  const isChain = isProvedByChainAlone(revision);
  const without = revision.cases.find(({ proof }) => proof === undefined);
  if (without !== undefined && !isChain) return `the case ${without.id} has none`;
  const context = { revision, identity: { target: targetName(target), seed: 0 } };
  for (const check of [casesCheck, parametrisationCheck, ...(isChain ? OF_CHAINS : OF_SQUARES)]) {
    const open = (await check.run(context)).find(({ outcome }) => outcome !== 'pass');
    if (open !== undefined) {
      const { part, statement, detail } = open;
      const where = part === undefined ? check.id : `${check.id} (${part})`;
      return `${where}: ${statement}${detail === undefined ? '' : `: ${detail}`}`;
    }
  }
  return undefined;
};
