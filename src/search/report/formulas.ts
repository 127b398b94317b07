/** Exact numbers and matrices in LaTeX. */
import { decimal } from '../../exact/certificate/sentence.js';
import { leastCommonMultiple } from '../../exact/integer.js';
import type { ExactMatrix } from '../../exact/matrix.js';
import * as Q from '../../exact/rational.js';
import type { Rational } from '../../exact/rational.js';

/** Matrices with more columns are left to the certificate. */
export const MOST_COLUMNS = 24;

export const blockLatex = (block: string): string => block.replace(/(\d)$/, '_{$1}');

export const fraction = (value: Rational): string => {
  if (Q.isInteger(value)) return Q.format(value);
  const sign = Q.sign(value) < 0 ? '-' : '';
  return `${sign}\\frac{${Q.absolute(value).numerator}}{${value.denominator}}`;
};

/** About what it is, cut off: `1.01297\\ldots \\cdot 10^{-5}`. */
const cut = (value: Rational, digits: number): string =>
  decimal(value, digits).replace('…', '\\ldots').replace(/e(-?\d+)$/, ' \\cdot 10^{$1}');

/** The fraction where it is short, and otherwise what it is about. */
export const about = (value: Rational): string => {
  const exact = Q.format(value);
  if (exact.length > 30) return cut(value, 8);
  return exact.includes('/') ? `${fraction(value)} = ${cut(value, 6)}` : exact;
};

/** A matrix with its common denominator in front, if that is more than 1. */
export function matrixLatex({ rows, cols, entries }: ExactMatrix): string {
  const common = entries.reduce((q, x) => leastCommonMultiple(q, x.denominator), 1n);
  const body = Array.from({ length: rows }, (_, row) =>
    entries
      .slice(row * cols, (row + 1) * cols)
      .map((x) => String((x.numerator * common) / x.denominator))
      .join(' & '),
  ).join(' \\\\\n');
  const front = common === 1n ? '' : `\\frac{1}{${common}}`;
  return `${front}\\begin{pmatrix}\n${body}\n\\end{pmatrix}`;
}
