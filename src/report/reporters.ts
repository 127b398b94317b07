/**
 * Reporters: a finished run in one form each. A reporter reads what the checks found and computes nothing; the command
 * line writes what it returns, to standard output or to a file.
 *
 * To add one: a file with a `Reporter`, and its name in the list below.
 */
import type { LemmaResult } from '../check/lemma/verify.js';
import type { RevisionResult } from '../check/verify.js';
import { type ReportHeader, reportJson } from './json.js';
import { renderTranscript } from './transcript.js';

/** All that a run knows when it has ended. */
export interface Report {
  readonly header: ReportHeader;
  readonly results: readonly RevisionResult[];
  readonly lemmas: readonly LemmaResult[];
}

export interface Reporter {
  /** As in `--reporter name=file`. */
  readonly name: string;
  /** The whole text, without a line feed at its end. */
  render(report: Report): string;
}

export const terminalReporter: Reporter = { name: 'terminal', render: renderTranscript };

export const jsonReporter: Reporter = {
  name: 'json',
  render: ({ header, results, lemmas }) => JSON.stringify(reportJson(header, results, lemmas), null, 2),
};

export const REPORTERS: readonly Reporter[] = [terminalReporter, jsonReporter];
