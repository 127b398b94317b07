/** The control sequences and environments that a piece of source names, as text or by `\csname`. */
import type * as Ast from '@unified-latex/unified-latex-types';
import { type LatexNode, childrenOf, environmentName, rawText } from './latex.js';

/** Macros whose argument is a name: that of a switch, a counter, an acronym, or a macro without its backslash. */
const TAKES_NAME = new RegExp(
  [
    '^(?:if|unless|not$|boolean|value|arabic|roman|Roman|alph|Alph|usecounter|cs|@nameuse|nameuse|UseName|use:c)',
    '^(?:[gG]ls|GLS|[aA]cr(?:short|long|full)|[aA]c[splf]?p?$|glsentry)',
  ].join('|'),
);
/** What they are given is a name, and not what it stands for. */
const TAKES_AS_IS = /^(?:detokenize|string|meaning|unexpanded)$/;

/** The name that `\csname …\endcsname` makes; undefined where something in it has to be expanded first. */
export const madeName = (
  nodes: readonly LatexNode[],
  at: number,
): { readonly name?: string; readonly end: number } | undefined => {
  const node = nodes[at];
  if (node?.type !== 'macro' || node.content !== 'csname') return undefined;
  let name = '';
  let plain = true;
  for (let k = at + 1; k < nodes.length; k++) {
    const part = nodes[k];
    if (part?.type === 'macro' && part.content === 'endcsname') {
      return plain && name !== '' ? { name, end: k } : { end: k };
    }
    if (part?.type === 'string' && part.content !== '#') name += part.content;
    else if (part?.type !== 'whitespace') plain = false;
  }
  return { end: nodes.length - 1 };
};

/** `a` and `b` of `{a, b}` or `{env/a/before}`; nothing where it is more than words. */
export const wordsIn = (nodes: readonly LatexNode[]): string[] =>
  rawText(nodes)
    .split(/[\s,/]+/)
    .filter((x) => /^[A-Za-z@:-]+\*?$/.test(x));

/** The words in the arguments of a macro, or in the group that follows it where the parser knows of none. */
const wordsGiven = ({ args = [] }: Ast.Macro, next: LatexNode | undefined): string[] =>
  [...args.map((x) => x.content), ...(next?.type === 'group' ? [next.content] : [])].flatMap(wordsIn);

/** Names that are put together, or printed as such: what they stand for cannot be put in their place. */
export const constructedIn = (nodes: readonly LatexNode[], found = new Set<string>()): Set<string> => {
  nodes.forEach((node, at) => {
    const made = madeName(nodes, at)?.name;
    if (made !== undefined) found.add(made);
    if (node.type === 'macro' && TAKES_NAME.test(node.content)) {
      for (const x of wordsGiven(node, nodes[at + 1])) found.add(x);
    }
    if (node.type === 'macro' && TAKES_AS_IS.test(node.content)) namesIn(nodes.slice(at + 1, at + 2), found);
    for (const children of childrenOf(node)) constructedIn(children, found);
  });
  return found;
};

/** Every name in these nodes. */
export const namesIn = (nodes: readonly LatexNode[], found = new Set<string>()): Set<string> => {
  nodes.forEach((node, at) => {
    const environment = environmentName(node);
    if (environment !== undefined) found.add(environment);
    const made = madeName(nodes, at)?.name;
    if (made !== undefined) found.add(made);
    if (node.type === 'macro') {
      found.add(node.content);
      if (/^the./.test(node.content)) found.add(node.content.slice(3));
      if (node.content === 'begin' || TAKES_NAME.test(node.content)) {
        for (const x of wordsGiven(node, nodes[at + 1])) found.add(x);
      }
    }
    for (const children of childrenOf(node)) namesIn(children, found);
  });
  return found;
};
