/**
 * How a module declares what it claims. A declaration is checked for its form when the module loads; whoever supplies
 * more than claims (evidence, a verdict) is refused.
 */
import { z } from 'zod';
import { UsageError } from '../errors.js';
import { compare, parseRational } from '../exact/rational.js';
import type { Expression, LetterNode } from '../symbolic/expression.js';
import { canonicalJson, fingerprint } from '../symbolic/fingerprint.js';
import { lettersIn } from '../symbolic/letters.js';
import { isBuilt } from '../symbolic/node.js';
import { type Problem, isProblem } from '../symbolic/objective.js';
import { isOneLine } from '../symbolic/one-line.js';
import { DERIVATION_RULES } from '../symbolic/derivation.js';
import { LEMMAS, type LemmaId } from '../symbolic/textbook.js';
import { requireOneVocabulary } from './consistent.js';
import type { DirectionSpace, Paper, Revision, Theorem } from './contract.js';
import { ownData } from './own-data.js';

export const expression = <S extends Expression['sort']>(sort: S): z.ZodType<Extract<Expression, { sort: S }>> =>
  z.custom<Extract<Expression, { sort: S }>>(
    (value) => isBuilt(value) && (value as Expression).sort === sort,
    `expected a ${sort} built with the functions of ufm-check`,
  );

/** What a conclusion says: it is measured, and proved, as one equation of matrices. */
const equation = expression('proposition').refine((x) => x.kind === 'equal', 'expected what equal or isZero returned');

/** What is printed as it stands: titles, sources, ids, reasons. */
export const text = z
  .string()
  .min(1)
  .refine(isOneLine, 'expected one line of text without control characters and without any that cannot be seen');
