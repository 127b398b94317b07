/** The page about a certified counterexample: what a remark in a paper would say, from the exact point alone. */
import type { ExactMatrix } from '../../exact/matrix.js';
import * as Q from '../../exact/rational.js';
import { decimal } from '../../exact/certificate/sentence.js';
import type { Rational } from '../../exact/rational.js';
import { toLatex } from '../../symbolic/print.js';
import { caseAt } from '../../theorem/cases.js';
import type { Instance } from '../../theorem/instance.js';
import { type Target, targetName } from '../../theorem/registry.js';
import type { Explanation } from '../explain/explain.js';
import type { Found } from '../run.js';
import { type Part, commands, display, heading, items, text, title } from './document.js';

export type CertifiedFound = Extract<Found, { readonly certified: object }>;

/** Matrices with more columns are left to the certificate. */
const MOST_COLUMNS = 24;

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
    heading('How it was found'),
    text(...originSentences(found)),
    heading('To check it again'),
    text('The certificate is judged in exact arithmetic; nothing in it but the instance and the point is believed.'),
    commands('npx ufm-check certify certificate.json', command),
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
  return [
    heading('The statement'),
    text(
      `${theorem.source} of ${paper.authors}, ${paper.title} (${paper.reference}), ${theorem.title},`,
      `in its form \`${targetName(target)}\` (${theorem.provenance.kind}: ${theorem.provenance.from}), claims`,
      `for $${revision.hypotheses.map(toLatex).join(',\\; ') || 'K, n, d \\ge 1'}$`,
      `and $${toLatex(home.when)}$ that ${which} of`,
    ),
    display(`f = ${toLatex(revision.problem.objective)}`),
    text(`satisfies`),
    items(...home.conclusions.map((x) => `${x.id}: $${toLatex(x.statement)}$ (${x.title}).`)),
    text('It is false.'),
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

const figureSentences = ({ violation, certified: { value, bound, margin, sentence } }: CertifiedFound): string[] => {
  switch (violation) {
    case 'beaten':
      return [
        `Here $f = ${about(value)}$, while $f \\ge ${about(bound)}$ at zero and at every point for which the claim`,
        `holds: less by $${about(margin)}$. A global minimizer exists, and it is none of these.`,
      ];
    case 'wrong-form':
      return [
        `Here $f = ${about(value)}$, the least value at zero and at the points of the claimed form; but this point`,
        'does not have the form. Either it is a global minimizer itself, or the global minimizers lie below all points',
        'of the form.',
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

function explanationParts(
  target: Target,
  { n, K, d }: Instance,
  explanation: Explanation,
  symmetry: string | undefined,
): Part[] {
  const { preActivations, activations, rankBefore, rankAfter, gram, symmetries, brokenStep } = explanation;
  const { nuclearBefore, nuclearAfter, kappa, kappaInterval, differentEntries, freedom } = explanation;
  const bar = n === 1 ? 'X' : '\\bar{X}';
  const shown = preActivations.cols <= MOST_COLUMNS;
  return [
    heading('What it looks like'),
    text(
      `The pre-activations $X = W_{1}H_{1}$${n === 1 ? '' : ', whose columns are equal within each class,'}`,
      `have rank ${rankBefore}, their activations $\\sigma(X)$ rank ${rankAfter}.`,
      `$${bar}$ has ${differentEntries.length} different entries` +
        (differentEntries.length <= 12 ? ` ($${differentEntries.map(fraction).join(',\\; ')}$)` : '') +
        (symmetries === undefined || symmetries === 1
          ? '.'
          : ` and is left as it is by ${symmetries} permutations of the classes, with suitable ones of the units.`),
      ...(symmetry === undefined ? [] : [`It is invariant under ${symmetry}.`]),
    ),
    ...(shown
      ? [
          display(`${bar} = ${matrixLatex(preActivations)}`),
          display(`\\sigma(${bar}) = ${matrixLatex(activations)}`),
          display(`\\sigma(${bar})^{\\top}\\sigma(${bar}) = ${matrixLatex(gram)}`),
        ]
      : []),
    heading('What is to blame'),
    text(
      `The instance meets every hypothesis: $${target.revision.hypotheses.map(toLatex).join(',\\; ')}$`,
      `(here $d = ${d}$, $K = ${K}$, $\\kappa = ${about(kappa)}$).`,
      'A proof has to replace $\\|X\\|_*$, which is all that the regularisation of $W_{1}$ and $H_{1}$ sees,',
      'by $\\|\\sigma(X)\\|_*$; but the step',
      `$\\|\\sigma(X)\\|_* \\le \\|X\\|_*$ fails at this very point: $\\|\\sigma(${bar})\\|_* \\approx`,
      `${nuclearAfter.toFixed(6)}$ and $\\|${bar}\\|_* \\approx ${nuclearBefore.toFixed(6)}$.`,
      ...(rankBefore < rankAfter
        ? ['Cutting off the negative entries has made a matrix of low rank, which is cheap, into one of higher rank.']
        : []),
      ...(brokenStep === undefined
        ? []
        : [
            `In the written proof it is ${brokenStep.name}: there the two sides are`,
            `$${brokenStep.upperValue.toPrecision(7)} < ${brokenStep.lowerValue.toPrecision(7)}$.`,
          ]),
      'A hypothesis that keeps the nuclear norm, $\\|\\sigma(X)\\|_* = \\|X\\|_*$ at the minimizer,',
      'excludes the point.',
    ),
    heading('How much room there is'),
    text(
      `With $W_{2}, W_{1}, H_{1}$ as they are, and $\\lambda_{W_1}, \\lambda_{H_1}$ multiplied by a common factor,`,
      `the violation lasts for $${decimal(kappaInterval.lower, 5)} \\le \\kappa \\le`,
      `${decimal(kappaInterval.upper, 5)}$ at least.`,
      ...(freedom === undefined ? [] : [freedomSentence(freedom)]),
      'The other parameters are free: any $n$ and any $\\lambda$ with the same $\\kappa$ (rescale the blocks),',
      'any larger $d$ (rows and columns of zeros), and any larger $K$ (a direct sum: further',
      'classes get a unit each or, where zero is the better choice, nothing).',
    ),
  ];
}

const freedomSentence = (freedom: NonNullable<Explanation['freedom']>): string => {
  const free = freedom.flatMap(({ by }) => (by === undefined ? [] : [by]));
  const wide = freedom.filter(({ by }) => by !== undefined && Q.compare(by, Q.rational(1, 20)) >= 0).length;
  const least = free.reduce(Q.minimum, Q.ONE);
  const all = freedom.length;
  const every = free.length === all ? 'every single entry' : `${free.length} of the ${all} entries`;
  return (
    `Alone, ${every} may be moved by $${fraction(least)}$ either way, and ${wide} of the ${all} by ` +
    '$\\frac{1}{20}$ or more.'
  );
};

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
    'The entries were rounded to the smallest denominators that keep a tenth of the margin.',
  ];
}

const blockLatex = (block: string): string => block.replace(/(\d)$/, '_{$1}');

const fraction = (value: Rational): string => {
  if (Q.isInteger(value)) return Q.format(value);
  const sign = Q.sign(value) < 0 ? '-' : '';
  return `${sign}\\frac{${Q.absolute(value).numerator}}{${value.denominator}}`;
};

/** The fraction where it is short, and otherwise what it is about. */
const about = (value: Rational): string => {
  const exact = Q.format(value);
  if (exact.length > 30) return decimal(value, 8).replace('…', '\\ldots');
  return exact.includes('/') ? `${fraction(value)} = ${decimal(value, 6).replace('…', '\\ldots')}` : exact;
};

/** A matrix with its common denominator in front, if that is more than 1. */
export function matrixLatex({ rows, cols, entries }: ExactMatrix): string {
  const common = entries.reduce((q, x) => lcm(q, x.denominator), 1n);
  const body = Array.from({ length: rows }, (_, row) =>
    entries
      .slice(row * cols, (row + 1) * cols)
      .map((x) => String((x.numerator * common) / x.denominator))
      .join(' & '),
  ).join(' \\\\\n');
  const front = common === 1n ? '' : `\\frac{1}{${common}}`;
  return `${front}\\begin{pmatrix}\n${body}\n\\end{pmatrix}`;
}

const lcm = (x: bigint, y: bigint): bigint => {
  let [a, b] = [x, y];
  while (b !== 0n) [a, b] = [b, a % b];
  return (x / a) * y;
};
