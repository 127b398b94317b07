import { describe, expect, it } from 'vitest';
import { InternalError, UsageError } from '../../src/errors.js';
import * as B from '../../src/symbolic/build.js';
import type { Matrix, Scalar } from '../../src/symbolic/expression.js';
import * as T from '../../src/symbolic/trace-algebra.js';
import { letter, traceOfWord, wordKey } from '../../src/symbolic/word.js';
import { alphabetOf, wordContext } from '../../src/symbolic/words-of.js';
import { BLOCKS, H, W, bias } from './arbitrary.js';

const R = B.frame('R', 'd', 'K');
const { labels: Y, ones, t, mul, trace, identity, add, sub, normSquared } = B;
const alphabet = alphabetOf({ blocks: BLOCKS, frames: [R] });
const scalar = (node: Scalar): string[] => T.formatTerms(wordContext({ alphabet }).scalar(node));
const matrix = (node: Matrix): string[] => T.formatTerms(wordContext({ alphabet }).matrix(node));

describe('relations', () => {
  it('RᵀR = I, YYᵀ = nI and 1ᵀ1 = K', () => {
    expect(matrix(mul(t(R), R))).toEqual(matrix(identity('K')));
    expect(matrix(mul(Y, t(Y)))).toEqual(['(n)']);
    expect(scalar(trace(mul(t(ones('K')), ones('K'))))).toEqual(['(K)']);
  });

  it('apply inside words, again and again', () => {
    expect(matrix(mul(W, R, Y, t(Y), t(R), R))).toEqual(['(n)·W·R']);
    expect(matrix(mul(t(R), R, Y, t(Y), t(R), R))).toEqual(['(n)']);
  });

  it('do not apply the other way round: RRᵀ and YᵀY stay', () => {
    expect(matrix(mul(R, t(R)))).toEqual(['(1)·R·Rᵀ']);
    expect(matrix(mul(t(Y), Y))).toEqual(['(1)·Yᵀ·Y']);
  });

  it('apply across the seam of a trace', () => {
    expect(scalar(trace(mul(R, t(R))))).toEqual(['(K)']);
    expect(scalar(trace(mul(t(Y), Y)))).toEqual(['(K*n)']);
    expect(scalar(trace(mul(t(Y), t(R), R, Y)))).toEqual(['(K*n)']);
    expect(scalar(trace(mul(R, W, R, t(R))))).toEqual(scalar(trace(mul(W, R))));
  });

  it('give every identity its size, with N = Kn', () => {
    expect(scalar(trace(identity('K')))).toEqual(['(K)']);
    expect(scalar(trace(identity('d')))).toEqual(['(d)']);
    expect(scalar(sub(trace(identity('N')), mul(B.K, B.n)))).toEqual([]);
    expect(scalar(trace(identity('1')))).toEqual(['(1)']);
    expect(scalar(sub(normSquared(ones('N')), B.N))).toEqual([]);
  });

  it('make 1_N the word Yᵀ1', () => {
    expect(matrix(sub(mul(Y, ones('N')), mul(B.n, ones('K'))) as Matrix)).toEqual([]);
    expect(matrix(sub(mul(t(Y), ones('K')), ones('N')) as Matrix)).toEqual([]);
    expect(() => matrix(ones('d'))).toThrow(UsageError);
  });
});

