/** The map of descents over K and μ′: what lies in which cell is decided in rational numbers. */
import { describe, expect, it } from 'vitest';
import { createSetting } from '../../src/check/setting.js';
import { classAt, pricedHypothesis } from '../../src/check/vacuity/excess.js';
import { type DescentPlace, type MapCell, descentMap } from '../../src/check/vacuity/place.js';
import { consequenceText, excessJson, excessTexts } from '../../src/report/excess.js';
import type { Revision } from '../../src/theorem/contract.js';
import { theorem42 } from '../../theorems/tirer-bruna-2022/theorem-4.2.js';
import { theorem41 } from '../../theorems/tirer-bruna-2022/theorem-4.1.js';
import { examine } from './run.js';
import { parseSizeRange } from '../../src/cli/ranges.js';

const NONE = { above: 0, within: 0, below: 0 };
const relaxed = findRevision('relaxed');

function findRevision(id: string): Revision {
  const found = theorem42.revisions.find((x) => x.id === id);
  if (found === undefined) throw new Error('4.2 has changed');
  return found;
}

/** With 4κ = 32·λ_{H₁}/16 at K = 2, n = 1: λ_{H₁} = 1/8 is the threshold. */
const place = (lambda: string, change: Partial<DescentPlace> = {}): DescentPlace => ({
  instance: { K: 2, n: 1, d: 2, lambda: { W2: '1/4', W1: '1/4', H1: lambda } },
  runs: 10,
  counts: { above: 1, within: 9, below: 0 },
  lower: 0,
  againstPrice: 0,
  lowest: { gap: 0, rounding: 1e-16, excess: 'within' },
  ...change,
});

describe('the map of descents', () => {
  it('keeps the threshold apart from both of its sides, however near', () => {
    const sides = ['1/8', '12499999999999999/100000000000000000', '125000000001/1000000000000'];
    const map = descentMap(relaxed, sides.map((x) => place(x)));
    expect(map?.cells.map(({ range }) => `${range.from}..${range.to ?? ''}`)).toEqual([
      '12/25..1/2',
      '1/2..1/2',
      '1/2..13/25',
    ]);
    expect(map?.ranges).toHaveLength(3);
    expect(descentMap(relaxed, [])).toBeUndefined();
  });

  it('adds up the instances of a cell, and keeps the lowest end', () => {
    const low = { gap: -1e-3, rounding: 1e-15, excess: 'above' } as const;
    const lower = place('1/8', { lower: 2, lowest: low, counts: { above: 3, within: 6, below: 1 } });
    const map = descentMap(relaxed, [place('1/8'), lower]);
    expect(map?.hypothesis).toEqual({ id: 'H*', text: '‖σ(W₁ H₁)‖_* = ‖W₁ H₁‖_*' });
    expect(map?.cells).toEqual([
      expect.objectContaining({
        K: 2,
        instances: 2,
        runs: 20,
        counts: { above: 4, within: 15, below: 1 },
        lower: 2,
        againstPrice: 0,
        beaten: 1,
        lowest: low,
      }),
    ]);
  });

  it('says what ends below f* mean: nothing of minimizers where the price is not proved', () => {
    const beaten = [place('1/9', { lower: 1, lowest: { gap: -1e-3, rounding: 1e-15, excess: 'above' } })];
    const textOf = (revision: Revision, places: readonly DescentPlace[]): string => {
      const map = descentMap(revision, places);
      return map === undefined ? '' : consequenceText(map, 'H*');
    };
    expect(textOf(relaxed, [place('1/9')])).toBe('');
    expect(textOf(relaxed, beaten)).toMatch(/^f ≥ f\* is proved wherever \(H\*\) holds .*: no global minimizer/);
    const bare = { ...relaxed, cases: relaxed.cases.map(({ chain: _, ...home }) => home) };
    expect(textOf(bare, beaten)).toMatch(/is not proved \(case frame: no chain of inequalities is stated\); if /);
    expect(textOf(bare, beaten.map((x) => ({ ...x, againstPrice: 1 })))).toBe(
      'The price of (H*) is contradicted by 1 end below f*.',
    );
  });

  it('takes an end that is all but zero for zero, where the hypothesis holds, and no other', () => {
    const hypothesis = pricedHypothesis(relaxed);
    if (hypothesis === undefined) throw new Error('4.2 has changed');
    const lambda = { W2: '1/4', W1: '1/4', H1: '1/4' };
    const setting = createSetting(relaxed, { K: 3, n: 1, d: 3, lambda }, 1);
    // Pre-activations of which σ changes the nuclear norm: W₁ = I, H₁ of rank two.
    const { model } = setting;
    const at = (size: number): Float64Array => {
      const point = new Float64Array(model.size);
      const fill = (name: string, entries: readonly number[]): void => {
        const block = model.blocks.find((x) => x.name === name);
        entries.forEach((x, k) => (point[(block?.offset ?? 0) + k] = size * x));
      };
      fill('W1', [1, 0, 0, 0, 1, 0, 0, 0, 1]);
      fill('H1', [0, -1, 1, 1, 0, 1, 1, 1, 0]);
      return point;
    };
    // λ_min·K√n/4 = 3/16; ‖θ‖ = 3·size.
    expect(classAt(setting, hypothesis, at(1))).toBe('above');
    expect(classAt(setting, hypothesis, at(0.07))).toBe('above');
    expect(classAt(setting, hypothesis, at(0.06))).toBe('within');
  });

  it('counts every descent of a run once, and is of two layers with a ReLU alone', async () => {
    const [K, d, n] = [parseSizeRange('K', '2'), parseSizeRange('d', '2'), parseSizeRange('n', '1')];
    const ranges = { K, d, n, lambda: {} };
    const few = { ranges, trials: 3, starts: 4, only: ['descent-value'] };
    const result = await examine(theorem42, few);
    const { map, descents } = result;
    const all = descents.independent + descents.planted;
    expect(all).toBeGreaterThanOrEqual(12);
    const sum = (of: (x: MapCell) => number): number => (map?.cells ?? []).reduce((total, x) => total + of(x), 0);
    expect(sum((x) => x.runs)).toBe(all);
    expect(sum(({ counts = NONE }) => counts.above + counts.within + counts.below)).toBe(all);
    const counts = (['above', 'within', 'below'] as const).map((x) => sum((cell) => cell.counts?.[x] ?? 0));
    expect(excessTexts(result)[0]).toContain(
      `below the right: ${counts.join(' / ')} of ${all} ends, 0 certainly below f*`,
    );
    expect(excessJson(result)).toMatchObject({ map: { hypothesis: { id: 'H*' } } });
    const linear = await examine(theorem41, few);
    expect([linear.map, excessTexts(linear), excessJson(linear)]).toEqual([undefined, [], {}]);
  });
});
