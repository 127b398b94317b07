/** Macros of LaTeX and amsmath that print the same symbol, and one name for all of them. */

const all = (token: string, macros: string): [macro: string, token: string][] =>
  macros.split(' ').map((macro) => [macro, token]);

/** The token that stands for a macro, by its name. Sizes and the space around a symbol make no difference. */
export const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ...all('\\leq', 'le'),
  ...all('\\geq', 'ge'),
  ...all('\\neq', 'ne'),
  ...all('\\rightarrow', 'to'),
  ...all('\\leftarrow', 'gets'),
  ...all('\\Longrightarrow', 'implies'),
  ...all('\\Longleftarrow', 'impliedby'),
  ...all('\\Longleftrightarrow', 'iff'),
  ...all('\\wedge', 'land'),
  ...all('\\vee', 'lor'),
  ...all('\\neg', 'lnot'),
  ...all('\\ni', 'owns'),
  ...all('\\|', 'Vert lVert rVert'),
  ...all('|', 'vert lvert rvert mid'),
  ...all('\\{', 'lbrace'),
  ...all('\\}', 'rbrace'),
  ...all('[', 'lbrack'),
  ...all(']', 'rbrack'),
  ...all(':', 'colon'),
  ...all('*', 'ast'),
  ...all('\\frac', 'dfrac tfrac'),
  ...all('\\binom', 'dbinom tbinom'),
  // What amsmath makes of \dots in sums and products is left open: \cdots alone counts as another symbol.
  ...all('\\ldots', 'dots dotsc dotso textellipsis'),
  ...all('\\cdots', 'dotsb dotsm'),
]);

/** Dots, after which braces without content only end the name. */
export const DOTS: ReadonlySet<string> = new Set(['ldots', 'dots', 'textellipsis']);

/** Operators that LaTeX knows by name: `\operatorname{min}` prints what `\min` prints. */
export const OPERATORS: ReadonlySet<string> = new Set(
  ('arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim ln log max min sec sin ' +
    'sinh sup tan tanh').split(' '),
);
