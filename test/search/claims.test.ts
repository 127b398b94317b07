/** Claims of the shipped theorems, as certificates name them. */
import { describe, expect, it } from 'vitest';
import { claimedForms } from '../../src/search/claims.js';
import type { Revision, Theorem } from '../../src/theorem/contract.js';
import * as shipped from '../../theorems/index.js';

const theorems = Object.values(shipped).filter((x): x is Theorem => typeof x === 'object' && 'revisions' in x);

const revisionOf = (id: string, revision: string): Revision => {
  const found = theorems.find((x) => x.id === id)?.revisions.find((x) => x.id === revision);
  if (found === undefined) throw new Error(`there is no ${id}@${revision}`);
  return found;
};

const formsOf = (id: string, revision: string, samples: number): object =>
  Object.fromEntries(
    revisionOf(id, revision).cases.map((home) => [
      home.id,
      claimedForms(home, revisionOf(id, revision).problem.spec, samples)[0],
    ]),
  );

describe('claims', () => {
  it('of one layer: a frame of H', () => {
    expect(formsOf('3.1', 'current', 2)).toEqual({
      frame: { form: 'orthogonal-frame', of: 'H', collapsed: false },
      zero: { form: 'zero' },
    });
  });

  it('of two layers with ReLU: a frame of the activations', () => {
    const frame = { form: 'orthogonal-frame', of: 'sigma(W1 H1)', collapsed: false };
    expect(formsOf('4.2', 'original', 3)).toEqual({ frame, zero: { form: 'zero' } });
    expect(formsOf('4.2', 'strong', 1)).toEqual({ frame, zero: { form: 'zero' } });
  });

  it('are not read into conclusions about means of σ where features need not collapse', () => {
    const { cases, problem } = revisionOf('4.2', 'original');
    const [frame] = cases;
    const alone = { ...frame!, conclusions: frame!.conclusions.filter((x) => x.id === 'NC2') };
    expect(claimedForms(alone, problem.spec, 2)).toEqual([]);
    expect(claimedForms(alone, problem.spec, 1)).toHaveLength(1);
    const other = { ...frame!, conclusions: frame!.conclusions.filter((x) => x.id === 'NC3') };
    expect(claimedForms(other, problem.spec, 1)).toEqual([]);
  });
});
