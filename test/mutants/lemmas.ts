/** Wrong lemmas: the statement, its hypotheses, where equality holds, or the written proof. */
import {
  N,
  add,
  d,
  div,
  identity,
  leq,
  minimum,
  mul,
  normSquared,
  nuclearNorm,
  number,
  positivePart,
  relu,
  sqrt,
  sub,
} from '../../src/symbolic/build.js';
import type { Matrix, Proposition, Scalar, SymbolNode } from '../../src/symbolic/expression.js';
import type { Lemma, LemmaProof } from '../../src/theorem/lemma/contract.js';
import { lemma } from '../../src/theorem/lemma/define.js';
import * as lemmas from '../../theorems/tirer-bruna-2022/lemmas.js';
import { twoLayers } from '../../theorems/tirer-bruna-2022/two-layers.js';
import { rewrite } from './rewrite.js';

export interface LemmaMutant {
  readonly name: string;
  /** A false statement must be accused; a wrong proof, or a wrong equality, must be found broken. */
  readonly wrong: 'statement' | 'proof' | 'equality';
  /** The check that finds it. */
  readonly killer: string;
  readonly lemma: Lemma;
  /** Left to the long tests. */
  readonly slow?: true;
}

const changed = (original: Lemma, change: Partial<Lemma>): Lemma => {
  const { equality: _, proof: __, ...bare } = original;
  return lemma({ ...bare, ...change });
};

const sides = ({ statement }: Lemma): { left: Scalar; right: Scalar } => {
  if (statement.kind === 'and' || statement.kind === 'equal' || statement.kind === 'differs') throw new Error('kind');
  return { left: statement.left, right: statement.right };
};

const withSides = (original: Lemma, change: (left: Scalar, right: Scalar) => Proposition): Lemma => {
  const { left, right } = sides(original);
  return changed(original, { statement: change(left, right) });
};

const withProof = (original: Lemma, change: (proof: LemmaProof) => LemmaProof): Lemma => {
  if (original.proof === undefined) throw new Error('no proof');
  return lemma({ ...original, proof: change(original.proof) });
};

/** The statement with scalars replaced. */
const replaced = (original: Lemma, replace: (node: Scalar | Matrix) => Scalar | Matrix | undefined): Lemma =>
  changed(original, { statement: rewrite(original.statement, replace) });

const [U, V] = lemmas.variationalForm.matrices as [Matrix, Matrix];
const [s, mu] = lemmas.scalarCertificateAbove.scalars.map((x) => x.symbol) as [SymbolNode, SymbolNode];
const [X] = lemmas.reluNuclearNormThin.matrices as [Matrix];

const statement = (name: string, killer: string, mutant: Lemma): LemmaMutant => ({
  name,
  wrong: 'statement',
  killer,
  lemma: mutant,
});
const proof = (name: string, killer: string, mutant: Lemma): LemmaMutant => ({
  name,
  wrong: 'proof',
  killer,
  lemma: mutant,
});

const relu2 = lemmas.robustInequality.along!;
const { frameValue } = twoLayers(relu2);
const preActivations = mul(relu2.block['W1']!, relu2.block['H1']!);
const root = sqrt(mul(relu2.lambda['W1']!, relu2.lambda['H1']!));
/** max(‖σ(X)‖_* − factor·‖X‖_*, 0). */
const gain = (factor: number | string): Scalar =>
  positivePart(sub(nuclearNorm(relu(preActivations)), mul(factor, nuclearNorm(preActivations))));

