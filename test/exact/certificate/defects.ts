/** Certificates with one planted defect each, and the reason that must be given. */
import { exactValue } from '../../../src/exact/objective.js';
import { parseCertificate } from '../../../src/exact/certificate/schema.js';
import { add, format, parseRational } from '../../../src/exact/rational.js';
import { edited, shifted } from './editing.js';
import type { Loose } from './editing.js';
import { EXAMPLES } from './examples.js';

export interface Defect {
  readonly name: string;
  readonly text: string;
  readonly reason: RegExp;
}

const textOf = (name: string): string => EXAMPLES.find((each) => each.name === name)!.text;

const SIX = textOf('six-classes-at-threshold.json');
const SEVEN = textOf('frames of activations, seven classes of two samples');
const FOUR = textOf('four-classes.json');

/** Sets the stored value to that of the changed point, and the margin with it: only the claim is wrong then. */
function withItsValue(text: string): string {
  const certificate = parseCertificate(text);
  if (certificate.violation !== 'beaten') throw new Error('meant for `beaten`');
  const value = format(exactValue(certificate.problem, certificate.point));
  return edited(text, (document) => {
    document.value = value;
    shifted(document, 'value', '0');
  });
}

const spoiled = (name: string, text: string, change: (document: Loose) => void, reason: RegExp): Defect => ({
  name,
  text: edited(text, change),
  reason,
});

const tooHigh = EXAMPLES.filter(({ text }) => text.includes('"beaten"') && text.includes('"form"')).flatMap(
  ({ name, text }): Defect[] =>
    // The bounds of the committed files are rounded further down.
    name.endsWith('.json') && text !== SIX
      ? []
      : [
          spoiled(
            `a bound too high by 1e-9: ${name}`,
            text,
            (document) => shifted(document, 'bound', '1/1000000000'),
            /not a lower bound/,
          ),
        ],
);

const figuresOff: Defect[] = EXAMPLES.flatMap(({ name, text }) => [
  spoiled(
    `a value off by one unit: ${name}`,
    text,
    (document) => {
      const [numerator = '', ...rest] = document.value.split('/');
      document.value = [`${BigInt(numerator) - 1n}`, ...rest].join('/');
      shifted(document, 'value', '0');
    },
    /the stored value is not|is not positive|do not have the same value/,
  ),
  spoiled(
    `a margin off by 1e-30: ${name}`,
    text,
    (document) => (document.margin = format(add(parseRational(document.margin), parseRational('1e-30')))),
    /the stored margin is not/,
  ),
]);

