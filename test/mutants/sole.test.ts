import { describe, expect, it } from 'vitest';
import { CHECK_IDS } from '../../src/check/checks.js';
import { examineMutant } from './examine.js';
import { type Row, noticing, rowOf } from './matrix.js';
import { checksTable, requireOnPage, soleTable } from './page.js';
import { SOLE, type SoleMutant } from './sole.js';

const rowsOf = async (mutant: SoleMutant): Promise<{ readonly row: Row; readonly original: Row }> => {
  const [wrong, right] = [await examineMutant(mutant), await examineMutant({ ...mutant, theorem: mutant.original })];
  return { row: rowOf(wrong.evidence), original: rowOf(right.evidence) };
};

describe('every check', () => {
  it('has a mutant that it alone is to notice', () => {
    expect(SOLE.map((x) => x.killer)).toEqual(CHECK_IDS);
  });

  it.each(SOLE.map((x) => [x.killer, x.name, x] as const))('%s alone notices: %s', async (killer, _, mutant) => {
    const { row, original } = await rowsOf(mutant);
    expect(Object.entries(original).filter(([, says]) => says === 'fail')).toEqual([]);
    expect(noticing(row, original)).toEqual([killer]);
  });

  it('stands on the page of mutants', async () => {
    const rows = [];
    for (const mutant of SOLE) rows.push({ ...mutant, ...(await rowsOf(mutant)) });
    requireOnPage('checks', checksTable());
    requireOnPage('sole', soleTable(rows.map(({ name, killer, row, original }) => ({ name, killer, row, original }))));
  });
});
