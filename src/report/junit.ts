/**
 * JUnit XML, as Jenkins, GitLab and others read it: a suite for each claim; in it one case for the verdict and one for
 * each piece of evidence.
 *
 * A case fails where something is not as expected. A false statement that was found to be false is as expected, so what
 * accuses it is no failure and says so. What was left open is `skipped`. Times of single checks are not known, as they
 * share their descents: the run's own is on the root.
 */
import type { Evidence } from '../check/evidence.js';
import { escapeXml } from '../symbolic/mathml.js';
import type { Report } from './reporters.js';
import { type ClaimSummary, checkName, claimSummaries, seen } from './summary.js';

interface Case {
  readonly name: string;
  readonly failure?: string;
  readonly skipped?: string;
  readonly output: string;
}

const attribute = (name: string, value: string | number): string =>
  ` ${name}="${escapeXml(String(value)).replaceAll('\n', '&#10;')}"`;

const evidenceCase = (evidence: Evidence, claim: ClaimSummary): Case => {
  const name = `${checkName(evidence)} [${evidence.method}]`;
  const scope =
    evidence.scope === 'all-parameters' ? 'for all parameters' : `at ${evidence.scope.instances} instances`;
  const output = `${seen(evidence)} (${scope})\nagain: ${evidence.reproduce}`;
  if (evidence.outcome === 'pass') return { name, output };
  if (evidence.outcome === 'inconclusive') return { name, output, skipped: evidence.detail ?? 'left open' };
  return claim.asExpected
    ? { name, output: `contradicts the statement, as expected: ${output}` }
    : { name, output, failure: seen(evidence) };
};

/** Viewers take two cases of one name for one: later ones are numbered. */
const withOwnNames = (cases: readonly Case[]): Case[] => {
  const met = new Map<string, number>();
  return cases.map((x) => {
    const count = (met.get(x.name) ?? 0) + 1;
    met.set(x.name, count);
    return count === 1 ? x : { ...x, name: `${x.name} #${count}` };
  });
};

const casesOf = (claim: ClaimSummary): Case[] => [
  {
    name: 'verdict',
    output: [claim.verdict, claim.trials, ...claim.missing].join('\n'),
    ...(claim.asExpected ? {} : { failure: [claim.verdict, ...claim.missing].join('; ') }),
  },
  ...claim.evidence.map((x) => evidenceCase(x, claim)),
];

const caseXml = ({ name, failure, skipped, output }: Case, className: string): string =>
  [
    `    <testcase${attribute('name', name)}${attribute('classname', className)}>`,
    ...(failure === undefined
      ? []
      : [`      <failure${attribute('message', failure)} type="verdict">${escapeXml(output)}</failure>`]),
    ...(skipped === undefined ? [] : [`      <skipped${attribute('message', skipped)}/>`]),
    ...(failure === undefined ? [`      <system-out>${escapeXml(output)}</system-out>`] : []),
    '    </testcase>',
  ].join('\n');

const counts = (cases: readonly Case[]): string =>
  attribute('tests', cases.length) +
  attribute('failures', cases.filter((x) => x.failure !== undefined).length) +
  attribute('errors', 0);

const skippedOf = (cases: readonly Case[]): string =>
  attribute('skipped', cases.filter((x) => x.skipped !== undefined).length);

/** A run that was stopped early must not look like a whole one. */
const interruption: Case = {
  name: 'run',
  failure: 'stopped early: what follows is what was known so far',
  output: 'The run was interrupted, or its time limit was reached.',
};

export const renderJunit = (report: Report): string => {
  const { header } = report;
  const suites = claimSummaries(report).map((claim) => ({ ...claim, cases: withOwnNames(casesOf(claim)) }));
  const stopped = header.interrupted ? [{ name: 'ufm-check', id: 'ufm-check', cases: [interruption] }] : [];
  const all = [...stopped, ...suites];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="ufm-check"${counts(all.flatMap((x) => x.cases))}` +
      `${attribute('time', (header.timing.elapsedMs / 1000).toFixed(3))}>`,
    ...all.flatMap(({ name, id, cases }) => [
      `  <testsuite${attribute('name', name)}${counts(cases)}${skippedOf(cases)}>`,
      `    <properties>`,
      `      <property name="version"${attribute('value', header.version)}/>`,
      `      <property name="seed"${attribute('value', header.seed)}/>`,
      `      <property name="command"${attribute('value', header.command)}/>`,
      `    </properties>`,
      // A dot would be read as a package by viewers that group by class.
      ...cases.map((x) => caseXml(x, id.replaceAll('.', '-'))),
      '  </testsuite>',
    ]),
    '</testsuites>',
  ].join('\n');
};
