/** A short document: headings, paragraphs with formulas between dollar signs, displayed formulas, commands. */
import { latexText } from '../../symbolic/latex-text.js';

export type Part =
  | { readonly kind: 'title' | 'heading' | 'text' | 'display'; readonly text: string }
  | { readonly kind: 'items'; readonly items: readonly string[] }
  | { readonly kind: 'commands'; readonly lines: readonly string[] };

export const title = (text: string): Part => ({ kind: 'title', text });
export const heading = (text: string): Part => ({ kind: 'heading', text });
export const text = (...sentences: readonly string[]): Part => ({ kind: 'text', text: sentences.join(' ') });
export const display = (formula: string): Part => ({ kind: 'display', text: formula });
export const items = (...list: readonly string[]): Part => ({ kind: 'items', items: list });
export const commands = (...lines: readonly string[]): Part => ({ kind: 'commands', lines });

/** Markdown, with formulas as GitHub and most readers show them. */
export const markdown = (parts: readonly Part[]): string => {
  const blocks = parts.map((part): string => {
    switch (part.kind) {
      case 'title':
        return `# ${part.text}`;
      case 'heading':
        return `## ${part.text}`;
      case 'text':
        return part.text;
      case 'display':
        return `$$\n${part.text}\n$$`;
      case 'items':
        return part.items.map((x) => `- ${x}`).join('\n');
      case 'commands':
        return ['```sh', ...part.lines, '```'].join('\n');
    }
  });
  return `${blocks.join('\n\n')}\n`;
};

/** A LaTeX file of its own. What is wider than a line is made smaller; commands break at spaces. */
export const latex = (parts: readonly Part[]): string => {
  const blocks = parts.map((part): string => {
    switch (part.kind) {
      case 'title':
        return `\\section*{${texText(part.text)}}`;
      case 'heading':
        return `\\paragraph{${texText(part.text)}.}`;
      case 'text':
        return texText(part.text);
      case 'display':
        return `\\fitted{%\n${part.text}\n}`;
      case 'items':
        return `\\begin{itemize}\n${part.items.map((x) => `  \\item ${texText(x)}`).join('\n')}\n\\end{itemize}`;
      case 'commands':
        return `\\begin{commands}\n${part.lines.map(texCode).join('\n\n')}\n\\end{commands}`;
    }
  });
  return [...PREAMBLE, '\\begin{document}', '', blocks.join('\n\n'), '', '\\end{document}', ''].join('\n');
};

const PREAMBLE: readonly string[] = [
  '\\documentclass{article}',
  '\\usepackage[utf8]{inputenc}',
  '\\usepackage[T1]{fontenc}',
  '\\usepackage{amsmath,amssymb,graphicx}',
  '\\setcounter{MaxMatrixCols}{30}',
  '\\emergencystretch=\\hsize',
  '% a displayed formula, made as small as the line asks for',
  '\\newcommand{\\fitted}[1]{\\[\\sbox0{$\\displaystyle #1$}%',
  '  \\ifdim\\wd0>\\linewidth\\resizebox{\\linewidth}{!}{\\usebox0}\\else\\usebox0\\fi\\]}',
  '\\newenvironment{commands}',
  '  {\\begin{quote}\\small\\ttfamily\\raggedright\\hyphenpenalty=10000}{\\end{quote}}',
];

/** Code where lines may break at spaces and after slashes; `--` would be one dash. */
const texCode = (code: string): string =>
  latexText(code).replaceAll('--', '-{}-').replaceAll('/', '/\\allowbreak{}');

/** Weights of regularisers, and figures with a power of ten, in the middle of words. */
const SET_AS_FORMULA: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/^λ_([A-Z])(\d?)$/, (_, block = '', layer = '') => `$\\lambda_{${block}${layer === '' ? '' : `_{${layer}}`}}$`],
  [
    /^(-?\d+(?:\.\d+)?)(…?)e(-?\d+)$/,
    (_, digits = '', cut = '', power = '') => `$${digits}${cut === '' ? '' : '\\ldots'} \\cdot 10^{${power}}$`,
  ],
];

const texProse = (words: string): string =>
  words
    .split(/(λ_[A-Z]\d?(?![\w])|(?<![\w.])-?\d+(?:\.\d+)?…?e-?\d+(?!\w))/)
    .map((part) => {
      for (const [form, set] of SET_AS_FORMULA) {
        const found = form.exec(part);
        if (found !== null) return set(...found);
      }
      return latexText(part);
    })
    .join('');

/** Words with their special characters written out; formulas between dollar signs as they are. */
const texText = (words: string): string =>
  words
    .split(/(\$[^$]*\$|`[^`]*`)/)
    .map((part) => {
      if (part.startsWith('$')) return part;
      return part.startsWith('`') ? `\\texttt{${texCode(part.slice(1, -1))}}` : texProse(part);
    })
    .join('');
