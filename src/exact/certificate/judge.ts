/**
 * The judgement of a certificate. From the instance and the point alone every figure is computed again, and a
 * certificate is accepted only if it refutes its claim by the rules of docs/certificates.md.
 */
import { ExactError } from '../error.js';
import { curvatureAlong, directionalDerivative } from '../directional.js';
import * as matrix from '../matrix.js';
import type { ExactMatrix } from '../matrix.js';
import { exactValue } from '../objective.js';
import * as scalar from '../rational.js';
import type { Rational } from '../rational.js';
import { isPositiveSemidefinite } from '../semidefinite.js';
import { cSquared, isBelowForm, kappa, leastValueAtZero } from './bound.js';
import { hasForm } from './form.js';
import { readJson } from './json.js';
import type { Json } from './json.js';
import { parametricFigures } from './parametric.js';
import { certificateOf } from './schema.js';
import type { Certificate, NuclearNorm } from './schema.js';
import { sentenceOf } from './sentence.js';

/** 16 MB: a longer text is refused unread. */
export const MAXIMUM_LENGTH = 16 * 2 ** 20;

interface Accepted {
  readonly accepted: true;
  readonly certificate: Certificate;
  /** What is refuted, where, and by how much. */
  readonly sentence: string;
  readonly value: Rational;
  readonly bound: Rational;
  /** bound − value. */
  readonly margin: Rational;
}

export interface Rejected {
  readonly accepted: false;
  /** One line: the first rule that is broken. */
  readonly reason: string;
}

export type Judgement = Accepted | Rejected;

/** Judges the text of a certificate. It never throws on what is in the text: whatever is wrong is a reason. */
export function checkCertificate(text: string): Judgement {
  return orReason(() => judgedCertificate(readJson(withinLength(text))));
}

/**
 * The judgement of a document that is accepted.
 *
 * @throws {ExactError} with the reason if it is not
 */
export function judgedCertificate(document: Json): Accepted {
  const certificate = certificateOf(document);
  const { value, bound, margin } = judge(certificate);
  return { accepted: true, certificate, sentence: sentenceOf(certificate), value, bound, margin };
}

/** The text, if it is not too long to be read. Throws {@link ExactError}. */
export function withinLength(text: string): string {
  if (text.length > MAXIMUM_LENGTH) throw new ExactError('the text is longer than 16 MB');
  return text;
}

/** What a judge returns, or the reason for which it throws. */
export function orReason<Found>(judge: () => Found): Found | Rejected {
  try {
    return judge();
  } catch (error) {
    if (error instanceof ExactError) return { accepted: false, reason: error.message };
    throw error;
  }
}

/** What a certificate compares: it refutes where value < bound, or value = bound for `wrong-form`. */
export interface Figures {
  readonly value: Rational;
  readonly bound: Rational;
}

/** Value, bound and margin of a certificate that refutes its claim. Throws {@link ExactError} if it does not. */
function judge(certificate: Certificate): Figures & { readonly margin: Rational } {
  const { value, bound } = figuresOf(certificate);
  const margin = scalar.subtract(bound, value);
  requireSame(certificate.value, value, 'value');
  requireSame(certificate.bound, bound, 'bound');
  requireSame(certificate.margin, margin, 'margin');
  if (certificate.violation === 'wrong-form') {
    demand(scalar.isZero(margin), 'point and reference do not have the same value');
  } else {
    demand(scalar.sign(margin) > 0, 'the margin is not positive: nothing is refuted');
  }
  return { value, bound, margin };
}

/**
 * The figures as they are, whatever is stored; only a stored bound over a form is kept, once it is known to be one.
 *
 * @throws {ExactError} if the certificate does not meet the conditions of its violation, its margin aside
 */
export function figuresOf(certificate: Certificate): Figures {
  switch (certificate.violation) {
    case 'beaten': {
      const { claim, problem, point } = certificate;
      const value = exactValue(problem, point);
      if ('minimum' in claim) return { value, bound: claim.minimum };
      requireBelowForm(isBelowForm(claim, problem, certificate.bound));
      return { value, bound: certificate.bound };
    }
    case 'wrong-form': {
      const { claim, problem, point, reference } = certificate;
      demand(hasForm(claim, problem, reference), 'the reference does not have the claimed form');
      demand(!hasForm(claim, problem, point), 'the point has the claimed form');
      const value = exactValue(problem, point);
      const bound = exactValue(problem, reference);
      requireBelowForm(isBelowForm(claim, problem, bound));
      return { value, bound };
    }
    case 'not-stationary': {
      const { problem, point, direction } = certificate;
      return { value: directionalDerivative(problem, point, direction), bound: scalar.ZERO };
    }
    case 'negative-curvature': {
      const { problem, point, direction } = certificate;
      return { value: curvatureAlong(problem, point, direction), bound: scalar.ZERO };
    }
    case 'wrong-threshold':
      return thresholdFigures(certificate);
    case 'inequality':
      return inequalityFigures(certificate);
    case 'parametric':
      return parametricFigures(certificate.claim, certificate);
  }
}

type Of<Violation extends Certificate['violation']> = Extract<Certificate, { readonly violation: Violation }>;

function thresholdFigures({ claim, problem, point }: Of<'wrong-threshold'>): Figures {
  const isOneLayer = problem.layers === 1;
  demand(isOneLayer || problem.bias === 'none', 'for two layers thresholds are judged without bias only');
  // κ and its threshold, or the squares of c and its threshold.
  const parameter = isOneLayer ? cSquared(problem) : kappa(problem);
  const threshold = isOneLayer ? scalar.power(claim.threshold, 2) : claim.threshold;
  if (claim.says === 'zero-above') {
    demand(point !== undefined, 'there is no point');
    demand(scalar.compare(parameter, threshold) > 0, 'the instance is not above the threshold');
    return { value: exactValue(problem, point), bound: leastValueAtZero(problem) };
  }
  const zeroIsOptimal = isOneLayer
    ? scalar.ONE
    : scalar.rational(problem.activation === 'relu' ? problem.K : 1, 16);
  demand(scalar.compare(parameter, zeroIsOptimal) >= 0, 'it is not known that zero is a global minimizer here');
  return { value: parameter, bound: threshold };
}

function inequalityFigures({ claim, X, Q, U, V }: Of<'inequality'>): Figures {
  const matrixOf = (norm: NuclearNorm): ExactMatrix => (norm === 'nuclear(X)' ? X : matrix.relu(X));
  const gap = matrix.subtract(matrix.identity(Q.cols), matrix.multiply(matrix.transpose(Q), Q));
  demand(isPositiveSemidefinite(gap), 'the spectral norm of Q is more than 1');
  demand(matrix.equals(matrix.multiply(U, V), matrixOf(claim.right)), 'U V is not the matrix on the right side');
  const squares = scalar.add(matrix.normSquared(U), matrix.normSquared(V));
  return {
    value: scalar.divide(squares, scalar.rational(2)),
    bound: matrix.innerProduct(matrixOf(claim.left), Q),
  };
}

function demand(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new ExactError(otherwise);
}

function requireBelowForm(isBelow: boolean): void {
  demand(isBelow, 'the bound is not a lower bound of the objective over the claimed form');
}

function requireSame(stored: Rational, computed: Rational, name: string): void {
  demand(scalar.equals(stored, computed), `the stored ${name} is not the ${name} of this point`);
}
