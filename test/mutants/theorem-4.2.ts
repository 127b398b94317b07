/** Wrong variants of Theorem 4.2 (relaxed), each with the check that is meant to kill it. */
import {
  K,
  add,
  classMeans,
  d,
  div,
  eq,
  equal,
  frame,
  gram,
  identity,
  labels as Y,
  lt,
  mul,
  n,
  neg,
  normSquared,
  nuclearNorm,
  obtuseColumns,
  ones,
  pow,
  relu,
  sqrt,
  sub,
  t,
  zeros,
} from '../../src/symbolic/build.js';
import type { LetterNode, Matrix, Scalar } from '../../src/symbolic/expression.js';
import type { Case, Derivation, Revision, Theorem } from '../../src/theorem/contract.js';
import { theorem42 } from '../../theorems/tirer-bruna-2022/theorem-4.2.js';
import { fold, twoLayers } from '../../theorems/tirer-bruna-2022/two-layers.js';
import { type Mutant, redefineIn, rewrite, withRevision } from './rewrite.js';

const current = theorem42.revisions.find((x) => x.status === 'current')!;
const { W2: lambda2, W1: lambda1, H1: lambdaH } = current.problem.lambda as Record<'W2' | 'W1' | 'H1', Scalar>;
const { W2, W1, H1 } = current.problem.block as Record<'W2' | 'W1' | 'H1', Matrix>;
const [frameCase, zeroCase] = current.cases as [Case, Case];

/** The abbreviation of that name in a tree. */
const find = (tree: unknown, name: string): Scalar => {
  let found: Scalar | undefined;
  rewrite(tree, (node) => {
    if (node.sort === 'scalar' && 'name' in node && node.name === name) found ??= node;
    return undefined;
  });
  if (found === undefined) throw new Error(`no ${name} in Theorem 4.2`);
  return found;
};
const z = find(frameCase.value, 'z');
const w2 = find(frameCase.minimizer.blocks, 'w2');
const spread = mul(z, sub(1, z));

const inFrame = (change: (home: Case) => Case): Theorem =>
  withRevision(theorem42, (revision) => ({ ...revision, cases: [change(frameCase), zeroCase] }));
const inDerivation = (id: string, change: (x: Derivation) => Derivation): Theorem =>
  inFrame((home) => ({ ...home, equality: home.equality!.map((x) => (x.id === id ? change(x) : x)) }));
const inRevision = (change: (revision: Revision) => Revision): Theorem => withRevision(theorem42, change);
const withBlocks = (blocks: Record<string, Matrix>, frames = frameCase.minimizer.frames ?? []): Theorem =>
  inFrame((home) => ({ ...home, minimizer: { frames, blocks: { ...home.minimizer.blocks, ...blocks } } }));
const conclude = (id: string, statement: Case['conclusions'][number]['statement']): Theorem =>
  inFrame((home) => ({ ...home, conclusions: home.conclusions.map((x) => (x.id === id ? { ...x, statement } : x)) }));
const [R, V] = (frameCase.minimizer.frames ?? []) as [Matrix, Matrix];
const means = classMeans(H1);

/** The family with frames of any sign for R ≥ 0: σ(W₁H̄₁) is no frame then. */
const signed = frame('Rs', 'd', 'K');
const Q = frame('Qs', 'd', 'K');
const acute = add(identity('K'), mul(ones('K'), t(ones('K'))));

/** The frames of the small root are a pass: from them f goes down to zero and to the frames of the largest root. */
const { kappa, smallRoot } = twoLayers(current.problem);
const withPass = (V: LetterNode): Theorem =>
  inRevision((revision) => {
    const [R] = frameCase.minimizer.frames as [LetterNode];
    const unit = sqrt(div(K, normSquared(V)));
    return {
      ...revision,
      criticalPoints: [
        {
          id: 'pass',
          title: 'frames of the small root',
          when: lt(kappa, fold),
          construction: {
            frames: [R, V],
            blocks: {
              W2: mul(smallRoot.w2, t(R)),
              W1: mul(smallRoot.w1, unit, R, t(V)),
              H1: mul(smallRoot.h, unit, V, Y),
            },
          },
          value: smallRoot.frameValue,
          nature: 'local-minimum',
        },
      ],
    };
  });

