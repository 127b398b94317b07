/** The transcript of a verification. */
import type { Evidence } from '../check/evidence.js';
import type { RevisionResult } from '../check/verify.js';
import { describeInstance } from '../theorem/instance.js';
import { targetName } from '../theorem/registry.js';
import { toText } from '../symbolic/print.js';
import { figure, plural } from './figures.js';

const LABEL = 11;
const INDENT = '       ';
const line = (label: string, text: string): string => `${INDENT}${label.padEnd(LABEL)}${text}`;

/** Whether the result is what the revision says should come out. */
export const asExpected = ({ target, judgement }: RevisionResult): boolean =>
  judgement.verdict === target.revision.expected;

const verdictText = (result: RevisionResult): string => {
  const { verdict, proof } = result.judgement;
  const expected = result.target.revision.expected;
  const suffix =
    verdict === expected
      ? verdict === 'proved' || verdict === 'upheld'
        ? ''
        : ', as expected'
      : `, expected ${expected}`;
  return `${verdict}${suffix}${proof.status === 'broken' ? ` · proof broken at ${proof.at}` : ''}`;
};

const claimLines = ({ target }: RevisionResult): string[] => {
  const { cases, hypotheses } = target.revision;
  const when = hypotheses.length === 0 ? '' : `     for all parameters with ${hypotheses.map(toText).join(', ')}`;
  return cases.map((c, index) =>
    line(
      index === 0 ? 'claim' : '',
      [
        `${toText(c.when)}: ${c.conclusions.map((x) => toText(x.statement)).join(', ')};`,
        `f* = ${toText(c.value)}${index === 0 ? when : ''}`,
      ].join(' '),
    ),
  );
};

/** One line per method: what passed; what did not stands below on its own. */
const symbolicLine = (evidence: readonly Evidence[]): string[] => {
  const symbolic = evidence.filter((x) => x.method === 'symbolic');
  const ids = [...new Set(symbolic.map((x) => x.check))];
  const passed = ids.filter((id) => symbolic.every((x) => x.check !== id || x.outcome === 'pass'));
  return passed.length === 0 ? [] : [line('symbolic', `${passed.join(' · ')}   (for all K, n, d, λ)`)];
};

const measuredText = ({ check, measured = 0, bound = 0 }: Evidence): string =>
  bound === 0 ? `${check} ${figure(measured)}` : `${check} ${figure(measured)} (bound ${figure(bound)})`;

const scopeCount = ({ scope }: Evidence): number => (scope === 'all-parameters' ? 0 : scope.instances);

const measuredLine = (evidence: readonly Evidence[], method: 'exact' | 'numeric'): string[] => {
  const passed = evidence.filter((x) => x.method === method && x.outcome === 'pass');
  if (passed.length === 0) return [];
  const count = Math.max(...passed.map(scopeCount));
  const what =
    method === 'exact'
      ? `${plural(count, 'rational instance')}: ${passed.map((x) => x.statement).join(' · ')}`
      : `${plural(count, 'instance')}: ${passed
          .filter((x) => x.check !== 'planted-saddles')
          .map(measuredText)
          .join(' · ')}`;
  return [line(method, what)];
};

const descentLine = ({ landing, descents }: RevisionResult): string[] => {
  if (descents.independent + descents.planted === 0) return [];
  const count = (where: string, planted: boolean): number =>
    Object.entries(landing)
      .filter(([start]) => start.startsWith('planted') === planted)
      .reduce((sum, [, row]) => sum + (row[where] ?? 0), 0);
  const ends = ['at the value', 'below', 'elsewhere', 'unconverged']
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
  const columns = ['at the value', 'below', 'elsewhere', 'unconverged'];
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

const problemLines = (result: RevisionResult): string[] =>
  result.evidence
    .filter((x) => x.outcome !== 'pass')
    .flatMap((x) => {
      const name = x.part === undefined ? x.check : `${x.check} (${x.part})`;
      if (x.violation !== undefined) {
        const { kind, what, margin, instance, shrunkFrom, reproduce } = x.violation;
        return [
          line(kind, `${what}: ${margin}`),
          line(
            '',
            [instance, ...(shrunkFrom === undefined ? [] : [shrunkFrom])].map(describeInstance).join(', shrunk from '),
          ),
          line('', `again: ${reproduce}`),
        ];
      }
      return [
        line(x.outcome === 'fail' ? 'fails' : 'open', `${name}: ${x.statement}`),
        ...(x.detail === undefined ? [] : [line('', x.detail)]),
      ];
    });

const coverageLines = ({ coverage, judgement }: RevisionResult): string[] => {
  const out = coverage.filter((x) => !x.reachable).map((x) => x.stratum);
  return [
    line('instances', coverage.map((x) => `${x.stratum}: ${x.instances}`).join(' · ')),
    ...(out.length === 0 ? [] : [line('scope', `out of the given ranges: ${out.join(', ')}`)]),
    ...judgement.missing.map((x) => line('missing', x)),
  ];
};

const secondOpinionLine = ({ secondOpinions }: RevisionResult): string[] =>
  secondOpinions.length === 0
    ? []
    : [
        line(
          'opinions',
          secondOpinions.map((x) => `${x.from} confirms ${x.confirmed} of ${x.of} ${x.about}`).join(' · '),
        ),
      ];

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
    ...symbolicLine(result.evidence),
    ...secondOpinionLine(result),
    ...measuredLine(result.evidence, 'exact'),
    ...measuredLine(result.evidence, 'numeric'),
    ...descentLine(result),
    ...landingLines(result),
    ...coverageLines(result),
    ...problemLines(result),
  ].join('\n');
};
