/** How a page sets the prose of modules, and what stays a word. */
import { expect, it } from 'vitest';
import { prose } from '../../src/report/html/prose.js';
import { findTargets, registryOf, theoremsOf } from '../../src/theorem/registry.js';
import * as shipped from '../../theorems/index.js';

it.each([
  ['√(λ_{W₁}/λ_{H₁})', '√(λ<sub>W₁</sub>/λ<sub>H₁</sub>)'],
  ['√(λ_{W_1}λ_{H_1})', '√(λ<sub>W<sub>1</sub></sub>λ<sub>H<sub>1</sub></sub>)'],
  ['Kλ_W₂ ≤ 1', 'Kλ<sub>W₂</sub> ≤ 1'],
  ['‖σ(X)‖_* ≤ ‖X‖_*', '‖σ(X)‖<sub>*</sub> ≤ ‖X‖<sub>*</sub>'],
  ['½‖b − (Y − WH)1_N/N‖²', '½‖b − (Y − WH)1<sub>N</sub>/N‖²'],
  ['the file numeric_value, a_long_name', 'the file numeric_value, a_long_name'],
  ['∇_W f = 0 at λ_W2 = 1/100', '∇<sub>W</sub> f = 0 at λ<sub>W2</sub> = 1/100'],
  ['λ_{<b>}', 'λ<sub>&lt;b&gt;</sub>'],
  ['λ_{<img src=x>}', 'λ_{&lt;img src=x&gt;}'],
])('%s', (text, markup) => {
  expect(prose(text)).toBe(markup);
});

it('leaves no underscore in the steps of the shipped proofs', () => {
  const all = findTargets(registryOf(theoremsOf(shipped, 'ufm-check')), [], 'all');
  const steps = all.flatMap(({ revision }) => revision.cases.flatMap((x) => x.chain ?? []));
  expect(steps.length).toBeGreaterThan(20);
  for (const { title, because } of steps) expect(prose(`${title}: ${because}`)).not.toMatch(/_/);
});
