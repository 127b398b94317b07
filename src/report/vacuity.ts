/** The table of where a hypothesis on the minimizer fails: as text, Markdown, LaTeX and JSON. */
import type { VacuityCell } from '../check/vacuity/cell.js';
import { figure, plural } from './figures.js';

/** One row for each K, one column for each μ′. */
export interface VacuityTable {
  readonly target: string;
  /** The hypothesis, as text and as LaTeX, and its name in the paper. */
  readonly hypothesis: { readonly id: string; readonly text: string; readonly latex: string };
  readonly columns: readonly { readonly mu: string; readonly kappa: string }[];
  /** Descents of each cell. */
  readonly starts: number;
  readonly rows: readonly { readonly K: number; readonly cells: readonly VacuityCell[] }[];
}

export type VacuityFormat = 'text' | 'markdown' | 'latex';

const countsOf = ({ counts }: VacuityCell): string => `${counts.above}/${counts.within}/${counts.below}`;

/** What stands beside the counts of a cell. */
const labelOf = ({ vacuous, contradicting, lower }: VacuityCell): string =>
  contradicting > 0 ? 'contradicted' : vacuous ? 'vacuous' : lower > 0 ? 'below f*' : '';

/** What every label in the table means; labels that do not occur are left out. */
const legend = ({ rows, hypothesis: { id } }: VacuityTable): string[] => {
  const cells = rows.flatMap((x) => x.cells);
  const has = (label: string): boolean => cells.some((x) => labelOf(x) === label);
  const unproved = [...new Set(cells.flatMap((x) => (x.unproved === undefined ? [] : [x.unproved])))];
  return [
    ...(has('vacuous')
      ? [
          `"vacuous": some end is certainly below f*, and f ≥ f* wherever (${id}) holds, which is proved (modulo the`,
          'lemmas that the chain cites): no global minimizer meets it, and the theorem says nothing of them.',
        ]
      : []),
    ...(has('below f*')
      ? [
          `"below f*": some end is certainly below f*. If f ≥ f* held wherever (${id}) holds, no global minimizer`,
          'would meet it; that is not proved.',
        ]
      : []),
    ...(has('contradicted')
      ? [
          '"contradicted": some end is below f* by more than the price of the hypothesis allows, or is below f* and',
          'meets the hypothesis to within rounding where its price is not 0: both contradict the price that is stated.',
        ]
      : []),
    ...unproved.map((x) => `The price is not proved: ${x}.`),
    'Where no end is certainly below f*, that proves nothing.',
  ];
};

/** The counts of a cell may add up to more than the descents that were asked for. */
const descentsOf = ({ starts, rows }: VacuityTable): string[] => [
  `${plural(starts, 'descent')} in each cell` +
    (rows.some((x) => x.cells.some((cell) => cell.runs > starts))
      ? '; where none ended below f*, more from the points of its row that lie below theirs.'
      : '.'),
];

const caption = (table: VacuityTable): string[] => [
  `Ends of descents: left side of (${table.hypothesis.id}) ${table.hypothesis.text} above / equal within rounding / ` +
    'below the right side.',
  ...descentsOf(table),
  ...legend(table),
];

const aligned = (lines: readonly (readonly string[])[]): string[] => {
  const widths = (lines[0] ?? []).map((_, k) => Math.max(...lines.map((x) => (x[k] ?? '').length)));
  return lines.map((x) => x.map((cell, k) => cell.padEnd(widths[k] ?? 0)).join('  ').trimEnd());
};

const cellText = (cell: VacuityCell): string =>
  cell.covered ? `${countsOf(cell)} ${labelOf(cell)}`.trimEnd() : '–';

/** The lowest point of each cell in which something lies below f*: one that contradicts the price, if there is one. */
const lowest = ({ rows, columns }: VacuityTable): string[] =>
  rows.flatMap(({ K, cells }) =>
    cells.flatMap((cell, k) => {
      const point = cell.contradiction ?? cell.best;
      if (cell.lower === 0 || point === undefined) return [];
      return [
        `K = ${K}, μ′ = ${columns[k]?.mu ?? ''}: f* − f = ${figure(-point.gap)} (rounding ` +
          `${figure(point.allowance)}), excess ${figure(point.excess)} (error ${figure(point.error)}), ` +
          `${cell.lower} of ${cell.runs} descents below f*` +
          (cell.contradicting === 0 ? '' : `, ${cell.contradicting} against the price`),
      ];
    }),
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
          .map((x) => (x.covered ? `${labelOf(x) === '' ? '' : `**${labelOf(x)}** `}${countsOf(x)}` : '–'))
          .join(' | ')} |`,
    ),
    '',
    caption(table).join(' '),
  ].join('\n');

const LATEX_MARKS: Readonly<Record<string, readonly [mark: string, meaning: string]>> = {
  vacuous: [
    '\\ast',
    'some end lies certainly below $f^{\\ast}$, and $f \\ge f^{\\ast}$ wherever the hypothesis holds, which is ' +
      'proved (modulo cited lemmas): no global minimizer meets it, and the theorem is vacuous there.',
  ],
  'below f*': [
    '\\circ',
    'some end lies certainly below $f^{\\ast}$; that $f \\ge f^{\\ast}$ wherever the hypothesis holds is not ' +
      'proved.',
  ],
  contradicted: [
    '\\dagger',
    'some end lies lower than the price of the hypothesis allows, or below $f^{\\ast}$ although it meets the ' +
      'hypothesis to within rounding.',
  ],
};

const latexMark = (cell: VacuityCell): string => {
  const mark = LATEX_MARKS[labelOf(cell)]?.[0];
  return mark === undefined ? '' : `\\rlap{$^{${mark}}$}`;
};

const latexLegend = ({ rows }: VacuityTable): string =>
  Object.entries(LATEX_MARKS)
    .filter(([label]) => rows.some((x) => x.cells.some((cell) => labelOf(cell) === label)))
    .map(([, [mark, meaning]]) => ` $${mark}$: ${meaning}`)
    .join('');

const latexText = (text: string): string => text.replaceAll('f*', '$f^{\\ast}$');

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
          .map((x) => (x.covered ? `${countsOf(x)}${latexMark(x)}` : '--'))
          .join(' & ')} \\\\`,
    ),
    '\\hline',
    '\\end{tabular}',
    '\\caption{Ends of descents for which the left side of ' +
      `(${table.hypothesis.id.replaceAll('*', '$\\ast$')}), $${table.hypothesis.latex}$, ` +
      `is above, equal within rounding, or below the right side. ${latexText(descentsOf(table).join(' '))}` +
      `${latexLegend(table)}}`,
    '\\end{table}',
  ].join('\n');

/** The table in one of its formats. */
export const vacuityTable = (table: VacuityTable, format: VacuityFormat): string =>
  ({ text: asText, markdown: asMarkdown, latex: asLatex })[format](table);

/** A cell with its lowest point where that shows something. */
const shown = ({ best, ...cell }: VacuityCell): object => {
  if (best === undefined) return cell;
  const { point, ...figures } = best;
  return { ...cell, best: cell.lower > 0 ? { ...figures, point } : figures };
};

/** `ufm-check-vacuity/1`. */
export const vacuityJson = (table: VacuityTable, seed: number, timing: { readonly elapsedMs: number }): object => ({
  format: 'ufm-check-vacuity/1',
  theorem: table.target,
  hypothesis: { id: table.hypothesis.id, statement: table.hypothesis.text },
  seed,
  starts: table.starts,
  cells: table.rows.flatMap(({ K, cells }) => cells.map((cell, k) => ({ K, ...table.columns[k], ...shown(cell) }))),
  timing,
});
