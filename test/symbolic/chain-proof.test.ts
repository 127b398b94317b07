/** Proofs by chains of lemmas: they hold as shipped, and nothing in them can be changed or left out. */
import { describe, expect, it } from 'vitest';
import { chainClaimOf, isProvedByChain } from '../../src/check/claim/chain-proof.js';
import { eq, equal, leq, mul, nuclearNorm } from '../../src/symbolic/build.js';
import { type ChainClaim, examineChain } from '../../src/symbolic/chain-proof.js';
import type { Matrix, Scalar } from '../../src/symbolic/expression.js';
import { theorem41 } from '../../theorems/tirer-bruna-2022/theorem-4.1.js';
import { theorem42 } from '../../theorems/tirer-bruna-2022/theorem-4.2.js';

/** What is left over, or has no sign. */
const open = (claim: ChainClaim): string[] => {
  const { steps, signs, derivations, conclusions } = examineChain(claim);
  return [
    ...[...steps, ...derivations, ...conclusions]
      .filter((x) => x.remainder.length > 0)
      .map((x) => `${x.what}: ${x.remainder.slice(0, 3).join(' + ')}`),
    ...signs.filter((x) => !x.holds).map((x) => `${x.step}: ${x.what}: ${x.value} is ${x.sign}`),
  ];
};

const claims = [theorem41, theorem42].flatMap((theorem) =>
  theorem.revisions
    .filter((x) => x.status === 'current')
    .flatMap((revision) =>
      revision.cases.map((home) => [`${theorem.id}, ${home.id}`, chainClaimOf(revision, home)] as const),
    ),
);

describe.each(claims)('the chain of %s', (_, claim) => {
  it('is a proof modulo three textbook lemmas', () => {
    expect(open(claim)).toEqual([]);
    expect(examineChain(claim).modulo).toHaveLength(3);
  });
});

const LONG = process.env['UFM_CHECK_LONG'] !== undefined;
const twice = (x: Scalar): Scalar => mul(2, x);
type Step = ChainClaim['steps'][number];
type Derivation = ChainClaim['derivations'][number];

/** The claim with one step, or one derivation, changed. */
const inStep = (claim: ChainClaim, id: string, change: (x: Step) => Step): ChainClaim => ({
  ...claim,
  steps: claim.steps.map((x) => (x.id === id ? change(x) : x)),
});
const inDerivation = (claim: ChainClaim, id: string, change: (x: Derivation) => Derivation): ChainClaim => ({
  ...claim,
  derivations: claim.derivations.map((x) => (x.id === id ? change(x) : x)),
});

/** Everything in a proof doubled in turn, and every derivation left out. */
const controlsOf = (claim: ChainClaim): [string, ChainClaim][] => [
  ...claim.steps.flatMap(({ id, by }) => [
    [`the bound ${id} doubled`, inStep(claim, id, (x) => ({ ...x, bound: twice(x.bound) }))] as [string, ChainClaim],
    ...by.flatMap((use, k): [string, ChainClaim][] => {
      const replaced = (changed: typeof use): ChainClaim =>
        inStep(claim, id, (x) => ({ ...x, by: x.by.map((y, index) => (index === k ? changed : y)) }));
      return [
        [`the weight of ${use.lemma} doubled`, replaced({ ...use, weight: twice(use.weight) })],
        ...Object.entries(use.scalars).map(([name, value]): [string, ChainClaim] => [
          `${name} of ${use.lemma} doubled`,
          replaced({ ...use, scalars: { ...use.scalars, [name]: twice(value) } }),
        ]),
      ];
    }),
  ]),
  ...claim.derivations.flatMap(({ id, rule, statement, terms = [] }): [string, ChainClaim][] => [
    [`${id} left out`, { ...claim, derivations: claim.derivations.filter((x) => x.id !== id) }],
    ...(rule === 'rectified-product'
      ? []
      : [
          [`what ${id} follows from doubled`, inDerivation(claim, id, (x) => ({ ...x, from: mul(2, x.from) }))] as [
            string,
            ChainClaim,
          ],
        ]),
    ...(statement.right.kind === 'zeros'
      ? []
      : [
          [
            `the right side of ${id} doubled`,
            inDerivation(claim, id, (x) => ({ ...x, statement: equal(statement.left, mul(2, statement.right)) })),
          ] as [string, ChainClaim],
        ]),
    ...terms.map((_, k): [string, ChainClaim] => [
      `term ${k + 1} of ${id} doubled`,
      inDerivation(claim, id, (x) => ({
        ...x,
        terms: (x.terms ?? []).map((y, index) => (index === k ? { ...y, coefficient: twice(y.coefficient) } : y)),
      })),
    ]),
  ]),
];

const [relaxedFrame, relaxedZero] = claims.filter(([name]) => name.startsWith('4.2')).map(([, x]) => x) as [
  ChainClaim,
  ChainClaim,
];
const { W1 } = theorem42.revisions[0]!.problem.block as { readonly W1: Matrix };
const [hypothesis] = relaxedFrame.hypotheses as [NonNullable<ChainClaim['hypotheses']>[number]];
const { price: _, ...free } = hypothesis;
const sides = hypothesis.statement.kind === 'eq' ? [hypothesis.statement.left, hypothesis.statement.right] : [];
const [A, X] = sides as [Scalar, Scalar];

describe('the proof of Theorem 4.2, relaxed', () => {
  it.each<[string, ChainClaim['hypotheses']]>([
    ['without (H*)', []],
    ['with (H*) and no price', [free]],
    ['with a price twice as high', [{ ...hypothesis, price: twice(hypothesis.price!) }]],
    ['with a price that (H*) does not make zero', [{ ...hypothesis, statement: eq(A, twice(X)) }]],
    ['with (H*) as an inequality, which is no equation', [{ ...hypothesis, statement: leq(A, X) }]],
    ['with (H*) under another name', [{ ...hypothesis, fact: 'Norms' }]],
  ])('fails %s', (_, hypotheses) => {
    expect(open({ ...relaxedZero, hypotheses: hypotheses ?? [] })).not.toEqual([]);
    if (LONG) expect(open({ ...relaxedFrame, hypotheses: hypotheses ?? [] })).not.toEqual([]);
  });

  it('is none of the original or the strong theorem', () => {
    for (const id of ['original', 'strong']) {
      const revision = theorem42.revisions.find((x) => x.id === id)!;
      expect(revision.cases.some(isProvedByChain)).toBe(false);
      const relaxed = theorem42.revisions.find((x) => x.id === 'relaxed')!.cases[1]!;
      const borrowed = { ...revision.cases[1]!, chain: relaxed.chain!, equality: relaxed.equality! };
      expect(open(chainClaimOf(revision, borrowed))).not.toEqual([]);
    }
  });

  it('does not take a nuclear norm for positive', () => {
    const norm = nuclearNorm(W1);
    const divided = inDerivation(relaxedZero, 'Features', (x) => ({
      ...x,
      terms: x.terms!.map(({ of }) => ({ coefficient: norm, of })),
      from: mul(norm, x.from),
    }));
    expect(open(divided).some((x) => x.includes('a coefficient has no sign'))).toBe(true);
  });

  // Everything in the short case always, and in the others where there is time.
  const controlled = LONG ? claims : claims.filter(([name]) => name === '4.2, zero');
  const controls = controlled.flatMap(([name, claim]) =>
    controlsOf(claim).map(([what, x]) => [`${name}: ${what}`, x] as const),
  );
  it.each(controls)('fails: %s', (_, claim) => {
    expect(open(claim)).not.toEqual([]);
  });
});
