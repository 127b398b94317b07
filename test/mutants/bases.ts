/**
 * True theorems that claim less than the shipped ones, or claim it in other words, for mutants that one check alone
 * can see: a check that reads no proof is best separated from the proof where none is given.
 */
import {
  K,
  add,
  and,
  d,
  define,
  div,
  equal,
  frame,
  geq,
  gt,
  identity,
  isZero,
  labels as Y,
  lt,
  minimum,
  mul,
  n,
  number,
  parameter,
  positivePart,
  pow,
  sqrt,
  sub,
  symbol,
  t,
  zeros,
} from '../../src/symbolic/build.js';
import type { Matrix, Proposition, Scalar } from '../../src/symbolic/expression.js';
import { ufm } from '../../src/symbolic/objective.js';
import type { Case, Revision, SpectrumBlock, Stratum, Theorem } from '../../src/theorem/contract.js';
import { theorem } from '../../src/theorem/define.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import { withRevision } from './rewrite.js';

const [current] = theorem31.revisions as [Revision];
const [frameCase, zeroCase] = current.cases as [Case, Case];
const { W } = current.problem.block as Record<'W', Matrix>;

/** The statements of a case of Theorem 3.1 by id, and its constants. */
export const statementOf = (home: Case, id: string): Case['conclusions'][number]['statement'] =>
  home.conclusions.find((x) => x.id === id)!.statement;
export const c = (frameCase.when as { readonly left: Scalar }).left;
export const { factor: rho } = statementOf(frameCase, 'NC2').right as Extract<Matrix, { kind: 'scaled' }>;
export const { factor: balance, of: meansTransposed } = statementOf(frameCase, 'NC3').right as Extract<
  Matrix,
  { kind: 'scaled' }
>;
export const gramOfMeans = statementOf(frameCase, 'NC2').left;

type Optional = 'proof' | 'chain' | 'spectrum' | 'manifold';

/** A case without some of its claims. */
export const without = (home: Case, ...names: readonly Optional[]): Case =>
  Object.fromEntries(Object.entries(home).filter(([name]) => !names.includes(name as Optional))) as unknown as Case;

/** Theorem 3.1 without some of its claims about the minimizers for c ≤ 1. */
export const stated31 = (...left: readonly Optional[]): Theorem =>
  withRevision(theorem31, (revision) => ({
    ...revision,
    cases: revision.cases.map((home) => (home.id === frameCase.id ? without(home, ...left) : home)),
  }));

/** A revision at whose instances no construction is known to be rational: the exact checks have nothing to say. */
export const irrational = (original: Theorem): Theorem =>
  withRevision(
    original,
    (revision) =>
      Object.fromEntries(
        Object.entries(revision).filter(([name]) => name !== 'amplitudes' && name !== 'pinned'),
      ) as unknown as Revision,
  );

// Theorem 3.1 in one case, by positive parts, which have no words: what symbolic checks say of it is open, mutant or
// not, and whatever is wrong is left to arithmetic.
const R = frame('R', 'd', 'K');
const slack = positivePart(sub(1, c));
const rhoPlus = define(
  'rhoPlus',
  mul(slack, sqrt(div(current.problem.lambda['W']!, mul(n, current.problem.lambda['H']!)))),
  'ρ₊',
  '\\rho_{+}',
);
const cMin = minimum(c, 1);

/**
 * 3.1 in one case, with W too long by the factor 1 + e, and its value and conclusions to match: no point of the
 * claimed form is critical unless e = 0, and nothing but the gradient says so.
 */
export const inOneCase = (e: Scalar, value: Scalar): Theorem => {
  const longer = mul(sub(1, mul(-1, e)), balance);
  return withRevision(theorem31, (revision) => ({
    ...revision,
    cases: [
      {
        id: 'all',
        when: gt(c, 0),
        strata: [...frameCase.strata, ...zeroCase.strata],
        minimizer: {
          frames: [R],
          blocks: { W: mul(longer, sqrt(rhoPlus), t(R)), H: mul(sqrt(rhoPlus), R, Y) },
        },
        value,
        conclusions: [
          frameCase.conclusions.find((x) => x.id === 'NC1')!,
          { id: 'NC2', title: 'a frame, or zero', statement: equal(gramOfMeans, mul(rhoPlus, identity('K'))) },
          { id: 'NC3', title: 'aligned weights', statement: equal(W, mul(longer, meansTransposed)) },
        ],
      },
    ],
  }));
};

/** f at the construction of `inOneCase`: ½((1 + e)(1 − c)₊ − 1)² + ½c(1 − c)₊((1 + e)² + 1). */
export const valueInOneCase = (e: Scalar): Scalar => valueTooLong(e, slack);

