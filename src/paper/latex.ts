/** LaTeX as a tree: parsing, and the few questions that every reader of the tree asks. */
import type * as Ast from '@unified-latex/unified-latex-types';
import { getParser } from '@unified-latex/unified-latex-util-parse';
import { printRaw } from '@unified-latex/unified-latex-util-print-raw';

export type LatexNode = Ast.Node;

/** How many arguments a macro or the beginning of an environment takes, in the notation of xparse: `O{x} m`. */
export type Signatures = Readonly<Record<string, string>>;

/** Macros that declare something: what stands in their arguments is not yet said. */
const BUILT_IN: Signatures = {
  newtheorem: 's m o m o',
  spnewtheorem: 's m o m m m',
  declaretheorem: 'o m',
  newtcbtheorem: 'o m m m m',
  theoremstyle: 'm',
  newcommand: 's m o o m',
  renewcommand: 's m o o m',
  providecommand: 's m o o m',
  DeclareRobustCommand: 's m o o m',
  newrobustcmd: 's m o o m',
  renewrobustcmd: 's m o o m',
  providerobustcmd: 's m o o m',
  newenvironment: 's m o o m m',
  renewenvironment: 's m o o m m',
  NewDocumentCommand: 'm m m',
  RenewDocumentCommand: 'm m m',
  DeclareDocumentCommand: 'm m m',
  DeclarePairedDelimiter: 'm m m',
  NewDocumentEnvironment: 'm m m m',
  DeclareMathOperator: 's m m',
  newtheoremstyle: 'm m m m m m m m m',
};

/** The same signature for each of these macros. */
const each = (signature: string, names: string): Signatures =>
  Object.fromEntries(names.split(' ').map((name) => [name, signature]));

/** Macros that the parser would leave without their arguments: `\bar H` and `\bar{H}` are the same. */
const USUAL: Signatures = {
  ...each('m', 'bar hat tilde vec dot ddot check breve acute grave mathring widehat widetilde overline underline'),
  ...each('m m', 'tfrac dfrac cfrac binom tbinom dbinom'),
  tag: 's m',
  ...each('m m m', 'IfFileExists InputIfFileExists'),
  textcolor: 'o m m',
  color: 'o m',
  ...each('o m', 'RequirePackage RequirePackageWithOptions LoadClass LoadClassWithOptions'),
  ...each('m m', 'PassOptionsToPackage PassOptionsToClass'),
};

export interface LatexParser {
  parse(text: string): LatexNode[];
  /** As packages and classes are read: `@` is a letter. */
  parsePackage(text: string): LatexNode[];
}

/** A parser that knows the arguments of these macros and environments. */
export const latexParser = (macros: Signatures, environments: Signatures): LatexParser => {
  const withSignature = (of: Signatures): Record<string, { signature: string }> =>
    Object.fromEntries(Object.entries(of).map(([name, signature]) => [name, { signature }]));
  const options = {
    macros: withSignature({ ...USUAL, ...macros, ...BUILT_IN }),
    environments: withSignature(environments),
  };
  const parser = getParser(options);
  const packageParser = getParser({ ...options, flags: { atLetter: true } });
  return {
    parse: (text) => parser.parse(text).content,
    parsePackage: (text) => packageParser.parse(text).content,
  };
};

/** The source of nodes as it stood, less what surrounds it. */
export const rawText = (nodes: readonly LatexNode[]): string => printRaw([...nodes]).trim();

/** The argument of this number, from the first of its signature; undefined where an optional one is not given. */
export const argument = (node: LatexNode, index: number): LatexNode[] | undefined => {
  const found = 'args' in node ? node.args?.[index] : undefined;
  return found === undefined || (found.openMark === '' && found.content.length === 0) ? undefined : found.content;
};

const withoutComments = (nodes: readonly LatexNode[]): LatexNode[] =>
  nodes
    .filter((x) => x.type !== 'comment')
    .map((node) => {
      const args = 'args' in node ? node.args?.map((x) => ({ ...x, content: withoutComments(x.content) })) : undefined;
      const content = 'content' in node && Array.isArray(node.content) ? withoutComments(node.content) : undefined;
      return { ...node, ...(args && { args }), ...(content && { content }) } as LatexNode;
    });

/** The source of nodes without comments, on one line. */
export const sourceText = (nodes: readonly LatexNode[]): string =>
  rawText(withoutComments(nodes)).replaceAll(/\s+/g, ' ');

export const argumentText = (node: LatexNode, index: number): string | undefined => {
  const content = argument(node, index);
  return content === undefined ? undefined : rawText(content);
};

/** The last argument, which for `\label`, `\input` and the like is the one in braces. */
export const lastArgumentText = (node: Ast.Macro): string | undefined =>
  argumentText(node, (node.args?.length ?? 0) - 1);

/** Macros whose arguments declare, and must not be read as text of the paper. */
export const isDeclaration = (node: LatexNode): boolean =>
  node.type === 'macro' && Object.hasOwn(BUILT_IN, node.content);

/** `theorem` of `\begin{theorem}`. The parser gives a mathematical environment's name as a node. */
export const environmentName = (node: LatexNode): string | undefined => {
  if (node.type !== 'environment' && node.type !== 'mathenv') return undefined;
  const name: unknown = node.env;
  if (typeof name === 'string') return name;
  return typeof name === 'object' && name !== null && 'content' in name ? String(name.content) : undefined;
};

/** What lies inside a node, arguments first. */
export const childrenOf = (node: LatexNode): LatexNode[][] => {
  const args = 'args' in node ? (node.args ?? []).map((x) => x.content) : [];
  return 'content' in node && Array.isArray(node.content) ? [...args, node.content] : args;
};

export interface Def {
  readonly name: string;
  /** NaN for a pattern with more than parameters in it. */
  readonly parameters: number;
  readonly body: LatexNode[];
  /** Where its last node stands. */
  readonly end: number;
}

const DEF = new Set(['def', 'gdef', 'edef', 'xdef']);

/** The nodes of `\def\name#1…{body}` and its like, from the one after `\def`; undefined for another form. */
export const defAt = (nodes: readonly LatexNode[], at: number): Def | undefined => {
  const def = nodes[at];
  if (def?.type !== 'macro' || !DEF.has(def.content)) return undefined;
  const name = nodes[at + 1];
  if (name?.type !== 'macro') return undefined;
  // Once the macro is known to the parser, it takes the first pieces of its own pattern for arguments.
  const taken = (name.args ?? []).map((x) => rawText(x.content)).join('');
  for (let k = at + 2; k < nodes.length; k++) {
    const node = nodes[k];
    if (node?.type === 'group') {
      const pattern = taken + rawText(nodes.slice(at + 2, k));
      const parameters = /^(#\d)*$/.test(pattern) ? pattern.length / 2 : NaN;
      return { name: name.content, parameters, body: node.content, end: k };
    }
    if (node?.type === 'parbreak') return undefined;
  }
  return undefined;
};
