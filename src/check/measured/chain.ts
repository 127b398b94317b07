/**
 * The written proof, step by step: every bound of a chain f ≥ B1 ≥ … ≥ f* at many points of every instance, and all of
 * them equal at the claimed minimizer. A broken step breaks the proof, not the statement.
 */
import type { Case, Revision } from '../../theorem/contract.js';
import { type Instance, describeInstance } from '../../theorem/instance.js';
import { type LinkGap, excess } from '../chain/evaluate.js';
import { type ChainLink, chainText, linksOf } from '../chain/links.js';
import { type ChainMeasurement, isLoose, searchChain } from '../chain/search.js';
import { type BrokenLink, shrinkBreak } from '../chain/shrink.js';
import { instanceCommand, runCommand } from '../command.js';
import { apart } from '../../numeric/digits.js';
import type { Finding, StepMargin } from '../evidence.js';
import type { JudgeContext, Judged, Measurement, MeasuredCheck } from './context.js';

/** Beyond this many unknowns the singular values of many points cost more than they tell. */
const LARGEST = 2000;

const SKIPPED: Measurement = { skipped: true, outcome: 'pass', measured: 0, bound: 0 };

const figures = ({ upper, lower, tolerance }: LinkGap): Pick<Measurement, 'measured' | 'bound'> => ({
  measured: Math.max(0, lower - upper),
  bound: tolerance,
});

const closest = (gaps: readonly (LinkGap | undefined)[]): LinkGap | undefined =>
  gaps.reduce((a, b) => (a === undefined || (b !== undefined && excess(b) > excess(a)) ? b : a), undefined);

const measurementOf = (chain: ChainMeasurement): Measurement => {
  const worst = closest(chain.worst);
  const broken = chain.worst.some((x) => x !== undefined && excess(x) > 1) || chain.atClaim.some(isLoose);
  const blind = chain.worst.some((x) => x === undefined) || chain.atClaim.some((x) => x === undefined);
  return {
    outcome: broken ? 'fail' : blind ? 'inconclusive' : 'pass',
    ...(worst === undefined ? { measured: 0, bound: 0 } : figures(worst)),
    chain,
  };
};

/** A point as text, where there is room for it. */
const pointText = ({ point }: BrokenLink): string => {
  const text = Object.entries(point)
    .map(([name, rows]) => `${name} = [${rows.map((row) => row.join(' ')).join('; ')}]`)
    .join(', ');
  return text.length <= 240 ? text : 'a point that the JSON report lists';
};

const size = ({ K, n, d }: Instance): number => K * d * (n + 1);

const brokenFinding = (
  base: Pick<Finding, 'check' | 'method' | 'scope' | 'statement' | 'aboutProof' | 'steps'>,
  home: Case,
  broken: BrokenLink,
  reproduce: string,
): Finding => {
  const { link, upper, lower, instance, point } = broken;
  const [above, below] = apart(upper, lower);
  const sides = `${link.upper.name} = ${above} < ${below} = ${link.lower.name}`;
  return {
    ...base,
    part: `${home.id}: ${link.name}`,
    outcome: 'fail',
    ...figures(broken),
    detail: `${sides} at ${describeInstance(instance)}, ${pointText(broken)}`,
    witness: { instance, point, upper: String(upper), lower: String(lower) },
    reproduce,
  };
};

/** Every step at its worst point over all instances. */
const marginsOf = (links: readonly ChainLink[], chains: readonly ChainMeasurement[]): StepMargin[] =>
  links.flatMap(({ name }, index) => {
    const worst = closest(chains.map((x) => x.worst[index]));
    if (worst === undefined) return [];
    const { upper, lower, tolerance } = worst;
    return [{ name, margin: upper - lower, tolerance, holds: excess(worst) <= 1 }];
  });

