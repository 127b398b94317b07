/** The transcript of a verification. */
import type { Evidence, Violation } from '../check/evidence.js';
import type { Refutation } from '../check/refutation.js';
import type { RevisionResult } from '../check/verify.js';
import { describeInstance } from '../theorem/instance.js';
import { targetName } from '../theorem/registry.js';
import { toText } from '../symbolic/print.js';
import { excessTexts } from './excess.js';
import { extentText } from './extent.js';
import { figure, plural } from './figures.js';
import { hypothesisLines } from './necessity.js';
import { wrapItems, wrapList, wrapWords } from './wrap.js';

const LABEL = 11;
const INDENT = '       ';
/** Of the text beside a label. */
const WIDTH = 90;

/** A line with a label; a label too long for its column stands on a line of its own. */
export const line = (label: string, text: string): string =>
  label.length < LABEL
    ? `${INDENT}${label.padEnd(LABEL)}${text}`
    : `${INDENT}${label}\n${INDENT}${''.padEnd(LABEL)}${text}`;

/** Only some checks were picked, and nothing is missing but the others: there is no verdict to compare. */
export const inPart = ({ only, judgement }: RevisionResult): boolean =>
  only !== undefined && judgement.verdict === 'inconclusive' && judgement.missing.length === 1;

/**
 * Whether the result is what the revision says should come out, as far as the checks that were picked can tell, and
 * nothing false is said of what lies outside.
 */
export const asExpected = (result: RevisionResult): boolean =>
  (result.judgement.verdict === result.target.revision.expected || inPart(result)) &&
  result.necessity?.outside.some((x) => x.outcome === 'fail') !== true;

/** ` modulo 3 cited lemmas`, or nothing. */
export const moduloText = (modulo: readonly string[]): string => {
  const count = modulo.length;
  return count === 0 ? '' : ` modulo ${count} cited ${count === 1 ? 'lemma' : 'lemmas'}`;
};

export const verdictText = (result: RevisionResult): string => {
  const { verdict, proof } = result.judgement;
  const expected = result.target.revision.expected;
  const suffix =
    verdict === expected
      ? verdict === 'proved' || verdict === 'upheld'
        ? ''
        : ', as expected'
      : inPart(result)
        ? ', as far as was asked'
        : `, expected ${expected}`;
  const broken = proof.status === 'broken' ? ` · proof broken: ${proof.at}` : '';
  return `${verdict}${moduloText(result.modulo)}${suffix}${broken}`;
};

const claimLines = ({ target }: RevisionResult): string[] => {
  const { cases, hypotheses, ofMinimizer = [] } = target.revision;
  const assumed = hypotheses.length === 0 ? '' : `for ${hypotheses.map(toText).join(', ')}: `;
  // With a hypothesis on the minimizer nothing is claimed of the minimum where no minimizer meets it.
  const such = ofMinimizer.map(({ statement }) => toText(statement)).join(', ');
  const minimum = such === '' ? 'the minimum is' : `at a global minimizer with ${such}, f is`;
  return cases.flatMap((c, index) => [
    line(index === 0 ? 'claim' : '', `${assumed}if ${toText(c.when)}, ${minimum} ${toText(c.value)}, and there`),
    ...wrapList(c.conclusions.map((x) => toText(x.statement)), WIDTH - 2).map((text) => line('', `  ${text}`)),
  ]);
};

/** What is shown for all parameters, wrapped; what did not pass stands below on its own. */
const symbolicLines = (evidence: readonly Evidence[]): string[] => {
  const symbolic = evidence.filter((x) => x.method === 'symbolic');
  const ids = [...new Set(symbolic.map((x) => x.check))];
  const passed = ids.filter((id) => symbolic.every((x) => x.check !== id || x.outcome === 'pass'));
  if (passed.length === 0) return [];
  return [line('symbolic', 'for all K, n, d, λ:'), ...wrapItems(passed, WIDTH).map((text) => line('', text))];
};

const scopeCount = ({ scope }: Evidence): number => (scope === 'all-parameters' ? 0 : scope.instances);

