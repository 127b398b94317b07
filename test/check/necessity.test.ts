/** Hypotheses dropped in turn: what the run says about each, and about what lies beyond them. */
import { describe, expect, it } from 'vitest';
import { impossibleConclusion } from '../../src/check/necessity/empty-form.js';
import { createSetting } from '../../src/check/setting.js';
import { DEFAULT_RANGES } from '../../src/cli/defaults.js';
import { parseSizeRange } from '../../src/cli/ranges.js';
import { asExpected, revisionText } from '../../src/report/terminal.js';
import { K, add, d, div, leq, lt, mul, n, number } from '../../src/symbolic/build.js';
import type { OutsideClaim, Revision } from '../../src/theorem/contract.js';
import { drawViolating } from '../../src/theorem/violating.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import { theorem32 } from '../../theorems/tirer-bruna-2022/theorem-3.2.js';
import { withRevision } from '../mutants/rewrite.js';
import { examine } from './run.js';

const [r31] = theorem31.revisions as [Revision];
const [r32] = theorem32.revisions as [Revision];
const [outside31] = r31.outside as [OutsideClaim];
const only = ['necessity'];

describe('Theorem 3.1 without d ≥ K', () => {
  it('is false at every d < K, and what is true there is shown', async () => {
    const { necessity, judgement, evidence } = await examine(theorem31, { only, trials: 100 });
    const [hypothesis] = necessity!.hypotheses;
    expect(hypothesis).toMatchObject({ hypothesis: 'K ≤ d', outcome: 'needed', tried: 10 });
    expect(hypothesis!.enough).toBeUndefined();
    const { kind, instance, claimed, lowest, reproduce } = hypothesis!.witness!;
    expect(kind).toBe('empty-form');
    expect(instance.d).toBeLessThan(instance.K);
    expect(lowest).toBeGreaterThan(claimed);
    expect(reproduce).toContain('--checks necessity');
    expect(necessity!.outside).toMatchObject([{ id: 'd < K', outcome: 'pass', symbolic: true }]);
    // No violation of the theorem, and no evidence either way.
    expect([judgement.violations, evidence]).toEqual([[], []]);
  });
});

describe('Theorem 3.2 without d ≥ K', () => {
  it('needs d ≥ K − 1 only', async () => {
    const { necessity } = await examine(theorem32, { only, trials: 100 });
    const [hypothesis] = necessity!.hypotheses;
    expect(hypothesis).toMatchObject({ outcome: 'needed', enough: { statement: 'd ≥ K − 1' } });
    expect(hypothesis!.enough!.instances).toBeGreaterThanOrEqual(3);
    const { instance } = hypothesis!.witness!;
    expect(instance.d).toBeLessThanOrEqual(instance.K - 2);
    expect(necessity!.outside).toMatchObject([{ id: 'd < K − 1', outcome: 'pass', symbolic: true }]);
  });

  it('has an empty form exactly where a rank is missing', () => {
    for (const size of [1, 2, 3, 4]) {
      const at = { K: 4, n: 2, d: size, lambda: { W: '1/20', H: '1/30' } };
      expect(impossibleConclusion(createSetting(r32, at, 1))?.conclusion).toBe(size < 3 ? 'NC2' : undefined);
      expect(impossibleConclusion(createSetting(r31, at, 1))?.conclusion).toBe(size < 4 ? 'NC2' : undefined);
    }
    // Beyond the threshold the claimed minimizer is zero, for any d.
    const beyond = createSetting(r31, { K: 4, n: 2, d: 1, lambda: { W: '1', H: '1' } }, 1);
    expect(impossibleConclusion(beyond)).toBeUndefined();
  });
});

const withHypotheses = (...extra: Revision['hypotheses']) =>
  withRevision(theorem31, (x) => ({ ...x, hypotheses: [...x.hypotheses, ...extra] }));

