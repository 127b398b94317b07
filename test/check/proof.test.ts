/** What is remembered of symbolic findings belongs to the revision that asks, also where two revisions share a case. */
import { expect, it } from 'vitest';
import { examineProof, proofHolds } from '../../src/check/proof.js';
import { rememberedBy } from '../../src/check/remember.js';
import type { Case, Revision } from '../../src/theorem/contract.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';

const [current] = theorem31.revisions as [Revision];
const [frame] = current.cases as [Case];

it('a case is examined with the parametrisation of its revision', () => {
  const { W } = current.parametrisation!.parameters;
  const narrow: Revision = {
    ...current,
    parametrisation: { ...current.parametrisation!, parameters: { W: W!, H: W! } },
  };
  expect(proofHolds(current, frame)).toBe(true);
  expect(proofHolds(narrow, frame)).toBe(false);
  expect(proofHolds(current, frame)).toBe(true);
  expect(examineProof(current, frame)).toBe(examineProof({ ...current, id: 'again' }, frame));
});

it('results are told apart by every object, in order', () => {
  const remember = rememberedBy<number>();
  const [x, y] = [{}, {}];
  let made = 0;
  const at = (...objects: object[]): number => remember(objects, () => (made += 1));
  expect([at(x, y), at(y, x), at(x), at(x, y), at(x, x)]).toEqual([1, 2, 3, 1, 4]);
});
