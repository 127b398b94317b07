/**
 * A statement as a list of tokens, so that two texts that LaTeX typesets with the same words and symbols have the same
 * list. What does not change what is said is left out or made equal:
 *
 * - comments, white space, line and paragraph breaks, small spaces such as `\,`; sizes such as `\left`, `\bigl`
 * - labels and index entries; the difference between inline and displayed, numbered and unnumbered formulas
 * - emphasis of words; colours; braces around one piece, as around a sub- or superscript, and the order of these two;
 *   `\not=` and `\neq`, `'` and `^\prime`
 * - by which of its names a symbol is called, such as `\le` and `\leq` (`symbols.ts`); whether a word in a formula is
 *   set by `\operatorname`, `\mathrm` or `\text` (`canonical.ts`); how letters and marks are typed (`letters.ts`)
 * - macros that the paper defines (see `definitions.ts`), which are replaced by what they stand for
 *
 * Everything else counts. Macros that are defined otherwise (`\let`, packages) count by their name, and by what
 * `dependencies.ts` finds of them. A space between two digits or two words counts: they are not one number or one word.
 */
import type * as Ast from '@unified-latex/unified-latex-types';
import { createHash } from 'node:crypto';
import { UsageError } from '../errors.js';
import type { Definition } from './definitions.js';
import { type LatexNode, defAt, environmentName, isDeclaration, rawText } from './latex.js';
import { canonical } from './canonical.js';
import { FENCES, delimiterAfter } from './fences.js';
import { lettersAt, ligature, markToken } from './letters.js';
import { SPACE, createSpacing } from './spacing.js';
import { DOTS, SYNONYMS } from './symbols.js';

const words = (text: string): Set<string> => new Set(text.split(' '));

const WITHOUT_MEANING = new Set([
  ...FENCES,
  ...words('label index nonumber notag displaystyle textstyle limits nolimits noindent allowbreak leavevmode'),
  ...words('centering ignorespaces color'),
]);
/** They say nothing, and part words and numbers. */
const SPACES = words(
  ', ; : ! > / vspace hspace smallskip medskip bigskip linebreak newline par hfill thinspace xspace',
);
const WIDE_SPACES = words('quad qquad');
const EMPHASIS = words('emph textit textbf textsl textup textmd textrm textnormal em it bf itshape bfseries upshape');
const REFERENCES = words('ref eqref pageref cref Cref autoref nameref cite citet citep citealt Citet Citep hyperref');
const TEXT_IN_FORMULAS = words('text textrm textnormal mbox hbox intertext shortintertext');
const FORMULAS = words('equation displaymath math');
/** With one argument alone, LaTeX stops. */
const TAKES_TWO = words('frac dfrac tfrac cfrac binom tbinom dbinom');

/** Deeper, macros go in a circle. */
const DEEPEST = 60;
/** More, they multiply without end. */
const MOST = 100_000;

type Mode = 'text' | 'formula';

/** Arguments of the macro that is being replaced, each with the environment that it came from. */
interface Bound {
  readonly nodes: readonly LatexNode[];
  readonly within: Scope;
}

interface Scope {
  readonly bound: readonly Bound[];
  readonly depth: number;
}

const OUTERMOST: Scope = { bound: [], depth: 0 };

const isOnePiece = ([node, next]: readonly LatexNode[]): boolean =>
  next === undefined && (node?.type === 'macro' || (node?.type === 'string' && node.content.length === 1));

/** Whether this white space or comment parts words: TeX reads past spaces after the name of a macro. */
const parts = (nodes: readonly LatexNode[], at: number): boolean => {
  const [before, node] = [nodes[at - 1], nodes[at]];
  if (node?.type === 'comment') return node.leadingWhitespace === true;
  if (node?.type === 'parbreak' || before?.type !== 'macro') return true;
  return before.args !== undefined || !/^[A-Za-z@]+$/.test(before.content);
};

const isNumber = (args: readonly Ast.Argument[]): boolean =>
  /^\d+[a-z]?$/.test(rawText(args.flatMap((x) => x.content)));

/** Whether the group at this place may be an argument of a macro that nothing is known of. */
const mayBeArgument = (
  nodes: readonly LatexNode[],
  at: number,
  definitions: ReadonlyMap<string, Definition>,
): boolean => {
  let k = at - 1;
  while (nodes[k]?.type === 'group') k -= 1;
  const before = nodes[k];
  return before?.type === 'macro' && before.args === undefined && !definitions.has(before.content);
};

const isAfterDots = (
  nodes: readonly LatexNode[],
  at: number,
  definitions: ReadonlyMap<string, Definition>,
): boolean => {
  const before = nodes[at - 1];
  return before?.type === 'macro' && DOTS.has(before.content) && !definitions.has(before.content);
};

/**
 * The tokens of a statement. `place` is where it stands.
 *
 * @throws UsageError for a macro that is defined by itself, or without end; for a `\left` without `\right`, or half a
 *   fraction
 */
