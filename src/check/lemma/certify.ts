/**
 * From matrices that break an inequality between nuclear norms to a certificate: rational witnesses that need no
 * singular value.
 *
 * The larger norm gets a contraction near its polar factor, the smaller one a factorisation, both rounded to the
 * smallest denominator that keeps the gap open. Whether the result certifies anything is for the exact checker to say.
 */
import type { InequalityClaim, NuclearNorm } from '../../exact/certificate/schema.js';
import { certificateText, completed } from '../../exact/certificate/write.js';
import * as M from '../../exact/matrix.js';
import type { ExactMatrix } from '../../exact/matrix.js';
import * as Q from '../../exact/rational.js';
import type { Matrix, Scalar } from '../../symbolic/expression.js';
import { type Lemma, fullLemmaId, statementOf } from '../../theorem/lemma/contract.js';
import { contractions, costOfFactors, factorisations } from './witnesses.js';

const isBlock = (x: Matrix, name: string): boolean => x.kind === 'block' && x.name === name;

const nuclearNormIn = (x: Scalar, name: string): NuclearNorm | undefined => {
  if (x.kind !== 'nuclearNorm') return undefined;
  if (isBlock(x.of, name)) return 'nuclear(X)';
  return x.of.kind === 'relu' && isBlock(x.of.of, name) ? 'nuclear(sigma(X))' : undefined;
};

/** What a lemma claims in the vocabulary of certificates; undefined where they have no words for it. */
export const claimOfLemma = (lemma: Lemma): InequalityClaim | undefined => {
  const statement = statementOf(lemma);
  const [only, other] = lemma.matrices;
  if (statement.kind !== 'leq' || only === undefined || other !== undefined) return undefined;
  const [left, right] = [nuclearNormIn(statement.left, only.name), nuclearNormIn(statement.right, only.name)];
  return left === undefined || right === undefined ? undefined : { left, right };
};

/**
 * The text of a certificate that the claim is broken at X, with the smallest witnesses that show it; undefined where
 * none of those tried does.
 */
export const inequalityCertificate = (
  lemma: Lemma,
  claim: InequalityClaim,
  X: ExactMatrix,
  provenance: Readonly<Record<string, string | number>>,
): string | undefined => {
  const matrixOf = (norm: NuclearNorm): ExactMatrix => (norm === 'nuclear(X)' ? X : M.relu(X));
  const larger = matrixOf(claim.left);
  const lower = (candidate: ExactMatrix): Q.Rational => M.innerProduct(larger, candidate);
  const candidates = [...contractions(larger)];
  const pairs = [...factorisations(matrixOf(claim.right))].flatMap((split) => {
    const value = costOfFactors(split);
    // The first contraction that is fine enough is the shortest one.
    const contraction = candidates.find((x) => Q.compare(value, lower(x)) < 0);
    return contraction === undefined ? [] : [{ split, contraction }];
  });
  const length = ({ split, contraction }: (typeof pairs)[number]): number =>
    [split.U, split.V, contraction].flatMap((x) => x.entries).reduce((sum, x) => sum + Q.format(x).length, 0);
  const [first] = pairs;
  if (first === undefined) return undefined;
  const { split, contraction } = pairs.reduce((a, b) => (length(b) < length(a) ? b : a), first);
  return certificateText(
    completed({
      theorem: fullLemmaId(lemma),
      revision: 'current',
      violation: 'inequality',
      claim,
      X,
      Q: contraction,
      ...split,
      provenance: new Map(Object.entries(provenance)),
    }),
  );
};
