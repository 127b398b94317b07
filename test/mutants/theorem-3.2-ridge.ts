/** Wrong variants of Theorem 3.2 with ridge bias, each with the check that is meant to kill it. */
import {
  K,
  add,
  and,
  div,
  equal,
  identity,
  leq,
  lt,
  mul,
  ones,
  pow,
  sub,
} from '../../src/symbolic/build.js';
import type { Matrix, Scalar } from '../../src/symbolic/expression.js';
import type { Case, Revision } from '../../src/theorem/contract.js';
import { theorem32Ridge } from '../../theorems/tirer-bruna-2022/theorem-3.2-ridge.js';
import { type Mutant, redefineIn, withRevision } from './rewrite.js';

const [current] = theorem32Ridge.revisions as [Revision];
const [frameCase, etf, zero] = current.cases as [Case, Case, Case];
const { b: lambdaB } = current.problem.lambda as { readonly b: Scalar };
const { b } = current.problem.block as { readonly b: Matrix };
const { left: c, right: beta } = frameCase.when as { readonly left: Scalar; readonly right: Scalar };
const parametrisation = current.parametrisation!;
const statementOf = (home: Case, id: string) => home.conclusions.find((x) => x.id === id)!.statement;
const gramOfMeans = statementOf(etf, 'NC2').left;
const { factor: rho } = statementOf(etf, 'NC2').right as Extract<Matrix, { kind: 'scaled' }>;
const uniform = statementOf(etf, 'bias').right;

type Change = (home: Case) => Case;
const revised = (change: (revision: Revision) => Revision) => withRevision(theorem32Ridge, change);
const inCase = (id: string, change: Change) =>
  revised((revision) => ({ ...revision, cases: revision.cases.map((x) => (x.id === id ? change(x) : x)) }));
const conclude = (home: string, id: string, statement: Case['conclusions'][number]['statement']) =>
  inCase(home, (x) => ({ ...x, conclusions: x.conclusions.map((y) => (y.id === id ? { ...y, statement } : y)) }));
const withBias = (home: string, bias: Matrix) =>
  inCase(home, (x) => ({ ...x, minimizer: { ...x.minimizer, blocks: { ...x.minimizer.blocks, b: bias } } }));
const withCoefficient = (home: string, name: string, change: (old: Scalar) => Scalar) =>
  inCase(home, (x) => {
    const { coefficient, of } = x.proof!.squares[name]!;
    const squares = { ...x.proof!.squares, [name]: { coefficient: change(coefficient), of } };
    return { ...x, proof: { ...x.proof!, squares } };
  });
const family = (id: string, change: (x: NonNullable<Revision['criticalPoints']>[number]) => typeof x) =>
  revised((revision) => ({
    ...revision,
    criticalPoints: (revision.criticalPoints ?? []).map((x) => (x.id === id ? change(x) : x)),
  }));
const blockIn = (home: Case, title: string) => home.spectrum!.find((x) => x.title === title)!;
const withBlock = (home: Case, title: string, matrix: readonly (readonly Scalar[])[]): Case => ({
  ...home,
  spectrum: home.spectrum!.map((x) => (x.title === title ? { ...x, matrix } : x)),
});
const termOf = (value: Scalar, index: number): Scalar => (value as Extract<Scalar, { kind: 'sum' }>).terms[index]!;

