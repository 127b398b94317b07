/** Damaged proofs: both checkers agree on each, and what they accept is still true. */
import { expect, it } from 'vitest';
import { checkProof } from '../../../src/exact/proof/judge.js';
import { createStream } from '../../../src/numeric/random.js';
import { secondOpinions } from '../certificate/second-checker.js';
import { EXAMPLES, centredExample } from './examples.js';
import { mutant } from './mutate.js';
import { errorOf } from './truth.js';
import { LONG } from '../../effort.js';

const COUNT = LONG ? 4_000 : 150;

const TEXTS = [...EXAMPLES.map(({ text }) => text), centredExample('d >= K-1')].map((text) =>
  // Without the notes: damage there means nothing.
  JSON.stringify({ ...(JSON.parse(text) as object), statement: [], provenance: {} }),
);

it('the oracle knows the shipped theorems, and a wrong value', () => {
  const stream = createStream(2022, 'truth');
  for (const text of TEXTS) {
    const judgement = checkProof(text);
    if (!judgement.accepted || judgement.kind !== 'sum-of-squares') throw new Error('a proof is not accepted');
    const { proof } = judgement;
    for (let k = 0; k < 20; k += 1) expect(errorOf(proof, stream)).toBeLessThan(1e-12);
    const moved = proof.cases.map((home) => ({ ...home, value: proof.cases.at(-1)!.value }));
    expect(Math.max(...Array.from({ length: 20 }, () => errorOf({ ...proof, cases: moved }, stream)))).toBeGreaterThan(
      1e-3,
    );
  }
});

it('accepts a damaged proof only where it is still one', () => {
  const stream = createStream(2022, 'proofs');
  const mutants = Array.from({ length: COUNT }, () => mutant(stream, TEXTS[stream.integer(0, TEXTS.length - 1)]!));
  const opinions = secondOpinions(mutants);
  let accepted = 0;
  mutants.forEach((text, index) => {
    const judgement = checkProof(text);
    const opinion = opinions[index]!;
    const context = `${judgement.accepted ? judgement.sentence : judgement.reason}\n${opinion.detail}\n${text}`;
    expect(opinion.accepted, context).toBe(judgement.accepted);
    if (!judgement.accepted) return;
    accepted += 1;
    expect(opinion.detail, context).toBe(judgement.sentence);
    if (judgement.kind !== 'sum-of-squares' || judgement.proof.model.layers === 2) return;
    for (let k = 0; k < 5; k += 1) expect(errorOf(judgement.proof, stream), context).toBeLessThan(1e-11);
  });
  // Some mean the same in other words; most do not.
  expect(accepted).toBeGreaterThan(COUNT / 50);
  expect(accepted).toBeLessThan(COUNT / 2);
}, 3_600_000);
