/**
 * The grammar of the options that fix or bound a parameter.
 *
 * ```
 * size    = integer | [integer] 'K' [('+' | '-') integer]        --K takes integers only
 * sizes   = size | size '..' size                                 --K 3..6   --d K..2K   --n 4
 * lambda  = p | p '/' q | decimal | scientific                    positive
 * lambdas = lambda | lambda '..' lambda                           --lambda 1e-4..1e-1   --lambda 3/8
 * ```
 *
 * Texts are taken apart by hand and never evaluated. Whatever does not fit is a {@link UsageError} that names
 * the option, says what is wrong, and shows a right example.
 */
import { UsageError } from '../errors.js';
import { ExactError } from '../exact/error.js';
import { compare, parseRational, sign, type Rational } from '../exact/rational.js';
import { evaluateSize, sizesAt, type LambdaRange, type LinearInK, type SizeRange } from '../theorem/ranges.js';

/** The sizes of an instance, by the names of their options. */
export type SizeName = 'K' | 'd' | 'n';

/** No size may exceed this: beyond it a run could only fail for want of memory. */
const LARGEST_SIZE = 1_000_000;

/** Every lambda lies between 1e-50 and 1e50, so that products of several stay within double precision. */
const LARGEST_EXPONENT = 50;
const LONGEST_NUMBER = 400;

const EXAMPLES: Readonly<Record<SizeName, string>> = {
  K: '--K 4 or --K 3..6',
  d: '--d 8, --d K, --d K..2K or --d K+3',
  n: '--n 2, --n 1..4 or --n K',
};

const LAMBDA_EXAMPLES = ['0.01', '3/8', '1e-4..1e-1'];

/**
 * Reads the value of `--K`, `--d` or `--n`.
 *
 * @throws UsageError if the text is not a size or a range of sizes, or if it is empty for every K.
 */
export function parseSizeRange(option: SizeName, text: string): SizeRange {
  const hint = `Write for example ${EXAMPLES[option]}`;
  const [first, second] = splitRange(`--${option} ${text}`, text, hint);
  const lower = parseSize(option, text, first);
  const upper = second === undefined ? lower : parseSize(option, text, second);
  if (lower.factor >= upper.factor && evaluateSize(lower, 1) > evaluateSize(upper, 1)) {
    throw new UsageError(`--${option} ${text}: the range is empty`, `Put the smaller end first. ${hint}`);
  }
  return { lower, upper, text: text.trim() };
}

/**
 * Refuses a range that is empty for every K of `classes`, or too large at the largest of them. A range that is
 * empty for some K only is fine: {@link sizesAt} says for which.
 *
 * @throws UsageError
 */
export function assertNonEmpty(option: SizeName, range: SizeRange, classes: SizeRange): void {
  const [first, last] = [classes.lower.offset, classes.upper.offset];
  const given = `--${option} ${range.text}`;
  if (evaluateSize(range.upper, last) > LARGEST_SIZE) {
    throw new UsageError(
      `${given}: ${option} would exceed ${LARGEST_SIZE} at K = ${last}`,
      `Lower --K or --${option}, for example ${EXAMPLES[option]}`,
    );
  }
  for (let K = first; K <= last; K += 1) {
    if (sizesAt(range, K) !== undefined) {
      return;
    }
  }
  const where = first === last ? `at K = ${first}` : `for every K in ${classes.text}`;
  throw new UsageError(`${given}: the range is empty ${where}`, `Change --K, or write for example ${EXAMPLES[option]}`);
}

/**
 * Reads the value of a lambda option (or of `--mu`): one positive number, or a range of them, kept exactly.
 *
 * @param option the name of the option without its dashes, for the messages
 * @throws UsageError if the text is neither.
 */
