/**
 * Lower bounds of the objective over all points of a form, decided exactly. What is proved in docs/certificates.md is
 * that the objective at a point of the form with parameter ρ is at least a function of one variable that grows with ρ;
 * here, a number is compared with the minimum of that function by Sturm's theorem. No root is ever approximated.
 */
import { ExactError } from '../error.js';
import type { ExactProblem } from '../objective.js';
import * as polynomials from '../polynomial.js';
import type { Polynomial } from '../polynomial.js';
import * as scalar from '../rational.js';
import type { Rational } from '../rational.js';
import { isNonNegativeFrom } from '../sturm.js';
import type { ClaimedForm } from './schema.js';

const TWO = scalar.rational(2);
const ONE_PLUS_T = polynomials.polynomial([scalar.ONE, scalar.ONE]);

/**
 * Whether `bound` ≤ f at every point of the form. False also means: not by the bounds that are proved.
 *
 * @throws {ExactError} if no bound is known for this form and model
 */
export function isBelowForm(claim: ClaimedForm, problem: ExactProblem, bound: Rational): boolean {
  const atZero = scalar.compare(bound, leastValueAtZero(problem)) <= 0;
  if (claim.form === 'zero') return atZero;
  // Every form contains points with M = 0 (ρ = 0), and where d is too small for its rank it contains no others.
  const rank = claim.form === 'simplex-etf' ? problem.K - 1 : problem.K;
  if (problem.layers === 2) requireKnownBound(claim, problem);
  if (!atZero || rank > problem.widths[0]) return atZero;
  return problem.layers === 1 ? isBelowOneLayer(claim.form, problem, bound) : isBelowTwoLayers(problem, bound);
}

/** The least value of f where all weights and features are 0: ½·((K − 1)/K + β/K), see {@link biasFactor}. */
export function leastValueAtZero(problem: ExactProblem): Rational {
  const K = scalar.rational(problem.K);
  const twice = scalar.divide(scalar.add(scalar.subtract(K, scalar.ONE), biasFactor(problem)), K);
  return scalar.divide(twice, TWO);
}

/** c² = K²·n·λ_W·λ_H, for one layer. */
export function cSquared(problem: ExactProblem): Rational {
  const { K, classSizes, lambda } = problem;
  return scalar.multiply(scalar.rational(K * K * classSizes[0]), scalar.multiply(lambda['W'], lambda['H']));
}

/** κ = K³·n·λ_{W2}·λ_{W1}·λ_{H1}, for two layers; μ'² = 4κ. */
export function kappa(problem: ExactProblem): Rational {
  const { K, classSizes, lambda } = problem;
  const product = scalar.multiply(lambda['W2'], scalar.multiply(lambda['W1'], lambda['H1']));
  return scalar.multiply(scalar.rational(BigInt(K) ** 3n * BigInt(classSizes[0])), product);
}

/** β: 1 without a bias, 0 with a free one, λ_b/(1 + λ_b) with ridge. */
function biasFactor(problem: ExactProblem): Rational {
  if (problem.bias === 'none') return scalar.ONE;
  if (problem.bias === 'free') return scalar.ZERO;
  return scalar.divide(problem.lambda['b'], scalar.add(scalar.ONE, problem.lambda['b']));
}

function requireKnownBound(claim: Exclude<ClaimedForm, { form: 'zero' }>, problem: ExactProblem): void {
  const { form, of, collapsed } = claim;
  if (form !== 'orthogonal-frame' || problem.bias !== 'none') {
    throw new ExactError('for two layers bounds are known for orthogonal frames without bias only');
  }
  const anyColumns = problem.activation === 'linear' || of === 'sigma(W1 H1)' || problem.classSizes[0] === 1;
  if (!collapsed && !anyColumns) {
    throw new ExactError(`for ReLU and ${of} a bound is known for collapsed frames only: "collapsed": true`);
  }
}

/**
 * One layer, t = ρ/(Kλ_W) ≥ 0. For a frame 2f ≥ ((K−1)/K)/(1+t) + (β/K)/(1+βt) + c²t; for a simplex ETF
 * 2f ≥ ((K−1)/K)·(1/(1+t) + c²t) + β/K. Cleared of denominators, right side − 2·bound ≥ 0 is a sign of a polynomial.
 */
function isBelowOneLayer(form: 'orthogonal-frame' | 'simplex-etf', problem: ExactProblem, bound: Rational): boolean {
  const beta = biasFactor(problem);
  const share = scalar.rational(1, problem.K);
  const rest = scalar.subtract(scalar.ONE, share);
  const slope = cSquared(problem);
  const onePlusBetaT = polynomials.polynomial([scalar.ONE, beta]);
  const both = polynomials.multiply(ONE_PLUS_T, onePlusBetaT);
  const minusBound = scalar.multiply(scalar.rational(-2), bound);
  const isFrame = form === 'orthogonal-frame';

  const terms: readonly Polynomial[] = [
    polynomials.scale(rest, onePlusBetaT),
    isFrame
      ? polynomials.scale(scalar.multiply(beta, share), ONE_PLUS_T)
      : polynomials.scale(scalar.multiply(beta, share), both),
    polynomials.multiply(
      polynomials.polynomial([minusBound, isFrame ? slope : scalar.multiply(rest, slope)]),
      both,
    ),
  ];
  return isNonNegativeFrom(terms.reduce(polynomials.add), scalar.ZERO);
}

/**
 * Two layers: 2f ≥ φ(s) = 1/(1+s²) + μ's for some s ≥ 0, where μ'² = 4κ is rational though μ' need not be. With
 * t = s² and b = bound ∈ (0, ½], φ(s) ≥ 2b says μ'·s·(1+t) ≥ 2b(1+t) − 1. Below t₀ = 1/(2b) − 1 the right side is
 * negative; from there on both sides may be squared: 4κ·t·(1+t)² − (2b(1+t) − 1)² ≥ 0 for all t ≥ t₀.
 */
function isBelowTwoLayers(problem: ExactProblem, bound: Rational): boolean {
  if (scalar.sign(bound) <= 0) return true;
  const twice = scalar.multiply(TWO, bound);
  const start = scalar.subtract(scalar.inverse(twice), scalar.ONE);
  const squareOf = (p: Polynomial): Polynomial => polynomials.multiply(p, p);
  const left = polynomials.multiply(
    polynomials.polynomial([scalar.ZERO, scalar.multiply(scalar.rational(4), kappa(problem))]),
    squareOf(ONE_PLUS_T),
  );
  const right = squareOf(polynomials.polynomial([scalar.subtract(twice, scalar.ONE), twice]));
  return isNonNegativeFrom(polynomials.subtract(left, right), start);
}
