/**
 * The cases partition the parameters that the hypotheses allow: otherwise the claims together say nothing of some
 * parameters, or two things.
 *
 * A gap or an overlap that an instance exhibits is an error of the module, like one that a drawn instance falls into.
 */
import { examineParametrisation } from '../../symbolic/sum-of-squares.js';
import { type PartitionFindings, examinePartition } from '../../symbolic/partition.js';
import { toText } from '../../symbolic/print.js';
import { NotAWordError } from '../../symbolic/words-of.js';
import type { Revision } from '../../theorem/contract.js';
import { requireCasesOnLines } from '../../theorem/case-search.js';
import type { Finding } from '../evidence.js';
import { lambdaFormulas } from '../proof.js';
import { rememberedBy } from '../remember.js';
import { type ClaimCheck, type ClaimContext, symbolicFinding } from './context.js';

const remembered = rememberedBy<PartitionFindings>();

const undecided = (error: NotAWordError): PartitionFindings => ({ open: [error.message], boundaries: [] });

/** In the λ's themselves; where that leaves something open, in generators that are shown to reach every λ. */
const examine = ({ problem: { blocks }, hypotheses, cases, parametrisation }: Revision): PartitionFindings => {
  const attempt = (parameters: ReturnType<typeof lambdaFormulas>): PartitionFindings => {
    try {
      return examinePartition({ blocks, hypotheses, cases, parameters });
    } catch (error) {
      if (error instanceof NotAWordError) return undecided(error);
      throw error;
    }
  };
  const plain = attempt(new Map());
  if (plain.open.length === 0 || parametrisation === undefined) return plain;
  const formulas = lambdaFormulas(parametrisation);
  const inverses = new Map(parametrisation.generators.map(({ symbol, inverse }) => [symbol.name, inverse]));
  if (parametrisation.generators.some((x) => x.inverse.kind === 'root')) return plain;
  const reached = examineParametrisation(blocks, formulas, inverses).every((x) => x.remainder === '');
  const other = reached ? attempt(formulas) : plain;
  return other.open.length === 0 ? other : plain;
};

export const examineCases = (revision: Revision): PartitionFindings =>
  remembered([revision], () => examine(revision));

const findingOf = (context: ClaimContext, { open }: PartitionFindings): Finding => {
  const statement = `exactly one of the cases holds: ${context.revision.cases.map((x) => toText(x.when)).join(' | ')}`;
  return symbolicFinding(casesCheck.id, context, {
    statement,
    outcome: open.length === 0 ? 'pass' : 'inconclusive',
    ...(open.length === 0 ? {} : { detail: `not shown to partition the parameters: ${open.join('; ')}` }),
  });
};

export const casesCheck: ClaimCheck = {
  id: 'cases',
  title: 'the cases partition the parameters',
  run: (context) => {
    const findings = examineCases(context.revision);
    if (findings.open.length > 0) requireCasesOnLines(context.revision);
    return [findingOf(context, findings)];
  },
};
