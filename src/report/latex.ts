/**
 * An appendix for the paper: one table of what was checked and how it is known. It is to be taken in by `\input` and
 * needs no package.
 */
import type { Evidence, Method } from '../check/evidence.js';
import { latexText } from '../symbolic/latex-text.js';
import type { Report } from './reporters.js';
import { type ClaimSummary, claimSummaries } from './summary.js';
import { countsText, endingText } from './transcript.js';

const METHODS: readonly (readonly [Method, string])[] = [
  ['symbolic', 'symb.'],
  ['exact', 'exact'],
  ['numeric', 'num.'],
];

/** Passed of all, for one method. */
const tally = (evidence: readonly Evidence[], method: Method): string => {
  const own = evidence.filter((x) => x.method === method);
  return own.length === 0 ? '--' : `${own.filter((x) => x.outcome === 'pass').length}/${own.length}`;
};

const row = (claim: ClaimSummary): string => {
  const cells = [
    latexText(claim.name),
    latexText(claim.title),
    ...METHODS.map(([method]) => tally(claim.evidence, method)),
    latexText(claim.trials),
    latexText(claim.verdict),
  ];
  return `  ${cells.join(' & ')} \\\\`;
};

export const renderLatex = (report: Report): string => {
  const { version, seed, command } = report.header;
  return [
    `% Written by ufm-check ${version}: ${command.replaceAll('\n', ' ')}`,
    '\\begin{table}[htbp]',
    '\\centering\\footnotesize\\setlength{\\tabcolsep}{3pt}',
    `\\caption{${latexText(`${countsText(report)}, checked by ufm-check ${version} with seed ${seed}.`)}`,
    `  ${latexText(endingText(report))}`,
    '  Symbolic checks hold for all sizes and parameters, exact ones are made in rational arithmetic, numeric ones',
    '  within derived error bounds; the columns say how many passed.}',
    // p-columns break what is long; together they leave room for the others on a page of any class.
    '\\begin{tabular}{@{}p{.19\\linewidth}p{.21\\linewidth}cccp{.13\\linewidth}p{.15\\linewidth}@{}}',
    '  \\hline',
    `  claim & title & ${METHODS.map(([, title]) => title).join(' & ')} & tried & verdict \\\\`,
    '  \\hline',
    ...claimSummaries(report).map(row),
    '  \\hline',
    '\\end{tabular}',
    '\\end{table}',
  ].join('\n');
};
