/**
 * The gradient, differentiated from the objective's words, vanishes at every claimed minimizer and every known critical
 * point, and the objective has the claimed value there: for all K, n, d, λ.
 *
 * What does not vanish in words may still vanish at special sizes, so a remainder accuses nobody by itself.
 */
import type { Proposition, Scalar } from '../../symbolic/expression.js';
import { toText } from '../../symbolic/print.js';
import { examineCriticalPoint } from '../../symbolic/sum-of-squares.js';
import type { Conclusion, Construction, Parametrisation, Revision } from '../../theorem/contract.js';
import { NotAWordError } from '../../symbolic/words-of.js';
import type { Finding } from '../evidence.js';
import { algebraOf, conditionOf, parametersOf } from '../proof.js';
import { rememberedBy } from '../remember.js';
import {
  type ClaimCheck,
  type ClaimContext,
  conclusionText,
  inWords,
  remainderText,
  symbolicFinding,
} from './context.js';

export interface CriticalPart {
  readonly id: string;
  readonly when: Proposition;
  readonly parametrisation?: Parametrisation;
  readonly construction: Construction;
  readonly value: Scalar;
  readonly conclusions?: readonly Conclusion[];
}

type CriticalFindings = ReturnType<typeof examineCriticalPoint>;

const remembered = rememberedBy<CriticalFindings>();

const NONE: readonly Conclusion[] = [];

const keysOf = (revision: Revision, part: CriticalPart): readonly object[] => [
  ...algebraOf(revision, part),
  part.when,
  part.construction,
  part.value,
  part.conclusions ?? NONE,
];

/** What is left of gradient, value and conclusions, in words, at a construction. */
export const examineConstruction = (revision: Revision, part: CriticalPart): CriticalFindings =>
  remembered(keysOf(revision, part), () =>
    examineCriticalPoint({
      blocks: revision.problem.blocks,
      objective: revision.problem.objective,
      parameters: parametersOf(revision, part),
      when: conditionOf(revision, part),
      value: part.value,
      frames: part.construction.frames ?? [],
      construction: part.construction.blocks,
      conclusions: (part.conclusions ?? NONE).map(({ id, statement: { left, right } }) => ({ id, left, right })),
    }),
  );

const gradientFindings = (check: string, context: ClaimContext, part: CriticalPart): Finding[] =>
  examineConstruction(context.revision, part).gradient.map(({ block, remainder }) =>
    symbolicFinding(check, context, {
      part: part.id,
      statement: `∇_${block} f = 0 at the construction`,
      outcome: remainder.length === 0 ? 'pass' : 'inconclusive',
      ...(remainder.length === 0 ? {} : { detail: `does not vanish in words: ${remainderText(remainder)}` }),
    }),
  );

const valueFinding = (check: string, context: ClaimContext, part: CriticalPart): Finding => {
  const { value } = examineConstruction(context.revision, part);
  return symbolicFinding(check, context, {
    part: part.id,
    statement: `f = ${toText(part.value)} at the construction`,
    outcome: value.length === 0 ? 'pass' : 'inconclusive',
    ...(value.length === 0 ? {} : { detail: `the difference is ${remainderText(value)}` }),
  });
};

const claims = ({ cases }: Revision): CriticalPart[] =>
  cases.map(({ minimizer, ...home }) => ({ ...home, construction: minimizer }));

const families = ({ criticalPoints = [] }: Revision): CriticalPart[] => [...criticalPoints];

export const symbolicStationarityCheck: ClaimCheck = {
  id: 'symbolic-stationarity',
  title: 'the claimed minimizers are stationary',
  run: (context) =>
    claims(context.revision).flatMap((part) =>
      inWords(symbolicStationarityCheck.id, context, part.id, () =>
        gradientFindings(symbolicStationarityCheck.id, context, part),
      ),
    ),
};

export const symbolicValueCheck: ClaimCheck = {
  id: 'symbolic-value',
  title: 'the objective has the claimed value',
  run: (context) =>
    claims(context.revision).flatMap((part) =>
      inWords(symbolicValueCheck.id, context, part.id, () => [valueFinding(symbolicValueCheck.id, context, part)]),
    ),
};

/** What has no words is measured, and left open by the checks above where that is all of the construction. */
const conclusionFindings = (context: ClaimContext, part: CriticalPart): Finding[] => {
  let findings: CriticalFindings;
  try {
    findings = examineConstruction(context.revision, part);
  } catch (error) {
    if (error instanceof NotAWordError) return [];
    throw error;
  }
  return findings.conclusions.map(({ id, remainder }) => {
    const statement = part.conclusions?.find((x) => x.id === id)?.statement;
    return symbolicFinding(symbolicConclusionsCheck.id, context, {
      part: part.id,
      statement: `${conclusionText(id, statement)} at the construction`,
      outcome: remainder.length === 0 ? 'pass' : 'inconclusive',
      ...(remainder.length === 0 ? {} : { detail: `the difference is ${remainderText(remainder)}` }),
    });
  });
};

export const symbolicConclusionsCheck: ClaimCheck = {
  id: 'symbolic-conclusions',
  title: 'the claimed minimizers meet the conclusions',
  run: (context) => claims(context.revision).flatMap((part) => conclusionFindings(context, part)),
};

export const criticalPointsCheck: ClaimCheck = {
  id: 'critical-points',
  title: 'the other known critical points are critical',
  run: (context) =>
    families(context.revision).flatMap((part) =>
      inWords(criticalPointsCheck.id, context, part.id, () => [
        ...gradientFindings(criticalPointsCheck.id, context, part),
        valueFinding(criticalPointsCheck.id, context, part),
      ]),
    ),
};
