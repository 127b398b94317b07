/**
 * What a revision's formulas may be made of.
 *
 * A proof is about the statement only if both use the same words for the same things: statements speak of sizes and
 * the λ's of their problem, generators occur in parametrisations alone, and one name or printed sign means one thing.
 * All of this is decided when a module loads, so that no check has to wonder.
 */
import { UsageError } from '../errors.js';
import { N } from '../symbolic/build.js';
import type { Matrix, Named, RootNode, Scalar, SymbolNode } from '../symbolic/expression.js';
import { fingerprint } from '../symbolic/fingerprint.js';
import { appearance, requirePrintedName } from '../symbolic/printed-name.js';
import { singularValue } from '../symbolic/textbook.js';
import type { Case, Parametrisation, Revision } from './contract.js';

/** Calls `visit` with every scalar and matrix node of a tree, abbreviations included, each node once. */
export const eachNode = (tree: unknown, visit: (node: Scalar | Matrix) => void): void => {
  const seen = new Set<object>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    const sort = (value as { readonly sort?: unknown }).sort;
    if (sort === 'scalar' || sort === 'matrix') visit(value as Scalar | Matrix);
    // The unknown of an equation is bound in its left side, which has no other symbols.
    const inside = (value as Partial<Scalar>).kind === 'root' ? [(value as RootNode).equals] : Object.values(value);
    inside.forEach(walk);
  };
  walk(tree);
};

const SIZES = ['K', 'n', 'd'];

/** Which symbols a part of a revision may use. */
interface Vocabulary {
  readonly where: string;
  readonly allowed: ReadonlyMap<string, SymbolNode['role']>;
}

const vocabulary = (where: string, ...groups: readonly (readonly [readonly string[], SymbolNode['role']])[]) => ({
  where,
  allowed: new Map(groups.flatMap(([names, role]) => names.map((name) => [name, role] as const))),
});

const requireVocabulary = (at: string, tree: unknown, { where, allowed }: Vocabulary): void => {
  eachNode(tree, (node) => {
    if (node.kind !== 'symbol' || allowed.get(node.name) === node.role) return;
    throw new UsageError(
      `${at}: ${node.text} (a ${node.role}) cannot stand in ${where}`,
      `It may use ${[...allowed.keys()].join(', ')}.`,
    );
  });
};

const hasName = (node: Scalar | Matrix): node is (Scalar | Matrix) & Named => 'name' in node && 'text' in node;

/** What a named node means, as text that two nodes share exactly if they mean the same. */
const meaningOf = (node: (Scalar | Matrix) & Named): string => {
  if (node.kind === 'defined' || node.kind === 'definedMatrix') return `abbreviation ${fingerprint(node.value)}`;
  return node.kind === 'symbol' ? `symbol ${node.name}` : `${node.kind} ${fingerprint(node)}`;
};

/** What is printed for something else wherever it occurs. */
const RESERVED = /^(?:[KndrNYfσ]|I[KndrN\d]*|tr|min|max|and|or|not|if|for|all|with)$/;

/** Every name is printed as one symbol, and not as one that has its meaning from the language. */
const requirePrintable = (at: string, node: (Scalar | Matrix) & Named): void => {
  const { name, text, latex } = node;
  requirePrintedName(name, text, latex);
  const isSize = node.kind === 'symbol' && node.role === 'size';
  const shown = [text, latex].map(appearance).map((x) => (x === '\\sigma' ? 'σ' : x));
  if (isSize ? shown.some((x) => x !== name) : shown.some((x) => RESERVED.test(x)) && fingerprint(node) !== OF_N) {
    throw new UsageError(`${at}: "${name}" cannot be printed as ${text}`, 'That sign has a meaning: choose another.');
  }
};

const OF_N = fingerprint(N);

/**
 * One name, one meaning; one printed sign, one name. The squares of a proof may be called after blocks, and the
 * parameters of directions are bound where they stand.
 *
 * @throws UsageError also for a name that is not printed as one symbol
 */
export const requireOneMeaning = (at: string, tree: unknown): void => {
  const meanings = new Map<string, string>();
  const signs = { text: new Map<string, string>(), latex: new Map<string, string>() };
  eachNode(tree, (node) => {
    if (!hasName(node)) return;
    requirePrintable(at, node);
    if (node.kind === 'square' || node.kind === 'parameter') return;
    const meaning = `${meaningOf(node)}, ${node.text}, ${node.latex}`;
    const known = meanings.get(node.name) ?? meaning;
    if (known !== meaning) {
      throw new UsageError(`${at}: "${node.name}" stands for two different things`, 'Give each its own name.');
    }
    meanings.set(node.name, meaning);
    for (const [form, of] of Object.entries(signs)) {
      const sign = appearance(node[form as keyof typeof signs]);
      const called = of.get(sign) ?? node.name;
      if (called !== node.name) {
        throw new UsageError(
          `${at}: "${called}" and "${node.name}" are both printed as ${node[form as keyof typeof signs]}`,
          'Give each its own text and LaTeX.',
        );
      }
      of.set(sign, node.name);
    }
  });
};

