/** Laws that every shipped module must pass, without being listed by hand. */
import { describe, expect, it } from 'vitest';
import * as shipped from '../../theorems/index.js';
import { conclusionResiduals } from '../../src/check/tolerance.js';
import { createSetting } from '../../src/check/setting.js';
import { DEFAULT_RANGES } from '../../src/cli/defaults.js';
import { toLatex, toText } from '../../src/symbolic/print.js';
import { caseAt } from '../../src/theorem/cases.js';
import { drawInstances } from '../../src/theorem/draw.js';
import { inStratum } from '../../src/theorem/genome.js';
import { theoremsOf } from '../../src/theorem/registry.js';

const revisions = theoremsOf(shipped, 'ufm-check').flatMap((theorem) =>
  theorem.revisions.map((revision) => [`${theorem.id}@${revision.id}`, revision] as const),
);

describe.each(revisions)('%s', (_, revision) => {
  const { instances } = drawInstances(revision, DEFAULT_RANGES, 40, 11);

  it('has cases that partition its instances', () => {
    for (const { instance, caseId } of instances) expect(caseAt(revision, instance).id).toBe(caseId);
  });

  it('has strata that lie in their case', () => {
    for (const { instance, caseId, origin } of instances) {
      const stratum = revision.cases.find((c) => c.id === caseId)?.strata.find((x) => x.id === origin);
      if (stratum !== undefined) expect(inStratum(revision, stratum, instance)).toBe(true);
    }
  });

  it('has a construction with the claimed value, which satisfies the conclusions', () => {
    for (const { instance } of instances) {
      const setting = createSetting(revision, instance, 1);
      const point = setting.claimedPoint(0);
      const rounding = 10 * setting.model.valueRoundingError(point);
      expect(Math.abs(setting.model.value(point) - setting.claimedValue)).toBeLessThanOrEqual(rounding);
      for (const { measured, bound } of conclusionResiduals(setting, point, rounding)) {
        expect(measured).toBeLessThanOrEqual(bound);
      }
    }
  });

  it('prints every statement, as text and as balanced LaTeX', () => {
    for (const { statement } of revision.cases.flatMap((c) => c.conclusions)) {
      expect(toText(statement)).toMatch(/=/);
      const latex = toLatex(statement);
      const count = (ch: string): number => latex.split(ch).length - 1;
      expect(count('{')).toBe(count('}'));
      expect(count('\\left')).toBe(count('\\right'));
    }
  });
});
