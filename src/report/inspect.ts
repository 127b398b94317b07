/** What `inspect` prints about a point. */
import type { InspectedHypothesis } from '../check/inspect/hypotheses.js';
import type { Descended, Inspection, InspectedConclusion, Unclaimed } from '../check/inspect/inspect.js';
import type { CollapseMetrics } from '../check/inspect/metrics.js';
import type { Height, KnownHeight, Standing } from '../check/inspect/standing.js';
import { describeInstance } from '../theorem/instance.js';
import { figure, plural } from './figures.js';
import { type NextCommands, adviceOf } from './inspect-advice.js';

/** How the point was read from its files. */
export interface InspectSource {
  readonly files: readonly string[];
  readonly transposed: readonly string[];
  readonly labels: string;
  /** Arrays of the files that are no part of the point. */
  readonly ignored: readonly string[];
  readonly conversion: readonly string[];
  /** The loss of the convention in terms of f, where they differ. */
  readonly trainedLoss?: { readonly formula: string; readonly factor: number };
}

const digits = (x: number): string => String(Number(x.toPrecision(10)));

const line = (name: string, text: string): string => `  ${name.padEnd(12)}${text}`;

const HEIGHTS: Readonly<Record<Height, string>> = {
  below: 'below the claimed value',
  priced: 'below the claimed value',
  at: 'at the claimed value, to rounding',
  above: 'above the claimed value',
};

const heightText = ({ standing: { height, gap, rounding, claimed, price } }: Inspection): string =>
  `${HEIGHTS[height]} ${digits(claimed)}: difference ${figure(gap)}, rounding error at most ${figure(rounding)}` +
  (height === 'priced' ? `; breaking the hypothesis on the minimizer gains at most ${figure(price)}` : '');

const hypothesisText = ({ of, id, statement, holds, detail }: InspectedHypothesis): string => {
  const mark = holds === undefined ? 'open' : holds === true ? 'holds' : holds === false ? 'fails' : holds;
  const who = of === 'instance' ? '' : ` of this point${id === undefined ? '' : `, ${id}`}`;
  const figures = detail === undefined ? '' : `: ${detail}`;
  return `${mark.padEnd(5)} ${statement}${who}${figures}`;
};

const residualText = ({ statement, measured }: InspectedConclusion): string =>
  `‖${statement.replace(' = ', ' − ')}‖ = ${figure(measured)}`;

const unclaimedText = (why: Unclaimed | undefined, { price }: Standing): string => {
  if (why === 'price') return `not claimed of a point that may have gained ${figure(price)} by breaking a hypothesis`;
  if (why === 'rounding') return 'not claimed: the rounding of the loss leaves too much open';
  return why === 'below' ? 'not claimed below f*' : 'not claimed so far from f*';
};

const conclusionText = (x: InspectedConclusion, width: number, standing: Standing): string => {
  if (x.keeping === 'not claimed') {
    return `${x.conclusion.padEnd(width)} ${residualText(x)}: ${unclaimedText(x.unclaimed, standing)}`;
  }
  const why = x.keeping === 'to rounding' ? '' : x.rigorous ? ', by the proof' : ', assuming growth of fourth order';
  const bound = x.keeping === 'to rounding' ? x.rounding : x.bound;
  return `${x.conclusion.padEnd(width)} ${residualText(x)}, tolerance ${figure(bound)}${why}: ${x.keeping}`;
};

const metricText = (value: number | undefined): string => (value === undefined ? 'undefined' : figure(value));

const metricsText = ({ of, nc1, nc2Frame, nc2Etf, nc3Frame, nc3Etf }: CollapseMetrics, weights: boolean): string =>
  `${of}: NC1 ${metricText(nc1)} · NC2 ${metricText(nc2Frame)} (frame), ${metricText(nc2Etf)} (ETF)` +
  (weights ? ` · NC3 ${metricText(nc3Frame)} (frame), ${metricText(nc3Etf)} (ETF)` : '');

/** Kinds of heights that say themselves what they are. */
const PLAIN: ReadonlySet<KnownHeight['nature']> = new Set(['claimed minimizer', 'zero']);

const knownText = ({ what, nature, value, above }: KnownHeight): string =>
  `${what}${PLAIN.has(nature) ? '' : ` (${nature})`}, f = ${digits(value)}: difference ${figure(above)}`;

const descentText = ({ standing, gradientNorm, nearest, reason }: Descended): string =>
  `from here ends at f = ${digits(standing.value)} (${reason}, ‖∇f‖ = ${figure(gradientNorm)}); ` +
  `nearest to ${knownText(nearest)}`;

export const inspectText = (inspection: Inspection, source: InspectSource, next: NextCommands): string => {
  const { target, instance, case: home, standing, gradient, conclusions, metrics, hypotheses, heights } = inspection;
  const { kink } = gradient;
  const trained = source.trainedLoss;
  const nearest = heights[0];
  const width = Math.max(...conclusions.map((x) => x.conclusion.length));
  return [
    `inspect ${source.files.join(', ')}  against theorem ${target}`,
    line('instance', describeInstance(instance)),
    ...source.conversion.map((text) => line('λ', text)),
    line('read', `labels: ${source.labels}; transposed: ${source.transposed.join(', ') || 'nothing'}`),
    ...(source.ignored.length === 0 ? [] : [line('', `ignored: ${source.ignored.join(', ')}`)]),
    line('case', `${home.id}: ${home.when}; f* = ${home.value} = ${digits(standing.claimed)}`),
    line('loss', digits(standing.value)),
    ...(trained === undefined
      ? []
      : [line('', `as trained, ${trained.formula} = ${digits(trained.factor * standing.value)}`)]),
    line('', heightText(inspection)),
    line('gradient', `‖∇f‖ = ${figure(gradient.norm)}, rounding explains at most ${figure(gradient.rounding)}`),
    ...(kink === undefined
      ? []
      : [
          line(
            '',
            `${plural(kink.entries, 'pre-activation')} at a kink of the ReLU: over all masks ‖∇f‖ comes down to ` +
              `${figure(kink.most)}, not below ${figure(kink.least)}`,
          ),
        ]),
    ...hypotheses.map((x, k) => line(k === 0 ? 'hypotheses' : '', hypothesisText(x))),
    ...conclusions.map((x, k) => line(k === 0 ? 'conclusions' : '', conclusionText(x, width, standing))),
    ...metrics.map((x, k) => line(k === 0 ? 'metrics' : '', metricsText(x, k === metrics.length - 1))),
    ...(nearest === undefined ? [] : [line('nearest', knownText(nearest))]),
    ...(inspection.descent === undefined ? [] : [line('descent', descentText(inspection.descent))]),
    ...adviceOf(inspection, next).map((text) => `→ ${text}`),
  ].join('\n');
};

export const inspectJson = (
  inspection: Inspection,
  source: InspectSource,
  next: NextCommands,
  run: { readonly version: string; readonly seed: number; readonly command: string },
): object => ({
  format: 'ufm-check-inspect/1',
  ...run,
  source,
  ...inspection,
  advice: adviceOf(inspection, next),
});
