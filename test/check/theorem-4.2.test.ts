import { describe, expect, it } from 'vitest';
import { exactFamilyCheck } from '../../src/check/measured/exact-family.js';
import { kinksCheck, isSmooth } from '../../src/check/measured/kinks.js';
import { certainlyMeets, priceAt } from '../../src/check/of-minimizer.js';
import { lowRankPreActivations } from '../../src/check/rectified-starts.js';
import { citedBy } from '../../src/check/verdict.js';
import { type Setting, createSetting } from '../../src/check/setting.js';
import { linksOf } from '../../src/check/chain/links.js';
import { descend } from '../../src/numeric/descent/descend.js';
import type { Revision } from '../../src/theorem/contract.js';
import type { Instance } from '../../src/theorem/instance.js';
import { theorem42 } from '../../theorems/tirer-bruna-2022/theorem-4.2.js';
import { examine } from './run.js';

const revision = (id: string): Revision => theorem42.revisions.find((x) => x.id === id)!;
const drawn = { rational: true };

/** z = 3/4 with w₂ = w₁ = h/(3/4) = 1 in K = 4 classes of 2 samples. */
const below: Instance = { K: 4, n: 2, d: 5, lambda: { W2: '3/64', W1: '3/64', H1: '1/24' } };
/** κ just above 1/16, where nonzero points lie below zero. */
const beside: Instance = { K: 6, n: 1, d: 6, lambda: { W2: '1/24', W1: '1/24', H1: '1667/10000' } };

describe('Theorem 4.2', () => {
  it('has the whole family, in rationals and at kinks', () => {
    const setting = createSetting(revision('relaxed'), below, 1);
    expect(exactFamilyCheck.measure(setting, drawn)).toMatchObject({ outcome: 'pass', measured: 0, bound: 0 });
    expect(kinksCheck.measure(setting, drawn).outcome).toBe('pass');
    expect(isSmooth(setting, setting.claimedPoint(0))).toBe(true);
    // The features of the strong form are orthogonal: zeros among the pre-activations.
    const strong = createSetting(revision('strong'), below, 1);
    expect(isSmooth(strong, strong.claimedPoint(0))).toBe(false);
  });

  it('is beaten from pre-activations of low rank; what beats it breaks (H*), at a price', () => {
    const [original, relaxed] = ['original', 'relaxed'].map((id) => createSetting(revision(id), beside, 1)) as [
      Setting,
      Setting,
    ];
    expect([original.claimedValue, relaxed.case.id]).toEqual([0.5, 'zero']);
    const ends = Array.from({ length: 48 }, (_, k) => {
      const start = lowRankPreActivations(original, original.stream('low rank', k), 2);
      return descend(original.model, start, { method: 'lbfgs', key: ['low rank', k] });
    }).filter((x) => x.value < 0.5 - 1e-6);
    expect(ends.length).toBeGreaterThan(0);
    for (const { point, value } of ends) {
      expect(certainlyMeets(original, point, 1e-12)).toBe(true);
      expect(0.5 - value).toBeLessThanOrEqual(priceAt(relaxed, point));
    }
  });

  it('has no price where σ changes nothing', () => {
    const setting = createSetting(revision('relaxed'), below, 1);
    expect(priceAt(setting, setting.claimedPoint(3))).toBeLessThan(1e-12);
    expect(priceAt(createSetting(revision('original'), below, 1), setting.claimedPoint(3))).toBe(0);
  });

  it('is proved from f down to f* − price', () => {
    const ends = (id: string) => linksOf(revision(id), revision(id).cases[0]!).map((x) => x.lower.name);
    expect(ends('relaxed')).toEqual(['B1', 'B2', 'B3', 'B4', 'B5']);
    expect(ends('original')).toEqual(['B1', 'B2', 'B3', 'B4', 'B5']);
  });

  it('is proved modulo three cited lemmas, for all parameters', async () => {
    const inWords = ['parametrisation', 'symbolic-stationarity', 'symbolic-value', 'chain-steps', 'chain-equality'];
    const only = ['cases', ...inWords];
    const { judgement, evidence } = await examine(theorem42, { only, trials: 1 });
    expect(evidence.filter((x) => x.outcome !== 'pass')).toEqual([]);
    expect(judgement.proof).toEqual({ status: 'holds' });
    expect(citedBy(evidence)).toHaveLength(3);
  });
});
