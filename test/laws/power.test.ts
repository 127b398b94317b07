/**
 * The power of the checks: a conclusion that is off by ten times its stated tolerance is caught, at every instance.
 *
 * The stated tolerance is the larger of two: what a descent's end is held to (by the proof), and what the construction
 * itself is held to (by rounding). The statement is perturbed by a matrix of ten times that norm, at every drawn
 * instance in turn.
 */
import { describe, expect, it } from 'vitest';
import * as shipped from '../../theorems/index.js';
import { MEASURED_CHECKS } from '../../src/check/checks.js';
import { constructionError } from '../../src/check/measured/claim-point.js';
import { descentsOf } from '../../src/check/measured/descent.js';
import { createSetting } from '../../src/check/setting.js';
import { claimedResiduals } from '../../src/check/tolerance.js';
import { DEFAULT_RANGES } from '../../src/cli/defaults.js';
import { add, div, equal, mul, number, ones, sqrt, t } from '../../src/symbolic/build.js';
import type { Matrix, Scalar } from '../../src/symbolic/expression.js';
import type { Case, Revision } from '../../src/theorem/contract.js';
import { drawInstances } from '../../src/theorem/draw.js';
import { dimensionSizes } from '../../src/theorem/evaluate-exact.js';
import { theoremsOf } from '../../src/theorem/registry.js';
import { LONG } from '../effort.js';

const proved = theoremsOf(shipped, 'ufm-check').flatMap((theorem) =>
  theorem.revisions
    .filter((x) => x.status === 'current' && x.expected === 'proved')
    .map((revision) => [`${theorem.id}@${revision.id}`, revision] as const),
);

/** A matrix of the given norm, every entry the same, as a formula. */
const uniform = ({ rows, cols }: Matrix, size: (dimension: string) => number, norm: number): Matrix => {
  const scale: Scalar = div(number(String(BigInt(Math.ceil(norm * 1e30)))), number(String(10n ** 30n)));
  return mul(scale, div(1, sqrt(number(size(rows) * size(cols)))), ones(rows), t(ones(cols)));
};

const withConclusion = (
  revision: Revision,
  home: Case,
  id: string,
  statement: Case['conclusions'][number]['statement'],
): Revision => ({
  ...revision,
  cases: revision.cases.map((c) =>
    c === home ? { ...c, conclusions: c.conclusions.map((x) => (x.id === id ? { ...x, statement } : x)) } : c,
  ),
});

const CONCLUSION_CHECKS = MEASURED_CHECKS.filter((x) => ['numeric-conclusions', 'exact-conclusions'].includes(x.id));

describe.each(proved)('%s', (_, revision) => {
  it('has every conclusion caught when it is off by ten times its tolerance', () => {
    const missed: string[] = [];
    let perturbed = 0;
    // Two layers take several times as long as one.
    const count = (revision.problem.spec.layers > 1 ? 8 : 16) * (LONG ? 8 : 1);
    for (const { instance } of drawInstances(revision, DEFAULT_RANGES, count, 23).instances) {
      const setting = createSetting(revision, instance, 1);
      const reached = descentsOf(setting).filter((x) => x.landing === 'at the value');
      for (const { id, statement } of setting.case.conclusions) {
        const bounds = reached.flatMap((x) => x.residuals.filter((y) => y.conclusion === id).map((y) => y.bound));
        expect(bounds.length).toBeGreaterThan(0);
        const atClaim = claimedResiduals(setting, setting.claimedPoint(0), constructionError(setting));
        const rounding = atClaim.find((x) => x.conclusion === id)?.bound ?? 0;
        const tolerance = Math.max(Math.min(...bounds), rounding);
        const error = uniform(statement.left, dimensionSizes(instance), 10 * tolerance);
        const changed = withConclusion(revision, setting.case, id, equal(statement.left, add(statement.right, error)));
        const wrong = createSetting(changed, instance, 1);
        perturbed += 1;
        const caught = CONCLUSION_CHECKS.some((check) => check.measure(wrong, { rational: false }).outcome === 'fail');
        if (!caught) missed.push(`${id} at ${JSON.stringify(instance)}: tolerance ${tolerance}`);
      }
    }
    expect(missed).toEqual([]);
    expect(perturbed).toBeGreaterThanOrEqual(2 * count);
  });
});
