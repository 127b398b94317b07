/** The option `--reporter terminal,json=r.json`: what is asked for, checked before the run and written after it. */
import { resolve } from 'node:path';
import { UsageError } from '../errors.js';
import { REPORTER_NAMES } from '../report/reporter-names.js';
import { REPORTERS, type Report, type Reporter, jsonReporter, terminalReporter } from '../report/reporters.js';
import type { Io } from './io.js';
import { requireWritable, writeWhole } from './write.js';

export interface ReporterRequest {
  readonly reporter: Reporter;
  /** Without one it goes to standard output. */
  readonly path?: string;
}

const parseOne = (text: string): ReporterRequest => {
  const at = text.indexOf('=');
  const [name, path] = at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
  const reporter = REPORTERS.find((x) => x.name === name);
  if (reporter === undefined) {
    throw new UsageError(`there is no reporter "${name}"`, `Reporters: ${REPORTER_NAMES.join(', ')}.`);
  }
  if (path === '') throw new UsageError(`--reporter ${text} names no file`, `Write ${name}=FILE.`);
  return path === undefined ? { reporter } : { reporter, path };
};

/** Lines for standard output that leave room for the transcript there. */
const isAlongside = ({ reporter, path }: ReporterRequest): boolean => path === undefined && reporter.alongside === true;

/**
 * What the options ask for: the transcript by default, one document under --json.
 *
 * @throws UsageError for an unknown reporter, two for one file or for standard output, or a file that cannot be written
 */
export const reporterRequests = (options: readonly string[], json: boolean): readonly ReporterRequest[] => {
  const named = options.flatMap((x) => x.split(',')).map(parseOne);
  const requests = json
    ? [{ reporter: jsonReporter }, ...named]
    : named.length === 0
      ? [{ reporter: terminalReporter }]
      : named;
  const places = requests.map(({ path }) => (path === undefined ? '' : resolve(path)));
  const document = requests.find((x) => x.path === undefined && x.reporter !== terminalReporter && !isAlongside(x));
  const taken = requests.map((x, k) => (document === undefined && isAlongside(x) ? `beside ${k}` : places[k]));
  const twice = taken.find((x, index) => taken.indexOf(x) !== index);
  if (twice !== undefined) {
    const where = twice === '' ? 'standard output' : twice;
    const wanted = requests.filter((_, k) => taken[k] === twice).map((x) => x.reporter.name);
    throw new UsageError(`${wanted.join(' and ')} both want ${where}`, 'Give each a file: --reporter json=FILE.');
  }
  for (const { path } of requests) if (path !== undefined) requireWritable(path);
  return requests;
};

/** Writes every report; the transcript on standard output has been printed as the run went. */
export const writeReports = (requests: readonly ReporterRequest[], report: Report, io: Io): void => {
  for (const { reporter, path } of requests) {
    if (path === undefined) {
      if (reporter !== terminalReporter) io.out(reporter.render(report));
    } else {
      writeWhole(path, `${reporter.render(report)}\n`);
      io.error(`wrote ${path}`);
    }
  }
};

/** Whether the transcript is what standard output gets. */
export const showsTranscript = (requests: readonly ReporterRequest[]): boolean =>
  requests.some(({ reporter, path }) => reporter === terminalReporter && path === undefined);
