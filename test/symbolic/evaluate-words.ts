/** Words whose letters are replaced by exact matrices: the second way to the value of a statement. */
import * as M from '../../src/exact/matrix.js';
import type { ExactMatrix } from '../../src/exact/matrix.js';
import * as Q from '../../src/exact/rational.js';
import type { Rational } from '../../src/exact/rational.js';
import * as F from '../../src/symbolic/fraction.js';
import type { TraceScalar, WordMatrix } from '../../src/symbolic/trace-algebra.js';
import type { Word, WordTerm } from '../../src/symbolic/word.js';

/** What letters and coefficients stand for. */
export interface Interpretation {
  readonly letters: ReadonlyMap<string, ExactMatrix>;
  readonly values: ReadonlyMap<string, Rational>;
  readonly size: (dimension: string) => number;
}

const product = (word: Word, { letters }: Interpretation, start: ExactMatrix): ExactMatrix =>
  word.reduce((left, { name, transposed }) => {
    const letter = letters.get(name);
    if (letter === undefined) throw new Error(`no matrix for ${name}`);
    return M.multiply(left, transposed ? M.transpose(letter) : letter);
  }, start);

/** tr(word): the first letter says how many rows the product has. */
const traceOf = (cycle: Word, given: Interpretation): Rational => {
  const [{ name, transposed }] = cycle;
  const first = given.letters.get(name);
  if (first === undefined) throw new Error(`no matrix for ${name}`);
  return M.trace(product(cycle, given, M.identity(transposed ? first.cols : first.rows)));
};

const factorOf = ({ coefficient, traces }: WordTerm, given: Interpretation): Rational =>
  traces.reduce((total, cycle) => Q.multiply(total, traceOf(cycle, given)), F.evaluate(coefficient, given.values));

export const scalarOfWords = (x: TraceScalar, given: Interpretation): Rational =>
  [...x.terms.values()].reduce((total, term) => Q.add(total, factorOf(term, given)), Q.ZERO);

export const matrixOfWords = (x: WordMatrix, given: Interpretation): ExactMatrix => {
  const [rows, cols] = [given.size(x.type.rows), given.size(x.type.cols)];
  return [...x.terms.values()].reduce(
    (total, term) => M.add(total, M.scale(factorOf(term, given), product(term.word, given, M.identity(rows)))),
    M.zeros(rows, cols),
  );
};
