/**
 * What a map knows so far, as a file: `ufm-check-map/1`. A map that was interrupted goes on from it, so it says which
 * map it belongs to, and whatever does not fit is refused, not mended.
 */
import { UsageError } from '../../errors.js';
import type { MapCell } from './cell.js';

export const MAP_FORMAT = 'ufm-check-map/1';

/** What the cells of a map have in common: maps that differ in any of it share no cell. */
export interface MapIdentity {
  readonly theorem: string;
  readonly revision: string;
  /** Of the statement: another statement, another map. */
  readonly fingerprint: string;
  readonly seed: number;
  /** Rounds of random starts in each cell. */
  readonly rounds: number;
  readonly version: string;
}

export interface MapState {
  readonly identity: MapIdentity;
  readonly cells: readonly MapCell[];
}

export const stateText = ({ identity, cells }: MapState): string =>
  `${JSON.stringify({ format: MAP_FORMAT, ...identity, cells }, null, 1)}\n`;

const CLAIMS = ['orthogonal-frame', 'zero', 'none'] as const;
const STATUSES = ['certified', 'suspect', 'not beaten'] as const;

/** What the text says, if it is the state of this map. @throws UsageError, in one line, if it is not */
export function readState(text: string, file: string, identity: MapIdentity): MapState {
  const refuse = (why: string): never => {
    throw new UsageError(`${file}: ${why}`, 'Name an empty folder with --out, or remove the file to start again.');
  };
  const document = parse(text) ?? refuse('this is not the state of a map (damaged, or of something else)');
  for (const [key, value] of Object.entries({ format: MAP_FORMAT, ...identity })) {
    if (document[key] !== value) refuse(`it belongs to another map: its ${key} is not ${value}`);
  }
  const { cells } = document;
  if (!Array.isArray(cells)) return refuse('it has no cells');
  const places = new Set<string>();
  return {
    identity,
    cells: cells.map((cell: unknown, index) => {
      const read = isRecord(cell) ? cellOf(cell) : undefined;
      if (read === undefined || places.has(placeOf(read))) return refuse(`cell ${index + 1} is damaged`);
      places.add(placeOf(read));
      return read;
    }),
  };
}

/** K, n, d and μ of a cell, as one text. */
export const placeOf = ({ K, n, d, mu }: Pick<MapCell, 'K' | 'n' | 'd' | 'mu'>): string => [K, n, d, mu].join(' ');

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Plain JSON without keys that occur twice; numbers may be fractions here, so it is not read as a certificate. */
const parse = (text: string): Fields | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

const isSize = (x: unknown): x is number => typeof x === 'number' && Number.isInteger(x) && x >= 1;
const isText = (x: unknown): x is string => typeof x === 'string' && x.length > 0 && x.length < 10_000;
const isFraction = (x: unknown): x is string => isText(x) && /^\d+(\/[1-9]\d*)?$/.test(x);

function cellOf(fields: Fields): MapCell | undefined {
  const { K, n, d, mu, starts, gap, how, certificate, margin } = fields;
  const claim = CLAIMS.find((x) => x === fields['claim']);
  const status = STATUSES.find((x) => x === fields['status']);
  if (!isSize(K) || !isSize(n) || !isSize(d) || !isFraction(mu) || claim === undefined || status === undefined) {
    return undefined;
  }
  if (typeof starts !== 'number' || !Number.isInteger(starts) || starts < 0) return undefined;
  if (typeof gap !== 'number' || !Number.isFinite(gap)) return undefined;
  const known = { K, n, d, mu, claim, starts, gap };
  if (status === 'not beaten') return { ...known, status };
  if (!isText(how)) return undefined;
  if (status === 'suspect') return { ...known, status, how };
  // The name of a file beside the state, and nothing that leads elsewhere.
  if (!isText(certificate) || !/^[\w-]+\.json$/.test(certificate) || !isFraction(margin)) return undefined;
  return { ...known, status, how, certificate, margin };
}
