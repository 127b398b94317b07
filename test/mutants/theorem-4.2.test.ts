import { describe, expect, it } from 'vitest';
import { theorem42 } from '../../theorems/tirer-bruna-2022/theorem-4.2.js';
import { examineMutant } from './examine.js';
import { MUTANTS_42 } from './theorem-4.2.js';

// A ReLU costs more than a product: only the killer is asked, at few instances.
const FEW = 6;

describe('mutants of Theorem 4.2', () => {
  it.each(MUTANTS_42.map((x) => [x.killer, x.name, x] as const))('%s alone kills: %s', async (killer, _, mutant) => {
    const { evidence, judgement } = await examineMutant({ instances: FEW, ...mutant }, [killer]);
    expect(evidence.filter((x) => x.outcome !== 'pass').map((x) => x.check)).toContain(killer);
    expect(['suspect', 'inconclusive']).toContain(judgement.verdict);
  });

  it('have a true original, which the same checks do not accuse', async () => {
    const killers = [...new Set(MUTANTS_42.map((x) => x.killer))];
    const { evidence } = await examineMutant({ theorem: theorem42, instances: FEW }, killers);
    expect(evidence.filter((x) => x.outcome !== 'pass')).toEqual([]);
    expect([...new Set(evidence.map((x) => x.check))].sort()).toEqual([...killers].sort());
  });
});
