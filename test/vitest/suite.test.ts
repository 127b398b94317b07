/** Modules as tests of vitest: the suite itself, declared here, and what it says of a module that is wrong. */
import { describe, expect, it } from 'vitest';
import { div, equal, mul, number, paper, t, theorem } from '../../src/index.js';
import { planOf } from '../../src/vitest/plan.js';
import { marked, shownAs } from '../docs/blocks.js';
import { theoremSuite } from '../../src/vitest/index.js';
import * as alignment from '../fixtures/modules/alignment.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import { classAveraging } from '../../theorems/tirer-bruna-2022/lemmas.js';

const small = { trials: 2, K: '2', n: '1', d: 'K', seed: 3 };

theoremSuite(alignment, {
  ...small,
  checks: ['symbolic-stationarity', 'symbolic-value', 'numeric-conclusions', 'descent-value', 'descent-form'],
});
theoremSuite({ classAveraging }, small);

const [revision] = theorem31.revisions;
if (revision === undefined) throw new Error('Theorem 3.1 has lost its revision');

describe('a plan', () => {
  it('has one test for each check, and names the seed', () => {
    const [plan] = planOf({ theorem31 }, { seed: 7 });
    expect(plan?.name).toBe('3.1 (seed 7)');
    expect(plan?.tests.map((x) => x.name.split(':')[0])).toEqual(
      expect.arrayContaining(['the verdict is proved', 'identity', 'descent-value', 'nullity']),
    );
  });

  it('says what is wrong with a module, and how to see it again', async () => {
    const wrong = theorem({
      ...theorem31,
      paper: paper({ ...theorem31.paper, id: 'my-paper' }),
      id: 'theorem-1',
      revisions: [
        {
          id: 'current',
          status: 'current',
          expected: 'upheld',
          problem: revision.problem,
          hypotheses: revision.hypotheses,
          cases: revision.cases.map(({ id, when, strata, minimizer, value, conclusions }) => ({
            id,
            when,
            strata,
            minimizer,
            value: id === 'frame' ? div(value, 2) : value,
            conclusions,
          })),
          ...(revision.parametrisation === undefined ? {} : { parametrisation: revision.parametrisation }),
        },
      ],
    });
    const [plan] = planOf({ wrong }, { ...small, seed: 1 });
    await plan?.prepare();
    const found = new Map(plan?.tests.map((x) => [x.name.split(':')[0], x.run()]));
    expect(found.get('the verdict is upheld')).toMatchObject({
      failure: expect.stringContaining('the verdict is suspect, expected upheld') as string,
    });
    const shown = marked('docs/in-your-test-suite.md', 'compared: test/vitest/suite.test.ts');
    const value = found.get('numeric-value');
    expect(value !== undefined && 'failure' in value ? `${value.failure}\n` : '').toMatch(shownAs(shown));
    expect(found.get('numeric-stationarity')).toBeUndefined();
    expect(found.get('identity')).toEqual({ nothing: 'the module claims nothing for it to check' });
  });

  it('gives the same findings for the same seed', async () => {
    const twice = await Promise.all(
      [0, 1].map(async () => {
        const [plan] = planOf(alignment, small);
        await plan?.prepare();
        return plan?.tests.map((x) => x.run());
      }),
    );
    expect(twice[0]).toEqual(twice[1]);
  });

  it('refuses what is no module, and a seed that is none', () => {
    expect(() => planOf({ mul, number, equal, t }, {})).toThrow('exports no theorem');
    expect(() => planOf({ theorem31 }, { checks: ['gradient'] })).toThrow('there is no check "gradient"');
    expect(() => planOf({ theorem31 }, { seed: -1 })).toThrow('the seed -1');
    expect(() => planOf({ theorem31 }, { K: '2..' })).toThrow('--K 2..');
  });
});
