/** The same problem in other words gives the same figures: for every shipped module, without being listed by hand. */
import { describe, expect, it } from 'vitest';
import * as shipped from '../../theorems/index.js';
import { MEASURED_CHECKS } from '../../src/check/checks.js';
import { measureInstance } from '../../src/check/measure.js';
import { createSetting, type Setting } from '../../src/check/setting.js';
import { DEFAULT_RANGES } from '../../src/cli/defaults.js';
import { fullId } from '../../src/theorem/contract.js';
import { drawInstances, type DrawnInstance } from '../../src/theorem/draw.js';
import { frobenius, subtractDense } from '../../src/theorem/evaluate-numeric.js';
import { registryOf, theoremsOf, type Target } from '../../src/theorem/registry.js';
import { MUTANTS_31 } from '../mutants/theorem-3.1.js';
import { REENCODINGS, type Reencoding } from './re-encode.js';
import { LONG } from '../effort.js';

const targets = theoremsOf(shipped, 'ufm-check').flatMap((theorem) =>
  theorem.revisions.map((revision): [string, Target] => [`${theorem.id}@${revision.id}`, { theorem, revision }]),
);

/** Residuals of the conclusions at a point, relative to the sides. */
const residuals = (setting: Setting, point: Float64Array): number[] => {
  const { matrix } = setting.at(point);
  return setting.case.conclusions.map(({ statement }) => {
    const [left, right] = [matrix(statement.left), matrix(statement.right)];
    const scale = frobenius(left) + frobenius(right);
    return scale === 0 ? 0 : frobenius(subtractDense(left, right)) / scale;
  });
};

const movedFrom = (setting: Setting): Float64Array => {
  const claim = setting.claimedPoint(0);
  const stream = setting.stream('moved');
  const { K, n } = setting.instance;
  // Equal samples within a class, so that pairs can be merged.
  const shift = stream.fillNormal(new Float64Array(claim.length), 0.1);
  for (const { rows, cols, offset } of setting.model.blocks) {
    if (cols !== K * n) continue;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++) shift[offset + i * cols + j] = shift[offset + i * cols + j - (j % n)] ?? 0;
    }
  }
  return claim.map((x, k) => x + (shift[k] ?? 0));
};

describe.each(targets)('%s', (_, { revision }) => {
  const { instances } = drawInstances(revision, DEFAULT_RANGES, LONG ? 30 : 20, 17);

  it.each(REENCODINGS.map((x) => [x.name, x] as const))('%s: same value, gradient and residuals', (_name, encoding) => {
    let compared = 0;
    for (const { instance } of instances) {
      if (!encoding.applies(revision.problem, instance)) continue;
      const [here, there] = [instance, encoding.instance(revision.problem, instance)].map((x) =>
        createSetting(revision, x, 1),
      ) as [Setting, Setting];
      if (here.emptyForm !== undefined) continue;
      compared += 1;
      expect(there.case.id).toBe(here.case.id);
      const rounding = encoding.exact ? 1e-15 : 1e-13;
      expect(Math.abs(there.claimedValue - here.claimedValue)).toBeLessThanOrEqual(rounding * here.claimedValue);
      const point = movedFrom(here);
      const image = encoding.point(revision.problem, here.model, point, there.model);
      const noise = here.model.valueRoundingError(point) + there.model.valueRoundingError(image);
      expect(Math.abs(there.model.value(image) - here.model.value(point))).toBeLessThanOrEqual(noise);
      const before = residuals(here, point);
      residuals(there, image).forEach((x, k) => {
        expect(Math.abs(x - (before[k] ?? 0))).toBeLessThanOrEqual(1e-12);
      });
    }
    expect(compared).toBeGreaterThan(5);
  });
});

/** The long run looks at twice as many instances, with twice as many descents. */
const STARTS = LONG ? {} : { starts: 8 };

/** Every fourth (or so) drawn instance as it is and re-encoded, under every measured check. */
const outcomes = (
  target: Target,
  encoding: Reencoding,
  every = 4,
): (readonly [before: string, after: string])[] => {
  const registry = registryOf([target.theorem]);
  const { revision, theorem } = target;
  const ran = (drawn: DrawnInstance): string => {
    const name = `${fullId(theorem)}@${revision.id}`;
    const checks = MEASURED_CHECKS.map((x) => x.id);
    const { measurements } = measureInstance(registry, { target: name, drawn, seed: 1, checks, ...STARTS });
    const failed = Object.values(measurements).some((x) => x.outcome === 'fail');
    return failed ? 'accused' : Object.values(measurements).every((x) => x.outcome === 'pass') ? 'pass' : 'open';
  };
  const small = { ...DEFAULT_RANGES, K: { ...DEFAULT_RANGES.K, upper: { factor: 0, offset: 3 } } };
  return drawInstances(revision, small, 24, 5)
    .instances.filter((x, k) => k % every === 0 && encoding.applies(revision.problem, x.instance))
    .map((drawn) => {
      const instance = encoding.instance(revision.problem, drawn.instance);
      return [ran({ ...drawn, rational: false }), ran({ ...drawn, instance, rational: false })] as const;
    });
};

describe('verdicts at an instance', () => {
  const changing = REENCODINGS.filter((x) => ['rescaled', 'extra', 'split'].some((word) => x.name.includes(word)));
  const merging = REENCODINGS.filter((x) => x.name.includes('merged'));
  const current = targets.filter(([, { revision }]) => revision.status === 'current');
  const sameVerdict = [...changing, ...merging];

  it.each(current.flatMap(([name, target]) => sameVerdict.map((x) => [name, x.name, target, x] as const)))(
    'of %s stay with %s',
    (_, __, target, encoding) => {
      for (const [before, after] of outcomes(target, encoding, LONG ? 4 : 12)) expect(after).toBe(before);
    },
  );

  const wrong = MUTANTS_31.filter((x) => x.wrong === 'statement' && x.killer.startsWith('exact')).slice(0, 3);
  it.each(wrong.flatMap((x) => changing.map((e) => [x.name, e.name, x, e] as const)))(
    'accusing the mutant %s stay with %s',
    (_, __, { theorem }, encoding) => {
      const [revision] = theorem.revisions;
      if (revision === undefined) throw new Error('a mutant without a revision');
      const seen = outcomes({ theorem, revision }, encoding);
      expect(seen.some(([before]) => before === 'accused')).toBe(true);
      // What is wrong for n > 1 alone may pass before its samples are split; once accused it stays so.
      for (const [before, after] of seen) if (before === 'accused') expect(after).toBe('accused');
    },
  );
});
