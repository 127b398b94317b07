import { describe, expect, it } from 'vitest';
import * as B from '../../src/symbolic/build.js';
import type { Matrix, Scalar } from '../../src/symbolic/expression.js';
import { examineCriticalPoint } from '../../src/symbolic/sum-of-squares.js';
import { R, c, criticalPoints, frameClaim, lambda, parameters, problem, rho, s, zeroClaim } from './theorem-claims.js';

const { K, n, mul, div, neg, sqrt, sub, t, identity, ones, labels: Y } = B;

const examine = (W: Matrix, H: Matrix, value: Scalar = frameClaim.value, when = frameClaim.when) =>
  examineCriticalPoint({
    blocks: problem.blocks, objective: problem.objective, parameters, when, value,
    frames: [R], construction: { W, H },
  });
const surviving = (findings: ReturnType<typeof examine>): string[] =>
  findings.gradient.filter((x) => x.remainder.length > 0).map((x) => x.block);

/** Π = I − 11ᵀ/K. */
const centring = sub(identity('K'), mul(div(1, K), ones('K'), t(ones('K'))));

/** The construction with other formulas for c, ρ or the balance s. */
const constructed = ({ c: cWrong = c, rho: rhoWrong, s: sWrong = s, middle = identity('K') }: {
  readonly c?: Scalar; readonly rho?: Scalar; readonly s?: Scalar; readonly middle?: Matrix;
}) => {
  const amplitude = sqrt(rhoWrong ?? mul(sub(1, cWrong), sqrt(div(lambda.W, mul(n, lambda.H)))));
  return examine(mul(sWrong, amplitude, middle, t(R)), mul(amplitude, R, middle, Y));
};

describe('critical points of Theorem 3.1, for all sizes and parameters at once', () => {
  it('the construction is one, with the claimed value', () => {
    const findings = constructed({});
    expect(surviving(findings)).toEqual([]);
    expect(findings.value).toEqual([]);
    expect(findings.signs.every((x) => x.holds)).toBe(true);
  });

  it('the formulas of the module say the same', () => {
    const findings = examine(frameClaim.construction['W'], frameClaim.construction['H']);
    expect([surviving(findings), findings.value]).toEqual([[], []]);
  });

  it('zero is one, with value 1/2', () => {
    const { W, H } = zeroClaim.construction;
    const findings = examine(W, H, zeroClaim.value, zeroClaim.when);
    expect([surviving(findings), findings.value]).toEqual([[], []]);
  });

  const families = criticalPoints.map((family) => [family.id, family] as const);
  it.each(families)('%s points are, with their value', (_, family) => {
    const findings = examineCriticalPoint({
      blocks: problem.blocks, objective: problem.objective, parameters, when: family.when, value: family.value,
      frames: family.construction.frames ?? [], construction: family.construction.blocks,
    });
    expect([surviving(findings), findings.value]).toEqual([[], []]);
    expect(findings.signs.every((x) => x.holds)).toBe(true);
  });

  it('a root of something that may be negative is seen', () => {
    const { W, H } = frameClaim.construction;
    const findings = examine(W, H, frameClaim.value, zeroClaim.when);
    expect(findings.signs).toMatchObject([{ what: 'under a root', holds: false }]);
  });
});

describe('wrong variants have a gradient, whatever the sizes', () => {
  it.each<[string, () => ReturnType<typeof examine>]>([
    ['ρ = (1 − c)√(nλ_H/λ_W)', () => constructed({ rho: mul(sub(1, c), sqrt(div(mul(n, lambda.H), lambda.W))) })],
    ['c = K√(λ_Wλ_H)', () => constructed({ c: mul(K, sqrt(mul(lambda.W, lambda.H))) })],
    ['c = n√(Kλ_Wλ_H)', () => constructed({ c: mul(n, sqrt(mul(K, lambda.W, lambda.H))) })],
    ['W = √(λ_H/λ_W)·H̄ᵀ', () => constructed({ s: sqrt(div(lambda.H, lambda.W)) })],
    ['W = −√(nλ_H/λ_W)·H̄ᵀ', () => constructed({ s: neg(s) })],
    ['a simplex ETF without bias, its class means of norm √ρ', () =>
      constructed({ middle: mul(sqrt(div(K, sub(K, 1))), centring) })],
  ])('%s', (_, examineVariant) => {
    const findings = examineVariant();
    expect(surviving(findings)).toEqual(['W', 'H']);
    for (const { remainder } of findings.gradient) expect(remainder[0]).toMatch(/·R|·Y|·1_K/);
  });

  it('f* = 1 − (1 − c)² at the right point is a wrong value only', () => {
    const { W, H } = frameClaim.construction;
    const findings = examine(W, H, sub(1, B.pow(sub(1, c), 2)));
    expect(surviving(findings)).toEqual([]);
    expect(findings.value).toHaveLength(1);
  });

  it('the simplex ETF H̄ = √ρ·RΠ is no minimizer, yet critical: Π is a projector of rank K − 1', () => {
    const findings = constructed({ middle: centring });
    expect(surviving(findings)).toEqual([]);
    expect(findings.value).toHaveLength(1);
    // Its value is that of the saddles of rank K − 1.
    const below = mul(div(sub(K, 1), mul(2, K)), B.pow(sub(1, c), 2));
    const amplitude = sqrt(rho);
    const W = mul(s, amplitude, centring, t(R));
    expect(examine(W, mul(amplitude, R, centring, Y), sub('1/2', below)).value).toEqual([]);
  });

  it('ρ itself is the square of the amplitude', () => {
    expect(surviving(constructed({ rho }))).toEqual([]);
    expect(surviving(constructed({ rho: mul(2, rho) }))).toEqual(['W', 'H']);
  });
});
