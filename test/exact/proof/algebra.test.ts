/**
 * The algebra of proofs against plain numbers: normal forms of traces at exact matrices, arithmetic of quotients and
 * signs at random rational points.
 */
import { describe, expect, it } from 'vitest';
import { householderFrame } from '../../../src/exact/frame.js';
import * as matrix from '../../../src/exact/matrix.js';
import type { ExactMatrix } from '../../../src/exact/matrix.js';
import {
  add,
  fromPolynomial,
  multiply,
  negate,
  powerOf,
  quotientText,
  substitute,
} from '../../../src/exact/proof/polynomial.js';
import type { Polynomial, Quotient } from '../../../src/exact/proof/polynomial.js';
import { chartsOf, signOf } from '../../../src/exact/proof/signs.js';
import type { Region } from '../../../src/exact/proof/signs.js';
import { readQuotient } from '../../../src/exact/proof/text.js';
import {
  addTraces,
  alphabetOf,
  remainderOf,
  scaleTraces,
  shapeOf,
  survivors,
  traceOf,
  transposeWord,
} from '../../../src/exact/proof/words.js';
import type { Dimension, Word } from '../../../src/exact/proof/words.js';
import * as scalar from '../../../src/exact/rational.js';
import type { Rational } from '../../../src/exact/rational.js';
import { type Stream, createStream } from '../../../src/numeric/random.js';

type Values = ReadonlyMap<string, Rational>;

const valueOfPolynomial = (p: Polynomial, values: Values): Rational =>
  [...p.values()].reduce(
    (sum, { monomial, coefficient }) =>
      scalar.add(
        sum,
        monomial.reduce(
          (product, [name, exponent]) => scalar.multiply(product, scalar.power(values.get(name)!, exponent)),
          coefficient,
        ),
      ),
    scalar.ZERO,
  );

const valueOf = (x: Quotient, values: Values): Rational =>
  [...x.denominator.values()].reduce(
    (value, { polynomial, exponent }) =>
      scalar.divide(value, scalar.power(valueOfPolynomial(polynomial, values), exponent)),
    valueOfPolynomial(x.numerator, values),
  );

const positive = (stream: Stream): Rational => scalar.rational(stream.integer(1, 12), stream.integer(1, 12));
const pick = <T>(stream: Stream, items: readonly T[]): T => items[stream.integer(0, items.length - 1)]!;

