/** Proofs by chains of lemmas: they hold as shipped, and nothing in them can be changed or left out. */
import { describe, expect, it } from 'vitest';
import { conditionOf, parametersOf } from '../../src/check/proof.js';
import { type ChainClaim, examineChain } from '../../src/symbolic/chain-proof.js';
import type { Case, Revision } from '../../src/theorem/contract.js';
import { theorem41 } from '../../theorems/tirer-bruna-2022/theorem-4.1.js';
import { theorem42 } from '../../theorems/tirer-bruna-2022/theorem-4.2.js';

const claimOf = (revision: Revision, home: Case): ChainClaim => ({
  blocks: revision.problem.blocks,
  objective: revision.problem.objective,
  parameters: parametersOf(revision, home),
  when: conditionOf(revision, home),
  value: home.value,
  steps: (home.chain ?? []).map(({ id, bound, by = [] }) => ({ id, bound, by })),
  hypotheses: revision.ofMinimizer ?? [],
  conclusions: home.conclusions,
  derivations: home.equality ?? [],
});

/** What is left over, or has no sign. */
const open = (claim: ChainClaim): string[] => {
  const { steps, signs, derivations, conclusions } = examineChain(claim);
  return [
    ...[...steps, ...derivations, ...conclusions]
      .filter((x) => x.remainder.length > 0)
      .map((x) => `${x.what}: ${x.remainder.slice(0, 3).join(' + ')}`),
    ...signs.filter((x) => !x.holds).map((x) => `${x.step}: ${x.what}: ${x.value} is ${x.sign}`),
  ];
};

const claims = [theorem41, theorem42].flatMap((theorem) =>
  theorem.revisions
    .filter((x) => x.status === 'current')
    .flatMap((revision) =>
      revision.cases.map((home) => [`${theorem.id}, ${home.id}`, claimOf(revision, home)] as const),
    ),
);

describe.each(claims)('the chain of %s', (_, claim) => {
  it('is a proof modulo three textbook lemmas', () => {
    expect(open(claim)).toEqual([]);
    expect(examineChain(claim).modulo).toHaveLength(3);
  });
});
