/**
 * Formulas that may break between lines. A browser breaks no `math` element, so a sum or a relation is set as several,
 * each beginning with its sign; within a term nothing breaks.
 */

/** Signs between which a formula is cut, where they stand outside of everything else. */
const SIGN = /^<mo>([+−=≠≤≥]|&lt;|&gt;)<\/mo>$/;
const CONTENT = /^<math([^>]*)><mrow>([^]*)<\/mrow><\/math>$/;

/** The children of a row: elements with all that is in them, in order. */
const childrenOf = (markup: string): string[] => {
  const children: string[] = [];
  let [depth, start] = [0, 0];
  for (const tag of markup.matchAll(/<(\/?)[a-z]+[^>]*?(\/?)>/g)) {
    const [text, closing, empty] = tag;
    if (depth === 0 && closing === '') start = tag.index;
    if (empty === '') depth += closing === '' ? 1 : -1;
    if (depth === 0) children.push(markup.slice(start, tag.index + text.length));
  }
  return children;
};

/** One `math` element for each term, with spaces between; what is no single `math` element stays as it is. */
export const breakable = (math: string): string => {
  const [, attributes = '', content] = CONTENT.exec(math) ?? [];
  if (content === undefined) return math;
  const terms = childrenOf(content).reduce<string[][]>((all, child) => {
    // At its beginning a sign is one of the term itself.
    if (SIGN.test(child) && all.length > 0) all.push([child.replace('<mo>', '<mo form="infix">')]);
    else if (all.length === 0) all.push([child]);
    else all.at(-1)?.push(child);
    return all;
  }, []);
  return terms.map((term) => `<math${attributes}><mrow>${term.join('')}</mrow></math>`).join(' ');
};
