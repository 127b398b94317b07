/** A point that ties with the claimed ones and has another form: which conclusions it breaks, and how, exactly. */
import { parseCertificate } from '../../exact/certificate/schema.js';
import { formMatrix } from '../../exact/certificate/form.js';
import * as matrix from '../../exact/matrix.js';
import type { ExactMatrix } from '../../exact/matrix.js';
import { type ExactPoint, exactLabels, exactPreActivations } from '../../exact/objective.js';
import * as Q from '../../exact/rational.js';
import { nuclearNorm } from '../../numeric/dense.js';
import { caseAt } from '../../theorem/cases.js';
import type { Revision } from '../../theorem/contract.js';
import { exactInterpreter } from '../../theorem/evaluate-exact.js';
import type { Instance } from '../../theorem/instance.js';
import { ifExact } from '../claimed-point.js';
import type { Certified } from '../exact/lift.js';
import { exactRank } from './rank.js';

export interface TieExplanation {
  /** The matrix of which a form is claimed: H, H1, W1 H1 or sigma(W1 H1). */
  readonly of: string;
  /** The Gram matrix of its class means, at the point and at the claimed one. */
  readonly gram: ExactMatrix;
  readonly claimedGram: ExactMatrix;
  readonly rank: number;
  readonly claimedRank: number;
  /** Conclusions by what exact arithmetic says of them at the point; those that it cannot decide are left out. */
  readonly broken: readonly string[];
  readonly kept: readonly string[];
  /** With ReLU: ‖X‖_* and ‖σ(X)‖_* at the point, in doubles. */
  readonly nuclear?: { readonly before: number; readonly after: number };
}

/** Undefined for a certificate of another violation. */
export function explainTie(
  revision: Revision,
  instance: Instance,
  { text, problem, point }: Certified,
): TieExplanation | undefined {
  const certificate = parseCertificate(text);
  if (certificate.violation !== 'wrong-form' || certificate.claim.form === 'zero') return undefined;
  const { of } = certificate.claim;
  const Y = exactLabels(problem);
  const meansAt = (at: ExactPoint): ExactMatrix =>
    matrix.scale(Q.rational(1, instance.n), matrix.multiply(formMatrix(of, problem, at), matrix.transpose(Y)));
  const gramOf = (M: ExactMatrix): ExactMatrix => matrix.multiply(matrix.transpose(M), M);
  const [means, claimed] = [meansAt(point), meansAt(certificate.reference)];
  const interpreter = exactInterpreter(instance, new Map(Object.entries(point)));
  const verdicts = caseAt(revision, instance).conclusions.flatMap(({ id, statement }) => {
    const holds = ifExact(() => matrix.equals(interpreter.matrix(statement.left), interpreter.matrix(statement.right)));
    return holds === undefined ? [] : [{ id, holds }];
  });
  const isRectified = problem.layers === 2 && problem.activation === 'relu';
  return {
    of,
    gram: gramOf(means),
    claimedGram: gramOf(claimed),
    rank: exactRank(means),
    claimedRank: exactRank(claimed),
    broken: verdicts.filter((x) => !x.holds).map((x) => x.id),
    kept: verdicts.filter((x) => x.holds).map((x) => x.id),
    ...(isRectified ? { nuclear: nuclearNorms(exactPreActivations(problem, point)[0]) } : {}),
  };
}

const nuclearNorms = (X: ExactMatrix): { readonly before: number; readonly after: number } => {
  const norm = ({ rows, cols, entries }: ExactMatrix): number =>
    nuclearNorm(rows, cols, Float64Array.from(entries, Q.toNumber));
  return { before: norm(X), after: norm(matrix.relu(X)) };
};
