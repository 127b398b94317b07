/** Wrong variants of Theorem 4.1, each with the check that is meant to kill it. */
import { K, div, equal, gt, leq, lt, mul, neg, number, pow, sqrt, sub } from '../../src/symbolic/build.js';
import { make } from '../../src/symbolic/node.js';
import type { Matrix, Scalar } from '../../src/symbolic/expression.js';
import type { LemmaUse } from '../../src/symbolic/textbook.js';
import type { Case, ChainStep, Derivation, Revision, Theorem } from '../../src/theorem/contract.js';
import { theorem41 } from '../../theorems/tirer-bruna-2022/theorem-4.1.js';
import { type Mutant, redefineIn, rewrite, withRevision } from './rewrite.js';

const current = theorem41.revisions.find((x) => x.status === 'current')!;
const [frameCase, zeroCase] = current.cases as [Case, Case];
const { W2: lambda2, W1: lambda1 } = current.problem.lambda as Record<'W2' | 'W1', Scalar>;
const kappa = (frameCase.when as { readonly left: Scalar }).left;

const inRevision = (change: (revision: Revision) => Revision): Theorem => withRevision(theorem41, change);
const inFrame = (change: (home: Case) => Case): Theorem =>
  inRevision((revision) => ({ ...revision, cases: [change(frameCase), zeroCase] }));

const conclude = (id: string, right: (old: Matrix) => Matrix): Theorem =>
  inFrame((home) => ({
    ...home,
    conclusions: home.conclusions.map((x) =>
      x.id === id ? { ...x, statement: equal(x.statement.left, right(x.statement.right)) } : x,
    ),
  }));

const inStep = (id: string, change: (step: ChainStep) => ChainStep): Theorem =>
  inFrame((home) => ({ ...home, chain: home.chain!.map((x) => (x.id === id ? change(x) : x)) }));

const inUse = (id: string, change: (use: LemmaUse) => LemmaUse): Theorem =>
  inStep(id, (step) => ({ ...step, by: step.by!.map(change) }));

const inDerivation = (id: string, change: (x: Derivation) => Derivation): Theorem =>
  inFrame((home) => ({ ...home, equality: home.equality!.map((x) => (x.id === id ? change(x) : x)) }));

type Entries = readonly (readonly Scalar[])[];
const inBlock = (title: string, matrix: (old: Entries) => Entries): Theorem =>
  inFrame((home) => ({
    ...home,
    spectrum: home.spectrum!.map((x) => (x.title === title ? { ...x, matrix: matrix(x.matrix) } : x)),
  }));

/** z as the root of another equation, wherever it is written. */
const otherRoot = (of: (x: Scalar) => Scalar, from = '1/4'): Theorem =>
  inRevision((revision) =>
    rewrite(revision, (node) => (node.kind === 'root' ? make({ ...node, of: of(node.variable), from }) : undefined)),
  );

const heightOfMeans = (frameCase.minimizer.blocks['H1'] as Extract<Matrix, { kind: 'scaled' }>).factor;

