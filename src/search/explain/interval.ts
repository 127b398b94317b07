/**
 * On which κ a point still violates its claim: W₂, W₁ and H₁ stay as they are and λ_{W1}, λ_{H1} are multiplied by one
 * θ, so that κ goes with θ². f is linear in θ, and the least value over the form is concave in it (a minimum of linear
 * functions); so the θ with f below that value form an interval. Its ends, within the θ at which the theorem makes the
 * same claim, are bisected and checked exactly.
 */
import { isBelowForm } from '../../exact/certificate/bound.js';
import type { ClaimedForm } from '../../exact/certificate/schema.js';
import { normSquared } from '../../exact/matrix.js';
import { type ExactPoint, type ExactProblem, exactValue } from '../../exact/objective.js';
import * as Q from '../../exact/rational.js';
import type { Rational } from '../../exact/rational.js';

export interface KappaInterval {
  readonly lower: Rational;
  readonly upper: Rational;
}

/** θ is a multiple of 1/GRID; the ends are true, and the next multiples are not. */
const GRID = 2000;
/** Beyond this θ the search for an end stops: κ grows by 16. */
const LARGEST = 4 * GRID;

/** `isClaimed` says whether the theorem still makes this claim when the λ's are changed. */
export function kappaInterval(
  form: ClaimedForm,
  problem: ExactProblem,
  point: ExactPoint,
  isClaimed: (lambda: Readonly<Record<string, Rational>>) => boolean,
): KappaInterval {
  // f at θ is fixed + θ·growing.
  const cost = (block: string): Rational =>
    Q.divide(Q.multiply(problem.lambda[block], normSquared(point[block])), Q.rational(2));
  const growing = Q.add(cost('W1'), cost('H1'));
  const fixed = Q.subtract(exactValue(problem, point), growing);
  const violates = (steps: number): boolean => {
    const theta = Q.rational(steps, GRID);
    const scaled = (block: string): Rational => Q.multiply(theta, problem.lambda[block]);
    const next = { ...problem, lambda: { ...problem.lambda, W1: scaled('W1'), H1: scaled('H1') } };
    if (steps === 0 || !isClaimed(next.lambda)) return false;
    // A lower bound that f does not reach by a hair: f + 10⁻¹² is still below every point of the form.
    const value = Q.add(fixed, Q.multiply(theta, growing));
    return isBelowForm(form, next, Q.add(value, Q.rational(1n, 10n ** 12n)));
  };
  const end = (inside: number, outside: number): number => {
    let [yes, no] = [inside, outside];
    while (Math.abs(no - yes) > 1) {
      const middle = Math.trunc((yes + no) / 2);
      if (violates(middle)) yes = middle;
      else no = middle;
    }
    return yes;
  };
  const kappa = (steps: number): Rational => {
    const { K, classSizes, lambda } = problem;
    const theta = Q.rational(steps, GRID);
    const product = Q.multiply(lambda['W2'], Q.multiply(lambda['W1'], lambda['H1']));
    const factor = Q.rational(BigInt(K) ** 3n * BigInt(classSizes[0]));
    return Q.multiply(Q.power(theta, 2), Q.multiply(factor, product));
  };
  const upper = violates(LARGEST) ? LARGEST : end(GRID, LARGEST);
  return { lower: kappa(end(GRID, 0)), upper: kappa(upper) };
}