/** What all instances of a case say about its chain: one finding, at its first broken step if there is one. */
const judgeCase = (revision: Revision, home: Case, measured: readonly Judged[], context: JudgeContext): Finding[] => {
  const links = linksOf(revision, home);
  const seen = measured.flatMap(({ drawn, measurement: { chain } }) =>
    drawn.caseId === home.id && chain !== undefined ? [{ drawn, chain }] : [],
  );
  const [first] = seen;
  if (first === undefined) return [];
  const base = {
    check: chainCheck.id,
    method: chainCheck.method,
    scope: { instances: seen.length },
    statement: chainText(revision, home),
    aboutProof: true,
    steps: marginsOf(links, seen.map((x) => x.chain)),
  } as const;
  const command = runCommand(context.identity);

  for (const index of links.keys()) {
    const [hit] = seen
      .filter(({ chain }) => {
        const worst = chain.worst[index];
        return worst !== undefined && excess(worst) > 1;
      })
      .sort((a, b) => size(a.drawn.instance) - size(b.drawn.instance));
    if (hit !== undefined) {
      const found = hit.chain.worst[index]?.point ?? [];
      const broken = shrinkBreak(revision, context.ranges, context.seed, hit.drawn, index, found);
      const again = broken.searched ? broken.instance : hit.drawn.instance;
      return [brokenFinding(base, home, broken, instanceCommand(context.identity, again))];
    }
  }
  for (const [index, link] of links.entries()) {
    const loose = seen.find(({ chain }) => isLoose(chain.atClaim[index]));
    const gap = loose?.chain.atClaim[index];
    if (loose !== undefined && gap !== undefined) return [looseFinding(base, home, link, gap, loose.drawn, context)];
  }
  const worst = closest(seen.flatMap(({ chain }) => chain.worst));
  const blind = seen.some(({ chain }) => chain.worst.includes(undefined) || chain.atClaim.includes(undefined));
  const points = seen.reduce((sum, { chain }) => sum + chain.points, 0);
  const undecided = seen.reduce((sum, { chain }) => sum + chain.undecided, 0);
  const atClaim = seen.flatMap(({ chain }) => chain.atClaim);
  const spread = atClaim.map((x) => (x === undefined ? 0 : Math.abs(x.upper - x.lower)));
  const tight = `equal at the minimizer to ${Math.max(...spread).toExponential(1)}`;
  return [
    {
      ...base,
      part: home.id,
      outcome: blind ? 'inconclusive' : 'pass',
      ...(worst === undefined ? {} : figures(worst)),
      detail: [
        `${links.length} steps at ${points} points, ${tight}`,
        ...(undecided === 0 ? [] : [`${undecided} points at which a bound has no value`]),
      ].join('; '),
      reproduce: command,
    },
  ];
};

/** A step that holds and loses something at the claimed minimizer cannot end at the value. */
const looseFinding = (
  base: Pick<Finding, 'check' | 'method' | 'scope' | 'statement' | 'aboutProof' | 'steps'>,
  home: Case,
  link: ChainLink,
  gap: LinkGap,
  drawn: Judged['drawn'],
  { identity }: JudgeContext,
): Finding => {
  const [above, below] = apart(gap.upper, gap.lower);
  return {
    ...base,
    part: `${home.id}: ${link.name}`,
    outcome: 'fail',
    measured: Math.abs(gap.upper - gap.lower),
    bound: gap.tolerance,
    detail: [
      `no equality at the claimed minimizer: ${link.upper.name} = ${above},`,
      `${link.lower.name} = ${below} at ${describeInstance(drawn.instance)}`,
    ].join(' '),
    reproduce: instanceCommand(identity, drawn.instance),
  };
};

export const chainCheck: MeasuredCheck = {
  id: 'chain',
  title: 'every step of the written proof holds, with equality at the claimed minimizer',
  method: 'numeric',
  statement: 'steps of the written proof',
  measure(setting) {
    const links = setting.model.size > LARGEST ? [] : linksOf(setting.revision, setting.case);
    const { size: unknowns } = setting.model;
    const why = unknowns > LARGEST ? `${unknowns} unknowns are too many` : 'no chain is stated here';
    return links.length === 0 ? { ...SKIPPED, numbers: [why] } : measurementOf(searchChain(setting, links));
  },
  judge: (measured, context) =>
    context.revision.cases.flatMap((home) => judgeCase(context.revision, home, measured, context)),
};
