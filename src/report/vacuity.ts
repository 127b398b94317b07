/** The table of where a hypothesis on the minimizer fails: as text, Markdown, LaTeX and JSON. */
import type { VacuityCell } from '../check/vacuity/cell.js';
import { figure } from './figures.js';

/** One row for each K, one column for each μ′. */
export interface VacuityTable {
  readonly target: string;
  /** The hypothesis, as text and as LaTeX, and its name in the paper. */
  readonly hypothesis: { readonly id: string; readonly text: string; readonly latex: string };
  readonly columns: readonly { readonly mu: string; readonly kappa: string }[];
  readonly rows: readonly { readonly K: number; readonly cells: readonly VacuityCell[] }[];
}

export type VacuityFormat = 'text' | 'markdown' | 'latex';

const countsOf = ({ counts }: VacuityCell): string => `${counts.above}/${counts.within}/${counts.below}`;

const caption = ({ hypothesis: { id, text } }: VacuityTable): string[] => [
  `Ends of descents: left side of (${id}) ${text} above / equal within rounding / below the right side.`,
  '"vacuous": some end is certainly below f*, and f ≥ f* wherever the hypothesis holds: no global minimizer meets it,',
  'and the theorem says nothing of them. Elsewhere nothing below f* was found, which proves nothing.',
];

const aligned = (lines: readonly (readonly string[])[]): string[] => {
  const widths = (lines[0] ?? []).map((_, k) => Math.max(...lines.map((x) => (x[k] ?? '').length)));
  return lines.map((x) => x.map((cell, k) => cell.padEnd(widths[k] ?? 0)).join('  ').trimEnd());
};

const cellText = (cell: VacuityCell): string =>
  cell.covered ? `${countsOf(cell)}${cell.vacuous ? ' vacuous' : ''}` : '–';

/** The lowest point of each cell in which the theorem is vacuous. */
const lowest = ({ rows, columns }: VacuityTable): string[] =>
  rows.flatMap(({ K, cells }) =>
    cells.flatMap((cell, k) =>
      cell.vacuous && cell.best !== undefined
        ? [
            `K = ${K}, μ′ = ${columns[k]?.mu ?? ''}: f* − f = ${figure(-cell.best.gap)} (rounding ` +
              `${figure(cell.best.allowance)}), excess ${figure(cell.best.excess)} ` +
              `(error ${figure(cell.best.error)}), ` +
              `${cell.lower} of ${cell.runs} descents below f*`,
          ]
        : [],
    ),
  );

const asText = (table: VacuityTable): string => {
  const head = ['', ...table.columns.map((x) => `μ′ = ${x.mu}`)];
  const body = table.rows.map(({ K, cells }) => [`K = ${K}`, ...cells.map(cellText)]);
  return [...caption(table), '', ...aligned([head, ...body]), '', ...lowest(table)].join('\n').trimEnd();
};

const asMarkdown = (table: VacuityTable): string =>
  [
    `| K | ${table.columns.map((x) => `μ′ = ${x.mu} (κ = ${x.kappa})`).join(' | ')} |`,
    `| --- | ${table.columns.map(() => '---').join(' | ')} |`,
    ...table.rows.map(
      ({ K, cells }) =>
        `| ${K} | ${cells
          .map((x) => (x.covered ? `${x.vacuous ? '**vacuous** ' : ''}${countsOf(x)}` : '–'))
          .join(' | ')} |`,
    ),
    '',
    caption(table).join(' '),
  ].join('\n');

const asLatex = (table: VacuityTable): string =>
  [
    '\\begin{table}',
    '\\centering',
    `\\begin{tabular}{r${'l'.repeat(table.columns.length)}}`,
    '\\hline',
    `$K$ & ${table.columns.map((x) => `$\\mu' = ${x.mu}$`).join(' & ')} \\\\`,
    '\\hline',
    ...table.rows.map(
      ({ K, cells }) =>
        `${K} & ${cells
          .map((x) => (x.covered ? `${countsOf(x)}${x.vacuous ? '\\rlap{$^{\\ast}$}' : ''}` : '--'))
          .join(' & ')} \\\\`,
    ),
    '\\hline',
    '\\end{tabular}',
    '\\caption{Ends of descents for which the left side of ' +
      `(${table.hypothesis.id.replaceAll('*', '$\\ast$')}), $${table.hypothesis.latex}$, ` +
      'is above, equal within rounding, or below the right side. $\\ast$: some end lies certainly below ' +
      '$f^{\\ast}$, so that no global minimizer meets the hypothesis and the theorem is vacuous there.}',
    '\\end{table}',
  ].join('\n');

/** The table in one of its formats. */
export const vacuityTable = (table: VacuityTable, format: VacuityFormat): string =>
  ({ text: asText, markdown: asMarkdown, latex: asLatex })[format](table);

/** A cell with its lowest point where that shows something. */
const shown = ({ best, ...cell }: VacuityCell): object => {
  if (best === undefined) return cell;
  const { point, ...figures } = best;
  return { ...cell, best: cell.vacuous ? { ...figures, point } : figures };
};

/** `ufm-check-vacuity/1`. */
export const vacuityJson = (table: VacuityTable, seed: number, timing: { readonly elapsedMs: number }): object => ({
  format: 'ufm-check-vacuity/1',
  theorem: table.target,
  hypothesis: { id: table.hypothesis.id, statement: table.hypothesis.text },
  seed,
  cells: table.rows.flatMap(({ K, cells }) => cells.map((cell, k) => ({ K, ...table.columns[k], ...shown(cell) }))),
  timing,
});
