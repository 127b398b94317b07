/** How `explain` ends: the outcomes counted, and the exit code that they mean. */
import type { Outcome } from '../../check/evidence.js';
import type { Io } from '../io.js';
import { EXIT } from '../exit-codes.js';

export const MARKS: Readonly<Record<Outcome, string>> = { pass: '✔', fail: '✘', inconclusive: '?' };

/** 0: nothing failed; 1: something did; 3: something was left open, or there was nothing to look at. */
export const summarise = (outcomes: readonly Outcome[], io: Io): number => {
  const count = (outcome: Outcome): number => outcomes.filter((x) => x === outcome).length;
  const all = `${outcomes.length} ${outcomes.length === 1 ? 'result' : 'results'}`;
  io.out(`\n${all}: ${count('pass')} pass, ${count('fail')} fail, ${count('inconclusive')} open`);
  if (count('fail') > 0) return EXIT.different;
  return outcomes.length === 0 || count('inconclusive') > 0 ? EXIT.inconclusive : EXIT.asExpected;
};
