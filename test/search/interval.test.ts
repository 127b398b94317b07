/** The interval of κ on which a point still violates its claim: true at both ends, and false just outside. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { isBelowForm } from '../../src/exact/certificate/bound.js';
import { parseCertificate } from '../../src/exact/certificate/schema.js';
import { type ExactProblem, exactValue } from '../../src/exact/objective.js';
import * as Q from '../../src/exact/rational.js';
import { kappaInterval } from '../../src/search/explain/interval.js';

const GALLERY = fileURLToPath(new URL('../../docs/counterexamples/', import.meta.url));

const kappaOf = ({ K, lambda }: ExactProblem): Q.Rational =>
  Object.values(lambda).reduce(Q.multiply, Q.rational(K ** 3));

it.each(['four-classes', 'five-classes'])('%s', (name) => {
  const certificate = parseCertificate(readFileSync(`${GALLERY}${name}/certificate.json`, 'utf8'));
  if (certificate.violation !== 'beaten' || !('form' in certificate.claim)) throw new Error('another certificate');
  const { problem, point, claim } = certificate;
  const sixteenth = Q.rational(1, 16);
  const isClaimed = (lambda: ExactProblem['lambda']): boolean =>
    Q.compare(kappaOf({ ...problem, lambda }), sixteenth) <= 0;
  const { lower, upper } = kappaInterval(claim, problem, point, isClaimed);
  // λ_{W2} alone does not keep the point; the two others by √(κ'/κ), where that is rational to many digits.
  const violatesAt = (kappa: Q.Rational): boolean => {
    const theta = Q.fromNumber(Math.sqrt(Q.toNumber(Q.divide(kappa, kappaOf(problem)))));
    const [W1, H1] = ['W1', 'H1'].map((block) => Q.multiply(theta, problem.lambda[block]!));
    const next = { ...problem, lambda: { ...problem.lambda, W1: W1!, H1: H1! } };
    return isBelowForm(claim, next, exactValue(next, point));
  };
  const own = kappaOf(problem);
  const beside = (end: Q.Rational, share: Q.Rational): Q.Rational =>
    Q.add(own, Q.multiply(share, Q.subtract(end, own)));
  expect(violatesAt(beside(lower, Q.rational(9999, 10_000)))).toBe(true);
  expect(violatesAt(beside(lower, Q.rational(10_002, 10_000)))).toBe(false);
  expect(Q.compare(upper, sixteenth)).toBeLessThanOrEqual(0);
  expect(violatesAt(beside(upper, Q.rational(9999, 10_000)))).toBe(true);
  const past = beside(upper, Q.rational(10_002, 10_000));
  expect(Q.compare(past, sixteenth) > 0 || !violatesAt(past)).toBe(true);
});