/** The same for c ≤ 1, where (1 − c)₊ = 1 − c. */
export const valueTooLong = (e: Scalar, z: Scalar = sub(1, c)): Scalar => {
  const stretch = sub(1, mul(-1, e));
  const loss = mul('1/2', pow(sub(mul(stretch, z), 1), 2));
  const weights = mul('1/2', c, z, sub(pow(stretch, 2), -1));
  return sub(loss, mul(-1, weights));
};

export const theorem31InOneCase = inOneCase(number(0), sub(cMin, mul('1/2', pow(cMin, 2))));

// Two linear layers: zero is the only global minimizer for κ = K³nλ₂λ₁λ_H > 1/16, and a strict local one always.
const twoLayers = ufm({ layers: 2, activation: 'linear', bias: 'none' });
const { W2, W1, H1 } = twoLayers.lambda as Record<'W2' | 'W1' | 'H1', Scalar>;
export const kappa = define('kappa', mul(pow(K, 3), n, W2, W1, H1), 'κ', '\\kappa');
const a = symbol('a', 'generator');
const b = symbol('b', 'generator');
const k = symbol('k', 'generator');
const blocks = twoLayers.block as Record<'W2' | 'W1' | 'H1', Matrix>;

const free = (name: 'W2' | 'W1' | 'H1', multiplicity: Scalar): SpectrumBlock => {
  const { rows, cols } = blocks[name];
  const S = parameter('S', rows, cols);
  const matrix = [[twoLayers.lambda[name]!]];
  return { title: name, matrix, multiplicity, directions: [{ parameter: S, rows: [{ [name]: S }] }] };
};

const moderate = { from: '1/50', to: '1/5' };
const drawn = [
  { symbol: a, draw: moderate },
  { symbol: b, draw: moderate },
  { symbol: k, draw: { from: '1/12', to: '1' } },
];

/** Zero claimed to be the only minimizer wherever κ is as `when` says. */
export const zeroOfTwoLayers = (when: Proposition, strata: readonly Stratum[]): Theorem =>
  theorem({
    paper: theorem31.paper,
    id: 'two-layers-zero',
    title: 'two linear layers: zero',
    source: 'a part of Theorem 4.1',
    provenance: { kind: 'reconstructed', from: 'the part of the statement about large regularisation' },
    revisions: [
      {
        id: 'current',
        status: 'current',
        expected: 'upheld',
        problem: twoLayers,
        hypotheses: [when],
        parametrisation: {
          generators: [
            { ...drawn[0]!, inverse: W2 },
            { ...drawn[1]!, inverse: W1 },
            { ...drawn[2]!, inverse: kappa },
          ],
          parameters: { W2: a, W1: b, H1: div(k, mul(pow(K, 3), n, a, b)) },
        },
        amplitudes: { free: drawn, generators: { a, b, k } },
        cases: [
          {
            id: 'zero',
            when: gt(kappa, 0),
            strata,
            minimizer: { blocks: { W2: zeros('K', 'd'), W1: zeros('d', 'd'), H1: zeros('d', 'N') } },
            value: div(1, 2),
            conclusions: Object.entries(blocks).map(([name, x]) => ({
              id: `${name} = 0`,
              title: 'it vanishes',
              statement: isZero(x),
            })),
            spectrum: [free('W2', mul(K, d)), free('W1', pow(d, 2)), free('H1', mul(d, K, n))],
            manifold: { when: gt(kappa, 0), dimension: number(0) },
          },
        ],
      },
    ],
  });

export const zeroAboveThreshold = zeroOfTwoLayers(gt(kappa, '1/16'), [
  { id: 'κ just above 1/16', draw: { k: { from: '13/200', to: '7/100' } } },
  { id: 'κ > 1/16', draw: {} },
]);

/** Binomial (K − 1 over 6): zero for K ≤ 6, as far as instances go by default, and 1 at K = 7. */
export const beyondSix: Scalar = div(mul(...[1, 2, 3, 4, 5, 6].map((m) => sub(K, m))), 720);

/** 3.1 with c > 1 parted at 1 + √2, which c is at no rational λ: whoever lacks it is seen by no instance. */
export const partedAtSilver = (beyond: (x: Scalar, y: Scalar) => Proposition = geq): Theorem => {
  const silver = add(1, sqrt(2));
  const bare = without(zeroCase, 'proof', 'chain', 'manifold');
  const [near, far] = zeroCase.strata as [Stratum, Stratum];
  return withRevision(theorem31, (revision) => ({
    ...revision,
    cases: [
      frameCase,
      { ...bare, id: 'near', when: and(gt(c, 1), lt(c, silver)), strata: [near] },
      { ...bare, id: 'far', when: beyond(c, silver), strata: [far] },
    ],
  }));
};

export { frameCase, zeroCase };