export function parseLambdaRange(option: string, text: string): LambdaRange {
  const hint = `Write for example ${LAMBDA_EXAMPLES.map((example) => `--${option} ${example}`).join(' or ')}`;
  const [first, second] = splitRange(`--${option} ${text}`, text, hint);
  const lower = parsePositive(option, text, first, hint);
  const upper = second === undefined ? lower : parsePositive(option, text, second, hint);
  if (compare(lower, upper) > 0) {
    throw new UsageError(`--${option} ${text}: the range is empty`, `Put the smaller end first. ${hint}`);
  }
  return { lower, upper, text: text.trim() };
}

/** Cuts `a..b` into its ends; a text without dots is one value. */
function splitRange(given: string, text: string, hint: string): readonly [string, string | undefined] {
  const trimmed = text.trim();
  if (trimmed === '') {
    throw new UsageError(`${given.trim()}: a value is missing`, hint);
  }
  const ends = trimmed.split('..');
  const [first = '', second] = ends;
  if (ends.length > 2 || trimmed.includes('...')) {
    throw new UsageError(`${given}: a range has two ends with two dots between them`, hint);
  }
  if (first === '') {
    throw new UsageError(`${given}: the lower end of the range is missing`, hint);
  }
  if (second === '') {
    throw new UsageError(`${given}: the upper end of the range is missing`, hint);
  }
  return [first, second];
}

/** One end of a range of sizes. */
function parseSize(option: SizeName, text: string, end: string): LinearInK {
  const fail = (reason: string): UsageError =>
    new UsageError(`--${option} ${text}: ${reason}`, `Write for example ${EXAMPLES[option]}`);
  const bounded = (digits: string, name: string): number => {
    const value = Number(digits);
    if (value < 1) {
      throw fail(`${name} must be at least 1`);
    }
    if (value > LARGEST_SIZE) {
      throw fail(`${name} must be at most ${LARGEST_SIZE}`);
    }
    return value;
  };
  if (/^[+-]?\d+$/.test(end)) {
    return { factor: 0, offset: bounded(end, option) };
  }
  const relative = /^(\d*)K(?:([+-])(\d+))?$/.exec(end);
  if (relative !== null && option !== 'K') {
    const [, factor = '', direction, offset] = relative;
    const shift = offset === undefined ? 0 : bounded(offset, 'what is added to K');
    return {
      factor: factor === '' ? 1 : bounded(factor, 'the factor of K'),
      offset: direction === '-' ? -shift : shift,
    };
  }
  if (relative !== null) {
    throw fail('K must be an integer, not a multiple of itself');
  }
  if (/^[+-]?\d*\.?\d+(e[+-]?\d+)?$/i.test(end)) {
    throw fail(`${option} must be an integer`);
  }
  throw fail(option === 'K' ? `'${end}' is not an integer` : `'${end}' is neither an integer nor of the form aK+b`);
}

/** One end of a range of positive numbers. */
function parsePositive(option: string, text: string, end: string, hint: string): Rational {
  const fail = (reason: string): UsageError => new UsageError(`--${option} ${text}: ${reason}`, hint);
  const outside = `must lie between 1e-${LARGEST_EXPONENT} and 1e${LARGEST_EXPONENT}`;
  // An exponent such as 1e999999999 must be refused before anybody writes that power of ten out.
  const exponent = /e[+-]?0*(\d+)$/i.exec(end)?.[1];
  if (end.length > LONGEST_NUMBER || (exponent !== undefined && exponent.length > 3)) {
    throw fail(outside);
  }
  const value = readRational(end);
  if (value === undefined) {
    throw fail(`'${end}' is not a number`);
  }
  if (sign(value) <= 0) {
    throw fail('must be greater than 0');
  }
  const limit = 10n ** BigInt(LARGEST_EXPONENT);
  if (value.numerator > limit * value.denominator || value.numerator * limit < value.denominator) {
    throw fail(outside);
  }
  return value;
}

/** The number that a text writes out, if it does. */
function readRational(text: string): Rational | undefined {
  try {
    return parseRational(text);
  } catch (error) {
    if (error instanceof ExactError) {
      return undefined;
    }
    throw error;
  }
}
