/** Wrong variants of Theorem 3.1, each with the check that is meant to kill it. */
import {
  K,
  n,
  add,
  div,
  equal,
  gt,
  identity,
  leq,
  mul,
  neg,
  ones,
  parameter,
  pow,
  sqrt,
  sub,
  t,
  zeros,
} from '../../src/symbolic/build.js';
import type { Matrix, Scalar } from '../../src/symbolic/expression.js';
import type { Case, Revision, Theorem } from '../../src/theorem/contract.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import { partedAtSilver, without } from './bases.js';
import { type Mutant, redefineIn, rewrite, withRevision } from './rewrite.js';

const [current] = theorem31.revisions;
if (current === undefined) throw new Error('Theorem 3.1 has no revision');
const { W: lambdaW, H: lambdaH } = current.problem.lambda as Record<'W' | 'H', Scalar>;
const { H } = current.problem.block as Record<'H', Matrix>;
const [frameCase, zeroCase] = current.cases as [Case, Case];

const redefine = (name: string, value: (old: Scalar) => Scalar): Theorem => redefineIn(theorem31, name, value);

const inFrame = (change: (home: Case) => Case): Theorem =>
  withRevision(theorem31, (revision) => ({ ...revision, cases: [change(frameCase), zeroCase] }));

const inRevision = (change: (revision: Revision) => Revision): Theorem => withRevision(theorem31, change);

const conclude = (id: string, statement: Case['conclusions'][number]['statement']): Theorem =>
  inFrame((home) => ({
    ...home,
    conclusions: home.conclusions.map((x) => (x.id === id ? { ...x, statement } : x)),
  }));

/** The proof of the case c ≤ 1, and the parametrisation, which the mutants below change. */
const proof = frameCase.proof!;
const squareA = proof.squares['A']!;
const spectrum = frameCase.spectrum!;
const parametrisation = current.parametrisation!;

const nc2 = frameCase.conclusions.find((x) => x.id === 'NC2');
if (nc2 === undefined) throw new Error('Theorem 3.1 has no NC2');
const gramOfMeans = nc2.statement.left;
const rho = (nc2.statement.right as Extract<Matrix, { kind: 'scaled' }>).factor;
const c = (frameCase.when as { readonly left: Scalar }).left;

/** The symmetric block with a general parameter, the skew blocks left out. */
const symmetricAndSkewTogether: Theorem = inFrame((home) => ({
  ...home,
  spectrum: spectrum
    .filter((x) => !x.title.startsWith('active, skew'))
    .map((x) =>
      x.title !== 'active, symmetric'
        ? x
        : {
            ...x,
            multiplicity: pow(K, 2),
            directions: rewrite(x.directions!, (node) =>
              node.kind === 'parameter' ? parameter('S', 'K', 'K') : undefined,
            ),
          },
    ),
}));

