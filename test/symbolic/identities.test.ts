/** The identities of Theorems 3.1, 3.2 and 3.2 with ridge bias, for all sizes at once, and their negative controls. */
import { describe, expect, it } from 'vitest';
import * as B from '../../src/symbolic/build.js';
import { type SquaresClaim, examineSumOfSquares } from '../../src/symbolic/sum-of-squares.js';
import { PROVED, claims, verdicts } from './theorem-claims.js';

const names = (monomials: readonly string[]): string[] => monomials.map((x) => x.slice(x.indexOf('tr('))).sort();

/** What is left of f = value + Σ a‖A‖² with the coefficient of one square multiplied. */
const remainder = (claim: SquaresClaim, name: string, factor: number): readonly string[] => {
  const { coefficient, of } = claim.squares[name];
  const squares = { ...claim.squares, [name]: { coefficient: B.mul(factor, coefficient), of } };
  // Attainment and equality do not enter.
  return examineSumOfSquares({ ...claim, squares, frames: [], construction: {}, conclusions: [] }).identity;
};

describe.each(claims)('%s', (_, claim) => {
  it('is proved in all four parts', () => {
    expect(verdicts(examineSumOfSquares(claim))).toEqual(PROVED);
  });

  const squares = Object.keys(claim.squares);
  it.each(squares)('is rejected with the coefficient of ‖%s‖² doubled, and says what is left', (name) => {
    const left = remainder(claim, name, 2);
    expect(left.length).toBeGreaterThan(0);
    for (const monomial of left) expect(monomial).toMatch(/^\(.+\)(·tr\(.+\))*$/);
    // One square too many leaves the same monomials as one too few.
    expect(names(left)).toEqual(names(remainder(claim, name, 0)));
  });
});

describe('the three identities with ridge bias', () => {
  const [frame, etf, zero] = claims.filter(([name]) => name.startsWith('3.2-ridge')).map(([, claim]) => claim);
  const signs = (claim: SquaresClaim): string[] =>
    examineSumOfSquares(claim).signs.filter((x) => !x.holds).map((x) => `${x.what}: ${x.sign}`);

  it('prove nothing outside their cases', () => {
    expect(signs({ ...etf, when: frame.when })).toEqual(['coefficient of ‖Q‖²: non-positive']);
    expect(signs({ ...frame, when: etf.when })).toEqual(['under a root: negative']);
    expect(signs({ ...zero, when: etf.when })).toEqual([
      'coefficient of ‖W‖²: non-positive',
      'coefficient of ‖H‖²: non-positive',
    ]);
    expect(signs({ ...etf, when: zero.when })).toEqual(['under a root: negative']);
  });

  it('hold in any order of writing, and prove nothing where the conditions contradict each other', () => {
    if (etf.when.kind !== 'and') throw new Error('β < c ≤ 1 is a conjunction');
    const [above, below] = etf.when.parts;
    expect(signs({ ...etf, when: B.and(below, above) })).toEqual([]);
    const { signs: none } = examineSumOfSquares({ ...etf, when: B.and(above, frame.when) });
    expect(none.map((x) => x.holds)).not.toContain(true);
  });

  it('do not prove at c = β what rests on the square whose coefficient vanishes there', () => {
    if (etf.when.kind !== 'and' || etf.when.parts[0].kind !== 'lt') throw new Error('β < c ≤ 1 is a conjunction');
    const [{ left: beta, right: c }, below] = etf.when.parts;
    const { equality } = examineSumOfSquares({ ...etf, when: B.and(B.leq(beta, c), below) });
    expect(equality.filter((x) => x.defect !== undefined).map((x) => x.conclusion)).toEqual(['NC3', 'mean']);
  });
});
