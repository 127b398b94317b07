/** What a check of the claims themselves gets: no instances, and nothing that could fix a size. */
import type { RunIdentity } from '../command.js';
import { verifyCommand } from '../command.js';
import type { Finding } from '../evidence.js';
import type { Proposition } from '../../symbolic/expression.js';
import { toText } from '../../symbolic/print.js';
import { NotAWordError } from '../../symbolic/words-of.js';
import type { Revision } from '../../theorem/contract.js';

export interface ClaimContext {
  readonly revision: Revision;
  readonly identity: RunIdentity;
}

/** A check that reads the claims alone. */
export interface ClaimCheck {
  readonly id: string;
  readonly title: string;
  run(context: ClaimContext): Promise<Finding[]> | Finding[];
}

/** The findings of a symbolic check, or one open finding where the statement has no words (a ReLU between layers). */
export const inWords = (check: string, context: ClaimContext, part: string, examine: () => Finding[]): Finding[] => {
  try {
    return examine();
  } catch (error) {
    if (!(error instanceof NotAWordError)) throw error;
    const statement = 'the statement in matrix words';
    return [symbolicFinding(check, context, { part, statement, outcome: 'inconclusive', detail: error.message })];
  }
};

type SymbolicFinding = Pick<Finding, 'part' | 'statement' | 'outcome'> &
  Partial<Pick<Finding, 'detail' | 'aboutProof'>>;

/** A finding that holds, or fails to be shown, for all parameters. */
export const symbolicFinding = (check: string, { identity }: ClaimContext, finding: SymbolicFinding): Finding => ({
  check,
  method: 'symbolic',
  scope: 'all-parameters',
  measured: finding.outcome === 'pass' ? 0 : 1,
  bound: 0,
  reproduce: verifyCommand(identity),
  ...finding,
});

/** A conclusion as findings name it: what it is called, and its statement where that is something else. */
export const conclusionText = (id: string, statement: Proposition | undefined): string => {
  const text = statement === undefined ? id : toText(statement);
  return text === id ? id : `${id}, ${text}`;
};

/** What is left of an identity, for a reader: the first few monomials. */
export const remainderText = (remainder: readonly string[]): string => {
  const shown = remainder.slice(0, 4).join(' + ');
  return remainder.length > 4 ? `${shown} + … (${remainder.length} monomials)` : shown;
};