const mathematical: Defect[] = [
  spoiled(
    "λ's swapped",
    SIX,
    ({ instance: { lambda } }) => ([lambda['W1'], lambda['H1']] = [lambda['H1'], lambda['W1']]),
    /the stored value is not/,
  ),
  spoiled('n dropped', SEVEN, ({ instance }) => delete instance['n'], /instance has no field "n"/),
  spoiled('n taken for 1', SEVEN, ({ instance }) => (instance['n'] = 1), /must have 7 entries, not 14/),
  {
    name: "a value above zero's, below the frames'",
    text: edited(
      withItsValue(edited(SIX, ({ instance: { lambda } }) => (lambda['H1'] = '1/28'))),
      (document) => shifted(document, 'bound', '1/100'),
    ),
    reason: /not a lower bound/,
  },
  {
    name: 'a worse point with its true value',
    text: withItsValue(edited(FOUR, ({ point }) => (point['W2']![0]![0] = '1/10'))),
    reason: /margin is not positive/,
  },
  spoiled(
    'uncollapsed frames of pre-activations',
    textOf('collapsed frames of pre-activations'),
    ({ claim }) => delete claim['collapsed'],
    /collapsed frames only/,
  ),
  spoiled(
    'uncollapsed frames of features',
    SEVEN,
    ({ claim }) => (claim['of'] = 'H1'),
    /collapsed frames only/,
  ),
  spoiled(
    'frames of two layers with a bias',
    SEVEN,
    (document) => {
      document.claim['model'] = { layers: 2, activation: 'relu', bias: 'ridge' };
      document.instance.lambda['b'] = '1';
      document.point['b'] = Array.from({ length: 7 }, () => ['0']);
    },
    /without bias only/,
  ),
  spoiled('an ETF of two layers', SEVEN, ({ claim }) => (claim['form'] = 'simplex-etf'), /orthogonal frames without/),
  spoiled(
    'a wrong-form whose point has the form',
    textOf('an antipodal pair ties with frames of pre-activations'),
    (document) => (document.point = document.reference),
    /the point has the claimed form/,
  ),
  spoiled(
    'a wrong-form whose reference has not',
    textOf('an antipodal pair ties with frames of pre-activations'),
    (document) => (document.reference = document.point),
    /the reference does not have/,
  ),
  spoiled(
    'a wrong-form with a reference that is not the best of its form',
    textOf('an antipodal pair ties with frames of pre-activations'),
    ({ reference }) => (reference['W2']![0]![0] = '99/100'),
    /not a lower bound/,
  ),
  spoiled(
    'a wrong-form about the activations, which both points share',
    textOf('an antipodal pair ties with frames of pre-activations'),
    ({ claim }) => (claim['of'] = 'sigma(W1 H1)'),
    /the point has the claimed form/,
  ),
  spoiled(
    'a slope upwards',
    textOf('a slope'),
    (document) => {
      document.direction['W'] = document.direction['W']!.map((row) => row.map((x) => x.replace(/^-/, '')));
      document.value = document.value.replace('-', '');
      shifted(document, 'value', '0');
    },
    /not positive/,
  ),
  spoiled(
    'curvature on a kink',
    textOf('curvature on a smooth piece'),
    ({ point }) => (point['W1']![0]![0] = '0'),
    /kink/,
  ),
  spoiled(
    'an instance below the threshold',
    textOf('zero is not optimal above κ = 1/16'),
    ({ claim }) => (claim['threshold'] = '2/31'),
    /not above the threshold/,
  ),
  spoiled(
    'zero optimal for a linear model only',
    textOf('zero is optimal below κ = 27/256'),
    ({ claim }) => (claim['model'] = { layers: 2, activation: 'relu', bias: 'none' }),
    /not known that zero/,
  ),
  spoiled(
    'a Q of spectral norm above 1',
    textOf('ReLU can enlarge the nuclear norm'),
    ({ matrices }) => (matrices['Q']![2]![2] = '1/2'),
    /spectral norm/,
  ),
  spoiled(
    'factors of another matrix',
    textOf('ReLU can enlarge the nuclear norm'),
    ({ matrices }) => (matrices['U']![0]![0] = '1'),
    /U V is not/,
  ),
  spoiled(
    'a Q of another shape',
    textOf('ReLU can enlarge the nuclear norm'),
    ({ matrices }) => (matrices['Q'] = [['1']]),
    /shapes/,
  ),
];

const entryOf =
  (entry: unknown) =>
  ({ point }: Loose): void =>
    void ((point['W1'] as unknown[][])[0]![0] = entry);

const entries: readonly (readonly [string, unknown, RegExp])[] = [
  ['a zero denominator', '1/0', /zero denominator/],
  ['a negative denominator', '1/-2', /"p" or "p\/q"/],
  ['a plus sign', '+1', /"p" or "p\/q"/],
  ['a decimal', '0.75', /"p" or "p\/q"/],
  ['an exponent', '1e9', /"p" or "p\/q"/],
  ['a leading zero', '03/4', /"p" or "p\/q"/],
  ['a space', ' 3/4', /"p" or "p\/q"/],
  ['a line break', '3/4\n', /"p" or "p\/q"/],
  ['digits of another script', '٣', /"p" or "p\/q"/],
  ['hexadecimal digits', '0x10', /"p" or "p\/q"/],
  ['an empty number', '', /"p" or "p\/q"/],
  ['infinity', 'Infinity', /"p" or "p\/q"/],
  ['a number without quotes', 3, /in quotes/],
  ['a list for a number', ['3/4'], /in quotes/],
  ['too many digits', '9'.repeat(4001), /more than 4000 digits/],
  ['a denominator with too many digits', `1/${'9'.repeat(4001)}`, /more than 4000 digits/],
  ['a number of 20,000 digits', `1/${'7'.repeat(20_000)}`, /more than 4000 digits/],
];

