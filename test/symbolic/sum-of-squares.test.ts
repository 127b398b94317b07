import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.js';
import * as B from '../../src/symbolic/build.js';
import type { Matrix, Scalar } from '../../src/symbolic/expression.js';
import { type SquaresClaim, type SquaresFindings, examineSumOfSquares } from '../../src/symbolic/sum-of-squares.js';
import { PROVED, c, frameClaim, lambda, problem, s, verdicts, zeroClaim } from './theorem-claims.js';

const { add, div, mul, neg, number, sub, sqrt, t } = B;
const { W, H } = problem.block;

const claims = [['c ≤ 1', frameClaim], ['c > 1', zeroClaim]] as const;
const withSquares = (claim: SquaresClaim, change: (coefficient: Scalar, name: string) => Scalar): SquaresClaim => ({
  ...claim,
  squares: Object.fromEntries(
    Object.entries(claim.squares).map(([name, square]) => [
      name, { ...square, coefficient: change(square.coefficient, name) },
    ]),
  ),
});
const unproved = (findings: SquaresFindings): string[] =>
  Object.entries(verdicts(findings)).filter(([, holds]) => !holds).map(([part]) => part);

describe('the proof of Theorem 3.1', () => {
  it.each(claims)('holds in all four parts for %s', (_, claim) => {
    const findings = examineSumOfSquares(claim);
    expect(verdicts(findings)).toEqual(PROVED);
    expect(findings.identity).toEqual([]);
    expect(findings.attainment.map((x) => x.square)).toEqual(Object.keys(claim.squares));
    expect(findings.equality.map((x) => x.conclusion)).toEqual(claim.conclusions.map((x) => x.id));
    for (const { remainder, defect } of findings.equality) expect([remainder, defect]).toEqual([[], undefined]);
  });

  it('looks at every coefficient, root and divisor', () => {
    const { signs } = examineSumOfSquares(frameClaim);
    const seen = new Set(signs.map((x) => x.what));
    expect([...seen]).toEqual([
      'coefficient of ‖A‖²', 'coefficient of ‖D‖²', 'coefficient of ‖G‖²', 'under a root', 'divisor',
    ]);
    expect(signs.find((x) => x.what === 'under a root')?.sign).toBe('non-negative');
  });

  it('has contributions that cancel monomial by monomial', () => {
    const { contributions } = examineSumOfSquares(frameClaim);
    expect(contributions.length).toBeGreaterThan(4);
    expect(contributions.every((parts) => parts.length >= 1)).toBe(true);
  });
});

describe('an identity that is wrong', () => {
  const doubled = claims.flatMap(([when, claim]) =>
    Object.keys(claim.squares).map((name) => [when, name, claim] as const),
  );
  it.each(doubled)('is rejected for %s with the coefficient of ‖%s‖² doubled', (_, name, claim) => {
    const findings = examineSumOfSquares(withSquares(claim, (a, each) => (each === name ? mul(2, a) : a)));
    expect(findings.identity.length).toBeGreaterThan(0);
    expect(findings.identity.every((monomial) => /^\(.+\)·tr\(.+\)$|^\(.+\)$/.test(monomial))).toBe(true);
  });

  it('lists the monomials of the square that is too much', () => {
    const { identity } = examineSumOfSquares(withSquares(frameClaim, (a, name) => (name === 'G' ? mul(2, a) : a)));
    expect(identity.map((x) => x.replace(/^\([^)]*\)(\/\([^)]*\))?\)?·/, '')).join(' ')).toMatch(/tr\(.*H.*\)/);
    expect(identity).toHaveLength(2);
  });

  it('is rejected with another value, even one that is lower', () => {
    for (const value of [sub(frameClaim.value, '1/100'), div(1, 2), sub(c, mul(c, c))]) {
      expect(unproved(examineSumOfSquares({ ...frameClaim, value }))).toEqual(['identity']);
    }
  });
});

describe('signs', () => {
  it('stop the proof for c > 1 from proving that zero is optimal for c ≤ 1', () => {
    const findings = examineSumOfSquares({ ...zeroClaim, when: frameClaim.when });
    expect(findings.identity).toEqual([]);
    expect(unproved(findings)).toContain('signs');
    const failing = findings.signs.filter((x) => !x.holds).map((x) => x.what);
    expect(failing).toEqual(['coefficient of ‖W‖²', 'coefficient of ‖H‖²']);
  });

  it('stop the proof for c ≤ 1 from being used where 1 − c is negative', () => {
    const findings = examineSumOfSquares({ ...frameClaim, when: zeroClaim.when });
    expect(findings.signs.filter((x) => !x.holds).map((x) => x.what)).toEqual(['under a root']);
  });

  it('are unknown for a case that is no comparison of generators', () => {
    const when = B.equal(B.identity('K'), B.identity('K'));
    expect(unproved(examineSumOfSquares({ ...frameClaim, when }))).toContain('signs');
  });

  it('are asked of what cofactors divide by: at c = 1 there is no 1/(1 − c)', () => {
    const one = div(sub(1, c), sub(1, c));
    const cofactors = { ...frameClaim.cofactors, NC1: mul(one, frameClaim.cofactors['NC1']) };
    const findings = examineSumOfSquares({ ...frameClaim, cofactors });
    expect(findings.signs.filter((x) => !x.holds)).toMatchObject([{ what: 'divisor', value: '1 - c' }]);
    const strict = examineSumOfSquares({ ...frameClaim, cofactors, when: B.lt(c, 1) });
    expect(verdicts(strict)).toEqual(PROVED);
  });

  it('are asked of the roots that cofactors take', () => {
    const root = sqrt(sub(c, 2));
    const one = div(mul(root, root), sub(c, 2));
    const cofactors = { ...frameClaim.cofactors, NC1: mul(one, frameClaim.cofactors['NC1']) };
    expect(unproved(examineSumOfSquares({ ...frameClaim, cofactors }))).toContain('signs');
  });

  it('of a strict coefficient are what equality rests on', () => {
    const findings = examineSumOfSquares({ ...zeroClaim, when: B.geq(c, 1) });
    expect(findings.identity).toEqual([]);
    expect(unproved(findings)).toEqual(['equality']);
    expect(findings.equality.map((x) => x.defect)).toEqual([
      expect.stringContaining('does not vanish'), expect.stringContaining('does not vanish'),
    ]);
  });
});

