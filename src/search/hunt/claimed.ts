/**
 * Violations that need no descent, in exact arithmetic from the start: at rational instances of the ranges, what is
 * wrong with the claimed point, the claimed value, a threshold, or a known critical point that ties.
 */
import { problemOf } from '../../check/measured/exact.js';
import { type Setting, createSetting } from '../../check/setting.js';
import { leastValueAtZero } from '../../exact/certificate/bound.js';
import { parseCertificate } from '../../exact/certificate/schema.js';
import { directionalDerivative } from '../../exact/directional.js';
import { scale, zeros } from '../../exact/matrix.js';
import { type ExactPoint, exactBlockShapes, exactGradient, exactValue } from '../../exact/objective.js';
import * as Q from '../../exact/rational.js';
import type { Revision } from '../../theorem/contract.js';
import { drawInstances } from '../../theorem/draw.js';
import type { Instance } from '../../theorem/instance.js';
import { claimedPoint, ifExact } from '../claimed-point.js';
import { claimedThreshold } from '../claimed-threshold.js';
import { claimedValue } from '../claimed-value.js';
import { type Certified, certified } from '../exact/lift.js';
import type { Labels } from '../finish/full.js';
import { type SearchRanges, muFits } from '../ranges.js';
import { whyNotClaimed } from '../speaks-of.js';
import { negativeCurvature } from './curved.js';
import { wrongForm } from './tie.js';

/** A certified violation, and which point shows it. */
export interface KnownFinding {
  readonly certified: Certified;
  readonly how: string;
}

export interface ClaimedViolation extends KnownFinding {
  readonly instance: Instance;
}

/** Instances that are looked at, and the most unknowns of each. */
const MOST_INSTANCES = 40;
const MOST_UNKNOWNS = 300;
const DRAWN = 100;

const KINDS: readonly ((setting: Setting, labels: Labels) => KnownFinding | undefined)[] = [
  notStationary,
  nonzeroBelow,
  wrongValue,
  negativeCurvature,
  wrongForm,
];

/**
 * The first violation among instances of the ranges: those made to be rational first, and of these the small and simple
 * ones. A tie with zero, at a threshold, says least and comes last.
 */
export function claimedViolation(
  revision: Revision,
  ranges: SearchRanges,
  seed: number,
  labels: Labels,
): ClaimedViolation | undefined {
  const size = ({ K, n, d }: Instance): number => d * (K * n + K + (labels.model.layers === 2 ? d : 0));
  const digits = ({ lambda }: Instance): number => Object.values(lambda).join('').length;
  const instances = drawInstances(revision, ranges, DRAWN, seed)
    .instances.filter((x) => size(x.instance) <= MOST_UNKNOWNS && muFits(x.instance, ranges))
    .sort(
      (x, y) =>
        Number(y.rational) - Number(x.rational) ||
        size(x.instance) - size(y.instance) ||
        digits(x.instance) - digits(y.instance),
    )
    .map((x) => x.instance);
  let tie: ClaimedViolation | undefined;
  for (const instance of instances.slice(0, MOST_INSTANCES)) {
    const setting = createSetting(revision, instance, seed);
    for (const kind of KINDS) {
      const found = kind(setting, labels);
      // Whatever a certificate shows, it counts only against what the revision does say.
      if (found === undefined || !isClaimed(revision, found)) continue;
      if (!tiesWithZero(found.certified)) return { ...found, instance };
      tie ??= { ...found, instance };
    }
  }
  return tie;
}

/** Whether nothing more is shown than that another point is as good as zero. */
export const tiesWithZero = ({ violation, value, problem }: Certified): boolean =>
  violation === 'wrong-form' && Q.equals(value, leastValueAtZero(problem));

const isClaimed = (revision: Revision, { certified: { text } }: KnownFinding): boolean =>
  whyNotClaimed(revision, parseCertificate(text)) === undefined;

/** A claimed point where f falls along its own gradient. */
function notStationary(setting: Setting, labels: Labels): KnownFinding | undefined {
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
  return accepted && { certified: accepted, how: 'the claimed point itself' };
}

/** A case short of a threshold with a value other than that of zero, where zero is a global minimizer. */
function nonzeroBelow(setting: Setting, labels: Labels): KnownFinding | undefined {
  const found = claimedThreshold(setting.case, setting.revision.problem.spec);
  if (found?.side !== 'below') return undefined;
  const { theorem, revision, model, provenance } = labels;
  const { parameter, threshold } = found;
  const accepted = ifExact(() =>
    certified({
      theorem, revision, provenance, violation: 'wrong-threshold', problem: problemOf(setting),
      claim: { model, parameter, threshold, says: 'nonzero-below' },
    }),
  );
  return accepted && { certified: accepted, how: 'the instance alone' };
}

/** The claimed point, or zero, below the claimed minimum. */
function wrongValue(setting: Setting, labels: Labels): KnownFinding | undefined {
  const minimum = claimedValue(setting.case, setting.instance);
  if (minimum === undefined) return undefined;
  const problem = problemOf(setting);
  const zero: ExactPoint = Object.fromEntries(
    Object.entries(exactBlockShapes(problem)).map(([name, { rows, cols }]) => [name, zeros(rows, cols)]),
  );
  const known = [
    { point: claimedPoint(setting), how: 'the claimed point itself' },
    { point: zero, how: 'zero' },
  ];
  const { theorem, revision, model, provenance } = labels;
  for (const { point, how } of known) {
    if (point === undefined || Q.compare(exactValue(problem, point), minimum) >= 0) continue;
    const accepted = ifExact(() =>
      certified({
        theorem, revision, provenance, violation: 'beaten', claim: { model, minimum }, problem, point,
      }),
    );
    if (accepted !== undefined) return { certified: accepted, how };
  }
  return undefined;
}
