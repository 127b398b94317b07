import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.js';
import * as B from '../../src/symbolic/build.js';
import { fingerprint } from '../../src/symbolic/fingerprint.js';
import { H, W } from './arbitrary.js';

describe('constructors', () => {
  it.each<[string, () => unknown]>([
    ['a product that does not fit', () => B.mul(H, W)],
    ['a sum of two shapes', () => B.add(W, H)],
    ['a matrix plus a number', () => B.sub(W, B.number(1) as never)],
    ['the trace of a rectangle', () => B.trace(W)],
    ['an equation of two shapes', () => B.equal(W, H)],
    ['an empty sum', () => B.add()],
    ['an empty product', () => B.mul()],
    ['a decimal as a number', () => B.number(0.5)],
    ['a root as a power', () => B.pow(2, 0.5)],
    ['a name with a blank', () => B.symbol('a b', 'generator')],
    ['a name with a quote', () => B.block("W'", 'K', 'd')],
    ['a generator called like a size', () => B.symbol('n', 'generator')],
    ['a generator called like an adjoined root', () => B.symbol('root12', 'generator')],
  ])('refuse %s in one line', (_, build) => {
    let error: unknown;
    try {
      build();
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(UsageError);
    const { message, hint } = error as UsageError;
    expect(message).not.toMatch(/\n/);
    expect(hint).toMatch(/^[A-Z].*\.$/);
  });

  it('know the shapes of what they build', () => {
    const shape = ({ rows, cols }: { rows: string; cols: string }): string => `${rows}×${cols}`;
    expect(shape(B.mul(W, H))).toBe('K×N');
    expect(shape(B.gram(H))).toBe('N×N');
    expect(shape(B.classMeans(H))).toBe('d×K');
    expect(shape(B.t(B.mul(2, W, H)))).toBe('N×K');
  });

  it('keep exact numbers: 1/3 stays 1/3, 2/4 becomes 1/2', () => {
    expect(B.number('1/3')).toMatchObject({ value: '1/3' });
    expect(B.number('2/4')).toMatchObject({ value: '1/2' });
    expect(B.number('0.05')).toMatchObject({ value: '1/20' });
  });

  it('undo a transposition with another', () => {
    expect(B.t(B.t(W))).toBe(W);
  });
});

describe('fingerprints', () => {
  it('depend on the tree, not on who built it or in which order properties were written', () => {
    const statement = () => B.equal(B.gram(H), B.mul(B.symbol('c', 'generator'), B.identity('N')));
    expect(fingerprint(statement())).toBe(fingerprint(statement()));
    expect(fingerprint({ a: 1, b: [2] })).toBe(fingerprint({ b: [2], a: 1 }));
    expect(fingerprint({ a: 1 })).toBe(fingerprint({ a: 1, b: undefined }));
  });

  it('change with one exponent and one order of factors', () => {
    const c = B.symbol('c', 'generator');
    const prints = [B.pow(c, 2), B.pow(c, 3), B.mul(2, c), B.mul(c, 2), B.sqrt(c)].map(fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
    expect(prints[0]).toMatch(/^[0-9a-f]{64}$/);
  });
});
