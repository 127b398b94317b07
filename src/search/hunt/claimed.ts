/**
 * Violations that need no descent, in exact arithmetic from the start: at rational instances, a claimed point at which
 * f falls in some direction, and a known critical point that has the claimed value and not the claimed form.
 */
import { exactLetter } from '../../check/free-letters.js';
import { problemOf } from '../../check/measured/exact.js';
import { type Setting, createSetting } from '../../check/setting.js';
import { ExactError } from '../../exact/error.js';
import { directionalDerivative } from '../../exact/directional.js';
import { scale } from '../../exact/matrix.js';
import { type ExactPoint, exactGradient } from '../../exact/objective.js';
import * as Q from '../../exact/rational.js';
import { UsageError } from '../../errors.js';
import { lettersIn } from '../../symbolic/letters.js';
import type { Construction, Revision } from '../../theorem/contract.js';
import { drawInstances } from '../../theorem/draw.js';
import { dimensionSizes, exactInterpreter } from '../../theorem/evaluate-exact.js';
import { type Instance, holdsAt } from '../../theorem/instance.js';
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
  const point = pointOf(setting, setting.case.minimizer);
  if (point === undefined) return undefined;
  const problem = problemOf(setting);
  const gradient = exactGradient(problem, point);
  const direction: ExactPoint = Object.fromEntries(
    Object.entries(gradient).map(([name, block]) => [name, scale(Q.rational(-1), block)]),
  );
  if (Q.sign(directionalDerivative(problem, point, direction)) >= 0) return undefined;
  const { theorem, revision, model, provenance } = labels;
  const accepted = accept(() =>
    certified({
      theorem, revision, provenance, violation: 'not-stationary', claim: { model, point: 'local-minimizer' }, problem,
      point, direction,
    }),
  );
  return accepted && { violation: 'not-stationary', certified: accepted, how: 'the claimed point itself' };
}

/** A point of a known family that ties with the claimed one and does not have its form. */
function wrongForm(setting: Setting, labels: Labels): Finding | undefined {
  const { revision, instance } = setting;
  const [form] = claimedForms(setting.case, revision.problem.spec, instance.n);
  const reference = pointOf(setting, setting.case.minimizer);
  if (form === undefined || reference === undefined) return undefined;
  for (const family of revision.criticalPoints ?? []) {
    if (!holdsAt(family.when, instance)) continue;
    // From the highest rank down; rank 0 is zero, which no form excludes.
    for (let rank = setting.ranks(family) - 1; rank > 0; rank--) {
      const point = pointOf(setting, family.construction, rank);
      if (point === undefined) continue;
      const { theorem, revision: id, model, provenance } = labels;
      const accepted = accept(() =>
        certified({
          theorem, revision: id, provenance, violation: 'wrong-form', claim: { model, ...form },
          problem: problemOf(setting), point, reference,
        }),
      );
      if (accepted !== undefined) {
        return { violation: 'wrong-form', certified: accepted, how: `${family.title}, here of rank ${rank}` };
      }
    }
  }
  return undefined;
}

/** A construction with rational frames; undefined where it is irrational or does not fit. */
function pointOf(setting: Setting, construction: Construction, rank?: number): ExactPoint | undefined {
  const size = dimensionSizes(setting.instance, rank);
  const { frames = [], blocks } = construction;
  if (lettersIn(Object.values(blocks)).complements.length > 0) return undefined;
  if (frames.some((x) => size(x.rows) < size(x.cols) && x.kind !== 'obtuse')) return undefined;
  const stream = setting.stream('claimed', rank ?? -1);
  return accept(() => {
    const letters = new Map(frames.map((frame) => [frame.name, exactLetter(frame, size, stream)] as const));
    const { matrix } = exactInterpreter(setting.instance, letters, rank);
    return Object.fromEntries(Object.entries(blocks).map(([name, formula]) => [name, matrix(formula)]));
  });
}

/** What a computation gives; undefined where exact arithmetic cannot do it (roots, conditions of a certificate). */
function accept<T>(compute: () => T | undefined): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ExactError || error instanceof UsageError) return undefined;
    throw error;
  }
}
