/**
 * The source of a paper: one tree from the main file and all that it takes in by `\input` and `\include`, with the
 * packages and classes that lie beside it.
 *
 * As in TeX, names are relative to the folder of the main file, and `.tex` may be left out. What follows
 * `\end{document}` or `\endinput` and what `\iffalse` or `\iftrue … \else` hides is not read.
 */
import type * as Ast from '@unified-latex/unified-latex-types';
import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { UsageError } from '../errors.js';
import { assignmentsIn } from './assignments.js';
import { brokenIn } from './broken.js';
import { knownBranches } from './conditionals.js';
import {
  type LatexNode,
  type LatexParser,
  argument,
  argumentText,
  childrenOf,
  defAt,
  environmentName,
  isDeclaration,
  lastArgumentText,
  rawText,
} from './latex.js';
import {
  asAWhole,
  askedFor,
  endsItsConditionals,
  hasOtherSyntax,
  isProgrammed,
  namedIn,
  passedBy,
  isFile,
  readsOptions,
  textsUnder,
  under,
} from './packages.js';

export interface Place {
  readonly file: string;
  readonly line: number;
}

export interface PaperSource {
  readonly nodes: readonly LatexNode[];
  /** As they were read, each as often as it is taken in. */
  readonly files: readonly string[];
  /** What takes in files in ways that are not followed: `\import{…}{…} in main.tex:7`. */
  readonly notFollowed: readonly string[];
  /** What `\newif` makes: `ifextended`. */
  readonly switches: ReadonlySet<string>;
  /** Packages beside the paper of which nothing is read, with the reason. */
  readonly whole: ReadonlyMap<string, string>;
  placeOf(node: LatexNode): Place;
}

export const placeText = ({ file, line }: Place): string => `${file}:${line}`;

const FOLLOWED = new Set(['input', 'include']);
const IF_EXISTS = new Set(['IfFileExists', 'InputIfFileExists']);
const NOT_FOLLOWED = new Set(
  'import subimport inputfrom includefrom subfile includestandalone @input @@input @iinput'.split(' '),
);
const NAMING = [
  '(?:(?:re)?new|provide)(?:command|robustcmd)',
  'Declare(?:RobustCommand|MathOperator|PairedDelimiter)',
  '\\w+DocumentCommand',
];
/** `\newcommand\name[1]…`: in braces, or the parser would give `[` to `\name`. */
const NAME = '\\\\(?!csname|expandafter)(?:[A-Za-z@]+|[^A-Za-z@\\s])';
const BARE_NAME = new RegExp(`(\\\\(?:${NAMING.join('|')})\\*?)[ \\t]*(${NAME})`, 'g');
/** The % of an address begins no comment. */
const ADDRESS = /\\(?:url|nolinkurl|path|href)\s*\{[^{}\n]*\}/g;
/** A macro where it is used, and not where it is defined. */
const ABBREVIATION = /(?<!\\(?:\w*command|\w*robustcmd|[gex]?def|let)\*?\s*\{?\s*)\\([A-Za-z@]+)(?![A-Za-z@])/g;

export type Abbreviations = ReadonlyMap<string, string>;
const LARGEST_FILE = 8 * 2 ** 20;
/** A review records what may change anything. A package with more characters of that counts as a whole. */
const MOST_PROGRAMMING = 2000;

const failure = (path: string, asked: string, why: string): UsageError =>
  new UsageError(
    `${asked === '' ? '' : `${asked}: `}cannot read ${path} (${why})`,
    asked === '' ? 'Name the main file of the paper.' : 'Names are relative to the folder of the main file.',
  );

const existing = (path: string): string => {
  const candidates = path.endsWith('.tex') ? [path] : [`${path}.tex`, path];
  return candidates.find(isFile) ?? path;
};

/** TeX reads bytes: a package in another encoding is one all the same, and its letters are those of its comments. */
const readText = (path: string, asked: string, fatal = true): string => {
  let bytes: Buffer;
  try {
    if (statSync(path).size > LARGEST_FILE) throw failure(path, asked, 'larger than 8 MiB');
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw failure(path, asked, error instanceof Error && 'code' in error ? String(error.code) : 'unknown error');
  }
  if (bytes.includes(0)) throw new UsageError(`${path} holds a NUL character`, 'It is no LaTeX source: replace it.');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    if (!fatal) return new TextDecoder('latin1').decode(bytes);
    throw new UsageError(`${path} is not UTF-8`, 'Convert it: iconv -f LATIN1 -t UTF-8.');
  }
};

