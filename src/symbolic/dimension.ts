/**
 * Names of dimensions: K, n, d, N, r, whole numbers, and differences of them such as `d-r` or `K-r-1`.
 *
 * A difference is written in one way only (what is subtracted: letters in alphabetical order, then a number), so that
 * two matrices fit exactly when the names are the same text.
 */
import { UsageError } from '../errors.js';

const LETTERS: readonly string[] = ['K', 'n', 'd', 'N', 'r'];

/** Σ coefficient · letter + constant. */
interface LinearForm {
  readonly letters: ReadonlyMap<string, number>;
  readonly constant: number;
}

const malformed = (name: string): UsageError =>
  new UsageError(`"${name}" is not a dimension`, `Use ${LETTERS.join(', ')}, 1, or a difference such as d-r.`);

const parse = (name: string): LinearForm => {
  const letters = new Map<string, number>();
  let constant = 0;
  name.split('-').forEach((atom, index) => {
    const sign = index === 0 ? 1 : -1;
    if (LETTERS.includes(atom)) letters.set(atom, (letters.get(atom) ?? 0) + sign);
    else if (/^\d{1,9}$/.test(atom)) constant += sign * Number(atom);
    else throw malformed(name);
  });
  return { letters, constant };
};

/** The one way to write a form; only a single letter (or number) minus others has a name. */
const write = ({ letters, constant }: LinearForm): string => {
  const of = (sign: 1 | -1): string[] =>
    [...letters]
      .filter(([, coefficient]) => Math.sign(coefficient) === sign)
      .flatMap(([letter, coefficient]) => Array.from({ length: Math.abs(coefficient) }, () => letter))
      .sort();
  const plus = [...of(1), ...(constant > 0 ? [String(constant)] : [])];
  const minus = [...of(-1), ...(constant < 0 ? [String(-constant)] : [])];
  const [first = '0', ...more] = plus;
  if (more.length > 0) throw new UsageError(`the dimension ${plus.join('+')} has no name`, 'Use differences only.');
  return [first, ...minus].join('-');
};

/** The name in its one spelling. @throws UsageError for a name that is no dimension */
export const canonicalDimension = (name: string): string => write(parse(name));

/** The dimension `left − right`. @throws UsageError where the difference has no name */
export const differenceOfDimensions = (left: string, right: string): string => {
  const [from, take] = [parse(left), parse(right)];
  const letters = new Map(from.letters);
  for (const [letter, coefficient] of take.letters) letters.set(letter, (letters.get(letter) ?? 0) - coefficient);
  return write({ letters, constant: from.constant - take.constant });
};

export interface DimensionParts {
  readonly first: string;
  readonly subtracted: readonly string[];
}

/** Statements have few dimensions, and they are asked for at every point. */
const known = new Map<string, DimensionParts>();

/** The parts of a name: what it starts with, and what is subtracted from it. */
export const dimensionParts = (name: string): DimensionParts => {
  const found = known.get(name);
  if (found !== undefined) return found;
  const [first = name, ...subtracted] = canonicalDimension(name).split('-');
  const parts = { first, subtracted };
  known.set(name, parts);
  return parts;
};

/** Whether a part of a name is a whole number. */
export const isNumeral = (part: string): boolean => /^\d+$/.test(part);