/** Mutants whose killer is meant to be enough by itself. */
export const MUTANTS_41: readonly Mutant[] = [
  {
    name: 'z(1 − z)² = κ',
    killer: 'numeric-stationarity',
    wrong: 'statement',
    theorem: otherRoot((x) => mul(x, pow(sub(1, x), 2)), '1/3'),
  },
  {
    name: 'z(1 − z)² = κ, in words',
    killer: 'parametrisation',
    wrong: 'statement',
    theorem: otherRoot((x) => mul(x, pow(sub(1, x), 2)), '1/3'),
  },
  {
    name: 'κ = K³λ_{W₂}λ_{W₁}λ_{H₁}, n dropped',
    killer: 'numeric-stationarity',
    wrong: 'statement',
    theorem: redefineIn(theorem41, 'kappa', () =>
      mul(pow(K, 3), ...['W2', 'W1', 'H1'].map((x) => current.problem.lambda[x] as Scalar)),
    ),
  },
  {
    name: 'λ_{W₁} and λ_{W₂} exchanged in the amplitudes of W₂',
    killer: 'symbolic-stationarity',
    wrong: 'statement',
    theorem: redefineIn(theorem41, 'w2', (old) => {
      const { of } = old as Extract<Scalar, { kind: 'sqrt' }>;
      return sqrt(div((of as Extract<Scalar, { kind: 'quotient' }>).over, mul(K, lambda1)));
    }),
  },
  {
    name: 'W₁ with the opposite sign',
    killer: 'exact-conclusions',
    wrong: 'statement',
    theorem: inFrame((home) => ({
      ...home,
      minimizer: {
        ...home.minimizer,
        blocks: { ...home.minimizer.blocks, W1: neg(home.minimizer.blocks['W1'] as Matrix) },
      },
    })),
  },
  {
    name: 'f* = (1 − z)(1 + z)/2',
    killer: 'symbolic-value',
    wrong: 'statement',
    theorem: inFrame((home) => ({
      ...home,
      value: rewrite(home.value, (node) => (node.kind === 'number' && node.value === '2' ? number(1) : undefined)),
    })),
  },
  {
    name: 'f* ten parts in a million too high',
    killer: 'exact-value',
    wrong: 'statement',
    theorem: inFrame((home) => ({ ...home, value: mul('100001/100000', home.value) })),
  },
  {
    name: 'frames are global whenever they exist, κ < 27/256',
    killer: 'descent-value',
    wrong: 'statement',
    theorem: inRevision((revision) => {
      const fold = div(27, 256);
      return {
        ...revision,
        cases: [
          {
            ...frameCase,
            when: lt(kappa, fold),
            strata: [{ id: 'κ < 27/256', draw: { kappa: { from: '7/100', to: '1/10' } } }],
          },
          { ...zeroCase, when: gt(kappa, fold), strata: [zeroCase.strata.at(-1)!] },
        ],
        hypotheses: revision.hypotheses.slice(0, 1),
      };
    }),
  },
  {
    name: 'zero is the minimizer from κ = 1/20 on',
    killer: 'descent-value',
    wrong: 'statement',
    theorem: inRevision((revision) => ({
      ...revision,
      cases: [
        {
          ...frameCase,
          when: leq(kappa, div(1, 20)),
          strata: [{ id: 'κ ≤ 1/20', draw: { kappa: { from: '1/100', to: '1/20' } } }],
        },
        {
          ...zeroCase,
          when: gt(kappa, div(1, 20)),
          strata: [{ id: 'κ > 1/20', draw: { kappa: { from: '51/1000', to: '53/1000' } } }],
        },
      ],
    })),
  },
  {
    name: 'NC2 with h² twice as large',
    killer: 'numeric-conclusions',
    wrong: 'statement',
    theorem: conclude('NC2', (old) => mul(2, old)),
  },
  {
    name: 'W₂W₁ = (z/h)·H̄₁ᵀ, one h dropped',
    killer: 'numeric-conclusions',
    wrong: 'statement',
    theorem: conclude('NC3-product', (old) => mul(heightOfMeans, old)),
  },
  {
    name: 'partial frames are worth r/K of what they are',
    killer: 'critical-points',
    wrong: 'statement',
    theorem: inRevision((revision) => ({
      ...revision,
      criticalPoints: revision.criticalPoints!.map((x) => ({ ...x, value: mul(2, x.value) })),
    })),
  },
  {
    name: 'an eigenvalue λ_{W₁} where it is λ_{W₁} + λ_{W₂}',
    killer: 'spectrum',
    wrong: 'statement',
    theorem: inBlock('inactive hidden: across', () => [[lambda1]]),
  },
  {
    name: 'the symmetric block with the sign of its coupling changed',
    killer: 'symbolic-spectrum',
    wrong: 'statement',
    theorem: inBlock('active, symmetric', (old) =>
      old.map((row, i) => row.map((x, j) => (i === j ? x : neg(x)))),
    ),
  },
  {
    name: 'one rotation instead of two: the dimension of one Stiefel manifold',
    killer: 'nullity',
    wrong: 'statement',
    theorem: inFrame((home) => ({
      ...home,
      manifold: { ...home.manifold!, dimension: div(home.manifold!.dimension, 2) },
    })),
  },
  {
    name: 'a lemma used with twice its weight',
    killer: 'chain-steps',
    wrong: 'proof',
    theorem: inUse('B1', (use) => ({ ...use, weight: mul(2, use.weight) })),
  },
  {
    name: 'ridge elimination with α = λ_{W₂}',
    killer: 'chain-steps',
    wrong: 'proof',
    theorem: inUse('B2', (use) => ({ ...use, scalars: { alpha: mul(lambda2, 1) } })),
  },
  {
    name: 'an isometry that is none: Y for Y/√n',
    killer: 'chain-steps',
    wrong: 'proof',
    theorem: inUse('B3', (use) => ({
      ...use,
      matrices: { ...use.matrices, V: mul(2, use.matrices['V'] as Matrix) },
    })),
  },
  {
    name: 'a certificate for zero where the frame is meant',
    killer: 'chain-steps',
    wrong: 'proof',
    theorem: inUse('B4', (use) => ({ ...use, certificate: { ...use.certificate!, onlyAt: '0' } })),
  },
  {
    name: 'a bound that is not the next one',
    killer: 'chain',
    wrong: 'proof',
    theorem: inStep('B3', (step) => ({ ...step, bound: mul('101/100', step.bound) })),
  },
  {
    name: 'a derivation with an equation left out',
    killer: 'chain-equality',
    wrong: 'proof',
    theorem: inDerivation('Means', (x) => ({ ...x, from: mul(2, x.from) })),
  },
  {
    name: 'a square root of what is negative semidefinite',
    killer: 'chain-equality',
    wrong: 'proof',
    theorem: inDerivation('Gram', (x) => ({
      ...x,
      terms: x.terms!.map((y) => ({ ...y, coefficient: neg(y.coefficient) })),
      statement: equal(neg(x.statement.left), neg(x.statement.right)),
    })),
  },
  {
    name: 'a conclusion derived from itself',
    killer: 'chain-equality',
    wrong: 'proof',
    theorem: inDerivation('First', (x) => ({ ...x, from: sub(x.statement.left, x.statement.right) })),
  },
  {
    name: 'a conclusion that nothing derives',
    killer: 'chain-equality',
    wrong: 'proof',
    theorem: inFrame((home) => ({ ...home, equality: home.equality!.filter((x) => x.id !== 'Balance2') })),
  },
  {
    name: 'd ≥ K not assumed',
    killer: 'chain-equality',
    wrong: 'proof',
    theorem: inRevision((revision) => ({ ...revision, hypotheses: revision.hypotheses.slice(1) })),
  },
  {
    name: 'κ = 1/16 not excluded, so that equality says less',
    killer: 'parametrisation',
    wrong: 'proof',
    theorem: inRevision((revision) => ({ ...revision, hypotheses: revision.hypotheses.slice(0, 1) })),
  },
  ...[true, false].map((stated): Mutant => ({
    name: `the pass between zero and the frames called a local minimum${stated ? '' : ', its spectrum not stated'}`,
    killer: 'saddle-curvature',
    wrong: 'statement',
    theorem: inRevision((revision) => ({
      ...revision,
      criticalPoints: revision.criticalPoints!.map(({ spectrum, ...x }) => ({
        ...x,
        ...(spectrum === undefined || (x.id === 'pass' && !stated) ? {} : { spectrum }),
        nature: 'local-minimum' as const,
      })),
    })),
  })),
];
