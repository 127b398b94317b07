/** The written proof of a lemma, decided in words for all sizes and all matrices. */
import { UsageError } from '../../errors.js';
import { eq, normSquared, number, sub } from '../../symbolic/build.js';
import { type InequalityFindings, examineInequality } from '../../symbolic/inequality.js';
import { type Lemma, statementOf } from '../../theorem/lemma/contract.js';
import type { Finding } from '../evidence.js';

/** What is known of the proof of a lemma. */
export interface LemmaProofResult {
  readonly findings: readonly Finding[];
  /** Everything that the proof needs was shown. */
  readonly holds: boolean;
  /** The textbook facts that it rests on. */
  readonly modulo: readonly string[];
}

const NONE: LemmaProofResult = { findings: [], holds: false, modulo: [] };

/** Its parts; undefined without a proof. @throws UsageError where it has no meaning in words */
export const examineProof = (lemma: Lemma): InequalityFindings | undefined => {
  const { proof, matrices, hypotheses } = lemma;
  if (proof === undefined) return undefined;
  const statement = statementOf(lemma);
  // Two matrices are equal exactly if the norm of their difference is zero.
  const scalars =
    statement.kind === 'equal'
      ? { kind: 'eq' as const, ...sides(eq(normSquared(sub(statement.left, statement.right)), number(0))) }
      : { kind: statement.kind === 'leq' ? ('leq' as const) : ('eq' as const), ...sides(statement) };
  return examineInequality({ blocks: matrices, when: hypotheses, proof, ...scalars });
};

const sides = (statement: ReturnType<typeof eq>) => {
  if (statement.kind === 'and' || statement.kind === 'equal' || statement.kind === 'differs') {
    throw new UsageError('not a comparison', 'Use leq or eq.');
  }
  return { left: statement.left, right: statement.right };
};

/** The proof in its parts; nothing for a lemma without a proof. */
export const lemmaProof = (lemma: Lemma, reproduce: string): LemmaProofResult => {
  const base = { method: 'symbolic', scope: 'all-parameters', aboutProof: true, reproduce } as const;
  let examined: InequalityFindings | undefined;
  try {
    examined = examineProof(lemma);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const finding: Finding = {
      ...base,
      check: 'lemma-identity',
      outcome: 'fail',
      statement: 'the identity of the proof',
      detail: `the proof has no meaning in words: ${error.message}`,
    };
    return { findings: [finding], holds: false, modulo: [] };
  }
  if (examined === undefined) return NONE;
  const { identity, facts, signs, modulo } = examined;
  const openFacts = facts.filter((x) => x.remainder.length > 0);
  const openSigns = signs.filter((x) => !x.holds);
  const findings: Finding[] = [
    {
      ...base,
      check: 'lemma-identity',
      outcome: identity.length === 0 ? 'pass' : 'fail',
      statement: 'right − left is the sum of squares of the proof',
      ...(identity.length === 0 ? {} : { detail: `left over: ${identity.slice(0, 4).join(' + ')}` }),
    },
    {
      ...base,
      check: 'lemma-facts',
      outcome: openFacts.length === 0 ? 'pass' : 'fail',
      statement: 'what the proof uses of nuclear norms and inverses is earned',
      ...(openFacts[0] === undefined
        ? {}
        : { detail: `${openFacts[0].what}: left over ${openFacts[0].remainder.slice(0, 4).join(' + ')}` }),
    },
    {
      ...base,
      check: 'lemma-signs',
      outcome: openSigns.length === 0 ? 'pass' : 'fail',
      statement: 'every coefficient of the proof has its sign',
      ...(openSigns[0] === undefined
        ? {}
        : {
            detail: `${openSigns[0].what} ${openSigns[0].value} is ${openSigns[0].sign}, not ${openSigns[0].required}`,
          }),
    },
  ];
  return { findings, holds: findings.every((x) => x.outcome === 'pass'), modulo };
};
