/** How a module declares a lemma: checked for its form when the module loads, like a theorem. */
import { z } from 'zod';
import { UsageError } from '../../errors.js';
import type { Expression, LetterNode } from '../../symbolic/expression.js';
import { canonicalJson, fingerprint } from '../../symbolic/fingerprint.js';
import { lettersIn } from '../../symbolic/letters.js';
import { type Problem, isProblem } from '../../symbolic/objective.js';
import { eachNode, requireOneMeaning } from '../consistent.js';
import { ownData } from '../own-data.js';
import { draw, expression, idPattern, isPaper, latexLabel, refuse, text } from '../define.js';
import type { Paper } from '../contract.js';
import type { Lemma } from './contract.js';

const square = z.strictObject({ coefficient: expression('scalar'), of: expression('matrix') });

const bounds = (least: number): z.ZodType<readonly [number, number] | undefined> =>
  z
    .tuple([z.int().min(least), z.int().min(least)])
    .refine(([from, to]) => from <= to, 'expected from ≤ to')
    .optional();

const lemmaSchema = z.strictObject({
  paper: z.custom<Paper>(isPaper, 'expected what paper({…}) returned'),
  id: text.regex(idPattern, 'expected lower-case letters, digits, dots and dashes'),
  title: text,
  source: text,
  label: latexLabel.optional(),
  provenance: z.strictObject({ kind: z.enum(['verbatim', 'reconstructed']), from: text }),
  expected: z.enum(['proved', 'upheld', 'refuted', 'suspect', 'vacuous', 'inconclusive']),
  matrices: z.array(expression('matrix').refine((x) => x.kind === 'block', 'expected what block(…) returned')),
  scalars: z.array(
    z.strictObject({
      symbol: expression('scalar').refine((x) => x.kind === 'symbol', 'expected what symbol(…) returned'),
      draw,
    }),
  ),
  hypotheses: z.array(expression('proposition')),
  statement: expression('proposition').refine(
    ({ kind }) => ['leq', 'eq', 'equal'].includes(kind),
    'expected what leq, eq or equal returned',
  ),
  sizes: z.strictObject({ K: bounds(1), n: bounds(1), beyondK: bounds(0) }).optional(),
  along: z.custom<Problem>(isProblem, 'expected what ufm({…}) returned').optional(),
  equality: z
    .array(
      z.strictObject({
        title: text,
        at: z.strictObject({
          frames: z.array(expression('matrix')).optional(),
          blocks: z.record(text, expression('matrix')),
        }),
      }),
    )
    .min(1)
    .optional(),
  proof: z
    .strictObject({
      singular: z
        .strictObject({ of: expression('matrix'), left: expression('matrix'), right: expression('matrix') })
        .optional(),
      dual: z
        .array(
          z.strictObject({
            of: expression('matrix'),
            by: expression('matrix'),
            rest: z.array(expression('matrix')),
          }),
        )
        .optional(),
      inverses: z
        .array(
          z.strictObject({ of: expression('matrix'), gram: expression('matrix'), shift: expression('scalar') }),
        )
        .optional(),
      substitute: z.record(text, expression('matrix')).optional(),
      squares: z.record(text, square),
    })
    .optional(),
  because: text,
});

const lemmas = new WeakSet<Lemma>();

/** Declares a lemma. @throws UsageError for missing, malformed, unknown or inconsistent fields, naming the field */
export const lemma = (declaration: Lemma): Lemma => {
  const declared = ownData('lemma', declaration);
  const name = `lemma:${typeof declared.id === 'string' ? declared.id : '?'}`;
  const checked = lemmaSchema.safeParse(declared);
  if (!checked.success) return refuse(name, checked.error);
  requireConsistent(name, declared);
  lemmas.add(declared);
  return declared;
};

export const isLemma = (value: unknown): value is Lemma =>
  typeof value === 'object' && value !== null && lemmas.has(value as Lemma);

/** The fingerprint of what a lemma claims: matrices, hypotheses and statement, not its proof. */
export const lemmaFingerprint = ({ matrices, scalars, hypotheses, statement }: Lemma): string =>
  fingerprint({ matrices, scalars: scalars.map((x) => x.symbol), hypotheses, statement });

const SIZES = ['K', 'n', 'd'];