const exactLine = (evidence: readonly Evidence[]): string[] => {
  const passed = evidence.filter((x) => x.method === 'exact' && x.outcome === 'pass');
  if (passed.length === 0) return [];
  const count = plural(Math.max(...passed.map(scopeCount)), 'rational instance');
  return [line('exact', `${count}: ${passed.map((x) => x.statement).join(' · ')}`)];
};

/** The worst figure of each numeric check beside its bound. */
const numericLines = (evidence: readonly Evidence[]): string[] => {
  const passed = evidence.filter((x) => x.method === 'numeric' && x.outcome === 'pass' && x.aboutProof !== true);
  if (passed.length === 0) return [];
  const width = Math.max(...passed.map((x) => x.statement.length));
  return [
    line('numeric', `${plural(Math.max(...passed.map(scopeCount)), 'instance')}, the worst of each:`),
    ...passed.flatMap(({ statement, measured = 0, bound = 0, reach }) => [
      line('', `${statement.padEnd(width)}  ${figure(measured).padStart(8)}   bound ${figure(bound)}`),
      ...(reach === undefined ? [] : [line('', `  ${reach}`)]),
    ]),
  ];
};

/** The written proof by inequalities: steps, points, and how close a step came to failing. */
const chainLines = (evidence: readonly Evidence[]): string[] =>
  evidence
    .filter((x) => x.check === 'chain' && x.outcome === 'pass')
    .map(({ part = '', detail = '', measured = 0, bound = 0 }, index) => {
      const margin = `worst margin ${measured === 0 ? '' : '−'}${figure(measured)} (rounding ${figure(bound)})`;
      return line(index === 0 ? 'chain' : '', `${part}: ${detail}, ${margin}`);
    });

/** Where runs can end; some only where a run ended there. */
export const landingColumns = (landing: RevisionResult['landing']): string[] => {
  const seen = (end: string): boolean => Object.values(landing).some((row) => (row[end] ?? 0) > 0);
  const rare = ['priced', 'local minimum', 'at a kink'];
  const ends = ['at the value', 'below', 'priced', 'local minimum', 'elsewhere', 'at a kink', 'unconverged'];
  return ends.filter((end) => !rare.includes(end) || seen(end));
};

const descentLine = ({ landing, descents }: RevisionResult): string[] => {
  if (descents.independent + descents.planted === 0) return [];
  const count = (where: string, planted: boolean): number =>
    Object.entries(landing)
      .filter(([start]) => start.startsWith('planted') === planted)
      .reduce((sum, [, row]) => sum + (row[where] ?? 0), 0);
  const ends = landingColumns(landing)
    .map((where) => `${count(where, false)} ${where}`)
    .join(', ');
  const planted =
    descents.planted === 0 ? '' : ` · planted ${descents.planted}: ${descents.plantedLeft} left their saddles`;
  return [line('descents', `${descents.independent}: ${ends}${planted}`)];
};

const landingLines = ({ landing }: RevisionResult): string[] => {
  const starts = Object.keys(landing);
  if (starts.length === 0) return [];
  const width = Math.max(...starts.map((x) => x.length));
  const columns = landingColumns(landing);
  return [
    line('landing', `${''.padEnd(width)}  ${columns.join('  ')}`),
    ...starts.map((start) =>
      line(
        '',
        `${start.padEnd(width)}  ${columns.map((c) => String(landing[start]?.[c] ?? 0).padStart(c.length)).join('  ')}`,
      ),
    ),
  ];
};

const nameOf = ({ check, part }: Evidence): string => (part === undefined ? check : `${check} (${part})`);

/** What a certificate shows, where it is, and how to make it again. */
const certifiedLines = ({ sentence }: Refutation, { kind, what, certificate, reproduce }: Violation): string[] => [
  line('certified', `${kind}, from ${what}, judged exactly:`),
  ...wrapWords(sentence, WIDTH).map((text) => line('', text)),
  line('', certificate === undefined ? '--out DIR writes the certificate and a page about it' : `wrote ${certificate}`),
  line('', `again: ${reproduce}`),
];