export const MUTANTS_31: readonly Mutant[] = [
  {
    name: 'NC2 wrong by one part in 10¹⁵',
    killer: 'symbolic-conclusions',
    wrong: 'statement',
    theorem: conclude('NC2', equal(gramOfMeans, mul('1000000000000001/1000000000000000', rho, identity('K')))),
  },
  {
    name: 'zero is optimal for c > 999/1000',
    killer: 'thresholds',
    wrong: 'statement',
    theorem: inRevision((revision) => ({
      ...revision,
      cases: [
        { ...frameCase, when: leq(c, '999/1000'), strata: frameCase.strata.slice(0, 1) },
        { ...without(zeroCase, 'proof', 'chain', 'manifold'), when: gt(c, '999/1000') },
      ],
    })),
  },
  {
    name: 'nothing claimed for c = 1 + √2',
    killer: 'cases',
    wrong: 'statement',
    theorem: partedAtSilver(gt),
  },
  {
    name: 'ρ = (1 − c)√(nλ_H/λ_W)',
    killer: 'symbolic-stationarity',
    wrong: 'statement',
    theorem: redefine('rho', () => mul(sub(1, c), sqrt(div(mul(n, lambdaH), lambdaW)))),
  },
  {
    name: 'c = K√(λ_Wλ_H), n dropped',
    killer: 'numeric-stationarity',
    wrong: 'statement',
    theorem: redefine('c', () => mul(K, sqrt(mul(lambdaW, lambdaH)))),
  },
  {
    name: 'c = n√(Kλ_Wλ_H)',
    killer: 'numeric-value',
    wrong: 'statement',
    theorem: redefine('c', () => mul(n, sqrt(mul(K, lambdaW, lambdaH)))),
  },
  {
    name: 'W = √(λ_H/λ_W)·H̄ᵀ, n dropped',
    killer: 'exact-stationarity',
    wrong: 'statement',
    instances: 20,
    theorem: redefine('s', () => sqrt(div(lambdaH, lambdaW))),
  },
  {
    name: 'W = −√(nλ_H/λ_W)·H̄ᵀ in the construction',
    killer: 'exact-conclusions',
    wrong: 'statement',
    theorem: inFrame((home) => ({
      ...home,
      minimizer: {
        ...home.minimizer,
        blocks: { ...home.minimizer.blocks, W: neg(home.minimizer.blocks['W'] as Matrix) },
      },
    })),
  },
  {
    name: 'f* = 1 − (1 − c)²',
    killer: 'exact-value',
    wrong: 'statement',
    theorem: inFrame((home) => ({ ...home, value: sub(1, pow(sub(1, c), 2)) })),
  },
  {
    name: 'f* = c − c², too low to be reached',
    killer: 'symbolic-value',
    wrong: 'statement',
    theorem: inFrame((home) => ({ ...home, value: sub(c, pow(c, 2)) })),
  },
  {
    name: 'zero is optimal for c > 1/2',
    killer: 'descent-value',
    wrong: 'statement',
    theorem: inRevision((revision) => ({
      ...revision,
      cases: [
        { ...frameCase, when: leq(c, '1/2'), strata: [{ id: 'c ≤ 1/2', draw: { c: { from: '1/20', to: '1/2' } } }] },
        { ...zeroCase, when: gt(c, '1/2'), strata: [{ id: 'c > 1/2', draw: { c: { from: '11/20', to: '3' } } }] },
      ],
    })),
  },
  {
    name: 'a simplex ETF instead of an orthogonal frame',
    killer: 'descent-form',
    wrong: 'statement',
    theorem: conclude('NC2', equal(gramOfMeans, mul(rho, sub(identity('K'), mul(div(1, K), ones('K'), t(ones('K'))))))),
  },
  {
    name: 'NC2 with 2ρ',
    killer: 'descent-form',
    wrong: 'statement',
    theorem: conclude('NC2', equal(gramOfMeans, mul(2, rho, identity('K')))),
  },
  {
    name: 'NC2 wrong by one part in ten thousand, at an irrational instance',
    killer: 'numeric-conclusions',
    wrong: 'statement',
    theorem: conclude('NC2', equal(mul('1/1000000', gramOfMeans), mul('10001/10000000000', rho, identity('K')))),
  },
  {
    name: 'NC1: the features themselves vanish',
    killer: 'exact-conclusions',
    wrong: 'statement',
    theorem: conclude('NC1', equal(H, zeros('d', 'N'))),
  },
  {
    name: 'zero is the minimizer for c ≤ 1 (a saddle)',
    killer: 'curvature',
    wrong: 'statement',
    theorem: inFrame((home) => ({
      ...home,
      minimizer: { blocks: { W: zeros('K', 'd'), H: zeros('d', 'N') } },
      value: div(1, 2),
      spectrum: zeroCase.spectrum!,
    })),
  },
  {
    name: 'the orthogonal frame itself called a saddle',
    killer: 'planted-saddles',
    wrong: 'statement',
    theorem: inRevision((revision) => ({
      ...revision,
      criticalPoints: (revision.criticalPoints ?? []).map((family) => ({
        ...family,
        construction: frameCase.minimizer,
        value: frameCase.value,
        spectrum,
      })),
    })),
  },
  {
    name: 'nullity K(K − 1)/2, the directions of d > K forgotten',
    killer: 'spectrum',
    wrong: 'statement',
    theorem: inFrame((home) => ({
      ...home,
      spectrum: spectrum.map((x) => (x.title.includes('inactive feature: orbit') ? { ...x, matrix: [[lambdaW]] } : x)),
    })),
  },
  {
    name: 'a Hessian eigenvalue with 1 − c for 1 − 2c',
    killer: 'spectrum',
    wrong: 'statement',
    theorem: inFrame((home) => ({
      ...home,
      spectrum: spectrum.map((x) => {
        const [[first], [, last]] = x.matrix.length === 2 ? (x.matrix as [[Scalar], [Scalar, Scalar]]) : [[], []];
        if (x.title !== 'active, symmetric' || first === undefined || last === undefined) return x;
        const off = mul(div(sub(1, c), c), sqrt(mul(lambdaW, lambdaH)));
        return {
          ...x,
          matrix: [
            [first, off],
            [off, last],
          ],
        };
      }),
    })),
  },
  {
    name: 'one dimension moved from a block to another',
    killer: 'spectrum',
    wrong: 'statement',
    theorem: inFrame((home) => ({
      ...home,
      spectrum: spectrum.map((x) =>
        x.title === 'active, skew: across'
          ? { ...x, multiplicity: add(x.multiplicity, 1) }
          : x.title === 'active class, inactive feature: across'
            ? { ...x, multiplicity: sub(x.multiplicity, 1) }
            : x,
      ),
    })),
  },
  {
    name: 'symmetric and skew directions taken together: K² dimensions that add up, and one matrix for both',
    killer: 'spectrum',
    wrong: 'statement',
    theorem: symmetricAndSkewTogether,
  },
  {
    name: 'symmetric and skew directions taken together, in words',
    killer: 'symbolic-spectrum',
    wrong: 'statement',
    theorem: symmetricAndSkewTogether,
  },
  {
    name: 'within-class directions in H that are not orthonormal, in words',
    killer: 'symbolic-spectrum',
    wrong: 'statement',
    theorem: inFrame((home) => ({
      ...home,
      spectrum: spectrum.map((x) =>
        x.title !== 'within class, active'
          ? x
          : {
              ...x,
              directions: x.directions!.map(({ parameter: S, rows }) => ({
                parameter: S,
                rows: rows.map((row) => ({ H: mul('2', row['H']!) })),
              })),
            },
      ),
    })),
  },
  {
    name: 'dim St(K, d) off by one',
    killer: 'nullity',
    wrong: 'statement',
    theorem: inFrame((home) => ({
      ...home,
      manifold: { ...frameCase.manifold!, dimension: add(frameCase.manifold!.dimension, 1) },
    })),
  },
  {
    name: 'Morse–Bott at c = 1 too, where the minimizers are one point',
    killer: 'nullity',
    wrong: 'statement',
    theorem: inFrame((home) => ({ ...home, manifold: { ...frameCase.manifold!, when: leq(c, 1) } })),
  },
  {
    name: 'the lowest curvature of saddles with n forgotten',
    killer: 'saddle-curvature',
    wrong: 'statement',
    theorem: inRevision((revision) => ({
      ...revision,
      criticalPoints: (revision.criticalPoints ?? []).map((family) => ({
        ...family,
        spectrum: family.spectrum!.map((x) =>
          x.title === 'inactive, inactive'
            ? {
                ...x,
                matrix: [
                  [lambdaW, div(-1, K)],
                  [div(-1, K), lambdaH],
                ],
              }
            : x,
        ),
      })),
    })),
  },
  {
    name: 'critical value 1/2 − (r/K)(1 − c)²',
    killer: 'critical-points',
    wrong: 'statement',
    theorem: inRevision((revision) => ({
      ...revision,
      criticalPoints: (revision.criticalPoints ?? []).map((family) => ({
        ...family,
        value: sub(family.value, sub(div(1, 2), family.value)),
      })),
    })),
  },
  {
    name: 'the coefficient of ‖A‖² doubled',
    killer: 'identity',
    wrong: 'proof',
    theorem: inFrame((home) => ({
      ...home,
      proof: {
        ...proof,
        squares: { ...proof.squares, A: { coefficient: mul(2, squareA.coefficient), of: squareA.of } },
      },
    })),
  },
  {
    name: 'the proof for c > 1 used where c ≤ 2',
    killer: 'signs',
    wrong: 'statement',
    theorem: inRevision((revision) => ({
      ...revision,
      cases: [
        { ...zeroCase, id: 'zero', when: leq(c, 1), strata: [{ id: 'c ≤ 1', draw: {} }] },
        { ...zeroCase, id: 'beyond', when: gt(c, 1) },
      ],
    })),
  },
  {
    name: 'a cofactor of NC2 with the wrong sign',
    killer: 'equality',
    wrong: 'proof',
    theorem: inFrame((home) => ({
      ...home,
      proof: {
        ...proof,
        cofactors: { ...proof.cofactors, NC2: neg(proof.cofactors['NC2']!) },
      },
    })),
  },
  {
    name: 'a cofactor that is the conclusion itself',
    killer: 'equality',
    wrong: 'proof',
    theorem: inFrame((home) => ({
      ...home,
      proof: {
        ...proof,
        cofactors: { ...proof.cofactors, NC2: sub(gramOfMeans, nc2.statement.right) },
      },
    })),
  },
  {
    name: 'd ≥ K not assumed',
    killer: 'attainment',
    wrong: 'proof',
    theorem: inRevision((revision) => ({ ...revision, hypotheses: [] })),
  },
  {
    name: 'a parametrisation that reaches only λ_W = λ_H',
    killer: 'parametrisation',
    wrong: 'proof',
    open: true,
    theorem: inRevision((revision) => ({
      ...revision,
      parametrisation: {
        ...parametrisation,
        parameters: {
          W: parametrisation.parameters['W']!,
          H: parametrisation.parameters['W']!,
        },
      },
    })),
  },
];