describe('a hypothesis', () => {
  it('that does nothing is called not needed, on what was tried', async () => {
    const { necessity } = await examine(withHypotheses(leq(3, n)), { only, trials: 60 });
    expect(necessity!.hypotheses.map((x) => [x.hypothesis, x.outcome])).toEqual([
      ['K ≤ d', 'needed'],
      ['3 ≤ n', 'not needed'],
    ]);
    expect(necessity!.hypotheses[1]).toMatchObject({ tried: 6, held: 6, violated: 0, open: 0 });
  });

  it('that no instance within reach violates is called unknown', async () => {
    const { necessity } = await examine(withHypotheses(leq(1, K)), { only });
    expect(necessity!.hypotheses[1]).toMatchObject({ outcome: 'unknown', tried: 0 });
  });

  it('of a theorem that is false anyway is not asked about', async () => {
    const wrong = withRevision(theorem31, (x) => ({
      ...x,
      cases: x.cases.map((home) => ({ ...home, value: add(home.value, '1/10') })),
    }));
    const { judgement, necessity } = await examine(wrong, { only: ['numeric-value', 'necessity'], trials: 4 });
    expect([judgement.verdict, necessity]).toEqual(['suspect', undefined]);
  });

  it('is unknown where the run was interrupted', async () => {
    const { necessity, interrupted } = await examine(theorem31, { only, shouldStop: () => true });
    expect(necessity!.hypotheses).toMatchObject([{ outcome: 'unknown', detail: 'the run was interrupted' }]);
    expect(interrupted).toBe(true);
  });

  it('is reported with the draws that met it, so that an author sees which one empties the set', async () => {
    const empty = await examine(withHypotheses(lt(d, K)), { trials: 6, only: ['numeric-value'] });
    expect(empty.judgement.verdict).toBe('vacuous');
    const { drawn, each, all } = empty.hypotheses;
    expect(each).toEqual([drawn, 0]);
    expect([drawn > 0, all]).toEqual([true, 0]);
    expect(revisionText(empty)).toContain(`K ≤ d: ${drawn} of ${drawn} drawn · d < K: 0 of ${drawn} drawn · all: 0 of`);
  });
});

describe('a claim about the outside', () => {
  const claiming = (change: Partial<OutsideClaim>) =>
    withRevision(theorem31, (x) => ({ ...x, outside: [{ ...outside31, ...change }] }));

  it.each([
    ['a value that is too small', { value: mul('1/2', outside31.value) }, /differs from the claimed value/],
    ['a minimizer that is not critical', { minimizer: swapped() }, /not stationary/],
    ['a saddle', { minimizer: atZero(), value: number('1/2') }, /ends below the claimed value/],
  ] as [string, Partial<OutsideClaim>, RegExp][])('that is false is called false: %s', async (_, change, why) => {
    const result = await examine(claiming(change), { only, trials: 50 });
    expect(result.necessity!.outside).toMatchObject([{ outcome: 'fail' }]);
    expect(result.necessity!.outside[0]!.detail).toMatch(why);
    // The theorem is not blamed, but the module says something false.
    expect(result.judgement.violations).toEqual([]);
    expect(asExpected({ ...result, judgement: { ...result.judgement, verdict: 'proved' } })).toBe(false);
    expect(revisionText(result)).toContain('FALSE: if d < K');
  });

  it('that nothing lies under is open', async () => {
    const { necessity } = await examine(claiming({ when: lt(mul(9, d), K) }), { only });
    expect(necessity!.outside).toMatchObject([{ outcome: 'inconclusive', instances: 0 }]);
  });

  function swapped(): OutsideClaim['minimizer'] {
    const { frames, blocks } = outside31.minimizer;
    return { ...(frames === undefined ? {} : { frames }), blocks: { ...blocks, W: mul(2, blocks['W']!) } };
  }
  function atZero(): OutsideClaim['minimizer'] {
    const { blocks } = outside31.minimizer;
    return { ...outside31.minimizer, blocks: { W: mul(0, blocks['W']!), H: mul(0, blocks['H']!) } };
  }
});

describe('instances that violate a hypothesis', () => {
  it('are drawn from sizes that the ranges allow, by every amount in every case, always the same', () => {
    const draw = (seed: number) => drawViolating(r31, 0, DEFAULT_RANGES, 10, seed);
    expect(draw(5)).toEqual(draw(5));
    expect(draw(5)).not.toEqual(draw(6));
    for (const { instance, amount } of draw(5)) expect(amount).toBe(instance.K - instance.d);
    const kinds = draw(5).map((x) => `${Math.min(x.amount!, 3)} ${x.caseId}`);
    expect(new Set(kinds)).toEqual(new Set([1, 2, 3].flatMap((a) => [`${a} frame`, `${a} zero`])));
  });

  it('stay in the given ranges where those hold some', () => {
    const ranges = { ...DEFAULT_RANGES, K: parseSizeRange('K', '5'), d: parseSizeRange('d', '4..6') };
    expect(drawViolating(r31, 0, ranges, 10, 1).every((x) => x.instance.K === 5 && x.instance.d === 4)).toBe(true);
  });

  it('are also found for hypotheses about λ', () => {
    const ceiling = leq(r31.problem.lambda['W']!, div(1, mul(10, K)));
    const revision = { ...r31, hypotheses: [leq(K, d), ceiling] };
    const drawn = drawViolating(revision, 1, DEFAULT_RANGES, 10, 1);
    expect(drawn).toHaveLength(10);
    expect(drawn.every((x) => x.amount === undefined && x.instance.d >= x.instance.K)).toBe(true);
  });
});
