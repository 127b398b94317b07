import { describe, expect, it } from 'vitest';
import {
  assertNonEmpty,
  parseLambdaRange,
  parseSizeRange,
  type SizeName,
} from '../../src/cli/ranges.js';
import { evaluateSize, sizesAt } from '../../src/theorem/ranges.js';
import { UsageError } from '../../src/errors.js';
import { format } from '../../src/exact/rational.js';

/** What a call throws, which must be a usage error with a message of one line and a hint. */
function refusal(call: () => unknown): UsageError {
  try {
    call();
  } catch (error) {
    if (error instanceof UsageError) {
      expect(error.message).not.toContain('\n');
      expect(error.hint).not.toBe('');
      return error;
    }
    throw error;
  }
  throw new Error('accepted');
}

describe('parseSizeRange', () => {
  it.each<[SizeName, string, [number, number], [number, number]]>([
    ['K', '3', [0, 3], [0, 3]],
    ['K', '3..6', [0, 3], [0, 6]],
    ['K', ' 1..1000000 ', [0, 1], [0, 1_000_000]],
    ['d', 'K', [1, 0], [1, 0]],
    ['d', '2K', [2, 0], [2, 0]],
    ['d', 'K+3', [1, 3], [1, 3]],
    ['d', '2K+1', [2, 1], [2, 1]],
    ['d', 'K..2K', [1, 0], [2, 0]],
    ['d', '4..K+6', [0, 4], [1, 6]],
    ['d', '1..K-1', [0, 1], [1, -1]],
    ['d', 'K..2', [1, 0], [0, 2]],
    ['n', '1..4', [0, 1], [0, 4]],
    ['n', 'K', [1, 0], [1, 0]],
  ])('reads --%s %s', (option, text, [lowerFactor, lowerOffset], [upperFactor, upperOffset]) => {
    expect(parseSizeRange(option, text)).toEqual({
      lower: { factor: lowerFactor, offset: lowerOffset },
      upper: { factor: upperFactor, offset: upperOffset },
      text: text.trim(),
    });
  });

  it.each<[SizeName, string, string]>([
    ['K', '0', '--K 0: K must be at least 1'],
    ['K', '-3', '--K -3: K must be at least 1'],
    ['d', '0..4', '--d 0..4: d must be at least 1'],
    ['d', '0K', '--d 0K: the factor of K must be at least 1'],
    ['K', '2.5', '--K 2.5: K must be an integer'],
    ['n', '1e3', '--n 1e3: n must be an integer'],
    ['K', '6..3', '--K 6..3: the range is empty'],
    ['d', 'K+3..K', '--d K+3..K: the range is empty'],
    ['d', '2K..K', '--d 2K..K: the range is empty'],
    ['K', 'NaN', "--K NaN: 'NaN' is not an integer"],
    ['n', 'Infinity', "--n Infinity: 'Infinity' is neither an integer nor of the form aK+b"],
    ['d', 'K*2', "--d K*2: 'K*2' is neither an integer nor of the form aK+b"],
    ['d', '2k', "--d 2k: '2k' is neither an integer nor of the form aK+b"],
    ['K', '3,4', "--K 3,4: '3,4' is not an integer"],
    ['K', 'process.exit(1)', "--K process.exit(1): 'process.exit(1)' is not an integer"],
    ['K', 'K', '--K K: K must be an integer, not a multiple of itself'],
    ['K', '3...5', '--K 3...5: a range has two ends with two dots between them'],
    ['K', '3..4..5', '--K 3..4..5: a range has two ends with two dots between them'],
    ['d', 'K..', '--d K..: the upper end of the range is missing'],
    ['d', '..4', '--d ..4: the lower end of the range is missing'],
    ['d', '..', '--d ..: the lower end of the range is missing'],
    ['d', '', '--d: a value is missing'],
    ['K', '1000001', '--K 1000001: K must be at most 1000000'],
    ['d', 'K+1000001', '--d K+1000001: what is added to K must be at most 1000000'],
    ['K', '9'.repeat(400), `--K ${'9'.repeat(400)}: K must be at most 1000000`],
  ])('refuses --%s %s', (option, text, message) => {
    const error = refusal(() => parseSizeRange(option, text));
    expect(error.message).toBe(message);
    expect(error.hint).toContain(`--${option} `);
  });
});