describe('traces', () => {
  const alphabet = alphabetOf(
    new Map([
      ['W', { rows: 'K', cols: 'd' }],
      ['H', { rows: 'd', cols: 'N' }],
      ['b', { rows: 'K', cols: '1' }],
      ['V', { rows: 'd', cols: 'd' }],
    ]),
    new Map([
      ['R', 'orthonormal'],
      ['F', 'centred'],
    ]),
  );
  const sizes = { K: 3, n: 2, d: 4, N: 6, '1': 1 } as const;
  const letters = ['W', 'H', 'b', 'V', 'R', 'F', 'Y', '1'].flatMap((name) => [name, `${name}'`]);

  const matrices = (stream: Stream): ReadonlyMap<string, ExactMatrix> => {
    const free = (rows: number, cols: number): ExactMatrix =>
      matrix.map(matrix.zeros(rows, cols), () => scalar.rational(stream.integer(-3, 3), stream.integer(1, 2)));
    const vector = (): number[] => [1, ...Array.from({ length: sizes.d - 1 }, () => stream.integer(-2, 2))];
    const centring = matrix.map(matrix.identity(sizes.K), (x) => scalar.subtract(x, scalar.rational(1, sizes.K)));
    const given = new Map([
      ['W', free(sizes.K, sizes.d)],
      ['H', free(sizes.d, sizes.N)],
      ['b', free(sizes.K, 1)],
      ['V', free(sizes.d, sizes.d)],
      ['R', householderFrame(sizes.d, sizes.K, [vector(), vector()])],
      ['F', matrix.multiply(householderFrame(sizes.d, sizes.K, [vector()]), centring)],
      ['Y', matrix.map(matrix.zeros(sizes.K, sizes.N), (_, k, i) => scalar.rational(Math.floor(i / 2) === k ? 1 : 0))],
      ['1', matrix.ones(sizes.K, 1)],
    ]);
    return new Map([...given, ...[...given].map(([name, x]) => [`${name}'`, matrix.transpose(x)] as const)]);
  };

  const product = (word: Word, dimension: Dimension, values: ReadonlyMap<string, ExactMatrix>): ExactMatrix =>
    word.reduce((left, letter) => matrix.multiply(left, values.get(letter)!), matrix.identity(sizes[dimension]));

  /** A word of neighbours that fit, from one dimension to another. */
  const randomWord = (stream: Stream, from: Dimension, to: Dimension): Word => {
    for (;;) {
      const word: string[] = [];
      let at: Dimension = from;
      for (let left = stream.integer(0, 7); left > 0 || (at !== to && word.length < 12); left -= 1) {
        const letter = pick(stream, letters.filter((x) => shapeOf(alphabet, x).rows === at));
        word.push(letter);
        at = shapeOf(alphabet, letter).cols;
      }
      if (at === to) return word;
    }
  };

  it('have the value of their normal form', () => {
    const stream = createStream(31, 'traces');
    const values: Values = new Map(Object.entries(sizes).map(([name, size]) => [name, scalar.rational(size)]));
    let shorter = 0;
    for (let k = 0; k < 200; k += 1) {
      const dimension = pick(stream, ['K', 'd', 'N', '1'] as const);
      const word = randomWord(stream, dimension, dimension);
      const given = matrices(stream);
      const coefficient = readQuotient('1', 'one', new Set());
      const normal = traceOf(alphabet, { rows: dimension, cols: dimension, terms: [{ coefficient, word }] });
      const sum = [...normal].reduce((total, [key, factor]) => {
        const cycles = key === '' ? [] : [...key.matchAll(/tr\(([^)]*)\)/g)].map(([, cycle = '']) => cycle.split(' '));
        const traces = cycles.map((cycle) =>
          matrix.trace(product(cycle, shapeOf(alphabet, cycle[0]!).rows, given)),
        );
        return scalar.add(total, traces.reduce(scalar.multiply, valueOf(factor, values)));
      }, scalar.ZERO);
      expect(scalar.format(sum), word.join(' ')).toBe(scalar.format(matrix.trace(product(word, dimension, given))));
      if (!normal.has(`tr(${word.join(' ')})`)) shorter += 1;
      // Rotations and the transpose have the same normal form.
      const turn = stream.integer(0, Math.max(0, word.length - 1));
      const turned = [...word.slice(turn), ...word.slice(0, turn)];
      const rows = turned[0] === undefined ? dimension : shapeOf(alphabet, turned[0]).rows;
      for (const same of [turned, transposeWord(turned)]) {
        const other = traceOf(alphabet, { rows, cols: rows, terms: [{ coefficient, word: same }] });
        const gap = addTraces(normal, scaleTraces(negate(coefficient), other));
        expect(survivors(gap, (x) => x), same.join(' ')).toEqual([]);
      }
    }
    expect(shorter).toBeGreaterThan(40);
  });

  it('tell a matrix that is zero from others', () => {
    const known = new Set(['K', 'n']);
    const left = (terms: Readonly<Record<string, string>>, rows: Dimension, cols: Dimension): number =>
      survivors(
        remainderOf(alphabet, {
          rows,
          cols,
          terms: Object.entries(terms).map(([word, text]) => ({
            coefficient: readQuotient(text, 'a coefficient', known),
            word: word.split(' '),
          })),
        }),
        (x) => x,
      ).length;
    expect(left({ "Y Y' W": '1', W: '-n' }, 'K', 'd')).toBe(0);
    expect(left({ "1 1' b b'": '1', "1 b' 1 b'": '-1' }, 'K', 'K')).toBe(0);
    expect(left({ "b 1' b": '1', "b b' 1": '-1' }, 'K', '1')).toBe(0);
    expect(left({ "F' F": '1', "R' R": '-1', "1 1'": '(1)/(K)' }, 'K', 'K')).toBe(0);
    expect(left({ "F F' F": '1', F: '-1' }, 'd', 'K')).toBe(0);
    expect(left({ "R R' R": '1', F: '-1' }, 'd', 'K')).toBe(2);
    expect(left({ "b 1'": '1', "1 b'": '-1' }, 'K', 'K')).toBe(2);
    expect(left({ "Y' Y": '1' }, 'N', 'N')).toBe(1);
    expect(left({ "R R'": '1' }, 'd', 'd')).toBe(1);
  });
});

const variables = ['K', 'c', 'g'];

const randomPolynomial = (stream: Stream, names: readonly string[]): string =>
  Array.from({ length: stream.integer(1, 4) }, () => {
    const powers = names.flatMap((name) => {
      const exponent = stream.integer(0, 2);
      return exponent === 0 ? [] : [`${name}^${exponent}`];
    });
    return [`${stream.uniform() < 0.4 ? '-' : ''}${stream.integer(1, 3)}/${stream.integer(1, 3)}`, ...powers].join('*');
  }).join(' + ');

