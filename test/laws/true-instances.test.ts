/** A true theorem is never accused: many seeded instances, every measured check. */
import { describe, expect, it } from 'vitest';
import * as shipped from '../../theorems/index.js';
import { MEASURED_CHECKS } from '../../src/check/checks.js';
import { measureInstance } from '../../src/check/measure.js';
import { DEFAULT_RANGES } from '../../src/cli/defaults.js';
import { type Revision, fullId } from '../../src/theorem/contract.js';
import { drawInstances } from '../../src/theorem/draw.js';
import { registryOf, theoremsOf } from '../../src/theorem/registry.js';

const LONG = process.env['UFM_CHECK_LONG'] !== undefined;
/** Two layers take several times as long as one. */
const countFor = ({ problem }: Revision): number => (LONG ? 2500 : 250) / (problem.spec.layers > 1 ? 10 : 1);

const theorems = theoremsOf(shipped, 'ufm-check');
const registry = registryOf(theorems);
const current = theorems.flatMap((theorem) =>
  theorem.revisions.filter((x) => x.status === 'current').map((revision) => [theorem.id, theorem, revision] as const),
);

describe.each(current)('Theorem %s', (_, theorem, revision) => {
  const count = countFor(revision);

  it(`is not accused at any of ${count} instances`, () => {
    const { instances } = drawInstances(revision, DEFAULT_RANGES, count, 2022);
    expect(instances).toHaveLength(count);
    const checks = MEASURED_CHECKS.map((x) => x.id);
    const accused = instances.flatMap((drawn) => {
      const target = `${fullId(theorem)}@${revision.id}`;
      const { measurements } = measureInstance(registry, { target, drawn, seed: 5, checks });
      return Object.entries(measurements)
        .filter(([, x]) => x.outcome !== 'pass')
        .map(([check, x]) => ({ check, instance: drawn.instance, ...x }));
    });
    expect(accused).toEqual([]);
  }, 600_000);
});
