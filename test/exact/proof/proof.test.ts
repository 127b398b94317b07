/** The proofs of the shipped theorems, and planted defects, put to both checkers. */
import { describe, expect, it } from 'vitest';
import { checkProof } from '../../../src/exact/proof/judge.js';
import { marked } from '../../docs/blocks.js';
import { secondOpinions } from '../certificate/second-checker.js';
import { DEFECTS } from './defects.js';
import { EXAMPLES, centredExample, edited, exampleOf } from './examples.js';

const fromThePage = marked('docs/proof-certificates.md', 'compared: test/exact/proof/proof.test.ts');

const ACCEPTED = [
  ...EXAMPLES,
  { id: '3.2 for d ≥ K − 1', text: centredExample('d >= K-1') },
  { id: '3.2 with a centred frame for d ≥ K', text: centredExample('d >= K') },
  { id: 'the example of the page', text: fromThePage },
  { id: '3.1, c ≤ 1 alone', text: edited(exampleOf('3.1'), (x) => x.cases.pop()) },
  { id: '3.1, cases in the wrong order', text: edited(exampleOf('3.1'), (x) => x.cases.reverse()) },
  {
    id: '3.1, c < 1 and c > 1',
    text: edited(exampleOf('3.1'), (x) => (x.cases[0]!.where = { generator: 'c', below: '1' })),
  },
];

const sentence = (text: string): string => {
  const judgement = checkProof(text);
  return judgement.accepted ? judgement.sentence : judgement.reason;
};

describe('proofs', () => {
  it('accepts those of the shipped theorems, as the second checker does, in the same words', () => {
    expect(EXAMPLES.map(({ id }) => id)).toEqual(expect.arrayContaining(['3.1', '3.2', '3.2-ridge']));
    const opinions = secondOpinions(ACCEPTED.map(({ text }) => text));
    ACCEPTED.forEach(({ id, text }, index) => {
      const judgement = checkProof(text);
      expect(judgement, id).toMatchObject({ accepted: true });
      expect(opinions[index], id).toEqual({ accepted: true, detail: sentence(text) });
    });
  });

  it('says what is proved, and for which parameters', () => {
    expect(sentence(exampleOf('3.1'))).toBe(
      'For the one-layer model without bias, all K, n, d ≥ 1 with d ≥ K and all λ_W, λ_H > 0, with ' +
        's = √((λ_H·n)/(λ_W)), c = √(K^2·λ_H·λ_W·n): if c ≤ 1, the minimum is c - 1/2·c^2, and every global ' +
        'minimizer has H = [(1)/(n)] H Yᵀ Y, [(1)/(n^2)] Y Hᵀ H Yᵀ = [(1 - c)/(s)] I, W = [(s)/(n)] Y Hᵀ; ' +
        'if 1 < c, the minimum is 1/2, and every global minimizer has W = 0, H = 0. These cases are all.',
    );
    expect(sentence(centredExample('d >= K-1'))).toContain('with a free bias, all K, n, d ≥ 1 with d ≥ K-1 and');
    expect(sentence(exampleOf('3.2-ridge'))).toContain('; if (g)/(1 + g) < c ≤ 1, the minimum is');
  });

  it('says where nothing is proved', () => {
    for (const { id, text } of ACCEPTED) {
      const gap = /alone|wrong order|c < 1|page/.test(id);
      expect(sentence(text), id).toMatch(gap ? /Nothing is said where none of these/ : /These cases are all\.$/);
    }
  });

  it('prints the root that a claim mentions', () => {
    const text = edited(exampleOf('3.1'), (x) => {
      const nc3 = x.cases[0]!.conclusions[2]!;
      nc3.left['W'] = 'root1 + 1 - root1';
    });
    expect(sentence(text)).toContain('if c ≤ 1, with root1 = √((1 - c)/(s)), the minimum is');
    expect(secondOpinions([text])).toEqual([{ accepted: true, detail: sentence(text) }]);
  });
});

describe('planted defects', () => {
  it.each(DEFECTS)('$name', ({ text, reason }) => {
    const judgement = checkProof(text);
    if (judgement.accepted) throw new Error(`accepted: ${judgement.sentence}`);
    expect(judgement.reason).toMatch(reason);
    expect(judgement.reason).not.toContain('\n');
  });

  it('are many, and the second checker rejects them all', () => {
    expect(DEFECTS.length).toBeGreaterThan(120);
    const opinions = secondOpinions(DEFECTS.map(({ text }) => text));
    expect(DEFECTS.filter((_, index) => opinions[index]!.accepted).map(({ name }) => name)).toEqual([]);
  });
});