describe('sizes at a given K', () => {
  it('evaluates', () => {
    expect(evaluateSize({ factor: 2, offset: 1 }, 5)).toBe(11);
    expect(evaluateSize({ factor: 0, offset: 4 }, 5)).toBe(4);
  });

  it('resolves a range, from 1 upwards', () => {
    expect(sizesAt(parseSizeRange('d', 'K..2K'), 3)).toEqual({ lower: 3, upper: 6 });
    expect(sizesAt(parseSizeRange('d', 'K-3..K'), 2)).toEqual({ lower: 1, upper: 2 });
    expect(sizesAt(parseSizeRange('d', 'K-1'), 1)).toBeUndefined();
    expect(sizesAt(parseSizeRange('d', 'K..4'), 5)).toBeUndefined();
  });

  it('accepts a range that holds something for some K', () => {
    expect(() => {
      assertNonEmpty('d', parseSizeRange('d', 'K..4'), parseSizeRange('K', '3..6'));
      assertNonEmpty('d', parseSizeRange('d', 'K-1'), parseSizeRange('K', '1..2'));
    }).not.toThrow();
  });

  it('refuses a range that is empty for every K', () => {
    const short = parseSizeRange('d', 'K..2');
    const range = refusal(() => { assertNonEmpty('d', short, parseSizeRange('K', '3..6')); });
    expect(range.message).toBe('--d K..2: the range is empty for every K in 3..6');
    const single = refusal(() => { assertNonEmpty('d', parseSizeRange('d', 'K-1'), parseSizeRange('K', '1')); });
    expect(single.message).toBe('--d K-1: the range is empty at K = 1');
  });

  it('refuses a multiple of K that grows too large', () => {
    const huge = parseSizeRange('d', '500000K');
    expect(refusal(() => { assertNonEmpty('d', huge, parseSizeRange('K', '3..6')); }).message)
      .toBe('--d 500000K: d would exceed 1000000 at K = 6');
  });
});

describe('parseLambdaRange', () => {
  it.each([
    ['1e-4..1e-1', '1/10000', '1/10'],
    ['0.01', '1/100', '1/100'],
    ['3/8', '3/8', '3/8'],
    ['1/12..1/3', '1/12', '1/3'],
    ['2', '2', '2'],
    ['0.5..2', '1/2', '2'],
    ['1e-50..1e50', `1/1${'0'.repeat(50)}`, `1${'0'.repeat(50)}`],
  ])('reads %s exactly', (text, lower, upper) => {
    const range = parseLambdaRange('lambda', text);
    expect([format(range.lower), format(range.upper), range.text]).toEqual([lower, upper, text]);
  });

  it.each([
    ['0', 'must be greater than 0'],
    ['0/5', 'must be greater than 0'],
    ['-0.1', 'must be greater than 0'],
    ['0..1', 'must be greater than 0'],
    ['1/3..1/12', 'the range is empty'],
    ['NaN', "'NaN' is not a number"],
    ['Infinity', "'Infinity' is not a number"],
    ['1/0', "'1/0' is not a number"],
    ['1/2/3', "'1/2/3' is not a number"],
    ['0x10', "'0x10' is not a number"],
    ['2K', "'2K' is not a number"],
    ['3...5', 'a range has two ends with two dots between them'],
    ['1e-4..', 'the upper end of the range is missing'],
    ['..1', 'the lower end of the range is missing'],
    ['1e-51', 'must lie between 1e-50 and 1e50'],
    ['1e51', 'must lie between 1e-50 and 1e50'],
    ['1e999999999', 'must lie between 1e-50 and 1e50'],
    ['1e-999999999', 'must lie between 1e-50 and 1e50'],
    [`1/${'7'.repeat(60)}`, 'must lie between 1e-50 and 1e50'],
  ])('refuses %s', (text, reason) => {
    const error = refusal(() => parseLambdaRange('lambda-w2', text));
    expect(error.message).toBe(`--lambda-w2 ${text}: ${reason}`);
    expect(error.hint).toContain('--lambda-w2 3/8');
  });

  it('says that a value is missing', () => {
    expect(refusal(() => parseLambdaRange('lambda', '')).message).toBe('--lambda: a value is missing');
  });
});
