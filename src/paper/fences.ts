/** `\left`, `\bigl` and their like: sizes of what follows, where a dot prints nothing and `<` is an angle. */
import type { LatexNode } from './latex.js';

/** Sizes of what follows them, which may be a dot that prints nothing. */
export const FENCES: ReadonlySet<string> = new Set(
  'left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm biggm Biggm'.split(' '),
);

/** After `\left` and its like: the dot prints nothing, and `<` and `>` are angles. */
const DELIMITERS: Readonly<Record<string, string>> = {
  '.': '',
  '<': '\\langle',
  '>': '\\rangle',
  lt: '\\langle',
  gt: '\\rangle',
};

/** The delimiter after a fence, where it is one that stands for something else there, and where it ends. */
export const delimiterAfter = (
  nodes: readonly LatexNode[],
  at: number,
): { readonly token: string; readonly end: number } | undefined => {
  const node = nodes[at];
  if (node?.type !== 'macro' || !FENCES.has(node.content)) return undefined;
  const end = nodes.findIndex((x, j) => j > at && x.type !== 'whitespace' && x.type !== 'comment');
  const next = nodes[end];
  if (next?.type !== 'string' && next?.type !== 'macro') return undefined;
  const token = Object.hasOwn(DELIMITERS, next.content) ? DELIMITERS[next.content] : undefined;
  return token === undefined ? undefined : { token, end };
};
