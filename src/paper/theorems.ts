/**
 * The theorem-like environments of a paper: those that `\newtheorem` and its like declare, by whatever name and in
 * whatever style, with the labels in them.
 */
import { UsageError } from '../errors.js';
import { type Definition, definitionAt, signaturesIn } from './definitions.js';
import {
  type LatexNode,
  type Signatures,
  argumentText,
  childrenOf,
  environmentName,
  isDeclaration,
  lastArgumentText,
  latexParser,
  parseDef,
} from './latex.js';
import { type PaperSource, type Place, labelOption, placeText, readSource } from './source.js';
import { titleOf, tokensOf } from './tokens.js';

/** What declares an environment: `\newtheorem{lemma}[theorem]{Lemma}`. */
export interface Declaration {
  readonly environment: string;
  /** What is printed before the number: `Lemma`. */
  readonly kind: string;
  readonly numbered: boolean;
  /** The environment whose counter it shares. */
  readonly sharesCounterOf?: string;
  /** That of amsthm: `plain`, `definition` or `remark`. */
  readonly style: string;
}

export interface PaperTheorem {
  readonly declaration: Declaration;
  readonly labels: readonly string[];
  readonly title?: string;
  readonly place: Place;
  readonly tokens: readonly string[];
}

export interface Paper {
  readonly main: string;
  readonly files: readonly string[];
  readonly notFollowed: readonly string[];
  readonly theorems: readonly PaperTheorem[];
  /** Every label of the paper with the places where it stands. */
  readonly labels: ReadonlyMap<string, readonly Place[]>;
  /** Environments with a label that no `\newtheorem` of the source declares, by label. */
  readonly undeclared: ReadonlyMap<string, string>;
}

const RESTATABLE = 'restatable';

const option = (options: string | undefined, ...names: readonly string[]): string | undefined =>
  names
    .map((name) => new RegExp(`(?:^|,)\\s*${name}\\s*=\\s*\\{?([^,{}]*)`).exec(options ?? '')?.[1]?.trim())
    .find((x) => x !== undefined);

/** What a macro declares, if it declares theorems. */
const declarationOf = (node: LatexNode, style: string): Declaration | undefined => {
  if (node.type !== 'macro') return undefined;
  if (node.content === 'newtheorem' || node.content === 'spnewtheorem') {
    const environment = argumentText(node, 1);
    const shared = argumentText(node, 2);
    if (environment === undefined) return undefined;
    return {
      environment,
      kind: argumentText(node, 3) ?? environment,
      numbered: argumentText(node, 0) === undefined,
      ...(shared === undefined ? {} : { sharesCounterOf: shared }),
      style,
    };
  }
  if (node.content === 'declaretheorem') {
    const environment = argumentText(node, 1);
    const options = argumentText(node, 0);
    const shared = option(options, 'sibling', 'numberlike', 'sharenumber', 'sharecounter');
    if (environment === undefined) return undefined;
    const kind = option(options, 'name', 'title', 'heading');
    return {
      environment,
      kind: kind ?? environment.replace(/^./, (x) => x.toUpperCase()),
      numbered: option(options, 'numbered') !== 'no',
      ...(shared === undefined ? {} : { sharesCounterOf: shared }),
      style: option(options, 'style') ?? style,
    };
  }
  return undefined;
};

const everyNode = (nodes: readonly LatexNode[], visit: (node: LatexNode) => void): void => {
  for (const node of nodes) {
    visit(node);
    for (const children of childrenOf(node)) everyNode(children, visit);
  }
};

/** Reads once to learn what takes arguments, and again with the arguments in their places. */
const readTwice = (main: string, environments: readonly string[]): PaperSource => {
  const first = readSource(main, latexParser({}, {}));
  const starts: Record<string, string> = { [RESTATABLE]: 'o m m' };
  for (const name of environments) starts[name] = 'o';
  everyNode(first.nodes, (node) => {
    const declared = declarationOf(node, 'plain');
    if (declared !== undefined) starts[declared.environment] = 'o';
  });
  const signatures: Signatures = signaturesIn(first.nodes);
  return readSource(main, latexParser(signatures, starts));
};

