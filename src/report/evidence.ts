/** Evidence and refutations as JSON. */
import type { Evidence } from '../check/evidence.js';
import type { Judgement } from '../check/verdict.js';

/** One piece of evidence. */
export const checkJson = ({
  check,
  part,
  method,
  scope,
  outcome,
  measured,
  bound,
  statement,
  detail,
  reach,
  aboutProof,
  witness,
  steps,
  reproduce,
}: Evidence): object => ({
  check,
  ...(part === undefined ? {} : { part }),
  method,
  scope,
  outcome,
  ...(measured === undefined ? {} : { measured }),
  ...(bound === undefined ? {} : { bound }),
  statement,
  ...(detail === undefined ? {} : { detail }),
  ...(reach === undefined ? {} : { reach }),
  ...(aboutProof === true ? { about: 'proof' } : {}),
  ...(witness === undefined ? {} : { witness }),
  ...(steps === undefined ? {} : { steps }),
  reproduce,
});

/** The certificate behind a `refuted` verdict, ready for `ufm-check certify`. */
export const refutationJson = (judgement: Judgement): object => {
  if (judgement.verdict !== 'refuted') return {};
  const { sentence, value, bound, margin, certificate } = judgement.refutation;
  return { refutation: { sentence, value, bound, margin, certificate: JSON.parse(certificate) as unknown } };
};
