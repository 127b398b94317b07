/** Sum-of-squares proofs of a case, examined once. */
import { and } from '../symbolic/build.js';
import type { Proposition, Scalar } from '../symbolic/expression.js';
import { type SquaresFindings, examineSumOfSquares } from '../symbolic/sum-of-squares.js';
import { NotAWordError } from '../symbolic/words-of.js';
import type { Case, Parametrisation, Revision } from '../theorem/contract.js';
import { rememberedBy } from './remember.js';

const remembered = rememberedBy<SquaresFindings>();

/** A case, or a critical family: something that holds under a condition. */
interface Part {
  readonly when: Proposition;
  readonly parametrisation?: Parametrisation;
}

/** The parametrisation in which the formulas of a part are words. */
export const parametrisationOf = (revision: Revision, part: Part): Parametrisation | undefined =>
  part.parametrisation ?? revision.parametrisation;

/** λ's by symbol name, in terms of generators. */
export const lambdaFormulas = ({ parameters }: Parametrisation): ReadonlyMap<string, Scalar> =>
  new Map(Object.entries(parameters).map(([block, formula]) => [`lambda_${block}`, formula]));

/**
 * λ's by symbol name, in terms of generators; empty where a module has no parametrisation. A root whose generator it is
 * stands beside them by its own name.
 */
export const parametersOf = (revision: Revision, part: Part): ReadonlyMap<string, Scalar> => {
  const parametrisation = parametrisationOf(revision, part);
  if (parametrisation === undefined) return new Map();
  return new Map([
    ...lambdaFormulas(parametrisation),
    ...parametrisation.generators.flatMap(({ symbol, inverse }): [string, Scalar][] =>
      inverse.kind === 'root' ? [[inverse.name, symbol]] : [],
    ),
  ]);
};

/** What symbolic proofs assume of the generators of a part: their domain, or the condition of the part itself. */
export const conditionOf = (revision: Revision, part: Part): Proposition => {
  const domain = parametrisationOf(revision, part)?.domain;
  return domain === undefined ? part.when : and(...domain);
};

/** What symbolic findings about a part depend on, besides the part itself: the keys to remember them by. */
export const algebraOf = (revision: Revision, part: Part): readonly object[] => [
  revision.problem,
  parametrisationOf(revision, part) ?? revision.problem,
];

/** The findings about the proof of a case; undefined where it has none. */
export const examineProof = (revision: Revision, home: Case): SquaresFindings | undefined => {
  const { proof } = home;
  if (proof === undefined) return undefined;
  return remembered([...algebraOf(revision, home), home], () =>
    examineSumOfSquares({
      blocks: revision.problem.blocks,
      objective: revision.problem.objective,
      parameters: parametersOf(revision, home),
      when: conditionOf(revision, home),
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
