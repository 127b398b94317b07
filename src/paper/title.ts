/** What stands in `[…]` of a theorem: its title, or the options of thmtools, such as `[label=thm:x, name={A, B}]`. */
import { type LatexNode, argument, rawText, sourceText } from './latex.js';

export interface Title {
  /** As printed; of options the name, and what is not known to be printed nowhere. */
  readonly nodes: readonly LatexNode[];
  /** In words, for a report. */
  readonly text?: string;
  readonly label?: string;
}

const OPTIONS = /(?:^|,)\s*(?:label|name|restate|continues|store)\s*=/;
const isMark = (node: LatexNode | undefined, mark: string): boolean => node?.type === 'string' && node.content === mark;

const splitAt = (nodes: readonly LatexNode[], mark: string): LatexNode[][] => {
  const parts: LatexNode[][] = [[]];
  for (const node of nodes) {
    if (isMark(node, mark)) parts.push([]);
    else parts.at(-1)?.push(node);
  }
  return parts;
};

/** What braces around a whole value hold. */
const unbraced = (nodes: readonly LatexNode[]): readonly LatexNode[] => {
  const [only, other] = nodes.filter((x) => x.type !== 'whitespace');
  return only?.type === 'group' && other === undefined ? only.content : nodes;
};

/** The title of an environment; `index` is that of the argument in which it stands. */
export const titleOf = (node: LatexNode, index: number): Title => {
  const given = argument(node, index) ?? [];
  if (given.length === 0) return { nodes: [] };
  if (!OPTIONS.test(rawText(given))) return { nodes: given, text: sourceText(given) };
  let [name, label]: [readonly LatexNode[] | undefined, string | undefined] = [undefined, undefined];
  const others: LatexNode[][] = [];
  for (const option of splitAt(given, ',')) {
    const equals = option.findIndex((x) => isMark(x, '='));
    const key = rawText(option.slice(0, Math.max(equals, 0)));
    const value = unbraced(option.slice(equals + 1));
    if (key === 'label') label = rawText([...value]);
    else if (key === 'name') name = value;
    else if (key !== 'restate' && key !== 'store' && rawText(option) !== '') others.push(option);
  }
  return {
    nodes: [...(name ?? []), ...others.flat()],
    ...(name === undefined ? {} : { text: sourceText(name) }),
    ...(label === undefined ? {} : { label }),
  };
};
