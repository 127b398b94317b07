/** A map as a table for people, as CSV and as JSON. */
import { decimal } from '../../exact/certificate/sentence.js';
import { parseRational, toNumber } from '../../exact/rational.js';
import { MAP_FORMAT, type MapIdentity, placeOf } from '../map/state.js';
import type { MapCell } from '../map/cell.js';

/** A map with the rows and columns that were asked for; cells that are not done are missing. */
export interface MapTable {
  readonly identity: MapIdentity;
  readonly rows: readonly { readonly K: number; readonly n: number; readonly d: number }[];
  /** Values of μ, exactly. */
  readonly columns: readonly string[];
  readonly cells: readonly MapCell[];
  /** The command that draws it. */
  readonly command: string;
}

/** The cell at a row and a column. */
export const cellAt = ({ rows, columns, cells }: MapTable): ((row: number, column: number) => MapCell | undefined) => {
  const byPlace = new Map(cells.map((x) => [placeOf(x), x]));
  return (row, column) => {
    const [size, mu] = [rows[row], columns[column]];
    return size === undefined || mu === undefined ? undefined : byPlace.get(placeOf({ ...size, mu }));
  };
};

/** μ as a short decimal. */
export const muText = (mu: string): string => String(Number(toNumber(parseRational(mu)).toPrecision(6)));

/** What a cell says, in words: of the claimed form nothing more than that no start fell below it. */
export const cellSentence = (cell: MapCell | undefined): string => {
  if (cell === undefined) return 'not done';
  const { status, claim, starts, gap, margin } = cell;
  if (claim === 'none') return 'nothing is claimed here';
  const best = `best gap ${gap.toExponential(1)}`;
  switch (status) {
    case 'certified':
      return `beaten by ${decimal(parseRational(margin ?? '0'), 3)}, certified; ${starts} starts, ${best}`;
    case 'suspect':
      return `beaten in doubles, not certified; ${starts} starts, ${best}`;
    case 'not beaten':
      return `not beaten in ${starts} starts, ${best}`;
  }
};

const COLUMNS = 'K,n,d,mu,kappa,claim,status,starts,best_gap,exact_margin,certificate,found_by';

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** One line for each cell that is done, row by row; numbers as decimals, `exact_margin` as a fraction. */
export const mapCsv = (table: MapTable): string => {
  const at = cellAt(table);
  const lines = table.rows.flatMap((_, row) =>
    table.columns.flatMap((mu, column) => {
      const cell = at(row, column);
      if (cell === undefined) return [];
      const kappa = toNumber(parseRational(mu)) ** 2 / 4;
      const { K, n, d, claim, status, starts, gap, margin = '', certificate = '', how = '' } = cell;
      const fields = [K, n, d, muText(mu), Number(kappa.toPrecision(6)), claim, status, starts, gap.toPrecision(6)];
      return [[...fields, margin, certificate, how].map((x) => quoted(String(x))).join(',')];
    }),
  );
  return `${[COLUMNS, ...lines].join('\n')}\n`;
};

const MARKS = { certified: '●', suspect: '?', 'not beaten': '·' } as const;

/** The table of a terminal. */
export const mapText = (table: MapTable): string => {
  const at = cellAt(table);
  const heads = table.columns.map(muText);
  const width = Math.max(...heads.map((x) => x.length), 3);
  const count = (status: MapCell['status']): number => table.cells.filter((x) => x.status === status).length;
  const done = table.cells.length;
  const least = Math.min(...table.cells.filter((x) => x.claim !== 'none').map((x) => x.starts));
  const all = table.rows.length * table.columns.length;
  return [
    `${'K \\ μ'.padEnd(8)}${heads.map((x) => x.padStart(width)).join('  ')}`,
    ...table.rows.map(({ K }, row) => {
      const marks = table.columns.map((_, column) => {
        const cell = at(row, column);
        return (cell === undefined ? ' ' : cell.claim === 'none' ? '–' : MARKS[cell.status]).padStart(width);
      });
      return `${String(K).padEnd(8)}${marks.join('  ')}`;
    }),
    '',
    `● certified: ${count('certified')}   ? suspect: ${count('suspect')}   · not beaten: ${count('not beaten')}` +
      `   (${done} of ${all} cells; at least ${Number.isFinite(least) ? least : 0} starts in each)`,
    'Not beaten means that no start fell below the claimed form. It proves nothing.',
  ].join('\n');
};

/** `ufm-check-map/1`, as the state of a map is kept, with the command and the time that it took. */
export const mapJson = (table: MapTable, complete: boolean, timing: { readonly elapsedMs: number }): object => ({
  format: MAP_FORMAT,
  ...table.identity,
  command: table.command,
  complete,
  rows: table.rows,
  columns: table.columns,
  cells: table.cells,
  timing,
});