/** What did not pass; where several checks give one reason, once for all of them. */
const problemLines = ({ evidence }: RevisionResult): string[] => {
  const problems = [...evidence]
    .filter((x) => x.outcome !== 'pass')
    // What decides the verdict comes first.
    .sort((x, y) => Number(y.refutation !== undefined) - Number(x.refutation !== undefined));
  const sameReason = (x: Evidence): readonly Evidence[] =>
    x.outcome === 'inconclusive' && x.detail !== undefined
      ? problems.filter((y) => y.outcome === x.outcome && y.violation === undefined && y.detail === x.detail)
      : [x];
  return problems.flatMap((x) => {
    if (x.violation !== undefined) {
      const { kind, what, margin, instance, shrunkFrom, reproduce } = x.violation;
      if (x.refutation !== undefined) return certifiedLines(x.refutation, x.violation);
      return [
        line(kind, `${what}: ${margin}`),
        line(
          '',
          [...new Set([instance, ...(shrunkFrom === undefined ? [] : [shrunkFrom])].map(describeInstance))].join(
            ', shrunk from ',
          ),
        ),
        line('', `again: ${reproduce}`),
      ];
    }
    const together = sameReason(x);
    if (together[0] !== x) return [];
    const names = [...new Set(together.map(nameOf))];
    const what = together.length === 1 ? [`${nameOf(x)}: ${x.statement}`] : wrapItems(names, WIDTH);
    return [
      ...what.map((text, k) => line(k > 0 ? '' : x.outcome === 'fail' ? 'fails' : 'open', text)),
      ...(x.detail === undefined ? [] : [line('', x.detail)]),
      // A step of a chain is broken by a point, which can be looked at again.
      ...(x.check === 'chain' && x.outcome === 'fail' ? [line('', `again: ${x.reproduce}`)] : []),
    ];
  });
};

const coverageLines = ({ coverage, judgement, trials, extent }: RevisionResult): string[] => {
  const out = coverage.filter((x) => !x.reachable).map((x) => x.stratum);
  return [
    ...(extent === undefined ? [] : [line('tried at', extentText(extent))]),
    line('instances', coverage.map((x) => `${x.stratum}: ${x.instances}`).join(' · ')),
    ...(out.length === 0 ? [] : [line('scope', `out of the given ranges: ${out.join(', ')}`)]),
    ...judgement.missing.map((x) => line('missing', x)),
    ...(judgement.missing.some((x) => x.startsWith('no instance for'))
      ? [line('', `every part of a case needs an instance: raise --trials (now ${trials})`)]
      : []),
  ];
};

const secondOpinionLines = ({ secondOpinions }: RevisionResult): string[] =>
  secondOpinions.map((x, k) => line(k === 0 ? 'opinions' : '', `${x.from}: ${x.confirmed} of ${x.of} ${x.about}`));

/** One revision, as in the transcript of the README. */
export const revisionText = (result: RevisionResult): string => {
  const { theorem, revision } = result.target;
  const mark = asExpected(result) ? '✔' : result.judgement.verdict === 'inconclusive' ? '?' : '✘';
  const provenance = theorem.provenance.kind === 'reconstructed' ? ' (reconstructed)' : '';
  const what = revision.status === 'superseded' ? 'superseded' : theorem.title;
  const title = `${targetName(result.target)}  ${what}${provenance}`;
  return [
    `${mark} ${title.padEnd(60)} ${verdictText(result)}`,
    ...claimLines(result),
    ...symbolicLines(result.evidence),
    ...result.modulo.map((x, k) => line(k === 0 ? 'modulo' : '', x)),
    ...secondOpinionLines(result),
    ...exactLine(result.evidence),
    ...numericLines(result.evidence),
    ...result.notTried.map(({ check, reason }) => line('not tried', `${check}: ${reason}`)),
    ...chainLines(result.evidence),
    ...descentLine(result),
    ...landingLines(result),
    ...excessTexts(result)
      .flatMap((x) => wrapWords(x, WIDTH))
      .map((text, k) => line(k === 0 ? 'excess' : '', text)),
    ...coverageLines(result),
    ...hypothesisLines(result).map(([label, text]) => line(label, text)),
    ...problemLines(result),
  ].join('\n');
};
