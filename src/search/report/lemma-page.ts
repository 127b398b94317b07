/** The page about a lemma that is false: its statement, the matrices that break it, and what shows that they do. */
import type { LemmaResult } from '../../check/lemma/verify.js';
import { checkCertificate } from '../../exact/certificate/judge.js';
import { parseCertificate } from '../../exact/certificate/schema.js';
import * as matrix from '../../exact/matrix.js';
import { toLatex } from '../../symbolic/print.js';
import { describeInstance } from '../../theorem/instance.js';
import { exactRank } from '../explain/rank.js';
import { type Part, commands, display, heading, items, text, title } from './document.js';
import { about, matrixLatex } from './formulas.js';

/** The certificate and the page; undefined where no certificate refutes the lemma. */
export function lemmaPage(
  { lemma, evidence }: LemmaResult,
  command: string,
): { readonly certificate: string; readonly page: Part[] } | undefined {
  const refuted = evidence.find((x) => x.refutation !== undefined);
  if (refuted?.refutation === undefined) return undefined;
  const { certificate, sentence } = refuted.refutation;
  const read = parseCertificate(certificate);
  const judged = checkCertificate(certificate);
  if (read.violation !== 'inequality' || !judged.accepted) return undefined;
  const { X, Q, U, V, claim } = read;
  const A = matrix.relu(X);
  const nameOf = (norm: typeof claim.left): string => (norm === 'nuclear(X)' ? 'X' : '\\sigma(X)');
  const [left, right] = [nameOf(claim.left), nameOf(claim.right)];
  const shrunk = refuted.violation?.shrunkFrom;
  const assumed = lemma.hypotheses.map(toLatex).join(',\\; ');
  return {
    certificate,
    page: [
      title(`A false lemma: ${lemma.title}`),
      heading('The statement'),
      text(
        `${lemma.source[0]?.toUpperCase() ?? ''}${lemma.source.slice(1)} (${lemma.provenance.kind}:`,
        `${lemma.provenance.from}), \`${lemma.paper.id}/lemma:${lemma.id}\` claims for every real matrix $X$` +
          `${assumed === '' ? '' : ` with $${assumed}$`} that`,
      ),
      display(toLatex(lemma.statement)),
      text('It is false.'),
      heading('The matrix'),
      display(`X = ${matrixLatex(X)},\\qquad \\sigma(X) = ${matrixLatex(A)}.`),
      text(
        `The ranks are ${exactRank(X)} and ${exactRank(A)}.`,
        'Two witnesses bound the norms without a single singular value. With',
      ),
      display(`Q = ${matrixLatex(Q)}`),
      text(
        `$I - Q^{\\top}Q$ is positive semidefinite, so $\\|${left}\\|_* \\ge \\langle ${left}, Q\\rangle =`,
        `${about(judged.bound)}$. With`,
      ),
      display(`U = ${matrixLatex(U)},\\qquad V = ${matrixLatex(V)},\\qquad UV = ${right},`),
      text(
        `$\\|${right}\\|_* \\le \\frac{1}{2}(\\|U\\|_F^2 + \\|V\\|_F^2) = ${about(judged.value)}$.`,
        `The left side is larger by at least $${about(judged.margin)}$.`,
      ),
      heading('What follows'),
      items(
        'Larger matrices: rows and columns of zeros change neither norm.',
        'A proof that cites the lemma is broken at this step. Whether the theorem that it was meant to prove is true is ' +
          'another question.',
      ),
      heading('How it was found'),
      text(
        'By trying matrices of low rank and small integers, and climbs of the difference of the sides;',
        ...(shrunk === undefined
          ? ['then the entries were made as small as the inequality allows.']
          : [`what was met first, at ${describeInstance(shrunk)}, was shrunk in size and entries.`]),
      ),
      heading('To check it again'),
      text('The certificate is judged in exact arithmetic; nothing in it but the four matrices is believed.'),
      commands('npx ufm-check certify certificate.json', command),
      text(`Exactly: ${sentence}`),
    ],
  };
}
