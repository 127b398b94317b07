/** The hunt for all λ: it finds the known pattern, says nothing where it finds none, and refuses other claims. */
import { expect, it } from 'vitest';
import { checkCertificate } from '../../src/exact/certificate/judge.js';
import { huntEveryLambda } from '../../src/search/every-lambda/hunt.js';
import type { EveryLambdaLabels } from '../../src/search/every-lambda/rounding.js';

const labels: EveryLambdaLabels = {
  theorem: 'test',
  revision: 'test',
  model: { layers: 2, activation: 'relu', bias: 'none' },
  form: { form: 'orthogonal-frame', of: 'sigma(W1 H1)', collapsed: false },
  provenance: new Map(),
};
const quiet = { starts: 8, seed: 1, shouldStop: () => false, onProgress: () => undefined };

it('finds the pairs and triples of six points, the same at every run', async () => {
  const [first, second] = [
    await huntEveryLambda(labels, { ...quiet, K: 15, d: 20 }),
    await huntEveryLambda(labels, { ...quiet, K: 15, d: 20 }),
  ];
  expect(first).toEqual(second);
  expect(first.found).toMatchObject({ K: 15, d: 20, pattern: 'S6 on 2-subsets as classes and 3-subsets as units' });
  expect(checkCertificate(first.found!.text)).toMatchObject({ accepted: true });
});

it('finds none in small sizes, and stops when asked to', async () => {
  expect(await huntEveryLambda(labels, { ...quiet, K: 5, d: 6 })).toMatchObject({ interrupted: false });
  expect((await huntEveryLambda(labels, { ...quiet, K: 5, d: 6 })).found).toBeUndefined();
  const stopped = await huntEveryLambda(labels, { ...quiet, K: 15, d: 20, shouldStop: () => true });
  expect(stopped).toEqual({ patterns: 0, interrupted: true });
});
