/**
 * Second opinions on the symbolic part, from programs that share no code with it. They can only object: agreement adds
 * nothing to a proof, a disagreement stops the run.
 */
import { createRequire } from 'node:module';
import type * as MathJs from 'mathjs';
import type { MathJsInstance } from 'mathjs';
import { InternalError } from '../errors.js';
import { exactMatrix, type ExactMatrix } from '../exact/matrix.js';
import { exactGradient } from '../exact/objective.js';
import * as Q from '../exact/rational.js';
import { createStream } from '../numeric/random.js';
import { interpreter } from '../symbolic/interpret.js';
import type { Revision } from '../theorem/contract.js';
import { nerdamerConfirms } from './claim/identity-witness.js';
import { algebraOf, examineInWords } from './proof.js';
import { rememberedBy } from './remember.js';

export interface SecondOpinion {
  readonly from: string;
  readonly about: string;
  readonly confirmed: number;
  readonly of: number;
}

/** Sizes at which the objective is written out in scalars for mathjs. */
const TINY = { K: 2, n: 1, d: 1 };

type TextMatrix = readonly (readonly string[])[];

const table = (rows: number, cols: number, entry: (i: number, j: number) => string): TextMatrix =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (__, j) => entry(i, j)));

const at = (x: TextMatrix, i: number, j: number): string => x[i]?.[j] ?? '0';
const rowsOf = (x: TextMatrix): number => x.length;
const colsOf = (x: TextMatrix): number => x[0]?.length ?? 0;
const plus = (terms: readonly string[]): string => `(${terms.join('+')})`;

const noFormula = (): never => {
  throw new InternalError('this objective has no polynomial formula');
};

/** The objective at tiny sizes as a formula in the entries of its blocks, in text made of our own names only. */
const writtenOut = ({ problem }: Revision): string => {
  const size = (dimension: string): number =>
    ({ K: TINY.K, d: TINY.d, N: TINY.K * TINY.n, n: TINY.n, '1': 1 })[dimension] ?? 1;
  const { scalar } = interpreter<string, TextMatrix>({
    number: (value) => `(${Q.format(value)})`,
    symbol: (node) => (node.role === 'size' ? String(size(node.name)) : node.name),
    root: noFormula,
    sum: plus,
    product: (factors) => factors.map((x) => `(${x})`).join('*'),
    quotient: (over, under) => `((${over})/(${under}))`,
    power: (base, exponent) => `((${base})^${exponent})`,
    squareRoot: (of) => `sqrt(${of})`,
    normSquared: (of) => plus(of.flat().map((x) => `(${x})^2`)),
    trace: (of) => plus(of.map((_, i) => at(of, i, i))),
    nuclearNorm: noFormula,
    minimum: noFormula,
    positivePart: noFormula,
    letter: ({ name, rows, cols }) => table(size(rows), size(cols), (i, j) => `${name}_${i}_${j}`),
    labels: () => table(TINY.K, TINY.K * TINY.n, (i, j) => (Math.floor(j / TINY.n) === i ? '1' : '0')),
    identity: (dimension) => table(size(dimension), size(dimension), (i, j) => (i === j ? '1' : '0')),
    ones: (dimension) => table(size(dimension), 1, () => '1'),
    zeros: (rows, cols) => table(size(rows), size(cols), () => '0'),
    matrixSum: (terms) => {
      const [first = []] = terms;
      return table(rowsOf(first), colsOf(first), (i, j) => plus(terms.map((x) => at(x, i, j))));
    },
    matrixProduct: (factors) =>
      factors.reduce((x, y) =>
        table(rowsOf(x), colsOf(y), (i, j) => plus(y.map((_, k) => `(${at(x, i, k)})*(${at(y, k, j)})`))),
      ),
    scaled: (factor, of) => table(rowsOf(of), colsOf(of), (i, j) => `(${factor})*(${at(of, i, j)})`),
    transpose: (of) => table(colsOf(of), rowsOf(of), (i, j) => at(of, j, i)),
    relu: noFormula,
    inverse: noFormula,
  });
  return scalar(problem.objective);
};

