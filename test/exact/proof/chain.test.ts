/** Proofs by chains of inequalities, damaged in every way, put to both checkers. */
import { describe, expect, it } from 'vitest';
import { missingChainClaim } from '../../../src/exact/proof/chain/same-claims.js';
import type { ChainProof } from '../../../src/exact/proof/chain/schema.js';
import { compare, rational } from '../../../src/exact/rational.js';
import { checkProof } from '../../../src/exact/proof/judge.js';
import { createStream } from '../../../src/numeric/random.js';
import { LONG } from '../../effort.js';
import { marked } from '../../docs/blocks.js';
import { secondOpinions } from '../certificate/second-checker.js';
import {
  CASES,
  CHAINS,
  type Damaged,
  type LooseChain,
  chainOf,
  changed,
  damagedFormulas,
  damagedStructure,
} from './chain-examples.js';
import { mutant } from './mutate.js';

const judged = (text: string): string => {
  const judgement = checkProof(text);
  return judgement.accepted ? judgement.sentence : judgement.reason;
};

const proofOf = (text: string): ChainProof => {
  const judgement = checkProof(text);
  if (!judgement.accepted || judgement.kind !== 'chain') throw new Error(judged(text));
  return judgement.proof;
};

describe('chains', () => {
  it('are accepted by both checkers, in the same words', () => {
    const texts = CHAINS.map(({ text }) => text);
    expect(secondOpinions(texts)).toEqual(texts.map((text) => ({ accepted: true, detail: judged(text) })));
  });

  it('have an example on the page of the format', () => {
    const text = marked('docs/proof-certificates.md', 'compared: test/exact/proof/chain.test.ts');
    expect(judged(text)).toContain('if 1/16 < kappa, with kappa = K^3·λ_H1·λ_W1·λ_W2·n');
    expect(secondOpinions([text])).toEqual([{ accepted: true, detail: judged(text) }]);
    // It is the case of the shipped theorem, with fewer conclusions.
    const [shown, shipped] = [proofOf(text), proofOf(chainOf('4.1'))].map(({ cases }) => cases.at(-1)!);
    expect(shown!.chain).toEqual(shipped!.chain);
    expect(shipped!.derivations).toEqual(expect.arrayContaining([...shown!.derivations]));
  });

  it('say modulo what, for which λ, and of which minimizers', () => {
    const linear = judged(chainOf('4.1'));
    expect(linear).toMatch(
      /^Modulo the variational form of the nuclear norm, Hölder's inequality for Schatten norms, Jensen's operator /,
    );
    for (const part of [
      ': if K^3·λ_H1·λ_W1·λ_W2·n < 1/16, with z the only solution of z - 3·z^2 + 3·z^3 - z^4 = ',
      ': the minimum is 1/2 + 1/2·z - z^2, and every global minimizer has H1 = [(1)/(n)] H1 Yᵀ Y, ',
    ]) {
      expect(linear).toContain(part);
    }
    expect(linear).toMatch(/if 1\/16 < kappa, .* has W2 = 0, W1 = 0, H1 = 0\. Nothing is said where none of these/);
    const rectified = judged(chainOf('4.2'));
    expect(rectified).toContain(
      'S = σ(W1 H1), M = σ(W1 H1 Yᵀ): the minimum is at most 1/2 + 1/2·z - z^2, and every global minimizer with ' +
        '‖S‖_* = ‖W1 H1‖_* has this value and H1 = ',
    );
  });

  it('prove each case alone', () => {
    for (const { id, text } of CASES) expect(checkProof(text), id).toMatchObject({ accepted: true });
  });
});

/** A part of κ > 1/16 as the whole: what is claimed there is claimed of less. */
const widened = (proof: ChainProof, truth: ChainProof): ChainProof => ({
  ...proof,
  cases: proof.cases.map((home) => {
    const { generator, lower } = home.region;
    const [term, ...others] = lower?.at.numerator.values() ?? [];
    const isNumber = term?.monomial.length === 0 && others.length === 0 && lower?.at.denominator.size === 0;
    const isPart = generator === 'kappa' && isNumber && compare(term.coefficient, rational(1, 16)) >= 0;
    return isPart ? { ...home, region: truth.cases[0]!.region } : home;
  }),
});

const some = (all: readonly Damaged[], count: number, name: string): readonly Damaged[] => {
  if (LONG) return all;
  const stream = createStream(2022, name);
  return Array.from({ length: count }, () => all[stream.integer(0, all.length - 1)]!);
};

