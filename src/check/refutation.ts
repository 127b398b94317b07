/**
 * Refutations: certificates that the exact checker has accepted, and that speak of the statement at hand.
 *
 * There is no other way to a `refuted` verdict. The brand cannot be written outside of this file, and at run time what
 * was not made here is not in the register.
 */
import { type Judgement as CertificateJudgement, checkCertificate } from '../exact/certificate/judge.js';
import type { Certificate } from '../exact/certificate/schema.js';
import { format } from '../exact/rational.js';

declare const accepted: unique symbol;

/** A certificate with what the checker says of it. */
export interface Refutation {
  /** The certificate, as it is written to a file. */
  readonly certificate: string;
  /** What is refuted, where, and by how much. */
  readonly sentence: string;
  readonly value: string;
  readonly bound: string;
  readonly margin: string;
  readonly [accepted]: true;
}

/** Why a certificate refutes nothing here. */
export interface Unrefuted {
  readonly reason: string;
}

const register = new WeakSet<object>();

/**
 * Judges the text of a certificate from its first character on. `speaksOf` says whether the claim that it refutes, at
 * the instance that it names, is one that the statement makes; undefined if so, and otherwise why not.
 */
export const refute = (
  text: string,
  speaksOf: (certificate: Certificate) => string | undefined,
): Refutation | Unrefuted => {
  const judgement: CertificateJudgement = checkCertificate(text);
  if (!judgement.accepted) return { reason: judgement.reason };
  const otherwise = speaksOf(judgement.certificate);
  if (otherwise !== undefined) return { reason: otherwise };
  const refutation = Object.freeze({
    certificate: text,
    sentence: judgement.sentence,
    value: format(judgement.value),
    bound: format(judgement.bound),
    margin: format(judgement.margin),
  }) as Refutation;
  register.add(refutation);
  return refutation;
};

export const isRefutation = (x: Refutation | Unrefuted | undefined): x is Refutation =>
  x !== undefined && register.has(x);
