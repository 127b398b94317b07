/**
 * Proofs by inequalities, decided in words: every step by lemmas of the closed list, every conclusion from equality in
 * all of them.
 */
import { type ChainClaim, type ChainFindings, examineChain } from '../../symbolic/chain-proof.js';
import type { ChainFinding } from '../../symbolic/derivation.js';
import { NotAWordError } from '../../symbolic/words-of.js';
import type { Case, Revision } from '../../theorem/contract.js';
import type { Finding, Outcome } from '../evidence.js';
import { algebraOf, conditionOf, parametersOf } from '../proof.js';
import { rememberedBy } from '../remember.js';
import { type ClaimCheck, type ClaimContext, inWords, remainderText, symbolicFinding } from './context.js';
import { ungrantedFrames } from './sum-of-squares.js';

/** A case whose chain gives lemmas for every step and derives its conclusions. */
export const isProvedByChain = ({ chain = [], equality }: Case): boolean =>
  equality !== undefined && chain.length > 0 && chain.every((x) => x.by !== undefined);

/** A revision that is proved by chains, and not by sums of squares. */
export const isProvedByChainAlone = ({ cases }: Revision): boolean =>
  cases.every(isProvedByChain) && cases.some(({ proof }) => proof === undefined);

const remembered = rememberedBy<ChainFindings>();

/** What a case claims by its chain. */
export const chainClaimOf = (revision: Revision, home: Case): ChainClaim => ({
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

const examine = (revision: Revision, home: Case): ChainFindings =>
  remembered([...algebraOf(revision, home), home, revision.ofMinimizer ?? home], () =>
    examineChain(chainClaimOf(revision, home)),
  );

/**
 * The first thing that is missing of f ≥ value − prices at every point of a case, and of every price being 0 where its
 * hypothesis holds; undefined where the chain shows all of it.
 */
export const missingOfBound = (revision: Revision, home: Case): string | undefined => {
  const { chain = [] } = home;
  if (chain.length === 0) return 'no chain of inequalities is stated';
  const bare = chain.find((x) => x.by === undefined);
  if (bare !== undefined) return `step ${bare.id} names no lemma`;
  try {
    const { steps, signs } = examine(revision, home);
    const open = steps.find((x) => x.remainder.length > 0) ?? signs.find((x) => !x.holds);
    return open === undefined ? undefined : `not shown: ${open.what}`;
  } catch (error) {
    if (error instanceof NotAWordError) return error.message;
    throw error;
  }
};

const eachChain = (
  check: string,
  context: ClaimContext,
  report: (home: Case, findings: ChainFindings) => Finding[],
): Finding[] =>
  context.revision.cases.filter(isProvedByChain).flatMap((home) =>
    inWords(check, context, home.id, () => report(home, examine(context.revision, home))).map((finding) => ({
      ...finding,
      aboutProof: true,
    })),
  );

const shown = (check: string, context: ClaimContext, part: string, { what, remainder }: ChainFinding): Finding =>
  symbolicFinding(check, context, {
    part,
    statement: what,
    outcome: remainder.length === 0 ? 'pass' : 'fail',
    ...(remainder.length === 0 ? {} : { detail: `left over: ${remainderText(remainder)}` }),
  });

export const chainStepsCheck: ClaimCheck = {
  id: 'chain-steps',
  title: 'every step of the chain is a sum of lemmas, for all matrices',
  run: (context) =>
    eachChain(chainStepsCheck.id, context, (home, { steps, signs, modulo: cites }) => [
      ...steps.map((x) => ({ ...shown(chainStepsCheck.id, context, home.id, x), cites })),
      ...signs.map(({ step, what, value, sign, required, holds }) => {
        const outcome: Outcome = holds ? 'pass' : sign === 'unknown' ? 'inconclusive' : 'fail';
        return symbolicFinding(chainStepsCheck.id, context, {
          part: home.id,
          statement: `${step}: ${what}: ${value} is ${required}`,
          outcome,
          ...(holds ? {} : { detail: `its sign there: ${sign}` }),
        });
      }),
    ]),
};

export const chainEqualityCheck: ClaimCheck = {
  id: 'chain-equality',
  title: 'the construction exists, and equality in every step gives every conclusion',
  run: (context) =>
    eachChain(chainEqualityCheck.id, context, (home, { derivations, conclusions }) => {
      const missing = ungrantedFrames(context.revision, home);
      return [
        ...[...derivations, ...conclusions].map((x) => shown(chainEqualityCheck.id, context, home.id, x)),
        shown(chainEqualityCheck.id, context, home.id, {
          what: 'the construction exists under the hypotheses',
          remainder: missing,
        }),
      ];
    }),
};
