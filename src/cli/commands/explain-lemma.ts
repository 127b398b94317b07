/** `ufm-check explain lemma:…/…`: one check of a lemma run alone, on the instances that `verify` draws. */
import { runCommand } from '../../check/command.js';
import { inFull } from '../../numeric/digits.js';
import { equalityFindings } from '../../check/lemma/equality.js';
import { excess } from '../../check/lemma/evaluate.js';
import { exactFindings, exactInstances, exactPoints, sturmFindings } from '../../check/lemma/exact-findings.js';
import { numericFindings } from '../../check/lemma/numeric.js';
import { examineProof, lemmaProof } from '../../check/lemma/proof.js';
import { type LemmaMeasurement, searchLemma } from '../../check/lemma/search.js';
import { freeScalars, gapFor } from '../../check/lemma/sturm.js';
import { enoughBroken, instancesOf } from '../../check/lemma/verify.js';
import type { Finding, Outcome } from '../../check/evidence.js';
import { UsageError } from '../../errors.js';
import * as Q from '../../exact/rational.js';
import { countRootsAbove, isNonNegativeFrom } from '../../exact/sturm.js';
import { plural } from '../../report/figures.js';
import { toText } from '../../symbolic/print.js';
import { type Instance, describeInstance } from '../../theorem/instance.js';
import type { Lemma } from '../../theorem/lemma/contract.js';
import { lemmaName } from '../../theorem/lemma/registry.js';
import { lemmaRanges } from '../instance-options.js';
import type { Io } from '../io.js';
import type { LoadedTheorems } from '../modules.js';
import type { ExplainArguments } from './explain.js';
import { MARKS, conclude, findingLines, summarise } from './explain-outcomes.js';
import { EXIT } from '../exit-codes.js';

const PROOF = ['lemma-identity', 'lemma-facts', 'lemma-signs'];

/** All checks of lemmas, as reports call them. */
export const LEMMA_CHECK_IDS: readonly string[] = [
  ...PROOF,
  'lemma-exact',
  'lemma-sturm',
  'lemma-numeric',
  'lemma-equality',
];

/** What the proof consists of, part by part, beside whether it was shown. */
const proofLines = (lemma: Lemma, id: string): string[] => {
  const parts = examineProof(lemma);
  if (parts === undefined) return [];
  const { identity, facts, signs, modulo } = parts;
  if (id === 'lemma-identity') {
    const left = identity.length === 0 ? ['  nothing is left of right − left − squares'] : identity;
    return [...left, ...modulo.map((x) => `  cited, not shown: ${x}`)];
  }
  if (id === 'lemma-facts') {
    if (facts.length === 0) return ['  it uses none'];
    return facts.map(({ what, remainder }) =>
      remainder.length === 0 ? `  ✔ ${what}` : `  ✘ ${what}: left over ${remainder.join(' + ')}`,
    );
  }
  return signs.map(
    ({ what, value, sign, required, holds }) =>
      `  ${MARKS[holds ? 'pass' : 'fail']} ${what} ${value} is ${sign}, has to be ${required}`,
  );
};

/** The closest call of the search at one instance. */
const searchLines = ({ points, undecided, worst }: LemmaMeasurement): { outcome: Outcome; lines: string[] } => {
  const count = `${plural(points, 'point')}${undecided === 0 ? '' : `, ${undecided} of them without a value`}`;
  if (worst === undefined) return { outcome: 'inconclusive', lines: [`  ? ${count}: the statement had no value`] };
  const outcome = excess(worst) > 1 ? 'fail' : 'pass';
  const { left, right, breach, tolerance, kind } = worst;
  const how = outcome === 'fail' ? 'broken' : breach > 0 ? 'off' : 'held';
  return {
    outcome,
    lines: [
      `  ${MARKS[outcome]} ${count}; the closest call, ${kind}: left ${inFull(left)}, right ${inFull(right)}`,
      `    ${how} by ${inFull(Math.abs(breach))}, rounding ${inFull(tolerance)}`,
    ],
  };
};

/** What one instance says, and what it adds to the line of the report. */
type AtInstance = (instance: Instance) => { readonly outcomes: readonly Outcome[]; readonly lines: readonly string[] };

const exactAtInstance =
  (lemma: Lemma, seed: number): AtInstance =>
  (instance) => {
    const points = exactPoints(lemma, instance, seed);
    return {
      outcomes: points.map(({ holds }): Outcome => (holds ? 'pass' : 'fail')),
      lines:
        points.length === 0
          ? ['  – no rational point at which both sides have exact values']
          : points.map(({ holds, left, right, rounded }) => {
              const how = rounded === true ? ' (shown rounded, compared exactly)' : '';
              return `  ${MARKS[holds ? 'pass' : 'fail']} left ${left}, right ${right}${how}`;
            }),
    };
  };

