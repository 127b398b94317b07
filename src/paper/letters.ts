/** Letters and marks of text in one of the forms that print alike: `\'e` and `é`, ``` `` ``` and `“`, `--` and `–`. */
import { type LatexNode, rawText } from './latex.js';

/** Accents of LaTeX, as the characters of Unicode that combine with the letter before them. */
const ACCENTS: ReadonlyMap<string, string> = new Map([
  ['`', '\u0300'],
  ["'", '\u0301'],
  ['^', '\u0302'],
  ['~', '\u0303'],
  ['=', '\u0304'],
  ['u', '\u0306'],
  ['.', '\u0307'],
  ['"', '\u0308'],
  ['r', '\u030A'],
  ['H', '\u030B'],
  ['v', '\u030C'],
  ['d', '\u0323'],
  ['c', '\u0327'],
  ['k', '\u0328'],
  ['b', '\u0331'],
]);

const LETTERS: ReadonlyMap<string, string> = new Map([
  ['o', 'ø'],
  ['O', 'Ø'],
  ['l', 'ł'],
  ['L', 'Ł'],
  ['ss', 'ß'],
  ['ae', 'æ'],
  ['AE', 'Æ'],
  ['oe', 'œ'],
  ['OE', 'Œ'],
  ['aa', 'å'],
  ['AA', 'Å'],
  ['i', 'ı'],
  ['j', 'ȷ'],
]);

const DOTLESS: Readonly<Record<string, string>> = { '\\i': 'i', '\\j': 'j' };

export interface Letters {
  readonly text: string;
  /** Where their last node stands. */
  readonly end: number;
}

const accented = (base: string, accent: string): string | undefined => {
  const letter = DOTLESS[base] ?? base;
  return /^\p{L}$/u.test(letter) ? (letter + accent).normalize('NFC') : undefined;
};

/** The accent at this place on its letter, with the rest of the piece of text that the letter begins. */
const accentAt = (nodes: readonly LatexNode[], at: number, accent: string): Letters | undefined => {
  const node = nodes[at];
  const given = node !== undefined && 'args' in node ? node.args?.at(-1) : undefined;
  if (given !== undefined) {
    const letter = accented(rawText(given.content), accent);
    return letter === undefined ? undefined : { text: letter, end: at };
  }
  const end = nodes[at + 1]?.type === 'whitespace' ? at + 2 : at + 1;
  const next = nodes[end];
  if (next?.type === 'string') {
    const [first = '', ...rest] = next.content.normalize('NFC');
    const letter = accented(first, accent);
    return letter === undefined ? undefined : { text: letter + rest.join(''), end };
  }
  if (next?.type !== 'group' && next?.type !== 'macro') return undefined;
  const letter = accented(rawText(next.type === 'group' ? next.content : [next]), accent);
  return letter === undefined ? undefined : { text: letter, end };
};

/** The letters that a macro of text prints at this place: an accent and its letter, or a letter with a name. */
export const lettersAt = (nodes: readonly LatexNode[], at: number): Letters | undefined => {
  const node = nodes[at];
  if (node?.type !== 'macro') return undefined;
  const accent = ACCENTS.get(node.content);
  if (accent !== undefined) return accentAt(nodes, at, accent);
  const letter = LETTERS.get(node.content);
  if (letter === undefined) return undefined;
  const next = nodes[at + 1];
  return { text: letter, end: next?.type === 'group' && next.content.length === 0 ? at + 1 : at };
};

/** Two marks that print one where they follow each other at once. */
const LIGATURES: ReadonlyMap<string, string> = new Map([
  ['``', '“'],
  ["''", '”'],
  ['--', '–'],
  ['–-', '—'],
]);

export const ligature = (before: string, mark: string): string | undefined => LIGATURES.get(before + mark);

/** Which side of a word a quotation mark stands on shows of itself. */
const QUOTES: Readonly<Record<string, string>> = { '“': '"', '”': '"', '‘': "'", '’': "'", '`': "'" };

export const markToken = (mark: string): string => QUOTES[mark] ?? mark;
