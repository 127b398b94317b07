/** A single place that gives names a meaning: which, how far it reaches, and whether it is of a form that is read. */
import { definitionAt } from './definitions.js';
import { type LatexNode, childrenOf, rawText, sourceText } from './latex.js';
import { madeName, namesIn, wordsIn } from './names.js';
import { isWhole } from './packages.js';

/** Names that an assignment gives a meaning, or all that there may be. */
export type Targets = ReadonlySet<string> | 'anything';

export interface Site {
  readonly targets: Targets;
  /** Where its last node stands. */
  readonly end: number;
  /** Whether it is one that `definitions.ts` reads. */
  readonly plain: boolean;
  /** Bodies, which may assign when what is assigned to is called. */
  readonly inside: readonly LatexNode[][];
}

const ASSIGNING = new RegExp(
  [
    '^(?:re)?new(?!page|line|block|theorem|tcbtheorem)[A-Za-z@]*$',
    '^(?:provide|[Dd]eclare(?!theorem)|undef|[gex]?appto|[gex]?preto|robustify|letcs|cs(?:[gex]?def|let|undef))',
    '(?:patch|addto@?macro|addto|apptocmd|pretocmd|nameuse@?def|@namedef|namelet)',
    '^(?:set|addto)(?:counter|boolean|bool|toggle|length)$|^(?:bool|toggle)(?:true|false)$|stepcounter$',
    '^(?:At(?:Begin|End)|Before|After)[A-Z]|^AddToHook|^addtotheorem|^s(?:ave)?box$',
    '^(?:include|exclude|special)(?:comment|version)$',
    '^(?:re)?newtcb(?!theorem)|^NewDocument|^(?:Renew|Provide)Document|^NewCommandCopy|^(?:Renew|Declare)CommandCopy',
  ].join('|'),
);
/** Keys and their values: what one call assigns, another defines. */
const KEYS = /^(?:define@|pgfq?keys$|tikzset$|pgfplotsset$|(?:kv|pre|post)?setkeys$|SetKeys$)/;
const OF_KEYS: ReadonlySet<string> = new Set(['keys']);
const LETTING = new Set(['let', 'glet', 'futurelet']);
/** They give the next name a number, or change the one that it holds. */
const NUMBERING = new Set(['chardef', 'mathchardef', 'countdef', 'toksdef', 'advance', 'multiply', 'divide']);
const SWITCHING = /^(?!if(?:true|false)$)(?!(?:bool|toggle)(?:true|false)$)(.+)(?:true|false)$/;
/** After these, anything may have another meaning. */
const REWRITING = new Set(
  ('catcode mathcode lccode uccode scantokens directlua luaexec everymath everydisplay everypar everyhbox ' +
    'endlinechar escapechar ExplSyntaxOn globaldefs MakeShortVerb DeleteShortVerb defineshorthand useshorthands ' +
    'newtheoremstyle declaretheoremstyle setlist setenumerate setitemize').split(' '),
);
export const LONGEST = 60;

export const isSpace = (node: LatexNode | undefined): boolean =>
  node?.type === 'whitespace' || node?.type === 'comment';

/** From this place past white space. */
const pastSpace = (nodes: readonly LatexNode[], at: number): number => {
  let k = at;
  while (isSpace(nodes[k])) k += 1;
  return k;
};

/** Past `[…]`, a star, and groups, as far as they follow. */
const pastArguments = (nodes: readonly LatexNode[], from: number): number => {
  let end = from - 1;
  for (let k = from; k < nodes.length; k++) {
    const node = nodes[k];
    if (isSpace(node)) continue;
    if (node?.type === 'group' || (node?.type === 'string' && node.content === '*')) end = k;
    else if (node?.type === 'string' && node.content === '[') {
      const close = nodes.findIndex((x, at) => at > k && x.type === 'string' && x.content === ']');
      if (close < 0) break;
      end = k = close;
    } else break;
  }
  return end;
};

/** Where the next group stands; -1 if nowhere. */
const groupAfter = (nodes: readonly LatexNode[], at: number): number =>
  nodes.findIndex((x, k) => k > at && x.type === 'group');

const pastSigns = (nodes: readonly LatexNode[], from: number): number => {
  let end = from;
  while (end + 1 < nodes.length && end < from + LONGEST) {
    const next = nodes[end + 1];
    if (next?.type === 'whitespace' || next?.type === 'parbreak') break;
    end += 1;
  }
  return end;
};

/** The name at this place, a macro or `\csname …`, and where it ends. */
const nameAt = (nodes: readonly LatexNode[], at: number): { readonly targets: Targets; readonly end: number } => {
  const k = pastSpace(nodes, at);
  const node = nodes[k];
  if (node?.type === 'macro' && node.content === 'expandafter') return nameAt(nodes, k + 1);
  const made = madeName(nodes, k);
  if (made !== undefined) {
    return { targets: made.name === undefined ? 'anything' : new Set([made.name]), end: made.end };
  }
  if (node?.type === 'macro') return { targets: new Set([node.content]), end: k };
  if (node?.type === 'group') {
    const inside = nameAt(node.content, 0);
    return { targets: inside.targets, end: k };
  }
  return { targets: 'anything', end: k };
};

const numbering = (nodes: readonly LatexNode[], at: number): Site => {
  const { targets, end } = nameAt(nodes, at + 1);
  return { targets, end: pastSigns(nodes, end), plain: false, inside: [] };
};

