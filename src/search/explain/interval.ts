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
import { decimal } from '../../exact/certificate/sentence.js';
import * as Q from '../../exact/rational.js';
import type { Rational } from '../../exact/rational.js';
import { simplestBetween } from '../../exact/simplest.js';

export interface KappaInterval {
  /** The violation lasts at both ends, and so between them. */
  readonly lower: Rational;
  readonly upper: Rational;
}

/** Beyond this θ the search for an end stops: κ grows by 16. */
const LARGEST = Q.rational(4);

/** An end is found up to this share of its distance from θ = 1, but no closer than NEAREST. */
const SHARE = Q.rational(1, 10_000);
const NEAREST = Q.rational(1n, 10n ** 9n);

/** Digits that are shown: four of the distance from the κ of the point, unless that is very small. */
const DIGITS = 7;

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
  const violates = (theta: Rational): boolean => {
    const scaled = (block: string): Rational => Q.multiply(theta, problem.lambda[block]);
    const next = { ...problem, lambda: { ...problem.lambda, W1: scaled('W1'), H1: scaled('H1') } };
    if (!isClaimed(next.lambda)) return false;
    // A lower bound that f does not reach by a hair: f + 10⁻¹² is still below every point of the form.
    const value = Q.add(fixed, Q.multiply(theta, growing));
    return isBelowForm(form, next, Q.add(value, Q.rational(1n, 10n ** 12n)));
  };
  const end = (outside: Rational): Rational => {
    let [yes, no] = [Q.ONE, outside];
    const distance = (x: Rational, y: Rational): Rational => Q.absolute(Q.subtract(x, y));
    const wanted = (): Rational => Q.maximum(NEAREST, Q.multiply(SHARE, distance(yes, Q.ONE)));
    while (Q.compare(distance(yes, no), wanted()) > 0) {
      const middle = between(yes, no);
      if (violates(middle)) yes = middle;
      else no = middle;
    }
    return yes;
  };
  const kappa = (theta: Rational): Rational => {
    const { K, classSizes, lambda } = problem;
    const product = Q.multiply(lambda['W2'], Q.multiply(lambda['W1'], lambda['H1']));
    const factor = Q.rational(BigInt(K) ** 3n * BigInt(classSizes[0]));
    return Q.multiply(Q.power(theta, 2), Q.multiply(factor, product));
  };
  return { lower: kappa(end(Q.ZERO)), upper: kappa(violates(LARGEST) ? LARGEST : end(LARGEST)) };
}

/** The shortest fraction in the middle third of a segment. */
function between(x: Rational, y: Rational): Rational {
  const at = (share: number): Rational => Q.add(x, Q.multiply(Q.rational(share, 3), Q.subtract(y, x)));
  return simplestBetween(Q.minimum(at(1), at(2)), Q.maximum(at(1), at(2)));
}

/** Both ends as they are shown. */
export const kappaEnds = ({ lower, upper }: KappaInterval): { readonly lower: string; readonly upper: string } => ({
  lower: decimal(lower, DIGITS),
  upper: decimal(upper, DIGITS),
});
