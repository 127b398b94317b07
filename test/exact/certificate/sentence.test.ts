import { describe, expect, it } from 'vitest';
import { show } from '../../../src/exact/certificate/sentence.js';
import { negate, parseRational } from '../../../src/exact/rational.js';

describe('a number in a sentence', () => {
  it.each([
    ['1/3', '1/3'],
    ['123456789012', '123456789012'],
    ['1000000000000/3', '333333333333…'],
    ['12345678/100000000001', '0.00012345677…'],
    ['1/3000000000000', '3.3333333…·10^-13'],
    ['1/100000000000000000000', '1·10^-20'],
    ['99999999999999999999', '9.9999999…·10^19'],
    ['100000000000000000000', '1·10^20'],
  ])('%s is shown as %s', (value, text) => {
    expect(show(parseRational(value))).toBe(text);
    expect(show(negate(parseRational(value)))).toBe(`-${text}`);
  });
});
