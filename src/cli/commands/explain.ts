/** `ufm-check explain`: one line of a report run alone, with every number behind it. */
import { CHECK_IDS, CLAIM_CHECKS, MEASURED_CHECKS } from '../../check/checks.js';
import { measureInstance } from '../../check/measure.js';
import type { Outcome } from '../../check/evidence.js';
import type { Measurement } from '../../check/measured/context.js';
import { UsageError } from '../../errors.js';
import { figure } from '../../report/figures.js';
import { fullId } from '../../theorem/contract.js';
import { drawInstances } from '../../theorem/draw.js';
import { describeInstance } from '../../theorem/instance.js';
import { findLemma, namesLemma } from '../../theorem/lemma/registry.js';
import { findTargets, targetName } from '../../theorem/registry.js';
import { type InstanceOptions, instanceRanges } from '../instance-options.js';
import type { Io } from '../io.js';
import { loadTheorems } from '../modules.js';
import { explainLemma } from './explain-lemma.js';
import { MARKS, summarise } from './explain-outcomes.js';
import { EXIT } from '../exit-codes.js';

export interface ExplainArguments extends InstanceOptions {
  /** `4.2@relaxed/spectrum`, or `spectrum` with a theorem. */
  readonly check: string;
  readonly trials: number;
  readonly seed: number;
  readonly modules: readonly string[];
}

/** Lines of a report that other commands repeat. */
const ELSEWHERE: Readonly<Record<string, (theorem: string) => string>> = {
  certificate: (theorem) => `ufm-check search ${theorem} finds it again, ufm-check certify judges its file.`,
  necessity: (theorem) => `ufm-check verify ${theorem} --checks necessity repeats it.`,
};

/** The name of a theorem and of a check in `3.1/spectrum` or `tirer-bruna-2022/3.1@current/spectrum`. */
const split = (id: string): readonly [theorem: string, check: string] => {
  const at = id.lastIndexOf('/');
  const [theorem, check] = [id.slice(0, Math.max(0, at)), id.slice(at + 1)];
  if (namesLemma(theorem)) return [theorem, check];
  const elsewhere = Object.hasOwn(ELSEWHERE, check) ? ELSEWHERE[check] : undefined;
  if (theorem !== '' && elsewhere !== undefined) {
    throw new UsageError(`${check} is not one check that can be repeated alone`, elsewhere(theorem));
  }
  if (theorem === '' || !CHECK_IDS.includes(check)) {
    const problem = theorem === '' ? `"${id}" names no theorem` : `there is no check "${check}"`;
    throw new UsageError(
      problem,
      `Write THEOREM/CHECK, as in 3.1/spectrum. Checks: ${CHECK_IDS.join(', ')}.`,
    );
  }
  return [theorem, check];
};

const measurementLines = ({ outcome, measured, bound, detail, violation, skipped, chain }: Measurement): string[] => {
  if (skipped === true) return [`  – nothing to measure here${detail === undefined ? '' : `: ${detail}`}`];
  const share = bound > 0 && measured > 0 ? `, ${figure(measured / bound)} of it` : '';
  return [
    `  ${MARKS[outcome]} measured ${measured}, bound ${bound}${share}`,
    ...(detail === undefined ? [] : [`    ${detail}`]),
    ...(violation === undefined ? [] : [`    ${violation.kind}: ${violation.what}: ${violation.margin}`]),
    ...(chain?.worst ?? []).map((x, k) =>
      x === undefined
        ? `    step ${k + 1}: has no value at any point`
        : `    step ${k + 1}: ${x.upper} ≥ ${x.lower} at its worst point (${x.kind}), rounding ${figure(x.tolerance)}`,
    ),
  ];
};

/** Exit code 0: nothing failed; 1: something did; 3: something was left open. @throws UsageError for unknown names */
export const explain = async (args: ExplainArguments, io: Io): Promise<number> => {
  const [name, id] = split(args.check);
  const { registry, lemmas, modulePath } = await loadTheorems(args.modules);
  if (namesLemma(name)) return explainLemma(findLemma(lemmas, name), id, args, { lemmas, modulePath }, io);
  const [target, another] = findTargets(registry, [name], 'current');
  if (target === undefined || another !== undefined) {
    throw new UsageError(`"${name}" is not one revision`, 'Name one, for example 4.2@original.');
  }
  const { revision, theorem } = target;
  const outcomes: Outcome[] = [];
  const claim = CLAIM_CHECKS.find((x) => x.id === id);
  const measured = MEASURED_CHECKS.find((x) => x.id === id);
  if (claim !== undefined) {
    io.out(`${targetName(target)}/${id}  for all parameters`);
    const path = modulePath(theorem);
    const identity = { target: targetName(target), seed: args.seed };
    const context = { revision, identity: { ...identity, ...(path === undefined ? {} : { modulePath: path }) } };
    for (const x of await claim.run(context)) {
      outcomes.push(x.outcome);
      io.out(`${MARKS[x.outcome]} ${x.part === undefined ? '' : `${x.part}: `}${x.statement}`);
      if (x.detail !== undefined) io.out(`    ${x.detail}`);
      for (const fact of x.cites ?? []) io.out(`    cited, not shown: ${fact}`);
    }
  } else if (measured !== undefined) {
    io.out(`${targetName(target)}/${id}  ${measured.title}`);
    io.out(`${measured.method}: ${measured.statement}`);
    const sample = drawInstances(revision, instanceRanges(target, args), args.trials, args.seed);
    for (const drawn of sample.instances) {
      const task = { target: `${fullId(theorem)}@${revision.id}`, drawn, seed: args.seed, checks: [id] };
      const { measurements } = measureInstance(registry, task);
      const result = measurements[id];
      if (result === undefined) continue;
      if (result.skipped !== true) outcomes.push(result.outcome);
      io.out(`\n${describeInstance(drawn.instance)}   case ${drawn.caseId}, ${drawn.origin}`);
      for (const line of measurementLines(result)) io.out(line);
      if (io.interrupted()) return EXIT.interrupted;
    }
  }
  return summarise(outcomes, io);
};
