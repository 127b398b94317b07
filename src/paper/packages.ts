/**
 * Packages and classes that lie beside the paper: what `\usepackage{mine}` asks for, and what of it cannot be read.
 *
 * As in TeX, one that lies in the folder of the main file comes before one of that name elsewhere, and is taken in
 * once. What options do is decided by TeX: where a file reads its options, all that it defines stands under a condition
 * that names the options it was given.
 */
import type * as Ast from '@unified-latex/unified-latex-types';
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { isFi, opensConditional } from './conditionals.js';
import { type LatexNode, argumentText } from './latex.js';

const ASKING: ReadonlyMap<string, 'sty' | 'cls'> = new Map([
  ['usepackage', 'sty'],
  ['RequirePackage', 'sty'],
  ['RequirePackageWithOptions', 'sty'],
  ['documentclass', 'cls'],
  ['LoadClass', 'cls'],
  ['LoadClassWithOptions', 'cls'],
]);

const list = (text: string | undefined): string[] =>
  (text ?? '')
    .replaceAll(/%[^\n]*/g, '')
    .split(',')
    .map((x) => x.trim())
    .filter((x) => x !== '');

/** The files that a macro asks for, as names with their endings, and with which options. */
export const askedFor = (
  node: Ast.Macro,
): { readonly names: readonly string[]; readonly options: readonly string[]; readonly isMain: boolean } | undefined => {
  const ending = ASKING.get(node.content);
  if (ending === undefined) return undefined;
  return {
    names: list(argumentText(node, 1)).map((x) => `${x.replaceAll('"', '')}.${ending}`),
    options: list(argumentText(node, 0)),
    isMain: node.content === 'documentclass',
  };
};

/** What `\PassOptionsToPackage{…}{…}` and its like pass, and to which file. */
export const passedBy = (node: Ast.Macro): { readonly name: string; readonly options: string[] } | undefined => {
  const ending = /^PassOptionsTo(?:(Package)|Class)$/.exec(node.content);
  if (ending === null) return undefined;
  const name = `${argumentText(node, 1) ?? ''}.${ending[1] === undefined ? 'cls' : 'sty'}`;
  return { name, options: list(argumentText(node, 0)) };
};

const OPTION_READING = /\\[A-Za-z@]*(?:Option|options|Keys|keys|@if(?:package|class)with|opt@)/;

export const readsOptions = (text: string): boolean => OPTION_READING.test(text);

/** By these a file that TeX reads well may have braces without a partner. */
const PROGRAMMING = /\\(?:\w*catcode|[lu]ccode|lowercase|uppercase|let|futurelet|if\w+|csname|expandafter)\b|`\\?[{}$]/;
const OTHER_SYNTAX = /\\ProvidesExpl(?:Package|Class)\b/;

/** Whether what looks broken in the source of a package may be TeX programming. */
export const isProgrammed = (text: string): boolean => PROGRAMMING.test(text);

export const hasOtherSyntax = (text: string): boolean => OTHER_SYNTAX.test(text);

/** Whether each conditional ends where it begins, at this level. */
export const endsItsConditionals = (nodes: readonly LatexNode[], switches: ReadonlySet<string>): boolean => {
  let open = 0;
  return (
    nodes.every((node, at) => {
      if (opensConditional(nodes, at, switches)) open += 1;
      else if (isFi(node)) open -= 1;
      return open >= 0;
    }) && open === 0
  );
};

const macro = (content: string): LatexNode => ({ type: 'macro', content });

/** Nodes under a condition of which nothing is known but its name. */
export const under = (
  condition: string,
  then: readonly LatexNode[],
  otherwise: readonly LatexNode[] = [],
): LatexNode[] => [
  macro(condition),
  { type: 'whitespace' },
  ...then,
  ...(otherwise.length === 0 ? [] : [macro('else'), ...otherwise]),
  macro('fi'),
];

export const isFile = (path: string): boolean => {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false; // No name of a file, too long for one say.
  }
};

const TAKING_IN =
  /\\(?:RequirePackage|LoadClass|usepackage|input|InputIfFileExists)[A-Za-z]*\s*(?:\[[^\]]*\]\s*)?\{([^{}]*)\}/g;

/** The text of a file, and those of all in `folder` that it may take in, as far as its source names them. */
export const textsUnder = (path: string, folder: string, read: (path: string) => string): string[] => {
  const found = new Map<string, string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    const text = read(file);
    found.set(file, text);
    for (const [, names] of text.matchAll(TAKING_IN)) {
      const candidates = list(names).flatMap((x) => ['', '.tex', '.sty', '.cls'].map((ending) => x + ending));
      candidates.map((x) => normalize(join(folder, x))).filter(isFile).forEach(visit);
    }
  };
  visit(path);
  return [...found.values()];
};

/** Packages in `folder` that a source names, wherever it does, and whether it says that there are other folders. */
export const namedIn = (source: string, folder: string): { readonly paths: string[]; readonly elsewhere: boolean } => {
  const text = source.replaceAll(/(?<!\\)%[^\n]*/g, '');
  const names = [...text.matchAll(ASKING_TEXT)].flatMap(([, macro = '', given]) =>
    list(given).map((x) => `${x.replaceAll('"', '')}.${ASKING.get(macro) ?? 'sty'}`),
  );
  const paths = names.map((x) => normalize(join(folder, x))).filter(isFile);
  return { paths, elsewhere: text.includes('\\input@path') };
};

const ASKING_TEXT = new RegExp(`\\\\(${[...ASKING.keys()].join('|')})\\s*(?:\\[[^\\]]*\\]\\s*)?\\{([^{}]*)\\}`, 'g');

const WHOLE = 'package:';

/**
 * A file of which nothing is read, though it names macros that others may define: it may change the meaning of
 * anything, and counts by its fingerprint.
 */
export const asAWhole = (name: string, text: string): LatexNode[] => {
  const names = new Set([...text.matchAll(/\\([A-Za-z@]+)/g)].map((x) => x[1] ?? ''));
  names.delete('label');
  return [
    macro(`${WHOLE}${name}:${createHash('sha256').update(text).digest('hex')}`),
    { type: 'group', content: [...names].map(macro) },
    { type: 'whitespace' },
  ];
};

/** Whether the name of a macro is one that `asAWhole` made. */
export const isWhole = (name: string): boolean => name.startsWith(WHOLE);
