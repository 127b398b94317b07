/**
 * The values inside a certificate: exact numbers, matrices, sizes, and the limits that bound the time of a check.
 */
import { ExactError } from '../error.js';
import { leastCommonMultiple } from '../integer.js';
import { exactMatrix } from '../matrix.js';
import type { ExactMatrix } from '../matrix.js';
import type { ExactShape } from '../objective.js';
import { MAXIMUM_DIGITS, rational } from '../rational.js';
import type { Rational } from '../rational.js';
import type { Json } from './json.js';

/** The most that reading one matrix may cost: the sum over its numbers of (digits of p + digits of q)². */
export const MAXIMUM_READING = 2_000_000_000;

/** The most that evaluating may cost: (number of products) · (100 + digits)². */
export const MAXIMUM_WORK = 100_000_000_000n;

/** A JSON object. Throws {@link ExactError} on anything else. */
export function objectOf(json: Json | undefined, place: string): ReadonlyMap<string, Json> {
  if (!(json instanceof Map)) throw new ExactError(`${place} must be an object`);
  return json as ReadonlyMap<string, Json>;
}

/** A JSON object with all the required keys and, beyond the optional ones, no other. Throws {@link ExactError}. */
export function fieldsOf(
  json: Json | undefined,
  place: string,
  required: readonly string[],
  optional: readonly string[] = [],
): ReadonlyMap<string, Json> {
  const fields = objectOf(json, place);
  const missing = required.find((key) => !fields.has(key));
  if (missing !== undefined) throw new ExactError(`${place} has no field "${missing}"`);
  const stray = [...fields.keys()].find((key) => !required.includes(key) && !optional.includes(key));
  if (stray !== undefined) throw new ExactError(`${place} must not have a field ${quote(stray)}`);
  return fields;
}

/** One of the given words. Throws {@link ExactError} on anything else. */
export function oneOf<Word extends string>(json: Json | undefined, place: string, words: readonly Word[]): Word {
  const word = words.find((each) => each === json);
  if (word === undefined) throw new ExactError(`${place} must be ${words.map((each) => `"${each}"`).join(' or ')}`);
  return word;
}

/** A positive whole number. Throws {@link ExactError} on anything else. */
export function sizeOf(json: Json | undefined, place: string): number {
  if (typeof json !== 'number' || json < 1) throw new ExactError(`${place} must be a positive whole number`);
  return json;
}

/**
 * An exact number: the string "p" or "p/q", p and q in decimal digits without leading zeros, q > 0, a minus sign only
 * in front. The fraction need not be in lowest terms.
 *
 * @throws {ExactError} on anything else, and on integers of more than 4000 digits
 */
export function numberOf(json: Json | undefined, place: string): Rational {
  if (typeof json !== 'string') throw new ExactError(`${place} must be a number in quotes, "p" or "p/q"`);
  const [numerator, denominator] = partsOf(json, place);
  return rational(BigInt(numerator), BigInt(denominator));
}

/**
 * A matrix: a list of rows, each a list of exact numbers, of the given shape, or of any shape where none is given.
 *
 * @throws {ExactError} on anything else, and where reading, or the common denominator, goes beyond the limits
 */
export function matrixOf(json: Json | undefined, place: string, shape?: ExactShape): ExactMatrix {
  const rows = arrayOf(json, place);
  const cols = shape?.cols ?? arrayOf(rows[0], place).length;
  const expected = `${place} must be a list of ${shape?.rows ?? 'equally long'} rows`;
  if (shape !== undefined && rows.length !== shape.rows) throw new ExactError(`${expected}, not ${rows.length}`);
  if (rows.length === 0 || cols === 0) throw new ExactError(`${place} must not be empty`);
  const texts = rows.flatMap((row, index) => {
    const entries = arrayOf(row, place);
    if (entries.length === cols) return entries;
    throw new ExactError(`row ${index + 1} of ${place} must have ${cols} entries, not ${entries.length}`);
  });
  let reading = 0;
  for (const text of texts) reading += typeof text === 'string' ? text.length ** 2 : 0;
  if (reading > MAXIMUM_READING) throw new ExactError(`${place} has too many long numbers`);
  const matrix = exactMatrix(rows.length, cols, texts.map((text) => numberOf(text, `an entry of ${place}`)));
  if (!hasShortDenominator(matrix)) {
    throw new ExactError(`the common denominator of ${place} has more than ${MAXIMUM_DIGITS} digits`);
  }
  return matrix;
}

/**
 * Refuses what would take too long: `products` multiplications of numbers of so many digits.
 *
 * @throws {ExactError} if products · (100 + digits)² is beyond {@link MAXIMUM_WORK}
 */
export function requireBoundedWork(products: bigint, digits: number): void {
  if (!isBoundedWork(products, digits)) {
    throw new ExactError('the instance is too large, or its numbers too long, to be checked in reasonable time');
  }
}

/** Whether products · (100 + digits)² is within {@link MAXIMUM_WORK}. */
export function isBoundedWork(products: bigint, digits: number): boolean {
  return products * BigInt(100 + digits) ** 2n <= MAXIMUM_WORK;
}

/** The most digits of a numerator, or of the common denominator, of a matrix that is made of what has been read. */
export function digitsOf(matrix: ExactMatrix): number {
  const common = matrix.entries.reduce((all, { denominator }) => leastCommonMultiple(all, denominator), 1n);
  const numerators = matrix.entries.map(({ numerator }) => decimalDigits(numerator));
  return numerators.reduce((most, each) => Math.max(most, each), decimalDigits(common));
}

/** Text from a file, made fit for a one-line message. */
export function quote(text: string): string {
  return `"${text.slice(0, 40).replace(/[^ !#-~]/g, '?')}${text.length > 40 ? '…' : ''}"`;
}

function partsOf(text: string, place: string): readonly [string, string] {
  if (text.length > 2 * MAXIMUM_DIGITS + 2) throw new ExactError(`${place} has more than ${MAXIMUM_DIGITS} digits`);
  const match = /^-?(0|[1-9]\d*)(?:\/(0|[1-9]\d*))?$/.exec(text);
  if (match === null) throw new ExactError(`${place} is not of the form "p" or "p/q": ${quote(text)}`);
  const [, digits = '', denominator = '1'] = match;
  if (denominator === '0') throw new ExactError(`${place} has a zero denominator`);
  if (digits.length > MAXIMUM_DIGITS || denominator.length > MAXIMUM_DIGITS) {
    throw new ExactError(`${place} has more than ${MAXIMUM_DIGITS} digits`);
  }
  return [text.split('/')[0] ?? '', denominator];
}

/** Whether the least common multiple of the denominators has no more than the allowed digits. */
function hasShortDenominator(matrix: ExactMatrix): boolean {
  let common = 1n;
  return matrix.entries.every(({ denominator }) => {
    common = leastCommonMultiple(common, denominator);
    return decimalDigits(common) <= MAXIMUM_DIGITS;
  });
}

/** The digits of |value|. */
export function decimalDigits(value: bigint): number {
  return value.toString().length - (value < 0n ? 1 : 0);
}

function arrayOf(json: Json | undefined, place: string): readonly Json[] {
  if (!Array.isArray(json)) throw new ExactError(`${place} must be a list of rows of numbers in quotes`);
  return json as readonly Json[];
}
