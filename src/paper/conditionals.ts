/** Conditionals of TeX: where one begins, and which nodes `\iffalse` and `\iftrue` leave. */
import type { LatexNode } from './latex.js';

const PRIMITIVE = new Set(
  ('if ifcat ifnum ifdim ifodd ifvmode ifhmode ifmmode ifinner ifvoid ifhbox ifvbox ifx ifeof iftrue iffalse ifcase ' +
    'ifdefined ifcsname iffontchar').split(' '),
);
/** What follows is named and not meant. */
const NAMING = new Set(['newif', 'let', 'string', 'noexpand', 'meaning']);

const isMacro = (node: LatexNode | undefined, ...names: readonly string[]): boolean =>
  node?.type === 'macro' && names.includes(node.content);

const named = (nodes: readonly LatexNode[], at: number): boolean => {
  const [before, earlier] = [nodes[at - 1], nodes[at - 2]];
  if (before?.type === 'macro' && NAMING.has(before.content)) return true;
  if (before?.type === 'string' && before.content === '=') return isMacro(nodes[at - 3], 'let');
  return before?.type === 'macro' && isMacro(earlier, 'let');
};

/**
 * Whether the node at this place begins a conditional that `\fi` ends. `\ifthenelse{…}` and its like, which take their
 * branches in braces, begin none, unless `\newif` made them.
 */
export const opensConditional = (
  nodes: readonly LatexNode[],
  at: number,
  switches: ReadonlySet<string>,
): boolean => {
  const node = nodes[at];
  if (node?.type !== 'macro' || !/^if(?!f$)/.test(node.content) || named(nodes, at)) return false;
  if (PRIMITIVE.has(node.content) || switches.has(node.content)) return true;
  return node.args === undefined && nodes[at + 1]?.type !== 'group';
};

export const isElse = (node: LatexNode): boolean => isMacro(node, 'else', 'or');
export const isFi = (node: LatexNode): boolean => isMacro(node, 'fi');

interface Open {
  /** What is known of the condition. */
  readonly holds?: boolean;
  inElse: boolean;
}

/** Follows the nodes of one level, in order. */
export interface Branches {
  /** Whether the node at this place is left out: it is in a branch that is never taken, or divides known branches. */
  leavesOut(nodes: readonly LatexNode[], at: number): boolean;
  /** Whether an `\iffalse` still waits for its `\fi`. */
  unclosed(): boolean;
}

/** Evaluates `\iffalse` and `\iftrue`; all other conditionals stay as they are. */
export const knownBranches = (switches: ReadonlySet<string>): Branches => {
  const open: Open[] = [];
  const hidden = (): boolean => open.some(({ holds, inElse }) => holds !== undefined && holds === inElse);
  return {
    unclosed: () => open.some((x) => x.holds === false),
    leavesOut: (nodes, at) => {
      const node = nodes[at];
      if (node === undefined) return false;
      const before = hidden();
      if (opensConditional(nodes, at, switches)) {
        const known = isMacro(node, 'iftrue', 'iffalse') && !before;
        open.push({ ...(known ? { holds: isMacro(node, 'iftrue') } : {}), inElse: false });
        return before || known;
      }
      const last = open.at(-1);
      if (last === undefined) return before;
      if (isElse(node)) last.inElse = true;
      else if (isFi(node)) open.pop();
      else return before;
      return before || last.holds !== undefined;
    },
  };
};
