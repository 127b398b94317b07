/**
 * Comparisons of scalars, read as positions on lines.
 *
 * c ≤ 1, 2c > 4 and K²nλ_Wλ_H = 9 all speak of one positive number, c; what they say depends on where c lies among the
 * marks 1, 2 and 3. Two comparisons share a line where one difference is an affine function of the other with rational
 * coefficients, or where both compare powers of one monomial. Every variable is positive, sizes are at least 1.
 */
import * as Q from '../exact/rational.js';
import type { Rational } from '../exact/rational.js';
import * as F from './fraction.js';
import type { Fraction } from './fraction.js';
import * as P from './polynomial.js';
import { type Chart, signOn } from './signs.js';

/** Where no condition is assumed: sizes are 1 and something, every other variable is positive. */
export const SIZED: Chart = {
  substitution: new Map(['K', 'n', 'd'].map((name) => [name, F.add(F.ONE, F.variable(`size:${name}`))])),
  weak: new Set(['K', 'n', 'd'].map((name) => `size:${name}`)),
};

/** The number value^(1/power); power ≥ 1. */
interface Mark {
  readonly value: Rational;
  readonly power: number;
}

const compareMarks = (x: Mark, y: Mark): number =>
  x.power === y.power
    ? Q.compare(x.value, y.value)
    : Q.compare(Q.power(x.value, y.power), Q.power(y.value, x.power));

/** What a line measures: a monomial by its exponents, or any other scalar. */
type Measure =
  | { readonly kind: 'monomial'; readonly exponents: string; readonly integral: boolean }
  | { readonly kind: 'scalar'; readonly of: Fraction };

/** difference ∘ 0 says scalar ∘ mark, or the mirror image where the difference falls as the scalar rises. */
interface Reading {
  readonly measure: Measure;
  readonly mark: Mark;
  readonly rises: boolean;
}

/** A comparison with its difference left − right and its place: the line, and which mark of it. */
export interface Placed<A> {
  readonly atom: A;
  readonly difference: Fraction;
  readonly line: number;
  readonly mark: number;
  readonly rises: boolean;
}

/** Marks in their order; the line is cut into 2·marks + 1 pieces: even ones are open intervals, odd ones the marks. */
export interface Line {
  readonly marks: readonly Mark[];
  readonly integral: boolean;
}

const SIZES = new Set(['K', 'n', 'd']);

const greatestDivisor = (a: number, b: number): number => (b === 0 ? Math.abs(a) : greatestDivisor(b, a % b));

/** αm₁ − βm₂ ∘ 0 as a comparison of a monomial with a number, through squares: in them no root is left. */
const monomialReading = (numerator: P.Polynomial, roots: ReadonlyMap<string, Fraction>): Reading | undefined => {
  const [first, second] = [...numerator.terms.values()];
  if (first === undefined || second === undefined || numerator.terms.size !== 2) return undefined;
  if (Q.sign(first.coefficient) === Q.sign(second.coefficient)) return undefined;
  const ratio = Q.divide(second.coefficient, first.coefficient);
  let square = Q.multiply(ratio, ratio);
  const exponents = new Map<string, number>();
  const take = (monomial: P.Monomial, sign: number): void => {
    for (const [name, exponent] of monomial) {
      const under = roots.get(name);
      const variables = under === undefined ? [] : F.variablesOf(under);
      if (under !== undefined && variables.length === 0) {
        square = Q.multiply(square, Q.power(F.evaluate(under, new Map()), -sign * exponent));
        continue;
      }
      const simple = under !== undefined && variables.length === 1 && F.equals(under, F.variable(variables[0] ?? ''));
      const [base, weight] = simple ? [variables[0] ?? '', 1] : [name, 2];
      exponents.set(base, (exponents.get(base) ?? 0) + sign * weight * exponent);
    }
  };
  take(first.monomial, 1);
  take(second.monomial, -1);
  const entries = [...exponents].filter(([, k]) => k !== 0).sort(([x], [y]) => (x < y ? -1 : 1));
  const [lead] = entries;
  if (lead === undefined) return undefined;
  const divisor = entries.reduce((g, [, k]) => greatestDivisor(g, k), 0);
  const flipped = lead[1] < 0;
  const base = entries.map(([name, k]) => [name, ((flipped ? -1 : 1) * k) / divisor] as const);
  return {
    measure: {
      kind: 'monomial',
      exponents: base.map(([name, k]) => `${name}^${k}`).join(' '),
      integral: base.every(([name, k]) => SIZES.has(name) && k > 0),
    },
    mark: { value: flipped ? Q.inverse(square) : square, power: divisor },
    rises: (Q.sign(first.coefficient) > 0) !== flipped,
  };
};

