/**
 * `ufm-check certify`: certificates of violations and of proofs, judged by the exact checkers alone; and whether they
 * are of what the theorem claims whose name they bear, if it is a shipped one.
 */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { type Judgement, MAXIMUM_LENGTH } from '../../exact/certificate/judge.js';
import { decimal } from '../../exact/certificate/sentence.js';
import { judgeText } from '../../exact/judge.js';
import type { ProofJudgement } from '../../exact/proof/judge.js';
import { format, type Rational } from '../../exact/rational.js';
import { UsageError } from '../../errors.js';
import { wrapWords } from '../../report/wrap.js';
import type { Io } from '../io.js';
import { wrongLabels, wrongProofLabels } from '../shipped-labels.js';

export interface CertifyArguments {
  readonly files: readonly string[];
  readonly json: boolean;
}

interface Judged {
  readonly file: string;
  readonly judgement: Judgement | ProofJudgement;
}

/** Judges every file; 0 if all are accepted, 1 if one is rejected. @throws UsageError where one cannot be read. */
export const certify = (args: CertifyArguments, io: Io): number => {
  const files = args.files.map((file) => ({ file, size: sizeOf(file) }));
  const judged = files.map(({ file, size }): Judged => ({ file, judgement: judgeFile(file, size) }));
  if (args.json) {
    io.out(JSON.stringify({ format: 'ufm-check-certify/1', certificates: judged.map(asJson) }, null, 2));
  } else {
    io.out(judged.map(asText).join('\n\n'));
  }
  return judged.every(({ judgement }) => judgement.accepted) ? 0 : 1;
};

const unreadable = (file: string, error: unknown): UsageError => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return new UsageError(`cannot read ${file} (${code})`, 'Name a certificate file, as written by ufm-check.');
};

/** The size of a regular file in bytes; nothing is read. */
const sizeOf = (file: string): number => {
  let status;
  try {
    status = statSync(file);
  } catch (error) {
    throw unreadable(file, error);
  }
  if (!status.isFile()) throw new UsageError(`${file} is not a file`, 'Name a certificate file.');
  return status.size;
};

const judgeFile = (file: string, size: number): Judged['judgement'] => {
  if (size > MAXIMUM_LENGTH) return { accepted: false, reason: `the file has ${size} bytes, more than 16 MB` };
  const bytes = readAtMost(file, size);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { accepted: false, reason: 'the file is not UTF-8 text' };
  }
  const judgement = judgeText(text);
  if (!judgement.accepted) return judgement;
  const reason = 'proof' in judgement ? wrongProofLabels(judgement.proof) : wrongLabels(judgement.certificate);
  return reason === undefined ? judgement : { accepted: false, reason };
};

/** The first `size` bytes, whatever has happened to the file since it was measured. */
const readAtMost = (file: string, size: number): Uint8Array => {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    const bytes = new Uint8Array(size);
    let length = 0;
    for (;;) {
      const read = length < size ? readSync(descriptor, bytes, length, size - length, length) : 0;
      if (read === 0) return bytes.subarray(0, length);
      length += read;
    }
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
};

const LONGEST_SHOWN = 80;

const figure = (value: Rational): string => {
  const exact = format(value);
  const about = decimal(value, 8);
  if (exact === about) return exact;
  return exact.length > LONGEST_SHOWN ? about : `${exact} = ${about}`;
};

const WIDTH = 100;

const asText = ({ file, judgement }: Judged): string => {
  if (!judgement.accepted) return `✘ ${file}  rejected\n    ${judgement.reason}`;
  if ('proof' in judgement) {
    const { theorem, revision } = judgement.proof;
    const sentence = wrapWords(judgement.sentence, WIDTH).map((line) => `    ${line}`);
    return [`✔ ${file}  accepted: proof, ${theorem}@${revision}`, ...sentence].join('\n');
  }
  const { certificate, sentence, value, bound, margin } = judgement;
  return [
    `✔ ${file}  accepted: ${certificate.violation}, ${certificate.theorem}@${certificate.revision}`,
    ...wrapWords(sentence, WIDTH).map((line) => `    ${line}`),
    `    value   ${figure(value)}`,
    `    bound   ${figure(bound)}`,
    `    margin  ${figure(margin)}`,
  ].join('\n');
};

const asJson = ({ file, judgement }: Judged): object => {
  if (!judgement.accepted) return { file, accepted: false, reason: judgement.reason };
  if ('proof' in judgement) {
    const { proof, sentence } = judgement;
    const { theorem, revision, hypothesis } = proof;
    const cases =
      judgement.kind === 'chain'
        ? judgement.proof.cases.map((x, k) => ({ ...x, condition: judgement.conditions[k] }))
        : judgement.proof.cases;
    return {
      file,
      accepted: true,
      kind: 'proof',
      theorem,
      revision,
      sentence,
      hypothesis,
      cases: cases.map(({ id, condition, value }) => ({ id, condition, value: value.text })),
      ...(judgement.kind === 'chain'
        ? { coversAll: false, modulo: judgement.modulo }
        : { coversAll: judgement.coversAll }),
    };
  }
  const { certificate, sentence, value, bound, margin } = judgement;
  const { theorem, revision, violation } = certificate;
  const problem = 'problem' in certificate ? certificate.problem : undefined;
  return {
    file,
    accepted: true,
    theorem,
    revision,
    violation,
    sentence,
    ...(problem === undefined
      ? {}
      : {
          instance: {
            K: problem.K,
            n: problem.classSizes[0],
            d: problem.widths[0],
            lambda: Object.fromEntries(Object.entries(problem.lambda).map(([name, x]) => [name, format(x)])),
          },
        }),
    value: format(value),
    bound: format(bound),
    margin: format(margin),
  };
};
