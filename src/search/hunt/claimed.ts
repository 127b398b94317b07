/**
 * Violations that need no descent, in exact arithmetic from the start: at rational instances, a claimed point at which
 * f falls in some direction, and a known critical point that has the claimed value and not the claimed form.
 */
import { problemOf } from '../../check/measured/exact.js';
import { type Setting, createSetting } from '../../check/setting.js';
import { directionalDerivative } from '../../exact/directional.js';
import { scale } from '../../exact/matrix.js';
import { type ExactPoint, exactGradient, exactValue } from '../../exact/objective.js';
import * as Q from '../../exact/rational.js';
import type { CriticalFamily, Revision } from '../../theorem/contract.js';
import { drawInstances } from '../../theorem/draw.js';
import { type Instance, holdsAt } from '../../theorem/instance.js';
import { claimedPoint, exactPointOf, ifExact } from '../claimed-point.js';
import { claimedForms } from '../claims.js';
import { type Certified, certified } from '../exact/lift.js';
import type { Labels } from '../finish/full.js';
import type { SearchRanges } from '../ranges.js';
import { muFits } from '../ranges.js';

export interface ClaimedViolation {
  readonly violation: 'not-stationary' | 'wrong-form';
  readonly instance: Instance;
  readonly certified: Certified;
  readonly how: string;
}

/** Instances that are looked at, and the most unknowns of each. */
const MOST_INSTANCES = 40;
const MOST_UNKNOWNS = 300;
const DRAWN = 100;

/** The first violation among the rational instances of the ranges, small ones first. */
export function claimedViolation(
  revision: Revision,
  ranges: SearchRanges,
  seed: number,
  labels: Labels,
): ClaimedViolation | undefined {
  const size = ({ K, n, d }: Instance): number => d * (K * n + K + (labels.model.layers === 2 ? d : 0));
  const instances = drawInstances(revision, ranges, DRAWN, seed)
    .instances.filter((x) => x.rational && size(x.instance) <= MOST_UNKNOWNS && muFits(x.instance, ranges))
    .map((x) => x.instance)
    .sort((x, y) => size(x) - size(y));
  for (const instance of instances.slice(0, MOST_INSTANCES)) {
    const setting = createSetting(revision, instance, seed);
    const found = notStationary(setting, labels) ?? wrongForm(setting, labels);
    if (found !== undefined) return { ...found, instance };
  }
  return undefined;
}

type Finding = Omit<ClaimedViolation, 'instance'>;

/** A claimed point where f falls along its own gradient. */
function notStationary(setting: Setting, labels: Labels): Finding | undefined {
  const point = claimedPoint(setting);
  if (point === undefined) return undefined;
  const problem = problemOf(setting);
  const gradient = exactGradient(problem, point);
  const direction: ExactPoint = Object.fromEntries(
    Object.entries(gradient).map(([name, block]) => [name, scale(Q.rational(-1), block)]),
  );
  if (Q.sign(directionalDerivative(problem, point, direction)) >= 0) return undefined;
  const { theorem, revision, model, provenance } = labels;
  const accepted = ifExact(() =>
    certified({
      theorem, revision, provenance, violation: 'not-stationary', claim: { model, point: 'local-minimizer' }, problem,
      point, direction,
    }),
  );
  return accepted && { violation: 'not-stationary', certified: accepted, how: 'the claimed point itself' };
}

/** A point of a known family that ties with the claimed one and lacks a claimed form, the widest tried first. */
function wrongForm(setting: Setting, labels: Labels): Finding | undefined {
  const { revision, instance } = setting;
  const forms = claimedForms(setting.case, revision.problem.spec, instance.n);
  const reference = claimedPoint(setting);
  if (forms.length === 0 || reference === undefined) return undefined;
  const { theorem, revision: id, model, provenance } = labels;
  const problem = problemOf(setting);
  const level = exactValue(problem, reference);
  for (const family of revision.criticalPoints ?? []) {
    if (!holdsAt(family.when, instance)) continue;
    // From the highest rank down; rank 0 is zero, which no form excludes.
    for (let rank = setting.ranks(family) - 1; rank > 0; rank--) {
      const point = exactPointOf(setting, family.construction, rank);
      if (point === undefined || !Q.equals(exactValue(problem, point), level)) continue;
      for (const form of forms) {
        const accepted = ifExact(() =>
          certified({
            theorem, revision: id, provenance, violation: 'wrong-form', claim: { model, ...form }, problem, point,
            reference,
          }),
        );
        if (accepted !== undefined) return { violation: 'wrong-form', certified: accepted, how: howOf(family, rank) };
      }
    }
  }
  return undefined;
}

/** The family, and the rank where its members have one. */
const howOf = ({ title, construction: { frames = [], blocks } }: CriticalFamily, rank: number): string =>
  [...frames, ...Object.values(blocks)].some((x) => x.rows === 'r' || x.cols === 'r')
    ? `${title}, here of rank ${rank}`
    : title;