const EVERY_LAMBDA = textOf('frames of activations, every λ');
const ofPattern = (name: string, change: (document: Loose) => void, reason: RegExp): Defect =>
  spoiled(name, EVERY_LAMBDA, change, reason);
const square = (size: number, entry: (row: number, col: number) => string): string[][] =>
  Array.from({ length: size }, (_, row) => Array.from({ length: size }, (_, col) => entry(row, col)));
const withPattern = (U: string[][], V: string[][]) => (document: Loose): void => {
  document.matrices = { U, V };
  document.instance = { K: V[0]!.length, d: U.length } as never;
};
const unit = (size: number): string[][] => square(size, (row, col) => (row === col ? '1' : '0'));
/** Diagonal pre-activations of `size` classes; beside them in U, a column of `entry` that only meets zeros. */
const zeroRow = (size: number, entry: string): [string[][], string[][]] => [
  square(size + 1, (row, col) => (row === size ? '0' : col === size ? entry : row === col ? `${row + 1}` : '0')),
  [...unit(size), Array.from({ length: size }, () => '0')],
];
const pairs = square(5, (row, col) => `${row} ${col}`).flat().filter((pair) => pair[0]! < pair[2]!);
/** The Petersen graph: two pairs of five points are joined if they have no point in common. */
const disjoint = (i: number, j: number): boolean => pairs[i]!.split(' ').every((x) => !pairs[j]!.includes(x));

const patterns: Defect[] = [
  ofPattern('a class less', ({ matrices, instance }) => {
    matrices['V'] = matrices['V']!.map((row) => row.slice(1));
    instance['K'] = 14;
  }, /does not beat the frame at every amplitude/),
  ofPattern('a unit less', ({ matrices, instance }) => {
    matrices['U']!.pop();
    instance['d'] = 19;
  }, /does not beat the frame at every amplitude/),
  ofPattern(
    'a pattern that beats the frame near the threshold only',
    withPattern(square(10, (i, j) => (i === j ? '-1' : disjoint(i, j) ? '1' : '0')), unit(10)),
    /does not beat the frame at every amplitude/,
  ),
  ofPattern('the frame itself', withPattern(unit(15), unit(15)), /does not beat the frame at every amplitude/),
  ofPattern('a factor that is longer than need be', ({ matrices }) => {
    matrices['V'] = matrices['V']!.map((row) => row.map((x) => (x === '2' ? '3' : '0')));
  }, /does not beat|stored value/),
  ofPattern('activations of rank K − 1', ({ matrices }) => {
    matrices['V'] = matrices['V']!.map((row) => [row[1]!, ...row.slice(1)]);
  }, /a rank below K/),
  ofPattern('a pattern of zeros', withPattern(square(3, () => '0'), unit(3)), /the pattern is zero/),
  ofPattern('pre-activations that are not positive', withPattern(square(3, () => '-1'), unit(3)), /rank below K/),
  ofPattern(
    'too many singular values',
    withPattern(square(17, (i, j) => (i === j ? `${i + 1}` : '0')), unit(17)),
    /more than 16 different singular values/,
  ),
  ofPattern(
    'a number of thousands of digits that meets a row of zeros',
    withPattern(...zeroRow(16, `${'9'.repeat(3199)}/1${'0'.repeat(3198)}1`)),
    /more than 3 different singular values, too many for numbers of 6401 digits/,
  ),
  ofPattern(
    'a number of 200 digits that meets a row of zeros',
    withPattern(...zeroRow(16, `${'9'.repeat(200)}/1${'0'.repeat(198)}1`)),
    /more than 6 different singular values, too many for numbers of 399 digits/,
  ),
  ofPattern('a linear model', ({ claim }) => ((claim['model'] as Loose)['activation'] = 'linear'), /ReLU layers/),
  ofPattern('a pattern with bias', ({ claim }) => ((claim['model'] as Loose)['bias'] = 'free'), /without bias/),
  ofPattern('simplex ETFs at every λ', ({ claim }) => (claim['form'] = 'simplex-etf'), /orthogonal frames/),
  ofPattern('features that need not collapse', ({ claim }) => (claim['of'] = 'H1'), /collapsed frames only/),
  ofPattern('another K', ({ instance }) => (instance['K'] = 16), /U must be d x r/),
  ofPattern('another d', ({ instance }) => (instance['d'] = 25), /U must be d x r/),
  ofPattern('more columns of U than dimensions', withPattern([['1', '1']], [['1'], ['1']]), /U must be d x r/),
  ofPattern('an n', ({ instance }) => (instance['n'] = 1), /must not have a field "n"/),
  ofPattern('a λ for a claim about all', ({ instance }) => (instance.lambda = { W1: '1' }), /field "lambda"/),
  ofPattern('a pattern and a point', (document) => (document.point = {}), /field "point"/),
];