/** difference = a·scalar + b with rational a ≠ 0 and b; undefined where it is not. */
const affineIn = (difference: Fraction, scalar: Fraction): readonly [Rational, Rational] | undefined => {
  const names = [...new Set([...F.variablesOf(difference), ...F.variablesOf(scalar)])];
  const at = (start: number): Map<string, Rational> =>
    new Map(names.map((name, k) => [name, Q.rational(BigInt(start + 2 * k + k * k))]));
  try {
    const [here, there] = [at(3), at(7)];
    const run = Q.subtract(F.evaluate(scalar, there), F.evaluate(scalar, here));
    if (Q.isZero(run)) return undefined;
    const a = Q.divide(Q.subtract(F.evaluate(difference, there), F.evaluate(difference, here)), run);
    const b = Q.subtract(F.evaluate(difference, here), Q.multiply(a, F.evaluate(scalar, here)));
    const again = F.add(F.multiply(F.constant(a), scalar), F.constant(b));
    return !Q.isZero(a) && F.equals(difference, again) ? [a, b] : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

/** Whether the scalar depends on sizes alone. */
export const isOfSizes = (x: Fraction): boolean => F.variablesOf(x).every((name) => SIZES.has(name));

/** Whether the scalar is an integer at all sizes: a polynomial in them with integer coefficients. */
export const isIntegral = (x: Fraction): boolean =>
  isOfSizes(x) &&
  F.variablesOf(F.fromPolynomial(x.denominator)).length === 0 &&
  [...x.numerator.terms.values()].every(
    (t) => Q.divide(t.coefficient, P.evaluate(x.denominator, new Map())).denominator === 1n,
  );

/**
 * Comparisons put on lines. Differences are of strict or unknown sign nowhere in particular: a constant one is left out
 * by the caller. `roots` are what adjoined roots stand for, each shown to be positive.
 */
export const onLines = <A>(
  atoms: readonly { readonly atom: A; readonly difference: Fraction }[],
  roots: ReadonlyMap<string, Fraction>,
): { readonly placed: readonly Placed<A>[]; readonly lines: readonly Line[] } => {
  const measures: Measure[] = [];
  const read = (difference: Fraction): Reading & { readonly line: number } => {
    const below = signOn(SIZED, F.fromPolynomial(difference.denominator));
    const monomial =
      below === 'positive' || below === 'negative' ? monomialReading(difference.numerator, roots) : undefined;
    if (monomial !== undefined) {
      const { exponents } = monomial.measure as Extract<Measure, { kind: 'monomial' }>;
      let line = measures.findIndex((x) => x.kind === 'monomial' && x.exponents === exponents);
      if (line < 0) line = measures.push(monomial.measure) - 1;
      return { ...monomial, line, rises: monomial.rises === (below === 'positive') };
    }
    for (const [line, measure] of measures.entries()) {
      const affine = measure.kind === 'scalar' ? affineIn(difference, measure.of) : undefined;
      if (affine === undefined) continue;
      const [a, b] = affine;
      const mark = { value: Q.divide(Q.negate(b), a), power: 1 };
      return { measure, line, mark, rises: Q.sign(a) > 0 };
    }
    const measure: Measure = { kind: 'scalar', of: difference };
    return { measure, line: measures.push(measure) - 1, mark: { value: Q.ZERO, power: 1 }, rises: true };
  };
  const readings = atoms.map((x) => ({ ...x, ...read(x.difference) }));
  const lines = measures.map((measure, line): Line => {
    const marks = readings.filter((x) => x.line === line).map((x) => x.mark);
    const distinct = marks.filter((x, k) => marks.findIndex((y) => compareMarks(x, y) === 0) === k);
    const integral = measure.kind === 'monomial' ? measure.integral : isIntegral(measure.of);
    return { marks: distinct.sort(compareMarks), integral };
  });
  const placed = readings.map(({ atom, difference, line, mark, rises }) => ({
    atom,
    difference,
    line,
    mark: lines[line]?.marks.findIndex((x) => compareMarks(x, mark) === 0) ?? 0,
    rises,
  }));
  return { placed, lines };
};

/** Integers are looked for up to here; a piece that ends beyond is taken to hold one. */
const LARGEST = 1000;

/** Whether a piece of the line holds no value that the scalar can take, because that is an integer. */
export const holdsNoInteger = ({ marks, integral }: Line, piece: number): boolean => {
  if (!integral) return false;
  const [lower, upper] = [marks[Math.ceil(piece / 2) - 1], marks[Math.floor(piece / 2)]];
  const at = piece % 2 === 1;
  if (lower === undefined || upper === undefined) return false;
  for (let x = -LARGEST; x <= LARGEST; x++) {
    const value = { value: Q.rational(BigInt(x)), power: 1 };
    // The powers of marks are compared for positive numbers only.
    if (x <= 0 && (lower.power > 1 || upper.power > 1)) continue;
    const [below, above] = [compareMarks(value, lower), compareMarks(value, upper)];
    if (at ? below === 0 : below > 0 && above < 0) return false;
  }
  return [lower, upper].every((x) => Q.compare(Q.absolute(x.value), Q.rational(BigInt(LARGEST))) <= 0);
};