/** One by one: as arguments of a call they may be too many. */
const append = (to: LatexNode[], more: readonly LatexNode[]): void => {
  for (const node of more) to.push(node);
};

const textOfGroup = (node: LatexNode | undefined): string => (node?.type === 'group' ? rawText(node.content) : '');

/** Whether the node at this place ends what is read of a file. */
const endsReading = (node: LatexNode): boolean => node.type === 'macro' && node.content === 'endinput';

/** `sp ace` of `{"sp ace"}`. */
const unquoted = (name: string): string => name.replace(/^"(.*)"$/, '$1');

interface FileText {
  readonly file: string;
  readonly text: string;
  /** Of the package that the file is, or is a part of. */
  readonly options?: readonly string[];
}

/** Whether an argument stands in braces: the parser's tree is the same for `\input{name}` and `\input name`. */
const isBraced = (node: Ast.Macro, { text }: FileText): boolean => {
  const offset = node.args?.at(-1)?.content[0]?.position?.start.offset;
  return offset === undefined || text.slice(0, offset).trimEnd().endsWith('{');
};

/** `\input name` without braces: the parser takes the first piece for the argument, and the rest follows. */
const bareRest = (nodes: readonly LatexNode[], at: number): { readonly text: string; readonly end: number } => {
  let [text, end] = ['', at];
  for (let k = at + 1; k < nodes.length; k++) {
    const node = nodes[k];
    if (node?.type !== 'string') break;
    [text, end] = [text + node.content, k];
  }
  return { text, end };
};

/**
 * Reads a paper. `abbreviations` are macros that begin or end an environment, with what they stand for: the parser has
 * to see that. Packages in `whole` are not read.
 *
 * @throws UsageError for a file that is missing, takes itself in, is not UTF-8 or cannot be parsed
 */
