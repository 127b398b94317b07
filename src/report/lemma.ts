/** Lemmas in reports: the transcript, JSON, and the statement written out. */
import type { LemmaResult } from '../check/lemma/verify.js';
import type { Evidence } from '../check/evidence.js';
import type { Expression, Matrix, Scalar } from '../symbolic/expression.js';
import { definitionsIn, toLatex, toText } from '../symbolic/print.js';
import { describeInstance } from '../theorem/instance.js';
import { type Lemma, fullLemmaId } from '../theorem/lemma/contract.js';
import { lemmaFingerprint } from '../theorem/lemma/define.js';
import { checkJson, refutationJson } from './evidence.js';
import { figure, plural } from './figures.js';
import { line } from './terminal.js';

export const lemmaAsExpected = ({ lemma, judgement }: LemmaResult): boolean => judgement.verdict === lemma.expected;

export const lemmaVerdictText = ({ lemma, judgement }: LemmaResult): string => {
  const { verdict, modulo, proof } = judgement;
  const suffix =
    verdict !== lemma.expected
      ? `, expected ${lemma.expected}`
      : verdict === 'proved' || verdict === 'upheld'
        ? ''
        : ', as expected';
  const facts = verdict === 'proved' && modulo.length > 0 ? ` modulo ${plural(modulo.length, 'textbook fact')}` : '';
  return `${verdict}${facts}${suffix}${proof.status === 'broken' ? ` · proof broken: ${proof.at}` : ''}`;
};

/** `X (d × N)`, with what the numbers of the lemma are. */
const variables = ({ matrices, scalars }: Lemma): string =>
  [
    ...matrices.map((x) => `${x.text} (${x.rows} × ${x.cols})`),
    ...scalars.map((x) => `${x.symbol.text} > 0`),
  ].join(', ');

const statementLine = (lemma: Lemma): string => {
  const assumed = lemma.hypotheses.length === 0 ? '' : ` with ${lemma.hypotheses.map(toText).join(', ')}`;
  return `${toText(lemma.statement)}   for all ${variables(lemma)}${assumed}`;
};

const scopeOf = ({ scope }: Evidence): number => (scope === 'all-parameters' ? 0 : scope.instances);

const passes = (evidence: readonly Evidence[], method: Evidence['method']): readonly Evidence[] =>
  evidence.filter((x) => x.method === method && x.outcome === 'pass');

const matrixText = (rows: readonly (readonly string[])[]): string => `[${rows.map((x) => x.join(' ')).join('; ')}]`;

/** What contradicts the lemma: the matrices, and the certificate where there is one. */
const violationLines = ({ evidence, judgement }: LemmaResult): string[] =>
  evidence.flatMap((x) => {
    if (x.outcome !== 'fail' || x.violation === undefined) return [];
    const { violation, witness, refutation, detail } = x;
    const point = Object.entries(witness?.point ?? {}).map(([name, rows]) => `${name} = ${matrixText(rows)}`);
    const from = violation.shrunkFrom === undefined ? '' : `, shrunk from ${describeInstance(violation.shrunkFrom)}`;
    return [
      line(violation.kind, refutation?.sentence ?? `${violation.what}: ${violation.margin}`),
      ...(point.join(', ').length <= 160 ? [line('', point.join(', '))] : []),
      line('', `${describeInstance(violation.instance)}${from}`),
      ...(refutation === undefined ? (detail === undefined ? [] : [line('', detail)]) : []),
      ...(judgement.verdict === 'refuted' && refutation !== undefined
        ? [line('certified', 'exactly, by a certificate that the JSON report contains')]
        : []),
      line('', `again: ${violation.reproduce}`),
    ];
  });