describe('traces', () => {
  it('are cyclic and transposable', () => {
    const rotations = [mul(W, H, t(Y)), mul(H, t(Y), W), mul(t(Y), W, H)];
    const forms = [...rotations, ...rotations.map(t)].map((node) => scalar(trace(node)));
    expect(new Set(forms.map(String)).size).toBe(1);
  });

  it('of different cycles stay different', () => {
    expect(scalar(trace(mul(W, R, W, R)))).not.toEqual(scalar(trace(mul(W, R, t(R), t(W)))));
  });

  it('split where they pass through a vector: tr(b1ᵀb1ᵀ) = (1ᵀb)² = tr(bbᵀ11ᵀ)', () => {
    const one = ones('K');
    const first = scalar(trace(mul(bias, t(one), bias, t(one))));
    const second = scalar(trace(mul(bias, t(bias), one, t(one))));
    const square = scalar(B.pow(trace(mul(t(one), bias)), 2));
    expect(first).toEqual(['(1)·tr(1_K·bᵀ)·tr(1_K·bᵀ)']);
    expect(second).toEqual(first);
    expect(square).toEqual(first);
  });

  it('split also when they are taken of a word as it stands', () => {
    const cycle = [letter('b'), letter('1_K', true), letter('W'), letter('W', true), letter('b'), letter('1_K', true)];
    const { traces, word } = traceOfWord(alphabet, cycle, 'K');
    expect(word).toEqual([]);
    expect(traces.map(wordKey)).toEqual(["1_K b'", "1_K b' W W'"]);
    const turned = [...cycle.slice(2), ...cycle.slice(0, 2)];
    expect(traceOfWord(alphabet, turned, 'K').traces).toEqual(traces);
  });

  it('of products of vectors commute', () => {
    const one = ones('K');
    const left = trace(mul(t(bias), W, t(W), bias, t(one), bias));
    const right = trace(mul(t(bias), one, t(bias), W, t(W), bias));
    expect(scalar(sub(left, right))).toEqual([]);
  });
});

describe('open words', () => {
  it('move numbers out as traces', () => {
    const one = ones('K');
    expect(matrix(mul(bias, t(one), bias, t(one)))).toEqual(['(1)·tr(1_K·bᵀ)·b·1_Kᵀ']);
    expect(matrix(mul(one, t(one), one))).toEqual(['(K)·1_K']);
    expect(matrix(mul(t(bias), bias))).toEqual(['(1)·tr(b·bᵀ)']);
  });

  it('add up by word, and vanish with their coefficients', () => {
    expect(matrix(add(W, W, mul(-2, W)))).toEqual([]);
    expect(matrix(sub(mul(W, identity('d')), W) as Matrix)).toEqual([]);
    expect(matrix(add(mul(2, W), mul('1/2', W)))).toEqual(['(5/2)·W']);
  });
});

describe('contexts', () => {
  it('know declared letters only', () => {
    expect(() => matrix(B.block('X', 'K', 'd'))).toThrow(/not declared/);
    expect(() => matrix(B.square('W', 'K', 'd'))).toThrow(/not declared/);
    expect(() => alphabetOf({ blocks: [W, W] })).toThrow(UsageError);
    const stray = [letter('W'), letter('X')];
    expect(() => T.matrixOfWord(alphabet, stray, { rows: 'K', cols: 'd' })).toThrow(InternalError);
    const zero = T.matrixZero({ rows: 'K', cols: 'd' });
    expect(() => T.multiplyMatrices(alphabet, zero, zero)).toThrow(InternalError);
  });

  it('take roots of squares exactly, adjoin one root for each other sum, and relate it to its square', () => {
    const c = B.symbol('c', 'generator');
    const context = wordContext({ alphabet });
    const root = B.sqrt(sub(1, c));
    const zero = (node: Scalar): string[] => T.formatTerms(context.reduced(context.scalar(node)));
    expect(zero(sub(B.sqrt(mul(9, c, c)), mul(3, c)))).toEqual([]);
    expect(zero(sub(mul(root, root), sub(1, c)))).toEqual([]);
    expect(zero(sub(B.pow(B.sqrt(sub(1, c)), 3), mul(sub(1, c), root)))).toEqual([]);
    expect(zero(sub(B.sqrt(mul(c, B.K)), mul(B.sqrt(c), B.sqrt(B.K))))).toEqual([]);
    expect(zero(sub(root, B.sqrt(add(1, c))))).toHaveLength(1);
    expect(context.roots.size).toBe(4);
  });

  it('keep every divisor, and refuse zero and traces as one', () => {
    const c = B.symbol('c', 'generator');
    const context = wordContext({ alphabet });
    context.scalar(B.div(1, sub(1, c)));
    context.scalar(B.pow(c, -2));
    expect(context.divisors).toHaveLength(2);
    expect(() => context.scalar(B.div(1, sub(c, c)))).toThrow(/divides by zero/);
    expect(() => context.scalar(B.div(1, normSquared(W)))).toThrow(/trace of matrices/);
    expect(() => context.scalar(B.sqrt(normSquared(W)))).toThrow(/trace of matrices/);
    expect(() => context.matrix(B.relu(W))).toThrow(UsageError);
  });
});
