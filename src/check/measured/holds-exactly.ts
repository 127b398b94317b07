/**
 * Whether a proposition holds at an exact point, decided in rational arithmetic: matrices are compared entry by entry,
 * numbers by enclosures. A nuclear norm is exact where a known frame is a polar factor of its matrix, or where the
 * matrix has two rows or columns; else it lies between the bounds of rational witnesses, which decide what is strict.
 * What is not decided (two irrational numbers that may be equal) is undefined, never guessed.
 */
import { ExactError } from '../../exact/error.js';
import * as I from '../../exact/interval.js';
import type { Interval } from '../../exact/interval.js';
import * as M from '../../exact/matrix.js';
import type { ExactMatrix } from '../../exact/matrix.js';
import { nuclearNormByPolar } from '../../exact/nuclear.js';
import * as Q from '../../exact/rational.js';
import { compareThinNuclearNorms, isThin, thinNuclearNormSquared } from '../../exact/thin.js';
import type { Proposition } from '../../symbolic/expression.js';
import { type Interpreter, interpreter } from '../../symbolic/interpret.js';
import { IrrationalError, exactAlgebra } from '../../theorem/evaluate-exact.js';
import { type Instance, compareIntervals, pointValues, scalarEnclosures } from '../../theorem/instance.js';
import { contractions, costOfFactors, factorisations } from '../lemma/witnesses.js';

/** Bits of the enclosures of square roots. */
const BITS = 128;

/** A point, and the frames that it was made from. */
export interface ExactMember {
  readonly instance: Instance;
  readonly blocks: ReadonlyMap<string, ExactMatrix>;
  readonly frames: ReadonlyMap<string, ExactMatrix>;
}

/** ‖X‖_*, by a frame that is a polar factor of X; undefined where none is. */
const byPolar = (frames: ReadonlyMap<string, ExactMatrix>, x: ExactMatrix): Q.Rational | undefined => {
  if (M.isZero(x)) return Q.ZERO;
  for (const q of frames.values()) {
    if (q.rows !== x.rows || q.cols !== x.cols) continue;
    const norm = nuclearNormByPolar(x, q);
    if (norm !== undefined) return norm;
  }
  return undefined;
};

/** The columns of class means of X, where X is constant in every class: then ‖X‖_* is √n times that of the means. */
const classMeans = ({ K, n }: Instance, x: ExactMatrix): ExactMatrix | undefined => {
  if (x.cols !== K * n) return undefined;
  const means = M.map(M.zeros(x.rows, K), (_, row, col) => M.entry(x, row, col * n));
  const isConstant = x.entries.every((value, index) =>
    Q.equals(value, M.entry(means, Math.floor(index / x.cols), Math.floor((index % x.cols) / n))),
  );
  return isConstant ? means : undefined;
};

/** Norms of two matrices, both exact after division by √n; undefined where they are not. */
const orderOfNorms = ({ instance, frames }: ExactMember, x: ExactMatrix, y: ExactMatrix): -1 | 0 | 1 | undefined => {
  if (M.equals(x, y)) return 0;
  const [left, right] = [x, y].map((each) => {
    const means = classMeans(instance, each);
    return means === undefined ? undefined : byPolar(frames, means);
  });
  if (left !== undefined && right !== undefined) return Q.compare(left, right);
  return isThin(x) && isThin(y) ? compareThinNuclearNorms(x, y) : undefined;
};

const encloseNorm = ({ instance, frames }: ExactMember, x: ExactMatrix): Interval => {
  const itself = byPolar(frames, x);
  if (itself !== undefined) return I.point(itself);
  const means = classMeans(instance, x);
  const ofMeans = means === undefined ? undefined : byPolar(frames, means);
  if (ofMeans !== undefined) {
    return I.multiply(I.point(ofMeans), I.squareRoot(I.point(Q.rational(instance.n)), BITS));
  }
  if (isThin(x)) return I.squareRoot(thinNuclearNormSquared(x, BITS), BITS);
  let [lower, upper] = [Q.ZERO, undefined as Q.Rational | undefined];
  for (const q of contractions(x)) lower = Q.maximum(lower, M.innerProduct(x, q));
  for (const factors of factorisations(x)) {
    const cost = costOfFactors(factors);
    upper = upper === undefined ? cost : Q.minimum(upper, cost);
  }
  if (upper === undefined) throw new IrrationalError('a nuclear norm has no bound here', 'It is measured.');
  return I.interval(lower, upper);
};

/** Statements with enclosures for numbers; what is scaled by an irrational number is not decided. */
const enclosing = (member: ExactMember): Interpreter<Interval, ExactMatrix> => {
  const { instance, blocks } = member;
  return interpreter<Interval, ExactMatrix>({
    ...exactAlgebra(instance, blocks),
    ...scalarEnclosures(pointValues(instance), BITS),
    normSquared: (of) => I.point(M.normSquared(of)),
    trace: (of) => I.point(M.trace(of)),
    nuclearNorm: (of) => encloseNorm(member, of),
    scaled: (factor, of) => {
      if (!Q.equals(factor.lower, factor.upper)) {
        throw new IrrationalError('a matrix is scaled by an irrational number', 'It is measured in floating point.');
      }
      return M.scale(factor.lower, of);
    },
  });
};

/** The order of two numbers as one of two sides that are known to be in that order. */
const orderedSides = (order: -1 | 0 | 1): readonly [Interval, Interval] => [
  I.point(Q.rational(order)),
  I.point(Q.ZERO),
];

const decide = (member: ExactMember, statement: Proposition): boolean | undefined => {
  const { scalar, matrix } = enclosing(member);
  switch (statement.kind) {
    case 'and': {
      const parts = statement.parts.map((x) => holdsExactly(member, x));
      if (parts.includes(false)) return false;
      return parts.includes(undefined) ? undefined : true;
    }
    case 'equal':
      return M.equals(matrix(statement.left), matrix(statement.right));
    case 'differs':
      return !M.equals(matrix(statement.left), matrix(statement.right));
    default: {
      const { kind, left, right } = statement;
      if (left.kind === 'nuclearNorm' && right.kind === 'nuclearNorm') {
        const order = orderOfNorms(member, matrix(left.of), matrix(right.of));
        if (order !== undefined) return compareIntervals(kind, ...orderedSides(order));
      }
      return compareIntervals(kind, scalar(left), scalar(right));
    }
  }
};

/** Whether the statement holds at the member: true, false, or not decided. */
export const holdsExactly = (member: ExactMember, statement: Proposition): boolean | undefined => {
  try {
    return decide(member, statement);
  } catch (error) {
    // Something irrational, or a division by what an enclosure cannot tell from zero.
    if (error instanceof IrrationalError || error instanceof ExactError) return undefined;
    throw error;
  }
};