/** From where the instances of a lemma are drawn: elsewhere nothing was tried. */
const rangesText = ({ scalars, sizes = {} }: Lemma): string =>
  [
    ...scalars.map(({ symbol, draw }) =>
      'exactly' in draw ? `${symbol.text} = ${draw.exactly}` : `${draw.from} ≤ ${symbol.text} ≤ ${draw.to}`,
    ),
    ...Object.entries(sizes).flatMap(([name, range]) =>
      range === undefined ? [] : [`${range[0]} ≤ ${name === 'beyondK' ? 'd − K' : name} ≤ ${range[1]}`],
    ),
    'small sizes',
  ].join(', ');

/** One lemma, as in the transcript. */
export const lemmaText = (result: LemmaResult): string => {
  const { lemma, evidence, judgement, instances, points } = result;
  const mark = lemmaAsExpected(result) ? '✔' : judgement.verdict === 'inconclusive' ? '?' : '✘';
  const symbolic = passes(evidence, 'symbolic').map((x) => x.check);
  const exact = passes(evidence, 'exact').filter((x) => x.check === 'lemma-exact');
  const sturm = passes(evidence, 'exact').filter((x) => x.check === 'lemma-sturm');
  const numeric = passes(evidence, 'numeric').filter((x) => x.check === 'lemma-numeric');
  const equality = passes(evidence, 'numeric').filter((x) => x.check === 'lemma-equality');
  const [rational] = exact;
  const count = rational === undefined ? 0 : scopeOf(rational);
  return [
    `${mark} ${`${result.name}  ${lemma.title}`.padEnd(60)} ${lemmaVerdictText(result)}`,
    line('claim', statementLine(lemma)),
    ...(symbolic.length === 0 ? [] : [line('symbolic', `for all sizes: ${symbolic.join(' · ')}`)]),
    ...(judgement.modulo.length === 0 ? [] : [line('modulo', judgement.modulo.join(' · '))]),
    ...(count === 0 ? [] : [line('exact', `holds exactly at ${plural(count, 'rational point')}`)]),
    ...sturm.map((x) => line('', `${x.statement} at ${plural(scopeOf(x), 'rational instance')}, by Sturm's theorem`)),
    ...numeric.map(({ measured = 0, bound = 0 }) =>
      line(
        'numeric',
        `${points} points of ${plural(instances, 'instance')}: worst breach ${figure(measured)}   ` +
          `bound ${figure(bound)}`,
      ),
    ),
    ...(numeric.length === 0 || symbolic.length > 0 ? [] : [line('drawn from', rangesText(lemma))]),
    ...equality.map(({ part = '', measured = 0, bound = 0 }) =>
      line('equality', `${part}: ${figure(measured)}   bound ${figure(bound)}`),
    ),
    ...evidence
      .filter((x) => x.outcome === 'fail' && x.violation === undefined)
      .map((x) => line('fails', `${x.check}: ${x.detail ?? x.statement}`)),
    ...violationLines(result),
    ...judgement.missing.map((x) => line('missing', x)),
  ].join('\n');
};

/** The same as JSON; a refutation carries its certificate, ready for `ufm-check certify`. */
export const lemmaJson = ({ lemma, judgement, evidence, ...run }: LemmaResult): object => {
  const { verdict, proof, violations, missing, modulo } = judgement;
  return {
    lemma: fullLemmaId(lemma),
    provenance: lemma.provenance.kind,
    fingerprint: lemmaFingerprint(lemma),
    statement: toText(lemma.statement),
    verdict,
    expected: lemma.expected,
    proof: proof.status,
    ...(proof.status === 'broken' ? { brokenAt: proof.at } : {}),
    modulo,
    missing,
    instances: run.instances,
    drawn: run.drawn,
    points: run.points,
    checks: evidence.map(checkJson),
    violations,
    ...refutationJson(judgement),
    interrupted: run.interrupted,
  };
};

const named = (node: Scalar | Matrix, key: 'text' | 'latex'): string =>
  key in node ? (node as { text: string; latex: string })[key] : '';
const meaning = (node: Scalar | Matrix): Scalar | Matrix =>
  'value' in node && typeof node.value === 'object' ? node.value : node;

