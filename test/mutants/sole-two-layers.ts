/** Wrong theorems with two layers that one check alone notices: see sole.ts. */
import { K, div, equal, minimum, mul, n, sqrt, sub } from '../../src/symbolic/build.js';
import type { Matrix, Scalar } from '../../src/symbolic/expression.js';
import type { Case, Theorem } from '../../src/theorem/contract.js';
import type { InstanceRanges } from '../../src/theorem/genome.js';
import { parseSizeRange } from '../../src/cli/ranges.js';
import { theorem41 } from '../../theorems/tirer-bruna-2022/theorem-4.1.js';
import { theorem42 } from '../../theorems/tirer-bruna-2022/theorem-4.2.js';
import { withRevision } from './rewrite.js';
import type { SoleMutant } from './sole.js';
import { MUTANTS_41 } from './theorem-4.1.js';

const relaxed = theorem42.revisions.find((x) => x.status === 'current')!;
const { W1: lambda1, H1: lambdaH } = relaxed.problem.lambda as Record<'W1' | 'H1', Scalar>;
const [frameCase, zeroCase] = relaxed.cases.map(({ chain: _, ...home }): Case => home) as [Case, Case];
const [, V] = frameCase.minimizer.frames as [Matrix, Matrix];
// The value is (1 − z)(1 + 2z)/2 with the root z.
const value = frameCase.value as { readonly over: { readonly factors: readonly Scalar[] } };
const z = (value.over.factors[0] as { readonly terms: readonly { readonly factors: readonly Scalar[] }[] }).terms[1]!
  .factors[1]!;
const spread = mul(z, sub(1, z));

/** 4.2 in a construction that has no words, so that symbolic checks are open already. */
const wordless = (change: (home: Case) => Case): Theorem =>
  withRevision(theorem42, ({ criticalPoints: _, ...revision }) => ({
    ...revision,
    cases: [
      change({
        ...frameCase,
        minimizer: {
          ...frameCase.minimizer,
          blocks: { ...frameCase.minimizer.blocks, W2: mul(minimum(1, 2), frameCase.minimizer.blocks['W2']!) },
        },
      }),
      zeroCase,
    ],
  }));
const unchanged = wordless((home) => home);

// Irrational at rational instances, and rational where λ's are traded for a simplex ETF.
const odd = sqrt(div(spread, mul(lambda1, sub(K, 1))));
const collapsed = (factor: Scalar): Theorem =>
  wordless((home) => {
    const { left, right } = home.conclusions[0]!.statement;
    const statement = equal(mul(odd, left), mul(factor, odd, right));
    return { ...home, conclusions: [{ ...home.conclusions[0]!, statement }, ...home.conclusions.slice(1)] };
  });
const severalClasses: InstanceRanges = {
  K: parseSizeRange('K', '2..3'),
  d: parseSizeRange('d', 'K..K+1'),
  n: parseSizeRange('n', '1..2'),
  lambda: {},
};

const ofTheorem41 = (killer: string): SoleMutant => ({
  ...MUTANTS_41.find((x) => x.killer === killer)!,
  original: theorem41,
});

export const SOLE_TWO_LAYERS: readonly SoleMutant[] = [
  {
    name: 'the norm of V forgotten in the features, seen where it is not 1',
    killer: 'kinks',
    wrong: 'statement',
    original: unchanged,
    theorem: wordless((home) => ({
      ...home,
      minimizer: {
        ...home.minimizer,
        blocks: { ...home.minimizer.blocks, H1: mul(sqrt(div(spread, mul(K, n, lambdaH))), V, relaxed.problem.labels) },
      },
    })),
  },
  {
    name: 'NC1 off by 10⁻²⁴ in a form that only a simplex ETF makes rational',
    killer: 'exact-family',
    wrong: 'statement',
    ranges: severalClasses,
    original: collapsed(div(1, 1)),
    theorem: collapsed(div('1000000000000000000000001', '1000000000000000000000000')),
  },
  ofTheorem41('chain-steps'),
  ofTheorem41('chain-equality'),
];
