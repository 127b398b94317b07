/**
 * Broken LaTeX. The parser forgives everything and leaves what it could not match as it stood: an `\end` without its
 * `\begin`, a brace, a `$`. Read further, such a file would yield statements that nobody wrote.
 */
import { type LatexNode, childrenOf, defAt, isDeclaration } from './latex.js';

interface Finding {
  readonly line: number;
  readonly what: string;
  /** `\begin{document}` is left over as well where something in it is; the other says more. */
  readonly outermost: boolean;
}

const nameAfter = (nodes: readonly LatexNode[], at: number): string => {
  const group = nodes[at + 1];
  const name = group?.type === 'group' ? group.content : [];
  return name.map((x) => (x.type === 'string' ? x.content : '')).join('');
};

const DELIMITERS: Readonly<Record<string, string>> = { '[': '\\]', '(': '\\)', ']': '\\[', ')': '\\(' };

const leftOver = (nodes: readonly LatexNode[], at: number): string | undefined => {
  const node = nodes[at];
  if (node?.type === 'string' && node.content === '{') return 'a { is never closed';
  if (node?.type === 'string' && node.content === '}') return 'a } closes nothing';
  if (node?.type === 'string' && node.content === '$') return 'a $ has no partner';
  if (node?.type !== 'macro') return undefined;
  if (node.content === 'begin') return `\\begin{${nameAfter(nodes, at)}} is never closed, or something in it is not`;
  if (node.content === 'end') return `\\end{${nameAfter(nodes, at)}} closes nothing`;
  const partner = Object.hasOwn(DELIMITERS, node.content) ? DELIMITERS[node.content] : undefined;
  return partner === undefined ? undefined : `\\${node.content} has no ${partner}`;
};

/** What is not closed, with its line; undefined where nothing is. */
export const brokenIn = (file: string, nodes: readonly LatexNode[]): string | undefined => {
  const findings: Finding[] = [];
  const visit = (siblings: readonly LatexNode[], from: number): void => {
    for (let k = 0; k < siblings.length; k++) {
      const node = siblings[k];
      if (node === undefined) break;
      const line = node.position?.start.line ?? from;
      const definition = defAt(siblings, k);
      if (definition !== undefined) {
        k = definition.end;
        continue;
      }
      const what = leftOver(siblings, k);
      if (what !== undefined) findings.push({ line, what, outermost: what.includes('{document}') });
      if (isDeclaration(node)) {
        // What it declares may be in pieces, but a brace alone is none of its arguments.
        for (const [only, other] of childrenOf(node)) {
          const alone = only === undefined || other !== undefined ? undefined : leftOver([only], 0);
          if (only?.type === 'string' && alone !== undefined) findings.push({ line, what: alone, outermost: false });
        }
        continue;
      }
      for (const children of childrenOf(node)) visit(children, line);
    }
  };
  visit(nodes, 1);
  const found = findings.find((x) => !x.outermost) ?? findings[0];
  return found === undefined ? undefined : `${file}:${found.line}: ${found.what}`;
};
