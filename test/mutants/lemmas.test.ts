import { describe, expect, it } from 'vitest';
import { LEMMA_SIZES } from '../../src/cli/instance-options.js';
import { parseSizeRange } from '../../src/cli/ranges.js';
import { verifyLemma } from '../../src/check/lemma/verify.js';
import { LEMMA_MUTANTS } from './lemmas.js';

const ranges = {
  K: parseSizeRange('K', LEMMA_SIZES.K),
  n: parseSizeRange('n', LEMMA_SIZES.n),
  d: parseSizeRange('d', LEMMA_SIZES.d),
};

describe('wrong lemmas', () => {
  it.each(LEMMA_MUTANTS.map((x) => [x.killer, x.name, x] as const))('%s: %s', async (killer, _, mutant) => {
    const { evidence, judgement } = await verifyLemma(mutant.lemma, { ranges, trials: 1, seed: 3 });
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
