/** Matrices with entries −1, 0, 1: that all are looked at where there are few, and what that finds. */
import { describe, expect, it } from 'vitest';
import { LONG } from '../effort.js';
import { excess, evaluateLemma } from '../../src/check/lemma/evaluate.js';
import { lemmaLayout } from '../../src/check/lemma/layout.js';
import { lemmaPoints } from '../../src/check/lemma/points.js';
import { searchLemma } from '../../src/check/lemma/search.js';
import { ternaryPoints, ternaryTurns } from '../../src/check/lemma/ternary.js';
import { instancesOf, verifyLemma } from '../../src/check/lemma/verify.js';
import { lemmaRanges } from '../../src/cli/instance-options.js';
import { createStream } from '../../src/numeric/random.js';
import type { Instance } from '../../src/theorem/instance.js';
import type { Lemma } from '../../src/theorem/lemma/contract.js';
import { lemmasOf } from '../../src/theorem/lemma/registry.js';
import * as shipped from '../../theorems/index.js';

const lemmaOf = (id: string): Lemma => {
  const found = lemmasOf(shipped).find((x) => x.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};
const at = (K: number, n: number, d: number): Instance => ({ K, n, d, lambda: {}, scalars: {} });
const points = (lemma: Lemma, instance: Instance): number[][] =>
  [...ternaryPoints(lemma, instance, createStream(1))].map((x) => [...x]);

const permutations = (size: number): number[][] =>
  size === 0
    ? [[]]
    : permutations(size - 1).flatMap((x) => Array.from({ length: size }, (_, k) => x.toSpliced(k, 0, size - 1)));

/** All points of `size` entries −1, 0, 1. */
const every = (size: number): number[][] =>
  size === 0 ? [[]] : every(size - 1).flatMap((x) => [-1, 0, 1].map((entry) => [...x, entry]));

describe('points with entries −1, 0, 1', () => {
  // Each permutation of an index in all letters, by where it takes the entries of a point.
  const matrix = (rows: number, cols: number): number[][] =>
    permutations(rows).flatMap((p) =>
      permutations(cols).map((q) => p.flatMap((i) => q.map((j) => i * cols + j))),
    );
  // U and V are 2 × 2: d permutes rows of U; K columns of U and rows of V; N columns of V.
  const factors = permutations(2).flatMap((p) =>
    permutations(2).flatMap((q) =>
      permutations(2).map((r) => [
        ...p.flatMap((i) => q.map((j) => 2 * i + j)),
        ...q.flatMap((j) => r.map((k) => 4 + 2 * j + k)),
      ]),
    ),
  );
  const withinClasses = permutations(2).flatMap((p) => permutations(2).map((q) => [...p, ...q.map((j) => 2 + j)]));

  it.each([
    ['a matrix', 'relu-nuclear-norm', at(3, 1, 2), matrix(2, 3)],
    ['a square matrix', 'relu-nuclear-norm', at(2, 1, 2), matrix(2, 2)],
    ['two factors', 'schatten-hoelder', at(2, 1, 2), factors],
    ['a matrix beside labels', 'operator-jensen', at(2, 2, 1), withinClasses],
  ] as const)('of %s contain one of each orbit', (_, id, instance, moves) => {
    const lemma = lemmaOf(id);
    const { size } = lemmaLayout(lemma, instance);
    const kept = new Set(points(lemma, instance).map(String));
    expect(kept.size).toBeLessThan(3 ** size);
    for (const point of every(size)) {
      expect(moves.some((move) => kept.has(String(move.map((k) => point[k]))))).toBe(true);
    }
  });

  it('are drawn where there are more, and tried at one instance of each small shape', () => {
    const lemma = lemmaOf('relu-nuclear-norm');
    expect(points(lemma, at(4, 1, 3))).toHaveLength(2000);
    const instances = [at(3, 1, 3), at(4, 1, 4), at(3, 1, 3), at(4, 1, 3), at(9, 4, 4), at(2, 1, 2)];
    expect(ternaryTurns(lemma, instances)).toEqual([true, false, false, true, false, true]);
  });
});

describe('a lemma at one small size', () => {
  const sizes = { lambdas: {}, K: '3', d: '3', n: '1' };

  it('is tried at other matrices each time', () => {
    const lemma = lemmaOf('relu-nuclear-norm');
    const { instances } = instancesOf(lemma, { ranges: lemmaRanges(lemma, sizes, true), trials: 3, seed: 3 }, false);
    const drawn = instances
      .slice(0, 3)
      .map((x) => lemmaPoints(lemma, x, lemmaLayout(lemma, x), 3).map((y) => String([...y.point])));
    expect(new Set(drawn.flat()).size).toBeGreaterThan(2.5 * new Set(drawn[0]).size);
  });

  it('is broken at 3 × 3 whatever the seed, by all matrices with entries −1, 0, 1', () => {
    const lemma = lemmaOf('relu-nuclear-norm');
    const layout = lemmaLayout(lemma, at(3, 1, 3));
    const broken = points(lemma, at(3, 1, 3)).filter((x) => {
      const gap = evaluateLemma(lemma, at(3, 1, 3), layout, Float64Array.from(x));
      return gap !== undefined && excess(gap) > 1;
    });
    // Of the 19683 matrices 36 break it, which differ by permutations of rows and columns.
    expect(broken.length).toBeGreaterThan(0);
    expect(broken.length).toBeLessThan(36);
    for (let seed = 1; seed <= (LONG ? 20 : 3); seed++) {
      const { worst } = searchLemma(lemma, at(3, 1, 3), seed, { ternary: true });
      expect(worst === undefined ? 0 : excess(worst)).toBeGreaterThan(1);
    }
  });

  it.each(LONG ? Array.from({ length: 20 }, (_, k) => k + 1) : [3, 5])('is refuted with seed %i', async (seed) => {
    const lemma = lemmaOf('relu-nuclear-norm');
    const result = await verifyLemma(lemma, { ranges: lemmaRanges(lemma, sizes, true), trials: 20, seed });
    expect(result.judgement.verdict).toBe('refuted');
  });

  it('is upheld at 2 × 4, where it is true', () => {
    const lemma = lemmaOf('relu-nuclear-norm-thin');
    const { worst, points: count } = searchLemma(lemma, at(4, 1, 2), 1, { ternary: true });
    expect(count).toBeGreaterThan(300);
    expect(worst === undefined ? Infinity : excess(worst)).toBeLessThanOrEqual(1);
  });
});
