/**
 * The judgement of a text that may be a certificate of either format: of a violation, or of a proof. What the document
 * says of itself decides, however its text is written.
 */
import { judgedCertificate, orReason, withinLength } from './certificate/judge.js';
import type { Judgement } from './certificate/judge.js';
import { readJson } from './certificate/json.js';
import { checkProof, saysProof } from './proof/judge.js';
import type { ProofJudgement } from './proof/judge.js';

/** Judges a text. It never throws on what is in it: whatever is wrong is a reason. */
export function judgeText(text: string): Judgement | ProofJudgement {
  return orReason(() => {
    const document = readJson(withinLength(text));
    return saysProof(document) ? checkProof(text) : judgedCertificate(document);
  });
}
