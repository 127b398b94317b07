import { describe, expect, it } from 'vitest';
import { CHECK_IDS } from '../../src/check/checks.js';
import { createPool } from '../../src/check/pool.js';
import { type RevisionResult, measureHandler, verifyRevision } from '../../src/check/verify.js';
import { DEFAULT_RANGES } from '../../src/cli/defaults.js';
import type { Theorem } from '../../src/theorem/contract.js';
import { findTargets, registryOf } from '../../src/theorem/registry.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import { theorem32 } from '../../theorems/tirer-bruna-2022/theorem-3.2.js';
import { MUTANTS_OF_CHAINS } from './chains.js';
import { MUTANTS_31 } from './theorem-3.1.js';
import { MUTANTS_32_RIDGE } from './theorem-3.2-ridge.js';
import { MUTANTS_32 } from './theorem-3.2.js';

const MUTANTS = [...MUTANTS_31, ...MUTANTS_32, ...MUTANTS_32_RIDGE, ...MUTANTS_OF_CHAINS];

const examine = async (theorem: Theorem, only?: readonly string[], trials = 20): Promise<RevisionResult> => {
  const registry = registryOf([theorem]);
  const [target] = findTargets(registry, [], 'current');
  if (target === undefined) throw new Error('no target');
  const pool = createPool({ workers: 0, workerFile: new URL('file:///unused'), handler: measureHandler(registry) });
  const options = { ranges: DEFAULT_RANGES, trials, seed: 3, ...(only === undefined ? {} : { only }) };
  const result = await verifyRevision(target, pool, options);
  await pool.close();
  return result;
};

describe('mutants', () => {
  it('name every check as the killer of at least one', () => {
    expect([...new Set(MUTANTS.map((x) => x.killer))].sort()).toEqual([...CHECK_IDS].sort());
  });

  it.each(MUTANTS.map((x) => [x.killer, x.name, x] as const))('%s alone kills: %s', async (killer, _, mutant) => {
    const { evidence, judgement } = await examine(mutant.theorem, [killer]);
    expect(evidence.filter((x) => x.outcome !== 'pass').map((x) => x.check)).toContain(killer);
    expect(judgement.verdict).not.toBe('proved');
    if ('step' in mutant) expect(evidence.map((x) => x.part)).toContain(mutant.step);
  });

  const originals = [theorem31, theorem32].flatMap((theorem) => CHECK_IDS.map((check) => [check, theorem] as const));
  it.each(originals)('%s alone does not accuse the theorem itself', async (check, theorem) => {
    const { evidence } = await examine(theorem, [check]);
    expect(evidence.length).toBeGreaterThan(0);
    expect(evidence.filter((x) => x.outcome !== 'pass')).toEqual([]);
  });

  it.each(MUTANTS.map((x) => [x.wrong, x.name, x] as const))(
    'all checks together blame the %s: %s',
    async (wrong, _, mutant) => {
      const { judgement } = await examine(mutant.theorem, undefined, mutant.instances);
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
});
