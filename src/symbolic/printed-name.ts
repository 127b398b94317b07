/**
 * How a named thing may be printed: as one symbol, and as nothing that could be read as more.
 *
 * A claim is read in print, so a name may not look like a number, a formula or another name: it is a letter with
 * accents, digits, subscripts, primes. Letters that cannot be told from others (a Greek Η, a Cyrillic К) and characters
 * that cannot be seen have no place in it.
 */
import { UsageError } from '../errors.js';
import { visible } from './one-line.js';

/** Without the Greek letters that look like Latin ones. */
const LETTER = '[A-Za-zα-νξπ-ωϑϕϖϱϵΓΔΘΛΞΠΣΦΨΩℓ]';
const ACCENTED = `${LETTER}[\u0300-\u0308\u030c\u20d7]*`;
const TEXT = new RegExp(`^(?:${ACCENTED})(?:${ACCENTED}|\\d)*(?:[₀-₉]+|_(?:${ACCENTED}|[\\d₀-₉])+)*[′″⊥⋆]*$`, 'u');

const GREEK =
  '\\\\(?:(?:var)?(?:epsilon|theta|pi|rho|sigma|phi)|alpha|beta|gamma|delta|zeta|eta|iota|kappa|lambda|mu|nu|xi|tau|' +
  'upsilon|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi|Psi|Omega|ell)(?![A-Za-z])';
const FONT = '\\\\(?:mathrm|mathbf|mathcal|mathbb|mathsf|mathfrak|mathscr|boldsymbol)';
const SYMBOL = `(?:[A-Za-z]|${GREEK}|${FONT}\\{[A-Za-z](?:[A-Za-z0-9]|\\\\_)*\\})`;
const ACCENT = '\\\\(?:bar|hat|tilde|dot|ddot|acute|grave|breve|check|vec|overline|widehat|widetilde)';
const CORE = `(?:${SYMBOL}|${ACCENT}(?:\\{${SYMBOL}\\}| ${SYMBOL}|${GREEK}))`;
const WORD = '\\\\(?:perp|star|ast|parallel|max|min)(?![A-Za-z])';
const BELOW = `(?:${CORE}|[\\d, ]|${WORD})+(?:_(?:\\w|\\{\\w+\\}))?`;
const LATEX = new RegExp(`^${CORE}(?:_(?:[A-Za-z0-9]|${GREEK}|\\{${BELOW}\\}))?(?:'+|\\^\\{?\\\\(?:prime|star)\\}?)?$`);

/** What a printed form looks like at a glance: forms that differ less than this are taken for one another. */
export const appearance = (printed: string): string =>
  printed
    .normalize('NFD')
    .replaceAll('\u0305', '\u0304')
    .replaceAll('\\overline', '\\bar')
    .replaceAll('\\mathrm', '')
    .replaceAll(/[₀-₉]/g, (digit) => String(digit.charCodeAt(0) - '₀'.charCodeAt(0)))
    .replaceAll(/[{} _]/g, '');

/** Whether a text is one symbol. */
const isName = (text: string): boolean => TEXT.test(text.normalize('NFD'));

/** Letters and digits in LaTeX: several are a word, where they would be a product otherwise. */
export const defaultLatex = (text: string): string =>
  /^\w{2,}$/.test(text) ? `\\mathrm{${text.replaceAll('_', '\\_')}}` : text;

/** @throws UsageError unless the text and the LaTeX of a name are one symbol each */
export const requirePrintedName = (name: string, text: string, latex: string): void => {
  if (typeof text !== 'string' || !isName(text)) {
    throw new UsageError(
      `"${name}" cannot be printed as "${visible(text)}"`,
      'A name is printed as one symbol: a letter, with accents, digits, subscripts or primes.',
    );
  }
  // Without LaTeX of its own, a name beyond ASCII is printed as it stands.
  if (typeof latex !== 'string' || !(LATEX.test(latex) || (latex === text && !/^[ -~]*$/.test(text)))) {
    throw new UsageError(
      `"${name}" cannot be printed as "${visible(latex)}" in LaTeX`,
      String.raw`Write one symbol, such as \rho, \bar{H} or W_{2}; a word is \mathrm{…}.`,
    );
  }
};
