/** Spaces that part what would otherwise be read as one: digits across the end of a formula, words of a formula. */

/** Between these, what is printed stands side by side. */
const STRUCTURE = new Set(['$', '{', '}', '\\text']);
/** A space between two digits, or two words in a formula, that nothing else shows. */
export const SPACE = '\\space';

type Mode = 'text' | 'formula';

/** The end of what was printed last, and where. */
interface Printed {
  readonly text: string;
  readonly mode: Mode;
}

export interface Spacing {
  /** White space was met. */
  part(): void;
  /** Tokens were pushed: what is not mere structure is the last that was printed. */
  passed(tokens: readonly string[]): void;
  /** Whether the space before a piece has to be a token, where `last` is the token before it. */
  shows(piece: string, mode: Mode, last: string | undefined): boolean;
  /** What will have been printed last after this piece. */
  after(piece: string, mode: Mode): Printed;
  print(printed: Printed): void;
}

export const createSpacing = (): Spacing => {
  let printed: Printed | undefined;
  let parted = false;
  return {
    part: () => {
      parted = true;
    },
    passed: (tokens) => {
      if (tokens.some((x) => !STRUCTURE.has(x))) printed = undefined;
    },
    shows: (piece, mode, last = '') => {
      if (printed === undefined || !parted) return false;
      const isNumber = /^\d/.test(piece);
      const numbers = isNumber && /\d$/.test(printed.text) && STRUCTURE.has(last);
      const decimals = isNumber && mode === 'text' && /\d[,.]$/.test(printed.text);
      const inText = mode === 'text' && printed.mode === 'text' && last === '{';
      return numbers || decimals || (inText && /^\p{L}/u.test(piece) && /\p{L}$/u.test(printed.text));
    },
    after: (piece, mode) => {
      const before = printed?.mode === mode && !parted ? printed.text.slice(-2) : '';
      return { text: before + piece, mode };
    },
    print: (last) => {
      printed = last;
      parted = false;
    },
  };
};
