/** What a certified point of two layers with ReLU looks like, what it breaks, and how much room there is. */
import * as Q from '../../exact/rational.js';
import { toLatex } from '../../symbolic/print.js';
import type { Instance } from '../../theorem/instance.js';
import type { Target } from '../../theorem/registry.js';
import type { EnlargedNorm } from '../explain/enlarged-norm.js';
import type { Explanation } from '../explain/explain.js';
import { kappaEnds } from '../explain/interval.js';
import { type Part, display, heading, text } from './document.js';
import { MOST_COLUMNS, about, fraction, matrixLatex } from './formulas.js';

/** The certificate of the step of the proof that fails, beside that of the counterexample. */
export const STEP_FILE = 'step.json';

export function explanationParts(
  target: Target,
  { n, K, d }: Instance,
  explanation: Explanation,
  symmetry: string | undefined,
): Part[] {
  const { preActivations, activations, rankBefore, rankAfter, gram, symmetries, brokenStep, enlarged } = explanation;
  const { nuclearBefore, nuclearAfter, kappa, kappaInterval, differentEntries, freedom } = explanation;
  const { lower, upper } = kappaEnds(kappaInterval);
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
    ...(enlarged === undefined ? [] : enlargedParts(enlarged, bar, shown)),
    heading('How much room there is'),
    text(
      `With $W_{2}, W_{1}, H_{1}$ as they are, and $\\lambda_{W_1}, \\lambda_{H_1}$ multiplied by a common factor,`,
      `the violation lasts for $${lower} \\le \\kappa \\le ${upper}$ at least;`.replaceAll('…', '\\ldots'),
      KAPPA_SCOPE,
      ...(freedom === undefined ? [] : [freedomSentence(freedom)]),
      'The other parameters are free: any $n$ and any $\\lambda$ with the same $\\kappa$ (rescale the blocks),',
      'any larger $d$ (rows and columns of zeros), and any larger $K$ (a direct sum: further',
      'classes get a unit each or, where zero is the better choice, nothing).',
    ),
  ];
}

const KAPPA_SCOPE =
  'where the theorem claims something else, or the factor is above 4, nothing was examined.';

/** The broken step in exact numbers. */
const enlargedParts = ({ Q: contraction, least, most }: EnlargedNorm, X: string, shown: boolean): Part[] => [
  text(
    `Exactly, $\\|\\sigma(${X})\\|_* \\ge \\langle \\sigma(${X}), Q\\rangle = ${about(least)}$ with`,
    `${shown ? 'the $Q$ below' : 'a $Q$'} of spectral norm at most 1, but`,
    `$\\|${X}\\|_* \\le \\frac{1}{2}(\\|U\\|_F^2 + \\|V\\|_F^2) = ${about(most)}$ with $U V = ${X}$,`,
    `the factors $W_{1}$ and $${X === 'X' ? 'H_{1}' : '\\bar{H}_{1}'}$ up to scale. The certificate of this is`,
    `\`${STEP_FILE}\`.`,
  ),
  ...(shown ? [display(`Q = ${matrixLatex(contraction)}`)] : []),
];

const freedomSentence = (freedom: NonNullable<Explanation['freedom']>): string => {
  const free = freedom.flatMap(({ by }) => (by === undefined ? [] : [by]));
  const wide = freedom.filter(({ by }) => by !== undefined && Q.compare(by, Q.rational(1, 20)) >= 0).length;
  const least = free.reduce(Q.minimum, Q.ONE);
  const all = freedom.length;
  const every = free.length === all ? 'every single entry' : `${free.length} of the ${all} entries`;
  const wider = wide === 0 ? '' : `, and ${wide} of the ${all} by $\\frac{1}{20}$ or more`;
  return (
    `Alone, and with no pre-activation changing its sign, ${every} may be moved by $${fraction(least)}$ either way` +
    `${wider}. Farther moves, across a sign, were not examined.`
  );
};
