import { describe, expect, it } from 'vitest';
import { lemmaRanges } from '../../src/cli/instance-options.js';
import { verifyLemma } from '../../src/check/lemma/verify.js';
import { LEMMA_MUTANTS } from './lemmas.js';
import { LONG } from '../effort.js';

describe('wrong lemmas', () => {
  const mutants = LEMMA_MUTANTS.filter((x) => LONG || x.slow !== true);
  it.each(mutants.map((x) => [x.killer, x.name, x] as const))('%s: %s', async (killer, _, mutant) => {
    const ranges = lemmaRanges(mutant.lemma, { lambdas: {} }, false);
    const effort = mutant.wrong === 'statement' ? {} : { least: 8 };
    const { evidence, judgement } = await verifyLemma(mutant.lemma, { ranges, trials: 1, seed: 3, ...effort });
    expect(evidence.filter((x) => x.outcome === 'fail').map((x) => x.check)).toContain(killer);
    if (mutant.wrong === 'statement') {
      expect(['suspect', 'refuted']).toContain(judgement.verdict);
      expect(judgement.violations.length).toBeGreaterThan(0);
    } else if (mutant.wrong === 'proof') {
      expect([judgement.verdict, judgement.proof.status]).toEqual(['upheld', 'broken']);
    } else {
      expect(judgement.verdict).toBe('suspect');
    }
  });
});
