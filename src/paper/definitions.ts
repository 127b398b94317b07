/** The macros that a paper defines, as far as they can be replaced by what they stand for. */
import { type LatexNode, type Signatures, argument, argumentText, childrenOf, defAt } from './latex.js';

export interface Definition {
  /** In the notation of xparse; the parser attaches arguments by it. */
  readonly signature: string;
  readonly body: readonly LatexNode[];
  /** The value of the first argument where it is left out. */
  readonly first?: readonly LatexNode[];
}

const commandName = (text: string | undefined): string | undefined =>
  /^\\([A-Za-z@]+|[^A-Za-z@])$/.exec(text ?? '')?.[1];

const mandatory = (count: number): string[] => Array.from({ length: count }, () => 'm');

/** The arguments of a definition lie at different places: a star comes first, and beamer adds an argument. */
const newCommand = (node: LatexNode): [name: string, definition: Definition] | undefined => {
  const name = commandName(argumentText(node, 1));
  const body = argument(node, 4);
  const count = Number(argumentText(node, 2) ?? '0');
  if (name === undefined || body === undefined || !Number.isInteger(count)) return undefined;
  const first = argument(node, 3);
  return [
    name,
    first === undefined
      ? { signature: mandatory(count).join(' '), body }
      : { signature: ['o', ...mandatory(count - 1)].join(' '), body, first },
  ];
};

const mathOperator = (node: LatexNode): [name: string, definition: Definition] | undefined => {
  const name = commandName(argumentText(node, 1));
  const words = argument(node, 2);
  if (name === undefined || words === undefined) return undefined;
  const body: LatexNode[] = [
    { type: 'macro', content: 'operatorname' },
    { type: 'group', content: words },
  ];
  return [name, { signature: '', body }];
};

/** `\NewDocumentCommand{\name}{m m}{…}`, as long as its arguments are mandatory ones. */
const documentCommand = (node: LatexNode): [name: string, definition: Definition] | undefined => {
  const name = commandName(argumentText(node, 0));
  const body = argument(node, 2);
  const signature = (argumentText(node, 1) ?? '').replaceAll(/\s/g, '');
  if (name === undefined || body === undefined || !/^m*$/.test(signature)) return undefined;
  return [name, { signature: mandatory(signature.length).join(' '), body }];
};

/** `\DeclarePairedDelimiter{\abs}{|}{|}`: a star or an option changes the size alone. */
const pairedDelimiter = (node: LatexNode): [name: string, definition: Definition] | undefined => {
  const name = commandName(argumentText(node, 0));
  const [left, right] = [argument(node, 1), argument(node, 2)];
  if (name === undefined || left === undefined || right === undefined) return undefined;
  const inside: LatexNode[] = ['#', '3'].map((content) => ({ type: 'string', content }));
  return [name, { signature: 's o m', body: [...left, ...inside, ...right] }];
};

const DEFINING: Readonly<Record<string, (node: LatexNode) => [name: string, definition: Definition] | undefined>> = {
  newcommand: newCommand,
  renewcommand: newCommand,
  providecommand: newCommand,
  DeclareRobustCommand: newCommand,
  newrobustcmd: newCommand,
  renewrobustcmd: newCommand,
  providerobustcmd: newCommand,
  DeclareMathOperator: mathOperator,
  NewDocumentCommand: documentCommand,
  RenewDocumentCommand: documentCommand,
  DeclareDocumentCommand: documentCommand,
  DeclarePairedDelimiter: pairedDelimiter,
};

export interface Found {
  readonly name: string;
  readonly definition: Definition;
  /** Only where nothing has defined the name yet. */
  readonly provided: boolean;
  /** Beyond the group in which it stands. */
  readonly global: boolean;
  /** Where its last node stands. */
  readonly end: number;
}

const PREFIXES = new Set(['global', 'long', 'protected', 'outer']);

/** Whether `\global` stands before this place. */
const isGlobal = (nodes: readonly LatexNode[], at: number): boolean => {
  for (let k = at - 1; k >= 0; k--) {
    const node = nodes[k];
    if (node?.type === 'whitespace') continue;
    if (node?.type !== 'macro' || !PREFIXES.has(node.content)) return false;
    if (node.content === 'global') return true;
  }
  return false;
};

/** These make a name, or change what is named: what they define is not to be seen in their arguments. */
const NAME_MAKING = new Set(['csname', 'expandafter', 'noexpand']);

/**
 * What the node at this place defines: `\newcommand` and its like, `\def` and `\gdef` with plain parameters,
 * `\DeclareMathOperator`, `\DeclarePairedDelimiter`, `\NewDocumentCommand` with mandatory arguments. For other ways to
 * define see `assignments.ts`.
 */
export const definitionAt = (nodes: readonly LatexNode[], at: number): Found | undefined => {
  const node = nodes[at];
  if (node?.type !== 'macro') return undefined;
  const global = node.content === 'gdef' || isGlobal(nodes, at);
  if (node.content === 'def' || node.content === 'gdef') {
    const found = defAt(nodes, at);
    if (found === undefined || Number.isNaN(found.parameters) || NAME_MAKING.has(found.name)) return undefined;
    const definition = { signature: mandatory(found.parameters).join(' '), body: found.body };
    return { name: found.name, definition, provided: false, global, end: found.end };
  }
  const found = Object.hasOwn(DEFINING, node.content) ? DEFINING[node.content]?.(node) : undefined;
  if (found === undefined || NAME_MAKING.has(found[0])) return undefined;
  const provided = node.content.startsWith('provide');
  return { name: found[0], definition: found[1], provided, global, end: at };
};

/** The signatures of all macros that are defined anywhere, for the parser. */
export const signaturesIn = (nodes: readonly LatexNode[]): Signatures => {
  const signatures = new Map<string, string>();
  const visit = (siblings: readonly LatexNode[]): void => {
    siblings.forEach((node, at) => {
      const found = definitionAt(siblings, at);
      if (found !== undefined) signatures.set(found.name, found.definition.signature);
      childrenOf(node).forEach(visit);
    });
  };
  visit(nodes);
  return Object.fromEntries(signatures);
};
