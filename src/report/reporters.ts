/**
 * Reporters: a finished run in one form each. A reporter reads what the checks found and computes nothing; the command
 * line writes what it returns, to standard output or to a file.
 *
 * To add one: a file with a `Reporter`, and its name in reporter-names.ts.
 */
import type { Illustration } from '../check/illustrate.js';
import type { LemmaResult } from '../check/lemma/verify.js';
import type { RevisionResult } from '../check/verify.js';
import type { BaselineComparison } from './baseline.js';
import type { Target } from '../theorem/registry.js';
import { renderGithub } from './github.js';
import { renderHtml } from './html/page.js';
import { type ReportHeader, reportJson } from './json.js';
import { renderJunit } from './junit.js';
import { renderLatex } from './latex.js';
import { renderMarkdown } from './markdown.js';
import { REPORTER_NAMES, type ReporterName } from './reporter-names.js';
import { renderTranscript } from './transcript.js';

/** All that a run knows when it has ended. */
export interface Report {
  readonly header: ReportHeader;
  readonly results: readonly RevisionResult[];
  readonly lemmas: readonly LemmaResult[];
  /** For reporters that say so (`pictures`): figures of one small instance of each revision. */
  readonly illustrations?: ReadonlyMap<Target, Illustration>;
  /** What has changed since a baseline was recorded, where one was asked for. */
  readonly baseline?: BaselineComparison;
}

export interface Reporter {
  /** As in `--reporter name=file`. */
  readonly name: ReporterName;
  /** The whole text, without a line feed at its end. */
  render(report: Report): string;
  /** The reporter shows `illustrations`, which take time to make. */
  readonly pictures?: true;
  /** Lines that may follow the transcript on standard output. */
  readonly alongside?: true;
}

export const terminalReporter: Reporter = { name: 'terminal', render: renderTranscript };

export const jsonReporter: Reporter = {
  name: 'json',
  render: ({ header, results, lemmas, baseline }) =>
    JSON.stringify(
      { ...reportJson(header, results, lemmas), ...(baseline === undefined ? {} : { baseline }) },
      null,
      2,
    ),
};

export const htmlReporter: Reporter = { name: 'html', render: renderHtml, pictures: true };

export const markdownReporter: Reporter = { name: 'markdown', render: renderMarkdown };

export const junitReporter: Reporter = { name: 'junit', render: renderJunit };

export const latexReporter: Reporter = { name: 'latex', render: renderLatex };

export const githubReporter: Reporter = { name: 'github', render: renderGithub, alongside: true };

const BY_NAME: Readonly<Record<ReporterName, Reporter>> = {
  terminal: terminalReporter,
  json: jsonReporter,
  markdown: markdownReporter,
  html: htmlReporter,
  junit: junitReporter,
  latex: latexReporter,
  github: githubReporter,
};

export const REPORTERS: readonly Reporter[] = REPORTER_NAMES.map((name) => BY_NAME[name]);
