/**
 * The family of docs/search.md: nets of 2q/3 parallel classes in affine planes of order q = 3r. The spectrum is checked
 * at small nets, and the sign of the comparison for every r ≥ 8 and every amplitude, by the coefficients of one
 * polynomial.
 */
import { describe, expect, it } from 'vitest';
import { comparedWithFrame } from '../../src/exact/certificate/parametric.js';
import * as M from '../../src/exact/matrix.js';
import type { ExactMatrix } from '../../src/exact/matrix.js';
import * as Q from '../../src/exact/rational.js';

/** The graph of the points of the plane over the integers modulo q, joined where a line of the first m slopes does. */
const net = (q: number, m: number): ExactMatrix =>
  M.map(M.zeros(q * q, q * q), (_, i, j) => {
    const [dx, dy] = [Math.floor(i / q) - Math.floor(j / q), (i % q) - (j % q)];
    const slopes = Array.from({ length: m }, (__, s) => (dy - s * dx) % q === 0);
    return i !== j && slopes.includes(true) ? Q.ONE : Q.ZERO;
  });

const times = (factor: number, x: ExactMatrix): ExactMatrix => M.scale(Q.rational(factor), x);

describe('the graph A of a net of m classes, of order q', () => {
  it.each([[3, 2], [5, 3], [7, 5]])('has the eigenvalues m(q − 1), q − m and −m: q = %i, m = %i', (q, m) => {
    const A = net(q, m);
    const I = M.identity(q * q);
    const J = M.multiply(M.ones(q * q, 1), M.ones(1, q * q));
    const X = M.subtract(A, times(q - m, I));
    expect(M.equals(M.multiply(A, J), times(m * (q - 1), J))).toBe(true);
    expect(M.equals(M.multiply(X, M.add(A, times(m, I))), times(m * (m - 1), J))).toBe(true);
    // The multiplicities f and g follow from the traces.
    const [f, g] = [m * (q - 1), (q - 1) * (q + 1 - m)];
    expect(1 + f + g).toBe(q * q);
    expect(Q.toNumber(M.trace(A))).toBe(m * (q - 1) + f * (q - m) - g * m);
    expect(M.equals(M.relu(X), A)).toBe(true);
  });
});

/** A polynomial in t and u: coefficients by `power of t, power of u`. */
type Polynomial = ReadonlyMap<string, bigint>;

const sum = (...terms: readonly Polynomial[]): Polynomial => {
  const total = new Map<string, bigint>();
  for (const term of terms) for (const [key, x] of term) total.set(key, (total.get(key) ?? 0n) + x);
  return new Map([...total].filter(([, x]) => x !== 0n));
};

const product = (...factors: readonly Polynomial[]): Polynomial =>
  factors.reduce((left, right) =>
    sum(
      ...[...left].flatMap(([one, x]) =>
        [...right].map(([two, y]): Polynomial => {
          const [[i, j], [k, l]] = [one, two].map((key) => key.split(',').map(Number)) as [number[], number[]];
          return new Map([[`${i! + k!},${j! + l!}`, x * y]]);
        }),
      ),
    ),
  );

const constant = (x: number): Polynomial => new Map([['0,0', BigInt(x)]]);
const u: Polynomial = new Map([['0,1', 1n]]);
const minus = (x: Polynomial): Polynomial => product(constant(-1), x);

/**
 * K/(1 + u) − tr (I + CuA²)⁻¹ over a positive denominator, with r = r0 + t. With S = 3r² + 4r − 2, ‖X‖_* = 3rS and
 * C = K²/‖X‖_*² = 9r²/S², so that Cr² = 9r⁴/S² =: N/D; the other eigenvalues have the squares 4r² and (2r(3r − 1))².
 */
const comparison = (r0: number): Polynomial => {
  const r = sum(new Map([['1,0', 1n]]), constant(r0));
  const lines = sum(product(constant(3), r), constant(-1));
  const S = sum(product(constant(3), r, r), product(constant(4), r), constant(-2));
  const D = product(S, S);
  const N = product(constant(9), r, r, r, r);
  const most = sum(D, product(constant(4), lines, lines, N, u));
  const inner = sum(D, product(N, u));
  const outer = sum(D, product(constant(4), N, u));
  const frame = sum(constant(1), u);
  const [f, g] = [product(constant(2), r, lines), product(lines, sum(r, constant(1)))];
  return sum(
    product(constant(9), r, r, most, inner, outer),
    minus(product(D, frame, inner, outer)),
    minus(product(f, D, frame, most, outer)),
    minus(product(g, D, frame, most, inner)),
  );
};

describe('K/(1 + u) − tr (I + CuAᵀA)⁻¹ for m = 2q/3', () => {
  it('has positive coefficients in u and r − 8', () => {
    const coefficients = [...comparison(8)];
    expect(coefficients.length).toBeGreaterThan(40);
    expect(coefficients.filter(([, x]) => x <= 0n)).toEqual([]);
    // Its constant term vanishes: at u = 0 both sides are K.
    expect(coefficients.some(([key]) => key.endsWith(',0'))).toBe(false);
    // The argument is of this polynomial and not of any: at r = 6 it fails for large u.
    expect([...comparison(6)].some(([key, x]) => key === '0,3' && x < 0n)).toBe(true);
  });

  it('is the comparison that the checker makes of a pattern', () => {
    // q = 3: X² has the same range as X, so U = X, V = X² span the pattern; its polynomial is ours at r = 1.
    const X = M.subtract(net(3, 2), M.identity(9));
    const V = M.multiply(X, X);
    const { comparison: exact } = comparedWithFrame({ U: X, V });
    const ours = comparison(1);
    const at = (k: number): Q.Rational => Q.rational(ours.get(`0,${k}`) ?? 0n);
    const ratios = [1, 2, 3].map((k) => Q.divide(exact[k] ?? Q.ZERO, at(k)));
    expect(ratios.every((x) => Q.sign(x) > 0 && Q.equals(x, ratios[0]!))).toBe(true);
  });
});