export const LEMMA_MUTANTS: readonly LemmaMutant[] = [
  statement(
    'the variational form with a third in place of the half',
    'lemma-numeric',
    withSides(lemmas.variationalForm, (left, right) => leq(left, mul('2/3', right))),
  ),
  statement(
    'the variational form, 1 % too small',
    'lemma-numeric',
    withSides(lemmas.variationalForm, (left, right) => leq(left, mul('99/100', right))),
  ),
  statement(
    'the variational form the other way round',
    'lemma-numeric',
    withSides(lemmas.variationalForm, (left, right) => leq(right, left)),
  ),
  statement(
    'the variational form with a product in place of the sum',
    'lemma-numeric',
    withSides(lemmas.variationalForm, (left) => leq(left, div(mul(normSquared(U), normSquared(V)), 2))),
  ),
  statement(
    'the weighted form without the root',
    'lemma-numeric',
    replaced(lemmas.weightedVariationalForm, (node) => (node.kind === 'sqrt' ? node.of : undefined)),
  ),
  statement(
    'Hölder with the larger norm alone',
    'lemma-numeric',
    withSides(lemmas.schattenHoelder, (left) => leq(left, minimum(normSquared(U), normSquared(V)))),
  ),
  statement(
    'Hölder, one in a thousand too small',
    'lemma-numeric',
    withSides(lemmas.schattenHoelder, (left, right) => leq(left, mul('999/1000', right))),
  ),
  statement(
    'averaging enlarges the nuclear norm',
    'lemma-numeric',
    withSides(lemmas.pinching, (left, right) => leq(right, left)),
  ),
  statement(
    'averaging without its 1/n',
    'lemma-numeric',
    replaced(lemmas.pinching, (node) => (node.kind === 'quotient' ? number(1) : undefined)),
  ),
  statement(
    'what averaging saves, with a factor 2',
    'lemma-exact',
    changed(lemmas.classAveraging, {
      statement: rewrite(lemmas.classAveraging.statement, (node) =>
        node.kind === 'sum' && node.terms.length === 2 && node.terms.every((x) => x.kind === 'normSquared')
          ? add(node.terms[0]!, mul(2, node.terms[1]!))
          : undefined,
      ),
    }),
  ),
  statement(
    'ridge elimination without α in the value',
    'lemma-exact',
    replaced(lemmas.ridgeElimination, (node) =>
      node.kind === 'product' && node.factors.some((x) => x.kind === 'trace') ? node.factors[1] : undefined,
    ),
  ),
  statement(
    'Jensen, one in a thousand too large',
    'lemma-numeric',
    withSides(lemmas.operatorJensen, (left, right) => leq(mul('1001/1000', left), right)),
  ),
  statement(
    'Jensen the other way round',
    'lemma-numeric',
    withSides(lemmas.operatorJensen, (left, right) => leq(right, left)),
  ),
  statement(
    'the scalar certificate from a = 9/10 on',
    'lemma-sturm',
    changed(lemmas.scalarCertificateBelow, {
      hypotheses: [leq('9/10', lemmas.scalarCertificateBelow.scalars[1]!.symbol)],
    }),
  ),
  statement(
    'the scalar certificate from μ = 3/8 on',
    'lemma-sturm',
    changed(lemmas.scalarCertificateAbove, {
      hypotheses: [leq('3/8', lemmas.scalarCertificateAbove.scalars[1]!.symbol)],
    }),
  ),
  statement(
    'the scalar certificate without its hypothesis, drawn where it holds',
    'lemma-sturm',
    lemma({
      ...lemmas.scalarCertificateAbove,
      scalars: [
        { symbol: s, draw: { from: '1', to: '2' } },
        { symbol: mu, draw: { from: '1/2', to: '4' } },
      ],
      hypotheses: [],
    }),
  ),
  statement(
    'the scalar certificate at the smaller critical point too',
    'lemma-sturm',
    changed(lemmas.scalarCertificate, { hypotheses: [] }),
  ),
  statement(
    'σ and the nuclear norm with three rows or columns',
    'lemma-numeric',
    changed(lemmas.reluNuclearNormThin, { hypotheses: [leq(minimum(N, d), 3)] }),
  ),
  statement(
    'the nuclear norm never grows by removing σ',
    'lemma-exact',
    changed(lemmas.reluNuclearNormThin, {
      statement: leq(nuclearNorm(X), nuclearNorm(relu(X))),
    }),
  ),
  statement(
    '(H*) within 5 % in place of equal',
    'lemma-numeric',
    withSides(lemmas.robustInequality, (_, right) => leq(sub(frameValue, mul(root, gain('21/20'))), right)),
  ),
  {
    ...statement(
      'the price of (H*) at a fortieth',
      'lemma-numeric',
      withSides(lemmas.robustInequality, (_, right) => leq(sub(frameValue, mul('1/40', root, gain(1))), right)),
    ),
    slow: true,
  },
  statement(
    'the price of (H*) left out above the threshold',
    'lemma-numeric',
    withSides(lemmas.robustInequalityAbove, (_, right) => leq('1/2', right)),
  ),
  proof(
    'the variational form with a square left out',
    'lemma-identity',
    withProof(lemmas.variationalForm, (x) => ({ ...x, squares: { balance: x.squares['balance']! } })),
  ),
  proof(
    'the variational form with a coefficient doubled',
    'lemma-identity',
    withProof(lemmas.variationalForm, (x) => ({
      ...x,
      squares: { ...x.squares, left: { ...x.squares['left']!, coefficient: number(1) } },
    })),
  ),
  proof(
    'averaging with a dual matrix that is too large',
    'lemma-facts',
    withProof(lemmas.pinching, (x) => ({
      ...x,
      dual: (x.dual ?? []).map((each) => ({ ...each, rest: each.rest.slice(0, 1) })),
    })),
  ),
  proof(
    'ridge elimination with the wrong shift',
    'lemma-facts',
    withProof(lemmas.ridgeElimination, (x) => ({
      ...x,
      inverses: (x.inverses ?? []).map((each) => ({ ...each, shift: mul(2, each.shift) })),
    })),
  ),
  proof(
    'the scalar certificate with a square that counts negatively',
    'lemma-signs',
    withProof(lemmas.scalarCertificateAbove, (x) => ({
      squares: {
        distance: x.squares['distance']!,
        rise: { coefficient: mul(mu, s), of: identity('1') },
        fall: { coefficient: mul('-1/2', s), of: identity('1') },
      },
    })),
  ),
  {
    name: 'equality for any factors',
    wrong: 'equality',
    killer: 'lemma-equality',
    lemma: lemma({
      ...lemmas.variationalForm,
      equality: lemmas.variationalForm.equality!.map(({ title, at }) => ({
        title,
        at: { ...at, blocks: { ...at.blocks, V: mul(2, at.blocks['V']!) } },
      })),
    }),
  },
];
