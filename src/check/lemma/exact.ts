/** A lemma in exact arithmetic, at small rational matrices: for statements without roots and singular values. */
import { UsageError } from '../../errors.js';
import { ExactError } from '../../exact/error.js';
import * as M from '../../exact/matrix.js';
import type { NuclearNorm } from '../../exact/certificate/schema.js';
import type { ExactMatrix } from '../../exact/matrix.js';
import { compareThinNuclearNorms, isThin, thinNuclearNormSquared } from '../../exact/thin.js';
import * as Q from '../../exact/rational.js';
import { exactInterpreter } from '../../theorem/evaluate-exact.js';
import type { Instance } from '../../theorem/instance.js';
import { type Lemma, statementOf } from '../../theorem/lemma/contract.js';
import { claimOfLemma } from './certify.js';
import { lemmaLayout } from './layout.js';
import { lemmaStream } from './points.js';

/** Whether the statement holds at one point, in exact arithmetic. */
export interface ExactVerdict {
  readonly holds: boolean;
  /** Both sides: rationals, or where they are roots, what they are to double precision. */
  readonly left: string;
  readonly right: string;
  readonly rounded?: true;
  readonly point: Readonly<Record<string, readonly (readonly string[])[]>>;
}

const LARGEST = 4;
const FINEST = 3;
/** Of square roots that are shown; nothing is decided by them. */
const BITS = 80;

const drawn = (lemma: Lemma, instance: Instance, seed: number, index: number): Map<string, ExactMatrix> => {
  const stream = lemmaStream(lemma, instance, seed, 'exact', index);
  const finest = index % 2 === 0 ? 1 : FINEST;
  const entry = (): Q.Rational => Q.rational(stream.integer(-LARGEST, LARGEST), stream.integer(1, finest));
  return new Map(
    lemmaLayout(lemma, instance).slots.map(({ name, rows, cols }) => [name, M.map(M.zeros(rows, cols), entry)]),
  );
};

/** Two nuclear norms compared without their singular values, where the matrix has two rows or columns at most. */
const thinAt = (
  lemma: Lemma,
  [X]: readonly ExactMatrix[],
): Omit<ExactVerdict, 'point'> | undefined => {
  const claim = claimOfLemma(lemma);
  if (claim === undefined || X === undefined || !isThin(X)) return undefined;
  const of = (norm: NuclearNorm): ExactMatrix => (norm === 'nuclear(X)' ? X : M.relu(X));
  const holds = compareThinNuclearNorms(of(claim.left), of(claim.right)) <= 0;
  const about = (norm: NuclearNorm): string => {
    const { lower, upper } = thinNuclearNormSquared(of(norm), BITS);
    return String(Math.sqrt(Q.toNumber(Q.divide(Q.add(lower, upper), Q.rational(2)))));
  };
  return { holds, left: about(claim.left), right: about(claim.right), rounded: true };
};

/** The statement at a rational point; undefined for irrational or undefined sides. */
export const exactAt = (lemma: Lemma, instance: Instance, seed: number, index: number): ExactVerdict | undefined => {
  const letters = drawn(lemma, instance, seed, index);
  const point = Object.fromEntries([...letters].map(([name, x]) => [name, M.toStrings(x)]));
  const thin = thinAt(lemma, [...letters.values()]);
  if (thin !== undefined) return { ...thin, point };
  const statement = statementOf(lemma);
  const { scalar, matrix } = exactInterpreter(instance, letters);
  try {
    if (statement.kind === 'equal') {
      const [left, right] = [matrix(statement.left), matrix(statement.right)];
      const norms = [left, right].map((x) => Q.format(M.normSquared(x)));
      return { holds: M.equals(left, right), left: norms[0] ?? '', right: norms[1] ?? '', point };
    }
    const [left, right] = [scalar(statement.left), scalar(statement.right)];
    const order = Q.compare(left, right);
    const holds = statement.kind === 'leq' ? order <= 0 : order === 0;
    return { holds, left: Q.format(left), right: Q.format(right), point };
  } catch (error) {
    // IrrationalError is a UsageError: a root, or a singular value, was met.
    if (error instanceof UsageError || error instanceof ExactError) return undefined;
    throw error;
  }
};