export const readSource = (
  main: string,
  parser: LatexParser,
  abbreviations: Abbreviations = new Map(),
  whole: ReadonlyMap<string, string> = new Map(),
): PaperSource => {
  const folder = dirname(main);
  const places = new WeakMap<LatexNode, Place>();
  const files: string[] = [];
  const notFollowed: string[] = [];
  const switches = new Set<string>();
  /** More than zero in the branch of a file that is not here. */
  let unsure = 0;
  /** The files that `\\includeonly` leaves, where the paper says so. */
  let only: ReadonlySet<string> | undefined;
  /** Packages and classes that have been taken in. */
  const loaded = new Set<string>();
  /** By the name of a file, and those of the class, which all packages are given. */
  const passed = new Map<string, readonly string[]>();
  let global: readonly string[] = [];
  const wholes = new Map<string, string>();
  /** The text of each file that was read. */
  const sources = new Map<string, string>();
  /** Which file an error says to be broken. */
  const refused = new WeakMap<UsageError, string>();

  const refusal = (path: string, what: string, hint: string): UsageError => {
    const error = new UsageError(what, hint);
    refused.set(error, path);
    return error;
  };

  const readFile = (
    path: string,
    asked: string,
    open: readonly string[],
    options?: readonly string[],
  ): LatexNode[] => {
    if (open.includes(path)) {
      throw new UsageError(
        `\\input goes in a circle: ${[...open.slice(open.indexOf(path)), path].join(' → ')}`,
        'Take one of them out.',
      );
    }
    const text = readText(path, asked, options === undefined)
      .replace(/^\uFEFF/, '')
      .replace(BARE_NAME, '$1{$2}')
      .replace(ABBREVIATION, (found, name: string) => abbreviations.get(name) ?? found)
      .replace(ADDRESS, (address) => address.replaceAll(/(?<!\\)%/g, '\\%'));
    for (const [, name = ''] of text.matchAll(/\\newif\s*\\(if[A-Za-z@]+)/g)) switches.add(name);
    let nodes: LatexNode[];
    try {
      nodes = options === undefined ? parser.parse(text) : parser.parsePackage(text);
    } catch (error) {
      const why = error instanceof Error ? (error.message.split('\n')[0] ?? '').slice(0, 120) : 'unknown error';
      throw refusal(path, `${path} cannot be parsed as LaTeX: ${why}`, 'Check that it compiles.');
    }
    files.push(path);
    sources.set(path, text);
    const end = nodes.findIndex((x) => environmentName(x) === 'document');
    if (end >= 0) nodes.splice(end + 1);
    const broken = brokenIn(path, nodes);
    if (broken !== undefined) throw refusal(path, broken, 'Check that it compiles.');
    return expand(nodes, { file: path, text, ...(options && { options }) }, [...open, path]);
  };

  /** The same nodes with files taken in, in place; every node is told where it stands. */
  const expand = (nodes: readonly LatexNode[], from: FileText, open: readonly string[]): LatexNode[] => {
    const { file } = from;
    const result: LatexNode[] = [];
    const branches = knownBranches(switches);
    /** TeX reads the line of `\\endinput` to its end. */
    let lastLine: number | undefined;
    for (let k = 0; k < nodes.length; k++) {
      const node = nodes[k];
      if (node === undefined) break;
      const place = { file, line: node.position?.start.line ?? 0 };
      places.set(node, place);
      if (branches.leavesOut(nodes, k)) continue;
      if (lastLine !== undefined && place.line !== lastLine) break;
      if (endsReading(node)) {
        lastLine = place.line;
        continue;
      }
      if (node.type === 'macro' && FOLLOWED.has(node.content)) {
        const rest = isBraced(node, from) ? { text: '', end: k } : bareRest(nodes, k);
        const name = unquoted((lastArgumentText(node) ?? '') + rest.text);
        k = rest.end;
        if (name.includes('#') || name.includes('\\') || name === '') {
          notFollowed.push(`\\${node.content}{${name}} in ${placeText(place)}`);
          continue;
        }
        if (node.content === 'include' && only !== undefined && !only.has(name)) continue;
        const path = existing(normalize(join(folder, name)));
        if (unsure > 0 && !isFile(path)) continue;
        if (from.options !== undefined && !isFile(path)) {
          notFollowed.push(`\\${node.content}{${name}} in ${placeText(place)}, a file that is not here`);
          continue;
        }
        const asked = `${placeText(place)}: \\${node.content}{${name}}`;
        append(result, readFile(path, asked, open, from.options));
        continue;
      }
      if (node.type === 'macro' && IF_EXISTS.has(node.content)) {
        append(result, chosen(node, place, open, from));
        continue;
      }
      if (node.type === 'macro' && NOT_FOLLOWED.has(node.content)) {
        notFollowed.push(`\\${node.content} in ${placeText(place)}`);
      }
      if (node.type === 'macro' && node.content === 'includeonly') {
        const names = lastArgumentText(node) ?? textOfGroup(nodes[k + 1]);
        only = new Set(names.split(',').map((x) => x.trim()));
      }
      result.push(node);
      if (node.type === 'macro') append(result, packagesOf(node, place, open, from));
      const definition = defAt(nodes, k);
      if (definition !== undefined) {
        append(result, nodes.slice(k + 1, definition.end + 1));
        k = definition.end;
      } else if (!isDeclaration(node) && node.type !== 'comment') {
        for (const children of childrenOf(node)) {
          const expanded = expand(children, from, open);
          children.length = 0;
          append(children, expanded);
        }
      }
    }
    if (branches.unclosed()) {
      throw refusal(file, `${file}: \\iffalse without \\fi`, 'Close it, or delete what it hides.');
    }
    return result;
  };

  /** The packages and classes beside the paper that a macro asks for, for the first time. */
  const packagesOf = (node: Ast.Macro, place: Place, open: readonly string[], from: FileText): LatexNode[] => {
    const passing = passedBy(node);
    if (passing !== undefined) {
      passed.set(passing.name, [...(passed.get(passing.name) ?? []), ...passing.options]);
      return [];
    }
    const asking = askedFor(node);
    if (asking === undefined) return [];
    if (asking.isMain) global = asking.options;
    return asking.names.flatMap((name) => {
      if (/[\\#]/.test(name)) notFollowed.push(`\\${node.content}{${name}} in ${placeText(place)}`);
      const path = normalize(join(folder, name));
      if (loaded.has(path) || !isFile(path)) return [];
      loaded.add(path);
      const given = [...global, ...(from.options ?? []), ...(passed.get(name) ?? []), ...asking.options];
      return readPackage(path, `${placeText(place)}: \\${node.content}{${name}}`, open, [...new Set(given)]);
    });
  };

  /** @throws UsageError for one that cannot be read, unless TeX programming may be the reason: it counts as a whole */
  const readPackage = (
    path: string,
    asked: string,
    open: readonly string[],
    options: readonly string[],
  ): LatexNode[] => {
    const text = readText(path, asked, false);
    const name = basename(path);
    const wholly = (why: string): LatexNode[] => {
      notFollowed.push(`${path}, which counts as a whole: ${why}`);
      wholes.set(path, why);
      return asAWhole(name, [options.join(), ...textsUnder(path, folder, (x) => readText(x, asked, false))].join('\0'));
    };
    const known = whole.get(path) ?? (hasOtherSyntax(text) ? 'it is in expl3' : undefined);
    if (known !== undefined) {
      files.push(path);
      return wholly(known);
    }
    let nodes: LatexNode[];
    try {
      nodes = readFile(path, asked, open, options);
    } catch (error) {
      if (!(error instanceof UsageError) || refused.get(error) !== path || !isProgrammed(text)) throw error;
      return wholly(`TeX programming, ${error.message.replace(`${path}:`, 'line ')}`);
    }
    if (!endsItsConditionals(nodes, switches)) return wholly('TeX programming, a conditional that does not end');
    const { ofAnything } = assignmentsIn(nodes, switches, () => false);
    const programming = ofAnything.reduce((sum, x) => sum + x.text.length, 0);
    if (programming > MOST_PROGRAMMING) return wholly('much in it may change the meaning of anything');
    if (options.length === 0 || !readsOptions(text)) return nodes;
    const condition = `ifoptions:${name}:${options.join(',').replaceAll(/\s/g, '_')}`;
    switches.add(condition);
    return under(condition, nodes);
  };

  /**
   * What `\IfFileExists{name}{…}{…}` and `\InputIfFileExists` leave. TeX may have a file that is not here: then both
   * branches stay, in a conditional of which nothing is known.
   */
  const chosen = (node: Ast.Macro, place: Place, open: readonly string[], from: FileText): LatexNode[] => {
    const name = unquoted(argumentText(node, 0) ?? '');
    const path = existing(normalize(join(folder, name)));
    const branch = (index: number): LatexNode[] => expand(argument(node, index) ?? [], from, open);
    if (isFile(path)) {
      const asked = `${placeText(place)}: \\${node.content}{${name}}`;
      return [...(node.content === 'InputIfFileExists' ? readFile(path, asked, open, from.options) : []), ...branch(1)];
    }
    notFollowed.push(`\\${node.content}{${name}} in ${placeText(place)}, a file that is not here`);
    const condition = `ifexists:${name.replaceAll(/\s/g, '_')}`;
    switches.add(condition);
    unsure += 1;
    const then = branch(1);
    unsure -= 1;
    return under(condition, then, branch(2));
  };

  /** Packages that are asked for in ways that nobody but TeX sees. */
  const missed = (): string[] =>
    [...sources].flatMap(([file, text]) => {
      const { paths, elsewhere } = namedIn(text, folder);
      const unread = [...new Set(paths)].filter((x) => !loaded.has(x));
      return [
        ...unread.map((x) => `${x}, which ${file} names`),
        ...(elsewhere ? [`\\input@path in ${file}`] : []),
      ];
    });

  const nodes = readFile(normalize(main), '', []);
  notFollowed.push(...missed());
  const placeOf = (node: LatexNode): Place => places.get(node) ?? { file: main, line: 0 };
  return { nodes, files, notFollowed, switches, whole: wholes, placeOf };
};
