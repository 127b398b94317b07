/** Plain text for LaTeX, in any encoding: what LaTeX reads otherwise is escaped, and signs become formulas. */
const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '$<$',
  '>': '$>$',
  '|': '$|$',
};

const SIGNS: Readonly<Record<string, string>> = {
  α: '\\alpha',
  β: '\\beta',
  γ: '\\gamma',
  δ: '\\delta',
  ε: '\\varepsilon',
  κ: '\\kappa',
  λ: '\\lambda',
  μ: '\\mu',
  ρ: '\\rho',
  σ: '\\sigma',
  Γ: '\\Gamma',
  Π: '\\Pi',
  Σ: '\\Sigma',
  '∇': '\\nabla',
  '≤': '\\leq',
  '≥': '\\geq',
  '≠': '\\neq',
  '−': '-',
  '·': '\\cdot',
  '×': '\\times',
  '≀': '\\wr',
  '√': '\\surd',
  '‖': '\\|',
  '→': '\\to',
  '∞': '\\infty',
  '²': '{}^{2}',
  '³': '{}^{3}',
  ᵀ: '{}^{\\top}',
  '∗': '\\ast',
};

const PUNCTUATION: Readonly<Record<string, string>> = {
  '–': '--',
  '—': '---',
  '…': '\\ldots{}',
  '’': "'",
  '“': '``',
  '”': "''",
};

/** What stands over the letter before it. */
const ACCENTS: Readonly<Record<string, string>> = {
  '\u0300': '\\`{x}',
  '\u0301': "\\'{x}",
  '\u0302': '\\^{x}',
  '\u0304': '$\\bar{x}$',
  '\u0308': '\\"{x}',
};

/** Subscript digits, and what has no name here. */
const decomposed = (character: string): string => {
  const digit = '₀₁₂₃₄₅₆₇₈₉'.indexOf(character);
  if (digit >= 0) return `$_{${digit}}$`;
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `\\texttt{U+${code}}`;
};

/** What LaTeX typesets as this text, in ASCII; a sign without a name of its own is written as its code, `U+2603`. */
export const latexText = (text: string): string =>
  (text.normalize('NFD').match(/[A-Za-z][\u0300-\u0302\u0304\u0308]|[^]/gu) ?? [])
    .map((x) => {
      const accent = ACCENTS[x.slice(1)];
      if (accent !== undefined) return accent.replace('x', x.charAt(0));
      const sign = SIGNS[x];
      if (sign !== undefined) return `$${sign}$`;
      return SPECIAL[x] ?? PUNCTUATION[x] ?? (/^[\x20-\x7E]$/.test(x) ? x : x === '\n' ? ' ' : decomposed(x));
    })
    .join('');
