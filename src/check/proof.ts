/** Sum-of-squares proofs of a case, examined once. */
import type { Scalar } from '../symbolic/expression.js';
import { type SquaresFindings, examineSumOfSquares } from '../symbolic/sum-of-squares.js';
import { NotAWordError } from '../symbolic/words-of.js';
import type { Case, Revision } from '../theorem/contract.js';
import { rememberedBy } from './remember.js';

const remembered = rememberedBy<SquaresFindings>();

/** What symbolic findings about any part of a revision depend on, besides that part: the keys to remember them by. */
export const algebraOf = ({ problem, parametrisation }: Revision): readonly object[] => [
  problem,
  parametrisation ?? problem,
];

/** λ's by symbol name, in terms of generators; empty where a module has no parametrisation. */
export const parametersOf = (revision: Revision): ReadonlyMap<string, Scalar> =>
  new Map(
    Object.entries(revision.parametrisation?.parameters ?? {}).map(([block, formula]) => [`lambda_${block}`, formula]),
  );

/** The findings about the proof of a case; undefined where it has none. */
export const examineProof = (revision: Revision, home: Case): SquaresFindings | undefined => {
  const { proof } = home;
  if (proof === undefined) return undefined;
  return remembered([...algebraOf(revision), home], () =>
    examineSumOfSquares({
      blocks: revision.problem.blocks,
      objective: revision.problem.objective,
      parameters: parametersOf(revision),
      when: home.when,
      value: home.value,
      squares: proof.squares,
      frames: home.minimizer.frames ?? [],
      construction: home.minimizer.blocks,
      conclusions: home.conclusions.map(({ id, statement }) => ({ id, left: statement.left, right: statement.right })),
      cofactors: proof.cofactors,
    }),
  );
};

/** The same, with nothing found where the statement has no words. */
export const examineInWords = (revision: Revision, home: Case): SquaresFindings | undefined => {
  try {
    return examineProof(revision, home);
  } catch (error) {
    if (error instanceof NotAWordError) return undefined;
    throw error;
  }
};

/** Whether identity, signs, attainment and equality all hold. */
export const proofHolds = (revision: Revision, home: Case): boolean => {
  const findings = examineInWords(revision, home);
  if (findings === undefined) return false;
  return (
    findings.identity.length === 0 &&
    findings.signs.every((x) => x.holds) &&
    findings.attainment.every((x) => x.remainder.length === 0) &&
    findings.equality.every((x) => x.remainder.length === 0 && x.defect === undefined)
  );
};
