/** Chains with a wrong step, under theorems that are true: the proof is broken and the statement is not. */
import { mul, nuclearNorm, relu } from '../../src/symbolic/build.js';
import type { Scalar } from '../../src/symbolic/expression.js';
import type { Case, ChainStep, Revision, Theorem } from '../../src/theorem/contract.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import { theorem32 } from '../../theorems/tirer-bruna-2022/theorem-3.2.js';
import { type Mutant, rewrite, withRevision } from './rewrite.js';

const chainOf = (original: Theorem, caseIndex: number): readonly ChainStep[] =>
  (original.revisions[0] as Revision).cases[caseIndex]?.chain ?? [];

const withChain = (original: Theorem, caseIndex: number, chain: readonly ChainStep[]): Theorem =>
  withRevision(original, (revision) => ({
    ...revision,
    cases: revision.cases.map((home, index): Case => (index === caseIndex ? { ...home, chain } : home)),
  }));

const [b1, b2, b3, b4] = chainOf(theorem31, 0) as [ChainStep, ChainStep, ChainStep, ChainStep];
const etf = chainOf(theorem32, 0);

type NuclearNorm = Extract<Scalar, { kind: 'nuclearNorm' }>;

/** A bound with its nuclear norms replaced. */
const renormed = ({ bound, ...step }: ChainStep, change: (norm: NuclearNorm) => Scalar): ChainStep => ({
  ...step,
  bound: rewrite(bound, (node) => (node.kind === 'nuclearNorm' ? change(node) : undefined)),
});

/** 3.1 with a step that only looks innocent: ‖Z‖_* ≥ ‖σ(Z)‖_*, which 3 × 3 matrices of low rank break. */
export const reluStep = withChain(theorem31, 0, [
  b1,
  b2,
  { ...renormed(b2, ({ of }) => nuclearNorm(relu(of))), id: 'S', because: 'σ shrinks' },
  b3,
  b4,
]);

export const MUTANTS_OF_CHAINS: readonly (Mutant & { readonly step: string })[] = [
  {
    name: 'twice the nuclear norm',
    killer: 'chain',
    wrong: 'chain',
    step: 'frame: step 2, B1 ≥ B2',
    theorem: withChain(theorem31, 0, [b1, renormed(b2, (norm) => mul(2, norm)), b3, b4]),
  },
  {
    name: 'the nuclear norm a thousandth too large',
    killer: 'chain',
    wrong: 'chain',
    step: 'frame: step 2, B1 ≥ B2',
    theorem: withChain(theorem31, 0, [b1, renormed(b2, (norm) => mul('1001/1000', norm)), b3, b4]),
  },
  {
    name: 'two steps in the wrong order',
    killer: 'chain',
    wrong: 'chain',
    step: 'frame: step 2, B2 ≥ B1',
    theorem: withChain(theorem31, 0, [b2, b1, b3, b4]),
  },
  {
    name: '‖Z‖_* ≥ ‖σ(Z)‖_*',
    killer: 'chain',
    wrong: 'chain',
    step: 'frame: step 3, B2 ≥ S',
    theorem: reluStep,
  },
  {
    name: 'the average over classes taken before the best bias, and forgotten again',
    killer: 'chain',
    wrong: 'chain',
    step: 'etf: step 3, B3 ≥ B2',
    theorem: withChain(theorem32, 0, [etf[0], etf[2], etf[1], ...etf.slice(3)] as ChainStep[]),
  },
  {
    name: 'a chain that ends below the value',
    killer: 'chain',
    wrong: 'chain',
    step: 'zero: step 7, B6 ≥ f*',
    theorem: withChain(
      theorem32,
      1,
      chainOf(theorem32, 1).map((x) => (x.id === 'B6' ? { ...x, bound: mul('99/100', x.bound) } : x)),
    ),
  },
  {
    name: 'a regulariser weakened by half, which the next step does not survive',
    killer: 'chain',
    wrong: 'chain',
    step: 'frame: step 3, B2 ≥ B3',
    theorem: withChain(theorem31, 0, [b1, renormed(b2, (norm) => mul('1/2', norm)), b3, b4]),
  },
];
