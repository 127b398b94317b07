/**
 * The generators of a case reach every λ > 0 of the case.
 *
 * Each generator is given by a formula in the λ's; one of them may be the solution of an equation, of(g) = equals,
 * between the bounds of its case. There `of` is strictly monotone, so a solution exists, and is the only one, exactly
 * where `equals` lies between the values at the bounds. Then λ(g(λ)) = λ, decided through squares, in which powers of g
 * from the degree of the equation on are rewritten by it.
 */
import * as scalar from '../../rational.js';
import type { Rational } from '../../rational.js';
import {
  ONE_QUOTIENT,
  add,
  fromPolynomial,
  isZero,
  multiply,
  negate,
  polynomialOf,
  powerOf,
  substitute,
  variable,
} from '../polynomial.js';
import type { Polynomial, Quotient } from '../polynomial.js';
import { demand, evenPart, reduced } from '../reduce.js';
import type { Inverse } from '../schema.js';
import { EVERYWHERE, chartsOf, signOf } from '../signs.js';
import type { Charts } from '../signs.js';
import type { ChainCase, RootOfEquation } from './schema.js';

/** Throws {@link ExactError} where it is not shown; returns the case as a condition on the λ's. */
export function requireCaseReach(home: ChainCase): string {
  const { id, generators, parameters } = home;
  const charts = chartsOf(home.region);
  const solved = [...generators].find((x): x is [string, RootOfEquation] => 'equals' in x[1]);
  const formulas = [...generators].filter((x): x is [string, Inverse] => !('equals' in x[1]));
  const condition = solved === undefined ? home.condition : existence(home, ...solved, charts);
  for (const [name, { value }] of formulas) {
    demand(signOf(value, charts) === 'positive', `the inverse of ${name} in case ${id} is not shown to be positive`);
  }
  const inverses = new Map(formulas);
  const back = (name: string, exponent: number): Quotient | undefined => {
    const inverse = inverses.get(name);
    if (inverse === undefined) return undefined;
    return inverse.isRoot ? evenPart(inverse.value, name, exponent) : powerOf(inverse.value, exponent);
  };
  const roots = new Map(formulas.flatMap(([name, { value, isRoot }]) => (isRoot ? [[name, value] as const] : [])));
  for (const [name, image] of parameters) {
    demand(signOf(image, charts) === 'positive', `lambda_${name} in case ${id} is not shown to be positive`);
    const squared = multiply(image, image);
    const below = [...squared.denominator.values()].reduce(
      (product, { polynomial, exponent }) => multiply(product, powerOf(substitute(polynomial, back), exponent)),
      ONE_QUOTIENT,
    );
    const lambda = fromPolynomial(variable(`lambda_${name}`));
    const gap = reduced(
      add(substitute(squared.numerator, back), negate(multiply(multiply(lambda, lambda), below))),
      roots,
    );
    const left = solved === undefined ? gap : modulo(gap, ...solved);
    demand(isZero(left), `the generators of case ${id} do not reach every lambda_${name}`);
  }
  return condition;
}

/** The coefficients of a polynomial in one variable, the constant first. */
function coefficientsOf({ of }: RootOfEquation): Rational[] {
  const terms = [...of.value.numerator.values()];
  const degree = Math.max(0, ...terms.map(({ monomial }) => monomial[0]?.[1] ?? 0));
  return Array.from(
    { length: degree + 1 },
    (_, k) => terms.find(({ monomial }) => (monomial[0]?.[1] ?? 0) === k)?.coefficient ?? scalar.ZERO,
  );
}

/** When the equation has its solution between the bounds; throws {@link ExactError} unless it can have only one. */
function existence({ id, region }: ChainCase, name: string, equation: RootOfEquation, charts: Charts): string {
  const { generator, lower, upper } = region;
  const what = `the equation of ${name} in case ${id}`;
  const at = (bound: typeof lower): Rational | undefined => {
    if (bound === undefined || bound.reached || bound.at.denominator.size > 0) return undefined;
    const [term, ...others] = bound.at.numerator.values();
    return term?.monomial.length === 0 && others.length === 0 ? term.coefficient : undefined;
  };
  const [from, to] = [at(lower), at(upper)];
  if (generator !== name || from === undefined || to === undefined) {
    demand(false, `${what} needs a case that bounds ${name} by two numbers, neither of them reached`);
  }
  demand(equation.of.value.denominator.size === 0, `${what} is no polynomial`);
  const coefficients = coefficientsOf(equation);
  const derivative = polynomialOf(
    coefficients.slice(1).map((x, k) => ({
      monomial: k === 0 ? [] : [[name, k] as const],
      coefficient: scalar.multiply(x, scalar.rational(k + 1)),
    })),
  );
  const slope = signOf(fromPolynomial(derivative), charts);
  demand(slope === 'positive' || slope === 'negative', `${what} is not shown to have one solution only`);
  const isPositive = signOf(equation.equals.value, EVERYWHERE) === 'positive';
  demand(isPositive, `the right side of ${what} is not shown to be positive`);
  const valueAt = (x: Rational): Rational =>
    coefficients.reduceRight((sum, c) => scalar.add(scalar.multiply(sum, x), c), scalar.ZERO);
  const ends = [valueAt(from), valueAt(to)];
  const [low, high] = (slope === 'positive' ? ends : ends.reverse()) as [Rational, Rational];
  demand(scalar.sign(high) > 0, `${what} has no solution in its case`);
  const above = scalar.sign(low) > 0 ? `${scalar.format(low)} < ` : '';
  return `${above}${equation.equals.text} < ${scalar.format(high)}`;
}

/** x with powers of the generator from the degree of its equation on rewritten by it, above the line only. */
function modulo(x: Quotient, name: string, equation: RootOfEquation): Quotient {
  const coefficients = coefficientsOf(equation);
  const degree = coefficients.length - 1;
  const leading = coefficients[degree] ?? scalar.ONE;
  const power = (k: number): Quotient => powerOf(fromPolynomial(variable(name)), k);
  const number = (c: Rational): Quotient =>
    fromPolynomial(polynomialOf(scalar.isZero(c) ? [] : [{ monomial: [], coefficient: c }]));
  const lower = coefficients
    .slice(0, degree)
    .reduce((rest, c, k) => add(rest, negate(multiply(number(c), power(k)))), equation.equals.value);
  const replacement = multiply(number(scalar.inverse(leading)), lower);
  let left = x;
  while (degreeIn(left.numerator, name) >= degree) {
    const { denominator } = left;
    const lowered = substitute(left.numerator, (variable, exponent) =>
      variable === name && exponent >= degree ? multiply(replacement, power(exponent - degree)) : undefined,
    );
    left = multiply(lowered, { numerator: ONE_QUOTIENT.numerator, denominator });
  }
  return left;
}

const degreeIn = (p: Polynomial, name: string): number =>
  Math.max(0, ...[...p.values()].map(({ monomial }) => monomial.find(([x]) => x === name)?.[1] ?? 0));
