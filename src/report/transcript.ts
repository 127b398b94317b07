/** The transcript of a run: its header, one block for each result as it comes, and a summary. */
import type { LemmaResult } from '../check/lemma/verify.js';
import type { RevisionResult } from '../check/verify.js';
import type { Paper } from '../theorem/contract.js';
import { targetName } from '../theorem/registry.js';
import { differencesText } from './baseline.js';
import { plural, seconds } from './figures.js';
import type { ReportHeader } from './json.js';
import { lemmaAsExpected, lemmaText } from './lemma.js';
import type { Report } from './reporters.js';
import { asExpected, inPart, revisionText } from './terminal.js';

export interface Transcript {
  begin(header: Pick<ReportHeader, 'version' | 'seed' | 'workers'>): void;
  result(result: RevisionResult): void;
  lemma(result: LemmaResult): void;
  end(report: Report): void;
}

/** Prints blocks of lines as they come; each paper is named once, where its results begin. */
export const createTranscript = (print: (text: string) => void): Transcript => {
  let paper: string | undefined;
  const show = (of: Paper, text: string): void => {
    if (paper !== of.title) print(`${of.authors}, ${of.reference}`);
    paper = of.title;
    print(`${text}\n`);
  };
  return {
    begin: ({ version, seed, workers }) =>
      print(`ufm-check ${version} · seed ${seed} · ${plural(workers, 'worker')}\n`),
    result: (result) => show(result.target.theorem.paper, revisionText(result)),
    lemma: (result) => show(result.lemma.paper, lemmaText(result)),
    end: (report) => {
      print(summary(report));
      const { baseline } = report;
      if (baseline !== undefined) {
        print(differencesText(baseline));
        if (baseline.updated) print(`recorded in ${baseline.file}`);
        if (baseline.notRecorded) print(`interrupted: nothing was recorded in ${baseline.file}`);
      }
      print(`again: ${report.header.command}`);
    },
  };
};

/** The whole transcript at once. */
export const renderTranscript = (report: Report): string => {
  const texts: string[] = [];
  const transcript = createTranscript((text) => texts.push(text));
  transcript.begin(report.header);
  report.results.forEach((x) => transcript.result(x));
  report.lemmas.forEach((x) => transcript.lemma(x));
  transcript.end(report);
  return texts.join('\n');
};

/** The names of what did not come out as it should. */
export const notAsExpected = ({ results, lemmas }: Pick<Report, 'results' | 'lemmas'>): string[] => [
  ...results.filter((x) => !asExpected(x)).map((x) => targetName(x.target)),
  ...lemmas.filter((x) => !lemmaAsExpected(x)).map((x) => x.name),
];

/** `4 theorems, 5 revisions, 16 lemmas`. */
export const countsText = ({ results, lemmas }: Pick<Report, 'results' | 'lemmas'>): string => {
  const theorems = new Set(results.map((x) => x.target.theorem)).size;
  return [
    ...(results.length === 0 ? [] : [plural(theorems, 'theorem'), plural(results.length, 'revision')]),
    ...(lemmas.length === 0 ? [] : [plural(lemmas.length, 'lemma')]),
  ].join(', ');
};

/** What the run comes to, in one sentence. */
export const endingText = (report: Report): string => {
  const wrong = notAsExpected(report);
  if (report.header.interrupted) {
    const { notReached } = report.header;
    const rest = notReached.length === 0 ? '' : ` Not reached: ${notReached.join(', ')}.`;
    return `Stopped early: what is above is what is known so far.${rest}`;
  }
  if (wrong.length > 0) return `Not as expected: ${wrong.join(', ')}.`;
  return report.results.some(inPart)
    ? 'Nothing that ran contradicts what is expected; a verdict takes all checks.'
    : 'Every verdict is as expected.';
};

const summary = (report: Report): string => {
  const counts = [countsText(report), seconds(report.header.timing.elapsedMs)].filter((x) => x !== '');
  return `${counts.join(', ')}. ${endingText(report)}`;
};
