/** The matrix of mutants and checks: what every check says of every mutant. */
import { CHECK_IDS } from '../../src/check/checks.js';
import type { Evidence } from '../../src/check/evidence.js';

/** Checks that no mutant here needs yet: a gap, named so that it is seen. Any other check must have one. */
export const WITHOUT_MUTANT: readonly string[] = ['chain-steps', 'chain-equality'];

/** The checks that have a mutant: the columns of the page. */
export const COLUMNS: readonly string[] = CHECK_IDS.filter((id) => !WITHOUT_MUTANT.includes(id));

/** What a check says of a theorem: its worst finding, or that it has nothing to say there. */
export type Says = 'fail' | 'open' | 'pass' | 'nothing';

export type Row = Readonly<Record<string, Says>>;

export const rowOf = (evidence: readonly Evidence[]): Row =>
  Object.fromEntries(
    CHECK_IDS.map((id): [string, Says] => {
      const outcomes = new Set(evidence.filter((x) => x.check === id).map((x) => x.outcome));
      const says = outcomes.has('fail') ? 'fail' : outcomes.has('inconclusive') ? 'open' : undefined;
      return [id, says ?? (outcomes.has('pass') ? 'pass' : 'nothing')];
    }),
  );

/** The checks that say of the mutant something worse than of its original. */
export const noticing = (mutant: Row, original: Row): string[] => {
  const rank: Readonly<Record<Says, number>> = { nothing: 0, pass: 0, open: 1, fail: 2 };
  return CHECK_IDS.filter((id) => rank[mutant[id] ?? 'nothing'] > rank[original[id] ?? 'nothing']);
};
