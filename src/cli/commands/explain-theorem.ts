/** `ufm-check explain` for the checks of theorems: of the claims alone, and of every instance that `verify` draws. */
import type { RunIdentity } from '../../check/command.js';
import { linksOf } from '../../check/chain/links.js';
import { isLoose } from '../../check/chain/search.js';
import type { ClaimCheck } from '../../check/claim/context.js';
import { inFull } from '../../numeric/digits.js';
import type { Finding, Outcome } from '../../check/evidence.js';
import { measureInstance } from '../../check/measure.js';
import type { Judged, Measurement, MeasuredCheck } from '../../check/measured/context.js';
import { findingsOfMeasured } from '../../check/measured/findings.js';
import { figure, plural } from '../../report/figures.js';
import { type Case, fullId } from '../../theorem/contract.js';
import { drawInstances } from '../../theorem/draw.js';
import { describeInstance } from '../../theorem/instance.js';
import { type Target, targetName } from '../../theorem/registry.js';
import { instanceRanges } from '../instance-options.js';
import type { Io } from '../io.js';
import { type LoadedTheorems, naming } from '../modules.js';
import { EXIT } from '../exit-codes.js';
import type { ExplainArguments } from './explain.js';
import { MARKS, conclude, findingLines, summarise } from './explain-outcomes.js';

const scopeText = ({ method, scope }: Finding): string =>
  scope === 'all-parameters' ? `${method}, for all parameters` : `${method}, at ${plural(scope.instances, 'instance')}`;

/** What a check of the claims shows, each fact once. */
export const explainClaim = async (
  target: Target,
  check: ClaimCheck,
  identity: RunIdentity,
  io: Io,
): Promise<number> => {
  const context = { revision: target.revision, identity };
  const findings = await naming(target, identity.modulePath, async () => check.run(context));
  io.out(`${targetName(target)}/${check.id}  ${[...new Set(findings.map(scopeText))].join('; ') || check.title}`);
  if (findings.length === 0) io.out(`– this theorem has nothing of which it can be said: ${check.title}`);
  const texts = findings.map((x) => findingLines(x).join('\n'));
  for (const text of new Set(texts)) {
    const times = texts.filter((x) => x === text).length;
    io.out(times === 1 ? text : text.replace(/$/m, `   (${times} times)`));
  }
  for (const fact of new Set(findings.flatMap((x) => x.cites ?? []))) io.out(`  cited, not shown: ${fact}`);
  return summarise(findings.map((x) => x.outcome), io);
};

const shareText = ({ measured, bound }: Measurement): string => {
  if (!(bound > 0 && measured > 0)) return '';
  return measured > bound ? `, ${figure(measured / bound)} times as much` : `, ${figure(measured / bound)} of it`;
};

const chainLines = ({ chain }: Measurement, names: readonly string[]): string[] => {
  if (chain === undefined) return [];
  const loose = chain.atClaim.flatMap((x, k) =>
    x === undefined || !isLoose(x)
      ? []
      : [`    ${names[k] ?? ''} at the claimed minimizer: ${inFull(x.upper)} and ${inFull(x.lower)}`],
  );
  return [
    `    ${plural(chain.points, 'point')}; the worst of each step:`,
    ...chain.worst.map((x, k) =>
      x === undefined
        ? `    ${names[k] ?? ''}: has no value at any point`
        : `    ${names[k] ?? ''}: ${inFull(x.upper)} and ${inFull(x.lower)} (${x.kind}), ` +
          `margin ${figure(x.upper - x.lower)}, rounding ${figure(x.tolerance)}`,
    ),
    ...loose,
  ];
};

const measurementLines = (x: Measurement, steps: readonly string[]): string[] => {
  const { outcome, measured, bound, detail, violation, skipped, numbers = [] } = x;
  if (skipped === true) {
    const why = detail ?? numbers[0];
    return [`  – nothing to measure here${why === undefined ? '' : `: ${why}`}`];
  }
  return [
    `  ${MARKS[outcome]} measured ${inFull(measured)}, bound ${inFull(bound)}${shareText(x)}`,
    ...(detail === undefined ? [] : [`    ${detail}`]),
    ...(violation === undefined ? [] : [`    ${violation.kind}: ${violation.what}: ${violation.margin}`]),
    ...numbers.map((line) => `    ${line}`),
    ...chainLines(x, steps),
  ];
};

/** Every instance with its figures, and the line that a report makes of them. */
export const explainMeasured = (
  target: Target,
  check: MeasuredCheck,
  args: ExplainArguments,
  identity: RunIdentity,
  { registry }: Pick<LoadedTheorems, 'registry'>,
  io: Io,
): number => {
  const { revision, theorem } = target;
  const { seed } = args;
  io.out(`${targetName(target)}/${check.id}  ${check.title}`);
  io.out(`${check.method}: ${check.statement}`);
  const ranges = instanceRanges(target, args);
  const stepsOf = (home: Case | undefined): readonly string[] =>
    home === undefined ? [] : linksOf(revision, home).map((x) => x.name);
  const judged: Judged[] = [];
  const outcomes: Outcome[] = [];
  for (const drawn of drawInstances(revision, ranges, args.trials, seed).instances) {
    const task = { target: `${fullId(theorem)}@${revision.id}`, drawn, seed, checks: [check.id], numbers: true };
    const measurement = measureInstance(registry, task).measurements[check.id];
    if (measurement === undefined) continue;
    judged.push({ drawn, measurement });
    if (measurement.skipped !== true) outcomes.push(measurement.outcome);
    io.out(`\n${describeInstance(drawn.instance)}   case ${drawn.caseId}, ${drawn.origin}`);
    const steps = stepsOf(revision.cases.find((x) => x.id === drawn.caseId));
    for (const line of measurementLines(measurement, steps)) io.out(line);
    if (io.interrupted()) return EXIT.interrupted;
  }
  // A failing instance is shown as it was drawn; `verify` shrinks it, which changes no figure.
  const context = { revision, ranges, seed, identity, shrinkBudget: 0 };
  const { findings, notTried } = findingsOfMeasured(check, judged, context);
  const code = conclude(outcomes, findings, io);
  if (notTried !== undefined) io.out(`not tried: ${notTried}`);
  return code;
};