describe('attainment', () => {
  it('fails for a construction that misses a square', () => {
    const construction = { ...frameClaim.construction, W: neg(frameClaim.construction['W']) };
    const findings = examineSumOfSquares({ ...frameClaim, construction });
    expect(unproved(findings)).toEqual(['attainment']);
    expect(findings.attainment.filter((x) => x.remainder.length > 0).map((x) => x.square)).toEqual(['A', 'D']);
  });

  it('fails for a construction that leaves a block open', () => {
    const { W: weights } = frameClaim.construction;
    expect(unproved(examineSumOfSquares({ ...frameClaim, construction: { W: weights } }))).toEqual(['attainment']);
  });
});

describe('equality', () => {
  const [, nc2] = frameClaim.conclusions;
  const withCofactor = (NC2: Matrix): SquaresClaim => ({
    ...frameClaim, cofactors: { ...frameClaim.cofactors, NC2 },
  });

  it('is not shown by a cofactor that is the conclusion itself', () => {
    const findings = examineSumOfSquares(withCofactor(sub(nc2.left, nc2.right)));
    expect(findings.equality[1].remainder).toEqual([]);
    expect(findings.equality[1].defect).toMatch(/does not vanish/);
  });

  it('is not shown by a combination with a part of the conclusion in it', () => {
    const half = add(mul('1/2', frameClaim.cofactors['NC2']), mul('1/2', sub(nc2.left, nc2.right)));
    const { remainder, defect } = examineSumOfSquares(withCofactor(half)).equality[1];
    expect(remainder).toEqual([]);
    expect(defect).toMatch(/does not vanish/);
  });

  it('is not shown by a wrong combination', () => {
    const wrong = examineSumOfSquares(withCofactor(mul(2, frameClaim.cofactors['NC2'])));
    expect(wrong.equality[1].remainder.length).toBeGreaterThan(0);
    expect(unproved(wrong)).toEqual(['equality']);
  });

  it('is not shown without a combination', () => {
    const { NC1, NC3 } = frameClaim.cofactors;
    const findings = examineSumOfSquares({ ...frameClaim, cofactors: { NC1, NC3 } });
    expect(findings.equality[1].defect).toMatch(/no combination/);
  });

  it('does not mix up the roots of a cofactor with those of the proof', () => {
    const rho = (nc2.right as Extract<Matrix, { kind: 'scaled' }>).factor;
    const { of } = frameClaim.squares['G'];
    // √ρ·G = √(1 + c)·G is no identity, although each root is the first that its formula meets.
    const findings = examineSumOfSquares({
      ...frameClaim,
      conclusions: [{ id: 'X', left: mul(sqrt(rho), of), right: B.zeros('d', 'N') }],
      cofactors: { X: mul(sqrt(add(1, c)), B.square('G', 'd', 'N')) },
    });
    expect(findings.equality[0].remainder.length).toBeGreaterThan(0);
  });
});

describe('claims that say nothing', () => {
  const { G } = frameClaim.squares;
  const trivial: SquaresClaim = {
    ...frameClaim,
    value: sub(problem.objective, mul(G.coefficient, B.normSquared(G.of))),
    squares: { G },
    conclusions: [frameClaim.conclusions[0]],
  };

  it('a value that depends on the point is refused, though the identity is true', () => {
    expect(() => examineSumOfSquares(trivial)).toThrow(UsageError);
  });

  it('a coefficient that depends on the point is refused', () => {
    const squares = { ...frameClaim.squares, G: { ...G, coefficient: B.normSquared(H) } };
    expect(() => examineSumOfSquares({ ...frameClaim, squares })).toThrow(UsageError);
  });

  it('parameters that are themselves roots keep their relation', () => {
    // λ_W = √g with the rest as before: the identity must notice that √g² = g.
    const g = B.symbol('g', 'generator');
    const parameters = new Map([['lambda_W', sqrt(add(g, 1))], ['lambda_H', B.symbol('q', 'generator')]]);
    const { identity } = examineSumOfSquares({
      ...frameClaim, parameters, when: B.gt(g, number(1)), frames: [], construction: {}, conclusions: [], cofactors: {},
      value: number(0),
      squares: {
        fit: { coefficient: div(1, mul(2, B.N)), of: sub(mul(W, H), B.labels) },
        W: { coefficient: div(div(add(g, 1), lambda.W), 2), of: W },
        H: { coefficient: div(lambda.H, 2), of: H },
      },
    });
    expect(identity).toEqual([]);
  });

  it('s and c are what the module says', () => {
    const balanced = sub(W, mul(div(s, B.n), B.labels, t(H)));
    const squares = { ...frameClaim.squares, D: { ...frameClaim.squares['D'], of: balanced } };
    expect(verdicts(examineSumOfSquares({ ...frameClaim, squares }))).toEqual(PROVED);
  });
});