/** What stands between the braces of a `\label`. */
export const latexLabel = text.regex(/^[^\s{}\\,#%~](?:[^{}\\,#%~\n]*[^\s{}\\,#%~])?$/, 'expected a label of LaTeX');
const rationalText = z
  .string()
  .regex(/^0*[1-9]\d{0,99}(\/0*[1-9]\d{0,99})?$/, 'expected a positive rational such as "3/4"');
export const draw = z.union([
  z.strictObject({ exactly: rationalText }),
  z
    .strictObject({ from: rationalText, to: rationalText })
    .refine(({ from, to }) => compare(parseRational(from), parseRational(to)) <= 0, 'expected from ≤ to'),
]);
const construction = z.strictObject({
  frames: z.array(expression('matrix')).optional(),
  blocks: z.record(text, expression('matrix')),
});
const parameter = expression('matrix').refine((x) => x.kind === 'parameter', 'expected what parameter(…) returned');
const spectrum = z
  .array(
    z.strictObject({
      title: text,
      matrix: z.array(z.array(expression('scalar')).min(1)).min(1),
      multiplicity: expression('scalar'),
      directions: z
        .array(z.strictObject({ parameter, rows: z.array(z.record(text, expression('matrix'))).min(1) }))
        .min(1)
        .optional(),
    }),
  )
  .min(1)
  .optional();
const sized = z.strictObject({ symbol: expression('scalar'), draw });

/** The name of an equation that derivations use. */
const factName = text.regex(/^[A-Za-z]\w*$/, 'expected letters, digits and underscores');

const lemmaUse = z.strictObject({
  lemma: z.enum(Object.keys(LEMMAS) as [LemmaId, ...LemmaId[]]),
  weight: expression('scalar'),
  matrices: z.record(text, expression('matrix')),
  scalars: z.record(text, expression('scalar')),
  certificate: z
    .strictObject({
      terms: z.array(z.strictObject({ coefficient: expression('scalar'), square: expression('scalar') })).min(1),
      onlyAt: z.enum(['0', '1']),
    })
    .optional(),
  fact: factName.optional(),
});

const parametrisation = z
  .strictObject({
    generators: z.array(z.strictObject({ symbol: expression('scalar'), inverse: expression('scalar'), draw })).min(1),
    parameters: z.record(text, expression('scalar')),
    domain: z.array(expression('proposition')).optional(),
  })
  .optional();

const caseSchema = z.strictObject({
  id: text,
  when: expression('proposition'),
  parametrisation,
  strata: z.array(z.strictObject({ id: text, draw: z.record(text, draw) })).min(1),
  minimizer: construction,
  value: expression('scalar'),
  conclusions: z.array(z.strictObject({ id: text, title: text, statement: equation })).min(1),
  spectrum,
  manifold: z.strictObject({ when: expression('proposition'), dimension: expression('scalar') }).optional(),
  proof: z
    .strictObject({
      equation: latexLabel.optional(),
      squares: z.record(text, z.strictObject({ coefficient: expression('scalar'), of: expression('matrix') })),
      cofactors: z.record(text, expression('matrix')),
    })
    .optional(),
  chain: z
    .array(
      z.strictObject({
        id: text,
        title: text,
        bound: expression('scalar'),
        because: text,
        equation: latexLabel.optional(),
        by: z.array(lemmaUse).min(1).optional(),
      }),
    )
    .min(1)
    .optional(),
  equality: z
    .array(
      z.strictObject({
        id: factName,
        statement: expression('proposition'),
        rule: z.enum(DERIVATION_RULES),
        from: expression('matrix'),
        terms: z.array(z.strictObject({ coefficient: expression('scalar'), of: expression('matrix') })).optional(),
        of: expression('matrix').optional(),
      }),
    )
    .min(1)
    .optional(),
});

const revisionSchema = z.strictObject({
  id: text.regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case letters, digits and dashes'),
  status: z.enum(['current', 'superseded']),
  expected: z.enum(['proved', 'upheld', 'refuted', 'suspect', 'vacuous', 'inconclusive']),
  problem: z.custom<Problem>(isProblem, 'expected what ufm({…}) returned'),
  hypotheses: z.array(expression('proposition')),
  ofMinimizer: z
    .array(
      z.strictObject({
        id: text,
        title: text,
        statement: expression('proposition'),
        price: expression('scalar').optional(),
        fact: factName.optional(),
      }),
    )
    .min(1)
    .optional(),
  parametrisation,
  amplitudes: z
    .strictObject({ free: z.array(sized).min(1), generators: z.record(text, expression('scalar')) })
    .optional(),
  cases: z.array(caseSchema).min(1),
  criticalPoints: z
    .array(
      z.strictObject({
        id: text,
        title: text,
        when: expression('proposition'),
        parametrisation,
        construction,
        value: expression('scalar'),
        spectrum,
        rankBelow: expression('scalar').optional(),
        nature: z.enum(['saddle', 'local-minimum']),
      }),
    )
    .optional(),
  outside: z
    .array(
      z.strictObject({
        id: text,
        title: text,
        when: expression('proposition'),
        minimizer: construction,
        value: expression('scalar'),
      }),
    )
    .optional(),
  pinned: z
    .array(
      z.strictObject({
        K: z.int().positive(),
        n: z.int().positive(),
        d: z.int().positive(),
        amplitudes: z.record(text, rationalText),
      }),
    )
    .optional(),
});

const papers = new WeakSet<Paper>();

export const isPaper = (value: unknown): boolean => papers.has(value as Paper);

export const idPattern = /^[a-z0-9][a-z0-9.-]*$/;

const theoremSchema = z.strictObject({
  paper: z.custom<Paper>(isPaper, 'expected what paper({…}) returned'),
  id: text.regex(idPattern, 'expected lower-case letters, digits, dots and dashes'),
  title: text,
  source: text,
  label: latexLabel.optional(),
  provenance: z.strictObject({ kind: z.enum(['verbatim', 'reconstructed']), from: text }),
  revisions: z.array(revisionSchema).min(1),
});

const theorems = new WeakSet<Theorem>();

export const refuse = (what: string, error: z.ZodError): never => {
  const [issue] = error.issues;
  const where = issue === undefined || issue.path.length === 0 ? what : `${what}, ${issue.path.map(String).join('.')}`;
  const unknownKeys = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  throw unknownKeys.length > 0
    ? new UsageError(
        `${where}: unknown field ${unknownKeys.map((key) => `"${key}"`).join(', ')}`,
        'A module supplies claims only (evidence and verdicts are made by the checks): remove it.',
      )
    : new UsageError(`${where}: ${issue?.message ?? 'malformed'}`, 'Compare with the guide "Encode your theorem".');
};

const paperSchema = z.strictObject({
  id: text.regex(idPattern, 'expected lower-case letters, digits, dots and dashes'),
  title: text,
  authors: text,
  reference: text,
});

/** Declares a paper. @throws UsageError for missing, malformed or unknown fields */
export const paper = (declaration: Paper): Paper => {
  const declared = ownData('paper', declaration);
  const checked = paperSchema.safeParse(declared);
  if (!checked.success) return refuse('paper', checked.error);
  papers.add(declared);
  return declared;
};

/** Declares a theorem. @throws UsageError for missing, malformed or unknown fields, naming the field */
export const theorem = (declaration: Theorem): Theorem => {
  const declared = ownData('theorem', declaration);
  const name = `theorem ${typeof declared.id === 'string' ? declared.id : '?'}`;
  const checked = theoremSchema.safeParse(declared);
  if (!checked.success) return refuse(name, checked.error);
  for (const revision of declared.revisions) requireConsistent(name, revision);
  const ids = declared.revisions.map((x) => x.id);
  if (new Set(ids).size !== ids.length) throw new UsageError(`${name}: two revisions have one id`, 'Rename one.');
  if (declared.revisions.filter((x) => x.status === 'current').length !== 1) {
    throw new UsageError(`${name}: exactly one revision must be current`, `Mark the others 'superseded'.`);
  }
  theorems.add(declared);
  return declared;
};

export const isTheorem = (value: unknown): value is Theorem =>
  typeof value === 'object' && value !== null && theorems.has(value as Theorem);

const requireConsistent = (name: string, revision: Revision): void => {
  const blocks = revision.problem.blocks.map((x) => x.name);
  const at = `${name}@${revision.id}`;
  requireOneVocabulary(at, revision);
  for (const part of [...revision.cases, ...(revision.criticalPoints ?? []), ...(revision.outside ?? [])]) {
    const given = Object.keys('minimizer' in part ? part.minimizer.blocks : part.construction.blocks);
    const missing = blocks.filter((x) => !given.includes(x));
    const extra = given.filter((x) => !blocks.includes(x));
    if (missing.length + extra.length > 0) {
      throw new UsageError(
        `${at}, case ${part.id}: the construction must give the blocks ${blocks.join(', ')}, not ${given.join(', ')}`,
        'Give each block of the problem one formula.',
      );
    }
    const shapes = 'minimizer' in part ? part.minimizer.blocks : part.construction.blocks;
    for (const block of revision.problem.blocks) {
      const formula = shapes[block.name];
      if (formula !== undefined && (formula.rows !== block.rows || formula.cols !== block.cols)) {
        throw new UsageError(
          [
            `${at}, case ${part.id}: ${block.text} is ${block.rows} × ${block.cols},`,
            `its formula ${formula.rows} × ${formula.cols}`,
          ].join(' '),
          'Check transposes.',
        );
      }
    }
    for (const { title, matrix, directions = [] } of ('spectrum' in part ? part.spectrum : undefined) ?? []) {
      if (matrix.some((row) => row.length !== matrix.length)) {
        throw new UsageError(`${at}, ${part.id}, ${title}: the matrix is not square`, 'Give as many rows as columns.');
      }
      const frames = ('minimizer' in part ? part.minimizer : part.construction).frames ?? [];
      for (const space of directions) {
        requireDirections(`${at}, ${part.id}, ${title}`, revision, frames, matrix.length, space);
      }
    }
  }
  const caseIds = revision.cases.map((x) => x.id);
  if (new Set(caseIds).size !== caseIds.length) throw new UsageError(`${at}: two cases have one id`, 'Rename one.');
  for (const { id, chain = [] } of revision.cases) {
    const steps = chain.map((x) => x.id);
    if (new Set(steps).size !== steps.length) {
      throw new UsageError(`${at}, case ${id}: two steps of the chain have one id`, 'Rename one.');
    }
  }
  const generators = revision.parametrisation?.generators.map((x) => x.symbol.name) ?? [];
  for (const c of revision.cases) {
    for (const stratum of c.strata) {
      const unknown = Object.keys(stratum.draw).filter((x) => !generators.includes(x));
      if (unknown.length > 0) {
        throw new UsageError(
          `${at}, stratum ${stratum.id}: no generator ${unknown.join(', ')}`,
          `Generators: ${generators.join(', ')}.`,
        );
      }
    }
  }
  for (const { parametrisation: chart } of [revision, ...revision.cases, ...(revision.criticalPoints ?? [])]) {
    if (chart === undefined) continue;
    const penalised = Object.keys(revision.problem.lambda);
    const given = Object.keys(chart.parameters);
    if (penalised.some((x) => !given.includes(x)) || given.some((x) => !penalised.includes(x))) {
      throw new UsageError(
        `${at}: the parametrisation must give λ of ${penalised.join(', ')}`,
        'One formula for each λ.',
      );
    }
  }
};

const requireDirections = (
  where: string,
  { problem }: Revision,
  declared: readonly LetterNode[],
  size: number,
  { parameter: own, rows }: DirectionSpace,
): void => {
  if (rows.length !== size) {
    throw new UsageError(`${where}: ${rows.length} directions for ${size} rows`, 'Give each row of the matrix one.');
  }
  for (const [name, formula] of rows.flatMap((row) => Object.entries(row))) {
    const known = problem.blocks.find((x) => x.name === name);
    if (known?.rows !== formula.rows || known.cols !== formula.cols) {
      throw new UsageError(`${where}: ${name} is no block of that shape`, 'Directions have the shapes of the blocks.');
    }
    const { blocks, frames, complements, parameters } = lettersIn([formula]);
    const names = [own, ...problem.blocks, ...declared, ...complements].map((x) => x.name);
    const twice = names.find((x, index) => names.indexOf(x) !== index);
    if (twice !== undefined) throw new UsageError(`${where}: two matrices are called ${twice}`, 'Rename one.');
    const foreign = [
      ...blocks,
      ...frames.filter((x) => declared.every((y) => y.name !== x.name)),
      ...parameters.filter((x) => canonicalJson(x) !== canonicalJson(own)),
    ];
    if (foreign[0] !== undefined) {
      throw new UsageError(
        `${where}: ${name} mentions ${foreign[0].text}`,
        'Directions are made of their own parameter, the frames of the construction, and complements.',
      );
    }
  }
};

/**
 * The fingerprint of what a revision claims: hypotheses, cases, constructions, values and conclusions, not its proof.
 */
export const statementFingerprint = (revision: Revision): string =>
  fingerprint({
    objective: revision.problem.objective,
    hypotheses: revision.hypotheses,
    ...(revision.ofMinimizer === undefined ? {} : { ofMinimizer: revision.ofMinimizer.map((x) => x.statement) }),
    cases: revision.cases.map(({ id, when, minimizer, value, conclusions }) => ({
      id,
      when,
      minimizer,
      value,
      conclusions,
    })),
  });
