/** How `explain` writes lines of a report, and how it ends: the line as `verify` writes it, and the exit code. */
import { inFull } from '../../numeric/digits.js';
import type { Finding, Outcome } from '../../check/evidence.js';
import type { Io } from '../io.js';
import { EXIT } from '../exit-codes.js';

export const MARKS: Readonly<Record<Outcome, string>> = { pass: '✔', fail: '✘', inconclusive: '?' };

/** What is decided in words has no figures: it is shown, or something is left over. */
const hasFigures = ({ measured, method }: Finding): boolean => measured !== undefined && method !== 'symbolic';

const named = ({ part, statement }: Finding): string =>
  part === undefined || statement.endsWith(`: ${part}`) ? statement : `${part}: ${statement}`;

/** A line of a report: outcome, figures in full, and what was seen. */
export const findingLines = (x: Finding): string[] => {
  const { violation, detail } = x;
  const figures = hasFigures(x) ? `: measured ${inFull(x.measured ?? 0)}, bound ${inFull(x.bound ?? 0)}` : '';
  return [
    `${MARKS[x.outcome]} ${named(x)}${figures}`,
    ...(detail === undefined ? [] : [`    ${detail}`]),
    ...(violation === undefined || violation.what === detail
      ? []
      : [`    ${violation.kind}: ${violation.what}: ${violation.margin}`]),
    ...(x.outcome === 'pass' ? [] : [`    again: ${x.reproduce}`]),
  ];
};

const code = (outcomes: readonly Outcome[]): number => {
  if (outcomes.includes('fail')) return EXIT.different;
  return outcomes.length === 0 || outcomes.includes('inconclusive') ? EXIT.inconclusive : EXIT.asExpected;
};

/** How many results there were, and of which outcome. */
const counted = (outcomes: readonly Outcome[]): string => {
  const count = (outcome: Outcome): number => outcomes.filter((x) => x === outcome).length;
  const all = `${outcomes.length} ${outcomes.length === 1 ? 'result' : 'results'}`;
  return `${all}: ${count('pass')} pass, ${count('fail')} fail, ${count('inconclusive')} open`;
};

/** 0: nothing failed; 1: something did; 3: something was left open, or there was nothing to look at. */
export const summarise = (outcomes: readonly Outcome[], io: Io): number => {
  io.out(`\n${counted(outcomes)}`);
  return code(outcomes);
};

/**
 * What comes of results at single instances: their number, and what `verify` makes of them all, which decides the exit
 * code as in `summarise`.
 */
export const conclude = (outcomes: readonly Outcome[], findings: readonly Finding[], io: Io): number => {
  io.out(`\n${counted(outcomes)}`);
  if (findings.length > 0) {
    io.out(findings.length === 1 ? 'the line of the report:' : 'the lines of the report:');
    for (const line of findings.flatMap(findingLines)) io.out(line);
  } else if (outcomes.length > 0) {
    io.out('too little for a line of the report');
  }
  return code(findings.map((x) => x.outcome));
};