const requireConsistent = (at: string, lemma: Lemma): void => {
  const { matrices, scalars, hypotheses, statement, equality = [] } = lemma;
  const names = [...matrices, ...scalars.map((x) => x.symbol)].map((x) => x.name);
  const twice = names.find((x, index) => names.indexOf(x) !== index);
  if (twice !== undefined) throw new UsageError(`${at}: two things are called ${twice}`, 'Rename one.');
  const foreign = scalars.find(({ symbol }) => symbol.role === 'size');
  if (foreign !== undefined) {
    throw new UsageError(`${at}: ${foreign.symbol.text} is a size`, `Make numbers with symbol('…', 'generator').`);
  }
  requireSymbols(at, [statement, hypotheses], [...SIZES, ...scalars.map((x) => x.symbol.name)]);
  requireOwnMatrices(at, 'the statement', [statement], matrices);
  if (hypotheses.some((x) => lettersIn([x]).blocks.length > 0)) {
    throw new UsageError(`${at}: a hypothesis mentions a matrix`, 'Hypotheses are about sizes and numbers.');
  }
  for (const { title, at: { blocks, frames = [] } } of equality) {
    const missing = matrices.find(({ name, rows, cols }) => blocks[name]?.rows !== rows || blocks[name].cols !== cols);
    if (missing !== undefined || Object.keys(blocks).length !== matrices.length) {
      throw new UsageError(
        `${at}, equality (${title}): give ${matrices.map((x) => `${x.name} (${x.rows} × ${x.cols})`).join(', ')}`,
        'Each matrix of the lemma gets one formula, and nothing else does.',
      );
    }
    requireDeclaredFrames(`${at}, equality (${title})`, Object.values(blocks), frames);
  }
  const { along } = lemma;
  if (along !== undefined) {
    const [own, numbers] = [matrices.map(canonicalJson), scalars.map((x) => x.symbol.name)];
    const fits = along.blocks.length === own.length && along.blocks.every((x) => own.includes(canonicalJson(x)));
    if (!fits || Object.values(along.lambda).some((x) => !numbers.includes(x.name))) {
      throw new UsageError(`${at}: the objective of "along" has other blocks or λ's`, 'List all of them.');
    }
  }
  requireProof(at, lemma);
  requireOneMeaning(at, [matrices, scalars, hypotheses, statement, equality, lemma.proof]);
};

const requireSymbols = (at: string, tree: unknown, allowed: readonly string[]): void => {
  eachNode(tree, (node) => {
    if (node.kind === 'symbol' && !allowed.includes(node.name)) {
      throw new UsageError(`${at}: ${node.text} is not declared`, `Declared: ${allowed.join(', ')}.`);
    }
  });
};

const requireOwnMatrices = (
  at: string,
  where: string,
  nodes: readonly Expression[],
  own: readonly LetterNode[],
): void => {
  const { blocks, frames, complements, parameters } = lettersIn(nodes);
  const known = own.map(canonicalJson);
  const stray =
    blocks.find((x) => !known.includes(canonicalJson(x))) ?? [...frames, ...complements, ...parameters][0];
  if (stray !== undefined) {
    throw new UsageError(`${at}: ${where} mentions ${stray.text}, which is not declared`, 'List it among `matrices`.');
  }
};

const requireDeclaredFrames = (at: string, nodes: readonly Expression[], declared: readonly LetterNode[]): void => {
  const known = declared.map(canonicalJson);
  const stray = lettersIn(nodes).frames.find((x) => !known.includes(canonicalJson(x)));
  if (stray !== undefined) throw new UsageError(`${at}: the frame ${stray.text} is not declared`, 'Declare it.');
};

const requireProof = (at: string, { proof, matrices, scalars }: Lemma): void => {
  if (proof === undefined) return;
  const { singular, dual = [], inverses = [], substitute = {} } = proof;
  requireSymbols(at, proof, [...SIZES, 'r', ...scalars.map((x) => x.symbol.name)]);
  if (singular !== undefined) {
    const { of, left, right } = singular;
    const fits = left.kind === 'frame' && right.kind === 'frame' && left.rows === of.rows && right.rows === of.cols;
    if (!fits || left.cols !== 'r' || right.cols !== 'r' || left.name === right.name) {
      throw new UsageError(
        `${at}: the singular vectors of a ${of.rows} × ${of.cols} matrix are frames ${of.rows} × r and ${of.cols} × r`,
        `Write frame('P', '${of.rows}', 'r') and frame('S', '${of.cols}', 'r').`,
      );
    }
  }
  const used = Object.values(proof.squares).flatMap((x) => [x.coefficient, x.of]);
  const matricesOf = dual.flatMap((x) => [x.of, x.by, ...x.rest]);
  // The frames of a proof are singular vectors: that others exist, nothing says.
  const vectors = singular === undefined ? [] : [singular.left, singular.right];
  requireDeclaredFrames(at, [...used, ...matricesOf], vectors);
  for (const { of, by, rest } of dual) {
    if (by.rows !== of.rows || by.cols !== of.cols || rest.some((x) => x.cols !== of.cols)) {
      throw new UsageError(`${at}: the dual matrix does not have the shape of what it bounds`, 'Check transposes.');
    }
  }
  for (const { of, gram } of inverses) {
    if (of.rows !== of.cols || gram.cols !== of.rows) {
      throw new UsageError(`${at}: what is inverted is not AᵀA + shift·I in shape`, 'Give A with as many columns.');
    }
  }
  const own = new Set(matrices.map((x) => x.name));
  const unknown = Object.keys(substitute).find((name) => !own.has(name));
  if (unknown !== undefined) throw new UsageError(`${at}: there is no matrix ${unknown}`, 'Substitute your own.');
};
