/**
 * The theorem-like environments of a paper: those that `\newtheorem` and its like declare, by whatever name and in
 * whatever style, with the labels in them.
 */
import { UsageError } from '../errors.js';
import { type Assignments, assignmentsIn } from './assignments.js';
import { type Declaration, allDeclared, declaredBy } from './declarations.js';
import { definitionAt, signaturesIn } from './definitions.js';
import { type Dependencies, dependenciesOf } from './dependencies.js';
import {
  type LatexNode,
  type Signatures,
  argument,
  argumentText,
  childrenOf,
  defAt,
  environmentName,
  isDeclaration,
  lastArgumentText,
  latexParser,
  rawText,
} from './latex.js';
import { namesIn } from './names.js';
import { scopes } from './scopes.js';
import { type PaperSource, type Place, placeText, readSource } from './source.js';
import { type Title, titleOf } from './title.js';
import { tokensOf } from './tokens.js';

export interface PaperTheorem {
  readonly declaration: Declaration;
  readonly labels: readonly string[];
  readonly title?: string;
  readonly place: Place;
  /** As it is printed, with its kind and its title in front. */
  readonly tokens: readonly string[];
  /** The source that decides what its programmed names stand for. */
  readonly dependencies: Dependencies;
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

const BEGINS_OR_ENDS = /^\\(?:begin|end) ?\{[A-Za-z]+\*?\}$/;

/** `\bt` for `\begin{theorem}`, as long as nothing gives it another meaning. */
const abbreviationsIn = (source: PaperSource): Map<string, string> => {
  const { of, programmed } = assignmentsIn(source.nodes, source.switches, () => false);
  const found = new Map<string, string>();
  const visit = (nodes: readonly LatexNode[]): void => {
    nodes.forEach((node, at) => {
      const defined = definitionAt(nodes, at);
      const text = defined?.definition.signature === '' ? rawText([...defined.definition.body]) : '';
      if (defined !== undefined && BEGINS_OR_ENDS.test(text)) {
        const { name } = defined;
        if (!programmed.has(name) && of.get(name)?.length === 1) found.set(name, text);
      }
      childrenOf(node).forEach(visit);
    });
  };
  visit(source.nodes);
  return found;
};

/** Reads once to learn what takes arguments, and again with the arguments in their places. */
const readTwice = (main: string, environments: readonly string[]): PaperSource => {
  const first = readSource(main, latexParser({}, {}));
  const starts: Record<string, string> = { [RESTATABLE]: 'o m m' };
  for (const name of environments) starts[name] = 'o';
  for (const { environment, labelPrefix, numbered } of allDeclared(first.nodes).values()) {
    starts[environment] = labelPrefix === undefined ? 'o' : numbered ? 'o m m' : 'o m';
  }
  const signatures: Signatures = signaturesIn(first.nodes);
  return readSource(main, latexParser(signatures, starts), abbreviationsIn(first), first.whole);
};

/** Labels of the theorem itself: those of its equations and items lie deeper. */
const labelsIn = (nodes: readonly LatexNode[]): string[] =>
  nodes.flatMap((node) => {
    if (node.type === 'macro' && node.content === 'label') return [lastArgumentText(node) ?? ''];
    return node.type === 'group' || node.type === 'macro' ? childrenOf(node).flatMap(labelsIn) : [];
  });

const contentOf = (node: LatexNode): LatexNode[] =>
  'content' in node && Array.isArray(node.content) ? node.content : [];

const ownLabels = (node: LatexNode, title: Title, prefix?: string): string[] => [
  ...(title.label === undefined ? [] : [title.label]),
  ...(prefix === undefined || argumentText(node, 2) === undefined ? [] : [`${prefix}:${argumentText(node, 2) ?? ''}`]),
  ...labelsIn(title.nodes),
  ...labelsIn(contentOf(node)),
];

const assignmentsOf = (source: PaperSource, environments: readonly string[]): Assignments => {
  const theorems = new Set<string>([RESTATABLE, ...environments, ...allDeclared(source.nodes).keys()]);
  return assignmentsIn(source.nodes, source.switches, (x) => theorems.has(x));
};

/**
 * Reads a paper and finds its theorems. `environments` are further ones, for classes that declare theirs out of sight.
 *
 * @throws UsageError for a source that cannot be read, or two theorems with one label
 */
export const readPaper = (main: string, environments: readonly string[] = []): Paper => {
  const source = readTwice(main, environments);
  const assignments = assignmentsOf(source, environments);
  const defined = scopes();
  const declarations = new Map<string, Declaration>();
  for (const environment of environments) {
    const kind = environment.replace(/^./, (x) => x.toUpperCase());
    declarations.set(environment, { environment, kind, numbered: true, style: 'plain' });
  }
  const theorems: PaperTheorem[] = [];
  const labels = new Map<string, Place[]>();
  const undeclared = new Map<string, string>();
  let style = 'plain';

  const enter = (node: LatexNode, name: string): void => {
    const restated = name === RESTATABLE ? argumentText(node, 1) : undefined;
    const declaration = declarations.get(restated ?? name);
    const boxed = declaration?.labelPrefix !== undefined && restated === undefined;
    const title = titleOf(node, boxed ? 1 : 0);
    const own = ownLabels(node, title, boxed ? declaration.labelPrefix : undefined);
    if (declaration === undefined) {
      if (node.type === 'environment' && name !== 'document') for (const x of own) undeclared.set(x, name);
      return;
    }
    const place = source.placeOf(node);
    const first = contentOf(node).find((x) => x.type !== 'whitespace' && x.type !== 'comment');
    if (argument(node, 0) === undefined && first?.type === 'string' && first.content === '[') {
      throw new UsageError(`${placeText(place)}: the [ after \\begin{${name}} has no ]`, 'Check that it compiles.');
    }
    const read = (nodes: readonly LatexNode[]): string[] => tokensOf(nodes, defined.visible, placeText(place));
    const heading = title.nodes.length === 0 ? [] : ['(', ...read(title.nodes), ')'];
    const names = namesIn([node]);
    for (const [, x = ''] of declaration.kind.matchAll(/\\([A-Za-z@]+)/g)) names.add(x);
    if (restated !== undefined) names.add(restated);
    theorems.push({
      declaration,
      labels: own,
      ...(title.text === undefined ? {} : { title: title.text }),
      place,
      tokens: [...(declaration.kind.match(/[\p{L}\p{N}]+|\S/gu) ?? []), ...heading, '.', ...read(contentOf(node))],
      dependencies: dependenciesOf(names, assignments.conditionsOf(node), assignments),
    });
  };

  const visit = (nodes: readonly LatexNode[]): void => {
    let skip = -1;
    nodes.forEach((node, at) => {
      if (at <= skip) return;
      const found = definitionAt(nodes, at);
      skip = found?.end ?? defAt(nodes, at)?.end ?? at;
      if (found !== undefined && !assignments.programmed.has(found.name)) defined.define(found);
      if (node.type === 'macro' && node.content === 'theoremstyle') style = argumentText(node, 0) ?? style;
      for (const declared of declaredBy(node, style, declarations)) declarations.set(declared.environment, declared);
      if (isDeclaration(node)) return;
      if (node.type === 'macro' && node.content === 'label') {
        const label = lastArgumentText(node) ?? '';
        labels.set(label, [...(labels.get(label) ?? []), source.placeOf(node)]);
      }
      const name = environmentName(node);
      if (name !== undefined) enter(node, name);
      const deeper = (): void => childrenOf(node).forEach(visit);
      if (node.type === 'macro' || name === 'document') deeper();
      else defined.within(deeper);
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
