/** A formula that cannot be multiplied out is refused, by the theorem's name, instead of never ending. */
import { expect, it } from 'vitest';
import { add, div, pow } from '../../src/symbolic/build.js';
import type { Proposition, Scalar } from '../../src/symbolic/expression.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import { withRevision } from '../mutants/rewrite.js';
import { examine } from './run.js';

it('a formula of too many terms names its theorem', async () => {
  const heavy = withRevision(theorem31, (revision) => ({
    ...revision,
    cases: revision.cases.map((home) => {
      const c = (revision.cases[0]!.when as Extract<Proposition, { readonly left: Scalar }>).left as Scalar;
      return { ...home, value: pow(pow(pow(add(c, div(1, 3), revision.problem.lambda['W']!), 64), 64), 64) };
    }),
  }));
  await expect(examine(heavy, { only: ['symbolic-value'] })).rejects.toThrow(/3\.1.*: a formula has too many terms/);
});