const mutants: readonly Mutant[] = [
  {
    name: 'β = λ_b/(2 + λ_b)',
    killer: 'numeric-value',
    wrong: 'statement',
    theorem: redefineIn(theorem32Ridge, 'beta', () => div(lambdaB, add(2, lambdaB))),
  },
  {
    name: 'a simplex ETF for every λ_b, also where c < β',
    killer: 'descent-value',
    wrong: 'statement',
    theorem: revised((revision) => ({
      ...revision,
      cases: [{ ...etf, when: leq(c, 1), strata: [{ id: 'c ≤ 1', draw: {} }] }, zero],
    })),
  },
  {
    name: 'the simplex ETF as the minimizer where c ≤ β (a saddle)',
    killer: 'curvature',
    wrong: 'statement',
    theorem: inCase('frame', (x) => ({ ...x, minimizer: etf.minimizer, value: etf.value })),
  },
  {
    name: 'an orthogonal frame wherever c ≤ β',
    killer: 'descent-form',
    wrong: 'statement',
    theorem: conclude('frame', 'NC2', equal(gramOfMeans, mul(rho, identity('K')))),
  },
  {
    name: 'ρ₀ = (1 − c)√(λ_W/(nλ_H)), as if β were 1',
    killer: 'numeric-stationarity',
    wrong: 'statement',
    theorem: redefineIn(theorem32Ridge, 'rho0', () => rho),
  },
  {
    name: 'b = 1_K/K in the construction, not shrunk',
    killer: 'exact-stationarity',
    wrong: 'statement',
    theorem: withBias('etf', mul(div(1, K), ones('K'))),
  },
  {
    name: 'b = c/λ_b·1_K in the construction, K forgotten',
    killer: 'symbolic-stationarity',
    wrong: 'statement',
    theorem: withBias('frame', mul(div(c, lambdaB), ones('K'))),
  },
  {
    name: 'the bias of the simplex ETF where c ≤ β',
    killer: 'exact-conclusions',
    wrong: 'statement',
    instances: 20,
    theorem: conclude('frame', 'bias', equal(b, uniform)),
  },
  {
    name: 'f* without β/(2K)',
    killer: 'exact-value',
    wrong: 'statement',
    theorem: inCase('etf', (x) => ({ ...x, value: termOf(x.value, 0) })),
  },
  {
    name: 'f* with (c − c²/2)/K for (c − c²/(2β))/K',
    killer: 'symbolic-value',
    wrong: 'statement',
    theorem: inCase('frame', (x) => ({
      ...x,
      value: add(termOf(x.value, 0), div(sub(c, div(pow(c, 2), 2)), K)),
    })),
  },
  {
    name: 'the proof for β < c used where c ≤ β',
    killer: 'signs',
    wrong: 'statement',
    theorem: revised((revision) => ({
      ...revision,
      cases: [{ ...etf, id: 'frame', when: frameCase.when, strata: frameCase.strata }, etf, zero],
    })),
  },
  {
    name: 'NC3 at c = β claimed from a square whose coefficient vanishes there',
    killer: 'equality',
    wrong: 'proof',
    theorem: revised((revision) => ({
      ...revision,
      cases: [
        { ...frameCase, when: lt(c, beta), strata: frameCase.strata.slice(0, 2) },
        {
          ...etf,
          when: and(leq(beta, c), leq(c, 1)),
          strata: [frameCase.strata[2]!, ...etf.strata],
          manifold: { when: and(lt(beta, c), lt(c, 1)), dimension: etf.manifold!.dimension },
        },
        zero,
      ],
    })),
  },
  {
    name: 'the coefficient of ‖Q‖² with β/c for β²/c²',
    killer: 'identity',
    wrong: 'proof',
    theorem: withCoefficient('etf', 'Q', (old) => div(old, add(1, div(beta, c)))),
  },
  {
    name: 'd ≥ K not assumed',
    killer: 'attainment',
    wrong: 'proof',
    theorem: revised((revision) => ({ ...revision, hypotheses: [] })),
  },
  {
    name: 'a parametrisation that reaches only λ_b < 1',
    killer: 'parametrisation',
    wrong: 'proof',
    open: true,
    theorem: revised((revision) => {
      const g = parametrisation.parameters['b']!;
      return {
        ...revision,
        parametrisation: {
          ...parametrisation,
          parameters: { ...parametrisation.parameters, b: div(g, add(1, g)) },
        },
      };
    }),
  },
  {
    name: 'the mean direction no less curved than the others: −1/(K√n) for −β/(K√n)',
    killer: 'symbolic-spectrum',
    wrong: 'statement',
    theorem: inCase('etf', (x) =>
      withBlock(x, 'mean, feature of no class', blockIn(zero, 'inactive, inactive').matrix),
    ),
  },
  {
    name: 'with all directions active, the mean bent as across 1: λ/c for λ(1 + z₀/c)',
    killer: 'spectrum',
    wrong: 'statement',
    theorem: inCase('frame', (x) =>
      withBlock(x, 'within class, mean', blockIn(x, 'within class, active').matrix),
    ),
  },
  {
    name: 'where c < β, a manifold of dimension dim St(K − 1, d)',
    killer: 'nullity',
    wrong: 'statement',
    theorem: inCase('frame', (x) => ({
      ...x,
      manifold: { when: x.manifold!.when, dimension: etf.manifold!.dimension },
    })),
  },
  {
    name: 'the simplex ETF called a saddle wherever c < 1',
    killer: 'planted-saddles',
    wrong: 'statement',
    theorem: family('etf', (x) => ({ ...x, when: lt(c, 1) })),
  },
  {
    name: 'the value of the mean direction alone without β',
    killer: 'critical-points',
    wrong: 'statement',
    theorem: family('mean', (x) => ({ ...x, value: add(termOf(x.value, 0), div(sub(c, div(pow(c, 2), 2)), K)) })),
  },
  {
    name: 'NC2 wrong by one part in ten thousand where c ≤ β',
    killer: 'numeric-conclusions',
    wrong: 'statement',
    theorem: conclude('frame', 'NC2', equal(gramOfMeans, mul('10001/10000', statementOf(frameCase, 'NC2').right))),
  },
];

/** Nine strata and one rational instance show what is wrong here. */
export const MUTANTS_32_RIDGE = mutants.map((mutant) => ({ instances: 10, ...mutant }));