/** Generators are no letters of formulas: in print a block W and a generator W would be one and the same. */
const requireApart = (at: string, symbols: readonly SymbolNode[], tree: unknown): void => {
  const letters = new Set<string>();
  eachNode(tree, (node) => {
    if (node.sort === 'matrix' && hasName(node)) [node.name, appearance(node.text)].forEach((x) => letters.add(x));
  });
  for (const symbol of symbols) {
    requirePrintable(at, symbol);
    if (letters.has(symbol.name) || letters.has(appearance(symbol.text))) {
      throw new UsageError(`${at}: "${symbol.name}" is a matrix and a generator`, 'Give each its own name.');
    }
  }
};

/** Blocks in formulas must be those of the revision's own problem. */
const requireOwnBlocks = (at: string, tree: unknown, { problem }: Revision): void => {
  eachNode(tree, (node) => {
    if (node.kind !== 'block') return;
    const own = problem.blocks.find((x) => x.name === node.name);
    if (own?.rows !== node.rows || own.cols !== node.cols) {
      throw new UsageError(
        `${at}: the problem has no block ${node.text} of shape ${node.rows} × ${node.cols}`,
        `Its blocks: ${problem.blocks.map((x) => `${x.text} (${x.rows} × ${x.cols})`).join(', ')}.`,
      );
    }
  });
};

/** The parts without their parametrisations, and those. */
const withoutCharts = <P extends { readonly parametrisation?: Parametrisation }>(
  parts: readonly P[],
): readonly [readonly Omit<P, 'parametrisation'>[], readonly (Parametrisation | undefined)[]] => [
  parts.map(({ parametrisation: _, ...rest }) => rest),
  parts.map((x) => x.parametrisation),
];

/** A case without the certificates of its chain, which speak of a singular value too. */
const withoutCertificates = ({ chain, ...rest }: Omit<Case, 'parametrisation'>): object => ({
  ...rest,
  chain: chain?.map(({ by, ...step }) => ({ ...step, by: by?.map(({ certificate: _, ...use }) => use) })),
});

/** @throws UsageError where a formula of the revision uses a symbol, a block or a name that does not belong there */
export const requireOneVocabulary = (at: string, revision: Revision): void => {
  const { problem, parametrisation, amplitudes, cases, criticalPoints, ...rest } = revision;
  const [statedCases, caseCharts] = withoutCharts(cases);
  const [families, familyCharts] = withoutCharts(criticalPoints ?? []);
  const certificates = cases.flatMap((c) =>
    (c.chain ?? []).flatMap((step) => (step.by ?? []).map((use) => use.certificate)),
  );
  const statement = { ...rest, cases: statedCases.map(withoutCertificates) };
  const charts = [parametrisation, ...caseCharts, ...familyCharts].filter((x) => x !== undefined);
  const lambdas = Object.values(problem.lambda).map((x) => x.name);
  const free = amplitudes?.free.map((x) => x.symbol) ?? [];
  for (const [what, symbols] of [
    ...charts.map((x) => ['generator', x.generators.map((g) => g.symbol)] as const),
    ['amplitude', free] as const,
  ]) {
    const names = symbols.map((x) => x.name);
    const wrong = symbols.find((x) => x.role !== 'generator' || lambdas.includes(x.name));
    if (wrong !== undefined) {
      throw new UsageError(
        `${at}: ${wrong.text} is a ${wrong.role} and cannot be a free ${what}`,
        `Make one with symbol('…', 'generator').`,
      );
    }
    if (new Set(names).size !== names.length) {
      throw new UsageError(`${at}: two ${what}s have one name`, 'Rename one.');
    }
  }
  const sizes = [SIZES, 'size'] as const;
  const named = (symbols: readonly SymbolNode[]) => [symbols.map((x) => x.name), 'generator'] as const;
  requireVocabulary(at, statement, vocabulary('a statement', sizes, [lambdas, 'lambda']));
  requireVocabulary(
    at,
    families,
    vocabulary('a critical family', [[...SIZES, 'r'], 'size'], [lambdas, 'lambda']),
  );
  for (const { generators, parameters, domain } of charts) {
    const own = named(generators.map((x) => x.symbol));
    requireVocabulary(at, parameters, vocabulary('λ in terms of generators', sizes, own));
    requireVocabulary(at, domain, vocabulary('the domain of generators', own));
    requireVocabulary(
      at,
      generators.map((x) => x.inverse),
      vocabulary('a generator in terms of λ', sizes, [lambdas, 'lambda']),
    );
  }
  requireVocabulary(
    at,
    certificates,
    vocabulary('a certificate', sizes, [lambdas, 'lambda'], [[singularValue.name], 'bound']),
  );
  requireVocabulary(at, amplitudes?.generators, vocabulary('a generator in terms of amplitudes', sizes, named(free)));
  const inverses = charts.map((x) => x.generators.map((generator) => generator.inverse));
  requireOneMeaning(at, [problem.objective, statement, families, inverses]);
  const generators = [...free, ...charts.flatMap((x) => x.generators.map((generator) => generator.symbol))];
  requireApart(at, generators, [problem.objective, problem.blocks, statement, families]);
  requireOwnBlocks(at, [statement, families], revision);
};