/** A polynomial in the number that is let free: its degree, its ends, and its roots above 0. */
const sturmAtInstance =
  (lemma: Lemma): AtInstance =>
  (instance) => {
    const seen = freeScalars(lemma).map((x) => {
      const gap = gapFor(lemma, x, instance);
      if (gap === undefined) return { lines: [`  – ${x.text}: no quotient of polynomials`] };
      const holds = isNonNegativeFrom(gap, Q.ZERO);
      const roots = gap.length === 0 ? '' : `, ${plural(countRootsAbove(gap, Q.ZERO), 'root')} above 0`;
      const [first = Q.ZERO, last = Q.ZERO] = [gap[0], gap.at(-1)].map((y) => y ?? Q.ZERO);
      const ends = `at 0 it is ${inFull(Q.toNumber(first))}, its leading coefficient ${inFull(Q.toNumber(last))}`;
      return {
        outcome: holds ? ('pass' as const) : ('fail' as const),
        lines: [
          `  ${MARKS[holds ? 'pass' : 'fail']} for all ${x.text} ≥ 0: what decides it has degree ` +
            `${Math.max(0, gap.length - 1)}${roots}; ${ends}`,
        ],
      };
    });
    return {
      outcomes: seen.flatMap(({ outcome }) => (outcome === undefined ? [] : [outcome])),
      lines: seen.flatMap((x) => x.lines),
    };
  };

const equalityAtInstance =
  (lemma: Lemma, seed: number, command: string): AtInstance =>
  (instance) => {
    const seen = equalityFindings(lemma, [instance], seed, command);
    const fits = ({ scope }: Finding): boolean => scope !== 'all-parameters' && scope.instances > 0;
    return {
      outcomes: seen.filter(fits).map((x) => x.outcome),
      lines: seen.map((x) =>
        fits(x)
          ? `  ${MARKS[x.outcome]} ${x.statement}: measured ${inFull(x.measured ?? 0)}, bound ${inFull(x.bound ?? 0)}`
          : `  – ${x.statement}: the construction does not fit these sizes`,
      ),
    };
  };

/** @throws UsageError for a check that lemmas do not have, or sizes that the lemma cannot have */
export const explainLemma = (
  lemma: Lemma,
  id: string,
  args: ExplainArguments,
  asked: readonly string[],
  { lemmas, modulePath }: Pick<LoadedTheorems, 'lemmas' | 'modulePath'>,
  io: Io,
): number => {
  if (!LEMMA_CHECK_IDS.includes(id)) {
    throw new UsageError(`lemmas have no check "${id}"`, `Checks of lemmas: ${LEMMA_CHECK_IDS.join(', ')}.`);
  }
  const { seed } = args;
  const name = lemmaName(lemma, lemmas);
  io.out(`${name}/${id}`);
  io.out(toText(lemma.statement));
  const path = modulePath(lemma);
  const command = runCommand({ target: name, seed, ...(path === undefined ? {} : { modulePath: path }), asked });
  const proof = lemmaProof(lemma, command);
  if (PROOF.includes(id)) {
    const findings = proof.findings.filter((x) => x.check === id);
    if (findings.length === 0) io.out('– this lemma has no proof in words');
    for (const line of findings.flatMap(findingLines)) io.out(line);
    if (findings.length > 0) for (const line of proofLines(lemma, id)) io.out(line);
    return summarise(findings.map((x) => x.outcome), io);
  }
  const ranges = lemmaRanges(lemma, args, true);
  const { instances, ternary } = instancesOf(lemma, { ranges, trials: args.trials, seed }, proof.holds);
  const searched: LemmaMeasurement[] = [];
  const outcomes: Outcome[] = [];
  const show = (instance: Instance, lines: readonly string[]): void => {
    io.out([`\n${describeInstance(instance)}`, ...lines].join('\n'));
  };
  // `verify` searches in this order, and looks no further, by no check, where enough instances break the lemma.
  if (id === 'lemma-numeric' || !proof.holds) {
    for (const [index, instance] of instances.entries()) {
      const broken = searched.filter((x) => x.worst !== undefined && excess(x.worst) > 1).length;
      if (broken >= enoughBroken(lemma)) break;
      const found = searchLemma(lemma, instance, seed, { ternary: ternary[index] ?? false });
      searched.push(found);
      if (io.interrupted()) return EXIT.interrupted;
      if (id !== 'lemma-numeric') continue;
      const { outcome, lines } = searchLines(found);
      outcomes.push(outcome);
      show(instance, lines);
    }
  }
  const done = searched.length > 0 ? searched.map((x) => x.instance) : instances;
  const others: Readonly<Record<string, AtInstance>> = {
    'lemma-exact': exactAtInstance(lemma, seed),
    'lemma-sturm': sturmAtInstance(lemma),
    'lemma-equality': equalityAtInstance(lemma, seed, command),
  };
  const at = others[id];
  for (const instance of at === undefined ? [] : id === 'lemma-exact' ? exactInstances(lemma, done) : done) {
    const result = at?.(instance);
    outcomes.push(...(result?.outcomes ?? []));
    show(instance, result?.lines ?? []);
    if (io.interrupted()) return EXIT.interrupted;
  }
  const findings: Readonly<Record<string, () => readonly Finding[]>> = {
    'lemma-exact': () => exactFindings(lemma, done, seed, command),
    'lemma-sturm': () => sturmFindings(lemma, done, command),
    'lemma-equality': () => equalityFindings(lemma, done, seed, command),
    'lemma-numeric': () => numericFindings(lemma, searched, seed, command),
  };
  if (outcomes.length === 0) io.out('\n– there is nothing of this lemma that this check can look at');
  return conclude(outcomes, findings[id]?.() ?? [], io);
};
