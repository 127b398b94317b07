/**
 * Annotations of GitHub Actions: workflow commands, one on each line of standard output, that show up beside a pull
 * request. One error for each claim that is not as expected, and a notice for the rest together.
 */
import type { Report } from './reporters.js';
import { claimSummaries } from './summary.js';
import { countsText, endingText } from './transcript.js';

/** A line feed would end the command, and a percent sign begins an escape. */
const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const annotation = (level: 'error' | 'notice', title: string, message: string): string =>
  `::${level} title=${escapeProperty(title)}::${escapeData(message)}`;

export const renderGithub = (report: Report): string => {
  const wrong = claimSummaries(report).filter((x) => !x.asExpected);
  return [
    ...(report.header.interrupted ? [annotation('error', 'ufm-check stopped early', endingText(report))] : []),
    ...wrong.map(({ name, title, verdict, evidence, missing }) => {
      const broken = evidence.flatMap((x) => (x.violation === undefined ? [] : [x.violation]));
      const lines = [
        `${title}: ${verdict}`,
        ...missing,
        ...broken.flatMap((x) => [`${x.kind}: ${x.what}`, `again: ${x.reproduce}`]),
        ...(broken.length === 0 ? [`again: ${report.header.command}`] : []),
      ];
      return annotation('error', `ufm-check ${name}`, lines.join('\n'));
    }),
    annotation('notice', 'ufm-check', `${countsText(report)}. ${endingText(report)}`),
  ].join('\n');
};
