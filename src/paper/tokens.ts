/**
 * A statement as a list of tokens, so that two texts that LaTeX typesets with the same words and symbols have the same
 * list. What does not change what is said is left out or made equal:
 *
 * - comments, white space, line and paragraph breaks; spacing such as `\,` and `\quad`; sizes such as `\left`, `\bigl`
 * - labels and index entries; the difference between inline and displayed, numbered and unnumbered formulas
 * - emphasis of words; colours; braces around one piece, as around a sub- or superscript; `\le` and `\leq`, `\ge` and
 *   `\geq`, `\ne` and `\neq`
 * - macros that the paper defines (see `definitions.ts`), which are replaced by what they stand for
 *
 * Everything else counts. Macros that are defined otherwise (`\let`, packages) count by their name.
 */
import type * as Ast from '@unified-latex/unified-latex-types';
import { createHash } from 'node:crypto';
import { UsageError } from '../errors.js';
import type { Definition } from './definitions.js';
import { type LatexNode, argumentText, environmentName, isDeclaration, parseDef, rawText } from './latex.js';

const words = (text: string): Set<string> => new Set(text.split(' '));

const WITHOUT_MEANING = words(
  'label index nonumber notag displaystyle textstyle quad qquad , ; : ! > / left right middle big Big bigg Bigg bigl ' +
    'bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm limits noindent smallskip medskip bigskip vspace hspace ' +
    'allowbreak linebreak newline par hfill leavevmode centering ignorespaces thinspace xspace color',
);
const EMPHASIS = words('emph textit textbf textsl textup textmd textrm textnormal em it bf itshape bfseries upshape');
const REFERENCES = words('ref eqref pageref cref Cref autoref nameref cite citet citep citealt Citet Citep hyperref');
const TEXT_IN_FORMULAS = words('text textrm textnormal mbox hbox intertext shortintertext');
const FORMULAS = words('equation displaymath math');
const SYNONYMS: Readonly<Record<string, string>> = { le: 'leq', ge: 'geq', ne: 'neq' };

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

/** Braces around every sub- and superscript; digits that stand together are one number. */
const canonical = (tokens: readonly string[]): string[] => {
  const braced: string[] = [];
  tokens.forEach((token, k) => {
    const script = k > 0 && (tokens[k - 1] === '^' || tokens[k - 1] === '_');
    braced.push(...(script && token !== '{' ? ['{', token, '}'] : [token]));
  });
  const result: string[] = [];
  let number = false;
  for (const token of braced) {
    const digit = /^\d$/.test(token);
    if (digit && number) result[result.length - 1] += token;
    else result.push(token);
    number = digit;
  }
  return result;
};

const isOnePiece = ([node, next]: readonly LatexNode[]): boolean =>
  next === undefined && (node?.type === 'macro' || (node?.type === 'string' && node.content.length === 1));

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

/**
 * The tokens of a statement.
 *
 * @throws UsageError for a macro that is defined by itself, or without end
 */
export const tokensOf = (nodes: readonly LatexNode[], definitions: ReadonlyMap<string, Definition>): string[] => {
  const tokens: string[] = [];
  let replaced = 0;

  const push = (...more: readonly string[]): void => {
    tokens.push(...more);
  };

  const readString = (text: string, mode: Mode): void => {
    const pieces = text.match(mode === 'formula' ? /\S/gu : /[\p{L}\p{N}]+|\S/gu) ?? [];
    push(...pieces.filter((x) => x !== '~'));
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
    if (definition !== undefined) {
      replace(node, definition, mode, scope);
      return;
    }
    if (WITHOUT_MEANING.has(name) || name.trim() === '') return;
    const args = node.args ?? [];
    const last = args.at(-1)?.content ?? [];
    if (name === '\\') {
      if (mode === 'formula') push('\\\\');
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
      push(`\\${SYNONYMS[name] ?? name}`);
      readArguments(args, mode, scope);
    }
  };

  const readFormula = (content: readonly LatexNode[], scope: Scope): void => {
    push('$');
    read(content, 'formula', scope);
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
    read(node.content, node.type === 'mathenv' ? 'formula' : mode, scope);
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
      if (node.type === 'macro' && node.content === 'def') {
        k = parseDef(siblings, k)?.end ?? k;
      } else if (readParameter(siblings, k, mode, scope)) {
        k += 1;
      } else if (node.type === 'string') {
        readString(node.content, mode);
      } else if (node.type === 'macro') {
        readMacro(node, mode, scope);
      } else if (node.type === 'inlinemath' || node.type === 'displaymath') {
        readFormula(node.content, scope);
      } else if (node.type === 'environment' || node.type === 'mathenv') {
        readEnvironment(node, mode, scope);
      } else if (node.type === 'group') {
        // In text braces only keep things together, and so they do around one piece of a formula.
        const needless = (mode === 'text' || isOnePiece(node.content)) && !mayBeArgument(siblings, k, definitions);
        if (!needless) push('{');
        read(node.content, mode, scope);
        if (!needless) push('}');
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

/** The title of a theorem as plain words. */
export const titleOf = (node: LatexNode, index: number): string | undefined => {
  const text = argumentText(node, index)?.replace(/\s+/g, ' ');
  return text === undefined || /(^|,)\s*(label|name)\s*=/.test(text) ? undefined : text;
};
