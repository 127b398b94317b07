/**
 * The free generators reach every admissible λ: otherwise a symbolic proof would be about fewer problems than claimed.
 */
import { type ReachFinding, examineCaseParametrisation } from '../../symbolic/case-parametrisation.js';
import { and } from '../../symbolic/build.js';
import { toText } from '../../symbolic/print.js';
import { examineParametrisation } from '../../symbolic/sum-of-squares.js';
import type { Parametrisation, Revision } from '../../theorem/contract.js';
import type { Finding } from '../evidence.js';
import { lambdaFormulas } from '../proof.js';
import { type ClaimCheck, type ClaimContext, symbolicFinding } from './context.js';
import type { Proposition } from '../../symbolic/expression.js';

const reachOfRevision = ({ parametrisation, problem }: Revision): ReturnType<typeof examineParametrisation> => {
  if (parametrisation === undefined) return [];
  const inverses = new Map(parametrisation.generators.map(({ symbol, inverse }) => [symbol.name, inverse]));
  return examineParametrisation(problem.blocks, lambdaFormulas(parametrisation), inverses);
};

/** The revision's own parametrisation reaches every λ > 0. */
const ofRevision = (context: ClaimContext): Finding[] =>
  reachOfRevision(context.revision).map(
    ({ parameter, remainder }) => {
      const block = parameter.replace(/^lambda_/, '');
      const formula = context.revision.parametrisation?.parameters[block];
      return symbolicFinding(parametrisationCheck.id, context, {
        part: block,
        statement: `λ_${block} = ${formula === undefined ? '?' : toText(formula)} reaches every λ_${block} > 0`,
        outcome: remainder === '' ? 'pass' : 'fail',
        aboutProof: true,
        ...(remainder === '' ? {} : { detail: `left over: ${remainder}` }),
      });
    },
  );

interface Part {
  readonly id: string;
  readonly when: Proposition;
  readonly parametrisation?: Parametrisation;
}

const reachOfPart = (revision: Revision, { when, parametrisation: own }: Part): readonly ReachFinding[] => {
  const { problem, hypotheses, parametrisation: shared } = revision;
  const parametrisation = own ?? (shared?.domain === undefined ? undefined : shared);
  if (parametrisation === undefined) return [];
  return examineCaseParametrisation({
    blocks: problem.blocks,
    when: and(when, ...hypotheses),
    generators: parametrisation.generators.map(({ symbol, inverse }) => ({ name: symbol.name, inverse })),
    parameters: lambdaFormulas(parametrisation),
    domain: parametrisation.domain ?? [],
  });
};

/** The parametrisation of a case (or family) reaches every λ of it; where it has a domain, under its condition. */
const ofPart = (context: ClaimContext, part: Part): Finding[] =>
  reachOfPart(context.revision, part).map(({ what, missing }) =>
    symbolicFinding(parametrisationCheck.id, context, {
      part: part.id,
      statement: what,
      outcome: missing === '' ? 'pass' : 'fail',
      aboutProof: true,
      ...(missing === '' ? {} : { detail: missing }),
    }),
  );

/** Whether what is shown in the generators of a part is shown for all of its λ's. */
export const reachesEveryLambda = (revision: Revision, part: Part): boolean =>
  reachOfRevision(revision).every((x) => x.remainder === '') &&
  reachOfPart(revision, part).every((x) => x.missing === '');

export const parametrisationCheck: ClaimCheck = {
  id: 'parametrisation',
  title: 'the generators reach every λ > 0',
  run: (context) => [
    ...ofRevision(context),
    ...[...context.revision.cases, ...(context.revision.criticalPoints ?? [])].flatMap((part) => ofPart(context, part)),
  ],
};