/** Labels of the theorem itself: those of its equations and items lie deeper. */
const ownLabels = (node: LatexNode, titleIndex: number): string[] => {
  const content = 'content' in node && Array.isArray(node.content) ? node.content : [];
  const inside = content.flatMap((x) => (x.type === 'macro' && x.content === 'label' ? [lastArgumentText(x)] : []));
  return [labelOption(node, titleIndex), ...inside].filter((x) => x !== undefined);
};

/**
 * Reads a paper and finds its theorems. `environments` are further ones, for classes that declare theirs out of sight.
 *
 * @throws UsageError for a source that cannot be read, or two theorems with one label
 */
export const readPaper = (main: string, environments: readonly string[] = []): Paper => {
  const source = readTwice(main, environments);
  const definitions = new Map<string, Definition>();
  const declarations = new Map<string, Declaration>();
  for (const environment of environments) {
    const kind = environment.replace(/^./, (x) => x.toUpperCase());
    declarations.set(environment, { environment, kind, numbered: true, style: 'plain' });
  }
  const theorems: PaperTheorem[] = [];
  const labels = new Map<string, Place[]>();
  const undeclared = new Map<string, string>();
  let style = 'plain';

  const enter = (node: LatexNode): void => {
    const name = environmentName(node);
    if (name === undefined) return;
    const restated = name === RESTATABLE ? argumentText(node, 1) : undefined;
    const declaration = declarations.get(restated ?? name);
    if (declaration === undefined) {
      if (node.type === 'environment') for (const x of ownLabels(node, 0)) undeclared.set(x, name);
      return;
    }
    const title = titleOf(node, 0);
    const content = 'content' in node && Array.isArray(node.content) ? node.content : [];
    theorems.push({
      declaration,
      labels: ownLabels(node, 0),
      ...(title === undefined ? {} : { title }),
      place: source.placeOf(node),
      tokens: tokensOf(content, definitions),
    });
  };

  const visit = (nodes: readonly LatexNode[]): void => {
    let skip = -1;
    nodes.forEach((node, at) => {
      if (at <= skip) return;
      const defined = definitionAt(nodes, at);
      if (node.type === 'macro' && node.content === 'def') skip = parseDef(nodes, at)?.end ?? at;
      if (defined !== undefined && !(defined.provided && definitions.has(defined.name))) {
        definitions.set(defined.name, defined.definition);
      }
      if (node.type === 'macro' && node.content === 'theoremstyle') style = argumentText(node, 0) ?? style;
      const declared = declarationOf(node, style);
      if (declared !== undefined) declarations.set(declared.environment, declared);
      if (isDeclaration(node)) return;
      if (node.type === 'macro' && node.content === 'label') {
        const label = lastArgumentText(node) ?? '';
        labels.set(label, [...(labels.get(label) ?? []), source.placeOf(node)]);
      }
      enter(node);
      childrenOf(node).forEach(visit);
    });
  };
  visit(source.nodes);
  for (const { labels: own, place } of theorems) {
    for (const label of own) if (!labels.has(label)) labels.set(label, [place]);
  }
  requireOneLabelEach(theorems);
  return { main, files: source.files, notFollowed: source.notFollowed, theorems, labels, undeclared };
};

const requireOneLabelEach = (theorems: readonly PaperTheorem[]): void => {
  const seen = new Map<string, Place>();
  for (const { labels, place } of theorems) {
    for (const label of new Set(labels)) {
      const other = seen.get(label);
      if (other !== undefined) {
        throw new UsageError(
          `two theorems have the label ${label}: ${placeText(other)} and ${placeText(place)}`,
          'Rename one of them.',
        );
      }
      seen.set(label, place);
    }
  }
};