/** A lemma written out: statement, equality, proof. */
export const lemmaStatementText = (lemma: Lemma): string => {
  const nodes: Expression[] = [...lemma.hypotheses, lemma.statement];
  const definitions = definitionsIn(nodes).map((x) => `  ${named(x, 'text')} = ${toText(meaning(x))}`);
  const { proof } = lemma;
  return [
    `${lemma.source}: ${lemma.title}   [${lemmaFingerprint(lemma).slice(0, 12)}]`,
    `${lemma.paper.authors}, ${lemma.paper.title}, ${lemma.paper.reference}`,
    `${lemma.provenance.kind}: ${lemma.provenance.from}`,
    '',
    `for all ${variables(lemma)}`,
    ...(lemma.hypotheses.length === 0 ? [] : [`with ${lemma.hypotheses.map(toText).join(', ')}`]),
    `  ${toText(lemma.statement)}`,
    ...(definitions.length === 0 ? [] : ['where', ...definitions]),
    ...(lemma.equality ?? []).flatMap(({ title, at }) => [
      `equality: ${title}`,
      ...Object.entries(at.blocks).map(([name, formula]) => `  ${name} = ${toText(formula)}`),
    ]),
    '',
    lemma.because,
    ...(proof === undefined ? [] : proofText(proof)),
  ].join('\n');
};

const proofText = ({ singular, dual = [], inverses = [], substitute = {}, squares }: NonNullable<Lemma['proof']>) => [
  'proof, decided in words for all sizes',
  ...(singular === undefined
    ? []
    : [
        `  ‖A‖_* = tr(${singular.left.text}ᵀ A ${singular.right.text}) ` +
          `with the singular vectors of A = ${toText(singular.of)}`,
      ]),
  ...dual.flatMap(({ of, by, rest }) => [
    `  ‖A‖_* ≥ tr(Qᵀ A) for A = ${toText(of)} and Q = ${toText(by)},`,
    `    as I − QᵀQ = ${rest.map((x) => `SᵀS with S = ${toText(x)}`).join(' + ') || '0'}`,
  ]),
  ...inverses.map(({ of, gram, shift }) => `  ${toText(of)} is AᵀA + ${toText(shift)}·I for A = ${toText(gram)}`),
  ...Object.entries(substitute).map(([name, by]) => `  ${name} = ${toText(by)}`),
  ...(Object.keys(squares).length === 0
    ? ['  then right − left = 0']
    : [
        `  then right − left = ${Object.entries(squares)
          .map(([name, x]) => `${toText(x.coefficient)}·‖${name}‖²`)
          .join(' + ')}`,
        ...Object.entries(squares).map(([name, x]) => `    ${name} = ${toText(x.of)}`),
      ]),
];

/** The same as LaTeX. */
export const lemmaStatementLatex = (lemma: Lemma): string => {
  const math = (node: Expression): string => `$${toLatex(node)}$`;
  const nodes: Expression[] = [...lemma.hypotheses, lemma.statement];
  const matrices = lemma.matrices.map((x) => `$${x.latex} \\in \\mathbb{R}^{${x.rows} \\times ${x.cols}}$`);
  const numbers = lemma.scalars.map((x) => `$${x.symbol.latex} > 0$`);
  const definitions = definitionsIn(nodes).map((x) => `$${named(x, 'latex')} = ${toLatex(meaning(x))}$`);
  return [
    `% ${lemma.paper.reference}, ${lemma.source}, fingerprint ${lemmaFingerprint(lemma).slice(0, 12)}`,
    `\\begin{lemma}[${lemma.title}]`,
    `For all ${[...matrices, ...numbers].join(', ')}${
      lemma.hypotheses.length === 0 ? '' : ` with ${lemma.hypotheses.map(math).join(' and ')}`
    },`,
    `\\[ ${toLatex(lemma.statement)}${definitions.length === 0 ? '. \\]' : ', \\]'}`,
    ...(definitions.length === 0 ? [] : [`where ${definitions.join(', ')}.`]),
    '\\end{lemma}',
    `% ${lemma.because}`,
  ].join('\n');
};
