/** Grid points as exact points of the full model, and the certificates that they make. */
import { checkCertificate } from '../../exact/certificate/judge.js';
import type { Certificate, ClaimedForm, ClaimedModel } from '../../exact/certificate/schema.js';
import type { Json } from '../../exact/certificate/json.js';
import { type Draft, certificateText, completed } from '../../exact/certificate/write.js';
import { exactMatrix } from '../../exact/matrix.js';
import type { ExactMatrix } from '../../exact/matrix.js';
import type { ExactPoint, ExactProblem } from '../../exact/objective.js';
import * as Q from '../../exact/rational.js';
import type { Rational } from '../../exact/rational.js';
import type { Instance } from '../../theorem/instance.js';
import { ifExact } from '../claimed-point.js';
import type { ClaimedThreshold } from '../claimed-threshold.js';
import type { TiedBlock } from '../tied.js';
import type { GridPoint } from './rounding.js';
import { simplestBetween } from '../../exact/simplest.js';

/** The entries of a block, multiples of 1/q, as fractions. */
export const exactBlock = ({ rows, cols, labels, values }: TiedBlock, q: number): ExactMatrix => {
  const fractions = Array.from(values, (value) => Q.rational(BigInt(Math.round(value * q)), BigInt(q)));
  return exactMatrix(rows, cols, Array.from(labels, (label) => (label < 0 ? Q.ZERO : fractions[label])));
};

/** The full problem of an instance. */
export const exactProblem = (model: ClaimedModel, { K, n, d, lambda }: Instance): ExactProblem => ({
  ...model,
  K,
  widths: Array.from({ length: model.layers }, () => d),
  classSizes: Array.from({ length: K }, () => n),
  lambda: Object.fromEntries(Object.entries(lambda).map(([name, value]) => [name, Q.parseRational(value)])),
});

/** W₂, W₁ (made square by zeros) and H₁ = H̄ ⊗ 1ᵀ (with rows of zeros). */
export const liftedPoint = (point: GridPoint, { K, n, d }: Instance): ExactPoint => {
  const W1 = exactBlock(point.W1, point.q);
  const means = exactBlock(point.H1, point.q);
  const at = (matrix: ExactMatrix, row: number, col: number): Rational =>
    row < matrix.rows && col < matrix.cols ? matrix.entries[row * matrix.cols + col] : Q.ZERO;
  const filled = (rows: number, cols: number, entry: (row: number, col: number) => Rational): ExactMatrix =>
    exactMatrix(rows, cols, Array.from({ length: rows * cols }, (_, k) => entry(Math.floor(k / cols), k % cols)));
  return {
    W2: exactBlock(point.W2, point.q2),
    W1: filled(d, d, (row, col) => at(W1, row, col)),
    H1: filled(d, K * n, (row, col) => at(means, row, Math.floor(col / n))),
  };
};

/** What a certificate says besides its figures. */
export interface Accusation {
  readonly theorem: string;
  readonly revision: string;
  readonly model: ClaimedModel;
  readonly form: ClaimedForm;
  /** Where zero is claimed because κ or c is above a threshold: that. */
  readonly threshold?: ClaimedThreshold;
  readonly provenance: ReadonlyMap<string, Json>;
}

export type CertifiedViolation = Exclude<Certificate['violation'], 'inequality' | 'parametric'>;

/** An accepted certificate: its text, and the figures that the checker has computed. */
export interface Certified {
  readonly text: string;
  readonly violation: CertifiedViolation;
  readonly sentence: string;
  readonly value: Rational;
  readonly bound: Rational;
  readonly margin: Rational;
  readonly problem: ExactProblem;
  /** Nothing where the instance alone refutes the claim. */
  readonly point: ExactPoint;
}

/** Gives the draft its figures and puts it to the checker; undefined unless that accepts it. */
export function certified(draft: Draft): Certified | undefined {
  if (!('problem' in draft)) return undefined;
  const complete = completed(draft);
  if (Q.sign(complete.margin) <= 0 && complete.violation !== 'wrong-form') return undefined;
  const simple = complete.violation === 'beaten' && 'form' in complete.claim
    ? withSimpleBound(complete.value, complete.bound)
    : complete.bound;
  const text = certificateText({ ...complete, bound: simple, margin: Q.subtract(simple, complete.value) });
  const judgement = checkCertificate(text);
  if (!judgement.accepted) return undefined;
  const { sentence, value, bound, margin } = judgement;
  const { violation, problem, point = {} } = draft;
  return { text, violation, sentence, value, bound, margin, problem, point };
}

/** A shorter bound that keeps nine tenths of the margin. */
const withSimpleBound = (value: Rational, bound: Rational): Rational =>
  simplestBetween(Q.subtract(bound, Q.divide(Q.subtract(bound, value), Q.rational(10))), bound);

/** The certificate that a grid point beats every point of the form. */
export const beatenBy = (accusation: Accusation, instance: Instance, point: GridPoint): Certified | undefined =>
  below(accusation, exactProblem(accusation.model, instance), liftedPoint(point, instance));

/** That a point is below every point of the form: a wrong threshold, where zero is claimed because of one. */
export function below(accusation: Accusation, problem: ExactProblem, point: ExactPoint): Certified | undefined {
  const { theorem, revision, model, form, threshold: given, provenance } = accusation;
  const common = { theorem, revision, provenance, problem, point };
  if (form.form === 'zero' && given?.side === 'above') {
    const { parameter, threshold } = given;
    const claim = { model, parameter, threshold, says: 'zero-above' } as const;
    const found = ifExact(() => certified({ ...common, violation: 'wrong-threshold', claim }));
    if (found !== undefined) return found;
  }
  return certified({ ...common, violation: 'beaten', claim: { model, ...form } });
}
