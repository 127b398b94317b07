/** The report of a hunt for people: what was tried, what was found, and how it is known. */
import { decimal } from '../../exact/certificate/sentence.js';
import { format, type Rational } from '../../exact/rational.js';
import { describeInstance } from '../../theorem/instance.js';
import type { Target } from '../../theorem/registry.js';
import type { Explanation } from '../explain/explain.js';
import { kappaEnds } from '../explain/interval.js';
import type { SearchRanges } from '../ranges.js';
import type { Found } from '../found.js';
import type { SearchResult } from '../run.js';

/** `K = 1..6, d = K..2K+1, n = 1..5, λ's free`: what is fixed, and what is drawn from where. */
export const rangesText = (target: Target, { K, d, n, lambda, mu }: SearchRanges): string => {
  const blocks = Object.keys(target.revision.problem.lambda);
  const free = blocks.filter((block) => lambda[block] === undefined).map((block) => `λ_${block}`);
  const given = Object.entries(lambda).map(([block, range]) => `λ_${block} = ${range.text}`);
  return [
    `K = ${K.text}`,
    `d = ${d.text}`,
    `n = ${n.text}`,
    ...given,
    ...(mu === undefined ? [] : [`μ = 2√κ = ${mu.text}`]),
    ...(free.length === 0 ? [] : [`${free.join(', ')} free`]),
  ].join(', ');
};

const LONGEST = 48;

/** A fraction, and what it is about. */
export const figure = (value: Rational): string => {
  const exact = format(value);
  const about = decimal(value, 6);
  return exact === about ? exact : exact.length > LONGEST ? about : `${exact} = ${about}`;
};

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

export const searchText = (result: SearchResult, elapsedMs: number): string => {
  const { found, starts, instances, batches, setAside } = result;
  const aside =
    setAside === 0
      ? []
      : [`  set aside  ${setAside} points below the claimed value that break what is assumed of the minimizer`];
  const effort = `${starts} starts at ${instances} instances, ${batches} batches, ${seconds(elapsedMs)}`;
  if (found === undefined) {
    const left = result.interrupted ? `; stopped before batch ${batches} of ${result.planned}` : '';
    const { best } = result;
    const closest = Number.isFinite(best) ? [`  closest    claimed value − f = ${best.toExponential(1)}`] : [];
    return [`– no violation found: ${effort}${left}`, ...closest, ...aside, '  This proves nothing.'].join('\n');
  }
  return [...foundLines(found), ...explanationLines(result.explanation), ...aside, `  effort     ${effort}`].join('\n');
};

const foundLines = (found: Found): string[] => {
  const { certified, first, instance, how } = found;
  if (certified === undefined) {
    return [
      `? suspect: ${found.violation}, not certified`,
      `  at         ${describeInstance(instance)}`,
      `  how        ${batchText(found)}${how}: ${found.detail}`,
      `  margin     ${first.margin.toExponential(3)}, in doubles`,
    ];
  }
  const { carriedTo } = found;
  const same = carriedTo !== undefined || describeInstance(first.instance) === describeInstance(instance);
  const shrunk = same ? [] : [shrunkLine(found)];
  return [
    `✘ refuted: ${found.violation}, certified exactly`,
    `  ${certified.sentence}`,
    `  value      ${figure(certified.value)}`,
    `  bound      ${figure(certified.bound)}`,
    `  margin     ${figure(certified.margin)}`,
    `  found      ${batchText(found)}${first.how}`,
    ...shrunk,
    ...(how === first.how ? [] : [`  point      from ${how}`]),
    ...(carriedTo === undefined ? [] : [carriedLine(carriedTo)]),
    ...(found.cutShort === true ? ['  stopped    before all smaller sizes were tried'] : []),
  ];
};

const batchText = ({ first: { batch } }: Found): string => (batch === undefined ? '' : `batch ${batch}, `);

const explanationLines = (explanation: Explanation | undefined): string[] => {
  if (explanation === undefined) return [];
  const { rankBefore, rankAfter, nuclearBefore, nuclearAfter, enlarged } = explanation;
  const { lower, upper } = kappaEnds(explanation.kappaInterval);
  const exactly = enlarged === undefined ? '' : `, certified with margin ${decimal(enlarged.margin, 3)}`;
  return [
    `             X = W1 H1 has rank ${rankBefore}, σ(X) rank ${rankAfter}`,
    `  proof      ‖σ(X)‖_* = ${nuclearAfter.toFixed(5)} > ${nuclearBefore.toFixed(5)} = ‖X‖_*${exactly}`,
    `  room       lasts for ${lower} ≤ κ ≤ ${upper}, at any n and with any larger K and d`,
  ];
};

const carriedLine = ({ K, d }: { readonly K: number; readonly d: number }): string =>
  `  so at      K = ${K}, d = ${d} too, by a direct sum with a frame; a certificate of that size is beyond the limits`;

const shrunkLine = ({ first, instance }: Found): string =>
  `  shrunk     from ${describeInstance(first.instance)} to ${describeInstance(instance)}`;
