/**
 * What is true of the minimizers of one layer, in doubles, from the closed forms: whether a certified claim is. Shares
 * nothing with the checkers but the reading of the file.
 */
import type { Polynomial, Quotient } from '../../../src/exact/proof/polynomial.js';
import type { CaseProof, Proof } from '../../../src/exact/proof/schema.js';
import type { Matrix } from '../../../src/exact/proof/words.js';
import { toNumber } from '../../../src/exact/rational.js';
import type { Stream } from '../../../src/numeric/random.js';

type Values = ReadonlyMap<string, number>;
type Rows = readonly (readonly number[])[];

const ofPolynomial = (p: Polynomial, values: Values): number =>
  [...p.values()].reduce(
    (sum, { monomial, coefficient }) =>
      sum + monomial.reduce((x, [name, exponent]) => x * values.get(name)! ** exponent, toNumber(coefficient)),
    0,
  );

const ofQuotient = (x: Quotient, values: Values): number =>
  [...x.denominator.values()].reduce(
    (value, { polynomial, exponent }) => value / ofPolynomial(polynomial, values) ** exponent,
    ofPolynomial(x.numerator, values),
  );

const table = (rows: number, cols: number, entry: (i: number, j: number) => number): Rows =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (__, j) => entry(i, j)));

const times = (a: Rows, b: Rows): Rows =>
  table(a.length, b[0]!.length, (i, j) => a[i]!.reduce((sum, x, k) => sum + x * b[k]![j]!, 0));

const turned = (a: Rows): Rows => table(a[0]!.length, a.length, (i, j) => a[j]![i]!);

const scaled = (factor: number, a: Rows): Rows => a.map((row) => row.map((x) => factor * x));

/** d × K with orthonormal columns, by Gram and Schmidt. */
const randomFrame = (stream: Stream, d: number, K: number): Rows => {
  const columns: number[][] = [];
  while (columns.length < K) {
    const column = Array.from({ length: d }, () => stream.normal());
    for (const other of columns) {
      const along = other.reduce((sum, x, i) => sum + x * column[i]!, 0);
      other.forEach((x, i) => (column[i]! -= along * x));
    }
    const norm = Math.hypot(...column);
    columns.push(column.map((x) => x / norm));
  }
  return turned(columns);
};

const SHAPES = { K: 3, d: 4, n: 2, N: 6, '1': 1 } as const;

/** The largest error of what a proof claims, at random λ's of its cases and a random minimizer there. */
export function errorOf(proof: Proof, stream: Stream): number {
  const { K, n, d, N } = SHAPES;
  const draw = (): number => Math.exp(4 * stream.uniform() - 2) / K;
  const lambda = { W: draw(), H: draw() / n, b: draw() };
  const known = new Map<string, number>([
    ...Object.entries({ K, n, d }),
    ...Object.entries(lambda).map(([name, x]) => [`lambda_${name}`, x] as const),
  ]);
  const generators = [...proof.generators].map(([name, { value, isRoot }]): [string, number] => {
    const x = ofQuotient(value, known);
    return [name, isRoot ? Math.sqrt(x) : x];
  });
  const values = new Map([...known, ...generators]);

  const c = K * Math.sqrt(n * lambda.W * lambda.H);
  const s = Math.sqrt((n * lambda.H) / lambda.W);
  const { bias } = proof.model;
  const beta = bias === 'none' ? 1 : bias === 'free' ? 0 : lambda.b / (1 + lambda.b);
  // The shares of the labels that the outputs reach: across 1_K, and along it.
  const across = Math.max(0, 1 - c);
  const along = bias === 'none' ? across : beta > c ? 1 - c / beta : 0;
  const minimum = ((K - 1) / K) * (1 - across ** 2) * 0.5 + (beta / K) * (1 - along ** 2) * 0.5;

  const R = randomFrame(stream, d, K);
  const Y = table(K, N, (i, j) => (Math.floor(j / n) === i ? 1 : 0));
  const [a, m] = [Math.sqrt(across / s), Math.sqrt(along / s)];
  const inner = table(K, K, (i, j) => (i === j ? a : 0) + (m - a) / K);
  const blocks = new Map<string, Rows>([
    ['W', scaled(s, times(inner, turned(R)))],
    ['H', times(times(R, inner), Y)],
    ['b', table(K, 1, () => ((1 - along) * (1 - beta)) / K)],
    ['Y', Y],
    ['1', table(K, 1, () => 1)],
  ]);

  const ofMatrix = (x: Matrix, at: Values): Rows => {
    const [rows, cols] = [SHAPES[x.rows], SHAPES[x.cols]];
    return x.terms.reduce<Rows>((sum, { coefficient, word }) => {
      const product = word.reduce<Rows>(
        (left, letter) => times(left, blocks.get(letter) ?? turned(blocks.get(letter.slice(0, -1))!)),
        table(rows, rows, (i, j) => (i === j ? 1 : 0)),
      );
      const factor = ofQuotient(coefficient, at);
      return sum.map((row, i) => row.map((y, j) => y + factor * product[i]![j]!));
    }, table(rows, cols, () => 0));
  };

  const errors = proof.cases.filter((home) => holds(home, values)).flatMap((home) => {
    const roots = [...home.roots].map(([name, { value }]) => [name, Math.sqrt(ofQuotient(value, values))] as const);
    const at = new Map([...values, ...roots]);
    const gaps = home.conclusions.map(({ left, right }) => {
      const [one, two] = [ofMatrix(left.value, at), ofMatrix(right.value, at)];
      return Math.max(...one.flatMap((row, i) => row.map((x, j) => Math.abs(x - two[i]![j]!) / (1 + Math.abs(x)))));
    });
    return [Math.abs(ofQuotient(home.value.value, at) - minimum), ...gaps];
  });
  return Math.max(0, ...errors);
}

/** Whether the values are in the case, and not so close to its ends that rounding decides. */
const holds = ({ region: { generator, lower, upper } }: CaseProof, values: Values): boolean => {
  if (generator === undefined) return true;
  const x = values.get(generator)!;
  const above = lower === undefined || x > ofQuotient(lower.at, values) * (1 + 1e-9);
  return above && (upper === undefined || x < ofQuotient(upper.at, values) * (1 - 1e-9));
};
