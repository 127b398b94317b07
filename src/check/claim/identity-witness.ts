/**
 * Second opinions on an identity: exact evaluation at random rational matrices, and nerdamer's expansion of every
 * coefficient. Neither shares code with the words; a disagreement is a defect of the tool and stops the run.
 */
import nerdamer from 'nerdamer';
import { InternalError } from '../../errors.js';
import { exactMatrix, type ExactMatrix } from '../../exact/matrix.js';
import * as Q from '../../exact/rational.js';
import * as I from '../../exact/interval.js';
import { createStream, type Stream } from '../../numeric/random.js';
import { add, mul, normSquared, sub } from '../../symbolic/build.js';
import type { Scalar } from '../../symbolic/expression.js';
import { type Fraction, variablesOf } from '../../symbolic/fraction.js';
import type { Polynomial } from '../../symbolic/polynomial.js';
import type { Case, Revision } from '../../theorem/contract.js';
import { IrrationalError, dimensionSizes, exactInterpreter } from '../../theorem/evaluate-exact.js';
import { type Instance, describeInstance, intervalInterpreter } from '../../theorem/instance.js';
import { examineProof } from '../proof.js';

const SAMPLES = 4;

// By default it gives up after 0.8 s, and what is reported would depend on the machine.
nerdamer.set('TIMEOUT', 120_000);

/** f − value − Σ a‖A‖², as one scalar. */
const gapOf = ({ problem }: Revision, { value, proof }: Case): Scalar =>
  sub(
    problem.objective,
    add(value, ...Object.values(proof?.squares ?? {}).map(({ coefficient, of }) => mul(coefficient, normSquared(of)))),
  );

const smallRational = (stream: Stream): Q.Rational => Q.rational(stream.integer(1, 9), stream.integer(1, 6));

const randomInstance = ({ parametrisation, problem }: Revision, stream: Stream): Instance | undefined => {
  const [K, n, d] = [stream.integer(1, 3), stream.integer(1, 3), stream.integer(1, 3)];
  const sizes = new Map(Object.entries({ K, n, d }).map(([name, x]) => [name, I.point(Q.rational(x))]));
  if (parametrisation === undefined) {
    const lambda = Object.keys(problem.lambda).map((block) => [block, Q.format(smallRational(stream))]);
    return { K, n, d, lambda: Object.fromEntries(lambda) as Record<string, string> };
  }
  for (const { symbol } of parametrisation.generators) sizes.set(symbol.name, I.point(smallRational(stream)));
  const { scalar } = intervalInterpreter(sizes, 64);
  const lambda = Object.entries(parametrisation.parameters).map(
    ([block, formula]) => [block, scalar(formula)] as const,
  );
  if (lambda.some(([, x]) => !Q.equals(x.lower, x.upper) || Q.sign(x.lower) <= 0)) return undefined;
  return { K, n, d, lambda: Object.fromEntries(lambda.map(([block, x]) => [block, Q.format(x.lower)])) };
};

const randomMatrix = (stream: Stream, rows: number, cols: number): ExactMatrix =>
  exactMatrix(
    rows,
    cols,
    Array.from({ length: rows * cols }, () => Q.rational(stream.integer(-4, 4), stream.integer(1, 3))),
  );

/**
 * A point at which the identity fails, as text; undefined where it held at every sample. `claimed` says what the words
 * found; @throws InternalError if arithmetic contradicts them
 */
export const identityWitness = (revision: Revision, home: Case, claimed: boolean): string | undefined => {
  const gap = gapOf(revision, home);
  const stream = createStream('identity', home.id);
  let sampled = 0;
  for (let trial = 0; trial < 20 * SAMPLES && sampled < SAMPLES; trial++) {
    const instance = randomInstance(revision, stream);
    if (instance === undefined) continue;
    const size = dimensionSizes(instance);
    const letters = new Map(
      revision.problem.blocks.map((x) => [x.name, randomMatrix(stream, size(x.rows), size(x.cols))]),
    );
    let difference;
    try {
      difference = exactInterpreter(instance, letters).scalar(gap);
    } catch (error) {
      if (error instanceof IrrationalError) continue;
      throw error;
    }
    sampled += 1;
    if (!Q.isZero(difference)) {
      const at = `${describeInstance(instance)} and random rational matrices`;
      const where = `${at} the two sides differ by ${Q.format(difference)}`;
      if (claimed) throw new InternalError(`words and arithmetic disagree on an identity: at ${where}`);
      return where;
    }
  }
  return undefined;
};

const polynomialText = (p: Polynomial, names: ReadonlyMap<string, string>): string =>
  [...p.terms.values()]
    .map(({ monomial, coefficient }) =>
      [`(${Q.format(coefficient)})`, ...monomial.map(([name, k]) => `${names.get(name) ?? name}^${k}`)].join('*'),
    )
    .join('+') || '0';

/** Contributions over their common denominator, as text with neutral names: nerdamer reserves some of ours. */
const clearedText = (contributions: readonly Fraction[]): string => {
  const variables = [...new Set(contributions.flatMap((x) => variablesOf(x)))];
  const names = new Map(variables.map((name, index) => [name, `g${index + 1}`]));
  const denominators = contributions.map((x) => polynomialText(x.denominator, names));
  const distinct = [...new Set(denominators)];
  return contributions
    .map((x, index) => {
      const others = distinct.filter((below) => below !== denominators[index]).map((below) => `(${below})`);
      return [`(${polynomialText(x.numerator, names)})`, ...others].join('*');
    })
    .join('+');
};

/** How many coefficients nerdamer confirmed; @throws InternalError if it expands one to something else than zero */
const askNerdamer = (revision: Revision, home: Case): number => {
  let confirmed = 0;
  for (const contributions of examineProof(revision, home)?.contributions ?? []) {
    // A root is more than its letter to us and no more than its letter to nerdamer: it is not asked about those.
    if (contributions.some((x) => variablesOf(x).some((name) => /^root\d+$/.test(name)))) continue;
    let expanded: string;
    try {
      // Text made here from integers and neutral names; nothing that a file says reaches the parser.
      expanded = nerdamer(`expand(${clearedText(contributions)})`).toString();
    } catch {
      continue; // Beyond what it can expand: no second opinion on this coefficient.
    }
    if (expanded !== '0') throw new InternalError(`nerdamer expands a coefficient that should vanish to ${expanded}`);
    confirmed += 1;
  }
  nerdamer.flush();
  return confirmed;
};

/** Coefficients of an identity, and how many of them nerdamer confirms to vanish. */
export const nerdamerConfirms = (
  revision: Revision,
  home: Case,
): { readonly of: number; readonly confirmed: number } => ({
  of: examineProof(revision, home)?.contributions.length ?? 0,
  confirmed: askNerdamer(revision, home),
});
