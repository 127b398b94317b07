/** What declares that an environment holds theorems, by whatever name. */
import { type LatexNode, argument, argumentText, childrenOf, rawText } from './latex.js';

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
  /** What `\newtcbtheorem` puts before a label, which is then the last argument. */
  readonly labelPrefix?: string;
}

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
  if (node.content === 'newtcbtheorem') {
    const environment = argumentText(node, 1);
    if (environment === undefined) return undefined;
    const labelPrefix = argumentText(node, 4) ?? '';
    return { environment, kind: argumentText(node, 2) ?? environment, numbered: true, style: 'plain', labelPrefix };
  }
  return undefined;
};

/** `\newenvironment{thm}{\begin{theorem}}{\end{theorem}}`: the theorem in which another environment wraps itself. */
const wrapperOf = (
  node: LatexNode,
  declarations: ReadonlyMap<string, Declaration>,
): Declaration | undefined => {
  if (node.type !== 'macro' || !WRAPPING.has(node.content)) return undefined;
  const latex3 = node.content.startsWith('New');
  const environment = argumentText(node, latex3 ? 0 : 1);
  const begin = argument(node, latex3 ? 2 : 4) ?? [];
  if (environment === undefined) return undefined;
  for (const [at, x] of begin.entries()) {
    const group = begin[at + 1];
    if (x.type !== 'macro' || x.content !== 'begin' || group?.type !== 'group') continue;
    const declared = declarations.get(rawText(group.content));
    if (declared !== undefined) return { ...declared, environment };
  }
  return undefined;
};

const WRAPPING = new Set(['newenvironment', 'renewenvironment', 'NewDocumentEnvironment']);

/** All that a source declares, with what wraps it; a later wrapper may wrap an earlier one. */
export const declaredBy = (
  node: LatexNode,
  style: string,
  declarations: ReadonlyMap<string, Declaration>,
): Declaration[] => {
  const found = declarationOf(node, style) ?? wrapperOf(node, declarations);
  if (found === undefined) return [];
  if (found.labelPrefix === undefined) return [found];
  return [found, { ...found, environment: `${found.environment}*`, numbered: false }];
};

const everyNode = (nodes: readonly LatexNode[], visit: (node: LatexNode) => void): void => {
  for (const node of nodes) {
    visit(node);
    for (const children of childrenOf(node)) everyNode(children, visit);
  }
};

/** By environment. */
export const allDeclared = (nodes: readonly LatexNode[]): ReadonlyMap<string, Declaration> => {
  const all = new Map<string, Declaration>();
  everyNode(nodes, (node) => {
    for (const declared of declaredBy(node, 'plain', all)) all.set(declared.environment, declared);
  });
  return all;
};
