/** `ufm-check explain lemma:…/…`: one check of a lemma run alone, on the instances that `verify` draws. */
import { verifyCommand } from '../../check/command.js';
import { equalityFindings } from '../../check/lemma/equality.js';
import { excess } from '../../check/lemma/evaluate.js';
import { exactInstances, exactPoints, sturmFindings } from '../../check/lemma/exact-findings.js';
import { examineProof, lemmaProof } from '../../check/lemma/proof.js';
import { type LemmaMeasurement, searchLemma } from '../../check/lemma/search.js';
import { instancesOf } from '../../check/lemma/verify.js';
import type { Finding, Outcome } from '../../check/evidence.js';
import { UsageError } from '../../errors.js';
import { figure, plural } from '../../report/figures.js';
import { toText } from '../../symbolic/print.js';
import { type Instance, describeInstance } from '../../theorem/instance.js';
import type { Lemma } from '../../theorem/lemma/contract.js';
import { lemmaName } from '../../theorem/lemma/registry.js';
import { lemmaRanges } from '../instance-options.js';
import type { Io } from '../io.js';
import type { LoadedTheorems } from '../modules.js';
import type { ExplainArguments } from './explain.js';
import { MARKS, summarise } from './explain-outcomes.js';
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
    return facts.map(({ what, remainder }) =>
      remainder.length === 0 ? `  ✔ ${what}` : `  ✘ ${what}: left over ${remainder.join(' + ')}`,
    );
  }
  return signs.map(
    ({ what, value, sign, required, holds }) =>
      `  ${MARKS[holds ? 'pass' : 'fail']} ${what} ${value} is ${sign}, has to be ${required}`,
  );
};

const findingLines = (x: Finding): string[] => [
  `  ${MARKS[x.outcome]} ${x.part === undefined ? '' : `${x.part}: `}${x.statement}` +
    (x.measured === undefined ? '' : `: measured ${x.measured}, bound ${x.bound ?? 0}`),
  ...(x.detail === undefined ? [] : [`    ${x.detail}`]),
];

/** The closest call of the search at one instance. */
const searchLines = ({ points, undecided, worst }: LemmaMeasurement): { outcome: Outcome; lines: string[] } => {
  const count = `${plural(points, 'point')}${undecided === 0 ? '' : `, ${undecided} of them without a value`}`;
  if (worst === undefined) return { outcome: 'inconclusive', lines: [`  ? ${count}: the statement had no value`] };
  const outcome = excess(worst) > 1 ? 'fail' : 'pass';
  const { left, right, breach, tolerance, kind } = worst;
  return {
    outcome,
    lines: [
      `  ${MARKS[outcome]} ${count}; the closest call, ${kind}: left ${left}, right ${right}`,
      `    ${outcome === 'fail' ? 'broken' : 'breach'} by ${figure(breach)}, rounding ${figure(tolerance)}`,
    ],
  };
};

/** @throws UsageError for a check that lemmas do not have, or sizes that the lemma cannot have */
export const explainLemma = (
  lemma: Lemma,
  id: string,
  args: ExplainArguments,
  { lemmas, modulePath }: Pick<LoadedTheorems, 'lemmas' | 'modulePath'>,
  io: Io,
): number => {
  if (!LEMMA_CHECK_IDS.includes(id)) {
    throw new UsageError(`lemmas have no check "${id}"`, `Checks of lemmas: ${LEMMA_CHECK_IDS.join(', ')}.`);
  }
  const name = lemmaName(lemma, lemmas);
  io.out(`${name}/${id}`);
  io.out(toText(lemma.statement));
  const outcomes: Outcome[] = [];
  const show = (findings: readonly Finding[]): void => {
    for (const x of findings) {
      outcomes.push(x.outcome);
      for (const line of findingLines(x)) io.out(line);
    }
  };
  const path = modulePath(lemma);
  const command = verifyCommand({ target: name, seed: args.seed, ...(path === undefined ? {} : { modulePath: path }) });
  const proof = lemmaProof(lemma, command);
  if (PROOF.includes(id)) {
    show(proof.findings.filter((x) => x.check === id));
    for (const line of proofLines(lemma, id)) io.out(line);
    return summarise(outcomes, io);
  }
  const ranges = lemmaRanges(lemma, args, true);
  const { instances, ternary } = instancesOf(lemma, { ranges, trials: args.trials, seed: args.seed }, proof.holds);
  const at = (instance: Instance): void => {
    if (id === 'lemma-equality') {
      show(equalityFindings(lemma, [instance], args.seed, command));
    } else if (id === 'lemma-sturm') {
      show(sturmFindings(lemma, [instance], command));
    } else if (id === 'lemma-exact') {
      const points = exactPoints(lemma, instance, args.seed);
      if (points.length === 0) io.out('  – no rational point at which both sides have exact values');
      for (const { holds, left, right } of points) {
        outcomes.push(holds ? 'pass' : 'fail');
        io.out(`  ${MARKS[holds ? 'pass' : 'fail']} left ${left}, right ${right}`);
      }
    } else {
      const { outcome, lines } = searchLines(
        searchLemma(lemma, instance, args.seed, { ternary: ternary[instances.indexOf(instance)] ?? false }),
      );
      outcomes.push(outcome);
      for (const line of lines) io.out(line);
    }
  };
  for (const instance of id === 'lemma-exact' ? exactInstances(lemma, instances) : instances) {
    io.out(`\n${describeInstance(instance)}`);
    at(instance);
    if (io.interrupted()) return EXIT.interrupted;
  }
  return summarise(outcomes, io);
};
