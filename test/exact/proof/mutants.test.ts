/** Wrong variants of the theorems: where the certificate differs at all from the true one, it is not accepted. */
import { describe, expect, it } from 'vitest';
import { NotCertifiableError } from '../../../src/check/proof-certificate.js';
import { missingInProof } from '../../../src/check/proof-findings.js';
import { UsageError } from '../../../src/errors.js';
import { checkProof } from '../../../src/exact/proof/judge.js';
import type { Theorem } from '../../../src/theorem/contract.js';
import { MUTANTS_41 } from '../../mutants/theorem-4.1.js';
import { MUTANTS_42 } from '../../mutants/theorem-4.2.js';
import type { Mutant } from '../../mutants/rewrite.js';
import { MUTANTS_31 } from '../../mutants/theorem-3.1.js';
import { MUTANTS_32_RIDGE } from '../../mutants/theorem-3.2-ridge.js';
import { MUTANTS_32 } from '../../mutants/theorem-3.2.js';
import { LONG } from '../../effort.js';
import { chainOf } from './chain-examples.js';
import { certificateOf, exampleOf } from './examples.js';

const refusalOr = (theorem: Theorem): string => {
  try {
    return certificateOf(theorem);
  } catch (error) {
    if (error instanceof NotCertifiableError || error instanceof UsageError) return `refused: ${error.message}`;
    throw error;
  }
};

/** Whether `prove` finds something missing, or the statement itself unfit. */
const isRefused = async (theorem: Theorem): Promise<boolean> => {
  const revision = theorem.revisions.find((x) => x.status === 'current')!;
  try {
    return (await missingInProof({ theorem, revision })) !== undefined;
  } catch (error) {
    if (error instanceof UsageError) return true;
    throw error;
  }
};

const all: readonly (readonly [string, readonly Mutant[]])[] = [
  ['3.1', MUTANTS_31],
  ['3.2', MUTANTS_32],
  ['3.2-ridge', MUTANTS_32_RIDGE],
  // A second each.
  ...(LONG ? ([['4.1', MUTANTS_41], ['4.2', MUTANTS_42]] as const) : []),
];

describe.each(all)('mutants of %s', (id, mutants) => {
  it('have no certificate of their own', async () => {
    const accepted: string[] = [];
    let different = 0;
    const own = id.startsWith('4') ? chainOf(id) : exampleOf(id);
    for (const { name, theorem } of mutants) {
      const text = refusalOr(theorem);
      if (text === own) continue;
      different += 1;
      const judgement = checkProof(text);
      if (!judgement.accepted) continue;
      // A chain says itself for which λ's it holds: `prove` has to see that these are not those of the theorem.
      if (id.startsWith('4') && (await isRefused(theorem))) continue;
      accepted.push(`${name}: ${judgement.sentence}`);
    }
    expect(accepted).toEqual([]);
    expect(different).toBeGreaterThan(mutants.length / 3);
  });
});
