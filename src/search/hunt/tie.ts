/** Ties, in exact arithmetic: a known critical point with the value of the claimed one, and not of the claimed form. */
import { problemOf } from '../../check/measured/exact.js';
import type { Setting } from '../../check/setting.js';
import { exactValue } from '../../exact/objective.js';
import * as Q from '../../exact/rational.js';
import type { CriticalFamily } from '../../theorem/contract.js';
import { holdsAt } from '../../theorem/instance.js';
import { type Choice, exactPointOf, ifExact } from '../claimed-point.js';
import { claimedForms } from '../claims.js';
import { certified } from '../exact/lift.js';
import type { Labels } from '../finish/full.js';
import type { KnownFinding } from './claimed.js';

/** A point of a known family that ties with the claimed one and lacks a claimed form: plain points, then any. */
export const wrongForm = (setting: Setting, labels: Labels): KnownFinding | undefined =>
  tieAmong(setting, labels, 'plain') ?? tieAmong(setting, labels, 'random');

/** The widest form is tried first. */
function tieAmong(setting: Setting, labels: Labels, choice: Choice): KnownFinding | undefined {
  const { revision, instance } = setting;
  const forms = claimedForms(setting.case, revision.problem.spec, instance.n);
  const reference = exactPointOf(setting, setting.case.minimizer, undefined, choice);
  if (forms.length === 0 || reference === undefined) return undefined;
  const { theorem, revision: id, model, provenance } = labels;
  const problem = problemOf(setting);
  const level = exactValue(problem, reference);
  for (const family of revision.criticalPoints ?? []) {
    if (!holdsAt(family.when, instance)) continue;
    // From the highest rank down; rank 0 is zero, which no form excludes.
    for (let rank = setting.ranks(family) - 1; rank > 0; rank--) {
      const point = exactPointOf(setting, family.construction, rank, choice);
      if (point === undefined || !Q.equals(exactValue(problem, point), level)) continue;
      for (const form of forms) {
        const accepted = ifExact(() =>
          certified({
            theorem, revision: id, provenance, violation: 'wrong-form', claim: { model, ...form }, problem, point,
            reference,
          }),
        );
        if (accepted !== undefined) return { certified: accepted, how: howOf(family, rank) };
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