let mathjs: MathJsInstance | undefined;

/** mathjs, loaded where it is first asked and from its one-file build: the entry of its package takes 1.5 s to load. */
const loadMathjs = (): MathJsInstance => {
  if (mathjs !== undefined) return mathjs;
  const { create, all } = createRequire(import.meta.url)('mathjs/lib/browser/math.js') as typeof MathJs;
  return (mathjs = create(all, { number: 'Fraction' }));
};

/** mathjs differentiates the objective written out; its partial derivatives must be our exact gradient. */
const mathjsOnGradient = (revision: Revision): SecondOpinion => {
  const math = loadMathjs();
  const tree = math.parse(writtenOut(revision));
  const stream = createStream('mathjs');
  const { K, n, d } = TINY;
  const lambda = Object.fromEntries(
    Object.keys(revision.problem.lambda).map((block, k): [string, Q.Rational] => [block, Q.rational(k + 1, k + 3)]),
  );
  const size = (dimension: string): number => ({ K, d, N: K * n, '1': 1 })[dimension] ?? 1;
  const point = Object.fromEntries(
    revision.problem.blocks.map((x): [string, ExactMatrix] => {
      const [rows, cols] = [size(x.rows), size(x.cols)];
      return [
        x.name,
        exactMatrix(
          rows,
          cols,
          Array.from({ length: rows * cols }, () => Q.rational(stream.integer(-5, 5), 2)),
        ),
      ];
    }),
  );
  const gradient = exactGradient(
    {
      ...revision.problem.spec,
      K,
      widths: Array.from({ length: revision.problem.spec.layers }, () => d),
      classSizes: Array.from({ length: K }, () => n),
      lambda,
    },
    point,
  );
  const scope = new Map<string, unknown>();
  for (const [block, x] of Object.entries(lambda)) scope.set(`lambda_${block}`, math.fraction(Q.format(x)));
  for (const [name, x] of Object.entries(point)) {
    x.entries.forEach((entry, k) =>
      scope.set(`${name}_${Math.floor(k / x.cols)}_${k % x.cols}`, math.fraction(Q.format(entry))),
    );
  }
  let confirmed = 0;
  for (const [name, x] of Object.entries(gradient)) {
    x.entries.forEach((ours, k) => {
      const variable = `${name}_${Math.floor(k / x.cols)}_${k % x.cols}`;
      const theirs: unknown = math.derivative(tree, variable, { simplify: false }).evaluate(scope);
      if (!math.equal(theirs as never, math.fraction(Q.format(ours)))) {
        throw new InternalError(
          `mathjs differentiates the objective by ${variable} to ${String(theirs)}, we to ${Q.format(ours)}`,
        );
      }
      confirmed += 1;
    });
  }
  return { from: 'mathjs', about: 'partial derivatives of the objective', confirmed, of: confirmed };
};

const remembered = rememberedBy<SecondOpinion>();

/** All second opinions on a revision; @throws InternalError at the first disagreement */
export const secondOpinions = (revision: Revision): SecondOpinion[] => {
  const opinions: SecondOpinion[] = [];
  if (revision.problem.spec.activation === 'linear') {
    opinions.push(remembered([revision.problem], () => mathjsOnGradient(revision)));
  }
  for (const home of revision.cases) {
    // Asked only about what the words found to vanish; what they reject is reported by the identity check.
    if (home.proof === undefined || examineInWords(revision, home)?.identity.length !== 0) continue;
    opinions.push(
      remembered([...algebraOf(revision, home), home], () => {
        const { of, confirmed } = nerdamerConfirms(revision, home);
        return { from: 'nerdamer', about: `coefficients of the identity, case ${home.id}`, confirmed, of };
      }),
    );
  }
  return opinions;
};
