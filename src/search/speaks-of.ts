/**
 * Whether a revision makes the claim that a certificate refutes, at the instance that the certificate names. The exact
 * checker judges a claim; who has made it is asked here, of the statement itself and of no label.
 */
import { leastValueAtZero } from '../exact/certificate/bound.js';
import type { Certificate, ClaimedForm, ClaimedModel } from '../exact/certificate/schema.js';
import { equals } from '../exact/matrix.js';
import { type ExactPoint, type ExactProblem, exactValue } from '../exact/objective.js';
import * as Q from '../exact/rational.js';
import { createSetting } from '../check/setting.js';
import { UsageError } from '../errors.js';
import { caseAt, meetsHypotheses } from '../theorem/cases.js';
import type { Case, Revision } from '../theorem/contract.js';
import { type Instance, describeInstance } from '../theorem/instance.js';
import { claimedForms, claimedModel } from './claims.js';
import { claimedPoint } from './claimed-point.js';
import { claimedThreshold } from './claimed-threshold.js';
import { claimedValueWithin } from './claimed-value.js';
import { assumesNonZeroOnly } from './minimizer-hypotheses.js';

type AtInstance = Exclude<Certificate, { readonly violation: 'inequality' | 'parametric' }>;

/** An instance of two layers at which zero is no minimizer: all λ equal, and κ = 1/64. */
const small = ({ lambda }: Revision['problem'], K: number, d: number): Instance => ({
  K,
  n: 1,
  d,
  lambda: Object.fromEntries(Object.keys(lambda).map((block) => [block, `1/${4 * K}`])),
});

/** The instance of an exact problem. */
export const instanceOf = ({ K, classSizes, widths, lambda }: ExactProblem): Instance => ({
  K,
  n: classSizes[0] ?? 1,
  d: widths[0] ?? 1,
  lambda: Object.fromEntries(Object.entries(lambda).map(([block, value]) => [block, Q.format(value)])),
});

/** Why the certificate does not refute the revision; undefined if the revision does make its claim. */
export function whyNotClaimed(revision: Revision, certificate: Certificate): string | undefined {
  if (certificate.violation === 'inequality') return 'it is about an inequality, not about minimizers';
  const model = claimedModel(revision.problem.spec);
  if (model === undefined || !sameModel(model, certificate.claim.model)) return 'the theorem is about another model';
  if (!assumesNonZeroOnly(revision)) return 'the theorem assumes more of the minimizer than a certificate shows';
  const parametric = certificate.violation === 'parametric';
  const instance = parametric
    ? small(revision.problem, certificate.K, certificate.d)
    : instanceOf(certificate.problem);
  try {
    if (!meetsHypotheses(revision, instance)) {
      return `the hypotheses of the theorem do not hold at ${describeInstance(instance)}`;
    }
    const home = caseAt(revision, instance);
    if (!parametric) return whyNotAt(revision, home, instance, certificate);
    return claimedForms(home, revision.problem.spec, instance.n).some((form) => sameForm(form, certificate.claim))
      ? undefined
      : 'the theorem does not claim this form there';
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

function whyNotAt(revision: Revision, home: Case, instance: Instance, certificate: AtInstance): string | undefined {
  const { claim, problem } = certificate;
  const { spec } = revision.problem;
  const forms = claimedForms(home, spec, instance.n);
  const zero = leastValueAtZero(problem);
  // Where only nonzero minimizers are spoken of, a minimum above zero's value is claimed of none.
  const isSaid = (minimum: Q.Rational): boolean =>
    (revision.ofMinimizer ?? []).length === 0 || Q.compare(minimum, zero) <= 0;
  const { lower, upper } = claimedValueWithin(home, instance);
  if ('form' in claim) {
    return forms.some((form) => sameForm(form, claim)) ? undefined : 'the theorem does not claim this form there';
  }
  if ('minimum' in claim) {
    if (!Q.equals(lower, claim.minimum) || !Q.equals(upper, claim.minimum)) {
      return 'the theorem claims another minimum there';
    }
    return isSaid(claim.minimum) ? undefined : OTHER_THAN_ZERO;
  }
  if ('threshold' in claim) {
    const own = claimedThreshold(home, spec);
    const isOwn =
      own?.parameter === claim.parameter &&
      own.side === (claim.says === 'zero-above' ? 'above' : 'below') &&
      Q.equals(own.threshold, claim.threshold);
    if (!isOwn) return 'the theorem names another threshold there, or none';
    if (claim.says === 'zero-above') {
      return forms.some((x) => x.form === 'zero') ? undefined : 'the theorem does not claim zero there';
    }
    const another = Q.compare(upper, zero) < 0 || Q.compare(zero, lower) < 0;
    return another && (revision.ofMinimizer ?? []).length === 0
      ? undefined
      : 'the theorem does not deny there that zero is a minimizer';
  }
  const seed = certificate.provenance.get('seed');
  const own = claimedPoint(createSetting(revision, instance, typeof seed === 'number' ? seed : 0));
  if (own === undefined || certificate.point === undefined || !samePoint(own, certificate.point)) {
    return 'the point is not the one that the construction of the theorem gives for the seed in the provenance';
  }
  return isSaid(exactValue(problem, own)) ? undefined : OTHER_THAN_ZERO;
}

const OTHER_THAN_ZERO = 'the theorem claims this of minimizers other than zero only';

const sameModel = (x: ClaimedModel, y: ClaimedModel): boolean =>
  x.layers === y.layers && x.activation === y.activation && x.bias === y.bias;

const sameForm = (x: ClaimedForm, y: ClaimedForm): boolean => {
  if (x.form === 'zero' || y.form === 'zero') return x.form === y.form;
  return x.form === y.form && x.of === y.of && x.collapsed === y.collapsed;
};

const samePoint = (x: ExactPoint, y: ExactPoint | undefined): boolean =>
  y !== undefined &&
  Object.entries(x).every(([name, block]) => {
    const other = y[name];
    return other !== undefined && equals(block, other);
  });