const letting = (nodes: readonly LatexNode[], at: number): Site => {
  const { targets, end } = nameAt(nodes, at + 1);
  let k = pastSpace(nodes, end + 1);
  const node = nodes[k];
  if (node?.type === 'string' && node.content === '=') k = pastSpace(nodes, k + 1);
  return { targets, end: Math.min(nameAt(nodes, k).end, nodes.length - 1), plain: false, inside: [] };
};

/** An assigning macro whose form nobody knows: what its first argument names, and all arguments that follow. */
const assigning = (nodes: readonly LatexNode[], at: number): Site | undefined => {
  const node = nodes[at];
  if (node?.type !== 'macro') return undefined;
  const keys = KEYS.test(node.content) ? OF_KEYS : undefined;
  const site = (targets: Targets, end: number): Site => ({
    targets: keys ?? targets,
    end,
    plain: false,
    inside: nodes.slice(at, end + 1).flatMap((x, k) => (k === 0 || x.type === 'group' ? childrenOf(x) : [])),
  });
  const given = (node.args ?? []).filter((x) => x.content.length > 0 && x.openMark !== '[');
  const first = given.find((x) => sourceText(x.content) !== '*')?.content;
  const namedBy = node.content === 'AddToHook' ? hookedIn : targetsIn;
  if (first !== undefined && !namesIn(first).has('csname')) {
    return site(namedBy(first), pastArguments(nodes, at + 1));
  }
  // `\newcommand\csname x\endcsname{…}`: to the parser, `\csname` is what is defined.
  if (first !== undefined) return site('anything', Math.max(at, groupAfter(nodes, at)));
  const star = nodes[at + 1];
  const from = star?.type === 'string' && star.content === '*' ? at + 2 : at + 1;
  const next = nodes[pastSpace(nodes, from)];
  if (next?.type === 'group') return site(namedBy(next.content), pastArguments(nodes, from));
  if (next?.type !== 'macro') return undefined;
  const { targets, end } = nameAt(nodes, from);
  return site(targets, pastArguments(nodes, end + 1));
};

/** Of environments and commands by their names; any other, of paragraphs say, may be of every statement. */
const hookedIn = (nodes: readonly LatexNode[]): Targets =>
  /^(?:env|cmd)\//.test(rawText(nodes).trim()) ? targetsIn(nodes) : 'anything';

const targetsIn = (nodes: readonly LatexNode[]): Targets => {
  const names = [...namesIn(nodes), ...wordsIn(nodes)];
  return names.length === 0 || sourceText(nodes).includes('#') ? 'anything' : new Set(names);
};

const rewriting = (nodes: readonly LatexNode[], at: number): Site => {
  const node = nodes[at];
  if (node?.type === 'macro' && node.content === 'ExplSyntaxOn') {
    const off = nodes.findIndex((x, k) => k > at && x.type === 'macro' && x.content === 'ExplSyntaxOff');
    return { targets: 'anything', end: off < 0 ? nodes.length - 1 : off, plain: false, inside: [] };
  }
  return { targets: 'anything', end: pastSigns(nodes, at), plain: false, inside: [] };
};

/** The macros of a paper that assign, each with what to, and all that it defines. */
export interface Own {
  readonly assigning: Map<string, Targets>;
  readonly defined: ReadonlySet<string>;
  /** Counters, lengths and lists of tokens of TeX that it allocates. */
  readonly registers: ReadonlySet<string>;
}

/** What the node at this place assigns to, if anything. */
export const siteAt = (nodes: readonly LatexNode[], at: number, own: Own): Site | undefined => {
  const node = nodes[at];
  if (node?.type !== 'macro') return undefined;
  const name = node.content;
  const found = definitionAt(nodes, at);
  if (found !== undefined) {
    return { targets: new Set([found.name]), end: found.end, plain: true, inside: [[...found.definition.body]] };
  }
  if (isWhole(name)) return { targets: 'anything', end: at + 1, plain: false, inside: [] };
  const called = own.assigning.get(name);
  if (called !== undefined) return { targets: called, end: pastArguments(nodes, at + 1), plain: false, inside: [] };
  if (own.defined.has(name)) return undefined;
  if (['def', 'gdef', 'edef', 'xdef'].includes(name)) {
    const { targets, end } = nameAt(nodes, at + 1);
    const body = groupAfter(nodes, end);
    const group = nodes[body];
    return { targets, end: body < 0 ? end : body, plain: false, inside: group === undefined ? [] : childrenOf(group) };
  }
  if (LETTING.has(name)) return letting(nodes, at);
  if (NUMBERING.has(name)) return numbering(nodes, at);
  if (own.registers.has(name)) {
    const k = pastSpace(nodes, at + 1);
    const next = nodes[k];
    const isSet = next?.type === 'group' || (next?.type === 'string' && /^[=\d-]/.test(next.content));
    if (isSet) return { targets: new Set([name]), end: pastSigns(nodes, k), plain: false, inside: [] };
  }
  if (REWRITING.has(name)) return rewriting(nodes, at);
  const switched = SWITCHING.exec(name)?.[1];
  if (switched !== undefined) return { targets: new Set([`if${switched}`]), end: at, plain: false, inside: [] };
  return ASSIGNING.test(name) || KEYS.test(name) ? assigning(nodes, at) : undefined;
};
