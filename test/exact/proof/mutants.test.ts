/** Wrong variants of the theorems: where the certificate differs at all from the true one, it is not accepted. */
import { describe, expect, it } from 'vitest';
import { NotCertifiableError } from '../../../src/check/proof-certificate.js';
import { UsageError } from '../../../src/errors.js';
import { checkProof } from '../../../src/exact/proof/judge.js';
import type { Theorem } from '../../../src/theorem/contract.js';
import type { Mutant } from '../../mutants/rewrite.js';
import { MUTANTS_31 } from '../../mutants/theorem-3.1.js';
import { MUTANTS_32_RIDGE } from '../../mutants/theorem-3.2-ridge.js';
import { MUTANTS_32 } from '../../mutants/theorem-3.2.js';
import { certificateOf, exampleOf } from './examples.js';

const refusalOr = (theorem: Theorem): string => {
  try {
    return certificateOf(theorem);
  } catch (error) {
    if (error instanceof NotCertifiableError || error instanceof UsageError) return `refused: ${error.message}`;
    throw error;
  }
};

const all: readonly (readonly [string, readonly Mutant[]])[] = [
  ['3.1', MUTANTS_31],
  ['3.2', MUTANTS_32],
  ['3.2-ridge', MUTANTS_32_RIDGE],
];

describe.each(all)('mutants of %s', (id, mutants) => {
  it('have no certificate of their own', () => {
    const accepted: string[] = [];
    let different = 0;
    for (const { name, theorem } of mutants) {
      const text = refusalOr(theorem);
      if (text === exampleOf(id)) continue;
      different += 1;
      const judgement = checkProof(text);
      if (judgement.accepted) accepted.push(`${name}: ${judgement.sentence}`);
    }
    expect(accepted).toEqual([]);
    expect(different).toBeGreaterThan(mutants.length / 3);
  });
});
