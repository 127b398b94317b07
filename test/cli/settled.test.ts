/** What the gallery settles before a hunt begins. */
import { expect, it } from 'vitest';
import { huntRanges } from '../../src/cli/hunt-ranges.js';
import { settledBy } from '../../src/cli/settled.js';
import { findTargets, registryOf, theoremsOf } from '../../src/theorem/registry.js';
import * as shipped from '../../theorems/index.js';

const registry = registryOf(theoremsOf(shipped, 'ufm-check'));

const PAIRS = { source: 'docs/counterexamples/every-lambda/certificate.json', K: 15, more: 5 };
const SQUARE = { source: 'docs/counterexamples/every-lambda-square/certificate.json', K: 50, more: 0 };

it.each([
  ['4.2@original', '60', '70', PAIRS],
  ['4.2@original', '15..40', 'K+5..2K', PAIRS],
  ['4.2@original', '50', 'K', SQUARE],
  ['4.2@original', '14..60', '70', undefined],
  ['4.2@original', '15', '19', undefined],
  ['4.2@original', '49', 'K', undefined],
  ['4.2@relaxed', '60', '70', undefined],
  ['4.1', '60', '70', undefined],
])('%s at K = %s, d = %s', (name, K, d, settled) => {
  const [target] = findTargets(registry, [name], 'current');
  expect(settledBy(target!, huntRanges(target!, { K, d, lambdas: {} }))).toEqual(settled);
});
