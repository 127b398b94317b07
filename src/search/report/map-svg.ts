/**
 * A map as a picture: rows are classes, columns are values of μ. Every cell has words for those who do not see it, and
 * the colours follow the reader's choice of a light or a dark page; no status is told by its colour alone.
 */
import { decimal } from '../../exact/certificate/sentence.js';
import { parseRational, toNumber } from '../../exact/rational.js';
import type { MapCell } from '../map/cell.js';
import { type MapTable, cellAt, cellSentence, muText } from './map.js';

const CELL = { width: 64, height: 30 };
const LEFT = 64;
const TOP = 64;
const BELOW = 96;

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #1d2630; text-anchor: middle; }
  .start { text-anchor: start; }
  .page { fill: #ffffff; }
  .beaten { fill: #a63d22; }
  .beaten-text { fill: #ffffff; font-weight: 600; }
  .suspect { fill: #f3d27a; }
  .suspect-text { fill: #2b2200; }
  .unbeaten { fill: #e9eef3; }
  .unbeaten-text { fill: #45525f; }
  .open { fill: none; stroke: #8794a1; stroke-dasharray: 3 3; }
  .threshold { stroke: #1d2630; stroke-width: 1.5; stroke-dasharray: 6 4; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .page { fill: #0f151b; }
    .beaten { fill: #f08a6b; }
    .beaten-text { fill: #1f0a03; }
    .suspect { fill: #c79a2b; }
    .suspect-text { fill: #191200; }
    .unbeaten { fill: #25303a; }
    .unbeaten-text { fill: #b8c4cf; }
    .open { stroke: #6b7783; }
    .threshold { stroke: #e6edf3; }
  }
`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** What stands in a cell: by how much it is beaten, or in how many starts it was not. */
const labelOf = ({ status, gap, margin, starts }: MapCell): string => {
  if (status === 'not beaten') return `· ${starts}`;
  const figure = margin === undefined ? gap : toNumber(parseRational(margin));
  return `${status === 'certified' ? '●' : '?'} ${figure.toExponential(1)}`;
};

const CLASSES = { certified: 'beaten', suspect: 'suspect', 'not beaten': 'unbeaten' } as const;

/** The picture, as a file of its own. */
export const mapSvg = (table: MapTable): string => {
  const { rows, columns, identity, cells } = table;
  const at = cellAt(table);
  const width = Math.max(LEFT + columns.length * CELL.width + 16, 620);
  const height = TOP + rows.length * CELL.height + BELOW;
  const x = (column: number): number => LEFT + column * CELL.width;
  const y = (row: number): number => TOP + row * CELL.height;
  const middle = (top: number): number => top + CELL.height / 2 + 4;
  const name = `${identity.theorem}@${identity.revision}`;
  const box = (row: number, column: number): string => {
    const cell = at(row, column);
    const words = `K = ${rows[row]?.K ?? 0}, μ = ${muText(columns[column] ?? '1')}: ${cellSentence(cell)}`;
    const shape = `x="${x(column) + 1}" y="${y(row) + 1}" width="${CELL.width - 2}" height="${CELL.height - 2}" rx="3"`;
    const filled = cell !== undefined && cell.claim !== 'none';
    const label = filled
      ? `<text class="${CLASSES[cell.status]}-text" x="${x(column) + CELL.width / 2}" y="${middle(y(row))}">` +
        `${labelOf(cell)}</text>`
      : '';
    const kind = filled ? CLASSES[cell.status] : 'open';
    return `  <g><title>${escaped(words)}</title><rect class="${kind}" ${shape}/>${label}</g>`;
  };
  const legendAt = y(rows.length) + 28;
  const certified = cells.filter((cell) => cell.status === 'certified');
  const [largest] = [...certified].sort((a, b) => b.gap - a.gap);
  const summary = [
    `Rows are numbers of classes K, columns values of μ = 2√κ. ${certified.length} of ${cells.length} cells have a`,
    'certified point below the claimed form; in the others no start fell below it, which proves nothing.',
    ...(largest?.margin === undefined
      ? []
      : [
          `The largest margin is ${decimal(parseRational(largest.margin), 3)} at K = ${largest.K},`,
          `μ = ${muText(largest.mu)}.`,
        ]),
  ].join(' ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">Where ${escaped(name)} is beaten</title>`,
    `<desc id="desc">${escaped(summary)}</desc>`,
    `<style>${STYLE}</style>`,
    `<rect class="page" width="${width}" height="${height}"/>`,
    `<text class="start" x="16" y="24">${escaped(name)}: margin of a certified point below the claimed form</text>`,
    `<text class="start" x="16" y="${TOP - 10}">K \\ μ</text>`,
    ...columns.map((mu, column) => `<text x="${x(column) + CELL.width / 2}" y="${TOP - 10}">${muText(mu)}</text>`),
    ...rows.map(({ K }, row) => `<text x="${LEFT / 2}" y="${middle(y(row))}">${K}</text>`),
    ...rows.flatMap((_, row) => columns.map((__, column) => box(row, column))),
    ...thresholdLine(columns, x, rows.length),
    `<text class="start" x="16" y="${legendAt}">● certified, with its margin   ? beaten in doubles only   ` +
      '· not beaten, with the number of starts</text>',
    `<text class="start" x="16" y="${legendAt + 20}">Dashed: μ = 1/2, beyond which zero is claimed.</text>`,
    `<text class="start" x="16" y="${legendAt + 40}">${escaped(table.command)}</text>`,
    '</svg>',
    '',
  ].join('\n');
};

/** The threshold μ = ½, between the columns on its two sides. */
const thresholdLine = (columns: readonly string[], x: (column: number) => number, rows: number): string[] => {
  const values = columns.map((mu) => toNumber(parseRational(mu)));
  const after = values.findIndex((mu) => mu > 0.5);
  if (after <= 0) return [];
  return [`<path class="threshold" d="M${x(after)} ${TOP - 4}V${TOP + rows * CELL.height + 4}" fill="none"/>`];
};
