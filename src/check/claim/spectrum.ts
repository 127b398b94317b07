/**
 * The claimed Hessian spectra, decided in matrix words for all sizes and parameters, where their directions are stated.
 *
 * What does not vanish in words may still vanish at special sizes, so a remainder accuses nobody by itself.
 */
import type { Proposition } from '../../symbolic/expression.js';
import { type BlockClaim, type Leftover, type SpectrumFindings, examineSpectrum } from '../../symbolic/second-order.js';
import type { Construction, Parametrisation, SpectrumBlock } from '../../theorem/contract.js';
import type { Finding } from '../evidence.js';
import { algebraOf, conditionOf, parametersOf } from '../proof.js';
import { rememberedBy } from '../remember.js';
import { type ClaimCheck, type ClaimContext, inWords, remainderText, symbolicFinding } from './context.js';

interface Part {
  readonly id: string;
  readonly when: Proposition;
  readonly parametrisation?: Parametrisation;
  readonly construction: Construction;
  readonly spectrum: readonly BlockClaim[];
}

const remembered = rememberedBy<SpectrumFindings>();

const DEFINED = 'what is divided by is not zero, and roots are real';

const isStated = (block: SpectrumBlock): block is SpectrumBlock & BlockClaim => block.directions !== undefined;

const stated = (blocks: readonly SpectrumBlock[]): readonly BlockClaim[] | undefined =>
  blocks.every(isStated) ? blocks : undefined;

const findingsOf = (context: ClaimContext, part: Part): Finding[] => {
  const { revision } = context;
  const { when, construction, spectrum } = part;
  const keys = [...algebraOf(revision, part), when, construction, spectrum];
  const { action, orthonormality, dimensions, sideConditions } = remembered(keys, () =>
    examineSpectrum({
      blocks: revision.problem.blocks,
      objective: revision.problem.objective,
      parameters: parametersOf(revision, part),
      when: conditionOf(revision, part),
      frames: construction.frames ?? [],
      construction: construction.blocks,
      spectrum,
    }),
  );
  const finding = (statement: string, { remainder, where }: Leftover): Finding =>
    symbolicFinding(symbolicSpectrumCheck.id, context, {
      part: part.id,
      statement,
      outcome: remainder.length === 0 ? 'pass' : 'inconclusive',
      ...(remainder.length === 0 ? {} : { detail: `${where} is left with ${remainderText(remainder)}` }),
    });
  return [
    finding('∇²f acts on every block as its matrix says', action),
    finding('the directions are orthonormal', orthonormality),
    finding('the dimensions are the multiplicities and add up to the unknowns', dimensions),
    // Without a chart of the case nothing is said about signs; the instances then say it.
    ...(sideConditions === undefined ? [] : [finding(DEFINED, { remainder: sideConditions, where: 'a sign' })]),
  ];
};

export const symbolicSpectrumCheck: ClaimCheck = {
  id: 'symbolic-spectrum',
  title: 'the Hessian spectrum is the claimed one, for all sizes',
  run: (context) => {
    const { cases, criticalPoints = [] } = context.revision;
    const places = [
      ...cases.map(({ minimizer, ...home }) => ({ ...home, construction: minimizer })),
      ...criticalPoints,
    ];
    return places.flatMap(({ spectrum, ...part }) => {
      const blocks = spectrum === undefined ? undefined : stated(spectrum);
      if (blocks === undefined) return [];
      return inWords(symbolicSpectrumCheck.id, context, part.id, () =>
        findingsOf(context, { ...part, spectrum: blocks }),
      );
    });
  },
};
