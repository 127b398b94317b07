/** The page about a certified counterexample: what a remark in a paper would say, from the exact point alone. */
import { type ClaimedForm, parseCertificate } from '../../exact/certificate/schema.js';
import { toLatex } from '../../symbolic/print.js';
import { caseAt } from '../../theorem/cases.js';
import type { Instance } from '../../theorem/instance.js';
import { type Target, targetName } from '../../theorem/registry.js';
import { claimedForms, hasRoom } from '../claims.js';
import type { Explanation } from '../explain/explain.js';
import { assumesNonZeroOnly } from '../minimizer-hypotheses.js';
import type { CertifiedFound } from '../found.js';
import { type Part, commands, display, heading, items, text, title } from './document.js';
import { STEP_FILE, explanationParts } from './explanation-parts.js';
import { MOST_COLUMNS, about, blockLatex, fraction, matrixLatex } from './formulas.js';
import { tieParts } from './tie-parts.js';

export function counterexamplePage(
  target: Target,
  found: CertifiedFound,
  explanation: Explanation | undefined,
  command: string,
): Part[] {
  const { instance, certified } = found;
  return [
    title(`A counterexample to ${target.theorem.source}, ${target.revision.id} form`),
    ...statementParts(target, instance),
    ...pointParts(found),
    ...(explanation === undefined ? [] : explanationParts(target, instance, explanation, found.symmetry)),
    ...tieParts(target, found),
    heading('How it was found'),
    text(...originSentences(found)),
    heading('To check it again'),
    text('The certificate is judged in exact arithmetic; nothing in it but the instance and the point is believed.'),
    commands(`npx ufm-check certify certificate.json${explanation?.enlarged ? ` ${STEP_FILE}` : ''}`, command),
    text(`Exactly: ${certified.sentence}`),
  ];
}

/** What the revision claims at the instance, and that it is false. */
export function statementParts(target: Target, instance: Instance): Part[] {
  const { theorem, revision } = target;
  const home = caseAt(revision, instance);
  const { paper } = theorem;
  const assumed = (revision.ofMinimizer ?? []).map((x) => `$${toLatex(x.statement)}$`);
  const which = assumed.length === 0 ? 'every global minimizer' : `every global minimizer with ${assumed.join(', ')}`;
  // Of minimizers other than zero it would be said that they are zero: what is claimed is that there are none.
  const onlyZero =
    assumed.length > 0 &&
    assumesNonZeroOnly(revision) &&
    claimedForms(home, revision.problem.spec, instance.n).some((x) => x.form === 'zero');
  return [
    heading('The statement'),
    text(
      `${theorem.source} of ${paper.authors}, ${paper.title} (${paper.reference}), ${theorem.title},`,
      `in its form \`${targetName(target)}\` (${theorem.provenance.kind}: ${theorem.provenance.from}), claims`,
      `for $${revision.hypotheses.map(toLatex).join(',\\; ') || 'K, n, d \\ge 1'}$`,
      `and $${toLatex(home.when)}$ that ${onlyZero ? 'zero is the only global minimizer' : which} of`,
    ),
    display(`f = ${toLatex(revision.problem.objective)}`),
    ...(onlyZero
      ? [text(`which means that no global minimizer has ${assumed.join(', ')}. It is false.`)]
      : [
          text('satisfies'),
          items(...home.conclusions.map((x) => `${x.id}: $${toLatex(x.statement)}$ (${x.title}).`)),
          text('It is false.'),
        ]),
  ];
}

function pointParts(found: CertifiedFound): Part[] {
  const { instance, certified } = found;
  const { K, n, d } = instance;
  const lambdas = Object.entries(certified.problem.lambda).map(
    ([block, value]) => `\\lambda_{${blockLatex(block)}} = ${fraction(value)}`,
  );
  return [
    heading('The instance and the point'),
    display([`K = ${K}`, `n = ${n}`, `d = ${d}`, ...lambdas].join(',\\quad ')),
    ...Object.entries(certified.point).map(([block, m]): Part =>
      m.cols <= MOST_COLUMNS
        ? display(`${blockLatex(block)} = ${matrixLatex(m)}`)
        : text(`$${blockLatex(block)}$ ($${m.rows} \\times ${m.cols}$) is in the certificate.`),
    ),
    text(...figureSentences(found)),
  ];
}

const figureSentences = ({ violation, instance, certified }: CertifiedFound): string[] => {
  const { value, bound, margin, sentence, text: document } = certified;
  switch (violation) {
    case 'beaten': {
      const read = parseCertificate(document);
      const form = read.violation === 'beaten' && 'form' in read.claim ? read.claim : undefined;
      const rank = form === undefined ? undefined : rankWithoutRoom(form, instance);
      if (rank !== undefined) {
        return [
          `Here $f = ${about(value)}$, and $f \\ge ${about(bound)}$ at zero: less by $${about(margin)}$. No other`,
          `point has the claimed form, as matrices of $d = ${instance.d}$ rows do not have the rank ${rank} of its`,
          'Gram matrix.',
          'A global minimizer exists, and it is not zero. What is missing is a hypothesis on $d$.',
        ];
      }
      return [
        `Here $f = ${about(value)}$, while $f \\ge ${about(bound)}$ at zero and at every point for which the claim`,
        `holds: less by $${about(margin)}$. A global minimizer exists, and it is none of these.`,
      ];
    }
    case 'wrong-form':
      return [
        `Here $f = ${about(value)}$, the least value at zero and at the points of the claimed form; but this point`,
        'does not have the form. Either it is a global minimizer itself, or the global minimizers lie below all points',
        'of the form. Either way not every one of them has it.',
      ];
    case 'not-stationary':
      return [
        `The point is the claimed one, and $f$ falls from it in the direction of $-\\nabla f$: the derivative is`,
        `$${about(value)} < 0$. It is not even a local minimizer.`,
      ];
    case 'negative-curvature':
      return [
        'The point is the claimed one, and there is a direction (in the certificate) along which the second derivative',
        `of $f$ is $${about(value)} < 0$. It is not even a local minimizer.`,
      ];
    case 'wrong-threshold':
      return [
        'The claim changes at a threshold, and this instance is on the side of it that the certificate names:',
        sentence,
      ];
  }
};

/** The rank of a claimed form that has no room at the instance. */
const rankWithoutRoom = (form: ClaimedForm, { K, d }: Instance): number | undefined =>
  hasRoom(form, { K, d }) ? undefined : form.form === 'orthogonal-frame' ? K : K - 1;

function originSentences({ first, how, instance }: CertifiedFound): string[] {
  if (first.batch === undefined) return [`It is a point that the theory knows: ${how}. No search was needed.`];
  const shrunk = JSON.stringify(first.instance) !== JSON.stringify(instance);
  const at = ({ K, n, d }: Instance): string => `$K = ${K}$, $n = ${n}$, $d = ${d}$`;
  return [
    `A violation was first met in batch ${first.batch} of the hunt, by ${first.how}, at ${at(first.instance)},`,
    `where $f$ was below the claim by ${first.margin.toPrecision(3)}.`,
    ...(shrunk || how !== first.how
      ? [`The point here, at ${at(instance)}, comes from ${how}; its λ's are shorter fractions.`]
      : []),
    'The entries were rounded to small denominators that keep a tenth of the margin.',
  ];
}
