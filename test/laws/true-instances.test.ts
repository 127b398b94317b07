/** A true theorem is never accused: many seeded instances, every measured check. */
import { describe, expect, it } from 'vitest';
import * as shipped from '../../theorems/index.js';
import { MEASURED_CHECKS } from '../../src/check/checks.js';
import { measureInstance } from '../../src/check/measure.js';
import { DEFAULT_RANGES } from '../../src/cli/defaults.js';
import { type Revision, fullId } from '../../src/theorem/contract.js';
import { drawInstances } from '../../src/theorem/draw.js';
import { registryOf, theoremsOf } from '../../src/theorem/registry.js';
import { SMALL } from '../check/run.js';
import { LONG } from '../effort.js';

const theorems = theoremsOf(shipped, 'ufm-check');
const registry = registryOf(theorems);
const current = theorems.flatMap((theorem) =>
  theorem.revisions.filter((x) => x.status === 'current').map((revision) => [theorem.id, theorem, revision] as const),
);

/** Of all theorems together; two layers take several times as long as one, and get a smaller share. */
const TOTAL = LONG ? 5000 : 500;
const weight = ({ problem }: Revision): number => (problem.spec.layers > 1 ? 1 / 4 : 1);
const weights = current.reduce((sum, [, , revision]) => sum + weight(revision), 0);
const countFor = (revision: Revision): number => Math.ceil((TOTAL * weight(revision)) / weights);
/** Many small instances say more than a few large ones; the long run draws from all sizes. */
const RANGES = LONG ? DEFAULT_RANGES : SMALL;
/**
 * The long run makes as many descents as `verify`. The short one makes one of each kind, and of one layer, where every
 * kind arrives, that at every eighth instance only.
 */
const startsAt = ({ problem }: Revision, index: number): { readonly starts?: number } =>
  LONG ? {} : { starts: problem.spec.layers > 1 || index % 8 === 0 ? 8 : 2 };

describe.each(current)('Theorem %s', (_, theorem, revision) => {
  const count = countFor(revision);

  it(`is not accused at any of ${count} instances`, () => {
    const { instances } = drawInstances(revision, RANGES, count, 2022);
    expect(instances).toHaveLength(count);
    const checks = MEASURED_CHECKS.map((x) => x.id);
    const noted = instances.flatMap((drawn, index) => {
      const target = `${fullId(theorem)}@${revision.id}`;
      // A chain is about the proof and accuses no statement: the short run tries it less often.
      const asked = LONG || index % 4 === 0 ? checks : checks.filter((id) => id !== 'chain');
      const task = { target, drawn, seed: 5, checks: asked, ...startsAt(revision, index) };
      const { measurements } = measureInstance(registry, task);
      return Object.entries(measurements)
        .filter(([, x]) => x.outcome !== 'pass')
        .map(([check, x]) => ({ check, instance: drawn.instance, ...x }));
    });
    expect(noted.filter((x) => x.outcome === 'fail')).toEqual([]);
    // Descents that did not converge leave a question open and accuse nobody; among many instances a few may.
    expect(noted.length).toBeLessThanOrEqual(LONG ? count / 100 : 0);
  }, LONG ? 7_200_000 : 300_000);
});
