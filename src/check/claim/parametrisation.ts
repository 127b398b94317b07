/**
 * The free generators reach every admissible λ: otherwise a symbolic proof would be about fewer problems than claimed.
 */
import { toText } from '../../symbolic/print.js';
import { examineParametrisation } from '../../symbolic/sum-of-squares.js';
import { parametersOf } from '../proof.js';
import { type ClaimCheck, symbolicFinding } from './context.js';

export const parametrisationCheck: ClaimCheck = {
  id: 'parametrisation',
  title: 'the generators reach every λ > 0',
  run(context) {
    const { parametrisation, problem } = context.revision;
    if (parametrisation === undefined) return [];
    const inverses = new Map(parametrisation.generators.map(({ symbol, inverse }) => [symbol.name, inverse]));
    return examineParametrisation(problem.blocks, parametersOf(context.revision), inverses).map(
      ({ parameter, remainder }) => {
        const block = parameter.replace(/^lambda_/, '');
        const formula = parametrisation.parameters[block];
        return symbolicFinding(parametrisationCheck.id, context, {
          part: block,
          statement: `λ_${block} = ${formula === undefined ? '?' : toText(formula)} reaches every λ_${block} > 0`,
          outcome: remainder === '' ? 'pass' : 'fail',
          aboutProof: true,
          ...(remainder === '' ? {} : { detail: `left over: ${remainder}` }),
        });
      },
    );
  },
};
