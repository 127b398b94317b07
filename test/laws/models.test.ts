/** Laws of the model of every shipped module, found and not listed by hand: statement, value and gradient are one f. */
import { describe, expect, it } from 'vitest';
import * as shipped from '../../theorems/index.js';
import { createSetting, type Setting } from '../../src/check/setting.js';
import * as Q from '../../src/exact/rational.js';
import { nearestKink } from '../../src/model/kinks.js';
import type { Scalar } from '../../src/symbolic/expression.js';
import { toText } from '../../src/symbolic/print.js';
import { drawInstances } from '../../src/theorem/draw.js';
import { boundedInterpreter, boundedMatrix } from '../../src/theorem/evaluate-bounded.js';
import { IrrationalError, exactInterpreter } from '../../src/theorem/evaluate-exact.js';
import { numericInterpreter } from '../../src/theorem/evaluate-numeric.js';
import { holdsAt } from '../../src/theorem/instance.js';
import { theoremsOf } from '../../src/theorem/registry.js';
import { SMALL } from '../check/run.js';
import { lineThrough, slopes } from '../model/lines.js';

const revisions = theoremsOf(shipped, 'ufm-check').flatMap((theorem) =>
  theorem.revisions.map((revision) => [`${theorem.id}@${revision.id}`, revision] as const),
);

/** A random point at which no unit sits on its kink. */
const somewhere = ({ model, stream }: Setting, ...key: (string | number)[]): Float64Array => {
  const random = stream('law', ...key);
  for (;;) {
    const point = random.fillNormal(new Float64Array(model.size), 0.6);
    if (nearestKink(model, point) !== 0) return point;
  }
};

describe.each(revisions)('%s', (_, revision) => {
  const { instances } = drawInstances(revision, SMALL, 16, 29);
  const settings = instances.map(({ instance }) => createSetting(revision, instance, 1));

  it('measures the objective that it states', () => {
    for (const setting of settings) {
      const { model, instance } = setting;
      const point = somewhere(setting, 'value');
      const letters = new Map(
        model.blocks.map(({ name, rows, cols, offset, length }) => [
          name,
          boundedMatrix({ rows, cols, data: point.subarray(offset, offset + length) }),
        ]),
      );
      const stated = boundedInterpreter(instance, letters).scalar(revision.problem.objective);
      const difference = Math.abs(stated.value - model.value(point));
      expect(difference).toBeLessThanOrEqual(stated.error + model.valueRoundingError(point));
      expect(stated.error).toBeLessThan(1e-11 * stated.value);
    }
  });

  it('descends along the gradient of that objective', () => {
    for (const setting of settings) {
      const line = lineThrough(setting.model, somewhere(setting, 'point'), somewhere(setting, 'direction'));
      const { slope, difference, tolerance } = slopes(line);
      expect(Math.abs(difference - slope)).toBeLessThanOrEqual(tolerance);
      expect(tolerance).toBeLessThan(1e-7);
    }
  });

  it('claims values that are the same exactly and in floating point', () => {
    let compared = 0;
    const compare = (setting: Setting, value: Scalar, rank?: number): void => {
      let exact: number;
      try {
        exact = Q.toNumber(exactInterpreter(setting.instance, new Map(), rank).scalar(value));
      } catch (error) {
        if (error instanceof IrrationalError) return;
        throw error;
      }
      const numeric = numericInterpreter(setting.instance, new Map(), rank).scalar(value);
      expect(Math.abs(numeric - exact), toText(value)).toBeLessThanOrEqual(2 ** -52 * Math.abs(exact));
      compared += 1;
    };
    for (const setting of settings) {
      compare(setting, setting.case.value);
      for (const family of revision.criticalPoints ?? []) {
        if (!holdsAt(family.when, setting.instance)) continue;
        for (let rank = 0; rank < setting.ranks(family); rank++) compare(setting, family.value, rank);
      }
    }
    expect(compared).toBeGreaterThan(0);
  });
});
