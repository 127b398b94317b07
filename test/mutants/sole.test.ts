import { describe, expect, it } from 'vitest';
import { CHECK_IDS } from '../../src/check/checks.js';
import { examineMutant } from './examine.js';
import { noticing, rowOf } from './matrix.js';
import { SOLE } from './sole.js';

describe('every check', () => {
  it('has a mutant that it alone is to notice', () => {
    expect(SOLE.map((x) => x.killer)).toEqual(CHECK_IDS);
  });

  it.each(SOLE.map((x) => [x.killer, x.name, x] as const))('%s alone notices: %s', async (killer, _, mutant) => {
    const [wrong, right] = [await examineMutant(mutant), await examineMutant({ ...mutant, theorem: mutant.original })];
    const [row, original] = [rowOf(wrong.evidence), rowOf(right.evidence)];
    expect(Object.entries(original).filter(([, says]) => says === 'fail')).toEqual([]);
    expect(noticing(row, original)).toEqual([killer]);
  });
});
