import { describe, expect, it } from 'vitest';
import { CHECK_IDS } from '../../src/check/checks.js';
import type { Evidence } from '../../src/check/evidence.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import { theorem32 } from '../../theorems/tirer-bruna-2022/theorem-3.2.js';
import { theorem32Ridge } from '../../theorems/tirer-bruna-2022/theorem-3.2-ridge.js';
import { MUTANTS_OF_CHAINS } from './chains.js';
import { PAGES } from '../effort.js';
import { examineMutant } from './examine.js';
import { rowOf } from './matrix.js';
import { requireOnPage, wholeTable } from './page.js';
import { MUTANTS_31 } from './theorem-3.1.js';
import { MUTANTS_32_RIDGE } from './theorem-3.2-ridge.js';
import { MUTANTS_32 } from './theorem-3.2.js';
import { MUTANTS_41 } from './theorem-4.1.js';
import { MUTANTS_42 } from './theorem-4.2.js';

const MUTANTS = [...MUTANTS_31, ...MUTANTS_32, ...MUTANTS_32_RIDGE, ...MUTANTS_OF_CHAINS];

/** Checks that only theorems with two layers have something for: their mutants are run by files of their own. */
const OF_TWO_LAYERS = ['exact-family', 'kinks', 'chain-steps', 'chain-equality'];
const applicable = CHECK_IDS.filter((x) => !OF_TWO_LAYERS.includes(x));

const unhappy = (evidence: readonly Evidence[]): Evidence[] => evidence.filter((x) => x.outcome !== 'pass');

describe('mutants', () => {
  it('name every check as the killer of at least one', () => {
    const killers = [...MUTANTS, ...MUTANTS_41, ...MUTANTS_42].map((x) => x.killer);
    expect([...new Set(killers)].sort()).toEqual([...CHECK_IDS].sort());
  });

  it.each([theorem31, theorem32, theorem32Ridge].map((x) => [x.id, x] as const))(
    'no check accuses the theorem itself: %s',
    async (_, theorem) => {
      // Every stratum is covered.
      const { evidence, judgement } = await examineMutant({ theorem, instances: 14 });
      expect(unhappy(evidence)).toEqual([]);
      expect(judgement.verdict).toBe('proved');
      expect([...new Set(evidence.map((x) => x.check))].sort()).toEqual([...applicable].sort());
    },
  );

  it.each(MUTANTS.map((x) => [x.killer, x.name, x] as const))('%s alone kills: %s', async (killer, _, mutant) => {
    const { evidence, judgement } = await examineMutant(mutant, [killer]);
    expect(unhappy(evidence).length).toBeGreaterThan(0);
    expect(judgement.verdict).not.toBe('proved');
  });

  const oneForEach = CHECK_IDS.flatMap((id) => MUTANTS.filter((x) => x.killer === id).slice(0, 1));
  it.each((PAGES ? MUTANTS : oneForEach).map((x) => [x.wrong, x.name, x.killer, x] as const))(
    'all checks together blame the %s: %s',
    async (wrong, _, killer, mutant) => {
      const { evidence, judgement } = await examineMutant(mutant);
      expect(unhappy(evidence).map((x) => x.check)).toContain(killer);
      if ('step' in mutant) expect(evidence.map((x) => x.part)).toContain(mutant.step);
      if (wrong === 'chain') {
        // The sum of squares still proves the theorem; the chain beside it is what is broken.
        expect([judgement.verdict, judgement.proof.status, judgement.violations]).toEqual(['proved', 'broken', []]);
      } else if (wrong === 'proof') {
        expect(judgement.violations).toEqual([]);
        expect(judgement.proof.status).toBe('broken');
        expect(judgement.verdict).toBe(mutant.open === true ? 'inconclusive' : 'upheld');
      } else {
        expect(['suspect', 'inconclusive']).toContain(judgement.verdict);
      }
    },
  );

  it.each(oneForEach.map((x) => [x.killer, x.name, x] as const))(
    '%s says alone what it says together with the others: %s',
    async (killer, _, mutant) => {
      const [alone, together] = [await examineMutant(mutant, [killer]), await examineMutant(mutant)];
      expect(alone.evidence).toEqual(together.evidence.filter((x) => x.check === killer));
    },
  );

  if (PAGES) {
    it('stand on their page, each with what every check says', async () => {
      const rows = [];
      for (const mutant of MUTANTS) {
        const { evidence } = await examineMutant(mutant);
        rows.push({ name: mutant.name, wrong: mutant.wrong, row: rowOf(evidence) });
      }
      requireOnPage('all', wholeTable(rows));
    });
  }
});