const malformed: Defect[] = [
  ...entries.map(([name, entry, reason]) => spoiled(name, SIX, entryOf(entry), reason)),
  spoiled('denominators without a common one', SIX, ({ point }) => {
    point['W1'] = point['W1']!.map((row, i) => row.map((_, j) => `1/${10n ** 150n + BigInt(6 * i + j)}`));
  }, /common denominator|too large/),
  spoiled('a row too few', SIX, ({ point }) => point['W2']!.pop(), /must be a list of 6 rows, not 5/),
  spoiled('a ragged row', SIX, ({ point }) => point['W2']![3]!.push('0'), /row 4 of point.W2 must have 6/),
  spoiled('an empty matrix', SIX, ({ point }) => (point['W2'] = []), /rows, not 0/),
  spoiled('a flat matrix', SIX, ({ point }) => (point['W2'] = ['1'] as never), /list of/),
  spoiled('a block too many', SIX, ({ point }) => (point['b'] = [['0']]), /must not have a field "b"/),
  spoiled('a block too few', SIX, ({ point }) => delete point['H1'], /no field "H1"/),
  spoiled('a λ that is not positive', SIX, ({ instance: { lambda } }) => (lambda['W1'] = '0'), /must be positive/),
  spoiled('a λ too many', SIX, ({ instance: { lambda } }) => (lambda['b'] = '1'), /must not have a field "b"/),
  spoiled('K as text', SIX, ({ instance }) => (instance['K'] = '6'), /positive whole number/),
  spoiled('K = 0', SIX, ({ instance }) => (instance['K'] = 0), /positive whole number/),
  spoiled('K of a million', SIX, ({ instance }) => (instance['K'] = 1e6), /too large/),
  spoiled('d of 10^15 − 1', SIX, ({ instance }) => (instance['d'] = 999_999_999_999_999), /too large/),
  spoiled('a fractional K', SIX, ({ instance }) => (instance['K'] = 6.5), /not 0, 1, 2/),
  spoiled('another format', SIX, (document) => (document['format'] = 'ufm-check-certificate/2'), /the format is not/),
  spoiled('an unknown violation', SIX, (document) => (document['violation'] = 'symbolic'), /violation must be/),
  spoiled('a violation of Object', SIX, (document) => (document['violation'] = 'constructor'), /violation must be/),
  spoiled('an unknown form', SIX, ({ claim }) => (claim['form'] = 'frame'), /claim.form must be/),
  spoiled('a matrix of another model', SIX, ({ claim }) => (claim['of'] = 'H'), /claim.of must be/),
  spoiled('three layers', SIX, ({ claim }) => ((claim['model'] as Loose)['layers'] = 3), /layers must be 1 or 2/),
  spoiled('layers: true', SIX, ({ claim }) => ((claim['model'] as Loose)['layers'] = true), /layers must be 1 or 2/),
  spoiled('a field too many', SIX, (document) => (document['verdict'] = 'refuted'), /field "verdict"/),
  spoiled('a form and a minimum', SIX, ({ claim }) => (claim['minimum'] = '1'), /must not have a field "form"/),
  spoiled('a point of an inequality', textOf('ReLU can enlarge the nuclear norm'), (document) => {
    document.point = {};
  }, /field "point"/),
  spoiled('a null', SIX, (document) => (document['provenance'] = null), /null/),
  spoiled('a list for provenance', SIX, (document) => (document['provenance'] = []), /provenance must be an object/),
  spoiled('a label with a control character', SIX, (document) => (document['theorem'] = 'x\u001b[2J'), /a label/),
  { name: '__proto__', text: SIX.replace('{', '{ "__proto__": {},'), reason: /must not have a field "__proto__"/ },
  {
    name: '__proto__ in the claim',
    text: SIX.replace('"claim": {', '"claim": { "__proto__": {},'),
    reason: /must not have a field "__proto__"/,
  },
  { name: '__proto__ for a λ', text: SIX.replace('"W1": "1/18"', '"__proto__": "1/18"'), reason: /no field "W1"/ },
  { name: '__proto__ for a block', text: SIX.replace('"W1": [', '"__proto__": ['), reason: /no field "W1"/ },
  { name: 'a key twice', text: SIX.replace('"n": 1', '"n": 2, "n": 1'), reason: /twice/ },
  { name: 'a key twice, once escaped', text: SIX.replace('"n": 1', '"\\u006e": 2, "n": 1'), reason: /twice/ },
  {
    name: 'deep nesting',
    text: SIX.replace('{', `{ "provenance": { "x": ${'['.repeat(7)}${']'.repeat(7)} },`),
    reason: /nesting deeper than 8/,
  },
  { name: 'a long string of escapes', text: `["${'\\u0041'.repeat(2_000_000)}"]`, reason: /must be an object/ },
  { name: 'very deep nesting', text: '['.repeat(1_000_000), reason: /nest/ },
  { name: 'two documents', text: SIX + SIX, reason: /more text/ },
  { name: 'a comma at the end', text: SIX.replace(/"\n}\n$/, '",\n}\n'), reason: /not JSON/ },
  { name: 'a comment', text: SIX.replace('{', '{ // sic\n'), reason: /not JSON/ },
  { name: 'a byte order mark', text: `\ufeff${SIX}`, reason: /not JSON/ },
  { name: 'not a number', text: SIX.replace('"n": 1', '"n": NaN'), reason: /no value/ },
  { name: 'an exponent without quotes', text: SIX.replace('"n": 1', '"n": 1e0'), reason: /0, 1, 2/ },
  { name: 'nothing', text: '', reason: /ends early/ },
  { name: 'a list', text: '[]', reason: /must be an object/ },
  { name: 'a line break in a string', text: SIX.replace('original', 'orig\ninal'), reason: /no character of a string/ },
];

const truncated: Defect[] = Array.from({ length: 60 }, (_, index) => {
  const length = Math.floor((index * (SIX.length - 2)) / 60);
  return { name: `cut off after ${length} characters`, text: SIX.slice(0, length), reason: /not JSON/ };
});

export const DEFECTS: readonly Defect[] = [
  ...tooHigh,
  ...figuresOff,
  ...mathematical,
  ...patterns,
  ...malformed,
  ...truncated,
];
