/** A run as Markdown, for a pull request or a letter: a summary table, then each claim with its evidence. */
import type { Evidence } from '../check/evidence.js';
import type { LemmaResult } from '../check/lemma/verify.js';
import type { RevisionResult } from '../check/verify.js';
import { toLatex } from '../symbolic/print.js';
import { describeInstance } from '../theorem/instance.js';
import { targetName } from '../theorem/registry.js';
import { differencesText } from './baseline.js';
import { excessTexts } from './excess.js';
import { extentText } from './extent.js';
import { figure } from './figures.js';
import { lemmaVerdictText } from './lemma.js';
import type { Report } from './reporters.js';
import { verdictText } from './terminal.js';
import { countsText, endingText } from './transcript.js';

/** Text of a module on one line, with nothing in it that Markdown or HTML would read. */
const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]#|~$]/g, (x) => `\\${x}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

const code = (text: string): string => `\`${text.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;

const math = (latex: string): string => `$${latex}$`;

const evidenceLines = (evidence: readonly Evidence[]): string[] => {
  const shown = evidence.filter((x) => x.method !== 'symbolic' || x.outcome !== 'pass');
  const symbolic = [...new Set(evidence.filter((x) => !shown.includes(x)).map((x) => x.check))];
  const cell = (x: number | undefined): string => (x === undefined ? '' : figure(x));
  return [
    ...(symbolic.length === 0 ? [] : [`For all K, n, d, λ, symbolically: ${symbolic.join(', ')}.`, '']),
    ...(shown.length === 0
      ? []
      : [
          '| | check | known | statement | measured | bound |',
          '| --- | --- | --- | --- | --- | --- |',
          ...shown.map((x) => {
            const mark = x.outcome === 'pass' ? '✔' : x.outcome === 'fail' ? '✘' : '?';
            const name = x.part === undefined ? x.check : `${x.check} (${x.part})`;
            const statement = x.reach === undefined ? x.statement : `${x.statement}: ${x.reach}`;
            const row = [mark, plain(name), x.method, plain(statement), cell(x.measured), cell(x.bound)];
            return `| ${row.join(' | ')} |`;
          }),
          '',
        ]),
    ...evidence.flatMap(({ violation, refutation }) =>
      violation === undefined
        ? []
        : [
            `**${violation.kind}**: ${plain(refutation?.sentence ?? `${violation.what}: ${violation.margin}`)}  `,
            `${plain(describeInstance(violation.instance))}  `,
            code(violation.reproduce),
            '',
          ],
    ),
  ];
};

const revisionLines = (result: RevisionResult): string[] => {
  const { theorem, revision } = result.target;
  const { proof, missing } = result.judgement;
  const assumed = revision.hypotheses.map((x) => math(toLatex(x))).join(', ') || 'nothing';
  return [
    `## ${plain(`${targetName(result.target)} ${theorem.title}`)}`,
    '',
    `**${plain(verdictText(result))}** · proof ${proof.status} · ${theorem.provenance.kind}: ` +
      plain(theorem.provenance.from),
    '',
    `Assume ${assumed}.`,
    ...(revision.ofMinimizer ?? []).map((x) => `Of the minimizer, (${plain(x.id)}): ${math(toLatex(x.statement))}.`),
    ...revision.cases.flatMap((c) => [
      '',
      `If ${math(toLatex(c.when))}, the minimum is ${math(toLatex(c.value))}, and every global minimizer satisfies`,
      '',
      ...c.conclusions.map((x) => `- (${plain(x.id)}) ${math(toLatex(x.statement))}, ${plain(x.title)}`),
    ]),
    '',
    ...evidenceLines(result.evidence),
    ...excessTexts(result).flatMap((x) => [plain(x), '']),
    ...(result.extent === undefined ? [] : [`Tried at ${plain(extentText(result.extent))}.`, '']),
    ...missing.map((x) => `- missing: ${plain(x)}`),
  ];
};

const lemmaLines = (result: LemmaResult): string[] => [
  `## ${plain(`${result.name} ${result.lemma.title}`)}`,
  '',
  `**${plain(lemmaVerdictText(result))}**: ${math(toLatex(result.lemma.statement))}`,
  '',
  ...evidenceLines(result.evidence),
  ...result.judgement.missing.map((x) => `- missing: ${plain(x)}`),
];

export const renderMarkdown = (report: Report): string => {
  const { header, results, lemmas, baseline } = report;
  return [
    '# Verification report',
    '',
    `${plain(endingText(report))} ${countsText(report)}; ufm-check ${header.version}, seed ${header.seed}.`,
    '',
    code(header.command),
    '',
    '| claim | verdict | proof |',
    '| --- | --- | --- |',
    ...results.map(
      (x) => `| ${plain(targetName(x.target))} | ${plain(verdictText(x))} | ${x.judgement.proof.status} |`,
    ),
    ...lemmas.map(
      (x) => `| ${plain(x.name)} | ${plain(lemmaVerdictText(x))} | ${x.judgement.proof.status} |`,
    ),
    '',
    ...(baseline === undefined
      ? []
      : ['```text', differencesText(baseline).replaceAll('```', "'''"), '```', '']),
    ...results.flatMap((x) => [...revisionLines(x), '']),
    ...lemmas.flatMap((x) => [...lemmaLines(x), '']),
  ]
    .join('\n')
    .trimEnd();
};
