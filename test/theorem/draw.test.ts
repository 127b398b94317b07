import { describe, expect, it } from 'vitest';
import { parseLambdaRange, parseSizeRange } from '../../src/cli/ranges.js';
import { DEFAULT_RANGES } from '../../src/cli/defaults.js';
import { caseAt, meetsHypotheses } from '../../src/theorem/cases.js';
import type { Revision } from '../../src/theorem/contract.js';
import { drawInstances } from '../../src/theorem/draw.js';
import type { InstanceRanges } from '../../src/theorem/genome.js';
import { scalarAt } from '../../src/theorem/instance.js';
import { shrinkInstance } from '../../src/theorem/shrink.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import { theorem32 } from '../../theorems/tirer-bruna-2022/theorem-3.2.js';

const [revision] = theorem31.revisions as [Revision];
const threshold = revision.cases[0]?.when as { readonly left: Parameters<typeof scalarAt>[0] };
const c = (instance: Parameters<typeof scalarAt>[1]): number => scalarAt(threshold.left, instance);

describe('drawn instances', () => {
  it('are a function of the seed', () => {
    const draw = (seed: number) => JSON.stringify(drawInstances(revision, DEFAULT_RANGES, 30, seed));
    expect(draw(3)).toBe(draw(3));
    expect(draw(3)).not.toBe(draw(4));
  });

  it('cover every stratum, pinned instances first, all distinct and within the hypotheses', () => {
    const { instances, coverage } = drawInstances(revision, DEFAULT_RANGES, 40, 1);
    expect(instances).toHaveLength(40);
    expect(coverage.map((x) => [x.stratum, x.instances > 0])).toEqual(
      ['c < 1', 'c just below 1', 'c = 1', 'c just above 1', 'c > 1'].map((x) => [x, true]),
    );
    expect(instances.slice(0, 7).every((x) => x.origin === 'pinned' && x.rational)).toBe(true);
    expect(new Set(instances.map((x) => JSON.stringify(x.instance))).size).toBe(40);
    for (const { instance, caseId } of instances) {
      expect(meetsHypotheses(revision, instance)).toBe(true);
      expect(caseAt(revision, instance).id).toBe(caseId);
      expect(c(instance) <= 1).toBe(caseId === 'frame');
    }
  });

  it('hit the threshold exactly, not nearly', () => {
    const { instances } = drawInstances(revision, DEFAULT_RANGES, 40, 2);
    const ties = instances.filter((x) => x.origin === 'c = 1');
    expect(ties.length).toBeGreaterThan(0);
    for (const { instance } of ties) expect(c(instance)).toBe(1);
  });

  it.each([
    [20, 3],
    [100, 1],
    [100, 11],
    [100, 2022],
  ])('are not comfortable: of %i at seed %i, half have n ≥ 2, d > K, K ≠ n and distinct λ', (trials, seed) => {
    for (const { revisions } of [theorem31, theorem32]) {
      const { instances } = drawInstances(revisions[0] as Revision, DEFAULT_RANGES, trials, seed);
      const hard = instances.filter(
        ({ instance: { K, n, d, lambda } }) => n >= 2 && d > K && K !== n && lambda['W'] !== lambda['H'],
      );
      expect(hard.length).toBeGreaterThanOrEqual(trials / 2);
      expect(hard.length).toBeLessThanOrEqual(0.8 * trials);
    }
  });

  it('are comfortable where the ranges leave nothing else', () => {
    const ranges = { ...DEFAULT_RANGES, d: parseSizeRange('d', 'K') };
    expect(drawInstances(revision, ranges, 40, 3).coverage.every((x) => x.instances > 0)).toBe(true);
  });

  it('stay in the ranges of the user, and reach what the ranges can reach', () => {
    const ranges: InstanceRanges = {
      K: parseSizeRange('K', '3..6'),
      d: parseSizeRange('d', 'K..2K'),
      n: parseSizeRange('n', '1..4'),
      lambda: { W: parseLambdaRange('lambda', '1e-4..1e-1'), H: parseLambdaRange('lambda', '1e-4..1e-1') },
    };
    const { instances, coverage } = drawInstances(revision, ranges, 30, 7);
    expect(coverage.every((x) => x.reachable && x.instances > 0)).toBe(true);
    for (const { instance } of instances) {
      expect(instance.K).toBeGreaterThanOrEqual(3);
      expect(instance.d).toBeLessThanOrEqual(2 * instance.K);
      for (const value of Object.values(instance.lambda)) {
        const [p = '0', q = '1'] = value.split('/');
        expect(Number(p) / Number(q)).toBeGreaterThanOrEqual(1e-4 * (1 - 1e-12));
        expect(Number(p) / Number(q)).toBeLessThanOrEqual(1e-1 * (1 + 1e-12));
      }
    }
  });

  it('say which strata the ranges cannot reach', () => {
    const tiny = parseLambdaRange('lambda', '1e-6..1e-5');
    const { coverage } = drawInstances(revision, { ...DEFAULT_RANGES, lambda: { W: tiny, H: tiny } }, 10, 1);
    expect(coverage.filter((x) => x.reachable).map((x) => x.stratum)).toEqual(['c < 1']);
  });
});

describe('shrinking', () => {
  it('ends at the smallest instance that still fails', () => {
    const { instances } = drawInstances(revision, DEFAULT_RANGES, 40, 1);
    const start = instances.find((x) => x.origin === 'c < 1' && x.instance.n >= 3 && x.instance.K >= 3);
    if (start === undefined) throw new Error('no such instance');
    const shrunk = shrinkInstance(revision, DEFAULT_RANGES, start, ({ K, n }) => K >= 2 && n >= 3, 500);
    expect(shrunk).toMatchObject({ K: 2, n: 3, d: 2 });
    expect(caseAt(revision, shrunk).id).toBe('frame');
    const unchanged = shrinkInstance(revision, DEFAULT_RANGES, start, () => false, 500);
    expect(unchanged).toEqual(start.instance);
  });
});
