/** What a run says about hypotheses: as lines of the transcript, and as JSON. */
import type { HypothesisResult, OutsideResult } from '../check/necessity/result.js';
import type { RevisionResult } from '../check/verify.js';
import { toText } from '../symbolic/print.js';
import { describeInstance } from '../theorem/instance.js';
import { figure, plural } from './figures.js';

/** A label, or none, and the text beside it. */
export type LabelledLine = readonly [label: string, text: string];

const labelled = (label: string, lines: readonly string[]): LabelledLine[] =>
  lines.map((text, index) => [index === 0 ? label : '', index === 0 ? text : `  ${text}`]);

const hypothesisText = (result: HypothesisResult): string[] => {
  const { hypothesis, outcome, tried, held, open, witness, enough, detail } = result;
  if (outcome === 'not needed') {
    return [`${hypothesis} was not seen to be needed: without it the theorem held at ${held} of ${tried} instances`];
  }
  if (witness === undefined) return [`${hypothesis}: unknown, ${detail ?? `${open} of ${tried} undecided`}`];
  const { what, margin, instance, claimed, lowest, runs, reproduce } = witness;
  return [
    `${hypothesis} is needed: ${what}: ${margin}`,
    `at ${describeInstance(instance)}`,
    `there the claimed minimum is ${figure(claimed)}, the least of ${plural(runs, 'descent')} ${figure(lowest)}`,
    ...(enough === undefined
      ? []
      : [
          `${enough.statement} was enough: value and conclusions hold at all ` +
            `${plural(enough.instances, 'instance')} tried`,
        ]),
    `again: ${reproduce}`,
  ];
};

const outsideText = (result: OutsideResult): string[] => {
  const { when, value, outcome, detail, symbolic, instances, runs, landed, stationarity, gap } = result;
  const claim = `if ${when}, the minimum is ${value}`;
  if (outcome === 'fail') return [`FALSE: ${claim}`, detail ?? ''];
  if (outcome === 'inconclusive') return [`open: ${claim}`, detail ?? ''];
  return [
    claim,
    `${plural(instances, 'instance')}: ‖∇f‖ ${figure(stationarity.measured)} (bound ${figure(stationarity.bound)}),` +
      ` |f − f*| ${figure(gap.measured)} (bound ${figure(gap.bound)})`,
    `${plural(runs, 'descent')}: ${landed} at the value, 0 below` +
      (symbolic ? ' · critical, with that value, for all parameters' : ''),
  ];
};

/** The lines on hypotheses: how many draws met them, whether they are needed, and what is true beyond them. */
export const hypothesisLines = ({ target, hypotheses, necessity }: RevisionResult): LabelledLine[] => {
  const { revision } = target;
  const { drawn, each, all } = hypotheses;
  const counts = revision.hypotheses.map((h, k) => `${toText(h)}: ${each[k] ?? 0} of ${drawn} drawn`);
  const together = revision.hypotheses.length > 1 ? [`all: ${all} of ${drawn}`] : [];
  return [
    ...(counts.length === 0 ? [] : labelled('hypotheses', [[...counts, ...together].join(' · ')])),
    ...(necessity?.hypotheses ?? []).flatMap((x) => labelled('necessity', hypothesisText(x))),
    ...(necessity?.outside ?? []).flatMap((x) => labelled('outside', outsideText(x))),
  ];
};

/** The same as JSON. */
export const hypothesesJson = ({ target, hypotheses, necessity }: RevisionResult): object => ({
  hypotheses: {
    drawn: hypotheses.drawn,
    metAll: hypotheses.all,
    each: target.revision.hypotheses.map((h, k) => ({ statement: toText(h), met: hypotheses.each[k] ?? 0 })),
  },
  necessity: necessity?.hypotheses ?? [],
  outside: necessity?.outside ?? [],
});