export const tokensOf = (
  nodes: readonly LatexNode[],
  definitions: ReadonlyMap<string, Definition>,
  place: string,
): string[] => {
  const tokens: string[] = [];
  let replaced = 0;
  /** What the last token is the beginning of: the next piece may go on with it. */
  let open: 'word' | 'number' | undefined;
  /** The mark of text that was the last to be read, as long as nothing comes between it and the next. */
  let mark: string | undefined;
  const spacing = createSpacing();
  /** `\left` of the formula that is being read, less `\right`. */
  let fences = 0;

  const broken = (what: string): UsageError => new UsageError(`${place}: ${what}`, 'Check that it compiles.');

  const push = (...more: readonly string[]): void => {
    tokens.push(...more);
    open = mark = undefined;
    spacing.passed(more);
  };

  const space = (): void => {
    open = mark = undefined;
    spacing.part();
  };

  const pushMark = (piece: string): void => {
    const joined = mark === undefined ? undefined : ligature(mark, piece);
    if (joined !== undefined) tokens.pop();
    push(markToken(joined ?? piece));
    mark = joined ?? piece;
  };

  const readString = (text: string, mode: Mode): void => {
    const kind = mode === 'formula' ? 'number' : 'word';
    const goesOn = mode === 'formula' ? /^\d$/ : /^[\p{L}\p{N}\p{M}]/u;
    const pieces = mode === 'formula' ? /\S|\s+/gu : /[\p{L}\p{N}\p{M}]+|\S|\s+/gu;
    for (const piece of text.normalize('NFC').match(pieces) ?? []) {
      const going = goesOn.test(piece);
      // Spaces of Unicode are no white space to the parser.
      if (piece === '~' || piece.trim() === '') {
        space();
        continue;
      }
      if (spacing.shows(piece, mode, tokens.at(-1))) tokens.push(SPACE);
      const printed = spacing.after(piece, mode);
      if (piece === '…') push('\\ldots');
      else if (going && open === kind) tokens[tokens.length - 1] += piece;
      else if (!going && mode === 'text') pushMark(piece);
      else {
        push(piece);
        open = going ? kind : undefined;
      }
      spacing.print(printed);
    }
  };

  const readArguments = (args: readonly Ast.Argument[], mode: Mode, scope: Scope): void => {
    for (const { openMark, closeMark, content } of args) {
      if (openMark === '' && content.length === 0) continue;
      push(openMark === '' ? '{' : openMark);
      read(content, mode, scope);
      push(closeMark === '' ? '}' : closeMark);
    }
  };

  const replace = (node: Ast.Macro, { signature, body, first }: Definition, mode: Mode, scope: Scope): void => {
    if (scope.depth >= DEEPEST) {
      throw new UsageError(`the macro \\${node.content} is defined by itself`, 'Check its definition.');
    }
    replaced += 1;
    if (replaced > MOST || tokens.length > MOST) {
      throw new UsageError(`the macro \\${node.content} makes a statement of more than ${MOST} words`, 'Check it.');
    }
    const count = signature === '' ? 0 : signature.split(' ').length;
    if (/^m( m)*$/.test(signature)) requireArguments(node, count, scope);
    const bound = Array.from({ length: count }, (_, k): Bound => {
      const given = node.args?.[k];
      const left = k === 0 && first !== undefined && (given === undefined || given.openMark === '');
      return { nodes: left ? first : (given?.content ?? []), within: scope };
    });
    read(body, mode, { bound, depth: scope.depth + 1 });
  };

  const readMacro = (node: Ast.Macro, mode: Mode, scope: Scope): void => {
    const name = node.content;
    const definition = definitions.get(name);
    mark = undefined;
    if (definition !== undefined) {
      replace(node, definition, mode, scope);
      return;
    }
    if (name === 'left') fences += 1;
    if (name === 'right' && (fences -= 1) < 0) throw broken('a \\right has no \\left');
    const isSpace = SPACES.has(name) || name.trim() === '';
    if (isSpace) space();
    if (isSpace || WITHOUT_MEANING.has(name)) return;
    const args = node.args ?? [];
    const last = args.at(-1)?.content ?? [];
    if (TAKES_TWO.has(name)) requireArguments(node, 2, scope);
    if (name === '\\') {
      open = undefined;
      if (mode === 'formula') push('\\\\');
    } else if (WIDE_SPACES.has(name)) {
      open = undefined;
      if (mode === 'formula') push('\\quad');
    } else if (name === 'tag' && isNumber(args)) {
      return;
    } else if (name === '^' || name === '_') {
      push(name, '{');
      read(last, mode, scope);
      push('}');
    } else if (REFERENCES.has(name)) {
      const given = args.map((x) => `${x.openMark}${rawText(x.content)}${x.closeMark}`).join('');
      push(`\\${name}${given.replace(/\s+/g, '')}`);
    } else if (name === 'textcolor' || (mode === 'text' && EMPHASIS.has(name))) {
      read(last, mode, scope);
    } else if (mode === 'text' && name === 'ensuremath') {
      push('$');
      read(last, 'formula', scope);
      push('$');
    } else if (mode === 'formula' && TEXT_IN_FORMULAS.has(name)) {
      push('\\text');
      readArguments(args, 'text', scope);
    } else {
      push(SYNONYMS.get(name) ?? `\\${name}`);
      // `\operatorname*` only says where limits stand.
      readArguments(name === 'operatorname' ? args.filter((x) => rawText(x.content) !== '*') : args, mode, scope);
    }
  };

  /** Half of what it takes: with none at all, a macro of the paper may stand for it alone. */
  const requireArguments = ({ content, args = [] }: Ast.Macro, count: number, scope: Scope): void => {
    const given = args.filter((x) => x.openMark !== '' || x.content.length > 0).length;
    if (scope.depth === 0 && given > 0 && given < count) {
      throw broken(`\\${content} has ${given} of its ${count} arguments`);
    }
  };

  const readFenced = (content: readonly LatexNode[], scope: Scope): void => {
    const outside = fences;
    fences = 0;
    read(content, 'formula', scope);
    if (fences > 0) throw broken('a \\left has no \\right');
    fences = outside;
  };

  const readFormula = (content: readonly LatexNode[], scope: Scope): void => {
    push('$');
    readFenced(content, scope);
    push('$');
  };

  const readEnvironment = (node: Ast.Environment, mode: Mode, scope: Scope): void => {
    const name = (environmentName(node) ?? '').replace(/\*$/, '');
    if (FORMULAS.has(name)) {
      readFormula(node.content, scope);
      return;
    }
    if (name === 'comment') return;
    push(`\\begin{${name}}`);
    readArguments(node.args ?? [], mode, scope);
    // The parser has a type of its own for the environments of formulas.
    if (node.type === 'mathenv' && mode === 'text') readFenced(node.content, scope);
    else read(node.content, node.type === 'mathenv' ? 'formula' : mode, scope);
    push(`\\end{${name}}`);
  };

  /** A parameter, `#1`, is two pieces to the parser; the second may go on. */
  const readParameter = (nodes: readonly LatexNode[], at: number, mode: Mode, scope: Scope): boolean => {
    const [hash, next] = [nodes[at], nodes[at + 1]];
    if (hash?.type !== 'string' || hash.content !== '#' || next?.type !== 'string') return false;
    const bound = scope.bound[Number(next.content[0]) - 1];
    if (bound === undefined) return false;
    read(bound.nodes, mode, { bound: bound.within.bound, depth: scope.depth + 1 });
    readString(next.content.slice(1), mode);
    return true;
  };

  const read = (siblings: readonly LatexNode[], mode: Mode, scope: Scope): void => {
    for (let k = 0; k < siblings.length; k++) {
      const node = siblings[k];
      if (node === undefined || isDeclaration(node)) continue;
      const definition = defAt(siblings, k);
      if (definition !== undefined) {
        k = definition.end;
      } else if (node.type === 'whitespace' || node.type === 'parbreak' || node.type === 'comment') {
        if (mode === 'text' && parts(siblings, k)) space();
        mark = undefined;
      } else if (readParameter(siblings, k, mode, scope)) {
        k += 1;
      } else if (node.type === 'string') {
        readString(node.content, mode);
      } else if (node.type === 'macro') {
        const letters = mode === 'text' && !definitions.has(node.content) ? lettersAt(siblings, k) : undefined;
        if (letters === undefined) readMacro(node, mode, scope);
        else readString(letters.text, mode);
        k = letters?.end ?? k;
        const delimiter = mode === 'formula' ? delimiterAfter(siblings, k) : undefined;
        if (delimiter !== undefined) {
          if (delimiter.token !== '') push(delimiter.token);
          k = delimiter.end;
        }
      } else if (node.type === 'inlinemath' || node.type === 'displaymath') {
        readFormula(node.content, scope);
      } else if (node.type === 'environment' || node.type === 'mathenv') {
        readEnvironment(node, mode, scope);
      } else if (node.type === 'group' && node.content.length === 0 && isAfterDots(siblings, k, definitions)) {
        mark = undefined;
      } else if (node.type === 'group') {
        mark = undefined;
        // In text braces only keep things together, and so they do around one piece of a formula.
        const needless = (mode === 'text' || isOnePiece(node.content)) && !mayBeArgument(siblings, k, definitions);
        if (!needless) push('{');
        read(node.content, mode, scope);
        if (!needless) push('}');
        mark = undefined;
      } else if (node.type === 'verb' || node.type === 'verbatim') {
        push(...(node.content.match(/\S+/g) ?? []));
      }
    }
  };

  read(nodes, 'text', OUTERMOST);
  return canonical(tokens);
};

/** The tokens in lines of one sentence each, for a file that people review. */
export const sentences = (tokens: readonly string[]): string[] => {
  const lines: string[][] = [[]];
  let formula = false;
  for (const token of tokens) {
    if (token === '$') formula = !formula;
    lines.at(-1)?.push(token);
    if (token === '.' && !formula) lines.push([]);
  }
  return lines.filter((x) => x.length > 0).map((x) => x.join(' '));
};

/** SHA-256 of the tokens. */
export const tokensFingerprint = (tokens: readonly string[]): string =>
  createHash('sha256').update(tokens.join(' ')).digest('hex');
