/** Wrong variants of Theorem 3.2, each with the check that is meant to kill it. */
import { K, add, d, div, equal, identity, mul, n, ones, square, sub, zeros } from '../../src/symbolic/build.js';
import type { Matrix, Scalar } from '../../src/symbolic/expression.js';
import type { Case, Revision } from '../../src/theorem/contract.js';
import { theorem32 } from '../../theorems/tirer-bruna-2022/theorem-3.2.js';
import { type Mutant, redefineIn, withRevision } from './rewrite.js';

const [current] = theorem32.revisions as [Revision];
const [etf, zero] = current.cases as [Case, Case];
const proof = etf.proof!;
const { b } = current.problem.block as { readonly b: Matrix };
const nc2 = etf.conclusions.find((x) => x.id === 'NC2')!.statement;
const { factor: rho, of: centring } = nc2.right as Extract<Matrix, { kind: 'scaled' }>;

const inEtf = (change: (home: Case) => Case): Mutant['theorem'] =>
  withRevision(theorem32, (revision) => ({ ...revision, cases: [change(etf), zero] }));

const conclude = (id: string, statement: Case['conclusions'][number]['statement']): Mutant['theorem'] =>
  inEtf((home) => ({ ...home, conclusions: home.conclusions.map((x) => (x.id === id ? { ...x, statement } : x)) }));

const withBias = (bias: Matrix): Mutant['theorem'] =>
  inEtf((home) => ({ ...home, minimizer: { ...home.minimizer, blocks: { ...home.minimizer.blocks, b: bias } } }));

const withCofactor = (id: string, cofactor: Matrix): Mutant['theorem'] =>
  inEtf((home) => ({ ...home, proof: { ...proof, cofactors: { ...proof.cofactors, [id]: cofactor } } }));

export const MUTANTS_32: readonly Mutant[] = [
  {
    name: 'b = 1_K/n in the construction',
    killer: 'exact-stationarity',
    wrong: 'statement',
    theorem: withBias(mul(div(1, n), ones('K'))),
  },
  {
    name: 'b = 0 in the construction',
    killer: 'symbolic-stationarity',
    wrong: 'statement',
    theorem: withBias(zeros('K', '1')),
  },
  {
    name: 'b = 0 as a conclusion',
    killer: 'descent-form',
    wrong: 'statement',
    theorem: conclude('bias', equal(b, zeros('K', '1'))),
  },
  {
    name: '‖h_k‖² = ρ, the factor (K−1)/K forgotten',
    killer: 'exact-conclusions',
    wrong: 'statement',
    theorem: conclude('NC2', equal(nc2.left, mul(div(K, sub(K, '1/2')), rho, centring))),
  },
  {
    name: 'an orthogonal frame is optimal with a bias',
    killer: 'descent-form',
    wrong: 'statement',
    theorem: conclude('NC2', equal(nc2.left, mul(rho, identity('K')))),
  },
  {
    name: 'f* = c − c²/2, as without a bias',
    killer: 'exact-value',
    wrong: 'statement',
    theorem: inEtf((home) => ({ ...home, value: (home.value as Extract<Scalar, { kind: 'product' }>).factors[1]! })),
  },
  {
    name: 'ρ doubled',
    killer: 'numeric-stationarity',
    wrong: 'statement',
    theorem: redefineIn(theorem32, 'rho', (old) => mul(2, old)),
  },
  {
    name: 'the inactive feature R1_K forgotten: d − K of them instead of d − K + 1',
    killer: 'spectrum',
    wrong: 'statement',
    theorem: inEtf((home) => ({
      ...home,
      spectrum: home.spectrum!.map(({ directions, ...x }) =>
        x.title.endsWith('inactive') && directions?.length === 2
          ? { ...x, multiplicity: sub(x.multiplicity, 1), directions: directions.slice(0, 1) }
          : { ...x, ...(directions === undefined ? {} : { directions }) },
      ),
    })),
  },
  {
    name: 'nullity dim St(K, d), as without a bias',
    killer: 'nullity',
    wrong: 'statement',
    theorem: inEtf((home) => ({
      ...home,
      manifold: { ...home.manifold!, dimension: sub(mul(d, K), div(mul(K, add(K, 1)), 2)) },
    })),
  },
  {
    name: 'the coefficient of ‖G‖² halved',
    killer: 'identity',
    wrong: 'proof',
    theorem: inEtf((home) => {
      const { coefficient, of } = proof.squares['G']!;
      return {
        ...home,
        proof: { ...proof, squares: { ...proof.squares, G: { coefficient: div(coefficient, 2), of } } },
      };
    }),
  },
  {
    name: 'NC3 claimed from D alone',
    killer: 'equality',
    wrong: 'proof',
    theorem: withCofactor('NC3', square('D', 'K', 'd')),
  },
];
