/**
 * The step of a proof that a counterexample with two layers breaks, certified at its own pre-activations: σ has
 * enlarged their nuclear norm. The weights and features of the point are the factors that bound ‖X‖_* from above, so
 * that what the regularisation costs is compared with what the proof needs it to cost.
 */
import { contractions, costOfFactors } from '../../check/lemma/witnesses.js';
import { checkCertificate } from '../../exact/certificate/judge.js';
import type { Json } from '../../exact/certificate/json.js';
import { certificateText, completed } from '../../exact/certificate/write.js';
import * as M from '../../exact/matrix.js';
import type { ExactMatrix } from '../../exact/matrix.js';
import type { ExactPoint } from '../../exact/objective.js';
import * as Q from '../../exact/rational.js';
import type { Rational } from '../../exact/rational.js';
import { nuclearNorm } from '../../numeric/dense.js';
import { simplestBetween } from '../../exact/simplest.js';

/** ‖σ(X)‖_* ≥ `least` > `most` ≥ ‖X‖_* for the X of the certificate. */
export interface EnlargedNorm {
  /** The certificate. */
  readonly text: string;
  readonly sentence: string;
  readonly X: ExactMatrix;
  /** Of spectral norm at most 1. */
  readonly Q: ExactMatrix;
  readonly least: Rational;
  readonly most: Rational;
  readonly margin: Rational;
}

export interface EnlargedNormLabels {
  readonly theorem: string;
  readonly revision: string;
  readonly provenance: ReadonlyMap<string, Json>;
}

/** Larger matrices are left alone: the semidefiniteness of K × K matrices is decided many times. */
const MOST_ENTRIES = 600;

/** The coarse Q keeps this share of what there is between the two sides. */
const SHARE = 0.5;

/** The certificate for X̄ = W₁H̄₁ of a collapsed point; undefined where none is found, as where σ enlarges nothing. */
export function enlargedNorm(
  labels: EnlargedNormLabels,
  { W1, H1 }: Pick<ExactPoint, 'W1' | 'H1'>,
  samples: number,
): EnlargedNorm | undefined {
  const means = M.map(M.zeros(H1.rows, H1.cols / samples), (_, row, col) => M.entry(H1, row, col * samples));
  if (W1.rows * means.cols > MOST_ENTRIES) return undefined;
  const X = M.multiply(W1, means);
  const A = M.relu(X);
  if (M.isZero(A)) return undefined;
  const { U, V } = balanced(W1, means);
  const most = costOfFactors({ U, V });
  const gap = nuclearNorm(A.rows, A.cols, Float64Array.from(A.entries, Q.toNumber)) - Q.toNumber(most);
  if (!(gap > 0)) return undefined;
  const wanted = Q.add(most, Q.fromNumber(SHARE * gap));
  const lower = (candidate: ExactMatrix): Rational => M.innerProduct(A, candidate);
  const [contraction] = contractions(A, (candidate) => Q.compare(lower(candidate), wanted) >= 0);
  if (contraction === undefined) return undefined;
  const text = certificateText(
    completed({
      theorem: stepOf(labels.theorem),
      revision: labels.revision,
      provenance: labels.provenance,
      violation: 'inequality',
      claim: { left: 'nuclear(sigma(X))', right: 'nuclear(X)' },
      X,
      Q: contraction,
      U,
      V,
    }),
  );
  const judgement = checkCertificate(text);
  if (!judgement.accepted) return undefined;
  const { sentence, value, bound, margin } = judgement;
  return { text, sentence, X, Q: contraction, least: bound, most: value, margin };
}

/** The label of certificates about the step ‖σ(X)‖_* ≤ ‖X‖_* in a proof of a theorem. */
export const stepOf = (theorem: string): string => `${theorem}${STEP}`;

export const STEP = '/step';

/** W and H without the columns and rows that vanish, scaled by a simple fraction to about the same norm. */
function balanced(W: ExactMatrix, H: ExactMatrix): { readonly U: ExactMatrix; readonly V: ExactMatrix } {
  const used = Array.from({ length: W.cols }, (_, k) => k).filter(
    (k) => rowOf(M.transpose(W), k).some((x) => !Q.isZero(x)) && rowOf(H, k).some((x) => !Q.isZero(x)),
  );
  const [w, h] = [M.normSquared(W), M.normSquared(H)].map(Q.toNumber);
  const t = (h / w) ** 0.25;
  const factor = t > 0.95 && t < 1.05 ? Q.ONE : simplestBetween(Q.fromNumber(0.99 * t), Q.fromNumber(1.01 * t));
  const columns = M.exactMatrix(used.length, W.rows, used.flatMap((k) => rowOf(M.transpose(W), k)));
  const rows = M.exactMatrix(used.length, H.cols, used.flatMap((k) => rowOf(H, k)));
  return { U: M.scale(factor, M.transpose(columns)), V: M.scale(Q.inverse(factor), rows) };
}

const rowOf = ({ cols, entries }: ExactMatrix, row: number): readonly Rational[] =>
  entries.slice(row * cols, (row + 1) * cols);
