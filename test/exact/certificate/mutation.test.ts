/**
 * Damaged certificates: none is accepted unless it is still true. Two oracles say what is true: the second checker,
 * for every mutant, and for two layers doubles on a grid, which share no code with either.
 */
import { expect, it } from 'vitest';
import { checkCertificate } from '../../../src/exact/certificate/judge.js';
import { format, toNumber } from '../../../src/exact/rational.js';
import { createStream } from '../../../src/numeric/random.js';
import { EXAMPLES } from './examples.js';
import { mutant } from './mutate.js';
import { secondOpinions } from './second-checker.js';
import { LONG } from '../../effort.js';

const COUNT = LONG ? 10_000 : 400;

interface Raw {
  readonly claim: { readonly model: { readonly activation: string } };
  readonly instance: {
    readonly K: number;
    readonly n: number;
    readonly d: number;
    readonly lambda: Readonly<Record<string, string>>;
  };
  readonly point: Readonly<Record<string, string[][]>>;
}

const double = (text: string): number => {
  const [p = '', q = '1'] = text.split('/');
  return Number(p) / Number(q);
};

/** The least K/(1 + u) − tr (I + CuG)⁻¹ over a grid of u, in doubles: the inverse by plain elimination. */
function marginOfPattern(text: string): number {
  const { matrices } = JSON.parse(text) as { matrices: { U: string[][]; V: string[][] } };
  const [U, V] = [matrices.U, matrices.V].map((rows) => rows.map((row) => row.map(double))) as [number[][], number[][]];
  const squares = (A: number[][]): number => A.flat().reduce((sum, x) => sum + x * x, 0);
  const A = U.map((row) => V[0]!.map((_, j) => Math.max(0, row.reduce((sum, x, k) => sum + x * V[k]![j]!, 0))));
  const K = V[0]!.length;
  const C = K ** 2 / (squares(U) * squares(V));
  const traceAt = (u: number): number => {
    const rows = Array.from({ length: K }, (_, i) =>
      Array.from({ length: 2 * K }, (_, j) =>
        j < K ? Number(i === j) + C * u * A.reduce((sum, row) => sum + row[i]! * row[j]!, 0) : Number(i === j - K),
      ),
    );
    for (let k = 0; k < K; k += 1) {
      const pivot = rows[k]!.map((x) => x / rows[k]![k]!);
      rows.forEach((row, i) => (rows[i] = i === k ? pivot : row.map((x, j) => x - row[k]! * pivot[j]!)));
    }
    return rows.reduce((sum, row, k) => sum + row[K + k]!, 0);
  };
  const grid = Array.from({ length: 61 }, (_, k) => 10 ** (k / 10 - 3));
  return Math.min(...grid.map((u) => K / (1 + u) - traceAt(u)));
}

/** f at the point of a certificate of two layers, and the least value of the claimed frames, in doubles. */
function inDoubles(text: string): { readonly value: number; readonly bound: number } {
  const { claim, instance, point } = JSON.parse(text) as Raw;
  const { K, n, lambda } = instance;
  const [W2, W1, H] = ['W2', 'W1', 'H1'].map((name) => point[name]!.map((row) => row.map(double)));
  const times = (A: number[][], B: number[][]): number[][] =>
    A.map((row) => B[0]!.map((_, j) => row.reduce((sum, x, k) => sum + x * B[k]![j]!, 0)));
  const squares = (A: number[][]): number => A.flat().reduce((sum, x) => sum + x * x, 0);
  const X = times(W1!, H!);
  const A = claim.model.activation === 'relu' ? X.map((row) => row.map((x) => Math.max(0, x))) : X;
  const E = times(W2!, A).map((row, k) => row.map((x, i) => x - (Math.floor(i / n) === k ? 1 : 0)));
  const [l2, l1, lH] = ['W2', 'W1', 'H1'].map((name) => double(lambda[name]!)) as [number, number, number];
  const value = squares(E) / (2 * K * n) + (l2 * squares(W2!) + l1 * squares(W1!) + lH * squares(H!)) / 2;
  const mu = 2 * Math.sqrt(K ** 3 * n * l2 * l1 * lH);
  let bound = 0.5;
  // For d < K there is no frame but zero.
  for (let s = 0; s < (instance.d < K ? 0 : 8); s += 0.0005) bound = Math.min(bound, (1 / (1 + s * s) + mu * s) / 2);
  return { value, bound };
}

it('accepts a damaged certificate only where it is still true', () => {
  const stream = createStream(2022, 'certificates');
  const mutants = Array.from({ length: COUNT }, () =>
    mutant(stream, EXAMPLES[stream.integer(0, EXAMPLES.length - 1)]!.text),
  );
  const judgements = mutants.map((text) => checkCertificate(text));
  const opinions = secondOpinions(mutants);
  let accepted = 0;
  judgements.forEach((judgement, index) => {
    const context = judgement.accepted ? mutants[index] : `${judgement.reason}\n${mutants[index]}`;
    expect(opinions[index]!.accepted, context).toBe(judgement.accepted);
    if (!judgement.accepted) return;
    accepted += 1;
    expect(opinions[index]!.detail).toBe(format(judgement.margin));
    const { certificate } = judgement;
    if (certificate.violation === 'parametric') expect(marginOfPattern(mutants[index]!)).toBeGreaterThan(-1e-9);
    if (certificate.violation !== 'beaten' || !('form' in certificate.claim)) return;
    if (certificate.problem.layers === 2 && certificate.claim.form !== 'zero') {
      const { value, bound } = inDoubles(mutants[index]!);
      expect(value).toBeLessThan(bound + 1e-12);
      // The grid is off by at most 0.0005²/2, as |φ''| ≤ 2.
      expect(toNumber(judgement.bound)).toBeLessThan(bound + 1e-12);
    }
  });
  // Some are still true (a label, a lower bound, a better point), and most are not.
  expect(accepted).toBeGreaterThan(COUNT / 100);
  expect(accepted).toBeLessThan(COUNT / 3);
}, 600_000);
