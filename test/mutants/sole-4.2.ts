/** Wrong variants of Theorem 4.2 with (H*), about members of its family that are not in general position. */
import { K, add, mul, normSquared, number, positivePart, sub } from '../../src/symbolic/build.js';
import type { LetterNode, Matrix, Scalar } from '../../src/symbolic/expression.js';
import type { Case, Revision } from '../../src/theorem/contract.js';
import { theorem42 } from '../../theorems/tirer-bruna-2022/theorem-4.2.js';
import { irrational } from './bases.js';
import { type SoleMutant, withRevision } from './rewrite.js';

const current = theorem42.revisions.find((x) => x.status === 'current')!;
const frameCase = current.cases.find((x) => x.id === 'frame')!;
const V = frameCase.minimizer.frames!.find((x): x is LetterNode => x.kind === 'obtuse')!;

/**
 * W₁ times a factor that is 1 where the columns of V have norm 1, for ‖V‖² is K there; as a positive part, which has no
 * words, so that it is left to arithmetic.
 */
const withFactor = (factor: Scalar): SoleMutant['theorem'] =>
  withRevision(theorem42, (revision: Revision) => ({
    ...revision,
    cases: revision.cases.map((home): Case => {
      if (home.id !== 'frame') return home;
      const { blocks } = home.minimizer;
      const W1: Matrix = mul(positivePart(factor), blocks['W1']!);
      return { ...home, minimizer: { ...home.minimizer, blocks: { ...blocks, W1 } } };
    }),
  }));

const excess = sub(normSquared(V), K);

export const SOLE_42: readonly SoleMutant[] = [
  {
    name: 'weights of the family wrong by 10⁻²⁴ where its columns have another norm than 1',
    killer: 'exact-family',
    wrong: 'statement',
    instances: 10,
    original: withFactor(number(1)),
    theorem: withFactor(add(1, mul('1/1000000000000000000000000', excess))),
  },
  {
    name: 'weights of the family wrong where its columns have another norm than 1, no instance rational',
    killer: 'kinks',
    wrong: 'statement',
    instances: 10,
    original: irrational(withFactor(number(1))),
    theorem: irrational(withFactor(add(1, mul('1/10', excess)))),
  },
];
