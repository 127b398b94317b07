import { describe, expect, it } from 'vitest';
import { and, gt, leq, lt, neq, number } from '../../src/symbolic/build.js';
import { examineCaseParametrisation } from '../../src/symbolic/case-parametrisation.js';
import type { Proposition, Scalar } from '../../src/symbolic/expression.js';
import { lambdaFormulas } from '../../src/check/proof.js';
import { theorem41 } from '../../theorems/tirer-bruna-2022/theorem-4.1.js';

const revision = theorem41.revisions.find((x) => x.status === 'current')!;
const [home] = revision.cases;
const { generators, parameters } = home!.parametrisation!;
const kappa = (home!.when as { readonly left: Scalar }).left;
const [{ symbol: z }] = generators as [(typeof generators)[0]];

/** What is missing for the generators of the frames, where κ and z are bounded so. */
const missing = (
  when: Proposition,
  domain: readonly Proposition[],
  changed: Readonly<Record<string, Scalar>> = {},
): string[] =>
  examineCaseParametrisation({
    blocks: revision.problem.blocks,
    when,
    generators: generators.map(({ symbol, inverse }) => ({ name: symbol.name, inverse })),
    parameters: lambdaFormulas({ generators, parameters: { ...parameters, ...changed } }),
    domain,
  })
    .map((x) => x.missing)
    .filter((x) => x !== '');

describe('the generators (z, w₂, w₁)', () => {
  it('reach every λ with κ < 1/16, where z > 1/2', () => {
    expect(missing(lt(kappa, number('1/16')), [gt(z, number('1/2')), lt(z, number(1))])).toEqual([]);
  });

  it('are not past 1/2 where κ = 1/16 is allowed, and are again where it is excluded', () => {
    const domain = [gt(z, number('1/2')), lt(z, number(1))];
    expect(missing(leq(kappa, number('1/16')), domain)).not.toEqual([]);
    expect(missing(and(leq(kappa, number('1/16')), neq(kappa, number('1/16'))), domain)).toEqual([]);
    expect(missing(and(leq(kappa, number('1/16')), neq(kappa, number('1/17'))), domain)).not.toEqual([]);
  });

  it('need κ ≤ 27/256, where z exists', () => {
    expect(missing(lt(kappa, number('28/256')), [lt(z, number(1))])).not.toEqual([]);
    expect(missing(gt(kappa, number('1/16')), [lt(z, number(1))])).not.toEqual([]);
  });

  it('miss λ_{H₁} where its formula is wrong', () => {
    const domain = [gt(z, number('1/2')), lt(z, number(1))];
    for (const block of ['W2', 'W1', 'H1']) {
      const wrong = { [block]: parameters[block === 'W1' ? 'W2' : 'W1']! };
      expect(missing(lt(kappa, number('1/16')), domain, wrong)).not.toEqual([]);
    }
  });
});
