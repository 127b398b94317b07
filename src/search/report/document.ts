/** A short document: headings, paragraphs with formulas between dollar signs, displayed formulas, commands. */

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

/** A LaTeX file of its own. */
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
        return `\\[\n${part.text}\n\\]`;
      case 'items':
        return `\\begin{itemize}\n${part.items.map((x) => `  \\item ${texText(x)}`).join('\n')}\n\\end{itemize}`;
      case 'commands':
        return `{\\small\\begin{verbatim}\n${part.lines.join('\n')}\n\\end{verbatim}}`;
    }
  });
  return [
    '\\documentclass{article}',
    '\\usepackage[utf8]{inputenc}',
    '\\usepackage[T1]{fontenc}',
    '\\usepackage{amsmath,amssymb}',
    '\\setcounter{MaxMatrixCols}{30}',
    '\\begin{document}',
    '',
    blocks.join('\n\n'),
    '',
    '\\end{document}',
    '',
  ].join('\n');
};

/** Characters of names and titles that LaTeX reads otherwise, or not at all. */
const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}', '{': '\\{', '}': '\\}', '%': '\\%', '&': '\\&', '#': '\\#', _: '\\_', '^': '\\^{}',
  '~': '\\~{}', '×': '$\\times$', '≀': '$\\wr$', '≤': '$\\le$', '≥': '$\\ge$', '−': '$-$', '²': '$^2$',
  κ: '$\\kappa$', λ: '$\\lambda$', μ: '$\\mu$', ρ: '$\\rho$', σ: '$\\sigma$', '·': '$\\cdot$', '‖': '$\\|$',
  Γ: '$\\Gamma$', '…': '\\dots{}',
};

/** Words with their special characters written out; formulas between dollar signs as they are. */
const texText = (words: string): string =>
  words
    .split(/(\$[^$]*\$)/)
    .map((part) =>
      part.startsWith('$')
        ? part
        : Array.from(part, (ch) => SPECIAL[ch] ?? ch).join('').replace(/`([^`]*)`/g, '\\texttt{$1}'),
    )
    .join('');