describe('damaged chains', () => {
  it.each(CASES)('$id: no damage proves anything else, by both', ({ id, text }) => {
    const damaged = [
      ...some(damagedFormulas(text), 12, `formulas of ${id}`),
      ...some(damagedStructure(text), 10, `structure of ${id}`),
    ];
    // What enters by its square alone may have the other sign; of κ > 1/16, κ > 1/8 is a part.
    const isHarmless = ({ name, text: other }: Damaged): boolean =>
      judged(other) === judged(text) || name === 'where.above: 1/16 + 1/16';
    const accepted = damaged.filter((x) => checkProof(x.text).accepted);
    expect(accepted.filter((x) => !isHarmless(x)).map(({ name }) => name)).toEqual([]);
    expect(accepted.length).toBeLessThan(damaged.length / 10);
    const bySecond = some(damaged, 6, `second opinions of ${id}`);
    const opinions = secondOpinions(bySecond.map((x) => x.text));
    const byBoth = bySecond.filter((x, index) => opinions[index]!.accepted && !accepted.includes(x));
    expect(byBoth.map(({ name }) => name)).toEqual([]);
  }, 3_600_000);

  const defect = (
    name: string,
    id: string,
    reason: RegExp,
    change: (document: LooseChain) => void,
  ): readonly [string, string, RegExp] => [name, changed(chainOf(id), change), reason];

  const PLANTED = [
    defect('the frames past the threshold', '4.1', /a weight|not shown to be|end at its value/, (x) => {
      x.cases[0]!.where = { generator: 'z', above: '1/4', below: '1' };
    }),
    defect('zero before the threshold', '4.1', /coefficient of u in a certificate of case zero/, (x) => {
      x.cases[1]!.where = { generator: 'kappa', above: '1/17' };
    }),
    defect('an equation with two solutions', '4.1', /not shown to have one solution only/, (x) => {
      x.cases[0]!.where = { generator: 'z', above: '1/8', below: '1' };
    }),
    defect('a solution that may be at the end', '4.1', /neither of them reached/, (x) => {
      x.cases[0]!.where = { generator: 'z', from: '1/2', below: '1' };
    }),
    defect('frames without room', '4.1', /needs another hypothesis/, (x) => {
      x['hypothesis'] = 'd >= K-1';
    }),
    defect('a lemma that is not on the list', '4.1', /a lemma in step B1/, (x) => {
      x.cases[0]!.chain[0]!.by[0]!.lemma = 'relu-keeps-the-nuclear-norm';
    }),
    defect('σ without the assumption', '4.2', /is no number there|nothing is assumed/, (x) => {
      x['assumed'] = {};
    }),
    defect('a linear model with σ', '4.2', /there is no ReLU|no matrix there/, (x) => {
      x['model'] = { layers: 2, activation: 'linear', bias: 'none' };
    }),
    defect('a construction of any sign under σ', '4.2', /not shown to have no negative entry/, (x) => {
      x.cases[0]!.frames['R'] = 'orthonormal';
    }),
    defect('an assumption that is another one', '4.2', /step B2 of case frame is not the sum of its lemmas/, (x) => {
      x['assumed'] = { left: { 'nuc(S)': '1' }, right: { 'nuc(W1)': '1' } };
    }),
    defect('an assumption that divides by zero', '4.2', /divisor of the assumption/, (x) => {
      x['assumed'] = { left: { 'nuc(S)': '(K - n)/(K - n)' }, right: { 'nuc(W1 H1)': '1' } };
    }),
    defect('a number with the name of a matrix', '4.2', /the name S has another meaning/, (x) => {
      const [home] = x.cases;
      home!['roots'] = { S: 'n' };
    }),
  ];

  it.each(PLANTED)('%s', (_, text, reason) => {
    const judgement = checkProof(text);
    if (judgement.accepted) throw new Error(`accepted: ${judgement.sentence}`);
    expect(judgement.reason).toMatch(reason);
  });

  it('planted ones are rejected by the second checker too', () => {
    expect(secondOpinions(PLANTED.map(([, text]) => text)).filter((x) => x.accepted)).toEqual([]);
  });

  it('at random: both agree, and what is accepted is claimed by the true proof', () => {
    const stream = createStream(2022, 'chains');
    const texts = Array.from({ length: LONG ? 2_000 : 12 }, () => {
      const { text } = CASES[stream.integer(0, CASES.length - 1)]!;
      return { text, damaged: mutant(stream, text) };
    });
    const opinions = secondOpinions(texts.map((x) => x.damaged));
    texts.forEach(({ text, damaged }, index) => {
      const judgement = checkProof(damaged);
      const context = `${judged(damaged)}\n${opinions[index]!.detail}\n${damaged}`;
      expect(opinions[index]!.accepted, context).toBe(judgement.accepted);
      if (!judgement.accepted) return;
      expect(opinions[index]!.detail, context).toBe(judgement.sentence);
      if (judgement.kind === 'chain') {
        const truth = proofOf(text);
        expect(missingChainClaim(truth, widened(judgement.proof, truth)), context).toBeUndefined();
      }
    });
  }, 3_600_000);
});
