/**
 * The arrays of a user's files: `.npz`, `.npy` (one array, named after its file) and JSON. Every number is checked
 * here, once: what leaves this file is finite.
 */
import { readFileSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { UsageError } from '../../errors.js';
import { parseRational, toNumber } from '../../exact/rational.js';
import { type NumericArray, LARGEST_ARRAY, shapeText } from './array.js';
import { readNpy } from './npy.js';
import { readZip } from './zip.js';

const LARGEST_FILE = 2 ** 28;

/** What files hold by name; an error where that is no array of finite numbers, which matters only if it is used. */
export type FileArrays = ReadonlyMap<string, NumericArray | UsageError>;

export interface PointFiles {
  readonly arrays: FileArrays;
  /** The λ's that a JSON file of ufm-check states, by block, in the convention of the theorems. */
  readonly lambda?: Readonly<Record<string, string>>;
}

/** @throws UsageError for files that cannot be read or are not what their names say, and for names that occur twice */
export const readPointFiles = (paths: readonly string[]): PointFiles => {
  const arrays = new Map<string, NumericArray | UsageError>();
  let lambda: PointFiles['lambda'];
  for (const path of paths) {
    const file = readOne(path);
    if (file.lambda !== undefined) ({ lambda } = file);
    for (const [name, array] of file.arrays) {
      if (arrays.has(name)) throw new UsageError(`${path}: there are two arrays ${name}`, 'Name each file once.');
      arrays.set(name, array instanceof UsageError ? array : attempt(() => finite(`${path}: ${name}`, array)));
    }
  }
  return { arrays, ...(lambda === undefined ? {} : { lambda }) };
};

/** An error of one array is not one of the file: the array may not be wanted. */
const attempt = (read: () => NumericArray): NumericArray | UsageError => {
  try {
    return read();
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
};

const readOne = (path: string): PointFiles => {
  const bytes = bytesOf(path);
  switch (extname(path).toLowerCase()) {
    case '.npz':
      return {
        arrays: new Map(
          [...readZip(path, bytes)].map(([member, content]) => [
            member.replace(/\.npy$/, ''),
            attempt(() => readNpy(`${path}: ${member.replace(/\.npy$/, '')}`, content)),
          ]),
        ),
      };
    case '.npy':
      return { arrays: new Map([[basename(path, extname(path)), readNpy(path, bytes)]]) };
    case '.json':
      return readJson(path, Buffer.from(bytes).toString('utf8'));
    default:
      throw new UsageError(`${path}: not a .npz, .npy or .json file`, 'Save a point with numpy.savez.');
  }
};

const bytesOf = (path: string): Uint8Array => {
  try {
    const { size } = statSync(path);
    if (size > LARGEST_FILE) {
      throw new UsageError(`${path}: ${size} bytes are too many`, `At most ${LARGEST_FILE} are read.`);
    }
    return readFileSync(path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UsageError(`cannot read ${path} (${code})`, 'Name a file that exists.');
  }
};

const finite = (name: string, array: NumericArray): NumericArray => {
  const { shape, data } = array;
  const at = data.findIndex((x) => !Number.isFinite(x));
  if (at < 0) return array;
  const what = Number.isNaN(data[at]) ? 'NaN' : 'an infinite number';
  const columns = shape.at(-1) ?? 1;
  const place =
    shape.length === 2 ? `row ${Math.floor(at / columns) + 1}, column ${(at % columns) + 1}` : `entry ${at + 1}`;
  throw new UsageError(`${name} has ${what} in ${place}`, 'A point consists of finite numbers.');
};

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `{ "W": [[…], …], "H": …, "y": […] }`, or the same under `point` beside an `instance` with its λ's. */
const readJson = (path: string, text: string): PointFiles => {
  const document = parse(path, text);
  if (!isFields(document)) throw new UsageError(`${path}: not an object with an array for each block`, EXAMPLE);
  const { point, instance, y } = document;
  const blocks = isFields(point) ? { ...point, ...(y === undefined ? {} : { y }) } : document;
  const arrays = new Map(
    Object.entries(blocks).flatMap(([name, value]): [string, NumericArray | UsageError][] =>
      Array.isArray(value) ? [[name, attempt(() => arrayOf(`${path}: ${name}`, value))]] : [],
    ),
  );
  const stated = isFields(point) && isFields(instance) && isFields(instance['lambda']) ? instance['lambda'] : undefined;
  if (stated === undefined) return { arrays };
  const texts = Object.entries(stated).map(([block, value]): [string, string] => {
    if (typeof value !== 'string') throw new UsageError(`${path}: λ_${block} is not a text such as "3/8"`, EXAMPLE);
    return [block, value];
  });
  return { arrays, lambda: Object.fromEntries(texts) };
};

const EXAMPLE = 'For example { "W": [[1, 0], [0, 1]], "H": [[1, 0], [0, 1]], "y": [0, 1] }.';

const parse = (path: string, text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    const named = /\b(?:NaN|Infinity)\b/.exec(text)?.[0];
    if (named !== undefined) {
      throw new UsageError(`${path}: not JSON, which has no ${named}`, 'A point consists of finite numbers.');
    }
    throw new UsageError(`${path}: not JSON, or a truncated file`, EXAMPLE);
  }
};

const numberOf = (name: string, value: unknown): number => {
  if (typeof value === 'number') return value;
  try {
    if (typeof value === 'string') return toNumber(parseRational(value));
  } catch {
    // Said below.
  }
  throw new UsageError(`${name}: ${JSON.stringify(value)} is not a number`, 'Numbers, or fractions such as "3/8".');
};

/** A list of numbers, or of rows of one length. */
const arrayOf = (name: string, value: readonly unknown[]): NumericArray => {
  const rows = value.every((row) => Array.isArray(row)) ? (value as readonly (readonly unknown[])[]) : undefined;
  const columns = rows?.[0]?.length ?? 0;
  if (rows?.some((row) => row.length !== columns) === true) {
    throw new UsageError(`${name}: its rows differ in length`, EXAMPLE);
  }
  const entries = rows === undefined ? value : rows.flat();
  if (entries.length > LARGEST_ARRAY) throw new UsageError(`${name} is too large`, `At most ${LARGEST_ARRAY} numbers.`);
  return {
    shape: rows === undefined ? [value.length] : [rows.length, columns],
    data: Float64Array.from(entries, (x) => numberOf(name, x)),
  };
};

/** `W 3 × 4, H 4 × 6, y (6,)`: what a file holds, for messages. */
export const contentsText = (arrays: FileArrays): string =>
  [...arrays]
    .map(([name, array]) => `${name} ${array instanceof UsageError ? '(unreadable)' : shapeText(array)}`)
    .join(', ') || 'nothing';
