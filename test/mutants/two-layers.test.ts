/** Mutants of the theorems with two layers: each is killed by the check that is meant to, alone. */
import { describe, expect, it } from 'vitest';
import { theorem41 } from '../../theorems/tirer-bruna-2022/theorem-4.1.js';
import { examineMutant } from './examine.js';
import { MUTANTS_41 } from './theorem-4.1.js';

/** Two layers take several times as long as one. */
const FEW = { instances: 6 };

describe('Theorem 4.1', () => {
  it('is proved modulo three cited lemmas', async () => {
    const { judgement, modulo, evidence } = await examineMutant({ theorem: theorem41, ...FEW });
    expect(evidence.filter((x) => x.outcome !== 'pass')).toEqual([]);
    expect([judgement.verdict, judgement.proof.status]).toEqual(['proved', 'holds']);
    expect(modulo).toHaveLength(3);
  });

  it.each(MUTANTS_41.map((x) => [x.killer, x.name, x] as const))('%s alone kills: %s', async (killer, _, mutant) => {
    const { evidence, judgement } = await examineMutant({ ...mutant, ...FEW }, [killer]);
    expect(evidence.filter((x) => x.outcome !== 'pass').map((x) => x.check)).toContain(killer);
    expect(judgement.verdict).not.toBe('proved');
  });

  const sole = ['chain-steps', 'chain-equality'].map((id) => MUTANTS_41.find((x) => x.killer === id)!);
  it.each(sole.map((x) => [x.killer, x.name, x] as const))(
    '%s alone notices, and only the proof is blamed: %s',
    async (killer, _, mutant) => {
      const { judgement, evidence } = await examineMutant({ ...mutant, ...FEW });
      expect([...new Set(evidence.filter((x) => x.outcome !== 'pass').map((x) => x.check))]).toEqual([killer]);
      expect([judgement.verdict, judgement.proof.status, judgement.violations]).toEqual(['upheld', 'broken', []]);
    },
  );
});
