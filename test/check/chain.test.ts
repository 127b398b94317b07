/** Chains of inequalities: which points find a false step, and how a broken one is shown. */
import { describe, expect, it } from 'vitest';
import { evaluateLinks, excess } from '../../src/check/chain/evaluate.js';
import { linksOf } from '../../src/check/chain/links.js';
import { searchChain } from '../../src/check/chain/search.js';
import { createSetting } from '../../src/check/setting.js';
import { createStream } from '../../src/numeric/random.js';
import { zeros } from '../../src/symbolic/build.js';
import type { Revision } from '../../src/theorem/contract.js';
import { numericInterpreter } from '../../src/theorem/evaluate-numeric.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import { reluStep } from '../mutants/chains.js';
import { withRevision } from '../mutants/rewrite.js';
import { examine } from './run.js';

const [revision] = reluStep.revisions as [Revision];
const instance = { K: 4, n: 2, d: 5, lambda: { W: '1/20', H: '1/30' } };
const setting = createSetting(revision, instance, 1);
const links = linksOf(revision, setting.case);
const step = links.find((x) => x.name === 'step 3, B2 ≥ S')!;

describe('a false step', () => {
  it('can be one that Gaussian points do not see and the search does', () => {
    const stream = createStream('gaussian');
    const gaussian = Array.from({ length: 300 }, () => stream.fillNormal(new Float64Array(setting.model.size), 1));
    const seen = gaussian.flatMap((point) => evaluateLinks(setting, [step], point)).filter((x) => x !== undefined);
    expect(seen).toHaveLength(300);
    expect(seen.filter((x) => excess(x) > 1)).toEqual([]);

    const found = Array.from({ length: 12 }, (_, seed) => searchChain(createSetting(revision, instance, seed), [step]));
    const breaks = found.flatMap((x) => x.worst).filter((x) => x !== undefined && excess(x) > 1);
    expect(breaks.length).toBeGreaterThan(0);
  });

  it('is shown at a small instance, at integers, with two numbers that anyone can recompute', async () => {
    const { evidence, judgement } = await examine(reluStep, { only: ['chain'] });
    const broken = evidence.find((x) => x.outcome === 'fail');
    expect(broken?.part).toBe('frame: step 3, B2 ≥ S');
    expect(judgement.proof).toEqual({ status: 'broken', at: 'chain (frame: step 3, B2 ≥ S)' });
    const { instance: small, point, upper, lower } = broken!.witness!;
    // Two by two matrices cannot break it.
    expect([small.K, small.n]).toEqual([3, 1]);
    const letters = Object.entries(point).map(([name, rows]) => {
      expect(rows.flat().every((x) => /^-?\d+$/.test(x))).toBe(true);
      const data = Float64Array.from(rows.flat(), Number);
      return [name, { rows: rows.length, cols: rows[0]!.length, data }] as const;
    });
    const { scalar } = numericInterpreter(small, new Map(letters));
    expect(scalar(step.upper.of)).toBeCloseTo(Number(upper), 9);
    expect(scalar(step.lower.of)).toBeCloseTo(Number(lower), 9);
    expect(Number(upper)).toBeLessThan(Number(lower));
    // What is called reproducible is found again at the instance of the command, by the search alone.
    const options = /--K (\d+) --d (\d+) --n (\d+) --lambda-w (\S+) --lambda-h (\S+) .*--seed 3/;
    const command = options.exec(broken!.reproduce)!;
    const [K, d, n] = command.slice(1, 4).map(Number);
    const again = createSetting(revision, { K, d, n, lambda: { W: command[4], H: command[5] } }, 3);
    const [worst] = searchChain(again, [step]).worst;
    expect(excess(worst!)).toBeGreaterThan(1);
  });
});

describe('a chain', () => {
  it('that holds and is not tight at the claimed minimizer is broken too', async () => {
    const [current] = theorem31.revisions as [Revision];
    const [frame, zero] = current.cases;
    const minimizer = { blocks: { W: zeros('K', 'd'), H: zeros('d', 'N') } };
    const { spectrum: _, ...rest } = frame;
    const wrong = withRevision(theorem31, (x) => ({ ...x, cases: [{ ...rest, minimizer }, zero] }));
    const { evidence } = await examine(wrong, { only: ['chain'], trials: 10 });
    const failed = evidence.filter((x) => x.outcome === 'fail');
    expect(failed.map((x) => x.part)).toEqual(['frame: step 4, B3 ≥ B4']);
    expect(failed[0]?.detail).toMatch(/^no equality at the claimed minimizer: B3 = 0\.5, B4 = /);
  });

  it('that is absent says nothing, and one that holds proves nothing', async () => {
    const bare = withRevision(theorem31, (x) => ({
      ...x,
      cases: x.cases.map(({ chain: _, ...home }) => home),
    }));
    expect((await examine(bare, { only: ['chain'], trials: 4 })).evidence).toEqual([]);
    const { judgement } = await examine(theorem31, { only: ['chain'], trials: 10 });
    expect(judgement.proof.status).toBe('tested');
    expect(judgement.verdict).toBe('inconclusive');
  });
});