export const MUTANTS_42: readonly Mutant[] = [
  {
    name: 'R with entries of any sign',
    killer: 'kinks',
    wrong: 'statement',
    theorem: withBlocks(
      {
        W2: mul(w2, t(signed)),
        W1: mul(sqrt(div(spread, mul(lambda1, K))), signed, t(Q)),
        H1: mul(sqrt(div(spread, mul(n, lambdaH, K))), Q, Y),
      },
      [signed, Q],
    ),
  },
  {
    name: 'acute columns of the features',
    killer: 'numeric-stationarity',
    wrong: 'statement',
    theorem: withBlocks(
      {
        W1: mul(sqrt(div(spread, mul(lambda1, K))), R, acute, t(Q)),
        H1: mul(sqrt(div(spread, mul(n, lambdaH, K))), Q, acute, Y),
      },
      [...(frameCase.minimizer.frames ?? []).slice(0, 1), Q],
    ),
  },
  {
    name: 'the norm of V forgotten in the features',
    killer: 'kinks',
    wrong: 'statement',
    theorem: withBlocks({ H1: mul(sqrt(div(spread, mul(K, n, lambdaH))), V, Y) }),
  },
  {
    name: 'the class means an orthogonal frame as well',
    killer: 'exact-family',
    wrong: 'statement',
    theorem: inFrame((home) => ({
      ...home,
      conclusions: [
        ...home.conclusions,
        {
          id: 'NC2-features',
          title: 'the class means form an orthogonal frame',
          statement: equal(gram(means), mul(div(spread, mul(K, n, lambdaH)), identity('K'))),
        },
      ],
    })),
  },
  {
    name: 'w₁ with λ_{H₁} for λ_{W₁}',
    killer: 'exact-stationarity',
    wrong: 'statement',
    theorem: withBlocks({ W1: mul(sqrt(div(spread, mul(lambdaH, normSquared(V)))), R, t(V)) }),
  },
  {
    name: 'W₂ = −w₂Rᵀ',
    killer: 'symbolic-stationarity',
    wrong: 'statement',
    theorem: withBlocks({ W2: neg(frameCase.minimizer.blocks['W2']!) }),
  },
  {
    name: 'f* = (1 − z)(1 + z)/2',
    killer: 'exact-value',
    wrong: 'statement',
    theorem: inFrame((home) => ({ ...home, value: div(mul(sub(1, z), add(1, z)), 2) })),
  },
  {
    name: 'f* = (1 − z)(1 + 2z)/2 + z/100, at irrational instances too',
    killer: 'numeric-value',
    wrong: 'statement',
    theorem: inFrame((home) => ({ ...home, value: add(home.value, div(z, 100)) })),
  },
  {
    name: 'κ = K³λ_{W₂}λ_{W₁}λ_{H₁}, n dropped',
    killer: 'numeric-stationarity',
    wrong: 'statement',
    theorem: redefineIn(theorem42, 'kappa', () => mul(pow(K, 3), lambda2, lambda1, lambdaH)),
  },
  {
    name: 'NC2 with 2K for K',
    killer: 'exact-conclusions',
    wrong: 'statement',
    theorem: conclude(
      'NC2',
      equal(frameCase.conclusions[1]!.statement.left, mul(div(mul(2, K, lambda2, z), sub(1, z)), identity('K'))),
    ),
  },
  {
    name: 'NC3 with λ_{W₁} for λ_{W₂}',
    killer: 'numeric-conclusions',
    wrong: 'statement',
    theorem: conclude('NC3', equal(W2, mul(div(sub(1, z), mul(K, lambda1)), t(relu(mul(W1, means)))))),
  },
  {
    name: 'NC1: the features themselves vanish',
    killer: 'descent-form',
    wrong: 'statement',
    theorem: conclude('NC1', equal(H1, zeros('d', 'N'))),
  },
  {
    name: 'zero is the minimum of the whole range',
    killer: 'descent-value',
    wrong: 'statement',
    theorem: inFrame((home) => ({ ...home, minimizer: zeroCase.minimizer, value: zeroCase.value })),
  },
  {
    name: 'the family too small by the motions of V',
    killer: 'nullity',
    wrong: 'statement',
    theorem: inFrame((home) => ({ ...home, manifold: { ...home.manifold!, dimension: sub(d, K) } })),
  },
  {
    name: 'λ_{W₂} for λ_{W₂}/(1 − z) off the diagonal of classes',
    killer: 'spectrum',
    wrong: 'statement',
    theorem: inFrame((home) => ({
      ...home,
      spectrum: home.spectrum!.map((x) => (x.title.includes('along their mode') ? { ...x, matrix: [[lambda2]] } : x)),
    })),
  },
  {
    name: 'partial frames of a value with r for r/K',
    killer: 'critical-points',
    wrong: 'statement',
    theorem: inRevision((revision) => ({
      ...revision,
      criticalPoints: revision.criticalPoints!.map((x) => ({ ...x, value: sub(x.value, div(z, 2)) })),
    })),
  },
  {
    name: '(H*) not assumed, and what it costs still subtracted',
    killer: 'chain-steps',
    wrong: 'proof',
    theorem: inRevision(({ ofMinimizer: _, ...revision }) => revision),
  },
  {
    name: 'half the price of (H*)',
    killer: 'chain-steps',
    wrong: 'proof',
    theorem: inRevision((revision) => ({
      ...revision,
      ofMinimizer: revision.ofMinimizer!.map((x) => ({ ...x, price: div(x.price!, 2) })),
    })),
  },
  {
    name: 'norms that differ by a factor 2 for equal ones',
    killer: 'chain-steps',
    wrong: 'proof',
    theorem: inRevision((revision) => ({
      ...revision,
      ofMinimizer: revision.ofMinimizer!.map((x) => ({
        ...x,
        statement: eq(nuclearNorm(relu(mul(W1, H1))), mul(2, nuclearNorm(mul(W1, H1)))),
      })),
    })),
  },
  {
    name: 'equality in the inequality of Hölder taken for granted',
    killer: 'chain-equality',
    wrong: 'proof',
    theorem: inDerivation('Aligned', (x) => ({ ...x, from: zeros('1', '1') })),
  },
  {
    name: 'σ of averages over classes that are not known to be equal',
    killer: 'chain-equality',
    wrong: 'proof',
    theorem: inDerivation('Copies', (x) => ({ ...x, from: zeros('d', 'N') })),
  },
  {
    name: 'a matrix with singular values 2 for a projector',
    killer: 'chain-equality',
    wrong: 'proof',
    theorem: inDerivation('Norm', (x) => ({ ...x, of: mul(2, x.of!) })),
  },
  {
    name: 'frames of the small root called local minima where f is smooth',
    killer: 'saddle-curvature',
    wrong: 'statement',
    theorem: withPass(obtuseColumns('V', 'd', 'K')),
  },
  {
    name: 'frames of the small root called local minima at kinks, where there is no curvature to measure',
    killer: 'planted-saddles',
    wrong: 'statement',
    theorem: withPass(frame('Qs', 'd', 'K')),
  },
];
