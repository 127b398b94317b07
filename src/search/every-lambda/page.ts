/** The page about a certificate for all λ: the claim, the pattern, the one polynomial, and what follows. */
import { comparedWithFrame } from '../../exact/certificate/parametric.js';
import { leastCommonMultiple } from '../../exact/integer.js';
import * as matrix from '../../exact/matrix.js';
import type { ExactMatrix } from '../../exact/matrix.js';
import type { Polynomial } from '../../exact/polynomial.js';
import * as Q from '../../exact/rational.js';
import type { Target } from '../../theorem/registry.js';
import { type Part, commands, display, heading, items, text, title } from '../report/document.js';
import { MOST_COLUMNS, matrixLatex } from '../report/formulas.js';
import { statementParts } from '../report/page.js';
import type { EveryLambdaResult } from './hunt.js';
import { typicalInstance } from './target.js';

export type FoundEveryLambda = NonNullable<EveryLambdaResult['found']>;

export function everyLambdaPage(target: Target, found: FoundEveryLambda, command: string): Part[] {
  const { K, d } = found;
  const more = d === K ? "d' \\ge K'" : `d' \\ge K' + ${d - K}`;
  return [
    title(`${target.theorem.source}, ${target.revision.id} form: false for every λ`),
    ...statementParts(target, typicalInstance(K, d)),
    heading('For all n and all λ'),
    text(
      `Let $K = ${K}$ and $d = ${d}$, or any $K' \\ge ${K}$ and $${more}$ in their place. For every $n$ and all`,
      '$\\lambda > 0$, no global minimizer other than zero has activations whose class means form an orthogonal frame.',
      "Where $\\kappa = K'^3 n \\lambda_{W_{2}} \\lambda_{W_{1}} \\lambda_{H_{1}} \\le \\frac{1}{16}$, zero is no",
      'global minimizer either: then every global minimizer contradicts the claim.',
    ),
    ...patternParts(found),
    ...comparisonParts(found),
    heading('What follows'),
    items(
      'More classes, a larger dimension: a direct sum with a frame has the cost of the frame of all classes, and the ' +
        'lower fit of the pattern. More samples and other λ: they enter through κ alone. ' +
        'The proof is in docs/certificates.md.',
      'For $\\kappa \\le \\frac{1}{16}$ no global minimizer has $\\|\\sigma(X)\\|_* \\le \\|X\\|_*$: a point ' +
        'that has does not lie below both the frames and zero, and the pattern does. So a theorem that assumes ' +
        '$\\|\\sigma(X)\\|_* = \\|X\\|_*$ of the minimizer, such as the relaxed form, is true here but vacuous: for ' +
        'these $K$, $d$, all $n$ and all λ no global minimizer other than zero meets its hypothesis.',
    ),
    heading('How it was found'),
    text(
      `Among the points invariant under ${found.pattern}, by descents at $\\mu = 2\\sqrt{\\kappa} = 0.001$; then the`,
      'smallest integers that keep most of the margin and for which the polynomial above has the right sign.',
    ),
    heading('To check it again'),
    text('The certificate is judged in exact arithmetic; nothing in it but U and V is believed.'),
    commands('npx ufm-check certify certificate.json', command),
    text(`Exactly: ${found.sentence}`),
  ];
}

function patternParts({ U, V, K }: FoundEveryLambda): Part[] {
  const X = matrix.multiply(U, V);
  const listed = (M: ExactMatrix): string =>
    countedEntries(M).map(([value, times]) => `$${value}$ (${times} times)`).join(', ');
  const shown = K <= MOST_COLUMNS;
  return [
    heading('The pattern'),
    text(
      `The pre-activations are multiples of $X = UV$ ($${X.rows} \\times ${X.cols}$), with the entries`,
      `${listed(X)}. Their positive part is $A = \\sigma(X)$.` +
        (shown
          ? ''
          : ` $U$ has the entries ${listed(U)}, and $V$ has ${listed(V)}; both are in the certificate.`),
    ),
    ...(shown ? [display(`U = ${matrixLatex(U)}`), display(`V = ${matrixLatex(V)}`)] : []),
  ];
}

function comparisonParts({ U, V, K }: FoundEveryLambda): Part[] {
  const { comparison, value, bound } = comparedWithFrame({ U, V });
  const ratio = Q.divide(value, bound);
  const norms = Q.multiply(matrix.normSquared(U), matrix.normSquared(V));
  const C = Q.divide(Q.rational(K * K), norms);
  // q(0) = 0: one factor u is taken out, and then the common denominator.
  const coefficients = wholeCoefficients(comparison.slice(1));
  const allPositive = coefficients.every((x) => x > 0n);
  return [
    heading('The comparison'),
    text(
      'A frame whose activations have the norm $s\\sqrt{K\\lambda_{W_{2}}}$ each has $2f = \\frac{1}{1 + s^2} +',
      '2\\sqrt{\\kappa}\\,s$ at least. The pattern with the same cost of $W_{1}$ and $H_{1}$, and the best $W_{2}$,',
      'has $2f = \\frac{1}{K}\\operatorname{tr}(I + C s^2 A^{\\top}A)^{-1} + 2\\sqrt{\\kappa}\\,s$ with',
      `$C = K^2/(\\|U\\|^2\\|V\\|^2) = ${Q.format(C)}$. So κ cancels, and with $u = s^2$ the claim is that`,
    ),
    display(`\\frac{K}{1 + u} - \\operatorname{tr}(I + C u\\,A^{\\top}A)^{-1} > 0 \\quad\\text{for all } u > 0.`),
    text('Over a positive denominator, this is a positive multiple of $u$ times'),
    display(polynomialLatex(coefficients)),
    text(
      allPositive
        ? 'All its coefficients are positive, so it is positive.'
        : "By Sturm's theorem it has no positive root, and its leading coefficient is positive.",
      'As κ tends to 0, the least $f$ of the pattern, divided by that of frames, tends to at most',
      `$(${Q.format(ratio)})^{1/3} \\approx ${Math.cbrt(Q.toNumber(ratio)).toFixed(4)}$.`,
    ),
  ];
}

/** The coefficients times their common denominator, without a common factor. */
function wholeCoefficients(p: Polynomial): bigint[] {
  const common = p.reduce((q, x) => leastCommonMultiple(q, x.denominator), 1n);
  const whole = p.map((x) => (x.numerator * common) / x.denominator);
  const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
  const factor = whole.reduce(gcd, 0n);
  return whole.map((x) => x / factor);
}

const polynomialLatex = (coefficients: readonly bigint[]): string =>
  coefficients
    .map((x, power) => `${x}${power === 0 ? '' : power === 1 ? '\\,u' : `\\,u^{${power}}`}`)
    .join(' + ')
    .replaceAll('+ -', '- ');

/** The different entries, largest first, and how often each occurs. */
function countedEntries(X: ExactMatrix): [string, number][] {
  const counts = new Map<string, number>();
  const sorted = [...X.entries].sort((x, y) => Q.compare(y, x));
  for (const x of sorted) counts.set(Q.format(x), (counts.get(Q.format(x)) ?? 0) + 1);
  return [...counts];
}
