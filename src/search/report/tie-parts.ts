/** The part of a page about a point of another form with the same value: what its matrices are, and what they break. */
import { toLatex } from '../../symbolic/print.js';
import type { Target } from '../../theorem/registry.js';
import { explainTie } from '../explain/tie.js';
import type { CertifiedFound } from '../found.js';
import { type Part, display, heading, text } from './document.js';
import { MOST_COLUMNS, matrixLatex } from './formulas.js';

const MEANS: Readonly<Record<string, string>> = {
  H: '\\bar{H}',
  H1: '\\bar{H}_{1}',
  'W1 H1': 'W_{1}\\bar{H}_{1}',
  'sigma(W1 H1)': '\\bar{A}',
};

/** Norms that agree to so many digits are shown as one. */
const DIGITS = 6;

/** Nothing for other violations. */
export function tieParts({ revision }: Target, { instance, certified }: CertifiedFound): Part[] {
  const tie = explainTie(revision, instance, certified);
  if (tie === undefined) return [];
  const { of, gram, claimedGram, rank, claimedRank, broken, kept, nuclear } = tie;
  const means = MEANS[of] ?? of;
  const assumed = revision.hypotheses.map(toLatex).join(',\\; ');
  return [
    heading('What it looks like'),
    text(
      `The class means $${means}$${of === 'sigma(W1 H1)' ? ' of $\\sigma(W_{1}H_{1})$' : ''} have rank ${rank} here,`,
      `and rank ${claimedRank} at the claimed minimizers` +
        (gram.cols <= MOST_COLUMNS ? '. Their Gram matrices, here and there, are' : '.'),
    ),
    ...(gram.cols <= MOST_COLUMNS
      ? [
          display(
            `${means}^{\\top}${means} = ${matrixLatex(gram)}\n\\quad\\text{and}\\quad\n${matrixLatex(claimedGram)}.`,
          ),
        ]
      : []),
    heading('What is to blame'),
    text(
      `The instance meets every hypothesis${assumed === '' ? '' : `: $${assumed}$`}.`,
      `Of the conclusions, ${list(broken)} ${broken.length === 1 ? 'is' : 'are'} false at the point` +
        (kept.length === 0 ? '.' : `, and ${list(kept)} true.`),
      ...(nuclear === undefined ? [] : [nuclearSentence(nuclear)]),
    ),
  ];
}

const list = (ids: readonly string[]): string =>
  ids.length < 2 ? (ids[0] ?? 'none') : `${ids.slice(0, -1).join(', ')} and ${ids.at(-1) ?? ''}`;

const nuclearSentence = ({ before, after }: { readonly before: number; readonly after: number }): string => {
  const [x, a] = [before.toFixed(DIGITS), after.toFixed(DIGITS)];
  return x === a
    ? 'A hypothesis that keeps the nuclear norm does not exclude it: ' +
        `$\\|\\sigma(X)\\|_* \\approx \\|X\\|_* \\approx ${x}$.`
    : `Here $\\|X\\|_* \\approx ${x}$ and $\\|\\sigma(X)\\|_* \\approx ${a}$.`;
};