const drawn = (stream: Stream): Values => new Map(variables.map((name) => [name, positive(stream)]));

it('computes with quotients as with numbers', () => {
  const stream = createStream(32, 'quotients');
  const read = (text: string): Quotient => readQuotient(text, 'a quotient', new Set(variables));
  for (let k = 0; k < 300; k += 1) {
    const [a = '', b = '', c = '', d = ''] = [0, 1, 2, 3].map(() => randomPolynomial(stream, variables));
    const values = drawn(stream);
    try {
      const [x, y] = [read(`(${a})/(${b})`), read(`(${c})/(${d})`)];
      const [u, v] = [valueOf(x, values), valueOf(y, values)];
      const same = (left: Quotient, right: Rational): void => {
        expect(scalar.format(valueOf(left, values))).toBe(scalar.format(right));
      };
      same(x, scalar.divide(valueOf(read(a), values), valueOf(read(b), values)));
      same(add(x, y), scalar.add(u, v));
      same(multiply(x, y), scalar.multiply(u, v));
      same(negate(powerOf(x, 3)), scalar.negate(scalar.power(u, 3)));
      const replaced = substitute(read(a).numerator, (name, power) => (name === 'c' ? powerOf(y, power) : undefined));
      same(replaced, valueOf(read(a), new Map([...values, ['c', v]])));
      // What is printed is read as the same number.
      if (quotientText(x).length < 4000) same(read(quotientText(x)), u);
    } catch (error) {
      // The draw may hit a zero of a denominator.
      expect(String(error)).toMatch(/division by zero|divides by zero/);
    }
  }
});

it('says no sign that does not hold at every point of the case', () => {
  const stream = createStream(33, 'signs');
  const bound = readQuotient('(g)/(1 + g)', 'a bound', new Set(['g']));
  const one = fromPolynomial(readQuotient('1', 'a bound', new Set()).numerator);
  const regions: readonly Region[] = [
    {},
    { generator: 'c', upper: { at: one, reached: true } },
    { generator: 'c', upper: { at: bound, reached: false } },
    { generator: 'c', lower: { at: one, reached: true } },
    { generator: 'c', lower: { at: bound, reached: false } },
    ...[true, false].flatMap((low) =>
      [true, false].map((high) => ({
        generator: 'c',
        lower: { at: bound, reached: low },
        upper: { at: one, reached: high },
      })),
    ),
  ];
  const holds: Readonly<Record<string, (sign: number) => boolean>> = {
    zero: (sign) => sign === 0,
    positive: (sign) => sign > 0,
    'non-negative': (sign) => sign >= 0,
    negative: (sign) => sign < 0,
    'non-positive': (sign) => sign <= 0,
    unknown: () => true,
  };
  /** A point of the region; an end that is reached is drawn often. */
  const pointOf = ({ generator, lower, upper }: Region): Values => {
    const values = drawn(stream);
    if (generator === undefined) return values;
    const low = lower === undefined ? scalar.ZERO : valueOf(lower.at, values);
    const high = upper === undefined ? scalar.add(low, scalar.rational(5)) : valueOf(upper.at, values);
    const share = scalar.rational(stream.integer(1, 9), 10);
    const dice = stream.uniform();
    const c =
      lower?.reached === true && dice < 0.3
        ? low
        : upper?.reached === true && dice > 0.7
          ? high
          : scalar.add(low, scalar.multiply(share, scalar.subtract(high, low)));
    return new Map([...values, [generator, c]]);
  };
  const seen = new Map<string, number>();
  const slack = ['c - 1', '1 - c', 'c + c*g - g', 'g - c - c*g'];
  for (let k = 0; k < 1500; k += 1) {
    const region = pick(stream, regions);
    const factor = readQuotient(pick(stream, slack), 'a factor', new Set(variables));
    const plain = readQuotient(randomPolynomial(stream, ['c', 'g']), 'a factor', new Set(variables));
    const x = stream.uniform() < 0.5 ? factor : stream.uniform() < 0.5 ? plain : multiply(factor, plain);
    const sign = signOf(x, chartsOf(region));
    seen.set(sign, (seen.get(sign) ?? 0) + 1);
    for (let m = 0; m < 6 && sign !== 'unknown'; m += 1) {
      const value = valueOf(x, pointOf(region));
      expect(holds[sign]!(scalar.sign(value)), `${quotientText(x)} is ${sign}`).toBe(true);
    }
  }
  for (const sign of ['positive', 'negative', 'non-negative', 'non-positive', 'unknown']) {
    expect(seen.get(sign) ?? 0, sign).toBeGreaterThan(20);
  }
});
